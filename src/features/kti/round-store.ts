import type { Selectable } from 'kysely';
import { type Db, readsDoNotHold, type Tables, toStored } from '../../store/database.ts';
import type { Colleague } from '../clients/clients.ts';
import type { Kti, Round, RoundState } from './kti.ts';
import { findKtis } from './store.ts';

/** Keeps a new round with its questions. False when one of that client is running, and this one too. */
export async function addRound(
  tx: Db,
  { tenant, platform }: { tenant: string; platform: string },
  round: Round,
  ktis: Kti[],
): Promise<boolean> {
  const result = await tx
    .insertInto('kti_round')
    .values({
      ...{ tenant_id: tenant, platform, id: round.id, client_id: round.client, state: round.state },
      ...{ spread: round.spread ? 1 : 0, asker_id: round.asker.id, asker_name: round.asker.name },
      ...{ time_zone: round.timeZone, made_at: toStored(round.madeAt), opens_at: toStored(round.opensAt) },
      closes_at: toStored(round.closesAt),
      ended_at: round.endedAt ? toStored(round.endedAt) : null,
    })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst();
  if (result.numInsertedOrUpdatedRows !== 1n) return false;
  await addItems(tx, tenant, round.id, ktis);
  return true;
}

/** Of what a round asks only these remain. */
export async function keepItems(
  tx: Db,
  tenant: string,
  round: string,
  ktis: Pick<Kti, 'id'>[],
): Promise<void> {
  const ids = ktis.map(({ id }) => id);
  await tx
    .deleteFrom('kti_item')
    .where('tenant_id', '=', tenant)
    .where('round_id', '=', round)
    .where('kti_id', 'not in', ids)
    .execute();
}

/** Somebody else of us asks from now on. */
export async function changeAsker(tx: Db, tenant: string, round: string, asker: Colleague): Promise<void> {
  await tx
    .updateTable('kti_round')
    .set({ asker_id: asker.id, asker_name: asker.name })
    .where('tenant_id', '=', tenant)
    .where('id', '=', round)
    .execute();
}

async function addItems(tx: Db, tenant: string, round: string, ktis: Kti[]): Promise<void> {
  if (ktis.length === 0) return;
  await tx
    .insertInto('kti_item')
    .values(ktis.map(({ id }, at) => ({ tenant_id: tenant, round_id: round, position: at, kti_id: id })))
    .execute();
}

/** A round as it is now; held until the transaction ends, so that it cannot end before what is decided by it. */
export async function findRound(tx: Db, tenant: string, id: string): Promise<Round | undefined> {
  const query = rounds(tx, tenant).where('id', '=', id);
  const row = await (readsDoNotHold(tx) ? query.forUpdate() : query).executeTakeFirst();
  return row && roundOf(row);
}

/** The same for who decides nothing by it: others need not wait. */
export async function readRound(db: Db, tenant: string, id: string): Promise<Round | undefined> {
  const row = await rounds(db, tenant).where('id', '=', id).executeTakeFirst();
  return row && roundOf(row);
}

/** The one of a client that has not ended. */
export async function runningRound(db: Db, tenant: string, client: string): Promise<Round | undefined> {
  const row = await rounds(db, tenant)
    .where('client_id', '=', client)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row && roundOf(row);
}

/** The rounds of a client that were not withdrawn, the newest first. */
export async function roundsOf(db: Db, tenant: string, client: string, most: number): Promise<Round[]> {
  const rows = await rounds(db, tenant)
    .where('client_id', '=', client)
    .where('state', '!=', 'cancelled')
    .orderBy('opens_at', 'desc')
    .limit(most)
    .execute();
  return rows.map(roundOf);
}

/** What a round asks, in its order. */
export async function itemsOf(db: Db, tenant: string, round: string): Promise<Kti[]> {
  const rows = await db
    .selectFrom('kti_item')
    .select('kti_id')
    .where('tenant_id', '=', tenant)
    .where('round_id', '=', round)
    .orderBy('position')
    .execute();
  const ids = rows.map(({ kti_id }) => kti_id);
  const found = new Map((await findKtis(db, tenant, ids)).map((one) => [one.id, one]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** Keeps how a round stands now, and its times. */
export async function changeRound(
  tx: Db,
  tenant: string,
  { id, state, opensAt, closesAt, endedAt }: Pick<Round, 'id' | 'state' | 'opensAt' | 'closesAt' | 'endedAt'>,
): Promise<void> {
  const ended_at = endedAt === undefined ? null : toStored(endedAt);
  await tx
    .updateTable('kti_round')
    .set({ state, opens_at: toStored(opensAt), closes_at: toStored(closesAt), ended_at })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .execute();
}

/** As it is when it has ended. */
export function ended(
  round: Round,
  state: Extract<RoundState, 'closed' | 'cancelled'>,
  now: Temporal.Instant,
) {
  return { ...round, state, endedAt: now } satisfies Round;
}

function rounds(db: Db, tenant: string) {
  return db.selectFrom('kti_round').selectAll().where('tenant_id', '=', tenant);
}

function roundOf(row: Selectable<Tables['kti_round']>): Round {
  return {
    ...{ id: row.id, client: row.client_id, state: row.state, spread: row.spread === 1 },
    asker: { id: row.asker_id, name: row.asker_name },
    timeZone: row.time_zone,
    madeAt: Temporal.Instant.from(row.made_at),
    opensAt: Temporal.Instant.from(row.opens_at),
    closesAt: Temporal.Instant.from(row.closes_at),
    endedAt: row.ended_at === null ? undefined : Temporal.Instant.from(row.ended_at),
  };
}
