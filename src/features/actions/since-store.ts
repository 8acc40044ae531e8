import type { Db } from '../../store/database.ts';
import { newestGrades } from '../kti/grade-store.ts';
import type { Kti } from '../kti/kti.ts';
import { roundsOf } from '../kti/round-store.ts';
import type { Action } from './actions.ts';
import { givenAround, type Since, sinceDone } from './since-rules.ts';

/** As many rounds and grades of one KTI as are looked through for what came before and after. */
const most = { rounds: 60, grades: 300 };

/** What was graded since each of these actions of a client was done, by the action's id; of those that have it. */
export async function sincesOf(
  db: Db,
  tenant: string,
  client: string,
  all: Action[],
): Promise<Map<string, Since>> {
  const done = all.filter(({ doneAt }) => doneAt !== undefined);
  if (done.length === 0) return new Map();
  const ktis = [...new Set(done.map(({ kti }) => kti))];
  const grades = await newestGrades(db, tenant, ktis, most.grades);
  const rounds = await roundsOf(db, tenant, client, most.rounds);
  const sinces = done.map((one) => [one.id, sinceDone(one, grades, rounds)] as const);
  return new Map(sinces.flatMap(([id, since]) => (since ? [[id, since]] : [])));
}

/** What was given for one KTI of a client before a moment and after it, as `givenAround` tells. */
export async function givenOf(
  db: Db,
  tenant: string,
  { client, id }: Pick<Kti, 'client' | 'id'>,
  moment: Temporal.Instant,
): Promise<ReturnType<typeof givenAround>> {
  const grades = await newestGrades(db, tenant, [id], most.grades);
  return givenAround(id, moment, grades, await roundsOf(db, tenant, client, most.rounds));
}
