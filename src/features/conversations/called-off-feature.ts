import type { Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import type { Client } from '../clients/clients.ts';
import type { Conversation } from './conversations.ts';
import { keepAnswer } from './store.ts';
import { shown } from './talk-feature.ts';

/** What was called off by mistake. */

/** Whether it was called off and is still to come. */
export function isCalledOff({ answer, start }: Conversation, now: Temporal.Instant): boolean {
  return answer?.outcome === 'cancelled' && Temporal.Instant.compare(start, now) > 0;
}

/** It takes place after all; nothing can be asked of it yet. */
export async function takesPlace(
  asked: Asked,
  client: Client,
  conversation: Conversation,
): Promise<Effect[]> {
  await keepAnswer(asked.tx, asked.tenant, conversation.id, undefined);
  return shown(asked, client, { ...conversation, answer: undefined }, { known: true });
}
