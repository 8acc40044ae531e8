import type { Db } from '../../store/database.ts';
import { recount } from './count-store.ts';
import { keepJoined } from './joined-store.ts';
import type { Kti } from './kti.ts';
import { movePlan } from './plan-store.ts';
import { ktisOf } from './store.ts';

/** One client becomes a part of another: its rounds and grades belong to that one, also for what both were asked alike. */
export async function moveKtis(tx: Db, tenant: string, from: string, to: string): Promise<void> {
  await movePlan(tx, tenant, from, to);
  // Its rounds are held before its KTIs, as by whoever grades.
  await give(tx, 'kti_round', tenant, { from, to });
  const there = await ktisOf(tx, tenant, to);
  for (const one of await ktisOf(tx, tenant, from)) {
    const same = sameAs(one, there);
    if (same) await join(tx, tenant, one, same);
  }
  await give(tx, 'kti', tenant, { from, to });
}

async function give(
  tx: Db,
  table: 'kti' | 'kti_round',
  tenant: string,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await tx
    .updateTable(table)
    .set({ client_id: to })
    .where('tenant_id', '=', tenant)
    .where('client_id', '=', from)
    .execute();
}

/** The one of another client's that asks the same; when the two clients become one it stands for both. */
export function sameAs(one: Kti, there: Kti[]): Kti | undefined {
  return there.find(
    ({ source, about, text }) =>
      source === one.source && about === one.about && text.nl === one.text.nl && text.en === one.text.en,
  );
}

/** What was given for one is given for the other. */
async function join(tx: Db, tenant: string, one: Kti, other: Kti): Promise<void> {
  for (const table of [
    'kti_item',
    'kti_invitation',
    'kti_grade',
    'kti_grade_history',
    'kti_forecast',
  ] as const)
    await tx
      .updateTable(table)
      .set({ kti_id: other.id })
      .where('tenant_id', '=', tenant)
      .where('kti_id', '=', one.id)
      .execute();
  await tx.deleteFrom('kti').where('tenant_id', '=', tenant).where('id', '=', one.id).execute();
  await keepJoined(tx, tenant, one.id, other.id);
  await recount(tx, tenant, other.id);
}
