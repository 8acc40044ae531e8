import type { Conversation } from '../conversations/conversations.ts';
import { addNote } from '../conversations/note-store.ts';
import { addConversation, keepAnswer } from '../conversations/store.ts';
import { expectationsOf } from '../expectations/store.ts';
import { type ExampleSet, exampleId, inTurn, nextDay, timeOn } from './sandbox.ts';

/** Of how many conversations one leaves the expectation out; one in so many did not take place. */
const notRaised = 3;
const cancelled = 11;

/** A conversation with each client about every four working days, and one on the next. */
export async function fillConversations(set: ExampleSet): Promise<void> {
  for (const [turn, { id }] of set.clients.entries()) {
    const days = set.days.filter((_, at) => at % 4 === turn);
    for (const [at, day] of days.entries()) await hold(set, id, day, at + turn);
    await plan(set, id, turn);
  }
}

async function hold(set: ExampleSet, client: string, day: Temporal.PlainDate, turn: number): Promise<void> {
  const { tx, tenant } = set.asked;
  const one = conversation(set, client, timeOn(day, inTurn(['10:00', '13:30', '15:00'], turn), set), turn);
  await addConversation(tx, set.asked, one, one.start);
  const by = inTurn(one.people, 0);
  const at = one.end.add({ minutes: 15 });
  const outcome =
    turn % cancelled === cancelled - 1 ? 'cancelled' : turn % notRaised === 2 ? 'not-raised' : 'raised';
  await keepAnswer(tx, tenant, one.id, { outcome, by, at });
  if (outcome !== 'raised' || turn % 4 !== 0) return;
  const open = await expectationsOf(tx, tenant, client, { open: true });
  const about = open.length > 0 ? inTurn(open, turn).id : undefined;
  const said = inTurn(set.words.notes, turn);
  await addNote(tx, tenant, exampleId(), {
    conversation: one.id,
    expectation: about,
    kind: 'same',
    said,
    by,
    at,
  });
}

async function plan(set: ExampleSet, client: string, turn: number): Promise<void> {
  const { tx, now } = set.asked;
  const start = timeOn(nextDay(set), inTurn(['10:00', '14:00'], turn), set);
  const one = conversation(set, client, start, turn);
  await addConversation(tx, set.asked, one, now);
}

function conversation(set: ExampleSet, client: string, start: Temporal.Instant, turn: number): Conversation {
  return {
    ...{ id: exampleId(), client, title: undefined, start, end: start.add({ minutes: 45 }) },
    ...{ source: 'typed', people: [inTurn(set.team, turn)], answer: undefined },
  };
}
