import { expectationsOf } from '../expectations/store.ts';
import { type Column, columns, type Improvement } from '../improvements/improvements.ts';
import { addImprovement, changeImprovement } from '../improvements/store.ts';
import { addVote } from '../improvements/vote-store.ts';
import { type ExampleSet, exampleId, inTurn, timeOn } from './sandbox.ts';

/** Ideas on their way over the board, one in each column. */
export async function fillImprovements(set: ExampleSet): Promise<void> {
  // These are about deliveries and planning: what the others expect is something else.
  const clients = set.clients.filter(({ alone }) => alone);
  if (clients.length === 0) return;
  for (const [turn, example] of set.words.improvements.entries())
    await bring({ ...set, clients }, example, inTurn(columns, turn), turn);
}

type Example = ExampleSet['words']['improvements'][number];

async function bring(set: ExampleSet, example: Example, stage: Column, turn: number): Promise<void> {
  const { tx, tenant } = set.asked;
  const client = inTurn(set.clients, turn).id;
  const on = (back: number) => timeOn(inTurn(set.days, set.days.length - back), '11:00', set);
  const maker = inTurn(set.team, turn);
  const idea: Improvement = {
    ...{ id: exampleId(), client, text: example.text, maker, place: set.place.id, stage: 'idea' },
    ...{ since: on(40), movedBy: maker, revision: 0, madeAt: on(40) },
    ...{ beganAt: undefined, poll: undefined, grading: undefined },
    ...{ expects: undefined, serves: undefined, tries: undefined, doers: [] },
    ...{ helped: undefined, heard: undefined, reason: undefined, success: undefined, toldAt: undefined },
  };
  await addImprovement(tx, set.asked, idea);
  for (const voter of set.team.filter((_, at) => (at + turn) % 2 === 0))
    await addVote(tx, { tenant, improvement: idea.id, person: voter.id }, idea.madeAt);
  if (stage === 'idea') return;
  const [expectation] = await expectationsOf(tx, tenant, client, { open: true });
  const planned: Improvement = {
    ...{
      ...idea,
      stage,
      expects: example.expects,
      tries: example.tries,
      doers: [inTurn(set.team, turn + 1)],
    },
    serves: expectation ? { kind: 'expectation', id: expectation.id } : undefined,
    ...{
      since: on(12 - turn),
      beganAt: stage === 'plan' ? undefined : on(30),
      movedBy: inTurn(set.team, turn + 1),
    },
    ...(columns.indexOf(stage) > columns.indexOf('check') && {
      helped: 'yes' as const,
      heard: example.heard,
    }),
  };
  const deed = { happened: 'moved', by: planned.movedBy, now: planned.since } as const;
  await changeImprovement(tx, tenant, { from: idea, to: planned }, deed);
}
