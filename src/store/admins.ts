import type { Db } from './database.ts';
import { type PersonRecord, readPeople } from './people.ts';
import { subjectsWith } from './settings.ts';

/**
 * One of those who administer Belay, other than `but`. Who was appointed for Belay is nearer to it than who administers
 * the whole workspace.
 */
export async function someAdmin(
  db: Db,
  at: { tenant: string; platform: string },
  ...but: string[]
): Promise<PersonRecord | undefined> {
  const { tenant, platform } = at;
  const appointed = new Set(await subjectsWith(db, { tenant, platform, scope: 'person' }, 'role', 'admin'));
  const people = await readPeople(db, platform, tenant, { outsiders: false });
  const admins = people.filter(({ id, admin }) => !but.includes(id) && (admin || appointed.has(id)));
  return admins.find(({ id }) => appointed.has(id)) ?? admins[0];
}
