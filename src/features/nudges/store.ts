import { type Db, toStored } from '../../store/database.ts';
import { mindUntil, type Sent, type Snooze } from './nudges.ts';

export { migrations } from './tables-store.ts';

type Where = { tenant: string; platform: string };

/** Keeps that somebody was told of these matters; what he wanted to hear of later he has heard by that. */
export async function noteSent(
  tx: Db,
  { tenant, platform }: Where,
  { person, kind, keys, at }: Sent,
): Promise<void> {
  if (keys.length === 0) return;
  const who = { tenant_id: tenant, platform, person_id: person };
  await tx
    .insertInto('nudge_sent')
    .values(
      keys.map((key) => ({
        ...{ ...who, kind, key },
        ...{ sent_at: toStored(at), until: toStored(mindUntil(kind, key, at)) },
      })),
    )
    .execute();
  await tx
    .deleteFrom('nudge_snooze')
    .where((where) => where.and(who))
    .where('key', 'in', keys)
    .execute();
}

/**
 * What these people were told and decides by now what they are told next, a message each; conversations know themselves
 * whether somebody was asked.
 */
export async function sentInMind(
  db: Db,
  { tenant, platform }: Where,
  people: string[],
  now: Temporal.Instant,
): Promise<Sent[]> {
  const rows = await db
    .selectFrom('nudge_sent')
    .select(['person_id', 'kind', 'key', 'sent_at'])
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('person_id', 'in', people)
    .where('until', '>=', toStored(now))
    .where('kind', '!=', 'after')
    .execute();
  const messages = new Map<string, Sent>();
  for (const { person_id, kind, key, sent_at } of rows) {
    const id = `${person_id} ${kind} ${sent_at}`;
    const known = messages.get(id);
    if (known) known.keys.push(key);
    else messages.set(id, { person: person_id, kind, keys: [key], at: Temporal.Instant.from(sent_at) });
  }
  return [...messages.values()];
}

/** What stood in a message of this moment (as it is stored) to somebody. */
export async function sentAt(
  db: Db,
  { tenant, platform }: Where,
  person: string,
  at: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom('nudge_sent')
    .select('key')
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('person_id', '=', person)
    .where('kind', 'in', ['between', 'again', 'after'])
    .where('sent_at', '=', at)
    .execute();
  return rows.map(({ key }) => key);
}

/** Takes back that somebody was told this. */
export async function forgetMessage(
  tx: Db,
  { tenant, platform }: Where,
  { person, kind, keys, at }: Sent,
): Promise<void> {
  await tx
    .deleteFrom('nudge_sent')
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('person_id', '=', person)
    .where('kind', '=', kind)
    .where('key', 'in', keys)
    .where('sent_at', '=', toStored(at))
    .execute();
}

/** What was put off until longer ago was told by now, or is none any more. */
const snoozesStay = { hours: 24 * 9 };

/** Forgets what decides nothing any more. */
export async function forgetSent(tx: Db, { tenant, platform }: Where, now: Temporal.Instant): Promise<void> {
  await tx
    .deleteFrom('nudge_snooze')
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('until', '<', toStored(now.subtract(snoozesStay)))
    .execute();
  await tx
    .deleteFrom('nudge_sent')
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('until', '<', toStored(now))
    .execute();
}

/** All that people want to hear of later, or one of them. */
export async function readSnoozes(db: Db, { tenant, platform }: Where, person?: string): Promise<Snooze[]> {
  const rows = await db
    .selectFrom('nudge_snooze')
    .select(['person_id', 'key', 'until'])
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .$if(person !== undefined, (query) => query.where('person_id', '=', person ?? ''))
    .execute();
  return rows.map(({ person_id, key, until }) => ({
    person: person_id,
    key,
    until: Temporal.Instant.from(until),
  }));
}

/** Somebody wants to hear of this later. */
export async function snooze(
  tx: Db,
  { tenant, platform }: Where,
  { person, key, until }: Snooze,
): Promise<void> {
  await tx
    .insertInto('nudge_snooze')
    .values({ tenant_id: tenant, platform, person_id: person, key, until: toStored(until) })
    .onConflict((on) =>
      on.columns(['tenant_id', 'platform', 'person_id', 'key']).doUpdateSet({ until: toStored(until) }),
    )
    .execute();
}

/** Of which clients who hears nothing unasked: ids of clients by the person's id. */
export async function readMutes(db: Db, { tenant, platform }: Where): Promise<Map<string, string[]>> {
  const rows = await db
    .selectFrom('nudge_mute')
    .select(['person_id', 'client_id'])
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .execute();
  const mutes = new Map<string, string[]>();
  for (const { person_id, client_id } of rows)
    mutes.set(person_id, [...(mutes.get(person_id) ?? []), client_id]);
  return mutes;
}

/** Of which clients somebody hears nothing unasked, by their ids. */
export async function mutesOf(db: Db, { tenant, platform }: Where, person: string): Promise<string[]> {
  const rows = await db
    .selectFrom('nudge_mute')
    .select('client_id')
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('person_id', '=', person)
    .execute();
  return rows.map(({ client_id }) => client_id);
}

/** Somebody wants to hear nothing unasked of a client, or again. */
export async function setMute(
  tx: Db,
  { tenant, platform }: Where,
  { person, client, mute }: { person: string; client: string; mute: boolean },
): Promise<void> {
  const row = { tenant_id: tenant, platform, person_id: person, client_id: client };
  if (mute)
    await tx
      .insertInto('nudge_mute')
      .values(row)
      .onConflict((on) => on.doNothing())
      .execute();
  else
    await tx
      .deleteFrom('nudge_mute')
      .where((where) => where.and(row))
      .execute();
}

/** Of whom people heard nothing unasked they hear nothing when that client has become a part of another. */
export async function moveMutes(tx: Db, tenant: string, from: string, to: string): Promise<void> {
  const rows = tx.selectFrom('nudge_mute').where('tenant_id', '=', tenant).where('client_id', '=', from);
  await tx
    .insertInto('nudge_mute')
    .columns(['tenant_id', 'platform', 'person_id', 'client_id'])
    .expression(rows.select(({ val }) => ['tenant_id', 'platform', 'person_id', val(to).as('client_id')]))
    .onConflict((on) => on.doNothing())
    .execute();
  await tx.deleteFrom('nudge_mute').where('tenant_id', '=', tenant).where('client_id', '=', from).execute();
}

/** Which sentence of a group somebody reads next; from 0, and each time the one after. */
export async function nextTurn(
  tx: Db,
  { tenant, platform }: Where,
  person: string,
  group: string,
): Promise<number> {
  const row = await tx
    .insertInto('nudge_turn')
    .values({ tenant_id: tenant, platform, person_id: person, wording: group, turns: 1 })
    .onConflict((on) =>
      on
        .columns(['tenant_id', 'platform', 'person_id', 'wording'])
        .doUpdateSet(({ eb, ref }) => ({ turns: eb(ref('nudge_turn.turns'), '+', 1) })),
    )
    .returning('turns')
    .executeTakeFirstOrThrow();
  return row.turns - 1;
}

/** Whether somebody was told something since then that nobody asked for, conversations apart. */
export async function hadBetween(
  db: Db,
  { tenant, platform }: Where,
  person: string,
  since: Temporal.Instant,
): Promise<boolean> {
  const row = await db
    .selectFrom('nudge_sent')
    .select('key')
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('person_id', '=', person)
    .where('kind', '=', 'between')
    .where('sent_at', '>=', toStored(since))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
