import { sql } from 'kysely';
import type { Db, Migrations } from '../../store/database.ts';
import type { Conversation, Joined, Outcome, SaidKind } from './conversations.ts';

declare module '../../store/database.ts' {
  interface Tables {
    conversation: {
      tenant_id: string;
      id: string;
      client_id: string;
      title: string | null;
      starts_at: string;
      ends_at: string;
      source: Conversation['source'];
      /** Of a calendar: which event, and which occurrence of it. */
      event_key: string | null;
      outcome: Outcome | null;
      answered_by_id: string | null;
      answered_by_name: string | null;
      answered_at: string | null;
      /** When somebody was asked about it. */
      asked_at: string | null;
      created_at: string;
    };
    conversation_person: {
      tenant_id: string;
      conversation_id: string;
      platform: string;
      person_id: string;
      person_name: string;
      /** As the conversation has it: by this somebody's own days are found. */
      starts_at: string;
      joined: Joined;
    };
    /** What was said in one, in few words. */
    conversation_note: {
      tenant_id: string;
      id: string;
      conversation_id: string;
      expectation_id: string | null;
      kind: SaidKind;
      said: string;
      author_id: string;
      author_name: string;
      noted_at: string;
    };
    /** Which question was proposed to whom before a conversation. */
    conversation_question: {
      tenant_id: string;
      platform: string;
      person_id: string;
      client_id: string;
      conversation_id: string;
      question: string;
      asked_at: string;
    };
    /** Somebody signals early that something at a client may go wrong. */
    early_warning: {
      tenant_id: string;
      id: string;
      platform: string;
      client_id: string;
      expectation_id: string | null;
      said: string;
      from_id: string;
      from_name: string;
      to_id: string;
      to_name: string;
      state: 'told' | 'taken' | 'passed-back' | 'settled';
      told_at: string;
      changed_at: string;
    };
  }
}

export const migrations: Migrations = {
  '2026-11-28-conversations': {
    async up(db) {
      await db.schema
        .createTable('conversation')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('client_id', 'text', (column) => column.notNull())
        .addColumn('title', 'text')
        .addColumn('starts_at', 'text', (column) => column.notNull())
        .addColumn('ends_at', 'text', (column) => column.notNull())
        .addColumn('source', 'text', (column) => column.notNull())
        .addColumn('event_key', 'text')
        .addColumn('outcome', 'text')
        .addColumn('answered_by_id', 'text')
        .addColumn('answered_by_name', 'text')
        .addColumn('answered_at', 'text')
        .addColumn('created_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('conversation_pk', ['tenant_id', 'id'])
        .addUniqueConstraint('conversation_event', ['tenant_id', 'client_id', 'event_key'])
        .execute();
      await db.schema
        .createIndex('conversation_by_time')
        .on('conversation')
        .columns(['tenant_id', 'starts_at'])
        .execute();
      await db.schema
        .createIndex('conversation_of_client')
        .on('conversation')
        .columns(['tenant_id', 'client_id', 'starts_at'])
        .execute();
      await db.schema
        .createTable('conversation_person')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('conversation_id', 'text', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('person_name', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('conversation_person_pk', [
          'tenant_id',
          'conversation_id',
          'platform',
          'person_id',
        ])
        .execute();
      await db.schema
        .createTable('conversation_note')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('conversation_id', 'text', (column) => column.notNull())
        .addColumn('expectation_id', 'text')
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('said', 'text', (column) => column.notNull())
        .addColumn('author_id', 'text', (column) => column.notNull())
        .addColumn('author_name', 'text', (column) => column.notNull())
        .addColumn('noted_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('conversation_note_pk', ['tenant_id', 'id'])
        .execute();
      await db.schema
        .createIndex('note_of_conversation')
        .on('conversation_note')
        .columns(['tenant_id', 'conversation_id'])
        .execute();
      await db.schema
        .createTable('conversation_question')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('client_id', 'text', (column) => column.notNull())
        .addColumn('conversation_id', 'text', (column) => column.notNull())
        .addColumn('question', 'text', (column) => column.notNull())
        .addColumn('asked_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('conversation_question_pk', [
          'tenant_id',
          'platform',
          'person_id',
          'client_id',
          'conversation_id',
        ])
        .execute();
      await db.schema
        .createTable('early_warning')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('client_id', 'text', (column) => column.notNull())
        .addColumn('expectation_id', 'text')
        .addColumn('said', 'text', (column) => column.notNull())
        .addColumn('from_id', 'text', (column) => column.notNull())
        .addColumn('from_name', 'text', (column) => column.notNull())
        .addColumn('to_id', 'text', (column) => column.notNull())
        .addColumn('to_name', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('told_at', 'text', (column) => column.notNull())
        .addColumn('changed_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('early_warning_pk', ['tenant_id', 'id'])
        .execute();
    },
  },
  '2026-11-29-conversations-asked': {
    async up(db: Db) {
      await db.schema.alterTable('conversation').addColumn('asked_at', 'text').execute();
      await db
        .updateTable('conversation')
        .set({
          asked_at: (query) =>
            query
              .selectFrom('nudge_sent')
              .select(({ fn }) => fn.max('sent_at').as('asked_at'))
              .where('kind', '=', 'after')
              .whereRef('nudge_sent.tenant_id', '=', 'conversation.tenant_id')
              .whereRef('key', '=', 'conversation.id'),
        })
        .execute();
      await db.schema
        .createIndex('conversation_to_ask')
        .on('conversation')
        .columns(['tenant_id', 'starts_at'])
        .where(sql<boolean>`outcome is null and asked_at is null`)
        .execute();
      await db.schema
        .createIndex('conversation_raised')
        .on('conversation')
        .columns(['tenant_id', 'client_id', 'starts_at'])
        .where(sql<boolean>`outcome = 'raised'`)
        .execute();
      await db.schema.createIndex('conversation_by_start').on('conversation').column('starts_at').execute();
      await db.schema
        .alterTable('conversation_person')
        .addColumn('starts_at', 'text', (column) => column.notNull().defaultTo(''))
        .execute();
      await db
        .updateTable('conversation_person')
        .set({
          starts_at: (query) =>
            query
              .selectFrom('conversation')
              .select('starts_at')
              .whereRef('conversation.tenant_id', '=', 'conversation_person.tenant_id')
              .whereRef('id', '=', 'conversation_id')
              .$asScalar()
              .$notNull(),
        })
        .execute();
      await db.schema
        .createIndex('conversation_of_person')
        .on('conversation_person')
        .columns(['tenant_id', 'platform', 'person_id', 'starts_at'])
        .execute();
    },
  },
  '2026-11-29-conversations-joined': {
    async up(db: Db) {
      await db.schema
        .alterTable('conversation_person')
        .addColumn('joined', 'text', (column) => column.notNull().defaultTo('by-hand'))
        .execute();
      await db
        .updateTable('conversation_person')
        .set({ joined: 'by-calendar' })
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('conversation')
              .select('id')
              .whereRef('conversation.tenant_id', '=', 'conversation_person.tenant_id')
              .whereRef('conversation.id', '=', 'conversation_person.conversation_id')
              .where('source', '=', 'calendar'),
          ),
        )
        .execute();
    },
  },
};
