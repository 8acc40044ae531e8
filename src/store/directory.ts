import { type ColumnType, type Selectable, sql } from 'kysely';
import type { Person, Place } from '../chat/request.ts';
import type { Db, Store, Tables } from './database.ts';
import { keptQuery, type Values } from './kept-query.ts';

declare module './database.ts' {
  interface Tables {
    person: {
      tenant_id: string;
      platform: string;
      id: string;
      name: string;
      email: string | null;
      /** What the platform says. */
      outsider: number;
      admin: number;
      /** An admin of ours says that this outsider works here. */
      colleague: ColumnType<number, number | undefined, number>;
      language: string | null;
      time_zone: string | null;
      /** What the platform needs to speak to this person alone. */
      reference: string | null;
      checked_at: string;
    };
    place: {
      tenant_id: string;
      platform: string;
      id: string;
      kind: string;
      name: string | null;
      shared: number;
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

/** What Belay knows of a person, with when the platform was last asked (ISO instant). */
export type PersonRecord = Person & {
  /** An outsider whom an administrator counts among the team; `outsider` is false then. */
  colleague?: boolean | undefined;
  email?: string | undefined;
  reference?: string | undefined;
  checkedAt: string;
};
export type PlaceRecord = Place & { reference?: string | undefined; checkedAt: string };

/** One platform's view of who and where. Saving replaces what was known. */
export type Directory = {
  person(tenant: string, id: string): Promise<PersonRecord | undefined>;
  savePerson(tenant: string, person: PersonRecord): Promise<void>;
  /** Those of them who are known, in no order. */
  people(tenant: string, ids: string[]): Promise<PersonRecord[]>;
  /** Adds those who are not known yet, and leaves the others as they are. */
  addPeople(tenant: string, people: PersonRecord[]): Promise<void>;
  /** Saves all of them or none. */
  savePeople(tenant: string, people: PersonRecord[]): Promise<void>;
  place(tenant: string, id: string): Promise<PlaceRecord | undefined>;
  savePlace(tenant: string, place: PlaceRecord): Promise<void>;
  /** All places that Belay has seen in this workspace. */
  places(tenant: string): Promise<PlaceRecord[]>;
  /** These people are in this place, and nobody else. */
  saveMembers(tenant: string, place: string, people: string[]): Promise<void>;
  /** The places that this person was last seen in. */
  placesOf(tenant: string, person: string): Promise<PlaceRecord[]>;
  /** Whether anybody administers this workspace, by the platform's word. */
  hasAdmin(tenant: string): Promise<boolean>;
};

/** What one platform knows of people and places, each call in a transaction of its own. */
export function directory(store: Store, platform: string): Directory {
  return {
    person: (tenant, id) => readPerson(store.db, platform, tenant, id),
    savePerson: (tenant, person) => store.transact((tx) => writePeople(tx, platform, tenant, [person])),
    people: (tenant, ids) => readSome(store.db, platform, tenant, ids),
    addPeople: (tenant, people) => store.transact((tx) => addPeople(tx, platform, tenant, people)),
    savePeople: (tenant, people) => store.transact((tx) => writePeople(tx, platform, tenant, people)),
    place: (tenant, id) => readPlace(store.db, platform, tenant, id),
    savePlace: (tenant, place) => store.transact((tx) => writePlace(tx, platform, tenant, place)),
    places: (tenant) => readPlaces(store.db, platform, tenant),
    saveMembers: (tenant, place, people) =>
      store.transact((tx) => writeMembers(tx, { platform, tenant, place }, people)),
    placesOf: (tenant, person) => readPlacesOf(store.db, platform, tenant, person),
    hasAdmin: (tenant) => hasAdmin(store.db, platform, tenant),
  };
}

/** What is known of a person. */
export async function readPerson(db: Db, platform: string, tenant: string, id: string) {
  const [row] = await selectPerson(db, { tenant, platform, id });
  return row && personOf(row);
}

type Which = { tenant: string; platform: string; id: string };

const selectPerson = keptQuery((db, value: Values<Which>) =>
  db
    .selectFrom('person')
    .selectAll()
    .where('tenant_id', '=', value('tenant'))
    .where('platform', '=', value('platform'))
    .where('id', '=', value('id')),
);

/** Whether the platform names anybody who administers this workspace. */
export async function hasAdmin(db: Db, platform: string, tenant: string): Promise<boolean> {
  const row = await db
    .selectFrom('person')
    .select('id')
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('admin', '=', 1)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Those of them who are known, in no order. */
export async function readSome(db: Db, platform: string, tenant: string, ids: string[]) {
  const found: PersonRecord[] = [];
  for (const some of batches(ids)) {
    const rows = await db
      .selectFrom('person')
      .selectAll()
      .where('tenant_id', '=', tenant)
      .where('platform', '=', platform)
      .where('id', 'in', some)
      .execute();
    found.push(...rows.map(personOf));
  }
  return found;
}

/** Databases take only so many values in one statement. */
function* batches<T>(all: T[]): Generator<T[]> {
  for (let from = 0; from < all.length; from += 500) yield all.slice(from, from + 500);
}

/** The people Belay knows of a workspace, by name: its own, or the outsiders (colleagues among them) it has met. */
export async function readPeople(
  db: Db,
  platform: string,
  tenant: string,
  { outsiders }: { outsiders: boolean },
): Promise<PersonRecord[]> {
  const rows = await db
    .selectFrom('person')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('outsider', '=', outsiders ? 1 : 0)
    .orderBy('name')
    .execute();
  return rows.map(personOf);
}

function personOf(row: Selectable<Tables['person']>): PersonRecord {
  return {
    id: row.id,
    name: row.name,
    email: row.email ?? undefined,
    outsider: row.outsider === 1 && row.colleague === 0,
    ...(row.colleague === 1 && { colleague: true }),
    admin: row.admin === 1,
    language: row.language === 'nl' || row.language === 'en' ? row.language : undefined,
    timeZone: row.time_zone ?? undefined,
    reference: row.reference ?? undefined,
    checkedAt: row.checked_at,
  };
}

async function writePeople(db: Db, platform: string, tenant: string, people: PersonRecord[]) {
  for (const rows of batches(rowsOf(platform, tenant, people)))
    await db
      .insertInto('person')
      .values(rows)
      .onConflict((on) =>
        on.columns(['tenant_id', 'platform', 'id']).doUpdateSet(({ ref }) => ({
          name: ref('excluded.name'),
          email: ref('excluded.email'),
          // Of a colleague `outsider` reads false; what the platform said is kept, for when he is one no more.
          outsider: sql<number>`case when person.colleague = 1 then person.outsider else excluded.outsider end`,
          admin: ref('excluded.admin'),
          language: ref('excluded.language'),
          time_zone: ref('excluded.time_zone'),
          reference: ref('excluded.reference'),
          checked_at: ref('excluded.checked_at'),
        })),
      )
      .execute();
}

async function addPeople(db: Db, platform: string, tenant: string, people: PersonRecord[]) {
  for (const rows of batches(rowsOf(platform, tenant, people)))
    await db
      .insertInto('person')
      .values(rows)
      .onConflict((on) => on.doNothing())
      .execute();
}

function rowsOf(platform: string, tenant: string, people: PersonRecord[]) {
  // PostgreSQL refuses to save the same row twice in one statement.
  const each = new Map(people.map((person) => [person.id, person])).values();
  return Array.from(each, (person) => ({
    tenant_id: tenant,
    platform,
    id: person.id,
    name: person.name,
    email: person.email ?? null,
    outsider: person.outsider ? 1 : 0,
    admin: person.admin ? 1 : 0,
    language: person.language ?? null,
    time_zone: person.timeZone ?? null,
    reference: person.reference ?? null,
    checked_at: person.checkedAt,
  }));
}

/** An administrator's word that this outsider works here, or no longer does. */
export async function setColleague(
  tx: Db,
  platform: string,
  tenant: string,
  id: string,
  colleague: boolean,
): Promise<void> {
  await tx
    .updateTable('person')
    .set({ colleague: colleague ? 1 : 0 })
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('id', '=', id)
    .execute();
  // Who reads along where he is hangs on this: all places are due to be looked at again.
  await tx
    .updateTable('place')
    .set({ checked_at: '1970-01-01T00:00:00Z' })
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .execute();
}

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

const selectPlace = keptQuery((db, value: Values<Which>) =>
  db
    .selectFrom('place')
    .selectAll()
    .where('tenant_id', '=', value('tenant'))
    .where('platform', '=', value('platform'))
    .where('id', '=', value('id')),
);

async function readPlaces(db: Db, platform: string, tenant: string): Promise<PlaceRecord[]> {
  const rows = await places(db, platform, tenant).execute();
  return rows.map(placeOf);
}

async function readPlacesOf(db: Db, platform: string, tenant: string, person: string) {
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

function placeOf(row: Tables['place']): PlaceRecord {
  return {
    id: row.id,
    kind: row.kind === 'direct' ? 'direct' : 'channel',
    name: row.name ?? undefined,
    shared: row.shared === 1,
    reachable: row.reachable === 1,
    members: row.members ?? undefined,
    outsiders: row.outsiders ?? undefined,
    reference: row.reference ?? undefined,
    checkedAt: row.checked_at,
  };
}

async function writePlace(db: Db, platform: string, tenant: string, place: PlaceRecord) {
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
    .onConflict((on) => on.columns(['tenant_id', 'platform', 'id']).doUpdateSet(facts))
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
async function writeMembers(db: Db, at: At, people: string[]) {
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
