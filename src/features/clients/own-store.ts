import type { Db } from '../../store/database.ts';
import type { At } from './access-store.ts';
import type { Client } from './clients.ts';
import { clientsWithMember } from './link-store.ts';

/** These clients, those first of whose team somebody is (as its owner or manager too), in the order they have. */
export async function ownFirst(at: At, person: string, clients: Client[]): Promise<Client[]> {
  const own = new Set(await ownOf(at, person, clients));
  return [...own, ...clients.filter((client) => !own.has(client))];
}

/** Those of these clients of whose team somebody is, as its owner or manager too. */
export async function ownOf(at: At, person: string, clients: Client[]): Promise<Client[]> {
  const added = await addedTo(at.tx, at.tenant, person);
  const own = new Set([...added, ...(await clientsWithMember(at.tx, at, person, 'internal'))]);
  return clients.filter(
    ({ id, owner, manager }) => owner.id === person || manager?.id === person || own.has(id),
  );
}

async function addedTo(db: Db, tenant: string, person: string): Promise<string[]> {
  const rows = await db
    .selectFrom('client_team')
    .select('client_id')
    .where('tenant_id', '=', tenant)
    .where('person_id', '=', person)
    .execute();
  return rows.map(({ client_id }) => client_id);
}
