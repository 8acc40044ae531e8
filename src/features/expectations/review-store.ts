import type { Db } from '../../store/database.ts';
import type { Colleague } from '../clients/clients.ts';
import { addEvent, type Deed } from './change-store.ts';
import type { Expectation } from './expectations.ts';

/** Notes that somebody of the team was asked whether it still holds. */
export function noteReview(tx: Db, tenant: string, { id, wording }: Expectation, deed: Deed): Promise<void> {
  return addEvent(tx, tenant, { expectation: id, wording: wording.id }, 'review', deed);
}

/** Who was asked last whether it still holds, and when. */
export async function lastReview(
  db: Db,
  tenant: string,
  expectation: string,
): Promise<{ who: Colleague; at: Temporal.Instant } | undefined> {
  const row = await db
    .selectFrom('expectation_event')
    .select(['person_id', 'person_name', 'happened_at'])
    .where('tenant_id', '=', tenant)
    .where('expectation_id', '=', expectation)
    .where('happened', '=', 'review')
    .orderBy('happened_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (
    row && {
      who: { id: row.person_id, name: row.person_name },
      at: Temporal.Instant.from(row.happened_at),
    }
  );
}
