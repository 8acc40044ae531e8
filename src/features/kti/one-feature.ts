import type { Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { readers } from '../../chat/voice.ts';
import type { Client } from '../clients/clients.ts';
import { askedCard } from './ask-cards.ts';
import { draftFor, roundZone } from './ask-feature.ts';
import { hindered } from './hindrance-cards.ts';
import type { Round } from './kti.ts';
import { putRound } from './put-feature.ts';

/** A client is asked for a grade for one thing, because another capability wants to know what it did. */

/**
 * Puts one of the expectations of a client before its people, at once, and tells whoever asks whom it was put before.
 * Throws a Refusal that says why nobody can be asked; nothing is kept then.
 */
export async function askForOne(
  asked: Asked,
  client: Client,
  expectation: string,
): Promise<{ round: Round; effects: Effect[] }> {
  const { person, now } = asked;
  const draft = await draftFor(asked, client, expectation);
  const words = { ...readers(asked), timeZone: await roundZone(asked, client) };
  const put = await putRound(asked, draft, { id: person.id, name: person.name }, words.timeZone);
  if (!('round' in put)) throw hindered(client, put, words, now);
  const card = askedCard(client, put, words, now);
  const told: Effect = { do: 'post', to: { person: person.id }, card, audience: 'internal', resend: true };
  return { round: put.round, effects: [...put.effects, told] };
}
