import type { Db, Migrations } from '../../store/database.ts';

declare module '../../store/database.ts' {
  interface Tables {
    /** Which KTI stands for one that is no more, since the clients that were both asked it became one. */
    kti_joined: { tenant_id: string; id: string; kti_id: string };
  }
}

export const joinedTables: Migrations = {
  '2026-11-29-kti-joined': {
    async up(db) {
      await db.schema
        .createTable('kti_joined')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('kti_id', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('kti_joined_pk', ['tenant_id', 'id'])
        .execute();
    },
  },
};

/** Keeps that one KTI stands for another from now on: the buttons that name that one still work. */
export async function keepJoined(tx: Db, tenant: string, one: string, other: string): Promise<void> {
  await tx
    .updateTable('kti_joined')
    .set({ kti_id: other })
    .where('tenant_id', '=', tenant)
    .where('kti_id', '=', one)
    .execute();
  await tx.insertInto('kti_joined').values({ tenant_id: tenant, id: one, kti_id: other }).execute();
}

/** The id of the KTI that stands for one that is no more; undefined when none does. */
export async function joinedInto(db: Db, tenant: string, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('kti_joined')
    .select('kti_id')
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.kti_id;
}
