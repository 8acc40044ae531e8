import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { mustWrite } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { archived } from '../clients/naming-store.ts';
import { findClient } from '../clients/store.ts';
import { openOutlines } from '../expectations/outline-store.ts';
import type { Kti } from '../kti/kti.ts';
import { companyOf, findKti, ktisOf } from '../kti/store.ts';
import { lately } from '../kti/summary-store.ts';
import { isOpen } from './actions.ts';
import { type Asking, inNeed, isSameMatter } from './asking-rules.ts';
import { seenBy } from './sight-store.ts';
import { actionsOf } from './store.ts';

/** How the KTIs of a client stand, for whoever wants to do something about one. */

/** All of a client that hold now and that whoever asks may see, the one that asks for an action most first. */
export async function askingOf(asked: Asked, client: Client): Promise<Asking[]> {
  const { tx, tenant, now, person } = asked;
  const all = await ktisOf(tx, tenant, client.id);
  const alive = new Set((await openOutlines(tx, tenant, client.id)).map(({ id }) => id));
  const since = now.subtract(lately);
  const holding = all.filter(
    ({ source, about, askedAt }) =>
      Temporal.Instant.compare(askedAt, since) >= 0 && (source === 'question' || alive.has(about)),
  );
  const ktis = await seenBy(tx, tenant, client, person.id, holding);
  const kinds = [...new Set(ktis.flatMap(({ kind }) => kind ?? []))];
  const company = await companyOf(tx, tenant, { kinds, but: client.id, since });
  const open = (await actionsOf(tx, tenant, client.id)).filter(isOpen);
  const worked = open.flatMap(({ kti }) => all.find(({ id }) => id === kti) ?? []);
  return inNeed(ktis, {
    company: ({ kind }) => company.get(kind ?? ''),
    underWay: (kti) => worked.filter((one) => isSameMatter(one, kti)).length,
  });
}

/** A KTI for which whoever asks may start something, with its client. */
export async function ktiToRaise(asked: Asked, id: string): Promise<{ kti: Kti; client: Client }> {
  const { tx, tenant, person } = asked;
  const kti = await findKti(tx, tenant, id);
  const client = kti && (await findClient(tx, tenant, kti.client));
  if (!kti || !client) throw new Refusal('error.actions-kti-gone');
  await mustWrite(asked, client);
  if (client.archived) throw archived(asked, client);
  const [seen] = await seenBy(tx, tenant, client, person.id, [kti]);
  if (!seen) throw new Refusal('error.actions-kti-gone');
  return { kti, client };
}
