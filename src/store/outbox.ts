import { sql } from 'kysely';
import type { Audience } from '../chat/effect.ts';
import type { Outgoing } from '../chat/platform.ts';
import { type Db, toStored } from './database.ts';
import { newId } from './id.ts';

declare module './database.ts' {
  interface Tables {
    outbox: {
      id: string;
      tenant_id: string;
      platform: string;
      /** Messages of one lane leave one after the other, in their order. */
      lane: string;
      kind: Outgoing['kind'];
      message_key: string | null;
      place: string | null;
      person: string | null;
      thread: string | null;
      audience: Audience;
      card: string;
      form: string | null;
      /** 1: send once more when nobody knows whether it arrived. */
      resend: number;
      /** JSON {job, subject, platform}: run when it can never be sent. */
      otherwise: string | null;
      state: 'waiting' | 'sending';
      attempts: number;
      not_before: string;
      expires_at: string;
      created_at: string;
    };
  }
}

/** A message to send, before it has an id. `lane` orders it among its like. */
export type Letter = Omit<Outgoing, 'id' | 'ref'> & {
  platform: string;
  lane: string;
  key?: string | undefined;
  /** Send it once more when nobody knows whether it arrived. */
  resend: boolean;
  /** The job to run when it can never be sent; `platform` where that is not the letter's own (mail). */
  otherwise?: { job: string; subject: string; platform?: string | undefined } | undefined;
  expiresAt: Temporal.Instant;
};

/** A letter that waits, as the sender takes it. */
export type Waiting = Letter & { id: string; attempts: number; notBefore: Temporal.Instant };

/** Puts a letter into the outbox. An update takes the place of a waiting one for the same message. */
export async function putOut(tx: Db, letter: Letter, now: Temporal.Instant): Promise<void> {
  const row = rowOf(letter, now);
  const insert = tx.insertInto('outbox').values(row);
  if (letter.kind !== 'update') {
    await insert.execute();
    return;
  }
  await insert
    .onConflict((on) =>
      on
        .columns(['tenant_id', 'message_key'])
        // Literals: SQLite compares the words of the partial index, not the values.
        .where('kind', '=', sql.lit('update'))
        .where('state', '=', sql.lit('waiting'))
        // With a new id it stands where the newer one would: after what has been put out in between.
        .doUpdateSet({ id: row.id, card: row.card, audience: row.audience, expires_at: row.expires_at }),
    )
    .execute();
}

function rowOf(letter: Letter, now: Temporal.Instant) {
  return {
    id: newId(),
    tenant_id: letter.tenant,
    platform: letter.platform,
    lane: letter.lane,
    kind: letter.kind,
    message_key: letter.key ?? null,
    place: letter.place ?? null,
    person: letter.person ?? null,
    thread: letter.thread ?? null,
    audience: letter.audience,
    card: JSON.stringify(letter.card),
    form: letter.form ? JSON.stringify(letter.form) : null,
    resend: letter.resend ? 1 : 0,
    otherwise: letter.otherwise ? JSON.stringify(letter.otherwise) : null,
    state: 'waiting' as const,
    attempts: 0,
    not_before: toStored(now),
    expires_at: toStored(letter.expiresAt),
    created_at: toStored(now),
  };
}

/** The first waiting letter of each lane, oldest first. `busy` lanes are left out. */
export async function headsOfLanes(db: Db, busy: ReadonlySet<string>): Promise<Waiting[]> {
  const rows = await db
    .selectFrom('outbox')
    .selectAll()
    .where('id', 'in', (inner) =>
      inner
        .selectFrom('outbox')
        .select((select) => select.fn.min('id').as('id'))
        .where('state', '=', 'waiting')
        .groupBy('lane'),
    )
    .orderBy('id')
    .execute();
  return rows.filter((row) => !busy.has(row.lane)).map(waitingOf);
}

/** Letters whose sending was under way when the process ended: nobody knows whether they arrived. */
export async function unfinished(db: Db): Promise<Waiting[]> {
  const rows = await db
    .selectFrom('outbox')
    .selectAll()
    .where('state', '=', 'sending')
    .orderBy('id')
    .execute();
  return rows.map(waitingOf);
}

function waitingOf(row: import('./database.ts').Tables['outbox']): Waiting {
  return {
    id: row.id,
    tenant: row.tenant_id,
    platform: row.platform,
    lane: row.lane,
    kind: row.kind,
    key: row.message_key ?? undefined,
    place: row.place ?? undefined,
    person: row.person ?? undefined,
    thread: row.thread ?? undefined,
    audience: row.audience,
    card: JSON.parse(row.card),
    form: row.form === null ? undefined : JSON.parse(row.form),
    resend: row.resend === 1,
    otherwise: row.otherwise === null ? undefined : JSON.parse(row.otherwise),
    attempts: row.attempts,
    notBefore: Temporal.Instant.from(row.not_before),
    expiresAt: Temporal.Instant.from(row.expires_at),
  };
}

/** Stamps that the call is about to be made. */
export async function markSending(tx: Db, id: string): Promise<void> {
  await tx.updateTable('outbox').set({ state: 'sending' }).where('id', '=', id).execute();
}

/**
 * Back into the queue, at its old place in the lane, not before `notBefore`. An update that a newer one has
 * overtaken meanwhile is dropped instead: only the newest card of a message matters.
 */
export async function putBack(
  tx: Db,
  letter: Waiting,
  again: { attempts: number; notBefore: Temporal.Instant; resend: boolean },
): Promise<void> {
  if (letter.kind === 'update' && (await overtaken(tx, letter))) {
    await takeOut(tx, letter.id);
    return;
  }
  await tx
    .updateTable('outbox')
    .set({
      state: 'waiting',
      attempts: again.attempts,
      not_before: toStored(again.notBefore),
      resend: again.resend ? 1 : 0,
    })
    .where('id', '=', letter.id)
    .execute();
}

async function overtaken(tx: Db, letter: Waiting): Promise<boolean> {
  const newer = await tx
    .selectFrom('outbox')
    .select('id')
    .where('tenant_id', '=', letter.tenant)
    .where('message_key', '=', letter.key ?? null)
    .where('kind', '=', 'update')
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return newer !== undefined;
}

/** Sent, or given up. */
export async function takeOut(tx: Db, id: string): Promise<void> {
  await tx.deleteFrom('outbox').where('id', '=', id).execute();
}

/** How many letters there are, and since when the oldest waits. */
export async function outboxState(
  db: Db,
): Promise<{ waiting: number; oldest: Temporal.Instant | undefined }> {
  const row = await db
    .selectFrom('outbox')
    .select((select) => [select.fn.countAll().as('waiting'), select.fn.min('created_at').as('oldest')])
    .executeTakeFirstOrThrow();
  return {
    waiting: Number(row.waiting),
    oldest: row.oldest === null ? undefined : Temporal.Instant.from(row.oldest),
  };
}
