import { batches } from '../../store/batches.ts';
import { type Db, toStored } from '../../store/database.ts';
import type { Conversation } from './conversations.ts';
import { leaveConversation, removeConversation, rowOf } from './store.ts';

/** Which conversations are events of calendars. */

type Where = { tenant: string; platform: string };

/** Keeps many new ones that a calendar tells of; the ids of those that were not kept already. */
export async function addFromCalendar(
  tx: Db,
  { tenant, platform }: Where,
  all: { conversation: Conversation; event: string }[],
  now: Temporal.Instant,
): Promise<Set<string>> {
  const added = new Set<string>();
  for (const some of batches(all)) {
    const rows = await tx
      .insertInto('conversation')
      .values(some.map(({ conversation, event }) => rowOf(tenant, conversation, now, event)))
      .onConflict((on) => on.doNothing())
      .returning('id')
      .execute();
    for (const { id } of rows) added.add(id);
  }
  const joining = all.flatMap(({ conversation: { id, start, people } }) =>
    (added.has(id) ? people : []).map((person) => ({
      ...{ tenant_id: tenant, conversation_id: id, platform, person_id: person.id, person_name: person.name },
      ...{ joined: 'by-calendar' as const, starts_at: toStored(start) },
    })),
  );
  for (const some of batches(joining)) await tx.insertInto('conversation_person').values(some).execute();
  return added;
}

/** Which of these events of calendars are kept as conversations with these clients: `CLIENT EVENT` of each. */
export async function keptEvents(
  db: Db,
  tenant: string,
  clients: string[],
  events: string[],
): Promise<Set<string>> {
  const kept = new Set<string>();
  for (const ids of batches(clients))
    for (const some of batches(events)) {
      const rows = await db
        .selectFrom('conversation')
        .select(['client_id', 'event_key'])
        .where('tenant_id', '=', tenant)
        .where('client_id', 'in', ids)
        .where('event_key', 'in', some)
        .execute();
      for (const { client_id, event_key } of rows) kept.add(`${client_id} ${event_key}`);
    }
  return kept;
}

/** What is known of one that a calendar may be telling of. */
export type Unbound = Pick<Conversation, 'id' | 'client' | 'start' | 'end' | 'source'> & {
  event: string | undefined;
  answered: boolean;
};

/**
 * Those with these clients that no calendar told of and nobody answered for, and that begin in a span of time; whoever of
 * the team takes part.
 */
export async function unboundWith(
  db: Db,
  tenant: string,
  clients: string[],
  { from, until }: { from: Temporal.Instant; until: Temporal.Instant },
): Promise<Unbound[]> {
  const found: Unbound[] = [];
  for (const some of batches(clients)) {
    const rows = await db
      .selectFrom('conversation')
      .select(['id', 'client_id', 'starts_at', 'ends_at', 'source'])
      .where('tenant_id', '=', tenant)
      .where('client_id', 'in', some)
      .where('starts_at', '>=', toStored(from))
      .where('starts_at', '<', toStored(until))
      .where('source', '!=', 'calendar')
      .where('event_key', 'is', null)
      .where('outcome', 'is', null)
      .orderBy('id')
      .execute();
    for (const { id, client_id, starts_at, ends_at, source } of rows)
      found.push({
        ...{ id, client: client_id, source, event: undefined, answered: false },
        ...{ start: Temporal.Instant.from(starts_at), end: Temporal.Instant.from(ends_at) },
      });
  }
  return found;
}

/** Which event of a calendar it is. */
export async function eventOf(db: Db, tenant: string, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('conversation')
    .select('event_key')
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.event_key ?? undefined;
}

/** Keeps which event of a calendar it is, where none is kept yet. */
export async function setEvent(tx: Db, tenant: string, id: string, event: string): Promise<void> {
  await tx
    .updateTable('conversation')
    .set({ event_key: event })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .where('event_key', 'is', null)
    .execute();
}

/**
 * His calendar tells somebody of it no longer, and he takes part no longer. Of one that nobody takes part in nothing is
 * kept; one that no calendar brought any of the others into is theirs to move.
 */
export async function leaveEvent(tx: Db, at: Where, id: string, person: string): Promise<void> {
  const left = await leaveConversation(tx, at, id, person);
  if (left.length === 0) await removeConversation(tx, at.tenant, id);
  else if (left.every((joined) => joined === 'by-hand')) await releaseEvent(tx, at.tenant, id);
}

/** It is no event of a calendar any more. */
export async function releaseEvent(tx: Db, tenant: string, id: string): Promise<void> {
  await tx
    .updateTable('conversation')
    .set({ event_key: null })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .execute();
}
