import { type Kysely, sql } from 'kysely';

/** The kernel's tables of what comes in, goes out and is to be done: parts of its first migration. */

/** What came in, so that nothing is done twice. */
export async function createInbox(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('inbox')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('received_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('inbox_pk', ['tenant_id', 'key'])
    .execute();
  await db.schema.createIndex('inbox_received').on('inbox').column('received_at').execute();
}

/** What is still to be sent. */
export async function createOutbox(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('outbox')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('lane', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('message_key', 'text')
    .addColumn('place', 'text')
    .addColumn('person', 'text')
    .addColumn('thread', 'text')
    .addColumn('audience', 'text', (column) => column.notNull())
    .addColumn('card', 'text', (column) => column.notNull())
    .addColumn('form', 'text')
    .addColumn('resend', 'integer', (column) => column.notNull())
    .addColumn('otherwise', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('not_before', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('outbox_due').on('outbox').columns(['state', 'not_before']).execute();
  // At most one update of a message waits: a newer one takes its place.
  await db.schema
    .createIndex('outbox_update')
    .unique()
    .on('outbox')
    .columns(['tenant_id', 'message_key'])
    .where(sql<boolean>`kind = 'update' and state = 'waiting'`)
    .execute();
}

/** Where what was sent stands. */
export async function createMessage(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('message')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('place', 'text')
    .addColumn('ref', 'text')
    .addColumn('link', 'text')
    .addColumn('posted_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('message_pk', ['tenant_id', 'platform', 'key'])
    .execute();
}

/** What is to be done later. */
export async function createJob(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('job')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('once_key', 'text')
    .addColumn('due_at', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('last_error', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('job_due').on('job').columns(['state', 'due_at']).execute();
  await db.schema
    .createIndex('job_once')
    .unique()
    .on('job')
    .columns(['tenant_id', 'name', 'once_key'])
    .where(sql<boolean>`state = 'waiting' and once_key is not null`)
    .execute();
}
