import type { Selectable } from 'kysely';
import { batches } from '../../store/batches.ts';
import { type Db, readsDoNotHold, type Tables, toStored } from '../../store/database.ts';
import type { Kti } from '../kti/kti.ts';
import { sameAs } from '../kti/merge-store.ts';
import { ktisOf } from '../kti/store.ts';
import { actionsFor } from '../kti/work-rules.ts';
import { type Action, isOpen } from './actions.ts';

export { migrations } from './tables-store.ts';

/** Keeps a new one. */
export async function addAction(
  tx: Db,
  { tenant, platform }: { tenant: string; platform: string },
  one: Action,
): Promise<void> {
  await tx
    .insertInto('satisfaction_action')
    .values({ tenant_id: tenant, platform, ...columnsOf(one) })
    .execute();
}

/** Keeps one that is held as it is now. */
export async function changeAction(tx: Db, tenant: string, one: Action): Promise<void> {
  const { id, ...changed } = columnsOf(one);
  await tx
    .updateTable('satisfaction_action')
    .set(changed)
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .execute();
}

/** One by its id, held until the transaction ends. */
export async function findAction(tx: Db, tenant: string, id: string): Promise<Action | undefined> {
  const query = actions(tx, tenant).where('id', '=', id);
  const row = await (readsDoNotHold(tx) ? query.forUpdate() : query).executeTakeFirst();
  return row && actionOf(row);
}

/** The open ones of a workspace, of all clients, the most urgent first. */
export async function openActions(db: Db, tenant: string): Promise<Action[]> {
  const rows = await actions(db, tenant)
    .where('state', '=', 'open')
    .orderBy('due_day')
    .orderBy('id')
    .execute();
  return rows.map(actionOf);
}

/** All of a client, those that are over too, in the order in which they began. */
export async function actionsOf(db: Db, tenant: string, client: string): Promise<Action[]> {
  const rows = await actions(db, tenant)
    .where('client_id', '=', client)
    .orderBy('started_at')
    .orderBy('id')
    .execute();
  return rows.map(actionOf);
}

/** The open ones for what a KTI is about, in whatever words that was graded. */
export async function openFor(db: Db, tenant: string, kti: Kti): Promise<Action[]> {
  const known = actionsFor(await actionsOf(db, tenant, kti.client), await ktisOf(db, tenant, kti.client));
  return known(kti).filter(isOpen);
}

/** What is open or was done since then, of this owner and of these clients, in no order. */
export async function currentActions(
  db: Db,
  tenant: string,
  { owner, clients, since }: { owner: string; clients: string[]; since: Temporal.Instant },
): Promise<Action[]> {
  const current = actions(db, tenant).where((where) =>
    where.or([
      where('state', '=', 'open'),
      where.and([where('state', '=', 'done'), where('done_at', '>=', toStored(since))]),
    ]),
  );
  const rows = await current.where('owner_id', '=', owner).execute();
  for (const some of batches(clients))
    rows.push(...(await current.where('client_id', 'in', some).where('owner_id', '<>', owner).execute()));
  return rows.map(actionOf);
}

/** What was done since then, of all clients, in its order. */
export async function doneSince(db: Db, tenant: string, since: Temporal.Instant): Promise<Action[]> {
  const rows = await actions(db, tenant)
    .where('state', '=', 'done')
    .where('done_at', '>=', toStored(since))
    .orderBy('done_at')
    .orderBy('id')
    .execute();
  return rows.map(actionOf);
}

/** What is of one client becomes another's. Before that is done with the KTIs: of those alike one is kept. */
export async function moveActions(tx: Db, tenant: string, from: string, to: string): Promise<void> {
  const there = await ktisOf(tx, tenant, to);
  for (const one of await ktisOf(tx, tenant, from)) {
    const same = sameAs(one, there);
    if (same)
      await tx
        .updateTable('satisfaction_action')
        .set({ kti_id: same.id })
        .where('tenant_id', '=', tenant)
        .where('kti_id', '=', one.id)
        .execute();
  }
  await tx
    .updateTable('satisfaction_action')
    .set({ client_id: to })
    .where('tenant_id', '=', tenant)
    .where('client_id', '=', from)
    .execute();
}

function actions(db: Db, tenant: string) {
  return db.selectFrom('satisfaction_action').selectAll().where('tenant_id', '=', tenant);
}

function columnsOf(one: Action) {
  return {
    ...{ id: one.id, client_id: one.client, kti_id: one.kti },
    ...{ catalogue_id: one.catalogue ?? null, title: one.title },
    ...{ owner_id: one.owner.id, owner_name: one.owner.name, due_day: one.due.toString() },
    ...{ notice: one.notice, consulted: one.consulted ?? null, state: one.state },
    ...{ started_by_id: one.startedBy.id, started_by_name: one.startedBy.name },
    ...{ started_at: toStored(one.startedAt), revision: one.revision },
    ...{ ended_by_id: one.endedBy?.id ?? null, ended_by_name: one.endedBy?.name ?? null },
    ...{ done_at: one.doneAt ? toStored(one.doneAt) : null, reason: one.reason ?? null },
    ...{ shown: one.shown ?? null, shown_at: one.shownAt ? toStored(one.shownAt) : null },
    shown_note: one.shownNote ?? null,
  };
}

function actionOf(row: Selectable<Tables['satisfaction_action']>): Action {
  const { ended_by_id, ended_by_name } = row;
  return {
    ...{ id: row.id, client: row.client_id, kti: row.kti_id },
    ...{ catalogue: row.catalogue_id ?? undefined, title: row.title },
    owner: { id: row.owner_id, name: row.owner_name },
    due: Temporal.PlainDate.from(row.due_day),
    ...{ notice: row.notice, consulted: row.consulted ?? undefined, state: row.state },
    startedBy: { id: row.started_by_id, name: row.started_by_name },
    ...{ startedAt: Temporal.Instant.from(row.started_at), revision: row.revision },
    endedBy:
      ended_by_id === null || ended_by_name === null ? undefined : { id: ended_by_id, name: ended_by_name },
    doneAt: row.done_at === null ? undefined : Temporal.Instant.from(row.done_at),
    ...{ reason: row.reason ?? undefined, shown: row.shown ?? undefined },
    shownAt: row.shown_at === null ? undefined : Temporal.Instant.from(row.shown_at),
    shownNote: row.shown_note ?? undefined,
  };
}
