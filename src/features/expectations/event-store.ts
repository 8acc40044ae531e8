import type { Db } from '../../store/database.ts';
import type { Colleague } from '../clients/clients.ts';
import type { Move } from './expectations.ts';
import type { Happened } from './tables-store.ts';

/** Who did this to one last, and when: of a review, who was asked. */
export async function lastDeed(
  db: Db,
  tenant: string,
  expectation: string,
  happened: Happened,
): Promise<{ who: Colleague; at: Temporal.Instant } | undefined> {
  const row = await db
    .selectFrom('expectation_event')
    .select(['person_id', 'person_name', 'happened_at'])
    .where('tenant_id', '=', tenant)
    .where('expectation_id', '=', expectation)
    .where('happened', '=', happened)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (
    row && {
      who: { id: row.person_id, name: row.person_name },
      at: Temporal.Instant.from(row.happened_at),
    }
  );
}

/** The moves after which it is over. */
const endings = ['meet', 'miss', 'withdraw'] as const satisfies Move[];

/** When each of these was over, by its id. */
export async function endedAtOf(
  db: Db,
  tenant: string,
  expectations: string[],
): Promise<Map<string, Temporal.Instant>> {
  if (expectations.length === 0) return new Map();
  const rows = await db
    .selectFrom('expectation_event')
    .select(['expectation_id', 'happened_at'])
    .where('tenant_id', '=', tenant)
    .where('expectation_id', 'in', expectations)
    .where('happened', 'in', endings)
    .orderBy('id')
    .execute();
  return new Map(rows.map((row) => [row.expectation_id, Temporal.Instant.from(row.happened_at)]));
}
