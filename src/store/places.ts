import { type ColumnType, type Selectable, sql } from 'kysely';
import type { Place } from '../chat/request.ts';
import { batches } from './batches.ts';
import type { Db, Tables } from './database.ts';
import { keptQuery, type Values } from './kept-query.ts';
import { type PersonRecord, readSome } from './people.ts';

declare module './database.ts' {
  interface Tables {
    place: {
      tenant_id: string;
      platform: string;
      id: string;
      kind: string;
      name: string | null;
      shared: number;
      /** The team says that clients are in it: it counts as shared, whatever the platform tells. */
      linked_shared: ColumnType<number, number | undefined, number>;
      reachable: number;
      members: number | null;
      outsiders: number | null;
      /** What the platform needs to post here. */
      reference: string | null;
      checked_at: string;
    };
    /** Who is in a place, as last seen: people who read along, no bots. */
    place_member: {
      tenant_id: string;
      platform: string;
      place_id: string;
      person_id: string;
    };
  }
}

/** What Belay knows of a place, with when the platform was last asked (ISO instant). */
export type PlaceRecord = Place & { reference?: string | undefined; checkedAt: string };

/** A place as Belay last saw it. */
export async function readPlace(
  db: Db,
  platform: string,
  tenant: string,
  id: string,
): Promise<PlaceRecord | undefined> {
  const [row] = await selectPlace(db, { tenant, platform, id });
  return row && placeOf(row);
}

type Which = { tenant: string; platform: string; id: string };

const selectPlace = keptQuery((db, value: Values<Which>) =>
  db
    .selectFrom('place')
    .selectAll()
    .where('tenant_id', '=', value('tenant'))
    .where('platform', '=', value('platform'))
    .where('id', '=', value('id')),
);

export async function readPlaces(db: Db, platform: string, tenant: string): Promise<PlaceRecord[]> {
  const rows = await places(db, platform, tenant).execute();
  return rows.map(placeOf);
}

export async function readPlacesOf(db: Db, platform: string, tenant: string, person: string) {
  const rows = await places(db, platform, tenant)
    .where('id', 'in', (select) =>
      select
        .selectFrom('place_member')
        .select('place_id')
        .where('tenant_id', '=', tenant)
        .where('platform', '=', platform)
        .where('person_id', '=', person),
    )
    .execute();
  return rows.map(placeOf);
}

function places(db: Db, platform: string, tenant: string) {
  return db.selectFrom('place').selectAll().where('tenant_id', '=', tenant).where('platform', '=', platform);
}

function placeOf(row: Selectable<Tables['place']>): PlaceRecord {
  return {
    id: row.id,
    kind: row.kind === 'direct' ? 'direct' : 'channel',
    name: row.name ?? undefined,
    shared: row.shared === 1 || row.linked_shared === 1,
    reachable: row.reachable === 1,
    members: row.members ?? undefined,
    outsiders: row.outsiders ?? undefined,
    reference: row.reference ?? undefined,
    checkedAt: row.checked_at,
  };
}

export async function writePlace(db: Db, platform: string, tenant: string, place: PlaceRecord) {
  const facts = {
    kind: place.kind,
    name: place.name ?? null,
    shared: place.shared ? 1 : 0,
    reachable: place.reachable ? 1 : 0,
    members: place.members ?? null,
    outsiders: place.outsiders ?? null,
    reference: place.reference ?? null,
    checked_at: place.checkedAt,
  };
  await db
    .insertInto('place')
    .values({ tenant_id: tenant, platform, id: place.id, ...facts })
    .onConflict((on) =>
      on.columns(['tenant_id', 'platform', 'id']).doUpdateSet({
        ...facts,
        // What was read as shared may be so only by the team's word.
        shared: sql<number>`case when place.linked_shared = 1 then place.shared else excluded.shared end`,
      }),
    )
    .execute();
}

/**
 * The team's word that clients are in a place, or no longer are: then it still counts as shared until the platform has
 * been asked anew.
 */
export async function setLinkedShared(
  tx: Db,
  { platform, tenant, place }: At,
  linked: boolean,
): Promise<void> {
  await tx
    .updateTable('place')
    .set(linked ? { linked_shared: 1 } : { linked_shared: 0, shared: 1, checked_at: '1970-01-01T00:00:00Z' })
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('id', '=', place)
    .where('linked_shared', '=', linked ? 0 : 1)
    .execute();
}

type At = { platform: string; tenant: string; place: string };

function members(db: Db, { platform, tenant, place }: At) {
  return db
    .selectFrom('place_member')
    .select('person_id')
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('place_id', '=', place);
}

/** The people who are in a place as Belay last saw it, by name. Nobody, where it has not looked yet. */
export async function readMembers(
  db: Db,
  platform: string,
  tenant: string,
  place: string,
): Promise<PersonRecord[]> {
  const rows = await members(db, { platform, tenant, place }).execute();
  const ids = rows.map((row) => row.person_id);
  // Not a join: PostgreSQL, before it has statistics of new tables, compares each with each.
  const people = await readSome(db, platform, tenant, ids);
  return people.toSorted((one, other) => one.name.localeCompare(other.name));
}

/** Whether this person was in the place when Belay last looked. */
export async function isMember(
  db: Db,
  platform: string,
  tenant: string,
  place: string,
  person: string,
): Promise<boolean> {
  const one = members(db, { platform, tenant, place }).where('person_id', '=', person);
  return (await one.executeTakeFirst()) !== undefined;
}

/** Writes only who came and who went. */
export async function writeMembers(db: Db, at: At, people: string[]) {
  const rows = await members(db, at).execute();
  const before = new Set(rows.map((row) => row.person_id));
  const now = new Set(people);
  const whole = { tenant_id: at.tenant, platform: at.platform, place_id: at.place };
  // In one order: of two who write the same rows at the same time one waits for the other.
  for (const came of batches([...now.difference(before)].toSorted()))
    await db
      .insertInto('place_member')
      .values(came.map((person_id) => ({ ...whole, person_id })))
      .onConflict((on) => on.doNothing())
      .execute();
  for (const left of batches([...before.difference(now)].toSorted()))
    await db
      .deleteFrom('place_member')
      .where((where) => where.and(whole))
      .where('person_id', 'in', left)
      .execute();
}
