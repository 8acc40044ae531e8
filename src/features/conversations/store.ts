import { type Selectable, sql } from 'kysely';
import { batches } from '../../store/batches.ts';
import { type Db, type Migrations, readsDoNotHold, type Tables, toStored } from '../../store/database.ts';
import type { Colleague } from '../clients/clients.ts';
import type { Talk } from '../nudges/nudges.ts';
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

function rowOf(
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

/** One in somebody's calendar, as it is kept. */
export type Own = Pick<Conversation, 'id' | 'client' | 'start' | 'end' | 'title' | 'source'> & {
  event: string | undefined;
  answered: boolean;
  joined: Joined;
};

/** Those that somebody of the team takes part in and that begin in a span of time, in their order. */
export async function conversationsWith(
  db: Db,
  { tenant, platform }: Where,
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

/** Conversations this long ago are not asked about any more. */
const askedWithin = { hours: 24 * 8 };

/** The conversations of these people that are to come and begin before `until`, each with those of them who take part. */
export async function talksAhead(
  db: Db,
  at: Where,
  { now, until, people }: { now: Temporal.Instant; until: Temporal.Instant; people: string[] },
): Promise<Talk[]> {
  const rows: TalkRow[] = [];
  for (const some of batches(people))
    rows.push(
      ...(await talksOf(db, at)
        .where('person_id', 'in', some)
        .where('p.starts_at', '>=', toStored(now))
        .where('p.starts_at', '<', toStored(until))
        .execute()),
    );
  return talksFrom(rows, () => undefined);
}

/**
 * The conversations that have begun and of which nobody was asked yet, and those among `snoozed`, with all their people;
 * who looks after the client (`owner`) stands first, as he is asked before others are.
 */
export async function talksToAsk(
  db: Db,
  at: Where,
  {
    now,
    snoozed,
    owner,
  }: { now: Temporal.Instant; snoozed: string[]; owner: (client: string) => string | undefined },
): Promise<Talk[]> {
  const begun = () => talksOf(db, at).where('c.starts_at', '<', toStored(now));
  const rows = await begun()
    .where('c.starts_at', '>=', toStored(now.subtract(askedWithin)))
    .where('outcome', 'is', null)
    .where('asked_at', 'is', null)
    .execute();
  for (const ids of batches(snoozed)) rows.push(...(await begun().where('c.id', 'in', ids).execute()));
  return talksFrom(rows, owner);
}

function talksFrom(rows: TalkRow[], owner: (client: string) => string | undefined): Talk[] {
  const talks = new Map<string, Talk>();
  for (const row of rows) {
    const known = talks.get(row.id);
    if (!known) talks.set(row.id, talkFrom(row));
    // Snoozed before anybody was asked: it was found twice.
    else if (!known.people.includes(row.person_id)) known.people.push(row.person_id);
  }
  // Rows come in any order, and who is asked must not hang on it.
  for (const { people, client } of talks.values()) {
    const first = owner(client);
    people.sort((one, other) => Number(other === first) - Number(one === first) || (one < other ? -1 : 1));
  }
  return [...talks.values()];
}

function talksOf(db: Db, { tenant, platform }: Where) {
  return db
    .selectFrom('conversation_person as p')
    .innerJoin('conversation as c', (join) =>
      join.onRef('c.tenant_id', '=', 'p.tenant_id').onRef('c.id', '=', 'p.conversation_id'),
    )
    .select(['c.id', 'client_id', 'c.starts_at', 'ends_at', 'outcome', 'asked_at', 'person_id'])
    .where('c.tenant_id', '=', tenant)
    .where('p.tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where((where) => where.or([where('outcome', 'is', null), where('outcome', '!=', 'cancelled')]));
}

type TalkRow = Awaited<ReturnType<ReturnType<typeof talksOf>['execute']>>[number];

function talkFrom({ id, client_id, starts_at, ends_at, outcome, asked_at, person_id }: TalkRow): Talk {
  return {
    id,
    client: client_id,
    start: Date.parse(starts_at),
    end: Date.parse(ends_at),
    people: [person_id],
    asked: asked_at !== null,
    answered: outcome !== null,
  };
}

/** Keeps that somebody was asked about these. */
export async function noteAskedAbout(
  tx: Db,
  tenant: string,
  ids: string[],
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('conversation')
    .set({ asked_at: toStored(now) })
    .where('tenant_id', '=', tenant)
    .where('id', 'in', ids)
    .execute();
}

/** Those of these about which somebody was asked already. */
export async function askedAmong(db: Db, tenant: string, ids: string[]): Promise<Set<string>> {
  const asked = new Set<string>();
  for (const some of batches(ids)) {
    const rows = await db
      .selectFrom('conversation')
      .select('id')
      .where('tenant_id', '=', tenant)
      .where('id', 'in', some)
      .where('asked_at', 'is not', null)
      .execute();
    for (const { id } of rows) asked.add(id);
  }
  return asked;
}

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

/** Which event of a calendar it is. */
export async function eventOf(db: Db, tenant: string, id: string): Promise<string | undefined> {
  const row = await conversations(db, tenant).where('id', '=', id).executeTakeFirst();
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
