import { type Db, readsDoNotHold, toStored } from '../../store/database.ts';

/** What was given for a KTI is counted with it as it comes. */

/** Counts a grade, or what changed of one: in the last round by adding it; where it is of another round, all anew. */
export async function countGrade(
  tx: Db,
  tenant: string,
  { round, kti, n, sum, now }: { round: string; kti: string; n: number; sum: number; now: Temporal.Instant },
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('kti')
    .set((set) => ({
      ...{ last_n: set('last_n', '+', n), last_sum: set('last_sum', '+', sum), last_at: toStored(now) },
      ...{ total_n: set('total_n', '+', n), total_sum: set('total_sum', '+', sum) },
    }))
    .where('tenant_id', '=', tenant)
    .where('id', '=', kti)
    .where('last_round', '=', round)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) await recount(tx, tenant, kti);
}

/**
 * Counts with a KTI what was given for it: the round that was opened last, the one before it, and all. By when they were
 * opened, as clients that become one each had their rounds.
 */
export async function recount(tx: Db, tenant: string, kti: string): Promise<void> {
  const held = tx.selectFrom('kti').select('id').where('tenant_id', '=', tenant).where('id', '=', kti);
  // Of two who count at the same time the second one counts what the first one added.
  if (readsDoNotHold(tx)) await held.forUpdate().execute();
  const rounds = await countsOf(tx, tenant, kti);
  const [last, before] = rounds;
  await tx
    .updateTable('kti')
    .set({
      ...{ last_round: last?.round ?? null, last_at: last?.at ?? null },
      ...{ last_n: last?.n ?? 0, last_sum: last?.sum ?? 0 },
      ...{ before_n: before?.n ?? 0, before_sum: before?.sum ?? 0 },
      total_n: rounds.reduce((total, { n }) => total + n, 0),
      total_sum: rounds.reduce((total, { sum }) => total + sum, 0),
    })
    .where('tenant_id', '=', tenant)
    .where('id', '=', kti)
    .execute();
}

/** What was given for a KTI in each round, the newest first. */
async function countsOf(tx: Db, tenant: string, kti: string) {
  const rows = await tx
    .selectFrom('kti_grade as g')
    .innerJoin('kti_round as r', (join) =>
      join.onRef('r.tenant_id', '=', 'g.tenant_id').onRef('r.id', '=', 'g.round_id'),
    )
    .select(({ fn }) => ['r.id as round', fn.max('g.graded_at').as('at'), fn.countAll().as('n')])
    .select(({ fn }) => fn.sum('g.grade').as('sum'))
    .where('g.tenant_id', '=', tenant)
    .where('g.kti_id', '=', kti)
    .groupBy(['r.id', 'r.opens_at'])
    .orderBy('r.opens_at', 'desc')
    .orderBy('r.id', 'desc')
    .execute();
  return rows.map(({ round, at, n, sum }) => ({ round, at, n: Number(n), sum: Number(sum) }));
}
