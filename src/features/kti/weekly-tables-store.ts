import type { Kysely } from 'kysely';
import type { Migrations, Tables } from '../../store/database.ts';

declare module '../../store/database.ts' {
  interface Tables {
    /** In which channels the team hears each week how its clients stand. */
    kti_weekly: {
      tenant_id: string;
      platform: string;
      place_id: string;
      id: string;
      place_name: string | null;
      set_by_id: string;
      set_by_name: string;
      next_at: string;
      told_at: string;
    };
  }
}

export const weeklyTables: Migrations = { '2026-11-29-kti-weekly': { up: makeTable } };

async function makeTable(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('kti_weekly')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('place_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('place_name', 'text')
    .addColumn('set_by_id', 'text', (column) => column.notNull())
    .addColumn('set_by_name', 'text', (column) => column.notNull())
    .addColumn('next_at', 'text', (column) => column.notNull())
    .addColumn('told_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('kti_weekly_pk', ['tenant_id', 'platform', 'place_id'])
    .execute();
}
