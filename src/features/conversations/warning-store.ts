import type { Selectable } from 'kysely';
import { twice } from '../../chat/twice.ts';
import { type Db, readsDoNotHold, type Tables, toStored } from '../../store/database.ts';
import { holdPerson } from '../../store/people.ts';
import type { Colleague } from '../clients/clients.ts';

/** Somebody of the team asks another for help, early. */
export type Warning = {
  id: string;
  client: string;
  expectation: string | undefined;
  said: string;
  from: Colleague;
  to: Colleague;
  state: Tables['early_warning']['state'];
  toldAt: Temporal.Instant;
};

/** Keeps a new one. */
export async function addWarning(
  tx: Db,
  { tenant, platform }: { tenant: string; platform: string },
  warning: Warning,
): Promise<void> {
  const { id, client, expectation, said, from, to, state, toldAt } = warning;
  await tx
    .insertInto('early_warning')
    .values({
      tenant_id: tenant,
      id,
      platform,
      client_id: client,
      expectation_id: expectation ?? null,
      said,
      from_id: from.id,
      from_name: from.name,
      to_id: to.id,
      to_name: to.name,
      state,
      told_at: toStored(toldAt),
      changed_at: toStored(toldAt),
    })
    .execute();
}

/** One by its id, held until the transaction ends. */
export async function findWarning(tx: Db, tenant: string, id: string): Promise<Warning | undefined> {
  const query = tx
    .selectFrom('early_warning')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('id', '=', id);
  const row = await (readsDoNotHold(tx) ? query.forUpdate() : query).executeTakeFirst();
  return row && warningFrom(row);
}

/** Those about a client that are not settled, the oldest first. */
export async function openWarnings(db: Db, tenant: string, client: string): Promise<Warning[]> {
  const rows = await db
    .selectFrom('early_warning')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('client_id', '=', client)
    .where('state', '!=', 'settled')
    .orderBy('told_at')
    .orderBy('id')
    .execute();
  return rows.map(warningFrom);
}

/** Whether just this was asked of him a moment ago; later he is asked once more, as nobody came or he gave it back. */
export async function isAsked(
  tx: Db,
  { tenant, platform }: { tenant: string; platform: string },
  { client, expectation, said, from, to, toldAt }: Warning,
): Promise<boolean> {
  await holdPerson(tx, platform, tenant, from.id);
  const since = toldAt.subtract(twice);
  return (await openWarnings(tx, tenant, client))
    .filter((one) => one.state === 'told' && Temporal.Instant.compare(one.toldAt, since) > 0)
    .some(
      (one) =>
        one.from.id === from.id &&
        one.to.id === to.id &&
        one.said === said &&
        one.expectation === expectation,
    );
}

/** Keeps where it stands, and whom it is put to. */
export async function changeWarning(
  tx: Db,
  tenant: string,
  { id, state, to, said, toldAt }: Warning,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('early_warning')
    .set({
      ...{ state, said, to_id: to.id, to_name: to.name },
      ...{ told_at: toStored(toldAt), changed_at: toStored(now) },
    })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .execute();
}

function warningFrom(row: Selectable<Tables['early_warning']>): Warning {
  return {
    id: row.id,
    client: row.client_id,
    expectation: row.expectation_id ?? undefined,
    said: row.said,
    from: { id: row.from_id, name: row.from_name },
    to: { id: row.to_id, name: row.to_name },
    state: row.state,
    toldAt: Temporal.Instant.from(row.told_at),
  };
}
