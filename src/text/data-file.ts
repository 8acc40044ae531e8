import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A text that says something. */
export const text = z.string().trim().min(1, 'must not be empty');

/** What an entry of a list is known by: it is kept in the database, so it never changes. */
export const idSchema = text.regex(
  /^[a-z0-9]+(-[a-z0-9]+)*$/,
  'must be small letters with hyphens, such as one-point-of-contact',
);

/** One file of a folder; undefined, and its mistakes added in plain words, when it is not as its schema says. */
export function readDataFile<T>(
  folder: URL,
  name: string,
  schema: z.ZodType<T>,
  mistakes: string[],
): T | undefined {
  const file = `data/${name}.json`;
  try {
    const written = readFileSync(new URL(`${name}.json`, folder), 'utf8');
    const parsed = schema.safeParse(JSON.parse(written), { error: inWords });
    if (parsed.success) return parsed.data;
    mistakes.push(...parsed.error.issues.map((issue) => `${file}: ${place(issue.path)}${issue.message}.`));
  } catch (cause) {
    mistakes.push(`${file} cannot be read: ${cause instanceof Error ? cause.message : cause}.`);
  }
  return undefined;
}

const shapes: Record<string, string> = {
  string: 'must be a text between " and "',
  array: 'must be a list between [ and ]',
  object: 'must stand between { and }',
  boolean: 'must be true or false',
};

/** What is wrong with the shape of something, in plain words. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'unrecognized_keys')
    return `has “${issue.keys.join('”, “')}”, which does not belong there`;
  if (issue.code !== 'invalid_type') return undefined;
  return issue.input === undefined ? 'is missing' : shapes[issue.expected];
}

/** Where in a file, counted as people do: “3, questions, nl, 1 ”. */
function place(path: PropertyKey[]): string {
  const steps = path.map((step) => (typeof step === 'number' ? step + 1 : String(step)));
  return steps.length > 0 ? `${steps.join(', ')} ` : '';
}

/** What stands there more than once, but for capitals. */
export function repeated(texts: string[]): string[] {
  const compared = texts.map((one) => one.toLowerCase());
  return texts.filter((_, at) => compared.indexOf(compared[at] ?? '') !== at);
}
