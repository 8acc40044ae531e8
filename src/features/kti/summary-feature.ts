import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import { readPerson } from '../../store/people.ts';
import { mustRead, placeOf, reachedPlaceOf, readableClients, relationOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { archived, nameClient } from '../clients/naming-store.ts';
import { findClient } from '../clients/store.ts';
import { voiceIn, voiceOf } from '../clients/voice-store.ts';
import { ktisSeen } from './current-store.ts';
import { gradesOfRound } from './grade-store.ts';
import type { Round } from './kti.ts';
import { dailyPlan } from './plan-store.ts';
import { shareOf } from './share-store.ts';
import { findKti } from './store.ts';
import { type Reader, summaryCard } from './summary-cards.ts';
import { reasonsCard } from './summary-reasons-cards.ts';
import type { Summary } from './summary-rules.ts';
import { summaryOf } from './summary-store.ts';
import { teamHere, teamShown } from './team-feature.ts';
import { weeklyButton } from './weekly-button-feature.ts';
import { posted } from './words-cards.ts';

/** What a client's grades say, for whoever of us asks, and for the team when a round is over. */

/** `kti summary NAME`: of that client; without a name all of the team's, or the only one that the team here serves. */
export async function summaryTyped(asked: Asked, text: string): Promise<Effect[]> {
  if (text.trim() !== '') return shown(asked, await nameClient(asked, text));
  const here = await teamHere(asked);
  const [only, ...more] = here ?? [];
  if (only && more.length === 0) return shown(asked, only, await moreHere(asked));
  return teamShown(asked, '');
}

/** The same from a button, whose subject is the client. */
export async function summaryPressed(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const client = await findClient(asked.tx, asked.tenant, subject);
  if (!client) throw new Refusal('error.client-gone');
  return shown(asked, client);
}

/** Under the client of a channel that has but one: the others, and the weekly overview. */
async function moreHere(asked: Asked): Promise<Pick<Reader, 'team' | 'weekly'>> {
  const isOnly = (await readableClients(asked, asked.person)).length === 1;
  const team = isOnly ? undefined : { press: 'kti.team', subject: 'all', label: asked.say('kti.team-all') };
  return { team, weekly: await weeklyButton(asked) };
}

async function shown(
  asked: Asked,
  client: Client,
  more: Pick<Reader, 'team' | 'weekly'> = {},
): Promise<Effect[]> {
  await mustRead(asked, client);
  if (client.archived) throw archived(asked, client);
  const summary = await summaryOf(asked, client, asked.person.id);
  const mayWrite = (await relationOf(asked, asked.person, client)) === 'team';
  const daily = await dailyPlan(asked.tx, asked.tenant, client.id);
  const reader = { mayWrite, share: await mayShare(asked, client, summary), daily, ...more };
  return [answer(summaryCard(summary, reader, readers(asked), asked.now), 'person')];
}

type At = Pick<Due, 'tx' | 'tenant' | 'platform' | 'now' | 'defaults'>;

/** Whether there is somewhere to tell the client, and he has not been told. */
async function mayShare(at: At, client: Client, { round, rows }: Summary): Promise<boolean> {
  if (!round || rows.length === 0 || (await placeOf(at, client.id, 'shared')) === undefined) return false;
  const told = await shareOf(at.tx, at.tenant, round.id);
  return told === undefined || told.failed;
}

/**
 * A round is over: its summary for the client's internal channel; where there is none that I reach for whoever asked, or for the
 * client's owner or manager, as far as he may still read it. What never arrives can be typed for.
 */
export async function closingSummary(at: At, round: Round): Promise<Effect[]> {
  const client = await findClient(at.tx, at.tenant, round.client);
  if (!client || client.archived) return [];
  const place = await reachedPlaceOf(at, client.id, 'internal');
  const person = place === undefined ? await whoHears(at, client, round) : undefined;
  const summary = await summaryOf(at, client, person, round);
  const reader = { mayWrite: true, share: await mayShare(at, client, summary) };
  const to = place !== undefined ? { place } : person !== undefined ? { person } : undefined;
  if (!to) return [];
  const voice = place !== undefined ? await voiceIn(at, place) : await voiceOf(at, person ?? '');
  const card = posted(summaryCard(summary, reader, voice, at.now));
  return [{ do: 'post', to, card, audience: 'internal', key: `kti-summary:${round.id}`, resend: true }];
}

async function whoHears(at: At, client: Client, { asker }: Round): Promise<string | undefined> {
  for (const { id } of [asker, client.owner, ...(client.manager ? [client.manager] : [])]) {
    const person = await readPerson(at.tx, at.platform, at.tenant, id);
    if (person && (await relationOf(at, person, client)) === 'team') return id;
  }
  return undefined;
}

/** All explanations for one KTI in one round; `detail` is the page. */
export async function reasonsPressed(
  asked: Asked,
  { subject, detail }: { subject: string; detail: string },
): Promise<Effect[]> {
  const { tx, tenant } = asked;
  const [round = '', id = ''] = subject.split('.');
  const kti = await findKti(tx, tenant, id);
  const client = kti && (await findClient(tx, tenant, kti.client));
  if (!kti || !client) throw new Refusal('error.kti-summary-gone');
  await mustRead(asked, client);
  if (!(await ktisSeen(asked, client, asked.person.id)).some((one) => one.id === kti.id))
    throw new Refusal('error.kti-summary-gone');
  const grades = (await gradesOfRound(tx, tenant, round)).filter((one) => one.kti === kti.id);
  const page = /^[1-9]\d{0,3}$/.test(detail) ? Number(detail) : 1;
  return [answer(reasonsCard({ kti, client: client.name, grades, page }, readers(asked)), 'person')];
}
