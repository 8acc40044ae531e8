import type { Db } from '../../store/database.ts';
import { addColleague, type Listed, readAdded, readListed, removeContact } from './people-store.ts';

/** Contacts, domains and team of one client become another's; what that one has already is not doubled. */
export async function movePeople(tx: Db, tenant: string, from: string, to: string): Promise<void> {
  for (const one of await readListed(tx, tenant, from)) await moveContact(tx, tenant, one, to);
  for (const colleague of await readAdded(tx, tenant, from)) await addColleague(tx, tenant, to, colleague);
  await tx.deleteFrom('client_team').where('tenant_id', '=', tenant).where('client_id', '=', from).execute();
  await tx
    .updateTable('client_domain')
    .set({ client_id: to })
    .where('tenant_id', '=', tenant)
    .where('client_id', '=', from)
    .execute();
}

/** Of somebody whom both clients keep, the one kept tells what the other did not. */
async function moveContact(tx: Db, tenant: string, one: Listed, to: string): Promise<void> {
  const had = await readListed(tx, tenant, to);
  const byPerson = had.find(({ person }) => person !== undefined && person === one.person);
  const byEmail = had.find(({ email }) => email !== undefined && email === one.email);
  // Two people may have one address, of an office say.
  const same = byPerson ?? (byEmail?.person && one.person ? undefined : byEmail);
  const email = byEmail ? undefined : one.email;
  if (!same) return writeContact(tx, tenant, one.id, { ...one, client: to, email });
  await removeContact(tx, tenant, one.id);
  await writeContact(tx, tenant, same.id, {
    ...same,
    name: same.name === same.email ? one.name : same.name,
    role: same.role ?? one.role,
    language: same.language ?? one.language,
    person: same.person ?? one.person,
    email: same.email ?? email,
  });
}

async function writeContact(tx: Db, tenant: string, id: string, contact: Listed): Promise<void> {
  const { client, name, role = null, language = null, person = null, email = null } = contact;
  await tx
    .updateTable('contact')
    .set({ client_id: client, name, role, language, person_id: person, email })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .execute();
}
