import type { Rhythm } from './plan-rules.ts';

/** How often a client is asked, as somebody says it. Pure. */

/** The wishes that somebody can type behind a client's name, in both languages. */
const typed: [RegExp, Rhythm | 'off'][] = [
  [/(?:^|\s)(?:elke |per |ieder[e]? )?(?:maandelijks|maand)$/i, 'month'],
  [/(?:^|\s)(?:monthly|(?:every|per|each) month)$/i, 'month'],
  [/(?:^|\s)(?:elk |per |ieder )?kwartaal$/i, 'quarter'],
  [/(?:^|\s)(?:quarterly|(?:every|per|each) quarter)$/i, 'quarter'],
  [/(?:^|\s)(?:dagelijks|(?:elke|iedere|per) (?:werk)?dag)$/i, 'day'],
  [/(?:^|\s)(?:daily|(?:every|per|each) (?:working )?day)$/i, 'day'],
  [/(?:^|\s)(?:uit|off|stop|stoppen)$/i, 'off'],
];

/** "Acme per kwartaal": the client's name and how often it is asked; no rhythm where none is said. */
export function readPlan(text: string): { name: string; rhythm: Rhythm | 'off' | undefined } {
  const said = text.trim();
  for (const [words, rhythm] of typed)
    if (words.test(said)) return { name: said.replace(words, '').trim(), rhythm };
  return { name: said, rhythm: undefined };
}

const other =
  /(?:^|\s)(?:(?:half|twee|drie)?(?:wekelijks|jaarlijks|maandelijks)|(?:bi-?|half-?)?(?:weekly|yearly)|annually|fortnightly|om de week|(?:elke?|iedere?|per|every|each)(?: \S+)? (?:week|weken|weeks|jaar|years?|maanden|months))$/i;

/** What stands before a rhythm that there is none of, such as "Acme" of "Acme weekly"; undefined where none is said. */
export function beforeOther(text: string): string | undefined {
  const said = text.trim();
  return other.test(said) ? said.replace(other, '').trim() : undefined;
}

/** A rhythm as a form gives it. */
export function rhythmOf(text: string | undefined): Rhythm | 'off' | undefined {
  return (['month', 'quarter', 'day', 'off'] as const).find((one) => one === text);
}
