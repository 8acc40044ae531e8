import { batches } from '../../store/batches.ts';
import { type Db, toStored } from '../../store/database.ts';
import { type Feedback, mostCheered } from './feedback.ts';
import { feedbackSince } from './store.ts';

/** Who applauded what, each once. */

/** Gives applause, or takes back what was given. */
export async function toggleCheer(
  tx: Db,
  tenant: string,
  feedback: string,
  { person, now }: { person: string; now: Temporal.Instant },
): Promise<void> {
  const taken = await tx
    .deleteFrom('feedback_cheer')
    .where('tenant_id', '=', tenant)
    .where('feedback_id', '=', feedback)
    .where('person_id', '=', person)
    .executeTakeFirst();
  if (taken.numDeletedRows > 0n) return;
  await tx
    .insertInto('feedback_cheer')
    .values({ tenant_id: tenant, feedback_id: feedback, person_id: person, cheered_at: toStored(now) })
    // Pressed twice at the same moment: it was given.
    .onConflict((on) => on.doNothing())
    .execute();
}

/** Who applauded it. */
export async function cheerersOf(db: Db, tenant: string, feedback: string): Promise<string[]> {
  const rows = await db
    .selectFrom('feedback_cheer')
    .select('person_id')
    .where('tenant_id', '=', tenant)
    .where('feedback_id', '=', feedback)
    .execute();
  return rows.map(({ person_id }) => person_id);
}

/** How many applauded each of these, by its id; what nobody applauded is left out. */
export async function countCheers(db: Db, tenant: string, ids: string[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const some of batches(ids)) {
    const rows = await db
      .selectFrom('feedback_cheer')
      .select(({ fn }) => ['feedback_id', fn.countAll().as('n')])
      .where('tenant_id', '=', tenant)
      .where('feedback_id', 'in', some)
      .groupBy('feedback_id')
      .execute();
    for (const { feedback_id, n } of rows) counts.set(feedback_id, Number(n));
  }
  return counts;
}

/**
 * The story of these clients that was brought since then (and before `until`) and that most applauded, with how many;
 * undefined where nobody applauded any. Whoever shows it has seen to it that these clients may be read about there.
 */
export async function storyOfWeek(
  db: Db,
  tenant: string,
  clients: string[],
  since: Temporal.Instant,
  until: Temporal.Instant,
): Promise<{ one: Feedback; cheers: number } | undefined> {
  const theirs = new Set(clients);
  const stories = (await feedbackSince(db, tenant, { since, until, kinds: ['story'] })).filter(
    ({ client }) => client !== undefined && theirs.has(client),
  );
  const counts = await countCheers(
    db,
    tenant,
    stories.map(({ id }) => id),
  );
  return mostCheered(stories.map((one) => ({ one, cheers: counts.get(one.id) ?? 0 })));
}
