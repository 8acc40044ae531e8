import type { Person, Place } from '../chat/request.ts';
import type { Db, Store } from './database.ts';

declare module './database.ts' {
  interface Tables {
    person: {
      tenant_id: string;
      platform: string;
      id: string;
      name: string;
      email: string | null;
      outsider: number;
      admin: number;
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
  }
}

/** What Belay knows of a person, with when the platform was last asked (ISO instant). */
export type PersonRecord = Person & {
  email?: string | undefined;
  reference?: string | undefined;
  checkedAt: string;
};
export type PlaceRecord = Place & { reference?: string | undefined; checkedAt: string };

/** One platform's view of who and where. Saving replaces what was known. */
export type Directory = {
  person(tenant: string, id: string): Promise<PersonRecord | undefined>;
  savePerson(tenant: string, person: PersonRecord): Promise<void>;
  place(tenant: string, id: string): Promise<PlaceRecord | undefined>;
  savePlace(tenant: string, place: PlaceRecord): Promise<void>;
};

export function directory(store: Store, platform: string): Directory {
  return {
    person: (tenant, id) => readPerson(store.db, platform, tenant, id),
    savePerson: (tenant, person) => store.transact((tx) => writePerson(tx, platform, tenant, person)),
    place: (tenant, id) => readPlace(store.db, platform, tenant, id),
    savePlace: (tenant, place) => store.transact((tx) => writePlace(tx, platform, tenant, place)),
  };
}

async function readPerson(db: Db, platform: string, tenant: string, id: string) {
  const row = await db
    .selectFrom('person')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && personOf(row);
}

/** The people Belay knows of a workspace, by name: its own, or the outsiders it has met. */
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

function personOf(row: import('./database.ts').Tables['person']): PersonRecord {
  return {
    id: row.id,
    name: row.name,
    email: row.email ?? undefined,
    outsider: row.outsider === 1,
    admin: row.admin === 1,
    language: row.language === 'nl' || row.language === 'en' ? row.language : undefined,
    timeZone: row.time_zone ?? undefined,
    reference: row.reference ?? undefined,
    checkedAt: row.checked_at,
  };
}

async function writePerson(db: Db, platform: string, tenant: string, person: PersonRecord) {
  const facts = {
    name: person.name,
    email: person.email ?? null,
    outsider: person.outsider ? 1 : 0,
    admin: person.admin ? 1 : 0,
    language: person.language ?? null,
    time_zone: person.timeZone ?? null,
    reference: person.reference ?? null,
    checked_at: person.checkedAt,
  };
  await db
    .insertInto('person')
    .values({ tenant_id: tenant, platform, id: person.id, ...facts })
    .onConflict((on) => on.columns(['tenant_id', 'platform', 'id']).doUpdateSet(facts))
    .execute();
}

export async function readPlace(
  db: Db,
  platform: string,
  tenant: string,
  id: string,
): Promise<PlaceRecord | undefined> {
  const row = await db
    .selectFrom('place')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
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
