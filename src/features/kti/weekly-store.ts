import type { Selectable } from 'kysely';
import { type Db, readsDoNotHold, type Tables, toStored } from '../../store/database.ts';
import type { Weekly } from './weekly-rules.ts';

/** In which channels the team hears each week how its clients stand. */

type Where = { tenant: string; platform: string };

/** Keeps that it comes in a channel, or when it comes next. */
export async function setWeekly(tx: Db, { tenant, platform }: Where, one: Weekly): Promise<void> {
  const facts = {
    ...{ id: one.id, place_name: one.placeName ?? null, set_by_id: one.by.id, set_by_name: one.by.name },
    ...{ next_at: toStored(one.nextAt), told_at: toStored(one.toldAt) },
  };
  await tx
    .insertInto('kti_weekly')
    .values({ tenant_id: tenant, platform, place_id: one.place, ...facts })
    .onConflict((on) => on.columns(['tenant_id', 'platform', 'place_id']).doUpdateSet(facts))
    .execute();
}

/** That of a channel. */
export async function weeklyIn(db: Db, at: Where, place: string): Promise<Weekly | undefined> {
  const row = await weeklies(db, at).where('place_id', '=', place).executeTakeFirst();
  return row && weeklyOf(row);
}

/** One by its id, held until the transaction ends. */
export async function findWeekly(tx: Db, at: Where, id: string): Promise<Weekly | undefined> {
  const query = weeklies(tx, at).where('id', '=', id);
  const row = await (readsDoNotHold(tx) ? query.forUpdate() : query).executeTakeFirst();
  return row && weeklyOf(row);
}

/** It comes there no more. */
export async function dropWeekly(tx: Db, { tenant, platform }: Where, place: string): Promise<void> {
  await tx
    .deleteFrom('kti_weekly')
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('place_id', '=', place)
    .execute();
}

function weeklies(db: Db, { tenant, platform }: Where) {
  return db
    .selectFrom('kti_weekly')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform);
}

function weeklyOf(row: Selectable<Tables['kti_weekly']>): Weekly {
  return {
    ...{ id: row.id, place: row.place_id, placeName: row.place_name ?? undefined },
    by: { id: row.set_by_id, name: row.set_by_name },
    nextAt: Temporal.Instant.from(row.next_at),
    toldAt: Temporal.Instant.from(row.told_at),
  };
}
