import { type Db, toStored } from '../../store/database.ts';
import type { Outcome } from './conversations.ts';

/** With whom one speaks, and how often the expectation is raised. */

/** The clients with whom a conversation begins in a span of time. */
export async function clientsSpokenWith(
  db: Db,
  tenant: string,
  { from, until }: { from: Temporal.Instant; until: Temporal.Instant },
): Promise<Set<string>> {
  // One look for each client: in the calendars of a large workspace far more conversations stand than it has clients.
  const rows = await db
    .selectFrom('client')
    .select('id')
    .where('tenant_id', '=', tenant)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('conversation')
          .select('client_id')
          .whereRef('conversation.tenant_id', '=', 'client.tenant_id')
          .whereRef('client_id', '=', 'client.id')
          .where('starts_at', '>=', toStored(from))
          .where('starts_at', '<', toStored(until))
          .where((where) => where.or([where('outcome', 'is', null), where('outcome', '!=', 'cancelled')])),
      ),
    )
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** When the expectation was last raised with each client, by the client's id; of one of them, or of all. */
export async function lastRaised(
  db: Db,
  tenant: string,
  client?: string,
): Promise<Map<string, Temporal.Instant>> {
  const rows = await db
    .selectFrom('client')
    .select(({ selectFrom }) => [
      'id',
      selectFrom('conversation')
        .select(({ fn }) => fn.max('starts_at').as('last'))
        .whereRef('conversation.tenant_id', '=', 'client.tenant_id')
        .whereRef('client_id', '=', 'client.id')
        .where('outcome', '=', 'raised')
        .as('last'),
    ])
    .where('tenant_id', '=', tenant)
    .$if(client !== undefined, (query) => query.where('id', '=', client ?? ''))
    .execute();
  return new Map(rows.flatMap(({ id, last }) => (last ? [[id, Temporal.Instant.from(last)] as const] : [])));
}

/** Of all conversations of the last 31 days, in all workspaces: in how many the expectation was raised. */
export async function countConversations(
  db: Db,
  now: Temporal.Instant,
): Promise<Record<'raised' | 'not-raised' | 'unknown', number>> {
  const rows = await db
    .selectFrom('conversation')
    .select(({ fn }) => ['outcome', fn.countAll().as('n')])
    .where('starts_at', '>=', toStored(now.subtract({ hours: 24 * 31 })))
    .where('ends_at', '<=', toStored(now))
    .groupBy('outcome')
    .execute();
  const count = (outcome: Outcome | null) => Number(rows.find((row) => row.outcome === outcome)?.n ?? 0);
  return { raised: count('raised'), 'not-raised': count('not-raised'), unknown: count(null) };
}
