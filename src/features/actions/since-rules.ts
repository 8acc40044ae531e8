import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { sayDay } from '../../text/when.ts';
import { countOf, few, meanOf } from '../kti/grade-rules.ts';
import type { Count, Grade, Round } from '../kti/kti.ts';
import { gradeOf } from '../kti/words-rules.ts';
import type { Action } from './actions.ts';

/** What a KTI did since an action for it was done. That the one led to the other nobody says. Pure. */

/** before: undefined when nothing was given before it was done. */
export type Since = { doneAt: Temporal.Instant; before: Count | undefined; after: Count };

/**
 * What was given for the action's KTI in the last round before it was done, and in the first one that began after; undefined
 * until that one has a grade. What was given in between, in a round that was running, counts for neither.
 */
export function sinceDone(
  { kti, doneAt }: Pick<Action, 'kti' | 'doneAt'>,
  grades: Pick<Grade, 'round' | 'kti' | 'grade' | 'at'>[],
  rounds: Pick<Round, 'id' | 'opensAt'>[],
): Since | undefined {
  if (!doneAt) return undefined;
  const { before, after } = givenAround(kti, doneAt, grades, rounds);
  const [first] = after;
  return first && { doneAt, before, after: first };
}

/**
 * What was given for a KTI in the last round before a moment, and in each that began after it, the oldest first; rounds
 * without a grade for it are left out.
 */
export function givenAround(
  kti: string,
  moment: Temporal.Instant,
  grades: Pick<Grade, 'round' | 'kti' | 'grade' | 'at'>[],
  rounds: Pick<Round, 'id' | 'opensAt'>[],
): { before: Count | undefined; after: Count[] } {
  const isBefore = (at: Temporal.Instant) => Temporal.Instant.compare(at, moment) <= 0;
  const counted = rounds
    .toSorted((one, other) => Temporal.Instant.compare(one.opensAt, other.opensAt))
    .map(({ id, opensAt }) => ({
      opensAt,
      given: grades.filter((one) => one.kti === kti && one.round === id),
    }));
  const before = counted
    .filter(({ opensAt }) => isBefore(opensAt))
    .map(({ given }) => countOf(given.filter(({ at }) => isBefore(at))))
    .findLast(({ n }) => n > 0);
  const after = counted
    .filter(({ opensAt }) => !isBefore(opensAt))
    .map(({ given }) => countOf(given))
    .filter(({ n }) => n > 0);
  return { before, after };
}

/** `Sinds 3 december: 7,2 (n = 3) → 7,8 (n = 2). Dat kan ook door iets anders komen.` Without the KTI's name. */
export function sinceLine(since: Since, voice: Voice): string {
  const isFew = Math.min(since.before?.n ?? few, since.after.n) < few;
  return `${figuresOf(since, voice)} ${voice.say(isFew ? 'actions.since-few' : 'actions.since-cause')}`;
}

/** The same where it has been said already how few they are. */
export function sinceFigures(since: Since, voice: Voice): string {
  return `${bareFigures(since, voice)} ${voice.say('actions.since-cause')}`;
}

/** The figures alone, for where both have been said already. */
export function bareFigures(since: Since, voice: Voice): string {
  return unbroken(figuresOf(since, voice));
}

/** On a phone the number would else come away from what it counts. */
export function unbroken(figures: string): string {
  return figures.replaceAll('n = ', 'n\u00a0=\u00a0');
}

function figuresOf({ doneAt, before, after }: Since, { say, language, timeZone }: Voice): string {
  const day = sayDay(doneAt, language, timeZone);
  return before
    ? say('actions.since', { day, before: figureOf(before, say), after: figureOf(after, say) })
    : say('actions.since-first', { day, after: figureOf(after, say) });
}

/** `7,2 (n = 3)`; what one person gave is whole. */
export function figureOf(count: Count, say: Say): string {
  return `${gradeOf(meanOf(count), count.n, say)} (n = ${count.n})`;
}
