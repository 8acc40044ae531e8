import type { Migrations } from '../../store/database.ts';
import type { Helped, Serves, Stage } from './improvements.ts';

declare module '../../store/database.ts' {
  interface Tables {
    improvement: {
      tenant_id: string;
      id: string;
      platform: string;
      client_id: string | null;
      text: string;
      maker_id: string;
      maker_name: string;
      place_id: string | null;
      stage: Stage;
      since: string;
      moved_by_id: string;
      moved_by_name: string;
      revision: number;
      made_at: string;
      expects: string | null;
      serves_kind: Serves['kind'] | null;
      serves_id: string | null;
      serves_words: string | null;
      tries: string | null;
      began_at: string | null;
      poll_id: string | null;
      grading_round_id: string | null;
      helped: Helped | null;
      heard: string | null;
      reason: string | null;
      success_id: string | null;
      told_at: string | null;
    };
    /** Who does it, in the order in which they took it on. */
    improvement_doer: {
      tenant_id: string;
      improvement_id: string;
      person_id: string;
      person_name: string;
      position: number;
    };
    improvement_vote: {
      tenant_id: string;
      improvement_id: string;
      person_id: string;
      voted_at: string;
    };
    /** Who did what with it, and when: never changed. `text`: the reason, or what was said before it was changed. */
    improvement_event: {
      tenant_id: string;
      id: string;
      improvement_id: string;
      happened: Happened;
      from_stage: Stage | null;
      to_stage: Stage | null;
      person_id: string;
      person_name: string;
      text: string | null;
      happened_at: string;
    };
  }
}

export type Happened =
  | 'made'
  | 'edited'
  | 'planned'
  | 'joined'
  | 'left'
  | 'moved'
  | 'asked'
  | 'graded'
  | 'heard'
  | 'told'
  | 'untold';

export const migrations: Migrations = {
  '2026-11-29-improvements': {
    async up(db) {
      await db.schema
        .createTable('improvement')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('client_id', 'text')
        .addColumn('text', 'text', (column) => column.notNull())
        .addColumn('maker_id', 'text', (column) => column.notNull())
        .addColumn('maker_name', 'text', (column) => column.notNull())
        .addColumn('place_id', 'text')
        .addColumn('stage', 'text', (column) => column.notNull())
        .addColumn('since', 'text', (column) => column.notNull())
        .addColumn('moved_by_id', 'text', (column) => column.notNull())
        .addColumn('moved_by_name', 'text', (column) => column.notNull())
        .addColumn('revision', 'integer', (column) => column.notNull())
        .addColumn('made_at', 'text', (column) => column.notNull())
        .addColumn('expects', 'text')
        .addColumn('serves_kind', 'text')
        .addColumn('serves_id', 'text')
        .addColumn('serves_words', 'text')
        .addColumn('tries', 'text')
        .addColumn('began_at', 'text')
        .addColumn('poll_id', 'text')
        .addColumn('helped', 'text')
        .addColumn('heard', 'text')
        .addColumn('reason', 'text')
        .addColumn('success_id', 'text')
        .addColumn('told_at', 'text')
        .addPrimaryKeyConstraint('improvement_pk', ['tenant_id', 'id'])
        .execute();
      await db.schema
        .createIndex('improvement_on_board')
        .on('improvement')
        .columns(['tenant_id', 'stage', 'client_id'])
        .execute();
      await db.schema
        .createTable('improvement_doer')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('improvement_id', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('person_name', 'text', (column) => column.notNull())
        .addColumn('position', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('improvement_doer_pk', ['tenant_id', 'improvement_id', 'person_id'])
        .execute();
      await db.schema
        .createTable('improvement_vote')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('improvement_id', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('voted_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('improvement_vote_pk', ['tenant_id', 'improvement_id', 'person_id'])
        .execute();
      await db.schema
        .createTable('improvement_event')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('improvement_id', 'text', (column) => column.notNull())
        .addColumn('happened', 'text', (column) => column.notNull())
        .addColumn('from_stage', 'text')
        .addColumn('to_stage', 'text')
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('person_name', 'text', (column) => column.notNull())
        .addColumn('text', 'text')
        .addColumn('happened_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('improvement_event_pk', ['tenant_id', 'id'])
        .execute();
      await db.schema
        .createIndex('improvement_event_of')
        .on('improvement_event')
        .columns(['tenant_id', 'improvement_id'])
        .execute();
    },
  },
  '2026-11-29-improvements-grading': {
    async up(db) {
      await db.schema.alterTable('improvement').addColumn('grading_round_id', 'text').execute();
    },
  },
};
