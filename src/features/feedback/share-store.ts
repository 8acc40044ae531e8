import { z } from 'zod';
import type { Db } from '../../store/database.ts';
import type { Colleague } from '../clients/clients.ts';

/** That something was told to the client: who did so, when, and with which words. `failed`: it could not be posted. */
export type Share = { by: Colleague; at: Temporal.Instant; said: string; words: string; failed: boolean };

const textSchema = z.object({ said: z.string(), words: z.string() });

/** As it is kept: what the client was told that he had said, and what was done. */
export function shareText(text: { said: string; words: string }): string {
  return JSON.stringify(text);
}

/** The last time that it was told to the client; undefined: never. */
export async function lastShare(db: Db, tenant: string, feedback: string): Promise<Share | undefined> {
  const rows = await db
    .selectFrom('feedback_event')
    .select(['happened', 'person_id', 'person_name', 'text', 'happened_at'])
    .where('tenant_id', '=', tenant)
    .where('feedback_id', '=', feedback)
    .where('happened', 'in', ['shared', 'unshared'])
    .orderBy('happened_at')
    .orderBy('id')
    .execute();
  const shares = rows.filter(({ happened }) => happened === 'shared');
  const last = shares.at(-1);
  if (!last) return undefined;
  return {
    by: { id: last.person_id, name: last.person_name },
    at: Temporal.Instant.from(last.happened_at),
    ...textSchema.parse(JSON.parse(last.text ?? '{}')),
    // Each failure is noted once, and nothing is told again before it.
    failed: rows.length === 2 * shares.length,
  };
}
