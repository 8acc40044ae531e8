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
  /** When somebody said what came of it. */
  answeredAt: Temporal.Instant | undefined;
  cancelled: boolean;
};

/**
 * Those with these clients that no calendar told of, and that begin in a span of time; whoever of the team takes part, but
 * of what was called off only his own.
 */
export async function unboundWith(
  db: Db,
  { tenant, platform }: Where,
  {
    clients,
    person,
    ...span
  }: { clients: string[]; person: string } & Record<'from' | 'until', Temporal.Instant>,
): Promise<Unbound[]> {
  const found: Unbound[] = [];
  for (const some of batches(clients)) {
    const rows = await db
      .selectFrom('conversation as c')
      .select(['id', 'client_id', 'starts_at', 'ends_at', 'source', 'outcome', 'answered_at'])
      .where('tenant_id', '=', tenant)
      .where('client_id', 'in', some)
      .where('starts_at', '>=', toStored(span.from))
      .where('starts_at', '<', toStored(span.until))
      .where('source', '!=', 'calendar')
      .where('event_key', 'is', null)
      .where(({ or, eb, exists, selectFrom }) =>
        or([
          eb('outcome', 'is', null),
          eb('outcome', '!=', 'cancelled'),
          exists(
            selectFrom('conversation_person as p')
              .select('p.person_id')
              .where('p.tenant_id', '=', tenant)
              .whereRef('p.conversation_id', '=', 'c.id')
              .where('p.platform', '=', platform)
              .where('p.person_id', '=', person),
          ),
        ]),
      )
      .orderBy('id')
      .execute();
    for (const { id, client_id, starts_at, ends_at, source, outcome, answered_at } of rows)
      found.push({
        ...{ id, client: client_id, source, cancelled: outcome === 'cancelled' },
        answeredAt: answered_at === null ? undefined : Temporal.Instant.from(answered_at),
        ...{ start: Temporal.Instant.from(starts_at), end: Temporal.Instant.from(ends_at) },
      });
  }
  return found;
}

/** Keeps which event of a calendar it is. False where it is one already. */
export async function setEvent(tx: Db, tenant: string, id: string, event: string): Promise<boolean> {
  const result = await tx
    .updateTable('conversation')
    .set({ event_key: event })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .where('event_key', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** His calendar tells somebody of it no longer, and he takes part no longer. Of one that nobody takes part in nothing is kept. */
export async function leaveEvent(tx: Db, at: Where, id: string, person: string): Promise<void> {
  const left = await leaveConversation(tx, at, id, person);
  if (left === 0) await removeConversation(tx, at.tenant, id);
  else await leaveToThem(tx, at, id, person);
}

/**
 * What his calendar tells somebody of no longer is its people's to move, as if they had typed it: unless a calendar brought
 * one of them into it, or the calendar of another may tell of it.
 */
export async function leaveToThem(
  tx: Db,
  { tenant, platform }: Where,
  id: string,
  person: string,
): Promise<void> {
  await tx
    .updateTable('conversation')
    .set({ event_key: null, source: 'typed' })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('conversation_person as p')
            .leftJoin('calendar', (join) =>
              join
                .onRef('calendar.tenant_id', '=', 'p.tenant_id')
                .onRef('calendar.platform', '=', 'p.platform')
                .onRef('calendar.person_id', '=', 'p.person_id'),
            )
            .select('p.person_id')
            .where('p.tenant_id', '=', tenant)
            .where('p.conversation_id', '=', id)
            .where('p.platform', '=', platform)
            .where(({ or, and, eb }) =>
              or([
                eb('p.joined', '=', 'by-calendar'),
                and([eb('calendar.person_id', 'is not', null), eb('p.person_id', '!=', person)]),
              ]),
            ),
        ),
      ),
    )
    .execute();
}

/** It is no event of a calendar any more: what that tells of is another. */
export async function releaseEvent(tx: Db, tenant: string, id: string): Promise<void> {
  await tx
    .updateTable('conversation')
    .set({ event_key: null })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .execute();
}
