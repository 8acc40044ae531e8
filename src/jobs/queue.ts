import { type Db, toStored } from '../store/database.ts';
import { newId } from '../store/id.ts';
import { keptQuery, type Values } from '../store/kept-query.ts';

declare module '../store/database.ts' {
  interface Tables {
    job: {
      id: string;
      tenant_id: string;
      platform: string;
      /** `<feature>.<verb>`. */
      name: string;
      subject: string;
      /** Set when only one such job may wait at a time. */
      once_key: string | null;
      due_at: string;
      attempts: number;
      /** failed: given up after the last attempt, kept to be looked at. */
      state: 'waiting' | 'failed';
      last_error: string | null;
      created_at: string;
    };
  }
}

export type JobOrder = {
  tenant: string;
  platform: string;
  name: string;
  subject: string;
  at: Temporal.Instant;
  once?: boolean | undefined;
};

export type DueJob = {
  id: string;
  tenant: string;
  platform: string;
  name: string;
  subject: string;
  attempts: number;
};

/** Enqueues work inside the caller's transaction. With `once` a waiting one of that name and subject is kept. */
export async function enqueue(tx: Db, order: JobOrder, now: Temporal.Instant): Promise<void> {
  const { tenant, platform, name, subject } = order;
  await insertJob(tx, {
    ...{ id: newId(), tenant, platform, name, subject },
    onceKey: order.once ? subject : null,
    at: toStored(order.at),
    now: toStored(now),
  });
}

type NewJob = Record<'id' | 'tenant' | 'platform' | 'name' | 'subject' | 'at' | 'now', string> & {
  onceKey: string | null;
};

const insertJob = keptQuery((tx, value: Values<NewJob>) =>
  tx
    .insertInto('job')
    .values({
      id: value('id'),
      tenant_id: value('tenant'),
      platform: value('platform'),
      name: value('name'),
      subject: value('subject'),
      once_key: value('onceKey'),
      due_at: value('at'),
      attempts: 0,
      state: 'waiting',
      last_error: null,
      created_at: value('now'),
    })
    .onConflict((on) => on.doNothing()),
);

/** Jobs whose time has come, the oldest first. */
export async function dueJobs(db: Db, now: Temporal.Instant, most: number): Promise<DueJob[]> {
  const rows = await db
    .selectFrom('job')
    .select(['id', 'tenant_id', 'platform', 'name', 'subject', 'attempts'])
    .where('state', '=', 'waiting')
    .where('due_at', '<=', toStored(now))
    .orderBy('due_at')
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map(({ tenant_id: tenant, ...rest }) => ({ tenant, ...rest }));
}

/**
 * Takes a job in the transaction that does its work: it is gone exactly when the work is done. False when another
 * process was first; on PostgreSQL the delete waits for that one's end.
 */
export async function take(tx: Db, id: string): Promise<boolean> {
  const result = await tx
    .deleteFrom('job')
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** A failed attempt: again at `again`, or set aside when there is no such time. */
export async function retryOrSetAside(
  tx: Db,
  job: DueJob,
  error: string,
  again: Temporal.Instant | undefined,
): Promise<void> {
  await tx
    .updateTable('job')
    .set({
      attempts: job.attempts + 1,
      last_error: error,
      ...(again ? { due_at: toStored(again) } : { state: 'failed' as const }),
    })
    .where('id', '=', job.id)
    .execute();
}

/** How long the longest-waiting due job is late, in seconds; 0 when none is. */
export async function jobLag(db: Db, now: Temporal.Instant): Promise<number> {
  const row = await db
    .selectFrom('job')
    .select((select) => select.fn.min('due_at').as('oldest'))
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
  if (row.oldest === null) return 0;
  return Math.max(0, now.since(Temporal.Instant.from(row.oldest)).total('seconds'));
}
