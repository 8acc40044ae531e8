import { type Db, toStored } from '../../store/database.ts';
import type { Conversation, Joined } from './conversations.ts';

/** One in somebody's calendar, as it is kept. */
export type Own = Pick<Conversation, 'id' | 'client' | 'start' | 'end' | 'title' | 'source'> & {
  event: string | undefined;
  answered: boolean;
  joined: Joined;
};

/** Those that somebody of the team takes part in and that begin in a span of time, in their order. */
export async function conversationsWith(
  db: Db,
  { tenant, platform }: { tenant: string; platform: string },
  person: string,
  { from, until }: { from: Temporal.Instant; until: Temporal.Instant },
): Promise<Own[]> {
  const rows = await db
    .selectFrom('conversation_person as p')
    .innerJoin('conversation as c', (join) =>
      join.onRef('c.tenant_id', '=', 'p.tenant_id').onRef('c.id', '=', 'p.conversation_id'),
    )
    .select([
      'c.id',
      'client_id',
      'c.starts_at',
      'ends_at',
      'title',
      'source',
      'event_key',
      'outcome',
      'joined',
    ])
    .where('p.tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('person_id', '=', person)
    .where('p.starts_at', '>=', toStored(from))
    .where('p.starts_at', '<', toStored(until))
    .orderBy('p.starts_at')
    .orderBy('c.id')
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, client: row.client_id, title: row.title ?? undefined, source: row.source },
    start: Temporal.Instant.from(row.starts_at),
    end: Temporal.Instant.from(row.ends_at),
    event: row.event_key ?? undefined,
    answered: row.outcome !== null,
    joined: row.joined,
  }));
}
