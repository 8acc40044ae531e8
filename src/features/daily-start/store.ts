import type { Selectable } from 'kysely';
import { z } from 'zod';
import { type Db, readsDoNotHold, type Tables, toStored } from '../../store/database.ts';
import { newId } from '../../store/id.ts';
import type { Colleague } from '../clients/clients.ts';
import type { Learned, Part, Start } from './daily-start.ts';

export { migrations } from './tables-store.ts';

type Where = { tenant: string; platform: string };

const linesSchema = z.object({
  news: z.array(z.string()),
  today: z.array(z.string()),
  items: z.array(z.string()).optional(),
});

/** Keeps that a team's day begins. False where one is open there, or was planned for this date already. */
export async function addStart(
  tx: Db,
  { tenant, platform }: Where,
  start: Start,
  plannedOn: Temporal.PlainDate | undefined,
): Promise<boolean> {
  const result = await tx
    .insertInto('daily_start')
    .values({
      tenant_id: tenant,
      id: start.id,
      platform,
      place_id: start.place,
      place_name: start.placeName ?? null,
      planned_on: plannedOn?.toString() ?? null,
      lines: JSON.stringify(start.lines),
      since: toStored(start.since),
      opened_at: toStored(start.openedAt),
      closes_at: toStored(start.closesAt),
      closed_at: start.closedAt ? toStored(start.closedAt) : null,
      posting: start.posting,
    })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** One by its id, held until the transaction ends. */
export async function findStart(tx: Db, at: Where, id: string): Promise<Start | undefined> {
  const query = starts(tx, at).where('id', '=', id);
  const row = await (readsDoNotHold(tx) ? query.forUpdate() : query).executeTakeFirst();
  return row && startFrom(row);
}

/** The one that is open in a place, held until the transaction ends. */
export async function openIn(tx: Db, at: Where, place: string): Promise<Start | undefined> {
  const query = starts(tx, at).where('place_id', '=', place).where('closed_at', 'is', null);
  const row = await (readsDoNotHold(tx) ? query.forUpdate() : query).executeTakeFirst();
  return row && startFrom(row);
}

/** Those that are open in a workspace, always in the same order. */
export async function openStarts(db: Db, at: Where): Promise<Start[]> {
  const rows = await starts(db, at).where('closed_at', 'is', null).orderBy('id').execute();
  return rows.map(startFrom);
}

/** Whether one was planned for this day in a place. */
export async function isPlannedOn(
  db: Db,
  at: Where,
  place: string,
  day: Temporal.PlainDate,
): Promise<boolean> {
  const row = await starts(db, at)
    .where('place_id', '=', place)
    .where('planned_on', '=', day.toString())
    .executeTakeFirst();
  return row !== undefined;
}

/** The last ones of a place that had begun by a moment, the newest first. */
export async function lastIn(
  db: Db,
  at: Where,
  place: string,
  { until, most }: { until: Temporal.Instant; most: number },
): Promise<Start[]> {
  const rows = await starts(db, at)
    .where('place_id', '=', place)
    .where('opened_at', '<=', toStored(until))
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute();
  return rows.map(startFrom);
}

/** Keeps that it is over, and what came in it. False when it was over already. */
export async function closeStart(
  tx: Db,
  tenant: string,
  { id, lines }: Pick<Start, 'id' | 'lines'>,
  now: Temporal.Instant,
): Promise<boolean> {
  const result = await tx
    .updateTable('daily_start')
    .set({ closed_at: toStored(now), lines: JSON.stringify(lines) })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Keeps what it says now, and which of its messages stands in the channel. */
export async function changeStart(
  tx: Db,
  tenant: string,
  { id, lines, posting }: Pick<Start, 'id' | 'lines' | 'posting'>,
): Promise<void> {
  await tx
    .updateTable('daily_start')
    .set({ lines: JSON.stringify(lines), posting })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .execute();
}

/** One that nobody has seen was none. */
export async function removeStart(tx: Db, tenant: string, id: string): Promise<void> {
  await tx.deleteFrom('daily_start').where('tenant_id', '=', tenant).where('id', '=', id).execute();
}

/** Somebody takes part; `mood`: how he thinks the team stands, which stays when he says nothing of it. */
export async function takePart(
  tx: Db,
  tenant: string,
  start: string,
  { id, name }: Colleague,
  mood?: number,
): Promise<void> {
  await tx
    .insertInto('daily_start_part')
    .values({
      ...{ tenant_id: tenant, start_id: start, person_id: id, person_name: name },
      mood: mood ?? null,
    })
    .onConflict((on) => {
      const known = on.columns(['tenant_id', 'start_id', 'person_id']);
      return mood === undefined ? known.doNothing() : known.doUpdateSet({ mood });
    })
    .execute();
}

/** Who took part in these, by name; by the id of each. */
export async function partsOf(db: Db, tenant: string, ids: string[]): Promise<Map<string, Part[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('daily_start_part')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('start_id', 'in', ids)
    .orderBy('person_name')
    .execute();
  const parts = rows.map(({ start_id, person_id: id, person_name: name, mood }) => ({
    ...{ start: start_id, person: { id, name }, mood: mood ?? undefined },
  }));
  return Map.groupBy(parts, ({ start }) => start);
}

/** Keeps what somebody says the team learned. */
export async function addLearned(
  tx: Db,
  tenant: string,
  start: string,
  { text, by }: Learned,
): Promise<void> {
  await tx
    .insertInto('daily_start_learned')
    .values({
      ...{ tenant_id: tenant, id: newId(), start_id: start },
      ...{ text, person_id: by.id, person_name: by.name },
    })
    .execute();
}

/** What was learned in one, in the order in which it was said. */
export async function learnedIn(db: Db, tenant: string, start: string): Promise<Learned[]> {
  const rows = await db
    .selectFrom('daily_start_learned')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('start_id', '=', start)
    .orderBy('id')
    .execute();
  return rows.map(({ text, person_id: id, person_name: name }) => ({ text, by: { id, name } }));
}

function starts(db: Db, { tenant, platform }: Where) {
  return db
    .selectFrom('daily_start')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform);
}

function startFrom(row: Selectable<Tables['daily_start']>): Start {
  return {
    id: row.id,
    place: row.place_id,
    placeName: row.place_name ?? undefined,
    openedAt: Temporal.Instant.from(row.opened_at),
    closesAt: Temporal.Instant.from(row.closes_at),
    closedAt: row.closed_at === null ? undefined : Temporal.Instant.from(row.closed_at),
    since: Temporal.Instant.from(row.since),
    lines: linesSchema.parse(JSON.parse(row.lines)),
    posting: row.posting,
  };
}
