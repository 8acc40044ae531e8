import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { mustWrite } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { archived } from '../clients/naming-store.ts';
import { findClient } from '../clients/store.ts';
import { currentIn, ktisSeen, seenOf, ungradedIn } from '../kti/current-store.ts';
import type { Kti } from '../kti/kti.ts';
import { findKti } from '../kti/store.ts';
import { actionsFor, workSince } from '../kti/work-rules.ts';
import { isOpen } from './actions.ts';
import { type Asking, inNeed } from './asking-rules.ts';
import { actionsOf } from './store.ts';

/** How the KTIs of a client stand, for whoever wants to do something about one. */

/** All of a client that hold now and that whoever asks may see, the one that asks for an action most first. */
export async function askingOf(asked: Asked, client: Client): Promise<Asking[]> {
  const { tx, tenant, person } = asked;
  const ktis = await ktisSeen(asked, client, person.id);
  const known = actionsFor(await actionsOf(tx, tenant, client.id), ktis);
  const graded = await currentIn(asked, client.id, ktis);
  const ungraded = await ungradedIn(asked, client.id, ktis);
  return inNeed([
    ...graded.map((row) => ({ kti: row.kti, row, isWorked: workSince(known(row), row) !== undefined })),
    ...ungraded.map((kti) => ({ kti, row: undefined, isWorked: known(kti).some(isOpen) })),
  ]);
}

/** A KTI for which whoever asks may start something, with its client. */
export async function ktiToRaise(asked: Asked, id: string): Promise<{ kti: Kti; client: Client }> {
  const { tx, tenant, person } = asked;
  const kti = await findKti(tx, tenant, id);
  const client = kti && (await findClient(tx, tenant, kti.client));
  if (!kti || !client) throw new Refusal('error.actions-kti-gone');
  await mustWrite(asked, client);
  if (client.archived) throw archived(asked, client);
  const [seen] = await seenOf(asked, client, person.id, [kti]);
  if (!seen) throw new Refusal('error.actions-kti-gone');
  return { kti, client };
}
