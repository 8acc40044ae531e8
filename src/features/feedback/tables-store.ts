import type { Migrations } from '../../store/database.ts';
import type { Kind, State } from './feedback.ts';

declare module '../../store/database.ts' {
  interface Tables {
    feedback: {
      tenant_id: string;
      id: string;
      platform: string;
      kind: Kind;
      client_id: string | null;
      text: string;
      said_by: string | null;
      brought_by_id: string;
      brought_by_name: string;
      said_on: string;
      link: string | null;
      expectation_id: string | null;
      unnoted: number;
      owner_id: string | null;
      owner_name: string | null;
      state: State | null;
      answered: string | null;
      learned: string | null;
      brought_at: string;
    };
    /**
     * Who did what with it, and when: never changed. `text`: what it said before, where that was changed; of `shared`
     * what the client was told.
     */
    feedback_event: {
      tenant_id: string;
      id: string;
      feedback_id: string;
      happened: Happened;
      person_id: string;
      person_name: string;
      text: string | null;
      happened_at: string;
    };
    /** Who applauded it, each once. */
    feedback_cheer: { tenant_id: string; feedback_id: string; person_id: string; cheered_at: string };
  }
}

/** shared: the client was told what was done; unshared: that could not be posted. */
export type Happened = 'brought' | 'changed' | 'handed' | 'shared' | 'unshared' | State;

export const migrations: Migrations = {
  '2026-11-29-feedback': {
    async up(db) {
      await db.schema
        .createTable('feedback')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('client_id', 'text')
        .addColumn('text', 'text', (column) => column.notNull())
        .addColumn('said_by', 'text')
        .addColumn('brought_by_id', 'text', (column) => column.notNull())
        .addColumn('brought_by_name', 'text', (column) => column.notNull())
        .addColumn('said_on', 'text', (column) => column.notNull())
        .addColumn('link', 'text')
        .addColumn('expectation_id', 'text')
        .addColumn('unnoted', 'integer', (column) => column.notNull())
        .addColumn('owner_id', 'text')
        .addColumn('owner_name', 'text')
        .addColumn('state', 'text')
        .addColumn('answered', 'text')
        .addColumn('learned', 'text')
        .addColumn('brought_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('feedback_pk', ['tenant_id', 'id'])
        .execute();
      await db.schema
        .createIndex('feedback_of_client')
        .on('feedback')
        .columns(['tenant_id', 'client_id', 'brought_at'])
        .execute();
      await db.schema
        .createIndex('feedback_by_time')
        .on('feedback')
        .columns(['tenant_id', 'brought_at'])
        .execute();
      await db.schema
        .createTable('feedback_event')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('feedback_id', 'text', (column) => column.notNull())
        .addColumn('happened', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('person_name', 'text', (column) => column.notNull())
        .addColumn('text', 'text')
        .addColumn('happened_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('feedback_event_pk', ['tenant_id', 'id'])
        .execute();
      await db.schema
        .createIndex('feedback_event_of')
        .on('feedback_event')
        .columns(['tenant_id', 'feedback_id'])
        .execute();
    },
  },
  '2026-11-29-feedback-cheer': {
    async up(db) {
      await db.schema
        .createTable('feedback_cheer')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('feedback_id', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('cheered_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('feedback_cheer_pk', ['tenant_id', 'feedback_id', 'person_id'])
        .execute();
    },
  },
};
