import type { Db } from '../../store/database.ts';
import type { Client } from '../clients/clients.ts';
import { maySee, waitsForManager } from '../expectations/expectations.ts';
import { expectationsOf } from '../expectations/store.ts';

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
  const all = await expectationsOf(db, tenant, client.id, { open: false });
  const hidden = all.filter((one) =>
    person === undefined ? waitsForManager(one) : !maySee(one, { id: person, relation: 'colleague' }, client),
  );
  return new Set(hidden.map(({ id }) => id));
}
