import type { Db } from '../../store/database.ts';
import { addEvent, type Deed } from './change-store.ts';
import type { Expectation } from './expectations.ts';

/** Notes that somebody of the team was asked whether it still holds. */
export function noteReview(tx: Db, tenant: string, { id, wording }: Expectation, deed: Deed): Promise<void> {
  return addEvent(tx, tenant, { expectation: id, wording: wording.id }, 'review', deed);
}
