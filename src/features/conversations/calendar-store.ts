import type { CalendarTrouble } from '../../calendars/calendar.ts';
import { type Db, type Migrations, readsDoNotHold, toStored } from '../../store/database.ts';
import type { Recognised, Untied } from './calendar-rules.ts';

declare module '../../store/database.ts' {
  interface Tables {
    calendar: {
      tenant_id: string;
      platform: string;
      person_id: string;
      person_name: string;
      /** Its address: whoever has it reads the calendar. */
      sealed: string;
      etag: string | null;
      modified: string | null;
      given_at: string;
      read_at: string | null;
      /** When its events were last looked at, and not only that it has not changed. */
      expanded_at: string | null;
      /** By which clients, as `stampOf` tells them, its events were looked at. */
      recognised: string | null;
      next_at: string;
      failures: number;
      trouble: CalendarTrouble | null;
    };
    calendar_untied: {
      tenant_id: string;
      platform: string;
      person_id: string;
      client_id: string;
      uid: string;
      /** Empty for the whole series. */
      occurrence: string;
    };
  }
}

export const calendarMigrations: Migrations = {
  '2026-11-28-conversations-calendar': {
    async up(db) {
      await db.schema
        .createTable('calendar')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('person_name', 'text', (column) => column.notNull())
        .addColumn('sealed', 'text', (column) => column.notNull())
        .addColumn('etag', 'text')
        .addColumn('modified', 'text')
        .addColumn('given_at', 'text', (column) => column.notNull())
        .addColumn('read_at', 'text')
        .addColumn('expanded_at', 'text')
        .addColumn('next_at', 'text', (column) => column.notNull())
        .addColumn('failures', 'integer', (column) => column.notNull())
        .addColumn('trouble', 'text')
        .addPrimaryKeyConstraint('calendar_pk', ['tenant_id', 'platform', 'person_id'])
        .execute();
      await db.schema.createIndex('calendar_by_time').on('calendar').column('next_at').execute();
      await db.schema
        .createTable('calendar_untied')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('client_id', 'text', (column) => column.notNull())
        .addColumn('uid', 'text', (column) => column.notNull())
        .addColumn('occurrence', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('calendar_untied_pk', [
          'tenant_id',
          'platform',
          'person_id',
          'client_id',
          'uid',
          'occurrence',
        ])
        .execute();
    },
  },
  '2026-11-29-conversations-recognised': {
    async up(db) {
      await db.schema.alterTable('calendar').addColumn('recognised', 'text').execute();
    },
  },
};

export type Whose = { tenant: string; platform: string; person: string };

/** A calendar that somebody gave, as it stands. */
export type Given = {
  name: string;
  readAt: Temporal.Instant | undefined;
  failures: number;
  trouble: CalendarTrouble | undefined;
};

/** Keeps the address of somebody's calendar, sealed, in place of an earlier one; it is read at once. */
export async function giveCalendar(
  tx: Db,
  { tenant, platform, person }: Whose,
  { name, sealed, now }: { name: string; sealed: string; now: Temporal.Instant },
): Promise<void> {
  const fresh = {
    person_name: name,
    sealed,
    etag: null,
    modified: null,
    given_at: toStored(now),
    read_at: null,
    expanded_at: null,
    recognised: null,
    next_at: toStored(now),
    failures: 0,
    trouble: null,
  };
  await tx
    .insertInto('calendar')
    .values({ tenant_id: tenant, platform, person_id: person, ...fresh })
    .onConflict((on) => on.columns(['tenant_id', 'platform', 'person_id']).doUpdateSet(fresh))
    .execute();
}

/** Forgets somebody's calendar. */
export async function takeCalendar(tx: Db, { tenant, platform, person }: Whose): Promise<void> {
  await tx
    .deleteFrom('calendar')
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('person_id', '=', person)
    .execute();
}

/** Somebody's calendar, held until the transaction ends; `sealed` tells whether it is still the one that was read. */
export async function findCalendar(
  tx: Db,
  { tenant, platform, person }: Whose,
): Promise<(Given & { sealed: string; givenAt: Temporal.Instant; nextAt: Temporal.Instant }) | undefined> {
  const query = tx
    .selectFrom('calendar')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('person_id', '=', person);
  const row = await (readsDoNotHold(tx) ? query.forUpdate() : query).executeTakeFirst();
  return (
    row && {
      name: row.person_name,
      sealed: row.sealed,
      givenAt: Temporal.Instant.from(row.given_at),
      readAt: row.read_at === null ? undefined : Temporal.Instant.from(row.read_at),
      nextAt: Temporal.Instant.from(row.next_at),
      failures: row.failures,
      trouble: row.trouble ?? undefined,
    }
  );
}

/** Keeps how a reading went, and when the next one is. */
export async function noteReading(
  tx: Db,
  { tenant, platform, person }: Whose,
  how: {
    next: Temporal.Instant;
    failures: number;
    trouble: CalendarTrouble | undefined;
    read?: { at: Temporal.Instant; etag?: string | undefined; modified?: string | undefined } | undefined;
    /** Its events were looked at, by these clients. */
    recognised?: string | undefined;
  },
): Promise<void> {
  await tx
    .updateTable('calendar')
    .set({
      next_at: toStored(how.next),
      failures: how.failures,
      trouble: how.trouble ?? null,
      ...(how.read && {
        read_at: toStored(how.read.at),
        etag: how.read.etag ?? null,
        modified: how.read.modified ?? null,
      }),
      ...(how.read &&
        how.recognised !== undefined && {
          expanded_at: toStored(how.read.at),
          recognised: how.recognised,
        }),
    })
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('person_id', '=', person)
    .execute();
}

/** What somebody said does not belong to a client. */
export async function readUntied(db: Db, { tenant, platform, person }: Whose): Promise<Untied[]> {
  const rows = await db
    .selectFrom('calendar_untied')
    .select(['client_id', 'uid', 'occurrence'])
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('person_id', '=', person)
    .execute();
  return rows.map(({ client_id, uid, occurrence }) => ({
    client: client_id,
    uid,
    occurrence: occurrence || undefined,
  }));
}

/** Keeps that an event does not belong to a client, this time or ever. */
export async function untie(
  tx: Db,
  { tenant, platform, person }: Whose,
  { client, uid, occurrence }: Untied,
): Promise<void> {
  await tx
    .insertInto('calendar_untied')
    .values({
      tenant_id: tenant,
      platform,
      person_id: person,
      client_id: client,
      uid,
      occurrence: occurrence ?? '',
    })
    .onConflict((on) => on.doNothing())
    .execute();
}

/** What was said not to belong to one client does not belong to the one that it became a part of. */
export async function moveUntied(tx: Db, tenant: string, from: string, to: string): Promise<void> {
  const rows = tx.selectFrom('calendar_untied').where('tenant_id', '=', tenant).where('client_id', '=', from);
  await tx
    .insertInto('calendar_untied')
    .columns(['tenant_id', 'platform', 'person_id', 'client_id', 'uid', 'occurrence'])
    .expression(
      rows.select(({ val }) => [
        ...(['tenant_id', 'platform', 'person_id'] as const),
        val(to).as('client_id'),
        ...(['uid', 'occurrence'] as const),
      ]),
    )
    .onConflict((on) => on.doNothing())
    .execute();
  await tx
    .deleteFrom('calendar_untied')
    .where('tenant_id', '=', tenant)
    .where('client_id', '=', from)
    .execute();
}

/** By what each client is recognised: its domains, and the addresses of its contacts. No archived ones. */
export async function recognisable(db: Db, tenant: string): Promise<Recognised[]> {
  const clients = await db
    .selectFrom('client')
    .select(['id', 'name'])
    .where('tenant_id', '=', tenant)
    .where('archived_at', 'is', null)
    .where('merged_into', 'is', null)
    .execute();
  const domains = await db
    .selectFrom('client_domain')
    .select(['client_id', 'domain'])
    .where('tenant_id', '=', tenant)
    .execute();
  const contacts = await db
    .selectFrom('contact')
    .select(['client_id', 'email'])
    .where('tenant_id', '=', tenant)
    .where('email', 'is not', null)
    .execute();
  const domainsOf = Map.groupBy(domains, ({ client_id }) => client_id);
  const contactsOf = Map.groupBy(contacts, ({ client_id }) => client_id);
  return clients.map(({ id, name }) => ({
    id,
    name,
    domains: (domainsOf.get(id) ?? []).map(({ domain }) => domain.toLowerCase()),
    addresses: (contactsOf.get(id) ?? []).flatMap(({ email }) => email?.toLowerCase() ?? []),
  }));
}
