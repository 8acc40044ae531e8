import { sql } from 'kysely';
import { type Db, type Migrations, toStored } from '../../store/database.ts';
import type { Answer, Poll, PollState } from './polls.ts';

declare module '../../store/database.ts' {
  interface Tables {
    poll: {
      tenant_id: string;
      id: string;
      platform: string;
      place_id: string;
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
  '2026-11-21-polls': {
    async up(db) {
      await db.schema
        .createTable('poll')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('place_id', 'text', (column) => column.notNull())
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

function pollOf(row: import('../../store/database.ts').Tables['poll']): Poll {
  return {
    id: row.id,
    place: row.place_id,
    shared: row.shared === 1,
    topic: row.topic ?? undefined,
    language: row.language === 'en' ? 'en' : 'nl',
    asker: {
      id: row.asker_id,
      name: row.asker_name,
      language: row.asker_language === 'en' ? 'en' : 'nl',
    },
    timeZone: row.time_zone,
    invited: row.invited ?? undefined,
    askedAt: Temporal.Instant.from(row.asked_at),
    closesAt: Temporal.Instant.from(row.closes_at),
    state: row.state,
  };
}

/** Keeps a new poll. False when one is open in that place already. */
export async function openPoll(tx: Db, tenant: string, platform: string, poll: Poll): Promise<boolean> {
  const result = await tx
    .insertInto('poll')
    .values({
      tenant_id: tenant,
      id: poll.id,
      platform,
      place_id: poll.place,
      shared: poll.shared ? 1 : 0,
      topic: poll.topic ?? null,
      language: poll.language,
      asker_id: poll.asker.id,
      asker_name: poll.asker.name,
      asker_language: poll.asker.language,
      time_zone: poll.timeZone,
      invited: poll.invited ?? null,
      asked_at: toStored(poll.askedAt),
      closes_at: toStored(poll.closesAt),
      state: poll.state,
      ended_at: null,
      shared_at: null,
    })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function findPoll(db: Db, tenant: string, id: string): Promise<Poll | undefined> {
  const row = await db
    .selectFrom('poll')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && pollOf(row);
}

/** The newest poll of a place in one of these states, asked before `before` when that is given. */
export async function newestPoll(
  db: Db,
  tenant: string,
  at: { platform: string; place: string; before?: Temporal.Instant },
  states: PollState[],
): Promise<Poll | undefined> {
  let query = db
    .selectFrom('poll')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('platform', '=', at.platform)
    .where('place_id', '=', at.place)
    .where('state', 'in', states);
  if (at.before) query = query.where('asked_at', '<', toStored(at.before));
  const row = await query.orderBy('asked_at', 'desc').limit(1).executeTakeFirst();
  return row && pollOf(row);
}

/** Closes or cancels an open poll. False when it was not open any more. */
export async function endPoll(
  tx: Db,
  tenant: string,
  id: string,
  state: 'closed' | 'cancelled',
  now: Temporal.Instant,
): Promise<boolean> {
  const result = await tx
    .updateTable('poll')
    .set({ state, ended_at: toStored(now) })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Notes that the client sees the result. False when that was done before. */
export async function markShared(
  tx: Db,
  tenant: string,
  id: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const result = await tx
    .updateTable('poll')
    .set({ shared_at: toStored(now) })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .where('shared_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/**
 * One vote a person, the last one wins; what it was before is kept. The reason stays, and is returned:
 * the person may change it too.
 */
export async function castVote(
  tx: Db,
  tenant: string,
  poll: string,
  voter: { id: string; name: string },
  grade: number,
  now: Temporal.Instant,
): Promise<string | undefined> {
  await keepHistory(tx, tenant, poll, voter.id);
  const facts = { person_name: voter.name, grade, voted_at: toStored(now) };
  const row = await tx
    .insertInto('vote')
    .values({ tenant_id: tenant, poll_id: poll, person_id: voter.id, why: null, ...facts })
    .onConflict((on) => on.columns(['tenant_id', 'poll_id', 'person_id']).doUpdateSet(facts))
    .returning('why')
    .executeTakeFirstOrThrow();
  return row.why ?? undefined;
}

/** Keeps the reason of a vote. False when this person has not voted. */
export async function keepWhy(
  tx: Db,
  tenant: string,
  poll: string,
  person: string,
  why: string | undefined,
): Promise<boolean> {
  await keepHistory(tx, tenant, poll, person);
  const result = await tx
    .updateTable('vote')
    .set({ why: why ?? null })
    .where('tenant_id', '=', tenant)
    .where('poll_id', '=', poll)
    .where('person_id', '=', person)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

async function keepHistory(tx: Db, tenant: string, poll: string, person: string): Promise<void> {
  await tx
    .insertInto('vote_history')
    .columns(['tenant_id', 'poll_id', 'person_id', 'grade', 'why', 'voted_at'])
    .expression((from) =>
      from
        .selectFrom('vote')
        .select(['tenant_id', 'poll_id', 'person_id', 'grade', 'why', 'voted_at'])
        .where('tenant_id', '=', tenant)
        .where('poll_id', '=', poll)
        .where('person_id', '=', person),
    )
    .execute();
}

export async function findVote(
  db: Db,
  tenant: string,
  poll: string,
  person: string,
): Promise<Answer | undefined> {
  const row = await db
    .selectFrom('vote')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('poll_id', '=', poll)
    .where('person_id', '=', person)
    .executeTakeFirst();
  return row && answerOf(row);
}

/**
 * All answers, in the order in which they were last given. Under the name that is known by now: of somebody from
 * another organisation a platform may tell no more than an id when he votes.
 */
export async function readAnswers(db: Db, tenant: string, poll: string): Promise<Answer[]> {
  const rows = await db
    .selectFrom('vote')
    .innerJoin('poll', (on) =>
      on.onRef('poll.tenant_id', '=', 'vote.tenant_id').onRef('poll.id', '=', 'vote.poll_id'),
    )
    .leftJoin('person', (on) =>
      on
        .onRef('person.tenant_id', '=', 'vote.tenant_id')
        .onRef('person.platform', '=', 'poll.platform')
        .onRef('person.id', '=', 'vote.person_id'),
    )
    .selectAll('vote')
    .select('person.name as known_as')
    .where('vote.tenant_id', '=', tenant)
    .where('vote.poll_id', '=', poll)
    .orderBy('voted_at')
    .orderBy('person_id')
    .execute();
  return rows.map(({ known_as, ...row }) => answerOf({ ...row, person_name: known_as ?? row.person_name }));
}

export async function countAnswers(db: Db, tenant: string, poll: string): Promise<number> {
  const row = await db
    .selectFrom('vote')
    .select((select) => select.fn.countAll().as('n'))
    .where('tenant_id', '=', tenant)
    .where('poll_id', '=', poll)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

function answerOf(row: import('../../store/database.ts').Tables['vote']): Answer {
  return { person: row.person_id, name: row.person_name, grade: row.grade, why: row.why ?? undefined };
}
