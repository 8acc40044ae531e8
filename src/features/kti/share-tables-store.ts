import type { Kysely } from 'kysely';
import type { Migrations, Tables } from '../../store/database.ts';

declare module '../../store/database.ts' {
  interface Tables {
    /** What a client was told of a round that it graded: once. */
    kti_share: {
      tenant_id: string;
      round_id: string;
      said: string | null;
      words: string;
      by_id: string;
      by_name: string;
      shared_at: string;
      /** 1: it could not be posted. */
      failed: number;
    };
  }
}

export const shareTables: Migrations = { '2026-11-29-kti-share': { up: makeTable } };

async function makeTable(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('kti_share')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('round_id', 'text', (column) => column.notNull())
    .addColumn('said', 'text')
    .addColumn('words', 'text', (column) => column.notNull())
    .addColumn('by_id', 'text', (column) => column.notNull())
    .addColumn('by_name', 'text', (column) => column.notNull())
    .addColumn('shared_at', 'text', (column) => column.notNull())
    .addColumn('failed', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('kti_share_pk', ['tenant_id', 'round_id'])
    .execute();
}
