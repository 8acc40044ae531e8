import { z } from 'zod';
import { idSchema, readDataFile, repeated, text } from './data-file.ts';

/** Something clients have named. Suggested when a client is stuck, and what expectations are sorted by. */
const inspirationSchema = z.strictObject({
  id: idSchema,
  nl: text,
  en: text,
});

/** Whoever is asked on twice in a row reads the first half of them and then the other. */
const questionsSchema = (least: number) => {
  const few = `must have at least ${least}, so that nobody reads the same one twice in a row`;
  const questions = z.array(text).min(least, few);
  return z.strictObject({ nl: questions, en: questions });
};

const wordsSchema = z.array(text.regex(/\p{L}/u, 'must be a word')).min(1, 'must have at least one word');

/** Words that can mean anything, what may be meant by them, and what to ask about them. */
const containerWordsSchema = z.strictObject({
  nl: wordsSchema,
  en: wordsSchema,
  suggests: z.array(text).min(1, 'must name at least one id of data/inspiration.json'),
  questions: questionsSchema(2),
});

const schemas = {
  inspiration: z.array(inspirationSchema),
  'container-words': z.array(containerWordsSchema),
  'asking-on': questionsSchema(4),
};

export type ContainerWords = z.infer<typeof containerWordsSchema>;

/** What helps to ask on. */
export type Catalogue = {
  inspiration: z.infer<typeof inspirationSchema>[];
  /** The order counts: what clients mean least by comes last. */
  containerWords: ContainerWords[];
  /** For words that are none of these. */
  questions: { nl: string[]; en: string[] };
};

const languages = ['nl', 'en'] as const;

/** Reads the catalogue of a folder. Throws an error that names every mistake in its files, each with its file. */
export function readCatalogue(folder: URL): Catalogue {
  const mistakes: string[] = [];
  const inspiration = readDataFile(folder, 'inspiration', schemas.inspiration, mistakes);
  const containerWords = readDataFile(folder, 'container-words', schemas['container-words'], mistakes);
  const questions = readDataFile(folder, 'asking-on', schemas['asking-on'], mistakes);
  if (!inspiration || !containerWords || !questions) throw new Error(mistakes.join('\n'));
  const catalogue = { inspiration, containerWords, questions };
  mistakes.push(
    ...inspirationMistakes(catalogue),
    ...wordMistakes(catalogue),
    ...suggestionMistakes(catalogue),
    ...questionMistakes(catalogue),
  );
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
  return catalogue;
}

function inspirationMistakes({ inspiration }: Catalogue): string[] {
  return (['id', ...languages] as const).flatMap((part) =>
    repeated(inspiration.map((entry) => entry[part])).map(
      (twice) => `data/inspiration.json: ${part} “${twice}” is there twice.`,
    ),
  );
}

function wordMistakes({ containerWords }: Catalogue): string[] {
  return languages.flatMap((language) =>
    repeated(containerWords.flatMap((words) => words[language])).map(
      (twice) => `data/container-words.json: ${language} “${twice}” is there twice.`,
    ),
  );
}

function suggestionMistakes({ inspiration, containerWords }: Catalogue): string[] {
  const known = new Set(inspiration.map(({ id }) => id));
  return containerWords.flatMap(({ suggests, nl: [name] }) => [
    ...suggests
      .filter((id) => !known.has(id))
      .map(
        (id) => `data/container-words.json: “${name}” suggests “${id}”, which data/inspiration.json has not.`,
      ),
    ...repeated(suggests).map((id) => `data/container-words.json: “${name}” suggests “${id}” twice.`),
  ]);
}

/** Each in both languages, and none twice: two questions at once must not be the same. */
function questionMistakes({ containerWords, questions }: Catalogue): string[] {
  const lists = [
    ...containerWords.map((words) => ({
      place: `data/container-words.json: “${words.nl[0]}”`,
      questions: words.questions,
    })),
    { place: 'data/asking-on.json:', questions },
  ];
  return [
    ...lists
      .filter(({ questions: { nl, en } }) => nl.length !== en.length)
      .map(
        ({ place, questions: { nl, en } }) =>
          `${place} has ${nl.length} questions in nl and ${en.length} in en.`,
      ),
    ...languages.flatMap((language) =>
      repeated(lists.flatMap(({ questions }) => questions[language])).map(
        (twice) => `data/container-words.json, data/asking-on.json: “${twice}” is there twice.`,
      ),
    ),
  ];
}

/** What the files in data say. */
export const catalogue = readCatalogue(new URL('../../data/', import.meta.url));
