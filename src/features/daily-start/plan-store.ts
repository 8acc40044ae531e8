import type { Selectable } from 'kysely';
import { type Db, readsDoNotHold, type Tables, toStored } from '../../store/database.ts';
import type { Plan } from './schedule-rules.ts';

/** In which channels the day is started by itself. */

type Where = { tenant: string; platform: string };

/** Keeps when the day is started in a channel, in place of an earlier time. */
export async function setPlan(tx: Db, { tenant, platform }: Where, plan: Plan): Promise<void> {
  const facts = {
    id: plan.id,
    place_name: plan.placeName ?? null,
    at: plan.at,
    set_by_id: plan.by.id,
    set_by_name: plan.by.name,
    next_at: toStored(plan.nextAt),
    skipped: plan.skipped,
  };
  await tx
    .insertInto('daily_start_plan')
    .values({ tenant_id: tenant, platform, place_id: plan.place, ...facts })
    .onConflict((on) => on.columns(['tenant_id', 'platform', 'place_id']).doUpdateSet(facts))
    .execute();
}

/** That of a channel. */
export async function planIn(db: Db, at: Where, place: string): Promise<Plan | undefined> {
  const row = await plans(db, at).where('place_id', '=', place).executeTakeFirst();
  return row && planFrom(row);
}

/** One by its id, held until the transaction ends. */
export async function findPlan(tx: Db, at: Where, id: string): Promise<Plan | undefined> {
  const query = plans(tx, at).where('id', '=', id);
  const row = await (readsDoNotHold(tx) ? query.forUpdate() : query).executeTakeFirst();
  return row && planFrom(row);
}

/** The day is started by itself there no more. False when it was not. */
export async function dropPlan(tx: Db, { tenant, platform }: Where, place: string): Promise<boolean> {
  const result = await tx
    .deleteFrom('daily_start_plan')
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('place_id', '=', place)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

function plans(db: Db, { tenant, platform }: Where) {
  return db
    .selectFrom('daily_start_plan')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform);
}

function planFrom(row: Selectable<Tables['daily_start_plan']>): Plan {
  return {
    id: row.id,
    place: row.place_id,
    placeName: row.place_name ?? undefined,
    at: row.at,
    by: { id: row.set_by_id, name: row.set_by_name },
    nextAt: Temporal.Instant.from(row.next_at),
    skipped: row.skipped,
  };
}
