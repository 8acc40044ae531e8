import { z } from 'zod';
import type { Effect } from '../../chat/effect.ts';
import type { Due } from '../../chat/feature.ts';
import { forgetAskedAbout } from '../conversations/asking-store.ts';
import { forgetMessage, readSnoozes, snooze } from './store.ts';

const subjectSchema = z.object({
  person: z.string(),
  kind: z.enum(['before', 'day', 'after', 'between', 'again']),
  keys: z.array(z.string()),
  at: z.string().transform((text) => Temporal.Instant.from(text)),
});

/** A message came too late to be sent: what stood in it was not told, and the next plan tells of what still holds. */
export async function unsent(due: Due): Promise<Effect[]> {
  const message = subjectSchema.parse(JSON.parse(due.subject));
  await forgetMessage(due.tx, due, message);
  if (message.kind === 'again') await putOffAgain(due, message);
  if (message.kind === 'after') await forgetAskedAbout(due.tx, due.tenant, message.keys, message.at);
  return [];
}

/** What he had put off until then he still wants to hear of, unless he has put it off once more since. */
async function putOffAgain(due: Due, { person, keys, at }: z.infer<typeof subjectSchema>): Promise<void> {
  const later = new Set((await readSnoozes(due.tx, due, person)).map(({ key }) => key));
  for (const key of keys) if (!later.has(key)) await snooze(due.tx, due, { person, key, until: at });
}
