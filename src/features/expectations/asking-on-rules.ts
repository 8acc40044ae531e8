import { plain } from '../../chat/grammar.ts';
import type { Language } from '../../chat/request.ts';
import type { Catalogue, ContainerWords } from '../../text/catalogue.ts';

/** Helps to ask on: what the client may be asked, and what others meant by such words. */
export type AskingOn = { questions: [string, string]; suggestions: string[] };

/** A word that can mean anything, as the client wrote it, and what the catalogue knows of it. */
export type ContainerWord = { word: string; group: ContainerWords };

const mostSuggestions = 5;

/**
 * The container words of a text, whichever language it is in: one of each group, in the catalogue's order. Compared
 * without case, accents and simple endings.
 */
export function containerWordsIn(
  text: string,
  { containerWords }: Pick<Catalogue, 'containerWords'>,
): ContainerWord[] {
  const written = text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const inDutch = written.map((word) => readings(plain(word), dutchEndings));
  const inEnglish = written.map((word) => readings(plain(word), englishEndings));
  return containerWords.flatMap((group) => {
    const found = find(group.nl, inDutch) ?? find(group.en, inEnglish);
    return found ? [{ word: written.slice(found.from, found.to).join(' '), group }] : [];
  });
}

/**
 * Two questions that ask on: of the container words first, then such as always fit. turn: how often this person was
 * asked on before; two turns in a row have no question in common, whatever the texts.
 */
export function askOn(text: string, language: Language, catalogue: Catalogue, turn: number): AskingOn {
  const groups = containerWordsIn(text, catalogue).map(({ group }) => group);
  const [first, second] = [
    ...alternating(groups.map(({ questions }) => ofTurn(questions[language], turn))),
    ...ofTurn(catalogue.questions[language], turn),
  ];
  if (first === undefined || second === undefined) throw new Error('The catalogue has too few questions.');
  const ids = new Set(alternating(groups.map(({ suggests }) => suggests)));
  const labels = [...ids].flatMap((id) => catalogue.inspiration.filter((entry) => entry.id === id));
  return {
    questions: [first, second],
    suggestions: labels.slice(0, mostSuggestions).map((entry) => entry[language]),
  };
}

/** One half of the questions in even turns, the other in odd ones, beginning each time with the next of them. */
function ofTurn(questions: string[], turn: number): string[] {
  const middle = Math.ceil(questions.length / 2);
  const half = turn % 2 === 0 ? questions.slice(0, middle) : questions.slice(middle);
  const start = half.length > 0 ? Math.floor(turn / 2) % half.length : 0;
  return [...half.slice(start), ...half.slice(0, start)];
}

/** The first of each list, then the second of each, and so on. */
function alternating<T>(lists: T[][]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat();
}

/** Where one of these words, or words in a row, stands in a text. */
function find(phrases: string[], text: Set<string>[]): { from: number; to: number } | undefined {
  for (const phrase of phrases) {
    const words = plain(phrase).match(/[\p{L}\p{N}]+/gu) ?? [];
    const from = text.findIndex((_, at) => words.every((word, next) => text[at + next]?.has(word)));
    if (from >= 0) return { from, to: from + words.length };
  }
  return undefined;
}

/** How a language ends its words, and what a word may have been without these endings. */
type Endings = { endings: string[]; before: (stem: string) => string[] };

const dutchEndings: Endings[] = [
  { endings: ['s', 'st', 'ste', 'der', 'dere'], before: (stem) => [stem] },
  {
    endings: ['e', 'er', 'ere'],
    // stabiele, snelle, creatieve and serieuze, goedkope.
    before: (stem) => [
      stem,
      stem.replace(/([^aeiou])\1$/, '$1'),
      stem.replace(/v$/, 'f').replace(/z$/, 's'),
      stem.replace(/([aeou])([^aeiou])$/, '$1$1$2'),
    ],
  },
];

const englishEndings: Endings[] = [
  { endings: ['s', 'r', 'st', 'er', 'est', 'ly'], before: (stem) => [stem] },
  { endings: ['ies', 'ier', 'iest'], before: (stem) => [`${stem}y`] },
];

/** The words that this may be a form of, itself among them. */
function readings(word: string, language: Endings[]): Set<string> {
  const without = language.flatMap(({ endings, before }) =>
    endings
      .filter((ending) => word.endsWith(ending))
      .flatMap((ending) => before(word.slice(0, -ending.length))),
  );
  return new Set([word, ...without]);
}
