import { batches } from '../../store/batches.ts';
import { type Db, readsDoNotHold, toStored } from '../../store/database.ts';
import { newId } from '../../store/id.ts';
import type { Colleague } from '../clients/clients.ts';
import { type Improvement, openStages, type Stage } from './improvements.ts';
import { columnsOf, improvementOf, type Row } from './row-store.ts';
import { readsOtherwise } from './seen-rules.ts';
import type { Happened } from './tables-store.ts';

export { migrations } from './tables-store.ts';

/** `text`: the reason, or what was said before it was changed. */
export type Deed = { happened: Happened; by: Colleague; now: Temporal.Instant; text?: string | undefined };

/** Keeps a new idea. */
export async function addImprovement(
  tx: Db,
  { tenant, platform }: { tenant: string; platform: string },
  one: Improvement,
): Promise<void> {
  await tx
    .insertInto('improvement')
    .values({ tenant_id: tenant, id: one.id, platform, ...columnsOf(one), made_at: toStored(one.madeAt) })
    .execute();
  await noteDeed(tx, tenant, one, undefined, { happened: 'made', by: one.maker, now: one.madeAt });
}

/** Keeps one that is held as it is now, and who did what; returns it as it is kept. */
export async function changeImprovement(
  tx: Db,
  tenant: string,
  { from, to }: { from: Improvement; to: Improvement },
  deed: Deed,
): Promise<Improvement> {
  // Who joins, votes or moves it takes nobody's words away.
  const kept = { ...to, revision: from.revision + (readsOtherwise(from, to) ? 1 : 0) };
  await tx
    .updateTable('improvement')
    .set(columnsOf(kept))
    .where('tenant_id', '=', tenant)
    .where('id', '=', kept.id)
    .execute();
  if (from.doers !== kept.doers) await writeDoers(tx, tenant, kept);
  await noteDeed(tx, tenant, kept, from.stage, deed);
  return kept;
}

async function writeDoers(tx: Db, tenant: string, { id, doers }: Improvement): Promise<void> {
  await tx
    .deleteFrom('improvement_doer')
    .where('tenant_id', '=', tenant)
    .where('improvement_id', '=', id)
    .execute();
  const rows = doers.map((doer, position) => ({
    tenant_id: tenant,
    improvement_id: id,
    person_id: doer.id,
    person_name: doer.name,
    position,
  }));
  if (rows.length > 0) await tx.insertInto('improvement_doer').values(rows).execute();
}

async function noteDeed(
  tx: Db,
  tenant: string,
  { id, stage }: Improvement,
  before: Stage | undefined,
  { happened, by, now, text }: Deed,
): Promise<void> {
  const isMove = happened === 'moved' || happened === 'made';
  await tx
    .insertInto('improvement_event')
    .values({
      tenant_id: tenant,
      id: newId(),
      improvement_id: id,
      happened,
      from_stage: isMove ? (before ?? null) : null,
      to_stage: isMove ? stage : null,
      person_id: by.id,
      person_name: by.name,
      text: text ?? null,
      happened_at: toStored(now),
    })
    .execute();
}

/** Who last wrote its words or its plan; undefined while nobody did since it was made. */
export async function lastWriter(
  db: Db,
  tenant: string,
  { id }: Pick<Improvement, 'id'>,
): Promise<Colleague | undefined> {
  return db
    .selectFrom('improvement_event')
    .select(['person_id as id', 'person_name as name'])
    .where('tenant_id', '=', tenant)
    .where('improvement_id', '=', id)
    .where('happened', 'in', ['edited', 'planned'])
    .orderBy('happened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** One by its id, held until the transaction ends. */
export async function findImprovement(tx: Db, tenant: string, id: string): Promise<Improvement | undefined> {
  const query = tx.selectFrom('improvement').selectAll().where('tenant_id', '=', tenant).where('id', '=', id);
  const row = await (readsDoNotHold(tx) ? query.forUpdate() : query).executeTakeFirst();
  return row && (await withDoers(tx, tenant, [row]))[0];
}

/** Whose idea it is, without holding it; undefined when there is none by this id. */
export async function clientIdOf(
  db: Db,
  tenant: string,
  id: string,
): Promise<{ client: string | undefined } | undefined> {
  const row = await db
    .selectFrom('improvement')
    .select('client_id')
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { client: row.client_id ?? undefined };
}

/**
 * All open ones of a client, or of none, held until the transaction ends, and always in the same order: of two who move
 * something on one board at the same moment, one waits for the other, and neither overfills a column.
 */
export async function holdBoard(tx: Db, tenant: string, client: string | undefined): Promise<Improvement[]> {
  const query = tx
    .selectFrom('improvement')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('client_id', client === undefined ? 'is' : '=', client ?? null)
    .where('stage', 'in', openStages)
    .orderBy('id');
  const rows = await (readsDoNotHold(tx) ? query.forUpdate() : query).execute();
  return withDoers(tx, tenant, rows);
}

/** All of a workspace, or of one client of it, in these stages; `since`: only those that came there since then. */
export async function improvementsIn(
  db: Db,
  tenant: string,
  {
    stages,
    client,
    since,
  }: { stages: readonly Stage[]; client?: string | undefined; since?: Temporal.Instant },
): Promise<Improvement[]> {
  const rows = await db
    .selectFrom('improvement')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('stage', 'in', stages)
    .$if(client !== undefined, (query) => query.where('client_id', '=', client ?? ''))
    .$if(since !== undefined, (query) => query.where('since', '>=', since ? toStored(since) : ''))
    .orderBy('id')
    .execute();
  return withDoers(db, tenant, rows);
}

/** What is of one client becomes another's. */
export async function moveImprovements(tx: Db, tenant: string, from: string, to: string): Promise<void> {
  await tx
    .updateTable('improvement')
    .set({ client_id: to })
    .where('tenant_id', '=', tenant)
    .where('client_id', '=', from)
    .execute();
}

async function withDoers(db: Db, tenant: string, rows: Row[]): Promise<Improvement[]> {
  const doers = new Map<string, Colleague[]>();
  for (const some of batches(rows.map(({ id }) => id)))
    for (const row of await db
      .selectFrom('improvement_doer')
      .selectAll()
      .where('tenant_id', '=', tenant)
      .where('improvement_id', 'in', some)
      .orderBy('position')
      .execute()) {
      const known = doers.get(row.improvement_id) ?? [];
      doers.set(row.improvement_id, [...known, { id: row.person_id, name: row.person_name }]);
    }
  return rows.map((row) => improvementOf(row, doers.get(row.id) ?? []));
}
