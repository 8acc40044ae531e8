import { line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { requiredText, typedText } from '../../chat/typed-text.ts';
import { readers } from '../../chat/voice.ts';
import { sayDay } from '../../text/when.ts';
import { mustWrite, placeOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { archived } from '../clients/naming-store.ts';
import { findClient } from '../clients/store.ts';
import { clientVoice, voiceOf } from '../clients/voice-store.ts';
import { isRunning, type Round } from './kti.ts';
import { findRound } from './round-store.ts';
import { limits, sharedCard, shareForm, unsharedCard } from './share-cards.ts';
import { addShare, failShare, type Share, shareOf } from './share-store.ts';
import type { Row } from './summary-rules.ts';
import { summaryOf } from './summary-store.ts';

/** You said, we do: on purpose, and once a round, the client is told what becomes of its grades. */

type Shareable = { round: Round; client: Client; rows: Row[]; place: string; last: Share | undefined };

/** Asks what the client is told; what could not be posted before stands there again. */
export async function shareAsked(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const { round, client, rows, last } = await shareable(asked, subject);
  const before = { said: last?.said, words: last?.words };
  const about = { round: round.id, client: client.name, rows, notices: noticesOf(rows), before };
  const form = shareForm(about, asked.say, await clientVoice(asked, client));
  return [{ do: 'ask', form, alone: true }];
}

/** How the client is going to notice what is under way for what it graded, as the team has written it for itself. */
function noticesOf(rows: Row[]): string[] {
  return [
    ...new Set(rows.flatMap(({ work }) => (work?.state === 'open' ? [work.action.notice.trim()] : []))),
  ];
}

/** It goes to the client's shared channel, as it was written and read now. */
export async function shared(
  asked: Asked,
  { subject, fields }: { subject: string; fields: Record<string, string> },
): Promise<Effect[]> {
  const { round, client, rows, place } = await shareable(asked, subject);
  const { tx, tenant, person, now, say } = asked;
  const said = typedText(fields.said, { most: limits.said, field: 'said' });
  const words = requiredText(fields.words, {
    most: limits.words,
    field: 'words',
    empty: 'error.kti-share-words',
  });
  const by = { id: person.id, name: person.name };
  if (!(await addShare(tx, tenant, { round: round.id, said, words, by, at: now })))
    throw await told(asked, round, client);
  const card = sharedCard({ said, words, rows }, await clientVoice(asked, client));
  return [
    answer(line(say('kti.shared', { client: client.name })), 'person'),
    {
      ...{ do: 'post', to: { place }, card, audience: 'anyone', key: `kti-shared:${round.id}` },
      ...{ resend: false, otherwise: { job: 'kti.unshared', subject: round.id } },
    },
  ];
}

/** What may be told, and where. Throws for whoever may not, and when it was told already. */
async function shareable(asked: Asked, id: string): Promise<Shareable> {
  const { tx, tenant } = asked;
  const round = await findRound(tx, tenant, id);
  const client = round && (await findClient(tx, tenant, round.client));
  if (!round || !client || round.state === 'cancelled') throw new Refusal('error.kti-summary-gone');
  await mustWrite(asked, client);
  if (client.archived) throw archived(asked, client);
  if (isRunning(round)) throw new Refusal('error.kti-share-running', { client: client.name });
  const last = await shareOf(tx, tenant, id);
  if (last && !last.failed) throw await told(asked, round, client);
  const { rows } = await summaryOf(asked, client, undefined, round);
  if (rows.length === 0) throw new Refusal('error.kti-share-none', { client: client.name });
  const place = await placeOf(asked, client.id, 'shared');
  if (place === undefined) throw new Refusal('error.feedback-no-channel', { client: client.name });
  return { round, client, rows, place, last };
}

async function told(asked: Asked, { id }: Round, { name: client }: Client): Promise<Refusal> {
  const share = await shareOf(asked.tx, asked.tenant, id);
  const { language, timeZone } = readers(asked);
  const day = sayDay(share?.at ?? asked.now, language, timeZone);
  return new Refusal('error.feedback-shared', { name: share?.by.name ?? '', day, client });
}

/** It could not be posted: whoever told it hears so, and may try again. */
export async function unshared(due: Due): Promise<Effect[]> {
  const { tx, tenant } = due;
  const share = await shareOf(tx, tenant, due.subject);
  const round = await findRound(tx, tenant, due.subject);
  const client = round && (await findClient(tx, tenant, round.client));
  if (!share || share.failed || !client) return [];
  await failShare(tx, tenant, share.round);
  const card = unsharedCard(share.round, client.name, share.words, await voiceOf(due, share.by.id));
  return [{ do: 'post', to: { person: share.by.id }, card, audience: 'internal', resend: true }];
}
