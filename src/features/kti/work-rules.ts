import type { Action } from '../actions/actions.ts';
import { type Since, sinceDone } from '../actions/since-rules.ts';
import type { Grade, Round } from './kti.ts';

/** What the team does, or did, about a grade. Pure. */

/**
 * open: under way. done: done after the round was graded, so that only the next one can tell. since: done before this round,
 * which is the first that was graded after it.
 */
export type Work =
  | { state: 'open' | 'done'; action: Action }
  | { state: 'since'; action: Action; since: Since };

type Given = Pick<Grade, 'round' | 'kti' | 'grade' | 'at'>;

/**
 * What there is to say of the team's actions for a KTI in a round: what is under way, else what was done since, else what was
 * done before and what the grades did. `ids`: of the KTI and of its earlier wordings; `grades`: its own.
 */
export function workOn(
  ids: string[],
  actions: Action[],
  { round, rounds, grades }: { round: Round; rounds: Round[]; grades: Given[] },
): Work | undefined {
  const mine = actions.filter(({ kti }) => ids.includes(kti));
  const open = mine.find(({ state }) => state === 'open');
  if (open) return { state: 'open', action: open };
  const done = mine.findLast(({ doneAt }) => doneAt !== undefined);
  if (!done?.doneAt) return undefined;
  const opened = (one: Round) => Temporal.Instant.compare(one.opensAt, done.doneAt ?? one.opensAt) > 0;
  if (!opened(round)) return { state: 'done', action: done };
  const first = rounds
    .filter((one) => opened(one) && grades.some((given) => given.round === one.id))
    .toSorted((one, other) => Temporal.Instant.compare(one.opensAt, other.opensAt))[0];
  const since = first?.id === round.id ? sinceDone(done, grades, rounds) : undefined;
  return since && { state: 'since', action: done, since };
}

/** Whether something is done about it, or was: then nobody need begin. */
export function isWorked(work: Work | undefined): boolean {
  return work?.state === 'open' || work?.state === 'done';
}
