import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { readers } from '../../chat/voice.ts';
import { mustRead } from '../clients/access-store.ts';
import { nameClient } from '../clients/naming-store.ts';
import { findClient } from '../clients/store.ts';
import { isAhead } from './conversations.ts';
import { type Coming, listCard } from './list-cards.ts';
import { conversationsWith } from './own-store.ts';

/** So far one looks ahead; what began so long ago may still go on. */
const span = { ahead: { hours: 24 * 14 }, under: { hours: 24 } };

/** `talks`: one's own conversations of the coming two weeks, wherever they were planned; `talks NAME`: with that client. */
export async function listTyped(asked: Asked, text: string): Promise<Effect[]> {
  const only = text === '' ? undefined : await nameClient(asked, text);
  if (only) await mustRead(asked, only);
  const { tx, tenant, person, now } = asked;
  const during = { from: now.subtract(span.under), until: now.add(span.ahead) };
  const coming: Coming = [];
  for (const conversation of await conversationsWith(tx, asked, person.id, during)) {
    const { client: id, end, answered } = conversation;
    if (answered || !isAhead({ end, answer: undefined }, now) || (only && only.id !== id)) continue;
    const client = await findClient(tx, tenant, id);
    if (client && !client.archived) coming.push({ client, conversation });
  }
  return [answer(listCard(coming, readers(asked), now), 'internal')];
}
