import { exampleMark } from '../../store/examples.ts';
import { contactsOf } from '../clients/access-store.ts';
import type { Contact } from '../clients/clients.ts';
import { expectationsOf } from '../expectations/store.ts';
import { keepForecast } from '../kti/forecast-store.ts';
import { keepGrade } from '../kti/grade-store.ts';
import { addInvitation, changeInvitation } from '../kti/invitation-store.ts';
import { graderOf, type Invitation, type Kti, type Round, usualDays } from '../kti/kti.ts';
import { standardQuestions } from '../kti/question-store.ts';
import { addRound } from '../kti/round-store.ts';
import { type Put, putKti } from '../kti/store.ts';
import { type ClientExample, type ExampleSet, exampleId, inTurn, timeOn } from './sandbox.ts';

/** The last round opened so many working days ago, and each one before so many earlier. */
const lastOpened = 3;
const between = 18;

/**
 * Rounds of grades for what each client expects. They spend nobody's budget: who graded here can be asked at once. Their
 * KTIs are of the examples alone, the standard questions too, so that nothing that a client is really asked counts with them.
 */
export async function fillKtis(set: ExampleSet): Promise<void> {
  for (const client of set.clients) {
    const rounds = client.questions.length;
    for (let turn = 0; turn < rounds; turn += 1) await hold(set, client, turn);
  }
}

type Answers = ClientExample['questions'][number]['given'];
type Question = { put: Put; given: Answers; thought: number[] };
type Answered = Omit<Question, 'put'> & { kti: Kti };

async function hold(set: ExampleSet, client: ClientExample, turn: number): Promise<void> {
  const { tx, tenant } = set.asked;
  const from = set.days.length - lastOpened - between * (client.questions.length - 1 - turn);
  const days = set.days.slice(from);
  const contacts = await gradersOf(set, client);
  const questions = await questionsOf(set, client, turn);
  const opensAt = timeOn(inTurn(days, 0), '09:30', set);
  const answered: Answered[] = [];
  for (const { put, ...one } of questions)
    answered.push({ ...one, kti: await putKti(tx, tenant, put, opensAt, exampleId()) });
  const answers = Math.max(...questions.map(({ given }) => given.length));
  const times = contacts.map((_, at) => (at < answers ? answeredAt(set, days, at) : undefined));
  const round = roundOf(set, client, opensAt, times);
  const ktis = answered.map(({ kti }) => kti);
  if (!(await addRound(tx, set.asked, round, ktis))) return;
  for (const [at, contact] of contacts.entries())
    await grade(set, round, contact, { at: times[at], turn: at, answered });
  await predict(set, round, answered);
}

/** In the order in which the examples say what each gave. */
async function gradersOf({ asked }: ExampleSet, { id, contacts }: ClientExample): Promise<Contact[]> {
  const known = await contactsOf(asked, id);
  return contacts.flatMap((one) => known.find(({ person }) => person === one.id) ?? []);
}

/** The expectations that were graded so early, and the standard question of that round. */
async function questionsOf(set: ExampleSet, client: ClientExample, turn: number): Promise<Question[]> {
  const { tx, tenant } = set.asked;
  const open = await expectationsOf(tx, tenant, client.id, { open: true });
  const rounds = client.questions.length;
  const questions = client.expectations.flatMap(({ concrete, given, thought }): Question[] => {
    const one = open.find(({ id, wording }) => id.startsWith(exampleMark) && wording.text === concrete);
    const answers = given[turn - (rounds - given.length)];
    if (!one || !answers) return [];
    const text = { nl: concrete, en: concrete };
    const about = { client: client.id, source: 'expectation', about: one.id, text } as const;
    const put: Put = { ...about, wording: one.wording.id, theme: undefined, kind: one.category };
    return [{ put, given: answers, thought: turn === rounds - 1 ? thought : [] }];
  });
  const { id, given } = inTurn(client.questions, turn);
  const standard = (await standardQuestions(tx, tenant)).find((one) => one.id === id);
  if (!standard) return questions;
  const { text, theme } = standard;
  const about = { client: client.id, source: 'question', about: `${exampleMark}${id}` } as const;
  return [...questions, { put: { ...about, wording: undefined, text, theme, kind: id }, given, thought: [] }];
}

function answeredAt(set: ExampleSet, days: Temporal.PlainDate[], at: number): Temporal.Instant {
  return timeOn(inTurn(days, at), inTurn(['11:10', '14:25', '16:05'], at), set);
}

/** It closed when all had answered, or else when its time was over. */
function roundOf(
  { asked, team }: ExampleSet,
  { id }: ClientExample,
  opensAt: Temporal.Instant,
  times: (Temporal.Instant | undefined)[],
): Round {
  const { timeZone } = asked.place;
  const closesAt = opensAt.toZonedDateTimeISO(timeZone).add({ days: usualDays }).toInstant();
  const last = times.every((at) => at !== undefined) ? times.at(-1) : undefined;
  return {
    ...{ id: exampleId(), client: id, state: 'closed', spread: false, asker: inTurn(team, 0), timeZone },
    ...{ madeAt: opensAt, opensAt, closesAt, endedAt: last?.add({ minutes: 15 }) ?? closesAt },
  };
}

async function grade(
  { asked }: ExampleSet,
  round: Round,
  contact: Contact,
  { at, turn, answered }: { at: Temporal.Instant | undefined; turn: number; answered: Answered[] },
): Promise<void> {
  const { tx, tenant } = asked;
  const { name, person, email, language } = contact;
  const one: Invitation = {
    ...{ id: exampleId(), round: round.id, contact: contact.id, grader: graderOf(contact), name, person },
    ...{ email, language, kti: undefined, way: 'direct' },
    ...{ invitedAt: round.opensAt, remindedAt: undefined, doneAt: undefined },
  };
  await addInvitation(tx, tenant, one);
  if (!at) return;
  await changeInvitation(tx, tenant, { ...one, doneAt: at });
  for (const { kti, given } of answered) {
    const own = given[turn];
    if (!own) continue;
    const kept = { round: round.id, kti: kti.id, grader: one.grader, name, why: own.why, grade: own.grade };
    await keepGrade(tx, tenant, kept, at);
  }
}

/** What some of us thought beforehand that the client would give. */
async function predict({ asked, team }: ExampleSet, round: Round, answered: Answered[]): Promise<void> {
  for (const [turn, { id: person }] of team.entries()) {
    const grades = new Map(
      answered.flatMap(({ kti, thought }) => {
        const own = thought[turn];
        return own === undefined ? [] : [[kti.id, own] as const];
      }),
    );
    await keepForecast(asked.tx, asked.tenant, { round: round.id, person, grades }, round.opensAt);
  }
}
