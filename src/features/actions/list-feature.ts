import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import { mustRead, relationOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { archived, nameClient } from '../clients/naming-store.ts';
import { findClient, readClients } from '../clients/store.ts';
import { within } from '../expectations/expectations.ts';
import { type Pressed, todayOf } from './access-feature.ts';
import { type Action, byUrgency, isOpen } from './actions.ts';
import { type Listed, listCard } from './list-cards.ts';
import { actionsOf, doneSince, openActions } from './store.ts';

/** What is under way: one's own, those of one's clients, or those of one client. */

/** `actions [NAME]`. */
export async function listTyped(asked: Asked, text: string): Promise<Effect[]> {
  return list(asked, text.trim() === '' ? undefined : await nameClient(asked, text), 1);
}

/** Those of the client that the button names, or one's own; `detail`: its page. */
export async function listOf(asked: Asked, { subject, detail }: Pressed): Promise<Effect[]> {
  const client = subject === '' ? undefined : await findClient(asked.tx, asked.tenant, subject);
  if (!client && subject !== '') throw new Refusal('error.client-gone');
  return list(asked, client, within(Number(detail || 1), 100));
}

/** What was done in these days and not seen yet is still worth showing. */
const lately = { hours: 24 * 60 };

async function list(asked: Asked, client: Client | undefined, page: number): Promise<Effect[]> {
  if (client) await mustRead(asked, client);
  if (client?.archived) throw archived(asked, client);
  const { tx, tenant, now } = asked;
  const since = now.subtract(lately);
  const all = client
    ? await actionsOf(tx, tenant, client.id)
    : [...(await openActions(tx, tenant)), ...(await doneSince(tx, tenant, since))];
  const listed = await readable(asked, client, all);
  const isUnseen = ({ doneAt, shown }: Action) =>
    doneAt !== undefined &&
    Temporal.Instant.compare(doneAt, since) >= 0 &&
    (shown === undefined || shown === 'not-yet');
  const open = listed.filter(({ one }) => isOpen(one)).toSorted((a, b) => byUrgency(a.one, b.one));
  const unseen = listed.filter(({ one }) => isUnseen(one)).toReversed();
  const shown = { client, open, unseen, today: todayOf(asked) };
  return [answer(listCard({ ...shown, page }, readers(asked)), 'person')];
}

/** Those of a client, or else one's own and those of the clients that one works for, as far as one may read them. */
async function readable(asked: Asked, only: Client | undefined, all: Action[]): Promise<Listed[]> {
  const { tx, tenant, person } = asked;
  const clients = new Map((only ? [only] : await readClients(tx, tenant)).map((one) => [one.id, one]));
  const relations = new Map<string, Awaited<ReturnType<typeof relationOf>>>();
  for (const id of new Set(all.map((one) => one.client))) {
    const client = clients.get(id);
    if (client) relations.set(id, await relationOf(asked, person, client));
  }
  return all.flatMap((one): Listed[] => {
    const client = clients.get(one.client);
    const relation = relations.get(one.client);
    const isMine = one.owner.id === person.id;
    const mayRead = relation === 'team' || (relation === 'colleague' && (isMine || only !== undefined));
    return client && mayRead ? [{ one, client, mayChange: relation === 'team' || isMine }] : [];
  });
}
