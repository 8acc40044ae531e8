import { type Expectation, waitsForManager } from '../expectations/expectations.ts';
import { mostQuestions, type Source } from './kti.ts';

/** Which questions a round asks. Pure. */

/** Something that can be asked, with when this client was asked it last. */
export type Candidate = { source: Source; about: string; askedAt: Temporal.Instant | undefined };

/**
 * Whether a client can be asked for a grade for it: what it has confirmed that it expects of us, and not what is about a
 * person of whom the manager has not said that it can be done.
 */
export function isGradable(one: Expectation): boolean {
  return one.state === 'confirmed' && one.direction === 'theirs' && !waitsForManager(one);
}

/** So many expectations are asked every time; of the others the one that waited longest. */
const always = 3;

/**
 * The questions of a round, five at most: the expectations in their order of importance (the first three each time, and of
 * the rest the one that was asked longest ago), then standard questions in turn: two, or one beside four expectations.
 */
export function questionsFor<T extends Candidate>(expectations: T[], standard: T[]): T[] {
  const first = expectations.slice(0, always);
  const next = longestAgo(expectations.slice(always)).slice(0, 1);
  const asked = [...first, ...next];
  return [...asked, ...longestAgo(standard).slice(0, Math.min(2, mostQuestions - asked.length))];
}

/** What was never asked first, then what was asked longest ago; of those alike as they stand. */
function longestAgo<T extends Candidate>(all: T[]): T[] {
  return all.toSorted((one, other) => {
    if (!one.askedAt || !other.askedAt)
      return Number(one.askedAt !== undefined) - Number(other.askedAt !== undefined);
    return Temporal.Instant.compare(one.askedAt, other.askedAt);
  });
}
