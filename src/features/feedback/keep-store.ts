import { type Db, type Migrations, toStored } from '../../store/database.ts';

declare module '../../store/database.ts' {
  interface Tables {
    /** Which messages were kept, by the link that leads back to them; of no client as ''. */
    feedback_message: {
      tenant_id: string;
      link: string;
      client_id: string;
      feedback_id: string;
      kept_at: string;
    };
  }
}

export const migrations: Migrations = {
  '2026-11-29-feedback-message': {
    async up(db) {
      await db.schema
        .createTable('feedback_message')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('link', 'text', (column) => column.notNull())
        .addColumn('client_id', 'text', (column) => column.notNull())
        .addColumn('feedback_id', 'text', (column) => column.notNull())
        .addColumn('kept_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('feedback_message_pk', ['tenant_id', 'link', 'client_id'])
        .execute();
    },
  },
};

/** Ids of what was kept from this message, the first before the others. */
export async function keptFrom(db: Db, tenant: string, link: string): Promise<string[]> {
  const rows = await db
    .selectFrom('feedback_message')
    .select('feedback_id')
    .where('tenant_id', '=', tenant)
    .where('link', '=', link)
    .orderBy('kept_at')
    .orderBy('feedback_id')
    .execute();
  return rows.map(({ feedback_id }) => feedback_id);
}

/** Notes what was kept from a message; false when somebody did that for this client before, be it a moment ago. */
export async function noteKept(
  tx: Db,
  tenant: string,
  kept: { link: string; client: string | undefined; feedback: string; now: Temporal.Instant },
): Promise<boolean> {
  const { link, client = '', feedback, now } = kept;
  const noted = await tx
    .insertInto('feedback_message')
    .values({
      tenant_id: tenant,
      link,
      client_id: client,
      feedback_id: feedback,
      kept_at: toStored(now),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('feedback_id')
    .execute();
  return noted.length === 1;
}

/** What was kept of one client becomes another's; a message that both had is the second's already. */
export async function moveKept(tx: Db, tenant: string, from: string, to: string): Promise<void> {
  const ofBoth = tx
    .selectFrom('feedback_message')
    .select('link')
    .where('tenant_id', '=', tenant)
    .where('client_id', '=', to);
  await tx
    .deleteFrom('feedback_message')
    .where('tenant_id', '=', tenant)
    .where('client_id', '=', from)
    .where('link', 'in', ofBoth)
    .execute();
  await tx
    .updateTable('feedback_message')
    .set({ client_id: to })
    .where('tenant_id', '=', tenant)
    .where('client_id', '=', from)
    .execute();
}
