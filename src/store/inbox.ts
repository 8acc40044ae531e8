import { type Db, toStored } from './database.ts';
import { keptQuery, type Values } from './kept-query.ts';

declare module './database.ts' {
  interface Tables {
    inbox: { tenant_id: string; key: string; received_at: string };
  }
}

/** Notes that a thing was heard. False when it was heard before. */
export async function claim(tx: Db, tenant: string, key: string, now: Temporal.Instant): Promise<boolean> {
  const claimed = await insertKey(tx, { tenant, key, now: toStored(now) });
  return claimed.length === 1;
}

const insertKey = keptQuery((tx, value: Values<{ tenant: string; key: string; now: string }>) =>
  tx
    .insertInto('inbox')
    .values({ tenant_id: value('tenant'), key: value('key'), received_at: value('now') })
    .onConflict((on) => on.doNothing())
    .returning('key'),
);

/** Forgets what no platform delivers again: everything heard before `before`. */
export async function forgetHeard(tx: Db, before: Temporal.Instant): Promise<void> {
  await tx.deleteFrom('inbox').where('received_at', '<', toStored(before)).execute();
}
