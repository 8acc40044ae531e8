import { type ColumnType, type Selectable, sql } from 'kysely';
import type { Person } from '../chat/request.ts';
import { batches } from './batches.ts';
import { type Db, readsDoNotHold, type Tables } from './database.ts';
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
/** What is known of a person. */
export async function readPerson(db: Db, platform: string, tenant: string, id: string) {
  const [row] = await selectPerson(db, { tenant, platform, id });
  return row && personOf(row);
}

/** Whether somebody is of the team no more: an outsider by now. */
export async function hasLeft(db: Db, platform: string, tenant: string, id: string): Promise<boolean> {
  return (await readPerson(db, platform, tenant, id))?.outsider ?? false;
}

/** Sees to it that nobody else holds him before this transaction ends; nothing where nobody is known by this id. */
export async function holdPerson(tx: Db, platform: string, tenant: string, id: string): Promise<void> {
  if (!readsDoNotHold(tx)) return;
  await tx
    .selectFrom('person')
    .select('id')
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('id', '=', id)
    .forUpdate()
    .execute();
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

/** Every workspace of which Belay knows somebody. */
export function workspaces(db: Db): Promise<{ tenant: string; platform: string }[]> {
  return db
    .selectFrom('person')
    .select(['tenant_id as tenant', 'platform'])
    .distinct()
    .orderBy('tenant_id')
    .execute();
}

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

/** Who of a workspace, on whatever platform, has one of these addresses (small letters), in no order. */
export async function readByEmail(
  db: Db,
  tenant: string,
  addresses: string[],
): Promise<{ platform: string; id: string; email: string }[]> {
  const found: { platform: string; id: string; email: string }[] = [];
  for (const some of batches(addresses)) {
    const rows = await db
      .selectFrom('person')
      .select(['platform', 'id', sql<string>`lower(email)`.as('email')])
      .where('tenant_id', '=', tenant)
      .where(sql<string>`lower(email)`, 'in', some)
      .execute();
    found.push(...rows);
  }
  return found;
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

/** Those of us: the workspace's own people, by name, and after them the guests who are really colleagues. */
export async function readColleagues(db: Db, platform: string, tenant: string): Promise<PersonRecord[]> {
  const own = await readPeople(db, platform, tenant, { outsiders: false });
  const guests = await readPeople(db, platform, tenant, { outsiders: true });
  return [...own, ...guests.filter(({ outsider }) => !outsider)];
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

export async function writePeople(db: Db, platform: string, tenant: string, people: PersonRecord[]) {
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

export async function addPeople(db: Db, platform: string, tenant: string, people: PersonRecord[]) {
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
