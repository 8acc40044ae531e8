import type { Kysely } from 'kysely';
import type { Tables } from '../../store/database.ts';

/** The tables of what was given, and of what the team thought that it would be. */

declare module '../../store/database.ts' {
  interface Tables {
    kti_grade: {
      tenant_id: string;
      round_id: string;
      kti_id: string;
      grader_id: string;
      grader_name: string;
      grade: number;
      why: string | null;
      graded_at: string;
    };
    /** What a grade was before it was changed. */
    kti_grade_history: {
      tenant_id: string;
      round_id: string;
      kti_id: string;
      grader_id: string;
      grade: number;
      why: string | null;
      graded_at: string;
    };
    /** What somebody of the team thinks that the client will say: shown as a mean alone. */
    kti_forecast: {
      tenant_id: string;
      round_id: string;
      kti_id: string;
      person_id: string;
      grade: number;
      forecast_at: string;
    };
  }
}

/** Makes them; a part of the migration with which the capability began. */
export async function makeGrades(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('kti_grade')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('round_id', 'text', (column) => column.notNull())
    .addColumn('kti_id', 'text', (column) => column.notNull())
    .addColumn('grader_id', 'text', (column) => column.notNull())
    .addColumn('grader_name', 'text', (column) => column.notNull())
    .addColumn('grade', 'integer', (column) => column.notNull())
    .addColumn('why', 'text')
    .addColumn('graded_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('kti_grade_pk', ['tenant_id', 'round_id', 'kti_id', 'grader_id'])
    .execute();
  await db.schema
    .createIndex('kti_grade_of')
    .on('kti_grade')
    .columns(['tenant_id', 'kti_id', 'graded_at'])
    .execute();
  await db.schema.createIndex('kti_grade_at').on('kti_grade').columns(['tenant_id', 'graded_at']).execute();
  await db.schema
    .createTable('kti_grade_history')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('round_id', 'text', (column) => column.notNull())
    .addColumn('kti_id', 'text', (column) => column.notNull())
    .addColumn('grader_id', 'text', (column) => column.notNull())
    .addColumn('grade', 'integer', (column) => column.notNull())
    .addColumn('why', 'text')
    .addColumn('graded_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('kti_forecast')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('round_id', 'text', (column) => column.notNull())
    .addColumn('kti_id', 'text', (column) => column.notNull())
    .addColumn('person_id', 'text', (column) => column.notNull())
    .addColumn('grade', 'integer', (column) => column.notNull())
    .addColumn('forecast_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('kti_forecast_pk', ['tenant_id', 'round_id', 'kti_id', 'person_id'])
    .execute();
}
