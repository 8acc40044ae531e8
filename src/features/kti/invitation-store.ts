import type { Selectable } from 'kysely';
import { languageOf } from '../../chat/request.ts';
import { type Db, type Tables, toStored } from '../../store/database.ts';
import type { Invitation } from './kti.ts';

/** Keeps that somebody is asked. False when he was asked the same in this round before. */
export async function addInvitation(tx: Db, tenant: string, one: Invitation): Promise<boolean> {
  const result = await tx
    .insertInto('kti_invitation')
    .values({
      ...{ tenant_id: tenant, id: one.id, round_id: one.round, contact_id: one.contact },
      ...{ grader_id: one.grader, name: one.name, person_id: one.person ?? null, email: one.email ?? null },
      ...{ language: one.language ?? null, kti_id: one.kti ?? '', way: one.way },
      ...{ invited_at: toStored(one.invitedAt), reminded_at: null, done_at: null },
    })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** One as it is now; who changes it holds its round first. */
export async function findInvitation(tx: Db, tenant: string, id: string): Promise<Invitation | undefined> {
  const row = await invitations(tx, tenant).where('id', '=', id).executeTakeFirst();
  return row && invitationOf(row);
}

/** All who were asked in a round, the first first. */
export async function invitationsOf(db: Db, tenant: string, round: string): Promise<Invitation[]> {
  const rows = await invitations(db, tenant).where('round_id', '=', round).orderBy('id').execute();
  return rows.map(invitationOf);
}

/** When each of a client's people was last asked, in whatever round, by grader. */
export async function lastAskedOf(
  db: Db,
  tenant: string,
  client: string,
): Promise<Map<string, Temporal.Instant>> {
  const rows = await db
    .selectFrom('kti_invitation as i')
    .innerJoin('kti_round as r', (join) =>
      join.onRef('r.tenant_id', '=', 'i.tenant_id').onRef('r.id', '=', 'i.round_id'),
    )
    .select(({ fn }) => ['i.grader_id', fn.max('i.invited_at').as('at')])
    .where('r.tenant_id', '=', tenant)
    .where('r.client_id', '=', client)
    .groupBy('i.grader_id')
    .execute();
  return new Map(rows.map(({ grader_id, at }) => [grader_id, Temporal.Instant.from(at)]));
}

/** Keeps what has changed of one. */
export async function changeInvitation(tx: Db, tenant: string, one: Invitation): Promise<void> {
  await tx
    .updateTable('kti_invitation')
    .set({
      way: one.way,
      person_id: one.person ?? null,
      reminded_at: one.remindedAt ? toStored(one.remindedAt) : null,
      done_at: one.doneAt ? toStored(one.doneAt) : null,
    })
    .where('tenant_id', '=', tenant)
    .where('id', '=', one.id)
    .execute();
}

function invitations(db: Db, tenant: string) {
  return db.selectFrom('kti_invitation').selectAll().where('tenant_id', '=', tenant);
}

function invitationOf(row: Selectable<Tables['kti_invitation']>): Invitation {
  return {
    ...{ id: row.id, round: row.round_id, contact: row.contact_id, grader: row.grader_id, name: row.name },
    person: row.person_id ?? undefined,
    email: row.email ?? undefined,
    language: languageOf(row.language ?? undefined),
    kti: row.kti_id === '' ? undefined : row.kti_id,
    way: row.way,
    invitedAt: Temporal.Instant.from(row.invited_at),
    remindedAt: row.reminded_at === null ? undefined : Temporal.Instant.from(row.reminded_at),
    doneAt: row.done_at === null ? undefined : Temporal.Instant.from(row.done_at),
  };
}
