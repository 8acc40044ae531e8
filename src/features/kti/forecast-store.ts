import type { Db } from '../../store/database.ts';
import type { Count } from './kti.ts';

/** What the team thought that the client would give in a round, together: how many of us, and the sum, by the KTI. */
export async function forecastsOf(db: Db, tenant: string, round: string): Promise<Map<string, Count>> {
  const rows = await db
    .selectFrom('kti_forecast')
    .select('kti_id')
    .select(({ fn }) => [fn.countAll().as('n'), fn.sum('grade').as('sum')])
    .where('tenant_id', '=', tenant)
    .where('round_id', '=', round)
    .groupBy('kti_id')
    .execute();
  return new Map(rows.map(({ kti_id, n, sum }) => [kti_id, { n: Number(n), sum: Number(sum) }]));
}
