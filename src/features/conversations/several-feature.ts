import type { Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { readers } from '../../chat/voice.ts';
import { relationOf } from '../clients/access-store.ts';
import { findClient } from '../clients/store.ts';
import { sentAt } from '../nudges/store.ts';
import { type Held, mayAnswer } from './access-feature.ts';
import { askingSeveralCard } from './after-cards.ts';
import { findConversation } from './store.ts';

/** A message that asks somebody about several conversations at once. It is named by when it was sent, as that is stored. */

/** What a button is about, and the message about several in which it stands, when it does; see `askingSeveralCard`. */
export function aboutAndMessage(subject: string): { about: string; message: string | undefined } {
  const [about = '', message] = subject.split('@');
  return { about, message };
}

/** The name under which such a message can be renewed. */
export function severalKey(person: string, message: string): string {
  return `conversations-after:${person}:${message}`;
}

/** Shows it as it is by now, one of them asked `anew`; nothing when it is too long ago to be known. */
export async function renewed(asked: Asked, message: string, anew?: string): Promise<Effect[]> {
  const { tx, person } = asked;
  const rows: Held[] = [];
  for (const id of await sentAt(tx, asked, person.id, message)) {
    const conversation = await findConversation(tx, asked, id);
    const client = conversation && (await findClient(tx, asked.tenant, conversation.client));
    if (!client) continue;
    const relation = await relationOf(asked, person, client);
    if (mayAnswer(person.id, conversation, relation)) rows.push({ client, conversation, relation });
  }
  if (rows.length === 0) return [];
  const inOrder = rows.toSorted((one, other) =>
    Temporal.Instant.compare(one.conversation.end, other.conversation.end),
  );
  const card = askingSeveralCard(inOrder, readers(asked), message, { anew });
  const at = { key: severalKey(person.id, message), to: { person: person.id } };
  return [{ do: 'update', ...at, card, audience: 'internal', pace: 'final' }];
}
