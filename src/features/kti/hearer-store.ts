import type { Due } from '../../chat/feature.ts';
import { hasLeft } from '../../store/people.ts';
import type { Client, Colleague } from '../clients/clients.ts';

/** Who of us hears how a round goes: who asked; the client's owner once he has left. */
export async function hearerOf(
  { tx, platform, tenant }: Pick<Due, 'tx' | 'platform' | 'tenant'>,
  { owner }: Pick<Client, 'owner'>,
  asker: Colleague,
): Promise<Colleague> {
  return (await hasLeft(tx, platform, tenant, asker.id)) ? owner : asker;
}
