import type { Migrations } from '../../store/database.ts';
import type { About, Direction, Kano, Move, State } from './expectations.ts';

declare module '../../store/database.ts' {
  interface Tables {
    expectation: {
      tenant_id: string;
      id: string;
      client_id: string;
      direction: Direction;
      state: State;
      position: number;
      wording_id: string;
      about: About;
      person_id: string | null;
      person_name: string | null;
      feasible: number | null;
      why: string | null;
      importance: number | null;
      kano: Kano | null;
      category: string | null;
      notes: string | null;
      doing: string | null;
      noted_by_id: string;
      noted_by_name: string;
      noted_at: string;
      review_at: string | null;
      first_at: string | null;
    };
    expectation_wording: {
      tenant_id: string;
      id: string;
      expectation_id: string;
      number: number;
      text: string;
      seen: string | null;
      author_id: string;
      author_name: string;
      by_client: number;
      written_at: string;
      sent_at: string | null;
      sent_place: string | null;
      sent_person: string | null;
      confirmed_by_id: string | null;
      confirmed_by_name: string | null;
      confirmed_at: string | null;
    };
    /** Who did what, and when: never changed. */
    expectation_event: {
      tenant_id: string;
      id: string;
      expectation_id: string;
      wording_id: string;
      happened: Happened;
      person_id: string;
      person_name: string;
      happened_at: string;
    };
  }
}

/** What can happen to one: the moves, and what changes no state. */
export type Happened =
  | Move
  | 'note'
  | 'edit'
  | 'unsent'
  | 'feasible'
  | 'not-feasible'
  | 'matters-most'
  | 'review';

export const migrations: Migrations = {
  '2026-11-22-expectations-doing': {
    async up(db) {
      await db.schema.alterTable('expectation').addColumn('doing', 'text').execute();
    },
  },
  '2026-11-22-expectations': {
    async up(db) {
      await db.schema
        .createTable('expectation')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('client_id', 'text', (column) => column.notNull())
        .addColumn('direction', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('position', 'integer', (column) => column.notNull())
        .addColumn('wording_id', 'text', (column) => column.notNull())
        .addColumn('about', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text')
        .addColumn('person_name', 'text')
        .addColumn('feasible', 'integer')
        .addColumn('why', 'text')
        .addColumn('importance', 'integer')
        .addColumn('kano', 'text')
        .addColumn('category', 'text')
        .addColumn('notes', 'text')
        .addColumn('noted_by_id', 'text', (column) => column.notNull())
        .addColumn('noted_by_name', 'text', (column) => column.notNull())
        .addColumn('noted_at', 'text', (column) => column.notNull())
        .addColumn('review_at', 'text')
        .addColumn('first_at', 'text')
        .addPrimaryKeyConstraint('expectation_pk', ['tenant_id', 'id'])
        .execute();
      await db.schema
        .createIndex('expectation_of_client')
        .on('expectation')
        .columns(['tenant_id', 'client_id', 'position'])
        .execute();
      await db.schema
        .createTable('expectation_wording')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('expectation_id', 'text', (column) => column.notNull())
        .addColumn('number', 'integer', (column) => column.notNull())
        .addColumn('text', 'text', (column) => column.notNull())
        .addColumn('seen', 'text')
        .addColumn('author_id', 'text', (column) => column.notNull())
        .addColumn('author_name', 'text', (column) => column.notNull())
        .addColumn('by_client', 'integer', (column) => column.notNull())
        .addColumn('written_at', 'text', (column) => column.notNull())
        .addColumn('sent_at', 'text')
        .addColumn('sent_place', 'text')
        .addColumn('sent_person', 'text')
        .addColumn('confirmed_by_id', 'text')
        .addColumn('confirmed_by_name', 'text')
        .addColumn('confirmed_at', 'text')
        .addPrimaryKeyConstraint('expectation_wording_pk', ['tenant_id', 'id'])
        .addUniqueConstraint('expectation_wording_number', ['tenant_id', 'expectation_id', 'number'])
        .execute();
      await db.schema
        .createTable('expectation_event')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('expectation_id', 'text', (column) => column.notNull())
        .addColumn('wording_id', 'text', (column) => column.notNull())
        .addColumn('happened', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('person_name', 'text', (column) => column.notNull())
        .addColumn('happened_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('expectation_event_pk', ['tenant_id', 'id'])
        .execute();
      await db.schema
        .createIndex('expectation_event_of')
        .on('expectation_event')
        .columns(['tenant_id', 'expectation_id'])
        .execute();
    },
  },
};
