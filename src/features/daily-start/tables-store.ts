import { sql } from 'kysely';
import type { Migrations } from '../../store/database.ts';

declare module '../../store/database.ts' {
  interface Tables {
    /** In which channels the day is started, and when. */
    daily_start_plan: {
      tenant_id: string;
      platform: string;
      place_id: string;
      id: string;
      place_name: string | null;
      at: string;
      set_by_id: string;
      set_by_name: string;
      next_at: string;
      skipped: number;
    };
    daily_start: {
      tenant_id: string;
      id: string;
      platform: string;
      place_id: string;
      place_name: string | null;
      /** The local date for which it was planned; null when somebody began it. */
      planned_on: string | null;
      /** What other capabilities told as it began, as JSON. */
      lines: string;
      since: string;
      opened_at: string;
      closes_at: string;
      closed_at: string | null;
      posting: number;
    };
    /** Who took part, each once. */
    daily_start_part: {
      tenant_id: string;
      start_id: string;
      person_id: string;
      person_name: string;
      mood: number | null;
    };
    daily_start_learned: {
      tenant_id: string;
      id: string;
      start_id: string;
      text: string;
      person_id: string;
      person_name: string;
    };
    daily_start_deed: {
      tenant_id: string;
      id: string;
      platform: string;
      start_id: string;
      place_id: string;
      what: string;
      owner_id: string;
      owner_name: string;
      until_day: string;
      done_at: string | null;
    };
  }
}

export const migrations: Migrations = {
  '2026-11-29-daily-start': {
    async up(db) {
      await db.schema
        .createTable('daily_start_plan')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('place_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('place_name', 'text')
        .addColumn('at', 'text', (column) => column.notNull())
        .addColumn('set_by_id', 'text', (column) => column.notNull())
        .addColumn('set_by_name', 'text', (column) => column.notNull())
        .addColumn('next_at', 'text', (column) => column.notNull())
        .addColumn('skipped', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('daily_start_plan_pk', ['tenant_id', 'platform', 'place_id'])
        .execute();
      await db.schema
        .createTable('daily_start')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('place_id', 'text', (column) => column.notNull())
        .addColumn('place_name', 'text')
        .addColumn('planned_on', 'text')
        .addColumn('lines', 'text', (column) => column.notNull())
        .addColumn('since', 'text', (column) => column.notNull())
        .addColumn('opened_at', 'text', (column) => column.notNull())
        .addColumn('closes_at', 'text', (column) => column.notNull())
        .addColumn('closed_at', 'text')
        .addColumn('posting', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('daily_start_pk', ['tenant_id', 'id'])
        .execute();
      await db.schema
        .createIndex('daily_start_planned')
        .unique()
        .on('daily_start')
        .columns(['tenant_id', 'platform', 'place_id', 'planned_on'])
        .where(sql<boolean>`planned_on is not null`)
        .execute();
      await db.schema
        .createIndex('daily_start_open')
        .unique()
        .on('daily_start')
        .columns(['tenant_id', 'platform', 'place_id'])
        .where(sql<boolean>`closed_at is null`)
        .execute();
      await db.schema
        .createIndex('daily_start_of_place')
        .on('daily_start')
        .columns(['tenant_id', 'platform', 'place_id', 'opened_at'])
        .execute();
      await db.schema
        .createTable('daily_start_part')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('start_id', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('person_name', 'text', (column) => column.notNull())
        .addColumn('mood', 'integer')
        .addPrimaryKeyConstraint('daily_start_part_pk', ['tenant_id', 'start_id', 'person_id'])
        .execute();
      await db.schema
        .createTable('daily_start_learned')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('start_id', 'text', (column) => column.notNull())
        .addColumn('text', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('person_name', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('daily_start_learned_pk', ['tenant_id', 'id'])
        .execute();
      await db.schema
        .createIndex('learned_of_daily_start')
        .on('daily_start_learned')
        .columns(['tenant_id', 'start_id'])
        .execute();
      await db.schema
        .createTable('daily_start_deed')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('start_id', 'text', (column) => column.notNull())
        .addColumn('place_id', 'text', (column) => column.notNull())
        .addColumn('what', 'text', (column) => column.notNull())
        .addColumn('owner_id', 'text', (column) => column.notNull())
        .addColumn('owner_name', 'text', (column) => column.notNull())
        .addColumn('until_day', 'text', (column) => column.notNull())
        .addColumn('done_at', 'text')
        .addPrimaryKeyConstraint('daily_start_deed_pk', ['tenant_id', 'id'])
        .execute();
      await db.schema
        .createIndex('daily_start_deed_of_place')
        .on('daily_start_deed')
        .columns(['tenant_id', 'platform', 'place_id', 'done_at'])
        .execute();
    },
  },
};
