import type { Selectable } from 'kysely';
import { languageOf } from '../../chat/request.ts';
import { type Db, readsDoNotHold, type Tables, toStored } from '../../store/database.ts';
import { codeOf } from '../../store/store-error.ts';
import { type Client, plainName } from './clients.ts';

export { migrations } from './tables-store.ts';

/** Keeps a new client. False when there is one of that name. */
export async function addClient(tx: Db, tenant: string, client: Client): Promise<boolean> {
  const result = await tx
    .insertInto('client')
    .values({
      tenant_id: tenant,
      id: client.id,
      ...changing(client),
      created_at: toStored(client.createdAt),
      archived_at: null,
      merged_into: null,
    })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

function changing(client: Client) {
  return {
    name: client.name,
    plain_name: plainName(client.name),
    owner_id: client.owner.id,
    owner_name: client.owner.name,
    manager_id: client.manager?.id ?? null,
    manager_name: client.manager?.name ?? null,
    rhythm_days: client.rhythmDays,
    language: client.language ?? null,
    knows_need: client.knowsNeed === undefined ? null : Number(client.knowsNeed),
  };
}

/** A client, archived or not; of one that became a part of another, that other. */
export async function findClient(db: Db, tenant: string, id: string): Promise<Client | undefined> {
  const row = await one(db, tenant, id).executeTakeFirst();
  if (!row?.merged_into) return row && clientOf(row);
  const into = await one(db, tenant, row.merged_into).executeTakeFirst();
  return into && clientOf(into);
}

/** A client that nobody else changes before this transaction ends; undefined when it is no more. */
export async function holdClient(tx: Db, tenant: string, id: string): Promise<Client | undefined> {
  const query = one(tx, tenant, id).where('merged_into', 'is', null);
  const row = await (readsDoNotHold(tx) ? query.forUpdate() : query).executeTakeFirst();
  return row && clientOf(row);
}

function one(db: Db, tenant: string, id: string) {
  return clients(db, tenant).where('id', '=', id);
}

function clients(db: Db, tenant: string) {
  return db.selectFrom('client').selectAll().where('tenant_id', '=', tenant);
}

/** All clients that are not archived, by name. */
export async function readClients(db: Db, tenant: string): Promise<Client[]> {
  const rows = await clients(db, tenant)
    .where('archived_at', 'is', null)
    .where('merged_into', 'is', null)
    .execute();
  return byName(rows.map(clientOf));
}

/** The archived ones, by name. */
export async function readArchived(db: Db, tenant: string): Promise<Client[]> {
  const rows = await clients(db, tenant)
    .where('archived_at', 'is not', null)
    .where('merged_into', 'is', null)
    .execute();
  return byName(rows.map(clientOf));
}

/** Not by the database: each sorts letters in its own way. */
function byName(clients: Client[]): Client[] {
  return clients.toSorted((one, other) => plainName(one.name).localeCompare(plainName(other.name)));
}

/** The client that once had this name, or that one of this name became a part of, when it was only one. */
export async function findFormerly(db: Db, tenant: string, name: string): Promise<Client | undefined> {
  const rows = await db
    .selectFrom('client_name')
    .select(['client_id', 'name'])
    .where('tenant_id', '=', tenant)
    .execute();
  const merged = await clients(db, tenant)
    .where('plain_name', '=', plainName(name))
    .where('merged_into', 'is not', null)
    .execute();
  const same = rows.filter((row) => plainName(row.name) === plainName(name));
  const [only, ...others] = new Set([
    ...same.map((row) => row.client_id),
    ...merged.flatMap((row) => row.merged_into ?? []),
  ]);
  return only !== undefined && others.length === 0 ? findClient(db, tenant, only) : undefined;
}

/** Whether there is any client that is not archived. */
export async function hasClients(db: Db, tenant: string): Promise<boolean> {
  const query = clients(db, tenant).where('archived_at', 'is', null).where('merged_into', 'is', null);
  return (await query.limit(1).executeTakeFirst()) !== undefined;
}

/** Whether another client, one that is not archived, has this name. */
export async function isNameTaken(db: Db, tenant: string, name: string, but: string): Promise<boolean> {
  const row = await clients(db, tenant)
    .where('plain_name', '=', plainName(name))
    .where('archived_at', 'is', null)
    .where('merged_into', 'is', null)
    .where('id', '!=', but)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Keeps what was changed of a client that is held; what it was called before is kept beside it. False when somebody
 * gave another client this name a moment ago; on PostgreSQL nothing more can be done in this transaction then.
 */
export async function changeClient(
  tx: Db,
  tenant: string,
  client: Client,
  { by, now }: { by: string; now: Temporal.Instant },
): Promise<boolean> {
  const before = await one(tx, tenant, client.id).executeTakeFirst();
  if (before && before.name !== client.name)
    await tx
      .insertInto('client_name')
      .values({
        tenant_id: tenant,
        client_id: client.id,
        name: before.name,
        until: toStored(now),
        changed_by: by,
      })
      .execute();
  const kept = tx
    .updateTable('client')
    .set({
      ...changing(client),
      archived_at: client.archived ? (before?.archived_at ?? toStored(now)) : null,
    })
    .where('tenant_id', '=', tenant)
    .where('id', '=', client.id)
    .execute();
  return kept.then(
    () => true,
    (error: unknown) => {
      if (isDoubled(error)) return false;
      throw error;
    },
  );
}

/** A unique index was in the way. */
function isDoubled(error: unknown): boolean {
  return ['23505', 'SQLITE_CONSTRAINT_UNIQUE'].includes(codeOf(error));
}

/** One client becomes a part of another: it is found under that one from now on. */
export async function mergeInto(tx: Db, tenant: string, from: string, to: string): Promise<void> {
  await tx
    .updateTable('client')
    .set({ merged_into: to })
    .where('tenant_id', '=', tenant)
    .where((where) => where.or([where('id', '=', from), where('merged_into', '=', from)]))
    .execute();
}

function clientOf(row: Selectable<Tables['client']>): Client {
  return {
    id: row.id,
    name: row.name,
    owner: { id: row.owner_id, name: row.owner_name },
    manager:
      row.manager_id === null ? undefined : { id: row.manager_id, name: row.manager_name ?? row.manager_id },
    rhythmDays: row.rhythm_days,
    language: languageOf(row.language ?? undefined),
    knowsNeed: row.knows_need === null ? undefined : row.knows_need === 1,
    archived: row.archived_at !== null,
    createdAt: Temporal.Instant.from(row.created_at),
  };
}
