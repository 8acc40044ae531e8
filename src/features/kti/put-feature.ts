import type { Effect } from '../../chat/effect.ts';
import type { Due, Outside } from '../../chat/feature.ts';
import { newId } from '../../store/id.ts';
import { contactsOf } from '../clients/access-store.ts';
import type { Client, Colleague, Contact } from '../clients/clients.ts';
import { holdClient } from '../clients/store.ts';
import type { Expectation } from '../expectations/expectations.ts';
import { expectationsOf } from '../expectations/store.ts';
import { type Candidate, isGradable, questionsFor } from './choice-rules.ts';
import { type Asking, type Invited, invite, type NotAsked, whoCan } from './invite-feature.ts';
import type { Kti, Round } from './kti.ts';
import type { Question } from './question-rules.ts';
import { standardQuestions } from './question-store.ts';
import { reminding } from './remind-feature.ts';
import { addRound, runningRound } from './round-store.ts';
import { daysOpen } from './settings-feature.ts';
import { ktisOf, type Put, putKti } from './store.ts';

/** What a handler or a job knows of its moment. */
export type At = Pick<Due, 'tx' | 'now' | 'platform' | 'tenant'> & Outside;

/** Why a client cannot be asked now. */
export type Hindrance =
  | 'archived'
  | 'running'
  | 'forecast'
  | 'no-contact'
  | 'no-expectation'
  | 'expectation-waits';

/** What a round would ask whom. */
export type Draft = { client: Client; contacts: Contact[]; questions: Put[] };

/**
 * What would be asked of a client now, and whom; or why it cannot be. Held: of two at the same time one is asked.
 * only: the expectation that alone is asked about.
 */
export async function draftOf(at: At, id: string, only?: string): Promise<Draft | Hindrance> {
  const { tx, tenant } = at;
  const client = await holdClient(tx, tenant, id);
  if (!client || client.archived) return 'archived';
  const running = await runningRound(tx, tenant, client.id);
  if (running) return hindranceOf(running);
  const contacts = await contactsOf(at, client.id);
  if (contacts.length === 0) return 'no-contact';
  const questions = only === undefined ? await questionsOf(at, client) : await questionOf(at, client, only);
  return questions.length === 0 ? unconfirmedIn(at, client) : { client, contacts, questions };
}

/** Why there is nothing to grade: nothing was put before the client, or his answer is what we wait for. */
async function unconfirmedIn(
  { tx, tenant }: At,
  { id }: Client,
): Promise<'no-expectation' | 'expectation-waits'> {
  const all = await expectationsOf(tx, tenant, id, { open: true });
  const isAsked = all.some(({ state, direction }) => state === 'sent' && direction === 'theirs');
  return isAsked ? 'expectation-waits' : 'no-expectation';
}

/** What a round that has not ended is to the next one. */
export function hindranceOf({ state }: Pick<Round, 'state'>): 'running' | 'forecast' {
  return state === 'forecast' ? 'forecast' : 'running';
}

/** The questions whose turn it is for a client; none while the client has confirmed no expectation. */
async function questionsOf(at: At, { id }: Client): Promise<Put[]> {
  const { confirmed, standard } = await candidatesOf(at, id);
  if (confirmed.length === 0) return [];
  const asked = await ktisOf(at.tx, at.tenant, id);
  const candidates = (puts: Put[]) => puts.map((put) => ({ ...put, askedAt: lastAsked(asked, put) }));
  return questionsFor<Put & Candidate>(candidates(confirmed), candidates(standard));
}

async function questionOf(at: At, { id }: Client, expectation: string): Promise<Put[]> {
  return (await candidatesOf(at, id)).confirmed.filter(({ about }) => about === expectation);
}

/** All that a client can be asked: what can be graded of what it expects, in its wording of now, and the standard questions. */
async function candidatesOf({ tx, tenant }: At, id: string): Promise<{ confirmed: Put[]; standard: Put[] }> {
  const all = await expectationsOf(tx, tenant, id, { open: true });
  return {
    confirmed: all.filter(isGradable).map((one) => fromExpectation(id, one)),
    standard: (await standardQuestions(tx, tenant)).map((one) => fromQuestion(id, one)),
  };
}

