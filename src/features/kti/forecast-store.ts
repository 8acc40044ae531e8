import { type Db, toStored } from '../../store/database.ts';
import type { Count } from './kti.ts';

/** What each of the team thinks that the client will give. Of others nobody reads more than the sums. */

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

/** Keeps somebody's forecast of a round, by the KTI, in place of his earlier one. */
export async function keepForecast(
  tx: Db,
  tenant: string,
  { round, person, grades }: { round: string; person: string; grades: ReadonlyMap<string, number> },
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .deleteFrom('kti_forecast')
    .where('tenant_id', '=', tenant)
    .where('round_id', '=', round)
    .where('person_id', '=', person)
    .execute();
  if (grades.size === 0) return;
  const own = { tenant_id: tenant, round_id: round, person_id: person, forecast_at: toStored(now) };
  await tx
    .insertInto('kti_forecast')
    .values([...grades].map(([kti, grade]) => ({ ...own, kti_id: kti, grade })))
    .execute();
}

/** What somebody himself predicted in a round, by the KTI. */
export async function ownForecast(
  db: Db,
  tenant: string,
  { round, person }: { round: string; person: string },
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('kti_forecast')
    .select(['kti_id', 'grade'])
    .where('tenant_id', '=', tenant)
    .where('round_id', '=', round)
    .where('person_id', '=', person)
    .execute();
  return new Map(rows.map(({ kti_id, grade }) => [kti_id, grade]));
}

/** How many took part. */
export async function countForecasters(db: Db, tenant: string, round: string): Promise<number> {
  const row = await db
    .selectFrom('kti_forecast')
    .select(({ fn }) => fn.count('person_id').distinct().as('n'))
    .where('tenant_id', '=', tenant)
    .where('round_id', '=', round)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}
