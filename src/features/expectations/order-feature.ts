import { line } from '../../chat/card.ts';
import { answer, beside, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import { mustRead, placeOf, relationOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { findClient, holdClient } from '../clients/store.ts';
import { clientVoice } from '../clients/voice-store.ts';
import {
  type Direction,
  type Expectation,
  isOpen,
  isPutBefore,
  maySee,
  moved,
  waitsForManager,
  within,
} from './expectations.ts';
import { clientNamed } from './list-feature.ts';
import {
  firstCard,
  firstChosenCard,
  firstThanksCard,
  firstToldCard,
  inOrderCard,
  orderCard,
} from './order-cards.ts';
import { clientIdOf, markFirst, putInOrder } from './order-store.ts';
import { mustBeContact, mustChange } from './owned-feature.ts';
import { expectationsOf, findExpectation } from './store.ts';
import { toOwner, toTeam } from './telling-feature.ts';

/** How many the client is asked to choose from: the first ones in order of importance. */
const mostToChoose = 10;

/** The open ones of a client, to be put in order; `detail` is the page. */
export async function order(
  asked: Asked,
  { subject, detail }: { subject: string; detail?: string },
): Promise<Effect[]> {
  const client = await clientNamed(asked, subject);
  await mustRead(asked, client);
  await mustChange(asked, client);
  return ordered(asked, client, { direction: 'theirs', page: Number(detail) });
}

/** One place more important. */
export function up(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  return move(asked, subject, -1);
}

/** One place less important. */
export function down(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  return move(asked, subject, 1);
}

async function move(asked: Asked, id: string, by: -1 | 1): Promise<Effect[]> {
  const { tx, tenant } = asked;
  const client = await heldClientOf(asked, id);
  if (!client) throw new Refusal('error.expectation-gone');
  const open = await expectationsOf(tx, tenant, client.id, { open: true });
  const relation = await relationOf(asked, asked.person, client);
  const seen = open.filter((one) => maySee(one, { id: asked.person.id, relation }, client));
  const one = seen.find((other) => other.id === id);
  if (!one) throw new Refusal(await whyNot(asked, client, id));
  await mustChange(asked, client);
  const same = seen.filter(({ direction }) => direction === one.direction).map((other) => other.id);
  const inOrder = moved(same, id, by);
  if (inOrder) await putInOrder(tx, tenant, withMoved(open, inOrder));
  const page = Math.floor((inOrder ?? same).indexOf(id) / inOrderCard) + 1;
  return ordered(asked, client, { direction: one.direction, page });
}

/** Whoever may see one that is over is told so. */
async function whyNot(asked: Asked, client: Client, id: string) {
  const one = await findExpectation(asked.tx, asked.tenant, id);
  const relation = await relationOf(asked, asked.person, client);
  const isSeen = one && maySee(one, { id: asked.person.id, relation }, client);
  return isSeen ? 'error.expectation-over' : 'error.expectation-gone';
}

/** The client of one, held before any of its expectations is. */
async function heldClientOf({ tx, tenant }: Asked, id: string): Promise<Client | undefined> {
  const client = await clientIdOf(tx, tenant, id);
  return client === undefined ? undefined : holdClient(tx, tenant, client);
}

/** The ids of all, those that were moved in their new order; what the mover does not see keeps its place. */
export function withMoved(all: { id: string }[], inOrder: string[]): string[] {
  const movers = new Set(inOrder);
  const next = inOrder.values();
  return all.map(({ id }) => (movers.has(id) ? (next.next().value ?? id) : id));
}

async function ordered(
  asked: Asked,
  client: Client,
  { direction, page }: { direction: Direction; page: number },
): Promise<Effect[]> {
  const { tx, tenant, person } = asked;
  const relation = await relationOf(asked, person, client);
  const open = (await expectationsOf(tx, tenant, client.id, { open: true })).filter((one) =>
    maySee(one, { id: person.id, relation }, client),
  );
  const all = open.filter((one) => one.direction === direction);
  const shown = within(page, Math.ceil(all.length / inOrderCard));
  const askable = open.filter(mayAsk).length;
  return [answer(orderCard(client, { all, page: shown, askable }, readers(asked)), 'internal')];
}

/** What the client knows, and has not been dropped by him. */
function isAskable(one: Expectation): boolean {
  return (
    one.direction === 'theirs' && (one.state === 'sent' || one.state === 'confirmed') && isPutBefore(one)
  );
}

/** The team asks about it: not about a person whose manager has not judged it. */
function mayAsk(one: Expectation): boolean {
  return isAskable(one) && !waitsForManager(one);
}

/** Asks the client, in the channel that it shares, which of its expectations matters most to it now. */
export async function askFirst(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const { tx, tenant, say } = asked;
  const client = await clientNamed(asked, subject);
  await mustRead(asked, client);
  await mustChange(asked, client);
  const place = await placeOf(asked, client.id, 'shared');
  if (place === undefined) throw new Refusal('error.expectation-no-shared', { client: client.name });
  const open = await expectationsOf(tx, tenant, client.id, { open: true });
  const all = open.filter(mayAsk).slice(0, mostToChoose);
  if (all.length < 2) throw new Refusal('error.expectation-few', { client: client.name });
  const card = firstCard(all, await clientVoice(asked, client), asked.person.name);
  return [
    { do: 'post', to: { place }, card, audience: 'anyone', key: firstKey(client), resend: true },
    beside(line(say('expectations.first-asked', { client: client.name })), 'internal'),
  ];
}

function firstKey({ id }: Client): string {
  return `expectations-first:${id}`;
}

/** Somebody of the client says that this one matters most. */
export async function first(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const { tx, tenant, person, now, say } = asked;
  const client = await chooserOf(asked, subject);
  const one = await findExpectation(tx, tenant, subject);
  if (!one) throw new Refusal('error.expectation-gone');
  if (!isOpen(one) || !isAskable(one)) throw new Refusal('error.expectation-first-over');
  const thanks = answer(firstThanksCard(one, say), 'person');
  if (one.firstAt) return [thanks];
  await markFirst(tx, tenant, one, { who: person, now });
  const place = await placeOf(asked, client.id, 'shared');
  const chosen = firstChosenCard(one, person.name, await clientVoice(asked, client));
  const shown: Effect = {
    do: 'update',
    key: firstKey(client),
    to: { place: place ?? asked.place.id },
    card: chosen,
    audience: 'anyone',
    pace: 'final',
  };
  const tell = waitsForManager(one) ? toOwner : toTeam;
  const told = await tell(asked, client, one, (words) => firstToldCard(client, one, person.name, words));
  return [thanks, shown, told];
}

/** The client that one is of, held, when whoever presses is a contact of it. */
async function chooserOf(asked: Asked, id: string): Promise<Client> {
  const known = await clientIdOf(asked.tx, asked.tenant, id);
  const client = known === undefined ? undefined : await findClient(asked.tx, asked.tenant, known);
  if (!client || client.archived) throw new Refusal('error.expectation-gone');
  await mustBeContact(asked, client);
  const held = await heldClientOf(asked, id);
  if (!held) throw new Refusal('error.expectation-gone');
  return held;
}
