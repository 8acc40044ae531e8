import { type Db, type Migrations, toStored } from '../../store/database.ts';
import type { Kind } from './nudges.ts';

declare module '../../store/database.ts' {
  interface Tables {
    /** What somebody was told unasked, a row for each matter. */
    nudge_sent: {
      tenant_id: string;
      platform: string;
      person_id: string;
      kind: Kind;
      key: string;
      sent_at: string;
      /** Up to then it decides what he is told. */
      until: string;
    };
    /** What somebody wants to hear of later. */
    nudge_snooze: {
      tenant_id: string;
      platform: string;
      person_id: string;
      key: string;
      until: string;
    };
    /** Of which clients somebody hears nothing unasked. */
    nudge_mute: {
      tenant_id: string;
      platform: string;
      person_id: string;
      client_id: string;
    };
    /** How many sentences of a group somebody has read. */
    nudge_turn: {
      tenant_id: string;
      platform: string;
      person_id: string;
      wording: string;
      turns: number;
    };
  }
}

export const migrations: Migrations = {
  '2026-11-28-nudges': {
    async up(db) {
      await db.schema
        .createTable('nudge_sent')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('sent_at', 'text', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('nudge_sent_by_time')
        .on('nudge_sent')
        .columns(['tenant_id', 'platform', 'sent_at'])
        .execute();
      await db.schema
        .createIndex('nudge_sent_by_key')
        .on('nudge_sent')
        .columns(['tenant_id', 'platform', 'kind', 'key'])
        .execute();
      await db.schema
        .createTable('nudge_snooze')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('until', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('nudge_snooze_pk', ['tenant_id', 'platform', 'person_id', 'key'])
        .execute();
      await db.schema
        .createTable('nudge_mute')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('client_id', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('nudge_mute_pk', ['tenant_id', 'platform', 'person_id', 'client_id'])
        .execute();
      await db.schema
        .createTable('nudge_turn')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('wording', 'text', (column) => column.notNull())
        .addColumn('turns', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('nudge_turn_pk', ['tenant_id', 'platform', 'person_id', 'wording'])
        .execute();
    },
  },
  '2026-11-29-nudges-until': {
    async up(db: Db) {
      await db.schema
        .alterTable('nudge_sent')
        .addColumn('until', 'text', (column) => column.notNull().defaultTo(''))
        .execute();
      const moments = await db.selectFrom('nudge_sent').select('sent_at').distinct().execute();
      for (const { sent_at } of moments)
        await db
          .updateTable('nudge_sent')
          .set({ until: toStored(Temporal.Instant.from(sent_at).add({ hours: 24 * 8 })) })
          .where('sent_at', '=', sent_at)
          .execute();
      await db.schema
        .createIndex('nudge_sent_in_mind')
        .on('nudge_sent')
        .columns(['tenant_id', 'platform', 'person_id', 'until'])
        .execute();
    },
  },
};
