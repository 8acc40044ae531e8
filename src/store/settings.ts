import type { Db } from './database.ts';
import { keptQuery, type Values } from './kept-query.ts';

declare module './database.ts' {
  interface Tables {
    setting: {
      tenant_id: string;
      platform: string;
      scope: string;
      subject: string;
      key: string;
      value: string;
    };
  }
}

export type Scope = 'person' | 'place' | 'tenant';

/** Whose settings: a person of a workspace, a channel of it, or (subject '') the workspace itself. */
export type Whose = { tenant: string; platform: string; scope: Scope; subject: string };

/** Kept settings by `scope.key`, of a person, a place and their workspace together. */
export type Kept = ReadonlyMap<string, string>;

/** Everything that is set for this person, this place and the workspace, read at once. */
export async function readSettings(
  db: Db,
  at: { tenant: string; platform: string; person?: string; place?: string },
): Promise<Kept> {
  const { tenant, platform, person = '', place = '' } = at;
  const rows = await selectSettings(db, { tenant, platform, person, place });
  return new Map(rows.map((row) => [`${row.scope}.${row.key}`, row.value]));
}

const selectSettings = keptQuery(
  (db, value: Values<{ tenant: string; platform: string; person: string; place: string }>) =>
    db
      .selectFrom('setting')
      .select(['scope', 'key', 'value'])
      .where('tenant_id', '=', value('tenant'))
      .where('platform', '=', value('platform'))
      .where((where) =>
        where.or([
          where.and([where('scope', '=', 'person'), where('subject', '=', value('person'))]),
          where.and([where('scope', '=', 'place'), where('subject', '=', value('place'))]),
          where.and([where('scope', '=', 'tenant'), where('subject', '=', '')]),
        ]),
      ),
);

/** Sets one; undefined takes it away. */
export async function writeSetting(
  db: Db,
  whose: Whose,
  key: string,
  value: string | undefined,
): Promise<void> {
  const columns = {
    tenant_id: whose.tenant,
    platform: whose.platform,
    scope: whose.scope,
    subject: whose.subject,
    key,
  };
  if (value === undefined) {
    await db
      .deleteFrom('setting')
      .where((where) => where.and(columns))
      .execute();
    return;
  }
  await db
    .insertInto('setting')
    .values({ ...columns, value })
    .onConflict((on) =>
      on.columns(['tenant_id', 'platform', 'scope', 'subject', 'key']).doUpdateSet({ value }),
    )
    .execute();
}

/** Sets what is not set yet. False when it was: of two at the same time one sets it. */
export async function setOnce(db: Db, whose: Whose, key: string, value: string): Promise<boolean> {
  const { tenant: tenant_id, platform, scope, subject } = whose;
  const result = await db
    .insertInto('setting')
    .values({ tenant_id, platform, scope, subject, key, value })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** The subjects of a workspace for which `key` has `value`: who is admin, say. */
export async function subjectsWith(
  db: Db,
  whose: Omit<Whose, 'subject'>,
  key: string,
  value: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom('setting')
    .select('subject')
    .where('tenant_id', '=', whose.tenant)
    .where('platform', '=', whose.platform)
    .where('scope', '=', whose.scope)
    .where('key', '=', key)
    .where('value', '=', value)
    .orderBy('subject')
    .execute();
  return rows.map((row) => row.subject);
}

/** Everything that people of a workspace have set for themselves, by person and key. */
export async function personalSettings(
  db: Db,
  { tenant, platform }: { tenant: string; platform: string },
): Promise<Map<string, Map<string, string>>> {
  const rows = await db
    .selectFrom('setting')
    .select(['subject', 'key', 'value'])
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('scope', '=', 'person')
    .execute();
  const settings = new Map<string, Map<string, string>>();
  for (const { subject, key, value } of rows)
    settings.set(subject, (settings.get(subject) ?? new Map<string, string>()).set(key, value));
  return settings;
}
