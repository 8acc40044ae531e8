import { readFileSync } from 'node:fs';
import { z } from 'zod';

const text = z.string().trim().min(1);
/** Empty: it has not come so far. */
const later = z.string();

/** What each of the client's people gave in a round; who comes after the last of them did not answer. */
const givenSchema = z.array(z.strictObject({ grade: z.number().int().min(1).max(10), why: text.optional() }));

const clientSchema = z.strictObject({
  name: text,
  /** One person speaks for it, and not all of the client's people. */
  alone: z.boolean(),
  expectations: z.array(
    z.strictObject({
      ...{ words: text, concrete: later, stage: z.enum(['noted', 'sent', 'confirmed']) },
      /** Round by round, the oldest first; empty: it was not graded. */
      given: z.array(givenSchema),
      /** What each of us predicted for the last round. */
      thought: z.array(z.number().int().min(1).max(10)),
    }),
  ),
  /** Which standard question each round asked beside, the oldest first. */
  questions: z.array(z.strictObject({ id: text, given: givenSchema })),
  actions: z.array(
    z.strictObject({
      catalogue: text,
      /** The words of the expectation. */
      for: text,
      notice: text,
      /** By what the client noticed it. Empty: it is still open. */
      noticed: later,
    }),
  ),
  complaints: z.array(z.strictObject({ text, answered: later, learned: later })),
  compliments: z.array(text).min(1),
  stories: z.array(text),
});

const examplesSchema = z.strictObject({
  clients: z.array(clientSchema).min(1),
  successes: z.array(text),
  learned: z.array(text).min(1),
  deed: text,
  notes: z.array(text).min(1),
  reasons: z.array(text).min(1),
  improvements: z.array(z.strictObject({ text, expects: text, tries: text, heard: text })),
});

export type Examples = z.infer<typeof examplesSchema>;
export type ExampleClient = Examples['clients'][number];

/** What the sandbox's examples say, in each language. Throws when the file is not as it must be. */
export function readExamples(): { nl: Examples; en: Examples } {
  const file = new URL('../../data/examples.json', import.meta.url);
  return z
    .strictObject({ nl: examplesSchema, en: examplesSchema })
    .parse(JSON.parse(readFileSync(file, 'utf8')));
}
