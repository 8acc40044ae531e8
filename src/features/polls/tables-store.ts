import { type Kysely, sql } from 'kysely';
import type { Migrations, Tables } from '../../store/database.ts';
import { ballotMigrations } from './ballot-store.ts';
import { invitationMigrations } from './invitation-store.ts';
import type { Kind, PollState } from './polls.ts';
import { seriesMigrations } from './series-store.ts';

declare module '../../store/database.ts' {
  interface Tables {
    poll: {
      tenant_id: string;
      id: string;
      platform: string;
      place_id: string;
      place_name: string | null;
      shared: number;
      topic: string | null;
      language: string;
      asker_id: string;
      asker_name: string;
      asker_language: string;
      time_zone: string;
      invited: number | null;
      asked_at: string;
      closes_at: string;
      state: PollState;
      ended_at: string | null;
      /** When the asker let the client see the result. */
      shared_at: string | null;
      kind: Kind;
      question: string;
      low_words: string;
      high_words: string;
      anonymous: number;
      series_id: string | null;
      /** JSON: how often each grade was given, kept at the closing. */
      counts: string | null;
      answered: number | null;
      reasons: number | null;
    };
    vote: {
      tenant_id: string;
      poll_id: string;
      person_id: string;
      person_name: string;
      grade: number;
      why: string | null;
      voted_at: string;
    };
    /** What a vote was before it was changed. */
    vote_history: {
      tenant_id: string;
      poll_id: string;
      person_id: string;
      grade: number;
      why: string | null;
      voted_at: string;
    };
  }
}

export const migrations: Migrations = {
  ...seriesMigrations,
  ...ballotMigrations,
  ...invitationMigrations,
  '2026-11-22-poll-kinds': { up: addKinds },
  '2026-11-21-polls': {
    async up(db) {
      await db.schema
        .createTable('poll')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('place_id', 'text', (column) => column.notNull())
        .addColumn('place_name', 'text')
        .addColumn('shared', 'integer', (column) => column.notNull())
        .addColumn('topic', 'text')
        .addColumn('language', 'text', (column) => column.notNull())
        .addColumn('asker_id', 'text', (column) => column.notNull())
        .addColumn('asker_name', 'text', (column) => column.notNull())
        .addColumn('asker_language', 'text', (column) => column.notNull())
        .addColumn('time_zone', 'text', (column) => column.notNull())
        .addColumn('invited', 'integer')
        .addColumn('asked_at', 'text', (column) => column.notNull())
        .addColumn('closes_at', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('ended_at', 'text')
        .addColumn('shared_at', 'text')
        .addPrimaryKeyConstraint('poll_pk', ['tenant_id', 'id'])
        .execute();
      // At most one poll is open in a place, also when two people ask in the same moment.
      await db.schema
        .createIndex('poll_open')
        .unique()
        .on('poll')
        .columns(['tenant_id', 'platform', 'place_id'])
        .where(sql<boolean>`state = 'open'`)
        .execute();
      await db.schema
        .createIndex('poll_of_place')
        .on('poll')
        .columns(['tenant_id', 'platform', 'place_id', 'asked_at'])
        .execute();
      await db.schema
        .createTable('vote')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('poll_id', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('person_name', 'text', (column) => column.notNull())
        .addColumn('grade', 'integer', (column) => column.notNull())
        .addColumn('why', 'text')
        .addColumn('voted_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('vote_pk', ['tenant_id', 'poll_id', 'person_id'])
        .execute();
      await db.schema
        .createTable('vote_history')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('poll_id', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('grade', 'integer', (column) => column.notNull())
        .addColumn('why', 'text')
        .addColumn('voted_at', 'text', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('vote_history_of_vote')
        .on('vote_history')
        .columns(['tenant_id', 'poll_id', 'person_id'])
        .execute();
    },
  },
};

async function addKinds(db: Kysely<Tables>): Promise<void> {
  const add = (name: string, type: 'text' | 'integer', fallback: string | number) =>
    db.schema
      .alterTable('poll')
      .addColumn(name, type, (column) => column.notNull().defaultTo(fallback))
      .execute();
  await add('kind', 'text', 'nps');
  await add('question', 'text', '');
  await add('low_words', 'text', '');
  await add('high_words', 'text', '');
  await add('anonymous', 'integer', 0);
  await db.schema.alterTable('poll').addColumn('series_id', 'text').execute();
  await db.schema.alterTable('poll').addColumn('counts', 'text').execute();
  await db.schema.alterTable('poll').addColumn('answered', 'integer').execute();
  await db.schema.alterTable('poll').addColumn('reasons', 'integer').execute();
  // Until now there was one question, and it read so.
  const asked = {
    nl: {
      question: 'Hoe waarschijnlijk is het dat u ons aanbeveelt aan een vriend of collega?',
      low_words: 'zeer onwaarschijnlijk',
      high_words: 'zeer waarschijnlijk',
    },
    en: {
      question: 'How likely are you to recommend us to a friend or colleague?',
      low_words: 'very unlikely',
      high_words: 'very likely',
    },
  };
  for (const language of ['nl', 'en'] as const)
    await db.updateTable('poll').set(asked[language]).where('language', '=', language).execute();
  // At most one poll of a kind is open in a place, also when two people ask in the same moment.
  await db.schema.dropIndex('poll_open').execute();
  await db.schema
    .createIndex('poll_open')
    .unique()
    .on('poll')
    .columns(['tenant_id', 'platform', 'place_id', 'kind'])
    .where(sql<boolean>`state = 'open'`)
    .execute();
  // A result is counted from the one, its reasons are read from the other: neither looks at every vote.
  await db.schema.createIndex('vote_grade').on('vote').columns(['tenant_id', 'poll_id', 'grade']).execute();
  await db.schema
    .createIndex('vote_reason')
    .on('vote')
    .columns(['tenant_id', 'poll_id', 'grade', 'person_id'])
    .where(sql<boolean>`why is not null`)
    .execute();
}
