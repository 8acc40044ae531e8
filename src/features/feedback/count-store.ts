import { type Db, toStored } from '../../store/database.ts';
import type { Feedback, Kind } from './feedback.ts';

/** What reports need of very many at once: no words, and no more than is counted. */

/** A complaint as it is counted. */
export type Counted = Pick<Feedback, 'kind' | 'client' | 'expectation' | 'unnoted'> & {
  /** It waits for its answer. */
  open: boolean;
  /** It was brought since then. */
  lately: boolean;
};

/** The complaints that are open, and all that were brought since then; of one client, or of all. */
export async function countedComplaints(
  db: Db,
  tenant: string,
  { since, client }: { since: Temporal.Instant; client?: string | undefined },
): Promise<Counted[]> {
  const from = toStored(since);
  const rows = await db
    .selectFrom('feedback')
    .select(['client_id', 'expectation_id', 'unnoted', 'state', 'brought_at'])
    .where('tenant_id', '=', tenant)
    .where('kind', '=', 'complaint')
    .where((where) => where.or([where('brought_at', '>=', from), where('state', 'in', ['new', 'handling'])]))
    .$if(client !== undefined, (query) => query.where('client_id', '=', client ?? ''))
    .execute();
  return rows.map((row) => ({
    kind: 'complaint',
    client: row.client_id ?? undefined,
    expectation: row.expectation_id ?? undefined,
    unnoted: row.unnoted === 1,
    open: row.state === 'new' || row.state === 'handling',
    lately: row.brought_at >= from,
  }));
}

/** What touches an expectation, the oldest first; of one client, or of all. */
export async function feedbackTouching(
  db: Db,
  tenant: string,
  client?: string,
): Promise<{ kind: Kind; day: Temporal.PlainDate; expectation: string }[]> {
  const rows = await db
    .selectFrom('feedback')
    .select(['kind', 'said_on', 'expectation_id'])
    .where('tenant_id', '=', tenant)
    .where('expectation_id', 'is not', null)
    .$if(client !== undefined, (query) => query.where('client_id', '=', client ?? ''))
    .orderBy('said_on')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    kind: row.kind,
    day: Temporal.PlainDate.from(row.said_on),
    expectation: row.expectation_id ?? '',
  }));
}
