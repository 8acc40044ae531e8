import { type Selectable, sql } from 'kysely';
import { type Db, type Migrations, type Tables, toStored } from '../../store/database.ts';
import type { Subject } from './polls.ts';
import type { Series } from './series-rules.ts';

declare module '../../store/database.ts' {
  interface Tables {
    poll_series: {
      tenant_id: string;
      id: string;
      platform: string;
      place_id: string;
      place_name: string | null;
      subject: Subject;
      rhythm: Series['rhythm'];
      topic: string | null;
      anonymous: number;
      /** ISO 8601 duration. */
      period: string;
      language: string;
      time_zone: string;
      asker_id: string;
      asker_name: string;
      asker_language: string;
      started_at: string;
      rounds: number;
      skipped: number;
      shared: number;
      next_at: string | null;
      ended_at: string | null;
    };
  }
}

export const seriesMigrations: Migrations = {
  '2026-11-22-poll-series': {
    async up(db) {
      await db.schema
        .createTable('poll_series')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('place_id', 'text', (column) => column.notNull())
        .addColumn('place_name', 'text')
        .addColumn('subject', 'text', (column) => column.notNull())
        .addColumn('rhythm', 'text', (column) => column.notNull())
        .addColumn('topic', 'text')
        .addColumn('anonymous', 'integer', (column) => column.notNull())
        .addColumn('period', 'text', (column) => column.notNull())
        .addColumn('language', 'text', (column) => column.notNull())
        .addColumn('time_zone', 'text', (column) => column.notNull())
        .addColumn('asker_id', 'text', (column) => column.notNull())
        .addColumn('asker_name', 'text', (column) => column.notNull())
        .addColumn('asker_language', 'text', (column) => column.notNull())
        .addColumn('started_at', 'text', (column) => column.notNull())
        .addColumn('rounds', 'integer', (column) => column.notNull())
        .addColumn('skipped', 'integer', (column) => column.notNull())
        .addColumn('shared', 'integer', (column) => column.notNull())
        .addColumn('next_at', 'text')
        .addColumn('ended_at', 'text')
        .addPrimaryKeyConstraint('poll_series_pk', ['tenant_id', 'id'])
        .execute();
      await db.schema
        .createIndex('poll_series_running')
        .unique()
        .on('poll_series')
        .columns(['tenant_id', 'platform', 'place_id', 'subject'])
        .where(sql<boolean>`ended_at is null`)
        .execute();
    },
  },
};

/** Keeps a new series. False when one of its subject runs in that place. */
export async function startSeries(
  tx: Db,
  tenant: string,
  platform: string,
  series: Series,
): Promise<boolean> {
  const result = await tx
    .insertInto('poll_series')
    .values({
      tenant_id: tenant,
      id: series.id,
      platform,
      place_id: series.place,
      place_name: series.placeName ?? null,
      subject: series.subject,
      rhythm: series.rhythm,
      topic: series.topic ?? null,
      anonymous: series.anonymous ? 1 : 0,
      period: series.period.toString(),
      language: series.language,
      time_zone: series.timeZone,
      asker_id: series.asker.id,
      asker_name: series.asker.name,
      asker_language: series.asker.language,
      started_at: toStored(series.startedAt),
      rounds: series.rounds,
      skipped: series.skipped,
      shared: series.shared ? 1 : 0,
      next_at: null,
      ended_at: null,
    })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** The series of this subject that runs in a place. */
export async function runningSeries(
  db: Db,
  tenant: string,
  at: { platform: string; place: string },
  subject: Subject,
): Promise<Series | undefined> {
  const row = await running(db, tenant)
    .where('platform', '=', at.platform)
    .where('place_id', '=', at.place)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row && seriesOf(row);
}

/** A series by its id, while it runs. */
export async function findSeries(db: Db, tenant: string, id: string): Promise<Series | undefined> {
  const row = await running(db, tenant).where('id', '=', id).executeTakeFirst();
  return row && seriesOf(row);
}

/** One more round has had its time. */
export async function countRound(
  tx: Db,
  tenant: string,
  id: string,
  round: { skipped: boolean; nextAt: Temporal.Instant | undefined },
): Promise<void> {
  await tx
    .updateTable('poll_series')
    .set((set) => ({
      rounds: set('rounds', '+', 1),
      skipped: set('skipped', '+', round.skipped ? 1 : 0),
      next_at: round.nextAt ? toStored(round.nextAt) : null,
    }))
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .execute();
}

/** Ends a series. False when it had ended. */
export async function endSeries(tx: Db, tenant: string, id: string, now: Temporal.Instant): Promise<boolean> {
  const result = await tx
    .updateTable('poll_series')
    .set({ ended_at: toStored(now) })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

function running(db: Db, tenant: string) {
  return db
    .selectFrom('poll_series')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('ended_at', 'is', null);
}

function seriesOf(row: Selectable<Tables['poll_series']>): Series {
  return {
    id: row.id,
    subject: row.subject,
    rhythm: row.rhythm,
    place: row.place_id,
    placeName: row.place_name ?? undefined,
    topic: row.topic ?? undefined,
    anonymous: row.anonymous === 1,
    period: Temporal.Duration.from(row.period),
    language: row.language === 'en' ? 'en' : 'nl',
    timeZone: row.time_zone,
    asker: {
      id: row.asker_id,
      name: row.asker_name,
      language: row.asker_language === 'en' ? 'en' : 'nl',
    },
    startedAt: Temporal.Instant.from(row.started_at),
    rounds: row.rounds,
    skipped: row.skipped,
    shared: row.shared === 1,
    nextAt: row.next_at === null ? undefined : Temporal.Instant.from(row.next_at),
  };
}
