import { type Db, toStored } from '../../store/database.ts';
import { addEvent, type Deed, nextPosition } from './change-store.ts';
import type { Expectation } from './expectations.ts';

/**
 * Whose expectation it is, without holding it. Who changes several of a client holds the client first and then them:
 * two who do so in the same moment would wait for each other otherwise.
 */
export async function clientIdOf(db: Db, tenant: string, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('expectation')
    .select('client_id')
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.client_id;
}

/** The client says that of all his expectations this one matters most. */
export async function markFirst(tx: Db, tenant: string, one: Expectation, deed: Deed): Promise<void> {
  const ofClient = tx
    .updateTable('expectation')
    .where('tenant_id', '=', tenant)
    .where('client_id', '=', one.client);
  await ofClient.set({ first_at: null }).execute();
  await ofClient
    .set({ first_at: toStored(deed.now) })
    .where('id', '=', one.id)
    .execute();
  await addEvent(tx, tenant, { expectation: one.id, wording: one.wording.id }, 'matters-most', deed);
}

/** Puts them in this order. */
export async function putInOrder(tx: Db, tenant: string, ids: string[]): Promise<void> {
  for (const [at, id] of ids.entries())
    await tx
      .updateTable('expectation')
      .set({ position: at + 1 })
      .where('tenant_id', '=', tenant)
      .where('id', '=', id)
      .execute();
}

/** Two clients became one: its expectations come after those that are there, and none of them matters most of all. */
export async function moveExpectations(tx: Db, tenant: string, from: string, to: string): Promise<void> {
  const after = await nextPosition(tx, tenant, to);
  await tx
    .updateTable('expectation')
    .set((set) => ({ client_id: to, position: set('position', '+', after), first_at: null }))
    .where('tenant_id', '=', tenant)
    .where('client_id', '=', from)
    .execute();
}
