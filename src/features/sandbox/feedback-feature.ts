import { expectationsOf } from '../expectations/store.ts';
import { toggleCheer } from '../feedback/cheer-store.ts';
import type { Feedback, Kind } from '../feedback/feedback.ts';
import { addFeedback, changeFeedback } from '../feedback/store.ts';
import { type ExampleSet, exampleId, inTurn, spread, timeOn } from './sandbox.ts';

/** Complaints with their course, compliments, stories and successes. */
export async function fillFeedback(set: ExampleSet): Promise<void> {
  for (const [turn, client] of set.clients.entries()) {
    for (const [at, { one, day }] of spread(client.complaints, set.days).entries()) {
      const brought = await bring(set, 'complaint', client, one.text, day, at + turn);
      await answer(set, brought, one, at);
    }
    for (const [at, { one, day }] of spread(client.compliments, set.days).entries())
      await bring(set, 'compliment', client, one, day, at + turn);
    // Of the last of them a part of the team has heard this week.
    for (const { one, day } of spread(client.stories, set.days.slice(turn * 3 - 8)))
      await applaud(set, await bring(set, 'story', client, one, day, turn + 1));
  }
  for (const [at, { one, day }] of spread(set.words.successes, set.days).entries())
    await bring(set, 'success', undefined, one, day, at);
}

async function bring(
  set: ExampleSet,
  kind: Kind,
  client: ExampleSet['clients'][number] | undefined,
  text: string,
  day: Temporal.PlainDate,
  turn: number,
): Promise<Feedback> {
  const isComplaint = kind === 'complaint';
  const one: Feedback = {
    ...{ id: exampleId(), kind, client: client?.id, text, day, link: undefined },
    saidBy: isComplaint ? client?.contact.name : undefined,
    by: inTurn(set.team, turn),
    ...{ expectation: undefined, unnoted: false, answered: undefined, learned: undefined },
    owner: isComplaint ? set.team[0] : undefined,
    state: isComplaint ? 'new' : undefined,
    at: timeOn(day, inTurn(['08:52', '11:20', '15:40'], turn), set),
  };
  await addFeedback(set.asked.tx, set.asked, one);
  return one;
}

/** Whoever did not bring it applauds it. */
async function applaud({ asked, team }: ExampleSet, { id, by, at }: Feedback): Promise<void> {
  for (const { id: person } of team)
    if (person !== by.id)
      await toggleCheer(asked.tx, asked.tenant, id, { person, now: at.add({ hours: 1 }) });
}

/** Some touch an expectation, and some one that nobody had noted; most are answered after a day, and learned from. */
async function answer(
  set: ExampleSet,
  one: Feedback,
  { answered, learned }: { answered: string; learned: string },
  turn: number,
): Promise<void> {
  const { tx, tenant } = set.asked;
  const open = one.client === undefined ? [] : await expectationsOf(tx, tenant, one.client, { open: true });
  const touched = turn % 2 === 0 && open.length > 0 ? inTurn(open, turn).id : undefined;
  const known: Feedback = { ...one, expectation: touched, unnoted: touched === undefined };
  const deed = { by: inTurn(set.team, 0), now: one.at.add({ hours: 24 }) };
  if (answered === '') return changeFeedback(tx, tenant, known, { happened: 'changed', ...deed });
  const done: Feedback = { ...known, state: 'answered', answered };
  await changeFeedback(tx, tenant, done, { happened: 'answered', ...deed });
  if (learned === '') return;
  const last: Feedback = { ...done, state: 'learned', learned };
  await changeFeedback(tx, tenant, last, {
    happened: 'learned',
    by: deed.by,
    now: deed.now.add({ hours: 24 }),
  });
}
