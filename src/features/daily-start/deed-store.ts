import type { Selectable } from 'kysely';
import { type Db, readsDoNotHold, type Tables, toStored } from '../../store/database.ts';
import type { Deed } from './daily-start.ts';

/** What people took upon themselves at a daily start. */

type Where = { tenant: string; platform: string };

/** Keeps what somebody takes upon himself. */
export async function addDeed(tx: Db, { tenant, platform }: Where, deed: Deed): Promise<void> {
  await tx
    .insertInto('daily_start_deed')
    .values({
      tenant_id: tenant,
      id: deed.id,
      platform,
      start_id: deed.start,
      place_id: deed.place,
      what: deed.what,
      owner_id: deed.owner.id,
      owner_name: deed.owner.name,
      until_day: deed.until.toString(),
      done_at: null,
    })
    .execute();
}

/** One by its id, held until the transaction ends. */
export async function findDeed(tx: Db, at: Where, id: string): Promise<Deed | undefined> {
  const query = deeds(tx, at).where('id', '=', id);
  const row = await (readsDoNotHold(tx) ? query.forUpdate() : query).executeTakeFirst();
  return row && deedFrom(row);
}

/** Keeps that it is done. */
export async function finishDeed(tx: Db, tenant: string, id: string, now: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('daily_start_deed')
    .set({ done_at: toStored(now) })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .execute();
}

/** Nobody is going to do it. */
export async function dropDeed(tx: Db, tenant: string, id: string): Promise<void> {
  await tx.deleteFrom('daily_start_deed').where('tenant_id', '=', tenant).where('id', '=', id).execute();
}

/** Those that are not done, the most urgent first: of one place, or of all. */
export async function openDeeds(db: Db, at: Where, place?: string): Promise<Deed[]> {
  const rows = await deeds(db, at)
    .where('done_at', 'is', null)
    .$if(place !== undefined, (query) => query.where('place_id', '=', place ?? ''))
    .orderBy('until_day')
    .orderBy('id')
    .execute();
  return rows.map(deedFrom);
}

/** Those of one daily start, in the order in which they were said. */
export async function deedsOf(db: Db, at: Where, start: string): Promise<Deed[]> {
  const rows = await deeds(db, at).where('start_id', '=', start).orderBy('id').execute();
  return rows.map(deedFrom);
}

function deeds(db: Db, { tenant, platform }: Where) {
  return db
    .selectFrom('daily_start_deed')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform);
}

function deedFrom(row: Selectable<Tables['daily_start_deed']>): Deed {
  return {
    id: row.id,
    start: row.start_id,
    place: row.place_id,
    what: row.what,
    owner: { id: row.owner_id, name: row.owner_name },
    until: Temporal.PlainDate.from(row.until_day),
    doneAt: row.done_at === null ? undefined : Temporal.Instant.from(row.done_at),
  };
}
