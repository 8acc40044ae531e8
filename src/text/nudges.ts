import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What each sentence of a group must have to be filled in. */
const groups = {
  before: ['client', 'time'],
  day: ['count'],
  'day-before': ['count', 'day'],
  after: ['client'],
  'after-several': ['count'],
  between: [],
  quiet: ['client', 'days'],
  never: ['client'],
  'quiet-manager': ['client', 'days'],
  unconfirmed: ['client', 'days', 'text'],
  doubted: ['client', 'days', 'text'],
  unsent: ['client', 'days', 'text'],
  review: ['client', 'text'],
  'look-ahead': ['client'],
  warning: ['client', 'name'],
  complaint: ['client', 'days'],
  improvement: ['text', 'stage', 'days'],
  grade: ['client', 'text'],
  'grade-fail': ['client', 'text'],
  action: ['client', 'text', 'days'],
} as const;

export type Group = keyof typeof groups;

type Language = 'nl' | 'en';

const sentence = z.string().trim().min(1, 'must not be empty').max(160, 'must have at most 160 letters');
const pairSchema = z.strictObject({ nl: z.array(sentence).min(8), en: z.array(sentence).min(8) });
type Pair = z.infer<typeof pairSchema>;

const fileSchema = z.strictObject({
  before: pairSchema,
  day: pairSchema,
  'day-before': pairSchema,
  after: pairSchema,
  'after-several': pairSchema,
  between: pairSchema,
  quiet: pairSchema,
  never: pairSchema,
  'quiet-manager': pairSchema,
  unconfirmed: pairSchema,
  doubted: pairSchema,
  unsent: pairSchema,
  review: pairSchema,
  'look-ahead': pairSchema,
  warning: pairSchema,
  complaint: pairSchema,
  improvement: pairSchema,
  grade: pairSchema,
  'grade-fail': pairSchema,
  action: pairSchema,
  'look-ahead-questions': pairSchema,
});

/** Reads data/nudges.json. Throws an error that names every mistake in it. */
export function readNudges(folder: URL): z.infer<typeof fileSchema> {
  const parsed = fileSchema.safeParse(JSON.parse(readFileSync(new URL('nudges.json', folder), 'utf8')));
  if (!parsed.success)
    throw new Error(
      parsed.error.issues
        .map(({ path, message }) => `data/nudges.json: ${path.join(', ')} ${message}.`)
        .join('\n'),
    );
  const mistakes = Object.entries(groups).flatMap(([group, needed]) =>
    mistakesIn(group, parsed.data[group as Group], needed),
  );
  if (mistakes.length > 0) throw new Error(mistakes.map((one) => `data/nudges.json: ${one}`).join('\n'));
  return parsed.data;
}

function mistakesIn(group: string, { nl, en }: Pair, needed: readonly string[]): string[] {
  const uneven =
    nl.length === en.length ? [] : [`${group} has ${nl.length} sentences in nl and ${en.length} in en.`];
  const unfilled = [...nl, ...en].flatMap((text) =>
    needed
      .filter((name) => !text.includes(`{{${name}}}`))
      .map((name) => `${group}: “${text}” lacks {{${name}}}.`),
  );
  return [...uneven, ...unfilled];
}

const written = readNudges(new URL('../../data/', import.meta.url));

/** The sentence of a group whose turn it is, filled in. Values are put in literally. */
export function sentenceOf(
  group: Group,
  language: Language,
  turn: number,
  values: Record<string, string | number> = {},
): string {
  const sentences = written[group][language];
  const text = sentences[turn % sentences.length] ?? '';
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => `${values[name] ?? whole}`);
}

/** Three questions for a quarter of an hour about a client; other ones each turn, until all were asked. */
export function lookAheadQuestions(language: Language, turn: number): string[] {
  const questions = written['look-ahead-questions'][language];
  return [0, 1, 2].map((at) => questions[(turn * 3 + at) % questions.length] ?? '');
}
