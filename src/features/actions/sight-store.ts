import type { Db } from '../../store/database.ts';
import type { Client } from '../clients/clients.ts';
import { hiddenFrom } from '../conversations/sight-store.ts';
import type { Kti } from '../kti/kti.ts';

/**
 * Those of a client's KTIs that this person of the workspace may see: an expectation about a person is not for everybody
 * until the manager says that it can be done.
 */
export async function seenBy(
  db: Db,
  tenant: string,
  client: Client,
  person: string,
  ktis: Kti[],
): Promise<Kti[]> {
  if (ktis.every(({ source }) => source === 'question')) return ktis;
  const hidden = await hiddenFrom(db, tenant, client, person);
  return ktis.filter(({ source, about }) => source === 'question' || !hidden.has(about));
}
