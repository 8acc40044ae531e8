import { line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { requiredText } from '../../chat/typed-text.ts';
import { readers } from '../../chat/voice.ts';
import { sayDay } from '../../text/when.ts';
import { mustWrite, placeOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { findClient } from '../clients/store.ts';
import { clientVoice, voiceOf } from '../clients/voice-store.ts';
import { type Feedback, limits } from './feedback.ts';
import { held } from './held-feature.ts';
import { sharedCard, shareForm, unsharedCard } from './share-cards.ts';
import { lastShare, type Share, shareText } from './share-store.ts';
import { findFeedback, noteDeed } from './store.ts';

/** The client is told what was done about what he said: on purpose, and once. */

/** Asks what he is told; what could not be posted before stands there again. */
export async function shareAsked(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const { one, last } = await shareable(asked, subject);
  return [{ do: 'ask', form: shareForm(one, last, asked.say), alone: true }];
}

/** It goes to the client's shared channel, as it was written now. */
export async function shared(
  asked: Asked,
  { subject, fields }: { subject: string; fields: Record<string, string> },
): Promise<Effect[]> {
  const { one, client, place } = await shareable(asked, subject);
  const said = wordsIn(fields, 'said', limits.text);
  const words = wordsIn(fields, 'words', limits.learned);
  const { tx, tenant, person, now } = asked;
  const by = { id: person.id, name: person.name };
  await noteDeed(tx, tenant, one.id, { happened: 'shared', by, now, text: shareText({ said, words }) });
  const card = sharedCard({ said, words }, await clientVoice(asked, client));
  return [
    answer(line(asked.say('feedback.shared', { client: client.name })), 'person'),
    {
      ...{ do: 'post', to: { place }, card, audience: 'anyone', key: `feedback-shared:${one.id}` },
      resend: false,
      otherwise: { job: 'feedback.unshared', subject: one.id },
    },
  ];
}

function wordsIn(fields: Record<string, string>, field: string, most: number): string {
  return requiredText(fields[field], { most, field, empty: 'error.feedback-text' });
}

/** What may be told, where, and what failed before. Throws when it was told already, or there is no such channel. */
async function shareable(
  asked: Asked,
  id: string,
): Promise<{ one: Feedback; client: Client; place: string; last: Share | undefined }> {
  const { one, client } = await held(asked, id);
  if (!client) throw new Refusal('error.feedback-gone');
  // Only its team speaks to a client.
  await mustWrite(asked, client);
  const last = await lastShare(asked.tx, asked.tenant, one.id);
  if (last && !last.failed) {
    const { language, timeZone } = readers(asked);
    const day = sayDay(last.at, language, timeZone);
    throw new Refusal('error.feedback-shared', { name: last.by.name, day, client: client.name });
  }
  const place = await placeOf(asked, client.id, 'shared');
  if (!place) throw new Refusal('error.feedback-no-channel', { client: client.name });
  return { one, client, place, last };
}

/** It could not be posted: whoever told it hears so, and may try again. */
export async function unshared(due: Due): Promise<Effect[]> {
  const { tx, tenant, now } = due;
  const one = await findFeedback(tx, tenant, due.subject);
  const client = one?.client === undefined ? undefined : await findClient(tx, tenant, one.client);
  const last = one && (await lastShare(tx, tenant, one.id));
  if (!client || !last || last.failed) return [];
  await noteDeed(tx, tenant, one.id, { happened: 'unshared', by: last.by, now });
  const card = unsharedCard(one.id, client, last.words, await voiceOf(due, last.by.id));
  return [{ do: 'post', to: { person: last.by.id }, card, audience: 'internal', resend: true }];
}