/** Those of a round that would be asked in the same words today; none when no expectation is among them. */
export async function stillAsked(at: At, { client, ktis }: Pick<Asking, 'client' | 'ktis'>): Promise<Kti[]> {
  const { confirmed, standard } = await candidatesOf(at, client.id);
  const still = ktis.filter((kti) => [...confirmed, ...standard].some((put) => isPut(kti, put)));
  return still.some(({ source }) => source === 'expectation') ? still : [];
}

function isPut({ source, about, wording, text }: Kti, put: Put): boolean {
  if (source !== put.source || about !== put.about) return false;
  return source === 'expectation'
    ? wording === put.wording
    : text.nl === put.text.nl && text.en === put.text.en;
}

function lastAsked(asked: Kti[], { source, about }: Put): Temporal.Instant | undefined {
  const same = asked.filter((one) => one.source === source && one.about === about);
  return same
    .map(({ askedAt }) => askedAt)
    .toSorted(Temporal.Instant.compare)
    .at(-1);
}

function fromExpectation(client: string, { id, wording, category }: Expectation): Put {
  const { text } = wording;
  const put = { client, source: 'expectation', about: id, wording: wording.id } as const;
  return { ...put, text: { nl: text, en: text }, theme: undefined, kind: category };
}

function fromQuestion(client: string, { id, text, theme }: Question): Put {
  return { client, source: 'question', about: id, wording: undefined, text, theme, kind: id };
}

export type PutRound = { round: Round; ktis: Kti[]; effects: Effect[] } & Invited;

/** Keeps the round, and asks those whom it may; nothing is kept when nobody can be asked. */
export async function putRound(
  at: At,
  draft: Draft,
  asker: Colleague,
  timeZone: string,
): Promise<PutRound | NotAsked> {
  const { client, contacts } = draft;
  const round = await newRound(at, client, asker, timeZone);
  const { can, ...not } = await whoCan(at, round, contacts);
  if (can.length === 0) return not;
  return askAll(at, { client, round, ktis: await keepRound(at, round, draft) }, contacts);
}

/** Asks those whom it may of these contacts what an open round asks. */
export async function askAll(at: At, asking: Asking, contacts: Contact[]): Promise<PutRound> {
  const { round, ktis } = asking;
  const invited = await invite(at, asking, contacts);
  const times = [...closingAt(round), ...(await reminding(at, asking, round.id, round.opensAt))];
  return { round, ktis, ...invited, effects: [...invited.effects, ...times] };
}

/** A round that is open from now on, for as many days as is set. */
export async function newRound(
  at: At,
  client: Client,
  asker: Colleague,
  timeZone: string,
  opensAt = at.now,
): Promise<Round> {
  return {
    ...{ id: newId(), client: client.id, state: 'open', spread: false, asker, timeZone },
    ...{ madeAt: at.now, opensAt, endedAt: undefined },
    closesAt: closingOf(opensAt, await daysOpen(at), timeZone),
  };
}

/** The same hour so many days later, by the clock of a place. */
export function closingOf(from: Temporal.Instant, days: number, timeZone: string): Temporal.Instant {
  return from.toZonedDateTimeISO(timeZone).add({ days }).toInstant();
}

/** Keeps a round and what it asks. Throws when one of that client is running: the client was held. */
export async function keepRound(at: At, round: Round, { questions }: Draft): Promise<Kti[]> {
  const ktis: Kti[] = [];
  for (const put of questions) ktis.push(await putKti(at.tx, at.tenant, put, at.now));
  if (!(await addRound(at.tx, at, round, ktis))) throw new Error('A round of this client is running.');
  return ktis;
}

/** Its closing, ordered for its time. */
export function closingAt({ id, closesAt }: Pick<Round, 'id' | 'closesAt'>): Effect[] {
  return [{ do: 'later', job: 'kti.close', subject: id, at: closesAt }];
}
