import { type Db, toStored } from '../../store/database.ts';
import type { Outline } from './current-rules.ts';
import { gradesOfRound } from './grade-store.ts';
import { invitationsOf } from './invitation-store.ts';
import { livingClients } from './store.ts';

/** How every KTI of the clients that are not archived stands: one query, whatever their number. */
export async function outlinesOf(db: Db, tenant: string): Promise<Outline[]> {
  const rows = await db
    .selectFrom('kti')
    .select(['id', 'client_id', 'source', 'about_id', 'wording_id', 'kind', 'asked_at'])
    .select(['last_round', 'last_at', 'last_n', 'last_sum', 'before_n', 'before_sum', 'total_n', 'total_sum'])
    .where('tenant_id', '=', tenant)
    .where('client_id', 'in', livingClients(db, tenant))
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, client: row.client_id, source: row.source, about: row.about_id },
    ...{ wording: row.wording_id, kind: row.kind ?? undefined, askedAt: row.asked_at },
    standing:
      row.last_round === null || row.last_at === null
        ? undefined
        : {
            ...{ round: row.last_round, lastAt: row.last_at },
            last: { n: row.last_n, sum: row.last_sum },
            before: { n: row.before_n, sum: row.before_sum },
            total: { n: row.total_n, sum: row.total_sum },
          },
  }));
}

/** The rounds of a workspace that have not ended. */
export async function runningRounds(db: Db, tenant: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('kti_round')
    .select('id')
    .where('tenant_id', '=', tenant)
    .where('ended_at', 'is', null)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** A round that is over: how many were asked, and answered. */
export type Closed = { round: string; client: string; asked: number; answered: number };

/** The rounds of these clients that were closed since a moment, the first first: how many were asked, and answered. */
export async function closedSince(
  db: Db,
  tenant: string,
  clients: string[],
  since: Temporal.Instant,
): Promise<Closed[]> {
  const rows = await db
    .selectFrom('kti_round')
    .select(['id', 'client_id'])
    .where('tenant_id', '=', tenant)
    .where('state', '=', 'closed')
    .where('ended_at', '>', toStored(since))
    .orderBy('ended_at')
    .execute();
  const theirs = new Set(clients);
  const found: Closed[] = [];
  for (const { id, client_id: client } of rows) {
    if (!theirs.has(client)) continue;
    const invited = (await invitationsOf(db, tenant, id)).map(({ grader }) => grader);
    const answered = new Set((await gradesOfRound(db, tenant, id)).map(({ grader }) => grader));
    found.push({
      round: id,
      client,
      asked: new Set([...invited, ...answered]).size,
      answered: answered.size,
    });
  }
  return found;
}
