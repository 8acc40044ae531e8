import { type Kysely, sql } from 'kysely';
import type { Migrations, Tables } from '../../store/database.ts';
import { makeGrades } from './grade-tables-store.ts';
import type { RoundState, Source, Way } from './kti.ts';

declare module '../../store/database.ts' {
  interface Tables {
    /** What a client grades in just these words, with what was given for it: counted as grades come. */
    kti: {
      tenant_id: string;
      id: string;
      client_id: string;
      source: Source;
      about_id: string;
      wording_id: string;
      text_nl: string;
      text_en: string;
      theme_nl: string | null;
      theme_en: string | null;
      kind: string | null;
      made_at: string;
      asked_at: string;
      last_round: string | null;
      last_at: string | null;
      last_n: number;
      last_sum: number;
      before_n: number;
      before_sum: number;
      total_n: number;
      total_sum: number;
    };
    kti_round: {
      tenant_id: string;
      id: string;
      platform: string;
      client_id: string;
      state: RoundState;
      spread: number;
      asker_id: string;
      asker_name: string;
      time_zone: string;
      made_at: string;
      opens_at: string;
      closes_at: string;
      ended_at: string | null;
    };
    /** The questions of a round, in their order. */
    kti_item: { tenant_id: string; round_id: string; position: number; kti_id: string };
    kti_invitation: {
      tenant_id: string;
      id: string;
      round_id: string;
      contact_id: string;
      grader_id: string;
      name: string;
      person_id: string | null;
      email: string | null;
      language: string | null;
      /** '' for all of the round. */
      kti_id: string;
      way: Way;
      invited_at: string;
      reminded_at: string | null;
      done_at: string | null;
    };
  }
}

export const tables: Migrations = { '2026-11-29-kti': { up: makeTables } };

async function makeTables(db: Kysely<Tables>): Promise<void> {
  await makeKtis(db);
  await makeRounds(db);
  await makeInvitations(db);
  await makeGrades(db);
}

async function makeKtis(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('kti')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('about_id', 'text', (column) => column.notNull())
    .addColumn('wording_id', 'text', (column) => column.notNull())
    .addColumn('text_nl', 'text', (column) => column.notNull())
    .addColumn('text_en', 'text', (column) => column.notNull())
    .addColumn('theme_nl', 'text')
    .addColumn('theme_en', 'text')
    .addColumn('kind', 'text')
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('asked_at', 'text', (column) => column.notNull())
    .addColumn('last_round', 'text')
    .addColumn('last_at', 'text')
    .addColumn('last_n', 'integer', (column) => column.notNull())
    .addColumn('last_sum', 'integer', (column) => column.notNull())
    .addColumn('before_n', 'integer', (column) => column.notNull())
    .addColumn('before_sum', 'integer', (column) => column.notNull())
    .addColumn('total_n', 'integer', (column) => column.notNull())
    .addColumn('total_sum', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('kti_pk', ['tenant_id', 'id'])
    .addUniqueConstraint('kti_once', ['tenant_id', 'client_id', 'source', 'about_id', 'wording_id'])
    .execute();
  // All that a company's average takes: of a large database no row is read for it.
  await db.schema
    .createIndex('kti_of_kind')
    .on('kti')
    .columns(['tenant_id', 'kind', 'client_id', 'last_n', 'last_sum', 'last_at'])
    .execute();
}

async function makeRounds(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('kti_round')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('spread', 'integer', (column) => column.notNull())
    .addColumn('asker_id', 'text', (column) => column.notNull())
    .addColumn('asker_name', 'text', (column) => column.notNull())
    .addColumn('time_zone', 'text', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('opens_at', 'text', (column) => column.notNull())
    .addColumn('closes_at', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'text')
    .addPrimaryKeyConstraint('kti_round_pk', ['tenant_id', 'id'])
    .execute();
  // One of a client at a time, also when two ask in the same moment.
  await db.schema
    .createIndex('kti_round_running')
    .unique()
    .on('kti_round')
    .columns(['tenant_id', 'client_id'])
    .where(sql<boolean>`ended_at is null`)
    .execute();
  await db.schema
    .createIndex('kti_round_of_client')
    .on('kti_round')
    .columns(['tenant_id', 'client_id', 'opens_at'])
    .execute();
  await db.schema
    .createTable('kti_item')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('round_id', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('kti_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('kti_item_pk', ['tenant_id', 'round_id', 'position'])
    .execute();
}

async function makeInvitations(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('kti_invitation')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('round_id', 'text', (column) => column.notNull())
    .addColumn('contact_id', 'text', (column) => column.notNull())
    .addColumn('grader_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('person_id', 'text')
    .addColumn('email', 'text')
    .addColumn('language', 'text')
    .addColumn('kti_id', 'text', (column) => column.notNull())
    .addColumn('way', 'text', (column) => column.notNull())
    .addColumn('invited_at', 'text', (column) => column.notNull())
    .addColumn('reminded_at', 'text')
    .addColumn('done_at', 'text')
    .addPrimaryKeyConstraint('kti_invitation_pk', ['tenant_id', 'id'])
    .addUniqueConstraint('kti_invitation_once', ['tenant_id', 'round_id', 'grader_id', 'kti_id'])
    .execute();
}
