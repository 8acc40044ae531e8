import type { Selectable } from 'kysely';
import { z } from 'zod';
import { type Db, readsDoNotHold, type Tables, toStored } from '../../store/database.ts';
import { keptQuery, type Values } from '../../store/kept-query.ts';
import type { Kind, Poll, PollState } from './polls.ts';

export { migrations } from './tables-store.ts';

const countsSchema = z.array(z.number());

function pollOf(row: Selectable<Tables['poll']>): Poll {
  return {
    id: row.id,
    kind: row.kind,
    wording: { question: row.question, low: row.low_words, high: row.high_words },
    anonymous: row.anonymous === 1,
    series: row.series_id ?? undefined,
    place: row.place_id,
    placeName: row.place_name ?? undefined,
    shared: row.shared === 1,
    topic: row.topic ?? undefined,
    language: row.language === 'en' ? 'en' : 'nl',
    asker: {
      id: row.asker_id,
      name: row.asker_name,
      language: row.asker_language === 'en' ? 'en' : 'nl',
    },
    timeZone: row.time_zone,
    invited: row.invited ?? undefined,
    askedAt: Temporal.Instant.from(row.asked_at),
    closesAt: Temporal.Instant.from(row.ended_at ?? row.closes_at),
    state: row.state,
    resultShared: row.shared_at !== null,
    counts: row.counts === null ? undefined : countsSchema.parse(JSON.parse(row.counts)),
    answered: row.answered ?? undefined,
    reasons: row.reasons ?? undefined,
  };
}

/** Keeps a new poll. False when one of its kind is open in that place already. */
export async function openPoll(tx: Db, tenant: string, platform: string, poll: Poll): Promise<boolean> {
  const result = await tx
    .insertInto('poll')
    .values({
      tenant_id: tenant,
      id: poll.id,
      platform,
      place_id: poll.place,
      place_name: poll.placeName ?? null,
      shared: poll.shared ? 1 : 0,
      topic: poll.topic ?? null,
      language: poll.language,
      asker_id: poll.asker.id,
      asker_name: poll.asker.name,
      asker_language: poll.asker.language,
      time_zone: poll.timeZone,
      invited: poll.invited ?? null,
      asked_at: toStored(poll.askedAt),
      closes_at: toStored(poll.closesAt),
      state: poll.state,
      ended_at: null,
      shared_at: null,
      kind: poll.kind,
      question: poll.wording.question,
      low_words: poll.wording.low,
      high_words: poll.wording.high,
      anonymous: poll.anonymous ? 1 : 0,
      series_id: poll.series ?? null,
      counts: null,
      answered: null,
      reasons: null,
    })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** A poll as it is now. */
export async function findPoll(db: Db, tenant: string, id: string): Promise<Poll | undefined> {
  const row = await pollsOf(db, tenant).where('id', '=', id).executeTakeFirst();
  return row && pollOf(row);
}

/** The polls asked where clients are that are open, or closed since a moment; the oldest first. */
export async function pollsSince(
  db: Db,
  { tenant, platform }: { tenant: string; platform: string },
  since: Temporal.Instant,
): Promise<Poll[]> {
  const rows = await pollsOf(db, tenant)
    .where('platform', '=', platform)
    .where('shared', '=', 1)
    .where(({ or, and, eb }) =>
      or([eb('state', '=', 'open'), and([eb('state', '=', 'closed'), eb('ended_at', '>', toStored(since))])]),
    )
    .orderBy('asked_at')
    .execute();
  return rows.map(pollOf);
}

/** A poll that cannot end before this transaction does: what is stored by it is still counted. */
export async function holdPoll(tx: Db, tenant: string, id: string): Promise<Poll | undefined> {
  const [row] = await selectHeld(tx, { tenant, id });
  return row && pollOf(row);
}

const selectHeld = keptQuery((tx, value: Values<{ tenant: string; id: string }>) => {
  const query = tx
    .selectFrom('poll')
    .selectAll()
    .where('tenant_id', '=', value('tenant'))
    .where('id', '=', value('id'));
  return readsDoNotHold(tx) ? query.forShare() : query;
});

function pollsOf(db: Db, tenant: string) {
  return db.selectFrom('poll').selectAll().where('tenant_id', '=', tenant);
}

/** The newest poll of a place that is of one of these kinds, in one of these states. */
export async function newestPoll(
  db: Db,
  tenant: string,
  at: { platform: string; place: string },
  kinds: readonly Kind[],
  states: PollState[],
): Promise<Poll | undefined> {
  const row = await pollsOf(db, tenant)
    .where('platform', '=', at.platform)
    .where('place_id', '=', at.place)
    .where('kind', 'in', kinds)
    .where('state', 'in', states)
    .orderBy('asked_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && pollOf(row);
}

/** The last poll of a kind that had closed in a place before then. */
export async function lastClosed(
  db: Db,
  tenant: string,
  at: { platform: string; place: string },
  kind: Kind,
  before: Temporal.Instant,
): Promise<Poll | undefined> {
  const row = await pollsOf(db, tenant)
    .where('platform', '=', at.platform)
    .where('place_id', '=', at.place)
    .where('kind', '=', kind)
    .where('state', '=', 'closed')
    .where('ended_at', '<', toStored(before))
    .orderBy('ended_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && pollOf(row);
}

/**
 * The last closed polls before this one in its place, the oldest first, that asked the same kind of question about the
 * same, of the same people (the team, or the client), and as anonymously.
 */
export async function pollsBefore(
  db: Db,
  tenant: string,
  platform: string,
  poll: Poll,
  most: number,
): Promise<Poll[]> {
  const rows = await pollsOf(db, tenant)
    .where('platform', '=', platform)
    .where('place_id', '=', poll.place)
    .where('kind', '=', poll.kind)
    .where('shared', '=', poll.shared ? 1 : 0)
    .where('anonymous', '=', poll.anonymous ? 1 : 0)
    .where('topic', poll.topic === undefined ? 'is' : '=', poll.topic ?? null)
    .where('state', '=', 'closed')
    .where('asked_at', '<', toStored(poll.askedAt))
    .orderBy('asked_at', 'desc')
    .limit(most)
    .execute();
  return rows.map(pollOf).reverse();
}

/** More people can answer than it was put to in its place: so many were invited elsewhere. */
export async function addInvited(tx: Db, tenant: string, id: string, more: number): Promise<void> {
  await tx
    .updateTable('poll')
    .set((set) => ({ invited: set('invited', '+', more) }))
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .execute();
}

/** Closes or cancels an open poll. False when it was not open any more. */
export async function endPoll(
  tx: Db,
  tenant: string,
  id: string,
  state: 'closed' | 'cancelled',
  now: Temporal.Instant,
): Promise<boolean> {
  const result = await tx
    .updateTable('poll')
    .set({ state, ended_at: toStored(now) })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Keeps what was counted when it closed. */
export async function keepCounts(
  tx: Db,
  tenant: string,
  { id, counts = [], answered = 0, reasons }: Poll,
): Promise<void> {
  await tx
    .updateTable('poll')
    .set({ counts: JSON.stringify(counts), answered, reasons: reasons ?? null })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .execute();
}

/** Notes that the client sees the result. False when that was done before. */
export async function markShared(
  tx: Db,
  tenant: string,
  id: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const result = await tx
    .updateTable('poll')
    .set({ shared_at: toStored(now) })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .where('shared_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
