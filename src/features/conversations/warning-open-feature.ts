import type { Element } from '../../chat/card.ts';
import type { Telling } from '../../chat/contributions.ts';
import type { Client } from '../clients/clients.ts';
import { hiddenFrom } from './sight-store.ts';
import { openWarningsCard } from './warning-cards.ts';
import { openWarnings } from './warning-store.ts';

/**
 * The warnings about a client that are not settled, as one of its team reads them. `alone`: nobody reads along, else what
 * only some may see is left out even for them.
 */
export async function unsettled(
  { tx, tenant, person, voice }: Pick<Telling, 'tx' | 'tenant' | 'person' | 'voice'>,
  client: Client,
  alone: boolean,
): Promise<Element[]> {
  const open = await openWarnings(tx, tenant, client.id);
  if (open.length === 0) return [];
  const hidden = await hiddenFrom(tx, tenant, client, alone ? person : undefined);
  const mine = ({ from, to }: (typeof open)[number]) => alone && [from.id, to.id].includes(person);
  const shown = open.filter((one) => mine(one) || !one.expectation || !hidden.has(one.expectation));
  return openWarningsCard(shown, voice);
}
