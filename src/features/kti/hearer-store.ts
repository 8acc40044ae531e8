import type { Due } from '../../chat/feature.ts';
import { hasLeft } from '../../store/people.ts';
import type { Client, Colleague } from '../clients/clients.ts';

/** Who of us hears how a round goes: who asked; once he has left the client's owner, and then its manager. */
export async function hearerOf(
  { tx, platform, tenant }: Pick<Due, 'tx' | 'platform' | 'tenant'>,
  { owner, manager }: Pick<Client, 'owner' | 'manager'>,
  asker: Colleague,
): Promise<Colleague> {
  for (const one of [asker, owner]) if (!(await hasLeft(tx, platform, tenant, one.id))) return one;
  return manager ?? owner;
}
