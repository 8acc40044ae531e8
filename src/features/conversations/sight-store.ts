import type { Db } from '../../store/database.ts';
import type { Client } from '../clients/clients.ts';
import { isKeptFrom } from '../expectations/expectations.ts';
import { personalSights } from '../expectations/outline-store.ts';

/**
 * The ids of a client's expectations that this person of the workspace may not see; without a person those that some may
 * not, for where many read along. What was said of them is not to be shown either.
 */
export async function hiddenFrom(
  db: Db,
  tenant: string,
  client: Client,
  person: string | undefined,
): Promise<Set<string>> {
  const personal = await personalSights(db, tenant, client.id);
  return new Set([...personal].flatMap(([id, sight]) => (isKeptFrom(sight, person, client) ? [id] : [])));
}
