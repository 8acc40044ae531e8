import type { Selectable } from 'kysely';
import { type Db, type Migrations, type Tables, toStored } from '../../store/database.ts';
import type { Plan, Rhythm } from './plan-rules.ts';

declare module '../../store/database.ts' {
  interface Tables {
    /** Which clients are asked again and again. */
    kti_plan: {
      tenant_id: string;
      client_id: string;
      id: string;
      platform: string;
      rhythm: Rhythm;
      by_id: string;
      by_name: string;
      /** By the team's clock, without a zone. */
      began: string;
      rounds: number;
      skipped: number;
      next_at: string;
      /** A date by the team's clock. */
      last_day: string | null;
      told: string | null;
    };
  }
}

export const planTables: Migrations = {
  '2026-11-29-kti-plan': {
    async up(db) {
      await db.schema
        .createTable('kti_plan')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('client_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('rhythm', 'text', (column) => column.notNull())
        .addColumn('by_id', 'text', (column) => column.notNull())
        .addColumn('by_name', 'text', (column) => column.notNull())
        .addColumn('began', 'text', (column) => column.notNull())
        .addColumn('rounds', 'integer', (column) => column.notNull())
        .addColumn('skipped', 'integer', (column) => column.notNull())
        .addColumn('next_at', 'text', (column) => column.notNull())
        .addColumn('last_day', 'text')
        .addColumn('told', 'text')
        .addPrimaryKeyConstraint('kti_plan_pk', ['tenant_id', 'client_id'])
        .addUniqueConstraint('kti_plan_id', ['tenant_id', 'id'])
        .execute();
    },
  },
};

/** Keeps a client's plan, in place of an earlier one. Whoever does this holds the client. */
export async function keepPlan(
  tx: Db,
  { tenant, platform }: { tenant: string; platform: string },
  plan: Plan,
): Promise<void> {
  const facts = {
    ...{ id: plan.id, platform, rhythm: plan.rhythm, by_id: plan.by.id, by_name: plan.by.name },
    ...{ began: plan.began.toString(), rounds: plan.rounds, skipped: plan.skipped },
    ...{ next_at: toStored(plan.nextAt), last_day: plan.lastDay?.toString() ?? null },
    told: plan.told ?? null,
  };
  await tx
    .insertInto('kti_plan')
    .values({ tenant_id: tenant, client_id: plan.client, ...facts })
    .onConflict((on) => on.columns(['tenant_id', 'client_id']).doUpdateSet(facts))
    .execute();
}

/** That of a client. */
export async function planOf(db: Db, tenant: string, client: string): Promise<Plan | undefined> {
  const row = await plans(db, tenant).where('client_id', '=', client).executeTakeFirst();
  return row && planFrom(row);
}

/** The same when it asks each working day: it goes on whatever becomes of a round. */
export async function dailyPlan(db: Db, tenant: string, client: string): Promise<Plan | undefined> {
  const plan = await planOf(db, tenant, client);
  return plan?.rhythm === 'day' ? plan : undefined;
}

/** One by its id, as long as no other took its place. */
export async function findPlan(db: Db, tenant: string, id: string): Promise<Plan | undefined> {
  const row = await plans(db, tenant).where('id', '=', id).executeTakeFirst();
  return row && planFrom(row);
}

/** The client is asked by itself no more. */
export async function dropPlan(tx: Db, tenant: string, id: string): Promise<void> {
  await tx.deleteFrom('kti_plan').where('tenant_id', '=', tenant).where('id', '=', id).execute();
}

/** One client becomes a part of another: the plan of that one goes on, or else that of the first does. */
export async function movePlan(tx: Db, tenant: string, from: string, to: string): Promise<void> {
  const own = await planOf(tx, tenant, from);
  if (!own) return;
  if (await planOf(tx, tenant, to)) return dropPlan(tx, tenant, own.id);
  await tx
    .updateTable('kti_plan')
    .set({ client_id: to })
    .where('tenant_id', '=', tenant)
    .where('id', '=', own.id)
    .execute();
}

function plans(db: Db, tenant: string) {
  return db.selectFrom('kti_plan').selectAll().where('tenant_id', '=', tenant);
}

function planFrom(row: Selectable<Tables['kti_plan']>): Plan {
  return {
    ...{ id: row.id, client: row.client_id, rhythm: row.rhythm, by: { id: row.by_id, name: row.by_name } },
    ...{ began: Temporal.PlainDateTime.from(row.began), rounds: row.rounds, skipped: row.skipped },
    nextAt: Temporal.Instant.from(row.next_at),
    lastDay: row.last_day === null ? undefined : Temporal.PlainDate.from(row.last_day),
    told: row.told ?? undefined,
  };
}
