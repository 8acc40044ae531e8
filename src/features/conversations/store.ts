import { type Selectable, sql } from 'kysely';
import { batches } from '../../store/batches.ts';
import { type Db, type Migrations, readsDoNotHold, type Tables, toStored } from '../../store/database.ts';
import type { Colleague } from '../clients/clients.ts';
import { calendarMigrations, moveUntied } from './calendar-store.ts';
import type { Conversation, Joined, Outcome } from './conversations.ts';
import { meetingMigrations } from './meeting-store.ts';
import { migrations as own } from './tables-store.ts';

export const migrations: Migrations = { ...own, ...calendarMigrations, ...meetingMigrations };

type Where = { tenant: string; platform: string };

/** Keeps a new conversation with its people. False when it is kept already: a button pressed twice, or the same event. */
export async function addConversation(
  tx: Db,
  { tenant, platform }: Where,
  conversation: Conversation,
  now: Temporal.Instant,
  event?: string,
): Promise<boolean> {
  const { id, source, people } = conversation;
  const result = await tx
    .insertInto('conversation')
    .values(rowOf(tenant, conversation, now, event))
    .onConflict((on) => on.doNothing())
    .executeTakeFirst();
  if (result.numInsertedOrUpdatedRows !== 1n) return false;
  const joined = source === 'calendar' ? 'by-calendar' : 'by-hand';
  for (const one of people) await joinConversation(tx, { tenant, platform }, id, one, joined);
  return true;
}

/** One as the database keeps it, new; `event`: of a calendar, which. */
export function rowOf(
  tenant: string,
  { id, client, title, start, end, source }: Conversation,
  now: Temporal.Instant,
  event: string | undefined,
) {
  return {
    tenant_id: tenant,
    id,
    client_id: client,
    title: title ?? null,
    starts_at: toStored(start),
    ends_at: toStored(end),
    source,
    event_key: event ?? null,
    outcome: null,
    answered_by_id: null,
    answered_by_name: null,
    answered_at: null,
    asked_at: null,
    created_at: toStored(now),
  };
}

/** Somebody of the team takes part too; what he joined by hand stays so. */
export async function joinConversation(
  tx: Db,
  { tenant, platform }: Where,
  conversation: string,
  { id, name }: Colleague,
  joined: Joined = 'by-hand',
): Promise<void> {
  const key = { tenant_id: tenant, conversation_id: conversation, platform, person_id: id };
  await tx
    .insertInto('conversation_person')
    .values(({ selectFrom }) => ({
      ...{ ...key, person_name: name, joined },
      starts_at: selectFrom('conversation')
        .select('starts_at')
        .where('tenant_id', '=', tenant)
        .where('id', '=', conversation)
        .$asScalar()
        .$notNull(),
    }))
    .onConflict((on) =>
      joined === 'by-hand'
        ? on.columns(['tenant_id', 'conversation_id', 'platform', 'person_id']).doUpdateSet({ joined })
        : on.doNothing(),
    )
    .execute();
}

/** Somebody takes part no longer; how many still do. */
export async function leaveConversation(
  tx: Db,
  { tenant, platform }: Where,
  conversation: string,
  person: string,
): Promise<number> {
  await tx
    .deleteFrom('conversation_person')
    .where('tenant_id', '=', tenant)
    .where('conversation_id', '=', conversation)
    .where('platform', '=', platform)
    .where('person_id', '=', person)
    .execute();
  return (await peopleOf(tx, { tenant, platform }, [conversation])).length;
}

/** One by its id, held until the transaction ends. */
export async function findConversation(tx: Db, at: Where, id: string): Promise<Conversation | undefined> {
  const query = conversations(tx, at.tenant).where('id', '=', id);
  const row = await (readsDoNotHold(tx) ? query.forUpdate() : query).executeTakeFirst();
  const [found] = row ? await withPeople(tx, at, [row]) : [];
  return found;
}

/** That of a calendar's event with this client. */
export async function conversationOf(
  tx: Db,
  at: Where,
  client: string,
  event: string,
): Promise<Conversation | undefined> {
  const row = await conversations(tx, at.tenant)
    .where('client_id', '=', client)
    .where('event_key', '=', event)
    .executeTakeFirst();
  const [found] = row ? await withPeople(tx, at, [row]) : [];
  return found;
}

/** Those that begin in a span of time, by their beginning; of one client, or of all. */
export async function conversationsBetween(
  db: Db,
  at: Where,
  { from, until, client }: { from: Temporal.Instant; until: Temporal.Instant; client?: string | undefined },
): Promise<Conversation[]> {
  const rows = await conversations(db, at.tenant)
    .where('starts_at', '>=', toStored(from))
    .where('starts_at', '<', toStored(until))
    .$if(client !== undefined, (query) => query.where('client_id', '=', client ?? ''))
    .orderBy('starts_at')
    .orderBy('id')
    .execute();
  return withPeople(db, at, rows);
}

