import { type Selectable, sql } from 'kysely';
import { batches } from '../../store/batches.ts';
import { type Db, readsDoNotHold, type Tables, toStored } from '../../store/database.ts';
import type { Grade } from './kti.ts';

/** Somebody's answer to one question of a round. */
type Given = {
  round: string;
  kti: string;
  grader: string;
  name: string;
  grade: number;
  why: string | undefined;
};

/**
 * Keeps a grade: one a person in a round, the last holds; what it was before is kept. What is counted with the KTI follows.
 * Returns the grade that this one takes the place of.
 */
export async function keepGrade(
  tx: Db,
  tenant: string,
  given: Given,
  now: Temporal.Instant,
): Promise<number | undefined> {
  const { round, kti, grader, name, grade, why } = given;
  const facts = { grader_name: name, grade, why: why ?? null, graded_at: toStored(now) };
  const first = await tx
    .insertInto('kti_grade')
    .values({ tenant_id: tenant, round_id: round, kti_id: kti, grader_id: grader, ...facts })
    .onConflict((on) => on.columns(['tenant_id', 'round_id', 'kti_id', 'grader_id']).doNothing())
    .executeTakeFirst();
  if (first.numInsertedOrUpdatedRows === 1n) {
    await count(tx, tenant, { round, kti, n: 1, sum: grade, now });
    return undefined;
  }
  const before = await takeBefore(tx, tenant, given);
  if (!before || (before.grade === grade && before.why === (why ?? null))) return before?.grade;
  await ofGrader(tx, tenant, given).set(facts).execute();
  await count(tx, tenant, { round, kti, n: 0, sum: grade - before.grade, now });
  return before.grade;
}

function ofGrader(tx: Db, tenant: string, { round, kti, grader }: Given) {
  return tx
    .updateTable('kti_grade')
    .where('tenant_id', '=', tenant)
    .where('round_id', '=', round)
    .where('kti_id', '=', kti)
    .where('grader_id', '=', grader);
}

/** What is there now, held, and kept among what was before when it is going to be another. */
async function takeBefore(tx: Db, tenant: string, given: Given) {
  const query = grades(tx, tenant)
    .where('round_id', '=', given.round)
    .where('kti_id', '=', given.kti)
    .where('grader_id', '=', given.grader);
  const row = await (readsDoNotHold(tx) ? query.forUpdate() : query).executeTakeFirst();
  if (!row || (row.grade === given.grade && row.why === (given.why ?? null))) return row;
  const { tenant_id, round_id, kti_id, grader_id, grade, why, graded_at } = row;
  await tx
    .insertInto('kti_grade_history')
    .values({ tenant_id, round_id, kti_id, grader_id, grade, why, graded_at })
    .execute();
  return row;
}

/** Counts with the KTI. A grade of another round than the last makes that the last one: then all is counted again. */
async function count(
  tx: Db,
  tenant: string,
  { round, kti, n, sum, now }: { round: string; kti: string; n: number; sum: number; now: Temporal.Instant },
): Promise<void> {
  const added = await tx
    .updateTable('kti')
    .set((set) => ({
      last_n: set('last_n', '+', n),
      last_sum: set('last_sum', '+', sum),
      total_n: set('total_n', '+', n),
      total_sum: set('total_sum', '+', sum),
      last_at: toStored(now),
    }))
    .where('tenant_id', '=', tenant)
    .where('id', '=', kti)
    .where('last_round', '=', round)
    .executeTakeFirst();
  if (added.numUpdatedRows === 0n) await recount(tx, tenant, kti);
}

/**
 * Counts from all grades of a KTI what is kept with it. The last round is the one in which the last grade came, since only
 * one is open at a time.
 */
export async function recount(tx: Db, tenant: string, kti: string): Promise<void> {
  const held = tx.selectFrom('kti').select('id').where('tenant_id', '=', tenant).where('id', '=', kti);
  // What others who grade it at this moment have kept is counted too.
  if (readsDoNotHold(tx)) await held.forUpdate().execute();
  const rows = await tx
    .selectFrom('kti_grade')
    .select(['round_id', sql<string>`max(graded_at)`.as('at')])
    .select(({ fn }) => [fn.countAll().as('n'), fn.sum('grade').as('sum')])
    .where('tenant_id', '=', tenant)
    .where('kti_id', '=', kti)
    .groupBy('round_id')
    .execute();
  const rounds = rows
    .map(({ n, sum, ...row }) => ({ ...row, n: Number(n), sum: Number(sum) }))
    .toSorted((one, other) => (one.at > other.at ? -1 : 1));
  const [last, before] = rounds;
  const total = (of: 'n' | 'sum') => rounds.reduce((all, one) => all + one[of], 0);
  await tx
    .updateTable('kti')
    .set({
      ...{ last_round: last?.round_id ?? null, last_at: last?.at ?? null },
      ...{ last_n: last?.n ?? 0, last_sum: last?.sum ?? 0 },
      ...{ before_n: before?.n ?? 0, before_sum: before?.sum ?? 0 },
      ...{ total_n: total('n'), total_sum: total('sum') },
    })
    .where('tenant_id', '=', tenant)
    .where('id', '=', kti)
    .execute();
}

/** All that was given in a round, each KTI's first by when it came. */
export async function gradesOfRound(db: Db, tenant: string, round: string): Promise<Grade[]> {
  const rows = await grades(db, tenant).where('round_id', '=', round).execute();
  // Told to order them, SQLite would look for them among all grades of the workspace by their time.
  const order = ({ graded_at, grader_id }: (typeof rows)[number]) => `${graded_at} ${grader_id}`;
  return rows.toSorted((one, other) => (order(one) < order(other) ? -1 : 1)).map(gradeOf);
}

/** The newest grades of these KTIs, at most so many of each, the oldest first. */
export async function newestGrades(db: Db, tenant: string, ktis: string[], most: number): Promise<Grade[]> {
  const found: Grade[] = [];
  for (const kti of ktis) {
    const rows = await grades(db, tenant)
      .where('kti_id', '=', kti)
      .orderBy('graded_at', 'desc')
      .limit(most)
      .execute();
    found.push(...rows.map(gradeOf).reverse());
  }
  return found;
}

/** What was given since a moment for KTIs of these clients, with the client; the oldest first. */
export async function gradesSince(
  db: Db,
  tenant: string,
  clients: string[],
  since: Temporal.Instant,
): Promise<(Grade & { client: string })[]> {
  const found: (Grade & { client: string })[] = [];
  for (const some of batches(clients)) {
    const rows = await db
      .selectFrom('kti_grade as g')
      .innerJoin('kti', (join) =>
        join.onRef('kti.tenant_id', '=', 'g.tenant_id').onRef('kti.id', '=', 'g.kti_id'),
      )
      .selectAll('g')
      .select('kti.client_id')
      .where('g.tenant_id', '=', tenant)
      .where('g.graded_at', '>', toStored(since))
      .where('kti.client_id', 'in', some)
      .orderBy('g.graded_at')
      .execute();
    found.push(...rows.map((row) => ({ ...gradeOf(row), client: row.client_id })));
  }
  return found;
}

function grades(db: Db, tenant: string) {
  return db.selectFrom('kti_grade').selectAll().where('tenant_id', '=', tenant);
}

function gradeOf(row: Selectable<Tables['kti_grade']>): Grade {
  return {
    ...{ round: row.round_id, kti: row.kti_id, grader: row.grader_id, name: row.grader_name },
    ...{ grade: row.grade, why: row.why ?? undefined, at: Temporal.Instant.from(row.graded_at) },
  };
}
