import type { Column } from '../../../src/features/improvements/improvements.ts';
import { anna, bram, direct, general, type House, subjectOf } from '../../support/house.ts';

/** Bram has an idea for Acme; returns its id. */
export async function bringIdea(belay: House, text = 'eerder bellen'): Promise<string> {
  return subjectOf(await belay.say(bram, general, `verbetering ${text}`), 'improvements.plan');
}

/** All ideas, the oldest first. */
export async function rowsOf(belay: House) {
  return belay.store.db.selectFrom('improvement').selectAll().orderBy('id').execute();
}

/** Anna fills in the plan, as it is now. */
export async function fillPlan(belay: House, id: string, fields: Record<string, string> = {}) {
  const row = (await rowsOf(belay)).find((one) => one.id === id);
  const plan = {
    expects: 'Nooit meer hoeven vragen',
    serves: 'words',
    'serves-words': 'rust bij Daan',
    tries: 'bellen',
  };
  return belay.submit(anna, direct, 'improvements.plan', `${id}.${row?.revision}`, { ...plan, ...fields });
}

/** Anna brings it as far as this, by its buttons; with a plan, when it has none. */
export async function moveTo(belay: House, id: string, to: Exclude<Column, 'idea' | 'done'>): Promise<void> {
  const row = (await rowsOf(belay)).find((one) => one.id === id);
  if (row?.expects === null && to !== 'plan') await fillPlan(belay, id);
  for (const column of ['plan', 'do', 'check', 'act'] as const) {
    const stage = (await rowsOf(belay)).find((one) => one.id === id)?.stage;
    if (stage === to) return;
    await belay.press(anna, direct, 'improvements.move', id, column);
  }
}
