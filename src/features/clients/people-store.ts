import type { Selectable } from 'kysely';
import { languageOf } from '../../chat/request.ts';
import { type Db, type Tables, toStored } from '../../store/database.ts';
import type { Colleague, Contact } from './clients.ts';

/** A contact that the team keeps. */
export type Listed = Contact & { client: string };

/** The contacts that the team keeps of a client, in the order in which they were added. */
export async function readListed(db: Db, tenant: string, client: string): Promise<Listed[]> {
  const rows = await listed(db, tenant).where('client_id', '=', client).orderBy('id').execute();
  return rows.map(listedOf);
}

/** Everywhere that somebody is kept as a contact, by who he is or by his address. */
export async function listedAs(
  db: Db,
  tenant: string,
  { person, email }: { person: string; email: string | undefined },
): Promise<Listed[]> {
  const rows = await listed(db, tenant)
    .where((where) =>
      where.or([
        where('person_id', '=', person),
        ...(email === undefined ? [] : [where('email', '=', email.toLowerCase())]),
      ]),
    )
    .execute();
  return rows.map(listedOf);
}

function listed(db: Db, tenant: string) {
  return db.selectFrom('contact').selectAll().where('tenant_id', '=', tenant);
}

function listedOf(row: Selectable<Tables['contact']>): Listed {
  return {
    id: row.id,
    client: row.client_id,
    name: row.name,
    role: row.role ?? undefined,
    language: languageOf(row.language ?? undefined),
    person: row.person_id ?? undefined,
    email: row.email ?? undefined,
    listed: true,
  };
}

/** Keeps a contact. False when this person or this address is kept already. */
export async function addContact(
  tx: Db,
  tenant: string,
  contact: Omit<Listed, 'listed'>,
  now: Temporal.Instant,
): Promise<boolean> {
  const result = await tx
    .insertInto('contact')
    .values({
      tenant_id: tenant,
      id: contact.id,
      client_id: contact.client,
      name: contact.name,
      role: contact.role ?? null,
      language: contact.language ?? null,
      person_id: contact.person ?? null,
      email: contact.email ?? null,
      added_at: toStored(now),
    })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Keeps what was changed of a contact. */
export async function changeContact(tx: Db, tenant: string, contact: Omit<Listed, 'listed'>): Promise<void> {
  await tx
    .updateTable('contact')
    .set({
      name: contact.name,
      role: contact.role ?? null,
      language: contact.language ?? null,
      person_id: contact.person ?? null,
      email: contact.email ?? null,
    })
    .where('tenant_id', '=', tenant)
    .where('id', '=', contact.id)
    .execute();
}

/** Keeps a contact no longer. */
export async function removeContact(tx: Db, tenant: string, id: string): Promise<void> {
  await tx.deleteFrom('contact').where('tenant_id', '=', tenant).where('id', '=', id).execute();
}

/** The client that counts this e-mail domain as its own. */
export async function clientOfDomain(db: Db, tenant: string, domain: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('client_domain')
    .select('client_id')
    .where('tenant_id', '=', tenant)
    .where('domain', '=', domain)
    .executeTakeFirst();
  return row?.client_id;
}

/** The e-mail domains of a client, sorted. */
export async function readDomains(db: Db, tenant: string, client: string): Promise<string[]> {
  const rows = await db
    .selectFrom('client_domain')
    .select('domain')
    .where('tenant_id', '=', tenant)
    .where('client_id', '=', client)
    .execute();
  return rows.map(({ domain }) => domain).toSorted();
}

/** A client counts this domain as its own. False when it is somebody's already. */
export async function addDomain(tx: Db, tenant: string, client: string, domain: string): Promise<boolean> {
  const result = await tx
    .insertInto('client_domain')
    .values({ tenant_id: tenant, domain, client_id: client })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** A client counts this domain as its own no longer. */
export async function removeDomain(tx: Db, tenant: string, client: string, domain: string): Promise<void> {
  await tx
    .deleteFrom('client_domain')
    .where('tenant_id', '=', tenant)
    .where('client_id', '=', client)
    .where('domain', '=', domain)
    .execute();
}

/** Who was added to the team of a client, by name. */
export async function readAdded(db: Db, tenant: string, client: string): Promise<Colleague[]> {
  const rows = await db
    .selectFrom('client_team')
    .select(['person_id', 'person_name'])
    .where('tenant_id', '=', tenant)
    .where('client_id', '=', client)
    .execute();
  const added = rows.map(({ person_id, person_name }) => ({ id: person_id, name: person_name }));
  return added.toSorted((one, other) => one.name.localeCompare(other.name));
}

/** Adds somebody to the team of a client. False when he was of it. */
export async function addColleague(
  tx: Db,
  tenant: string,
  client: string,
  { id, name }: Colleague,
): Promise<boolean> {
  const result = await tx
    .insertInto('client_team')
    .values({ tenant_id: tenant, client_id: client, person_id: id, person_name: name })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Takes somebody off the team of a client. */
export async function removeColleague(tx: Db, tenant: string, client: string, person: string): Promise<void> {
  await tx
    .deleteFrom('client_team')
    .where('tenant_id', '=', tenant)
    .where('client_id', '=', client)
    .where('person_id', '=', person)
    .execute();
}
