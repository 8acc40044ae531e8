import { batches } from '../../store/batches.ts';
import { type Db, toStored } from '../../store/database.ts';
import type { Conversation } from './conversations.ts';
import { rowOf } from './store.ts';

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

/** It is no event of a calendar any more. */
export async function releaseEvent(tx: Db, tenant: string, id: string): Promise<void> {
  await tx
    .updateTable('conversation')
    .set({ event_key: null })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .execute();
}
