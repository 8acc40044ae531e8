import { sql } from 'kysely';
import type { Audience } from '../chat/effect.ts';
import type { Outgoing } from '../chat/platform.ts';
import { type Db, toStored } from './database.ts';
import { newId } from './id.ts';
import { keptQuery, type Values } from './kept-query.ts';

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
  otherwise?:
    | { job: string; subject: string; only?: 'expired' | undefined; platform?: string | undefined }
    | undefined;
  expiresAt: Temporal.Instant;
};

/** A letter that the sender has taken up. */
export type Waiting = Letter & { id: string; attempts: number };

/** Whose letters wait: each workspace is sent to at a pace of its own. */
export type Workspace = { platform: string; tenant: string };

/** The first waiting letter of a lane. */
export type Head = { id: string; lane: string; kind: Outgoing['kind']; notBefore: Temporal.Instant };

/** Puts a letter into the outbox. An update takes the place of a waiting one for the same message. */
export async function putOut(tx: Db, letter: Letter, now: Temporal.Instant): Promise<void> {
  const row = rowOf(letter, now);
  if (letter.kind !== 'update') {
    await insertLetter(tx, row);
    return;
  }
  await tx
    .insertInto('outbox')
    .values(row)
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

const insertLetter = keptQuery((tx, value: Values<ReturnType<typeof rowOf>>) =>
  tx.insertInto('outbox').values({
    id: value('id'),
    tenant_id: value('tenant_id'),
    platform: value('platform'),
    lane: value('lane'),
    kind: value('kind'),
    message_key: value('message_key'),
    place: value('place'),
    person: value('person'),
    thread: value('thread'),
    audience: value('audience'),
    card: value('card'),
    form: value('form'),
    resend: value('resend'),
    otherwise: value('otherwise'),
    state: value('state'),
    attempts: value('attempts'),
    not_before: value('not_before'),
    expires_at: value('expires_at'),
    created_at: value('created_at'),
  }),
);

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

/** The first workspace for which letters wait, or the next after `after`. */
export async function nextWorkspace(
  db: Db,
  { platform, tenant }: Workspace = { platform: '', tenant: '' },
): Promise<Workspace | undefined> {
  // In two steps: each finds its row by the index at once, however many letters wait for the workspace before.
  const [here] = await selectTenant(db, { platform, tenant });
  const [row] = here ? [here] : await selectPlatform(db, { platform });
  return row && { platform: row.platform, tenant: row.tenant_id };
}

const selectTenant = keptQuery((db, value: Values<Workspace>) =>
  workspaces(db)
    .where('platform', '=', value('platform'))
    .where('tenant_id', '>', value('tenant'))
    .orderBy('tenant_id'),
);

const selectPlatform = keptQuery((db, value: Values<{ platform: string }>) =>
  workspaces(db).where('platform', '>', value('platform')).orderBy('platform').orderBy('tenant_id'),
);

function workspaces(db: Db) {
  return db.selectFrom('outbox').select(['platform', 'tenant_id']).where('state', '=', 'waiting').limit(1);
}

/**
 * The heads of at most `most` lanes of a workspace: of its first ones, or of those after the lane `after`. It costs the
 * same however many letters wait.
 */
export async function headsOfLanes(
  db: Db,
  { platform, tenant }: Workspace,
  { after = '', most }: { after?: string | undefined; most: number },
): Promise<Head[]> {
  const rows = await selectHeads(db, { platform, tenant, after, most });
  return rows.map(({ not_before, ...head }) => ({ ...head, notBefore: Temporal.Instant.from(not_before) }));
}

type HeadRow = Omit<Head, 'notBefore'> & { not_before: string };

/** From lane to lane by the index, past all that waits within each. */
const selectHeads = keptQuery((_, value: Values<Workspace & { after: string; most: number }>) => {
  const waiting = sql`state = 'waiting' and platform = ${value('platform')} and tenant_id = ${value('tenant')}`;
  return sql<HeadRow>`
    with recursive lanes(lane, n) as (
      select min(lane), 1 from outbox where ${waiting} and lane > ${value('after')}
      union all
      select (select min(lane) from outbox where ${waiting} and lane > lanes.lane), n + 1
      from lanes where lanes.lane is not null and n < ${value('most')}
    )
    select id, lane, kind, not_before from outbox
    where id in (select (select min(id) from outbox where ${waiting} and lane = lanes.lane) from lanes)
    order by lane`;
});

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
    expiresAt: Temporal.Instant.from(row.expires_at),
  };
}

/** Takes a letter up, stamped that the call is about to be made; undefined when it does not wait any more. */
export async function markSending(tx: Db, id: string): Promise<Waiting | undefined> {
  const [row] = await updateToSending(tx, { id });
  return row && waitingOf(row);
}

const updateToSending = keptQuery((tx, value: Values<{ id: string }>) =>
  tx
    .updateTable('outbox')
    .set({ state: 'sending' })
    .where('id', '=', value('id'))
    .where('state', '=', 'waiting')
    .returningAll(),
);

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
  await deleteLetter(tx, { id });
}

const deleteLetter = keptQuery((tx, value: Values<{ id: string }>) =>
  tx.deleteFrom('outbox').where('id', '=', value('id')),
);

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
