import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import { mustRead, readableClients, relationOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { archived, nameClient } from '../clients/naming-store.ts';
import { ownOf } from '../clients/own-store.ts';
import { findClient } from '../clients/store.ts';
import { within } from '../expectations/expectations.ts';
import { seenOf } from '../kti/current-store.ts';
import { findKtis } from '../kti/store.ts';
import { type Pressed, todayOf } from './access-feature.ts';
import { byUrgency, isOpen, isUnseen } from './actions.ts';
import { inUnseen, type Known, type List, type Listed, listCard, pageOf } from './list-cards.ts';
import { sincesOf } from './since-store.ts';
import { actionsOf, currentActions } from './store.ts';

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
  const shown = client ? await ofClient(asked, client, page) : await ours(asked);
  return [answer(listCard({ ...shown, client, page, today: todayOf(asked) }, readers(asked)), 'person')];
}

type Shown = Pick<List, 'open' | 'mine' | 'unseen' | 'finished' | 'known'>;

/** Of one client also what is finished, with what came of it. */
async function ofClient(asked: Asked, client: Client, page: number): Promise<Shown> {
  const { tx, tenant, now, person } = asked;
  await mustRead(asked, client);
  if (client.archived) throw archived(asked, client);
  const isTeam = (await relationOf(asked, person, client)) === 'team';
  const listed = (await actionsOf(tx, tenant, client.id)).map((one): Listed => {
    return { one, client, mayChange: isTeam || one.owner.id === person.id };
  });
  const { open, unseen } = parts(listed, now);
  const finished = listed
    .filter((item) => item.one.state === 'done' && !unseen.slice(0, inUnseen).includes(item))
    .toSorted(newestFirst);
  const known = await knownOf(asked, client, pageOf({ open, finished, page }).finished);
  return { open, mine: 0, unseen, finished, known };
}

/** One's own, as far as one may read of their clients, and before those of the clients that one works for. */
async function ours(asked: Asked): Promise<Shown> {
  const { tx, tenant, now, person } = asked;
  const since = now.subtract(lately);
  const readable = await readableClients(asked, person);
  const clients = new Map(readable.map((one) => [one.id, one]));
  const own = (await ownOf(asked, person.id, readable)).map(({ id }) => id);
  const all = await currentActions(tx, tenant, { owner: person.id, clients: own, since });
  const listed = all.flatMap((one): Listed[] => {
    const client = clients.get(one.client);
    return client ? [{ one, client, mayChange: true }] : [];
  });
  const { open, unseen } = parts(listed, now);
  const isMine = ({ one }: Listed) => one.owner.id === person.id;
  const sorted = [...open.filter(isMine), ...open.filter((item) => !isMine(item))];
  return { open: sorted, mine: open.filter(isMine).length, unseen, finished: [], known: new Map() };
}

/** The open ones, the most urgent first, and what was done lately and not seen, the newest first. */
function parts(listed: Listed[], now: Temporal.Instant): { open: Listed[]; unseen: Listed[] } {
  const since = now.subtract(lately);
  return {
    open: listed.filter(({ one }) => isOpen(one)).toSorted((a, b) => byUrgency(a.one, b.one)),
    unseen: listed.filter(({ one }) => isUnseen(one, since)).toSorted(newestFirst),
  };
}

function newestFirst({ one }: Listed, { one: other }: Listed): number {
  if (!one.doneAt || !other.doneAt) return 0;
  return Temporal.Instant.compare(other.doneAt, one.doneAt) || (one.id < other.id ? 1 : -1);
}

/** For what each of these was, as far as the reader may see that, and what was graded for it since. */
async function knownOf(asked: Asked, client: Client, finished: Listed[]): Promise<Map<string, Known>> {
  const { tx, tenant, person } = asked;
  const all = finished.map(({ one }) => one);
  const graded = await findKtis(tx, tenant, [...new Set(all.map(({ kti }) => kti))]);
  const seen = await seenOf(asked, client, person.id, graded);
  const sinces = await sincesOf(tx, tenant, client.id, all);
  return new Map(
    all.flatMap((one) => {
      const kti = seen.find(({ id }) => id === one.kti);
      return kti ? [[one.id, { kti, since: sinces.get(one.id) }]] : [];
    }),
  );
}
