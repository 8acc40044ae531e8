import { type Kysely, sql } from 'kysely';
import type { Migrations, Tables } from '../../store/database.ts';
import type { FollowState } from './follow-ups.ts';

declare module '../../store/database.ts' {
  interface Tables {
    /** An unfavourable answer, and what is done about it. */
    follow_up: {
      tenant_id: string;
      id: string;
      /** Of which capability, and of which of its questions; then who answered. */
      kind: string;
      subject: string;
      person_id: string;
      owner_id: string;
      owner_name: string;
      /** The clock by which it is told again. */
      time_zone: string;
      state: FollowState;
      /** What came of it. */
      note: string | null;
      /** How often it has been told: to the owner, again, to who is above him. */
      told: number;
      opened_at: string;
      changed_at: string;
    };
  }
}

export const migrations: Migrations = {
  '2026-11-29-follow-ups': { up: makeGeneral },
  '2026-11-22-poll-follow-ups': {
    async up(db) {
      await db.schema
        .createTable('follow_up')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('poll_id', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('owner_id', 'text', (column) => column.notNull())
        .addColumn('owner_name', 'text', (column) => column.notNull())
        .addColumn('owner_language', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('note', 'text')
        .addColumn('told', 'integer', (column) => column.notNull())
        .addColumn('opened_at', 'text', (column) => column.notNull())
        .addColumn('changed_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('follow_up_pk', ['tenant_id', 'id'])
        .addUniqueConstraint('follow_up_once', ['tenant_id', 'poll_id', 'person_id'])
        .execute();
    },
  },
};

/** Until now polls alone were followed up. */
async function makeGeneral(db: Kysely<Tables>): Promise<void> {
  // SQLite takes no constraint off a table: a new one takes its place.
  await db.schema.alterTable('follow_up').renameTo('follow_up_of_poll').execute();
  await db.schema
    .createTable('follow_up')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('person_id', 'text', (column) => column.notNull())
    .addColumn('owner_id', 'text', (column) => column.notNull())
    .addColumn('owner_name', 'text', (column) => column.notNull())
    .addColumn('time_zone', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('note', 'text')
    .addColumn('told', 'integer', (column) => column.notNull())
    .addColumn('opened_at', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('follow_up_id', ['tenant_id', 'id'])
    .addUniqueConstraint('follow_up_answer', ['tenant_id', 'kind', 'subject', 'person_id'])
    .execute();
  await sql`insert into follow_up (tenant_id, id, kind, subject, person_id, owner_id, owner_name, time_zone, state,
    note, told, opened_at, changed_at)
    select old.tenant_id, old.id, 'polls', old.poll_id, old.person_id, old.owner_id, old.owner_name,
    coalesce((select time_zone from poll where poll.tenant_id = old.tenant_id and poll.id = old.poll_id), 'UTC'),
    old.state, old.note, old.told, old.opened_at, old.changed_at from follow_up_of_poll old`.execute(db);
  await db.schema.dropTable('follow_up_of_poll').execute();
}
