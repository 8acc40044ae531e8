import type { Action } from '../actions/actions.ts';
import { type Since, sinceDone } from '../actions/since-rules.ts';
import { type CurrentRow, matterOf, type Outline } from './current-rules.ts';
import type { Grade, Round } from './kti.ts';

/** What the team does, or did, about a grade. Pure. */

/**
 * open: under way. done: done after the round was graded, so that only the next one can tell. since: done before this round,
 * which is the first that was graded after it.
 */
export type Work =
  | { state: 'open' | 'done'; action: Action }
  | { state: 'since'; action: Action; since: Since };

type Opened = Pick<Round, 'id' | 'opensAt'>;
type Given = Pick<Grade, 'round' | 'kti' | 'grade' | 'at'>;

/**
 * What there is to say of the team's actions for a KTI in a round: what is under way, else what was done since, else what was
 * done before and what the grades did. `ids`: of the KTI and of its earlier wordings; `grades`: its own.
 */
export function workOn(
  ids: string[],
  actions: Action[],
  { round, rounds, grades }: { round: Opened; rounds: Opened[]; grades: Given[] },
): Work | undefined {
  const mine = actions.filter(({ kti }) => ids.includes(kti));
  const open = mine.find(({ state }) => state === 'open');
  if (open) return { state: 'open', action: open };
  const done = mine.findLast(({ doneAt }) => doneAt !== undefined);
  if (!done?.doneAt) return undefined;
  const opened = (one: Opened) => Temporal.Instant.compare(one.opensAt, done.doneAt ?? one.opensAt) > 0;
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

type Graded = Pick<Outline, 'client' | 'source' | 'about'>;

/** Of these actions those for the same, in whatever words it was graded when they began. `ktis`: those that they are for. */
export function actionsFor(actions: Action[], ktis: (Graded & { id: string })[]): (one: Graded) => Action[] {
  const keyOf = (one: Graded) => `${one.client}:${matterOf(one)}`;
  const aims = new Set(actions.map(({ kti }) => kti));
  const keys = new Map(ktis.filter(({ id }) => aims.has(id)).map((one) => [one.id, keyOf(one)]));
  const found = Map.groupBy(actions, ({ kti }) => keys.get(kti));
  return (one) => found.get(keyOf(one)) ?? [];
}

/** Of the actions for what was graded last at this moment the one under way, else the last that was done since. */
export function workSince(actions: Action[], { lastAt }: Pick<CurrentRow, 'lastAt'>): Action | undefined {
  const at = Temporal.Instant.from(lastAt);
  return (
    actions.find(({ state }) => state === 'open') ??
    actions.findLast(({ doneAt }) => doneAt && Temporal.Instant.compare(doneAt, at) >= 0)
  );
}

/** What the team does about a grade of an earlier round. */
export function workLeft(actions: Action[], row: Pick<CurrentRow, 'lastAt'>): Work | undefined {
  const action = workSince(actions, row);
  return action && { state: action.state === 'open' ? 'open' : 'done', action };
}

/** isRunning: its round is. isSettled: those who gave it were spoken with. actions: for it, in whatever words. */
type Known = { isRunning: boolean; isSettled: boolean; actions: Action[] };

/** Whether a grade asks for action, is no older than that moment, and nothing is or was done about it since. */
export function isWaiting(
  row: Pick<CurrentRow, 'verdict' | 'lastAt'>,
  earliest: string,
  { isRunning, isSettled, actions }: Known,
): boolean {
  if (row.verdict !== 'action' || row.lastAt < earliest || isRunning || isSettled) return false;
  return workSince(actions, row) === undefined;
}
