import type { Selectable } from 'kysely';
import { batches } from '../../store/batches.ts';
import { type Db, readsDoNotHold, type Tables, toStored } from '../../store/database.ts';
import { exampleMark } from '../../store/examples.ts';
import { countGrade } from './count-store.ts';
import type { Grade, Invitation } from './kti.ts';

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
    await countGrade(tx, tenant, { round, kti, n: 1, sum: grade, now });
    return undefined;
  }
  const before = await takeBefore(tx, tenant, given);
  if (!before || (before.grade === grade && before.why === (why ?? null))) return before?.grade;
  await ofGrader(tx, tenant, given).set(facts).execute();
  await countGrade(tx, tenant, { round, kti, n: 0, sum: grade - before.grade, now });
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

/** All that was given in a round, each KTI's first by when it came. */
export async function gradesOfRound(db: Db, tenant: string, round: string): Promise<Grade[]> {
  const rows = await grades(db, tenant).where('round_id', '=', round).execute();
  // Told to order them, SQLite would look for them among all grades of the workspace by their time.
  const order = ({ graded_at, grader_id }: (typeof rows)[number]) => `${graded_at} ${grader_id}`;
  return rows.toSorted((one, other) => (order(one) < order(other) ? -1 : 1)).map(gradeOf);
}

/** All that was given by one who was asked, for what he was asked. */
export async function gradesOfOne(
  db: Db,
  tenant: string,
  { round, grader, kti }: Pick<Invitation, 'round' | 'grader' | 'kti'>,
): Promise<Grade[]> {
  const all = await gradesOfRound(db, tenant, round);
  return all.filter((one) => one.grader === grader && (kti === undefined || one.kti === kti));
}

/** The KTIs for which somebody gave less than this in a round before he gave another grade. */
export async function onceBelow(
  db: Db,
  tenant: string,
  { round, grader }: Pick<Invitation, 'round' | 'grader'>,
  below: number,
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('kti_grade_history')
    .select('kti_id')
    .where('tenant_id', '=', tenant)
    .where('round_id', '=', round)
    .where('grader_id', '=', grader)
    .where('grade', '<', below)
    .execute();
  return new Set(rows.map(({ kti_id }) => kti_id));
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

/** How many grades somebody gave for an example, in a round that is none. */
export async function countForExamples(db: Db, tenant: string): Promise<number> {
  const { n } = await db
    .selectFrom('kti_grade')
    .select(({ fn }) => fn.countAll().as('n'))
    .where('tenant_id', '=', tenant)
    .where('round_id', 'not like', `${exampleMark}%`)
    .where('kti_id', 'in', (select) =>
      select
        .selectFrom('kti')
        .select('id')
        .where('tenant_id', '=', tenant)
        .where(({ or, eb }) =>
          or([eb('id', 'like', `${exampleMark}%`), eb('about_id', 'like', `${exampleMark}%`)]),
        ),
    )
    .executeTakeFirstOrThrow();
  return Number(n);
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
