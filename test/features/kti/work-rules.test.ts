import { expect, it } from 'vitest';
import type { Action } from '../../../src/features/actions/actions.ts';
import type { Round } from '../../../src/features/kti/kti.ts';
import { isWorked, workOn } from '../../../src/features/kti/work-rules.ts';

const at = (day: number) => Temporal.Instant.from('2026-01-01T09:00:00Z').add({ hours: 24 * day });
const anna = { id: 'anna', name: 'Anna' };

function round(id: string, day: number): Round {
  return {
    ...{ id, client: 'c1', state: 'closed', spread: false, asker: anna, timeZone: 'UTC', madeAt: at(day) },
    ...{ opensAt: at(day), closesAt: at(day + 7), endedAt: at(day + 7) },
  };
}

function action(more: Partial<Action>): Action {
  return {
    ...{ id: 'a1', client: 'c1', kti: 'k', catalogue: undefined, title: 'Bellen', owner: anna, notice: '' },
    ...{ due: Temporal.PlainDate.from('2026-02-01'), consulted: undefined, state: 'open', revision: 1 },
    ...{ startedBy: anna, startedAt: at(1), endedBy: undefined, doneAt: undefined, reason: undefined },
    ...{ shown: undefined, shownAt: undefined, shownNote: undefined, ...more },
  };
}

const rounds = [round('r0', 0), round('r1', 90), round('r2', 180)];
const grades = [
  { round: 'r0', kti: 'k', grade: 5, at: at(1) },
  { round: 'r1', kti: 'k', grade: 7, at: at(91) },
  { round: 'r2', kti: 'k', grade: 8, at: at(181) },
];

const workIn = (index: number, ...actions: Action[]) =>
  workOn(['k'], actions, { round: rounds[index] ?? round('', 0), rounds, grades });

it('is what is under way, else what was done since the round', () => {
  const done = action({ id: 'a2', state: 'done', doneAt: at(200) });
  expect([workIn(2), workIn(2, action({ kti: 'other' })), workIn(2, action({ state: 'dropped' }))]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(workIn(2, done, action({}))).toMatchObject({ state: 'open', action: { id: 'a1' } });
  expect(workIn(2, done)).toMatchObject({ state: 'done', action: { id: 'a2' } });
  expect([workIn(2, action({})), workIn(2, done)].map(isWorked)).toEqual([true, true]);
});

it('says what the grades did in the first round after it alone', () => {
  const done = action({ state: 'done', doneAt: at(30) });
  const since = { doneAt: at(30), before: { n: 1, sum: 5 }, after: { n: 1, sum: 7 } };
  expect(workIn(1, done)).toMatchObject({ state: 'since', since });
  expect(isWorked(workIn(1, done))).toBe(false);
  expect(workIn(2, done)).toBeUndefined();
});
