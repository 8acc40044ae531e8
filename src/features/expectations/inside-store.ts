import type { Db } from '../../store/database.ts';
import { addEvent, type Deed } from './change-store.ts';
import type { Expectation, Inside } from './expectations.ts';

/** Keeps what only the team sees, and what it does about it. Whom it is about anew is to be judged anew. */
export async function keepInside(
  tx: Db,
  tenant: string,
  { id, ...before }: Expectation,
  inside: Inside & { doing?: Expectation['doing'] },
): Promise<void> {
  const samePerson = inside.about === 'person' && inside.person?.id === before.person?.id;
  await tx
    .updateTable('expectation')
    .set({
      why: inside.why ?? null,
      importance: inside.importance ?? null,
      kano: inside.kano ?? null,
      about: inside.about,
      person_id: inside.about === 'person' ? (inside.person?.id ?? null) : null,
      person_name: inside.about === 'person' ? (inside.person?.name ?? null) : null,
      category: inside.category ?? null,
      notes: inside.notes ?? null,
      doing: inside.doing ?? null,
      ...(!samePerson && { feasible: null }),
    })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .execute();
}

/** The manager's word on one about a person. */
export async function markFeasible(
  tx: Db,
  tenant: string,
  one: Expectation,
  feasible: boolean,
  deed: Deed,
): Promise<void> {
  await tx
    .updateTable('expectation')
    .set({ feasible: feasible ? 1 : 0 })
    .where('tenant_id', '=', tenant)
    .where('id', '=', one.id)
    .execute();
  const at = { expectation: one.id, wording: one.wording.id };
  await addEvent(tx, tenant, at, feasible ? 'feasible' : 'not-feasible', deed);
}
