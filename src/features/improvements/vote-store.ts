import { batches } from '../../store/batches.ts';
import { type Db, toStored } from '../../store/database.ts';

/** Votes of colleagues for ideas. */

type Whose = { tenant: string; improvement: string; person: string };

/** Votes for one; a second vote of the same person is the same vote. */
export async function addVote(
  tx: Db,
  { tenant, improvement, person }: Whose,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .insertInto('improvement_vote')
    .values({
      tenant_id: tenant,
      improvement_id: improvement,
      person_id: person,
      voted_at: toStored(now),
    })
    .onConflict((on) => on.doNothing())
    .execute();
}

/** Takes the vote back. */
export async function removeVote(tx: Db, { tenant, improvement, person }: Whose): Promise<void> {
  await tx
    .deleteFrom('improvement_vote')
    .where('tenant_id', '=', tenant)
    .where('improvement_id', '=', improvement)
    .where('person_id', '=', person)
    .execute();
}

/** Who voted for each of these. */
export async function votersOf(db: Db, tenant: string, ids: string[]): Promise<Map<string, string[]>> {
  const voters = new Map<string, string[]>();
  for (const some of batches(ids))
    for (const row of await db
      .selectFrom('improvement_vote')
      .select(['improvement_id', 'person_id'])
      .where('tenant_id', '=', tenant)
      .where('improvement_id', 'in', some)
      .execute())
      voters.set(row.improvement_id, [...(voters.get(row.improvement_id) ?? []), row.person_id]);
  return voters;
}
