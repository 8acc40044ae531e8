import { readFileSync } from 'node:fs';
import { z } from 'zod';

const text = z.string().trim().min(1);
/** Empty: it has not come so far. */
const later = z.string();

const clientSchema = z.strictObject({
  name: text,
  expectations: z.array(
    z.strictObject({ words: text, concrete: later, stage: z.enum(['noted', 'sent', 'confirmed']) }),
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
