import type { Say } from '../text/say.ts';
import type { Asked, Outside } from './feature.ts';
import { type Language, languageOf } from './request.ts';

/** The words of a reader: his language and the clock he reads. */
export type Voice = { say: Say; language: Language; timeZone: string };

/** In the words of the one who spoke: answers. */
export function readers({ say, person }: Pick<Asked, 'say' | 'person'>): Voice {
  return { say, language: person.language, timeZone: person.timeZone };
}

/** What is set, by `scope.key`. */
type Kept = ReadonlyMap<string, string>;

/** The language that somebody is spoken to in: as he chose, else his own, else the workspace's, else the usual one. */
export function languageFor(
  kept: Kept,
  own: Language | undefined,
  { language }: Outside['defaults'],
): Language {
  return (
    languageOf(kept.get('person.language')) ?? own ?? languageOf(kept.get('tenant.language')) ?? language
  );
}

/** The clock of a place: its own, else the workspace's, else the usual one. */
export function timeZoneIn(kept: Kept, { timeZone }: Outside['defaults']): string {
  return kept.get('place.timeZone') ?? kept.get('tenant.timeZone') ?? timeZone;
}
