import type { Selectable } from 'kysely';
import { batches } from '../../store/batches.ts';
import { type Db, readsDoNotHold, type Tables, toStored } from '../../store/database.ts';
import { keptQuery, type Values } from '../../store/kept-query.ts';
import { readSome } from '../../store/people.ts';
import { type Answer, type Poll, scales } from './polls.ts';

/**
 * One vote a person, the last one wins; what it was before is kept. The reason stays, and is returned: the person may
 * change it too. `before` is the grade that this one takes the place of.
 */
export async function castVote(
  tx: Db,
  tenant: string,
  poll: string,
  voter: { id: string; name: string },
  grade: number,
  now: Temporal.Instant,
): Promise<{ why: string | undefined; before: number | undefined }> {
  const facts = { tenant, poll, person: voter.id, name: voter.name, grade, now: toStored(now) };
  const [first] = await insertVote(tx, facts);
  if (first) return { why: undefined, before: undefined };
  const before = await keepHistory(tx, tenant, poll, voter.id);
  const [changed] = await updateVote(tx, facts);
  return { why: changed?.why ?? undefined, before };
}

type Facts = { tenant: string; poll: string; person: string; name: string; grade: number; now: string };

const insertVote = keptQuery((tx, value: Values<Facts>) =>
  tx
    .insertInto('vote')
    .values({
      tenant_id: value('tenant'),
      poll_id: value('poll'),
      person_id: value('person'),
      person_name: value('name'),
      grade: value('grade'),
      why: null,
      voted_at: value('now'),
    })
    .onConflict((on) => on.columns(['tenant_id', 'poll_id', 'person_id']).doNothing())
    .returning('person_id'),
);

const updateVote = keptQuery((tx, value: Values<Facts>) =>
  tx
    .updateTable('vote')
    .set({ person_name: value('name'), grade: value('grade'), voted_at: value('now') })
    .where('tenant_id', '=', value('tenant'))
    .where('poll_id', '=', value('poll'))
    .where('person_id', '=', value('person'))
    .returning('why'),
);

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

/** Keeps what a vote is before it is changed, and tells its grade. */
async function keepHistory(
  tx: Db,
  tenant: string,
  poll: string,
  person: string,
): Promise<number | undefined> {
  const row = await tx
    .insertInto('vote_history')
    .columns(['tenant_id', 'poll_id', 'person_id', 'grade', 'why', 'voted_at'])
    .expression((from) => {
      const vote = from
        .selectFrom('vote')
        .select(['tenant_id', 'poll_id', 'person_id', 'grade', 'why', 'voted_at'])
        .where('tenant_id', '=', tenant)
        .where('poll_id', '=', poll)
        .where('person_id', '=', person);
      // Of two changes at once the second keeps what the first made of it.
      return readsDoNotHold(tx) ? vote.forUpdate() : vote;
    })
    .returning('grade')
    .executeTakeFirst();
  return row?.grade;
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

/** How often each grade was given in these polls, from the scale's lowest up. */
export async function countGrades(db: Db, tenant: string, polls: Poll[]): Promise<Map<string, number[]>> {
  const counted = new Map(
    polls.map(({ id, kind }) => [
      id,
      Array.from({ length: scales[kind].to - scales[kind].from + 1 }, () => 0),
    ]),
  );
  if (polls.length === 0) return counted;
  const from = new Map(polls.map(({ id, kind }) => [id, scales[kind].from]));
  const rows = await db
    .selectFrom('vote')
    .select(['poll_id', 'grade'])
    .select((select) => select.fn.countAll().as('n'))
    .where('tenant_id', '=', tenant)
    .where('poll_id', 'in', [...counted.keys()])
    .groupBy(['poll_id', 'grade'])
    .execute();
  for (const { poll_id, grade, n } of rows) {
    const counts = counted.get(poll_id);
    if (counts) counts[grade - (from.get(poll_id) ?? 0)] = Number(n);
  }
  return counted;
}

/**
 * Some of the answers, the lowest grades first. Under the name that is known by now: of somebody from another
 * organisation a platform may tell no more than an id when he votes. `reasons`: only those with a reason.
 */
export async function readAnswers(
  db: Db,
  at: { tenant: string; platform: string },
  poll: string,
  { reasons, from, most }: { reasons: boolean; from: number; most: number },
): Promise<Answer[]> {
  // By themselves, so that an index gives just the few that are shown.
  const rows = await votesOf(db, at.tenant, poll)
    .selectAll()
    .$if(reasons, (query) => query.where('vote.why', 'is not', null))
    .orderBy('vote.grade')
    .orderBy('vote.person_id')
    .limit(most)
    .offset(from)
    .execute();
  const people = await readSome(
    db,
    at.platform,
    at.tenant,
    rows.map((row) => row.person_id),
  );
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return rows.map((row) => answerOf({ ...row, person_name: names.get(row.person_id) ?? row.person_name }));
}

/** How many have answered; since a moment. */
export async function countAnswers(
  db: Db,
  tenant: string,
  poll: string,
  since?: Temporal.Instant,
): Promise<number> {
  const votes = votesOf(db, tenant, poll);
  return count(since ? votes.where('vote.voted_at', '>', toStored(since)) : votes);
}

/** How many gave a reason. */
export async function countReasons(db: Db, tenant: string, poll: string): Promise<number> {
  return count(votesOf(db, tenant, poll).where('vote.why', 'is not', null));
}

/** Who of these has answered. */
export async function votersAmong(
  db: Db,
  tenant: string,
  poll: string,
  people: string[],
): Promise<Set<string>> {
  const answered = new Set<string>();
  for (const some of batches(people)) {
    const rows = await votesOf(db, tenant, poll)
      .select('vote.person_id')
      .where('vote.person_id', 'in', some)
      .execute();
    for (const { person_id } of rows) answered.add(person_id);
  }
  return answered;
}

function votesOf(db: Db, tenant: string, poll: string) {
  return db.selectFrom('vote').where('vote.tenant_id', '=', tenant).where('vote.poll_id', '=', poll);
}

async function count(votes: ReturnType<typeof votesOf>): Promise<number> {
  const row = await votes.select((select) => select.fn.countAll().as('n')).executeTakeFirstOrThrow();
  return Number(row.n);
}

function answerOf(row: Selectable<Tables['vote']>): Answer {
  return { name: row.person_name, grade: row.grade, why: row.why ?? undefined };
}
