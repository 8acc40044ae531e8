import { type Db, toStored } from '../../store/database.ts';
import type { Colleague } from '../clients/clients.ts';

/** What a client was told of a round; `failed`: it could not be posted. */
export type Share = {
  round: string;
  said: string | undefined;
  words: string;
  by: Colleague;
  at: Temporal.Instant;
  failed: boolean;
};

/** What was told of a round last. */
export async function shareOf(db: Db, tenant: string, round: string): Promise<Share | undefined> {
  const row = await db
    .selectFrom('kti_share')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('round_id', '=', round)
    .executeTakeFirst();
  return (
    row && {
      ...{ round, said: row.said ?? undefined, words: row.words, failed: row.failed === 1 },
      ...{ by: { id: row.by_id, name: row.by_name }, at: Temporal.Instant.from(row.shared_at) },
    }
  );
}

/** Keeps that it is told. False when it was told already, by somebody else in the same moment too. */
export async function addShare(tx: Db, tenant: string, share: Omit<Share, 'failed'>): Promise<boolean> {
  const facts = {
    ...{ said: share.said ?? null, words: share.words, failed: 0 },
    ...{ by_id: share.by.id, by_name: share.by.name, shared_at: toStored(share.at) },
  };
  const result = await tx
    .insertInto('kti_share')
    .values({ tenant_id: tenant, round_id: share.round, ...facts })
    .onConflict((on) =>
      on.columns(['tenant_id', 'round_id']).doUpdateSet(facts).where('kti_share.failed', '=', 1),
    )
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** It could not be posted: it may be told again. */
export async function failShare(tx: Db, tenant: string, round: string): Promise<void> {
  await tx
    .updateTable('kti_share')
    .set({ failed: 1 })
    .where('tenant_id', '=', tenant)
    .where('round_id', '=', round)
    .execute();
}
