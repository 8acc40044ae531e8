import { questions } from '../../text/satisfaction.ts';
import type { Words } from './kti.ts';

/** Which standard questions a company asks, and in whose words. Pure. */

/** One that every client can be asked. */
export type Question = { id: string } & Words;

/** supplied: in Belay's words. changed: a supplied one in the company's words. own: added by the company. */
type Origin = 'supplied' | 'changed' | 'own';

export type StandardQuestion = Question & { leftOut: boolean; origin: Origin };

/** What a company changed of one question: no words, as supplied. */
export type Kept = { id: string; words: Words | undefined; leftOut: boolean };

/** The supplied questions as the company changed them, in their order, and then its own, the oldest first. */
export function listOf(kept: Kept[]): StandardQuestion[] {
  const changes = new Map(kept.map((one) => [one.id, one]));
  const supplied = questions.map(({ id, nl, en, theme }): StandardQuestion => {
    const change = changes.get(id);
    const leftOut = change?.leftOut ?? false;
    if (change?.words) return { id, ...change.words, leftOut, origin: 'changed' };
    return { id, text: { nl, en }, theme, leftOut, origin: 'supplied' };
  });
  // One whose supplied words are gone with a later version is the company's own from then on.
  const own = kept.flatMap(({ id, words, leftOut }): StandardQuestion[] =>
    words && questions.every((one) => one.id !== id) ? [{ id, ...words, leftOut, origin: 'own' }] : [],
  );
  return [...supplied, ...own.toSorted((one, other) => (one.id < other.id ? -1 : 1))];
}

/** Whether this is the only one that is asked. */
export function isLast(all: StandardQuestion[], id: string): boolean {
  return all.every((one) => one.leftOut || one.id === id);
}
