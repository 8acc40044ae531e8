import { type Kysely, sql } from 'kysely';
import type { Migrations } from './database.ts';
import { createInbox, createJob, createMessage, createOutbox } from './traffic-tables.ts';

/**
 * The tables that every capability stands on. A migration's name begins with its date: they run in that order,
 * and a capability that comes later brings its own.
 */
export const kernelMigrations: Migrations = {
  '2026-11-21-kernel': {
    async up(db: Kysely<unknown>) {
      await createPerson(db);
      await createPlace(db);
      await createInbox(db);
      await createOutbox(db);
      await createMessage(db);
      await createJob(db);
      await createSetting(db);
    },
  },
  '2026-11-22-place-member': {
    async up(db: Kysely<unknown>) {
      await createPlaceMember(db);
      // Of the places that are known it is not known yet who is in them: all are due to be looked at again.
      await sql`update place set checked_at = '1970-01-01T00:00:00Z'`.execute(db);
    },
  },
  '2026-11-22-place-linked': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .alterTable('place')
        .addColumn('linked_shared', 'integer', (column) => column.notNull().defaultTo(0))
        .execute();
    },
  },
  '2026-11-22-outbox-lane': {
    async up(db: Kysely<unknown>) {
      await db.schema.dropIndex('outbox_due').execute();
      await db.schema
        .createIndex('outbox_lane')
        .on('outbox')
        .columns(['state', 'platform', 'tenant_id', 'lane', 'id'])
        .execute();
    },
  },
  '2026-11-29-person-email': {
    async up(db: Kysely<unknown>) {
      // The same human on another platform is found by his address, however it is written.
      await sql`create index person_email on person (tenant_id, lower(email))`.execute(db);
    },
  },
};

async function createPerson(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('person')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('email', 'text')
    .addColumn('outsider', 'integer', (column) => column.notNull())
    .addColumn('admin', 'integer', (column) => column.notNull())
    .addColumn('colleague', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('language', 'text')
    .addColumn('time_zone', 'text')
    .addColumn('reference', 'text')
    .addColumn('checked_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('person_pk', ['tenant_id', 'platform', 'id'])
    .execute();
}

async function createPlace(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('place')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('name', 'text')
    .addColumn('shared', 'integer', (column) => column.notNull())
    .addColumn('reachable', 'integer', (column) => column.notNull())
    .addColumn('members', 'integer')
    .addColumn('outsiders', 'integer')
    .addColumn('reference', 'text')
    .addColumn('checked_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('place_pk', ['tenant_id', 'platform', 'id'])
    .execute();
}

async function createSetting(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('setting')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('setting_pk', ['tenant_id', 'platform', 'scope', 'subject', 'key'])
    .execute();
}

async function createPlaceMember(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('place_member')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('place_id', 'text', (column) => column.notNull())
    .addColumn('person_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('place_member_pk', ['tenant_id', 'platform', 'place_id', 'person_id'])
    .execute();
  await db.schema
    .createIndex('place_member_person')
    .on('place_member')
    .columns(['tenant_id', 'platform', 'person_id'])
    .execute();
}
