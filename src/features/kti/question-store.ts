import { type Selectable, sql } from 'kysely';
import { type Db, type Migrations, readsDoNotHold, type Tables, toStored } from '../../store/database.ts';
import type { Words } from './kti.ts';
import { type Kept, listOf, type Question, type StandardQuestion } from './question-rules.ts';

declare module '../../store/database.ts' {
  interface Tables {
    /** What a company changed of the standard questions, and those it added. Of what it left alone there is no row. */
    kti_question: {
      tenant_id: string;
      /** That of the supplied question, or of the company's own. */
      id: string;
      /** Null: in the supplied words. */
      text_nl: string | null;
      text_en: string | null;
      theme_nl: string | null;
      theme_en: string | null;
      left_out: number;
      changed_by: string;
      changed_at: string;
    };
  }
}

export const questionTables: Migrations = {
  '2026-11-29-kti-question': {
    async up(db) {
      await db.schema
        .createTable('kti_question')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('text_nl', 'text')
        .addColumn('text_en', 'text')
        .addColumn('theme_nl', 'text')
        .addColumn('theme_en', 'text')
        .addColumn('left_out', 'integer', (column) => column.notNull())
        .addColumn('changed_by', 'text', (column) => column.notNull())
        .addColumn('changed_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('kti_question_pk', ['tenant_id', 'id'])
        .execute();
    },
  },
};

/** The standard questions that are asked in a workspace, in their order. */
export async function standardQuestions(db: Db, tenant: string): Promise<Question[]> {
  return (await questionList(db, tenant)).filter(({ leftOut }) => !leftOut);
}

/** All there are, those that are left out too: the supplied ones first. */
export async function questionList(db: Db, tenant: string): Promise<StandardQuestion[]> {
  return listOf((await kept(db, tenant).execute()).map(keptOf));
}

/** The same, such that nobody else changes them before the transaction ends: of two that go at once one may be the last. */
export async function holdQuestions(tx: Db, tenant: string): Promise<StandardQuestion[]> {
  // There is no row to hold of a question that was never changed.
  if (readsDoNotHold(tx))
    await sql`select pg_advisory_xact_lock(hashtextextended(${`kti_question ${tenant}`}, 0))`.execute(tx);
  return questionList(tx, tenant);
}

/** Keeps how a question is worded (undefined: as supplied), and whether it is left out. */
export async function keepQuestion(
  tx: Db,
  tenant: string,
  { id, words, leftOut }: { id: string; words: Words | undefined; leftOut: boolean },
  { by, now }: { by: string; now: Temporal.Instant },
): Promise<void> {
  const facts = {
    ...{ text_nl: words?.text.nl ?? null, text_en: words?.text.en ?? null },
    ...{ theme_nl: words?.theme.nl ?? null, theme_en: words?.theme.en ?? null },
    ...{ left_out: leftOut ? 1 : 0, changed_by: by, changed_at: toStored(now) },
  };
  await tx
    .insertInto('kti_question')
    .values({ tenant_id: tenant, id, ...facts })
    .onConflict((on) => on.columns(['tenant_id', 'id']).doUpdateSet(facts))
    .execute();
}

function kept(db: Db, tenant: string) {
  return db.selectFrom('kti_question').selectAll().where('tenant_id', '=', tenant).orderBy('id');
}

function keptOf(row: Selectable<Tables['kti_question']>): Kept {
  const { text_nl: nl, text_en: en, theme_nl, theme_en } = row;
  const hasWords = nl !== null && en !== null && theme_nl !== null && theme_en !== null;
  return {
    id: row.id,
    words: hasWords ? { text: { nl, en }, theme: { nl: theme_nl, en: theme_en } } : undefined,
    leftOut: row.left_out === 1,
  };
}
