import { sql } from 'kysely';
import type { Db } from './database.ts';
import { type PersonRecord, readByEmail, readSome } from './people.ts';

/** Those of a workspace's outsiders, colleagues not among them, who are looked for by their address. */

type At = { tenant: string; platform: string };

/** Who has one of these addresses (small letters), by name. */
export async function outsidersWith(db: Db, { tenant, platform }: At, emails: string[]) {
  const found = await readByEmail(db, tenant, emails);
  const ids = found.filter((one) => one.platform === platform).map(({ id }) => id);
  return byName(await readSome(db, platform, tenant, ids));
}

/** Whose address is of one of these domains (small letters), by name. */
export async function outsidersAt(db: Db, { tenant, platform }: At, domains: string[]) {
  if (domains.length === 0) return [];
  const rows = await db
    .selectFrom('person')
    .select('id')
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('outsider', '=', 1)
    .where((where) =>
      where.or(domains.map((domain) => where(sql<string>`lower(email)`, 'like', `%@${domain}`))),
    )
    .execute();
  const ids = rows.map(({ id }) => id);
  return byName(await readSome(db, platform, tenant, ids));
}

function byName(people: PersonRecord[]): PersonRecord[] {
  return people
    .filter(({ outsider }) => outsider)
    .toSorted((one, other) => one.name.localeCompare(other.name));
}
