import { type Db, toStored } from '../../store/database.ts';
import { isSettled } from '../follow-ups/follow-ups.ts';
import { insufficient } from './kti.ts';

/** Which grades were followed up. */

/**
 * What was graded in which round, as `settledKey`, of which all failures have been followed up, one at least by speaking with
 * whoever gave it, as far as that changed since a moment; of one round, or of all. A follow-up is about an invitation.
 */
export async function settledGrades(
  db: Db,
  tenant: string,
  kind: string,
  since: Temporal.Instant,
  round?: string,
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('follow_up as f')
    .innerJoin('kti_invitation as i', (join) =>
      join.onRef('i.tenant_id', '=', 'f.tenant_id').onRef('i.id', '=', 'f.subject'),
    )
    .innerJoin('kti_grade as g', (join) =>
      join
        .onRef('g.tenant_id', '=', 'i.tenant_id')
        .onRef('g.round_id', '=', 'i.round_id')
        .onRef('g.grader_id', '=', 'i.grader_id')
        .on((on) => on.or([on('i.kti_id', '=', ''), on('i.kti_id', '=', on.ref('g.kti_id'))])),
    )
    .select(['g.round_id', 'g.kti_id', 'f.state'])
    .where('f.tenant_id', '=', tenant)
    .where('f.kind', '=', kind)
    .where('f.changed_at', '>=', toStored(since))
    .where('g.grade', '<', insufficient)
    .$if(round !== undefined, (query) => query.where('i.round_id', '=', round ?? ''))
    .execute();
  const keysOf = (some: typeof rows) => new Set(some.map((row) => settledKey(row.round_id, row.kti_id)));
  const waiting = rows.filter((row) => !isSettled(row));
  return keysOf(rows.filter(({ state }) => state === 'done')).difference(keysOf(waiting));
}

/** A KTI in a round. */
export function settledKey(round: string, kti: string): string {
  return `${round}.${kti}`;
}
