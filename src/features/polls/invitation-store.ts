import type { Selectable } from 'kysely';
import type { Addressee } from '../../chat/address.ts';
import { type Db, type Migrations, readsDoNotHold, type Tables, toStored } from '../../store/database.ts';
import { newId } from '../../store/id.ts';

declare module '../../store/database.ts' {
  interface Tables {
    /** Somebody without this chat who is asked too, on a page of Belay's own. Whether he answered is not kept here. */
    poll_invitation: {
      tenant_id: string;
      id: string;
      poll_id: string;
      address: string;
      name: string;
      language: string;
      invited_at: string;
    };
  }
}

export const invitationMigrations: Migrations = {
  '2026-11-22-poll-invitations': {
    async up(db) {
      await db.schema
        .createTable('poll_invitation')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('poll_id', 'text', (column) => column.notNull())
        .addColumn('address', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('language', 'text', (column) => column.notNull())
        .addColumn('invited_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('poll_invitation_pk', ['tenant_id', 'id'])
        .addUniqueConstraint('poll_invitation_once', ['tenant_id', 'poll_id', 'address'])
        .execute();
    },
  },
};

export type Invitation = Addressee & {
  id: string;
  poll: string;
  language: 'nl' | 'en';
  invitedAt: Temporal.Instant;
};

/** As a voter he is known by his address. */
export function voterOf({ address, name }: Addressee): { id: string; name: string } {
  return { id: `mail:${address}`, name };
}

/** Invites these; returns those who were not invited before. */
export async function invite(
  tx: Db,
  tenant: string,
  poll: string,
  contacts: (Addressee & { language: 'nl' | 'en' })[],
  now: Temporal.Instant,
): Promise<Invitation[]> {
  if (contacts.length === 0) return [];
  const rows = await tx
    .insertInto('poll_invitation')
    .values(
      contacts.map(({ address, name, language }) => ({
        tenant_id: tenant,
        id: newId(),
        poll_id: poll,
        address,
        name,
        language,
        invited_at: toStored(now),
      })),
    )
    .onConflict((on) => on.columns(['tenant_id', 'poll_id', 'address']).doNothing())
    .returningAll()
    .execute();
  return rows.map(invitationOf);
}

/** Takes an invitation back. */
export async function uninvite(tx: Db, tenant: string, id: string): Promise<void> {
  await tx.deleteFrom('poll_invitation').where('tenant_id', '=', tenant).where('id', '=', id).execute();
}

/** All who were invited to a poll, by address. */
export async function readInvitations(db: Db, tenant: string, poll: string): Promise<Invitation[]> {
  const rows = await db
    .selectFrom('poll_invitation')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('poll_id', '=', poll)
    .orderBy('address')
    .execute();
  return rows.map(invitationOf);
}

/** All who were ever invited to a round of a series, by address, each as he was invited last. */
export async function invitedInSeries(db: Db, tenant: string, series: string): Promise<Invitation[]> {
  const rows = await db
    .selectFrom('poll_invitation')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('poll_id', 'in', (select) =>
      select.selectFrom('poll').select('id').where('tenant_id', '=', tenant).where('series_id', '=', series),
    )
    .orderBy('address')
    .orderBy('invited_at')
    .execute();
  return [...new Map(rows.map((row) => [row.address, invitationOf(row)])).values()];
}

/** hold: another answer by the same link waits until this transaction is done. */
export async function findInvitation(
  db: Db,
  tenant: string,
  id: string,
  { hold }: { hold: boolean },
): Promise<Invitation | undefined> {
  const query = db
    .selectFrom('poll_invitation')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('id', '=', id);
  const row = await (hold && readsDoNotHold(db) ? query.forUpdate() : query).executeTakeFirst();
  return row && invitationOf(row);
}

function invitationOf(row: Selectable<Tables['poll_invitation']>): Invitation {
  return {
    id: row.id,
    poll: row.poll_id,
    address: row.address,
    name: row.name,
    language: row.language === 'en' ? 'en' : 'nl',
    invitedAt: Temporal.Instant.from(row.invited_at),
  };
}
