import { type Db, type Tables, toStored } from '../../store/database.ts';
import type { Answer } from './polls.ts';

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

/** What this person answered. */
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

/** How many have answered. */
export async function countAnswers(db: Db, tenant: string, poll: string): Promise<number> {
  const row = await db
    .selectFrom('vote')
    .select((select) => select.fn.countAll().as('n'))
    .where('tenant_id', '=', tenant)
    .where('poll_id', '=', poll)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

function answerOf(row: Tables['vote']): Answer {
  return { person: row.person_id, name: row.person_name, grade: row.grade, why: row.why ?? undefined };
}
