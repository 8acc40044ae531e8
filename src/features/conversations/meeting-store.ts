import type { Selectable } from 'kysely';
import { type Db, type Migrations, type Tables, toStored } from '../../store/database.ts';
import type { Kept } from './meeting-rules.ts';

declare module '../../store/database.ts' {
  interface Tables {
    /** The meetings of a platform that conversations are held in: of each the last time. */
    meeting: {
      tenant_id: string;
      platform: string;
      id: string;
      conversation_id: string;
      began_at: string;
      /** Null while it is under way. */
      ended_at: string | null;
    };
  }
}

export const meetingMigrations: Migrations = {
  '2026-11-29-conversations-meeting': {
    async up(db) {
      await db.schema
        .createTable('meeting')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('conversation_id', 'text', (column) => column.notNull())
        .addColumn('began_at', 'text', (column) => column.notNull())
        .addColumn('ended_at', 'text')
        .addPrimaryKeyConstraint('meeting_pk', ['tenant_id', 'platform', 'id'])
        .execute();
      await db.schema
        .createIndex('meeting_of_conversation')
        .on('meeting')
        .columns(['tenant_id', 'conversation_id'])
        .execute();
    },
  },
};

type Where = { tenant: string; platform: string };

/** The last time that a meeting took place with a client. */
export async function findMeeting(
  db: Db,
  { tenant, platform }: Where,
  id: string,
): Promise<Kept | undefined> {
  const row = await db
    .selectFrom('meeting')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && keptOf(row);
}

/** The meeting that a conversation is, or was, held in. */
export async function meetingOf(db: Db, tenant: string, conversation: string): Promise<Kept | undefined> {
  const row = await db
    .selectFrom('meeting')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('conversation_id', '=', conversation)
    .orderBy('began_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && keptOf(row);
}

/** Keeps that a meeting takes place, or did, instead of its time before. */
export async function keepMeeting(
  tx: Db,
  { tenant, platform }: Where,
  id: string,
  { conversation, start, end }: Kept,
): Promise<void> {
  const facts = {
    conversation_id: conversation,
    began_at: toStored(start),
    ended_at: end ? toStored(end) : null,
  };
  await tx
    .insertInto('meeting')
    .values({ tenant_id: tenant, platform, id, ...facts })
    .onConflict((on) => on.columns(['tenant_id', 'platform', 'id']).doUpdateSet(facts))
    .execute();
}

function keptOf(row: Selectable<Tables['meeting']>): Kept {
  return {
    conversation: row.conversation_id,
    start: Temporal.Instant.from(row.began_at),
    end: row.ended_at === null ? undefined : Temporal.Instant.from(row.ended_at),
  };
}
