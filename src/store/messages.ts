import { type Db, toStored } from './database.ts';

declare module './database.ts' {
  interface Tables {
    message: {
      tenant_id: string;
      platform: string;
      /** What the feature calls it, `poll:ID`. */
      key: string;
      place: string | null;
      ref: string | null;
      link: string | null;
      posted_at: string;
    };
  }
}

/** A posted message that can be found again: to update it (`ref`) or to lead a person there (`link`). */
export type PostedMessage = { ref: string | undefined; link: string | undefined };

export async function findMessage(
  db: Db,
  at: { tenant: string; platform: string },
  key: string,
): Promise<PostedMessage | undefined> {
  const row = await db
    .selectFrom('message')
    .select(['ref', 'link'])
    .where('tenant_id', '=', at.tenant)
    .where('platform', '=', at.platform)
    .where('key', '=', key)
    .executeTakeFirst();
  return row && { ref: row.ref ?? undefined, link: row.link ?? undefined };
}

/** Remembers where a message stands; a later one of the same key takes its place. */
export async function keepMessage(
  db: Db,
  at: { tenant: string; platform: string; place: string | undefined; now: Temporal.Instant },
  key: string,
  message: PostedMessage,
): Promise<void> {
  const facts = {
    place: at.place ?? null,
    ref: message.ref ?? null,
    link: message.link ?? null,
    posted_at: toStored(at.now),
  };
  await db
    .insertInto('message')
    .values({ tenant_id: at.tenant, platform: at.platform, key, ...facts })
    .onConflict((on) => on.columns(['tenant_id', 'platform', 'key']).doUpdateSet(facts))
    .execute();
}
