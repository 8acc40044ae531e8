import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import type { Person } from '../../chat/request.ts';
import { relationOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { archived } from '../clients/naming-store.ts';
import { findClient } from '../clients/store.ts';
import { maySee } from '../expectations/expectations.ts';
import { findExpectation } from '../expectations/store.ts';
import type { Feedback } from './feedback.ts';
import { findFeedback } from './store.ts';

/** One of what was brought, as far as whoever asks may read or change it. */

export type Held = { one: Feedback; client: Client | undefined };

/** One that whoever asks may read; he may change it when he brought it, owns it, or is of the client's team. */
export async function found(asked: Asked, id: string): Promise<Held & { mayChange: boolean }> {
  const it = await readable(asked, id);
  if (!it) throw new Refusal('error.feedback-gone');
  return it;
}

/** The same; undefined when it is not there, or not for him. */
export async function readable(
  asked: Asked,
  id: string,
): Promise<(Held & { mayChange: boolean }) | undefined> {
  const { tx, tenant, person } = asked;
  const one = await findFeedback(tx, tenant, id);
  if (!one) return undefined;
  const client = one.client === undefined ? undefined : await findClient(tx, tenant, one.client);
  const right = await rightOf(asked, person, { one, client });
  return right === 'none' ? undefined : { one, client, mayChange: right === 'change' };
}

/** What somebody may do with one. */
export async function rightOf(
  asked: Asked,
  person: Person,
  { one, client }: Held,
): Promise<'change' | 'read' | 'none'> {
  const relation = client && (await relationOf(asked, person, client));
  if (relation === 'contact' || relation === 'none') return 'none';
  const isOwn = one.by.id === person.id || one.owner?.id === person.id;
  return isOwn || relation === 'team' || person.admin ? 'change' : 'read';
}

/** One that whoever asks may change. */
export async function held(asked: Asked, id: string): Promise<Held> {
  const { one, client, mayChange } = await found(asked, id);
  if (!mayChange) throw new Refusal('error.feedback-not-yours', { name: one.owner?.name ?? one.by.name });
  if (client?.archived) throw archived(asked, client);
  return { one, client };
}

/** The words of the expectation that it touches, for whoever may see that. */
export async function touchedBy(
  asked: Asked,
  one: Feedback,
  client: Client | undefined,
): Promise<string | undefined> {
  const { tx, tenant, person } = asked;
  const touched = one.expectation && (await findExpectation(tx, tenant, one.expectation));
  if (!touched || !client || touched.client !== client.id) return undefined;
  const reader = { id: person.id, relation: await relationOf(asked, person, client) };
  return maySee(touched, reader, client) ? touched.wording.text : undefined;
}
