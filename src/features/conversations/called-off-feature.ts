import type { Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import type { Client } from '../clients/clients.ts';
import type { Conversation } from './conversations.ts';
import { keepAnswer } from './store.ts';
import { shown } from './talk-feature.ts';
import { tellOthers } from './told-feature.ts';

/** What was called off by mistake. */

/** Whether it was called off and is still to come. */
export function isCalledOff({ answer, start }: Conversation, now: Temporal.Instant): boolean {
  return answer?.outcome === 'cancelled' && Temporal.Instant.compare(start, now) > 0;
}

/** It takes place after all, and its other people hear so; nothing can be asked of it yet. */
export async function takesPlace(
  asked: Asked,
  client: Client,
  conversation: Conversation,
): Promise<Effect[]> {
  const { tx, tenant, person } = asked;
  await keepAnswer(tx, tenant, conversation.id, undefined);
  const effects = await shown(asked, client, { ...conversation, answer: undefined }, { known: true });
  const by = { id: person.id, name: person.name };
  // They may have been told that it was called off.
  return [...effects, ...(await tellOthers(asked, client, conversation, by, by))];
}
