import type { Migrations } from '../../store/database.ts';
import type { ActionState, Shown } from './actions.ts';

declare module '../../store/database.ts' {
  interface Tables {
    satisfaction_action: {
      tenant_id: string;
      id: string;
      platform: string;
      client_id: string;
      kti_id: string;
      catalogue_id: string | null;
      title: string;
      owner_id: string;
      owner_name: string;
      due_day: string;
      notice: string;
      consulted: string | null;
      state: ActionState;
      started_by_id: string;
      started_by_name: string;
      started_at: string;
      revision: number;
      ended_by_id: string | null;
      ended_by_name: string | null;
      done_at: string | null;
      reason: string | null;
      shown: Shown | null;
      shown_at: string | null;
      shown_note: string | null;
    };
  }
}

export const migrations: Migrations = {
  '2026-11-29-satisfaction-actions': {
    async up(db) {
      await db.schema
        .createTable('satisfaction_action')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('client_id', 'text', (column) => column.notNull())
        .addColumn('kti_id', 'text', (column) => column.notNull())
        .addColumn('catalogue_id', 'text')
        .addColumn('title', 'text', (column) => column.notNull())
        .addColumn('owner_id', 'text', (column) => column.notNull())
        .addColumn('owner_name', 'text', (column) => column.notNull())
        .addColumn('due_day', 'text', (column) => column.notNull())
        .addColumn('notice', 'text', (column) => column.notNull())
        .addColumn('consulted', 'text')
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('started_by_id', 'text', (column) => column.notNull())
        .addColumn('started_by_name', 'text', (column) => column.notNull())
        .addColumn('started_at', 'text', (column) => column.notNull())
        .addColumn('revision', 'integer', (column) => column.notNull())
        .addColumn('ended_by_id', 'text')
        .addColumn('ended_by_name', 'text')
        .addColumn('done_at', 'text')
        .addColumn('reason', 'text')
        .addColumn('shown', 'text')
        .addColumn('shown_at', 'text')
        .addColumn('shown_note', 'text')
        .addPrimaryKeyConstraint('satisfaction_action_pk', ['tenant_id', 'id'])
        .execute();
      await db.schema
        .createIndex('satisfaction_action_open')
        .on('satisfaction_action')
        .columns(['tenant_id', 'state', 'due_day'])
        .execute();
      await db.schema
        .createIndex('satisfaction_action_of_client')
        .on('satisfaction_action')
        .columns(['tenant_id', 'client_id'])
        .execute();
    },
  },
};