/** Keeps what came of it; undefined takes that back. */
export async function keepAnswer(
  tx: Db,
  tenant: string,
  id: string,
  answer: { outcome: Outcome; by: Colleague; at: Temporal.Instant } | undefined,
): Promise<void> {
  await tx
    .updateTable('conversation')
    .set({
      outcome: answer?.outcome ?? null,
      answered_by_id: answer?.by.id ?? null,
      answered_by_name: answer?.by.name ?? null,
      answered_at: answer ? toStored(answer.at) : null,
    })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .execute();
}

/** Keeps when it is, and what its calendar calls it. Who was asked before it begins was asked of another moment. */
export async function moveConversation(
  tx: Db,
  tenant: string,
  { id, start, end, title }: Pick<Conversation, 'id' | 'start' | 'end' | 'title'>,
): Promise<void> {
  await tx
    .updateTable('conversation')
    .set({
      ...{ starts_at: toStored(start), ends_at: toStored(end), title: title ?? null },
      asked_at: sql<string | null>`case when asked_at < ${toStored(start)} then null else asked_at end`,
    })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .execute();
  await tx
    .updateTable('conversation_person')
    .set({ starts_at: toStored(start) })
    .where('tenant_id', '=', tenant)
    .where('conversation_id', '=', id)
    .execute();
}

/** Keeps a conversation no longer that nobody of the team takes part in, and of which nothing is known. */
export async function removeConversation(tx: Db, tenant: string, id: string): Promise<void> {
  await tx
    .deleteFrom('conversation_person')
    .where('tenant_id', '=', tenant)
    .where('conversation_id', '=', id)
    .execute();
  await tx.deleteFrom('conversation').where('tenant_id', '=', tenant).where('id', '=', id).execute();
}

/** The conversations and warnings of one client become another's. */
export async function moveConversations(tx: Db, tenant: string, from: string, to: string): Promise<void> {
  // Of two clients that were one, the same event may be kept twice: each stays, and only one is found by its event.
  await tx
    .updateTable('conversation')
    .set({ event_key: null })
    .where('tenant_id', '=', tenant)
    .where('client_id', '=', from)
    .where('event_key', 'in', (query) =>
      query
        .selectFrom('conversation as other')
        .select('other.event_key')
        .where('other.tenant_id', '=', tenant)
        .where('other.client_id', '=', to)
        .where('other.event_key', 'is not', null),
    )
    .execute();
  await moveUntied(tx, tenant, from, to);
  for (const table of ['conversation', 'early_warning'] as const)
    await tx
      .updateTable(table)
      .set({ client_id: to })
      .where('tenant_id', '=', tenant)
      .where('client_id', '=', from)
      .execute();
}

function conversations(db: Db, tenant: string) {
  return db.selectFrom('conversation').selectAll().where('tenant_id', '=', tenant);
}

async function peopleOf(db: Db, { tenant, platform }: Where, ids: string[]) {
  const rows: Selectable<Tables['conversation_person']>[] = [];
  for (const some of batches(ids))
    rows.push(
      ...(await db
        .selectFrom('conversation_person')
        .selectAll()
        .where('tenant_id', '=', tenant)
        .where('platform', '=', platform)
        .where('conversation_id', 'in', some)
        .execute()),
    );
  // Not in the database: to have them in this order SQLite would go through everybody's.
  return rows.toSorted((one, other) => (one.person_id < other.person_id ? -1 : 1));
}

async function withPeople(
  db: Db,
  at: Where,
  rows: Selectable<Tables['conversation']>[],
): Promise<Conversation[]> {
  const people = Map.groupBy(
    await peopleOf(
      db,
      at,
      rows.map(({ id }) => id),
    ),
    (row) => row.conversation_id,
  );
  return rows.map((row) => conversationFrom(row, people.get(row.id) ?? []));
}

function conversationFrom(
  row: Selectable<Tables['conversation']>,
  people: Selectable<Tables['conversation_person']>[],
): Conversation {
  return {
    id: row.id,
    client: row.client_id,
    title: row.title ?? undefined,
    start: Temporal.Instant.from(row.starts_at),
    end: Temporal.Instant.from(row.ends_at),
    source: row.source,
    event: row.event_key ?? undefined,
    people: people.map(({ person_id, person_name }) => ({ id: person_id, name: person_name })),
    answer:
      row.outcome === null
        ? undefined
        : {
            outcome: row.outcome,
            by: { id: row.answered_by_id ?? '', name: row.answered_by_name ?? '' },
            at: Temporal.Instant.from(row.answered_at ?? row.ends_at),
          },
  };
}
