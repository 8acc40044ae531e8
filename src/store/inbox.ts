import { type Db, toStored } from './database.ts';

declare module './database.ts' {
  interface Tables {
    inbox: { tenant_id: string; key: string; received_at: string };
  }
}

/** Notes that a thing was heard. False when it was heard before. */
export async function claim(tx: Db, tenant: string, key: string, now: Temporal.Instant): Promise<boolean> {
  const result = await tx
    .insertInto('inbox')
    .values({ tenant_id: tenant, key, received_at: toStored(now) })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Forgets what no platform delivers again: everything heard before `before`. */
export async function forgetHeard(tx: Db, before: Temporal.Instant): Promise<void> {
  await tx.deleteFrom('inbox').where('received_at', '<', toStored(before)).execute();
}
