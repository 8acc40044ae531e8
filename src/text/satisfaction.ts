import { z } from 'zod';
import { catalogue } from './catalogue.ts';
import { idSchema, readDataFile, repeated, text } from './data-file.ts';

/** One standard question, put to clients to be graded 1 to 10; `theme` names it in a summary. */
const questionSchema = z.strictObject({
  id: idSchema,
  nl: text.max(119, 'must have fewer than 120 letters'),
  en: text.max(119, 'must have fewer than 120 letters'),
  theme: z.strictObject({ nl: text, en: text }),
});

const actionWordsSchema = z.strictObject({
  title: text.max(49, 'must have fewer than 50 letters'),
  how: text.max(300, 'must have at most 300 letters'),
  whom: text.optional(),
});

/** What a team may do for a client's satisfaction. `consult`: with whom is said in `whom`, before it begins. */
const actionSchema = z.strictObject({
  id: idSchema,
  nl: actionWordsSchema,
  en: actionWordsSchema,
  consult: z.boolean(),
  serves: z.array(text).min(4, 'must have at least 4 kinds of expectation'),
});

/** A small thing that makes good work memorable. Without `serves` it suits every kind of expectation. */
const experienceSchema = z.strictObject({
  id: idSchema,
  nl: text.max(160, 'must have at most 160 letters'),
  en: text.max(160, 'must have at most 160 letters'),
  serves: z.array(text).min(1, 'must name a kind of expectation, or be left out').optional(),
});

const schemas = {
  questions: z.array(questionSchema).min(2, 'must have at least 2, as a round may ask two'),
  actions: z.array(actionSchema).min(3, 'must have at least 3, as many as are proposed'),
  experiences: z.array(experienceSchema).min(1, 'must have at least 1'),
};

export type Question = z.infer<typeof questionSchema>;
export type Action = z.infer<typeof actionSchema>;
export type Experience = z.infer<typeof experienceSchema>;

type Satisfaction = { questions: Question[]; actions: Action[]; experiences: Experience[] };

const languages = ['nl', 'en'] as const;

/**
 * Reads the questions, actions and experiences of a folder; `inspiration`: the ids of its data/inspiration.json. Throws
 * an error that names every mistake in the files, each with its file.
 */
export function readSatisfaction(folder: URL, inspiration: string[]): Satisfaction {
  const mistakes: string[] = [];
  const questions = readDataFile(folder, 'questions', schemas.questions, mistakes);
  const actions = readDataFile(folder, 'actions', schemas.actions, mistakes);
  const experiences = readDataFile(folder, 'experiences', schemas.experiences, mistakes);
  if (!questions || !actions || !experiences) throw new Error(mistakes.join('\n'));
  const kinds = [...inspiration, ...questions.map(({ id }) => id)];
  mistakes.push(
    ...questionMistakes(questions, inspiration),
    ...twiceMistakes('actions', actions, ({ title }) => title),
    ...actions.flatMap(consultMistakes),
    ...twiceMistakes('experiences', experiences, (said) => said),
    ...servesMistakes('actions', actions, kinds),
    ...servesMistakes('experiences', experiences, kinds),
    ...coverMistakes(actions, kinds),
  );
  if (experiences.every(({ serves }) => serves))
    mistakes.push('data/experiences.json: one at least must suit every kind, so be without “serves”.');
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
  return { questions, actions, experiences };
}

/** An id is in one list only: what an action serves says nothing of which. */
function questionMistakes(questions: Question[], inspiration: string[]): string[] {
  return [
    ...twiceMistakes('questions', questions, (said) => said),
    ...twiceMistakes(
      'questions',
      questions.map(({ theme, id }) => ({ id, ...theme })),
      (said) => said,
      [],
    ),
    ...questions
      .filter(({ id }) => inspiration.includes(id))
      .map(({ id }) => `data/questions.json: id “${id}” is in data/inspiration.json too.`),
  ];
}

/** An id, or what it says in a language, that stands there twice. */
function twiceMistakes<T>(
  file: string,
  entries: { id: string; nl: T; en: T }[],
  says: (words: T) => string,
  ids = entries.map(({ id }) => id),
): string[] {
  const parts: [string, string[]][] = [
    ['id', ids],
    ...languages.map((language): [string, string[]] => [
      language,
      entries.map((entry) => says(entry[language])),
    ]),
  ];
  return parts.flatMap(([part, texts]) =>
    repeated(texts).map((twice) => `data/${file}.json: ${part} “${twice}” is there twice.`),
  );
}

function consultMistakes({ id, consult, ...words }: Action): string[] {
  return languages
    .filter((language) => (words[language].whom !== undefined) !== consult)
    .map((language) =>
      consult
        ? `data/actions.json: “${id}” needs “whom” in ${language}, as “consult” is true.`
        : `data/actions.json: “${id}” has “whom” in ${language}, but “consult” is false.`,
    );
}

function servesMistakes(
  file: string,
  entries: { id: string; serves?: string[] | undefined }[],
  kinds: string[],
) {
  const known = new Set(kinds);
  return entries.flatMap(({ id, serves = [] }) => [
    ...serves
      .filter((kind) => !known.has(kind))
      .map(
        (kind) =>
          `data/${file}.json: “${id}” serves “${kind}”, which neither data/inspiration.json nor data/questions.json has.`,
      ),
    ...repeated(serves).map((kind) => `data/${file}.json: “${id}” serves “${kind}” twice.`),
  ]);
}

/** Two actions for each kind: who has done one, or does not like it, has another that suits. */
function coverMistakes(actions: Action[], kinds: string[]): string[] {
  return kinds.flatMap((kind) => {
    const count = actions.filter(({ serves }) => serves.includes(kind)).length;
    return count < 2
      ? [`data/actions.json: “${kind}” is served by ${count} of them, and should be by at least 2.`]
      : [];
  });
}

const satisfaction = readSatisfaction(
  new URL('../../data/', import.meta.url),
  catalogue.inspiration.map(({ id }) => id),
);

/** The standard questions, in the order in which their turn comes. */
export const questions: readonly Question[] = satisfaction.questions;

/** The catalogue of satisfaction actions. */
export const actions: readonly Action[] = satisfaction.actions;

/** The ideas for a grade that is good but not memorable. */
export const experiences: readonly Experience[] = satisfaction.experiences;
