import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { mustWrite } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { archived } from '../clients/naming-store.ts';
import { findClient } from '../clients/store.ts';
import type { Kti } from '../kti/kti.ts';
import { companyOf, findKti, ktisOf } from '../kti/store.ts';
import { lately } from '../kti/summary-store.ts';
import { isOpen } from './actions.ts';
import { type Asking, inNeed } from './asking-rules.ts';
import { actionsOf } from './store.ts';

/** How the KTIs of a client stand, for whoever wants to do something about one. */

/** All of a client that hold now, the one that asks for an action most first. */
export async function askingOf(
  { tx, tenant, now }: Pick<Asked, 'tx' | 'tenant' | 'now'>,
  client: string,
): Promise<Asking[]> {
  const ktis = await ktisOf(tx, tenant, client);
  const kinds = [...new Set(ktis.flatMap(({ kind }) => kind ?? []))];
  const company = await companyOf(tx, tenant, { kinds, but: client, since: now.subtract(lately) });
  const open = (await actionsOf(tx, tenant, client)).filter(isOpen);
  return inNeed(ktis, {
    company: ({ kind }) => company.get(kind ?? ''),
    underWay: ({ id }) => open.filter(({ kti }) => kti === id).length,
  });
}

/** A KTI for which whoever asks may start something, with its client. */
export async function ktiToRaise(asked: Asked, id: string): Promise<{ kti: Kti; client: Client }> {
  const { tx, tenant } = asked;
  const kti = await findKti(tx, tenant, id);
  const client = kti && (await findClient(tx, tenant, kti.client));
  if (!kti || !client) throw new Refusal('error.actions-kti-gone');
  await mustWrite(asked, client);
  if (client.archived) throw archived(asked, client);
  return { kti, client };
}
