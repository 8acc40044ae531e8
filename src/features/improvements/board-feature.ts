import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { clientOfPlace, mustRead, readableClients } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { archived, nameClient } from '../clients/naming-store.ts';
import { findClient } from '../clients/store.ts';
import { parted, within } from '../expectations/expectations.ts';
import { openExpectations } from '../expectations/store.ts';
import { feedbackSince } from '../feedback/store.ts';
import { found, type Pressed, shown } from './access-feature.ts';
import { type Board, boardCard, columnCard, type Item } from './board-cards.ts';
import { columnOf, type Improvement, importanceOf, openStages } from './improvements.ts';
import { limitOf } from './settings-feature.ts';
import { improvementsIn } from './store.ts';
import { votersOf } from './vote-store.ts';

/** The board: what stands in which column. */

/** `board [NAME]`: of a client, of the one this channel belongs to, or all that whoever asks may read. */
export async function boardTyped(asked: Asked, text: string): Promise<Effect[]> {
  const here = (await clientOfPlace(asked, asked.place.id))?.client;
  const client = text.trim() === '' ? here : await nameClient(asked, text);
  return [answer(boardCard(await boardOf(asked, client), asked.say), 'person')];
}

/** The board of the client that the button names, or of all. */
export async function board(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  return [answer(boardCard(await boardOf(asked, await named(asked, subject)), asked.say), 'person')];
}

/** One column with all that stands in it: `do`, or `do.2` for its second page. */
export async function column(asked: Asked, { subject, detail }: Pressed): Promise<Effect[]> {
  const [name, page] = parted(detail);
  const which = columnOf(name);
  if (!which) throw new Refusal('error.button-unknown');
  const whole = await boardOf(asked, await named(asked, subject));
  return [answer(columnCard(which, within(Number(page ?? 1), 100), whole, asked.say), 'person')];
}

async function named(asked: Asked, subject: string): Promise<Client | undefined> {
  const client = subject === '' ? undefined : await findClient(asked.tx, asked.tenant, subject);
  if (!client && subject !== '') throw new Refusal('error.client-gone');
  return client;
}

/** One as a card, with what one can do with it. */
export async function show(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  return shown(asked, await found(asked, subject));
}

/** What was done in these days can be opened again. */
const lately = { hours: 24 * 92 };

async function boardOf(asked: Asked, client: Client | undefined): Promise<Board> {
  if (client) await mustRead(asked, client);
  if (client?.archived) throw archived(asked, client);
  const { tx, tenant, now } = asked;
  const readable = client ? [client] : await readableClients(asked, asked.person);
  const clients = new Map(readable.map((one) => [one.id, one]));
  const mayRead = (one: Improvement) => one.client === undefined || clients.has(one.client);
  const of = { client: client?.id };
  const open = (await improvementsIn(tx, tenant, { ...of, stages: openStages })).filter(mayRead);
  const since = now.subtract(lately);
  const done = (await improvementsIn(tx, tenant, { ...of, stages: ['done'], since })).filter(mayRead);
  const isOne = new Set(open.map((one) => one.client)).size <= 1;
  return {
    client,
    items: await itemsOf(asked, open, clients),
    // Of several clients each has its own board, with a limit of its own.
    limit: client || isOne ? await limitOf(asked) : undefined,
    done: done.toSorted(lastFirst).map((one) => ({ one, client: clients.get(one.client ?? '') })),
  };
}

function lastFirst(one: Improvement, other: Improvement): number {
  return Temporal.Instant.compare(other.since, one.since);
}

async function itemsOf(asked: Asked, open: Improvement[], clients: Map<string, Client>): Promise<Item[]> {
  const { tx, tenant, now } = asked;
  const ids = open.map(({ id }) => id);
  const voters = await votersOf(tx, tenant, ids);
  const expectations = new Map((await openExpectations(tx, tenant)).map((one) => [one.id, one]));
  const since = now.subtract({ hours: 24 * 366 });
  const came = await feedbackSince(tx, tenant, { since, kinds: ['complaint'] });
  const complaints = new Map(came.map(({ id, expectation }) => [id, expectation]));
  return open.map((one) => ({
    one,
    client: one.client === undefined ? undefined : clients.get(one.client),
    votes: voters.get(one.id)?.length ?? 0,
    importance: importanceOf(one.serves, { expectations, complaints }),
  }));
}
