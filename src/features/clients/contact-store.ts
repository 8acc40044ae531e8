import { batches } from '../../store/batches.ts';
import type { Db } from '../../store/database.ts';
import { domainOf } from './clients.ts';

type Where = { tenant: string; platform: string };

/**
 * The ids of the clients on whose side somebody is known: he is listed, is in the shared channel, or has an address of
 * the client's domain. `contactsOf` says the same of one client, and who they are.
 */
export async function clientsWithContact(db: Db, { tenant, platform }: Where): Promise<Set<string>> {
  const listed = await db
    .selectFrom('contact')
    .select('client_id')
    .distinct()
    .where('tenant_id', '=', tenant)
    .execute();
  const outsiders = await outsidersOf(db, { tenant, platform });
  const ids = new Set(outsiders.map(({ id }) => id));
  const domains = new Set(outsiders.map(({ email }) => domainOf(email ?? undefined)));
  const shared = await membersShared(db, { tenant, platform });
  const owned = await db
    .selectFrom('client_domain')
    .select(['client_id', 'domain'])
    .where('tenant_id', '=', tenant)
    .execute();
  return new Set([
    ...listed.map(({ client_id }) => client_id),
    ...shared.filter(({ person }) => ids.has(person)).map(({ client }) => client),
    ...owned.filter(({ domain }) => domains.has(domain)).map(({ client_id }) => client_id),
  ]);
}

function outsidersOf(db: Db, { tenant, platform }: Where) {
  return db
    .selectFrom('person')
    .select(['id', 'email'])
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('outsider', '=', 1)
    .where('colleague', '=', 0)
    .execute();
}

/** Who is in the clients' shared channels, our own people too. */
async function membersShared(
  db: Db,
  { tenant, platform }: Where,
): Promise<{ client: string; person: string }[]> {
  const links = await db
    .selectFrom('client_place')
    .select(['client_id', 'place_id'])
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('kind', '=', 'shared')
    .execute();
  const clientOf = new Map(links.map(({ place_id, client_id }) => [place_id, client_id]));
  const members: { client: string; person: string }[] = [];
  // Not a join: PostgreSQL, before it has statistics of new tables, compares each with each.
  for (const places of batches([...clientOf.keys()])) {
    const rows = await db
      .selectFrom('place_member')
      .select(['place_id', 'person_id'])
      .where('tenant_id', '=', tenant)
      .where('platform', '=', platform)
      .where('place_id', 'in', places)
      .execute();
    for (const { place_id, person_id } of rows)
      members.push({ client: clientOf.get(place_id) ?? '', person: person_id });
  }
  return members;
}
