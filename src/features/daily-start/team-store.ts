import type { Db } from '../../store/database.ts';
import { readMembers } from '../../store/places.ts';
import { clientOfPlace, contactsOf, relationOf } from '../clients/access-store.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { readClients } from '../clients/store.ts';
import type { Feedback } from '../feedback/feedback.ts';
import { feedbackSince, openComplaints } from '../feedback/store.ts';

/** The team of a channel, the clients that it serves, and what came of them. */

export type Team = { people: Colleague[]; clients: Client[] };

type At = { tx: Db; tenant: string; platform: string };

/**
 * Those in a channel, and whom they serve: the client of the channel, and those that one of them owns or manages. A client
 * of whom a contact is in the channel (of an internal department, say) is left out, because he would read along.
 */
export async function teamIn(at: At, place: string): Promise<Team> {
  const members = await readMembers(at.tx, at.platform, at.tenant, place);
  const people = members.filter(({ outsider }) => !outsider);
  const ids = new Set(people.map(({ id }) => id));
  const linked = (await clientOfPlace(at, place))?.client.id;
  const clients: Client[] = [];
  for (const client of await readClients(at.tx, at.tenant)) {
    const isTheirs = client.id === linked || ids.has(client.owner.id) || ids.has(client.manager?.id ?? '');
    if (isTheirs && !(await readsAlong(at, client, people))) clients.push(client);
  }
  return { people: people.map(({ id, name }) => ({ id, name })), clients };
}

async function readsAlong(
  at: At,
  client: Client,
  people: Awaited<ReturnType<typeof readMembers>>,
): Promise<boolean> {
  const contacts = new Set((await contactsOf(at, client.id)).map(({ person }) => person));
  for (const one of people)
    if (contacts.has(one.id) && (await relationOf(at, one, client)) === 'contact') return true;
  return false;
}

/** What came in a span of time of the clients of a team, and what its people brought that is of no client. */
export async function cameIn(
  { tx, tenant }: At,
  { people, clients }: Team,
  span: { since: Temporal.Instant; until: Temporal.Instant },
): Promise<Feedback[]> {
  const theirs = new Set(clients.map(({ id }) => id));
  const ids = new Set(people.map(({ id }) => id));
  const all = await feedbackSince(tx, tenant, span);
  return all.filter(({ client, by }) => (client === undefined ? ids.has(by.id) : theirs.has(client)));
}

/** The complaints of a team's clients that nobody has answered yet, and came before a moment; the oldest first. */
export async function waiting(
  { tx, tenant }: At,
  { clients }: Team,
  before: Temporal.Instant,
): Promise<Feedback[]> {
  const theirs = new Set(clients.map(({ id }) => id));
  const open = await openComplaints(tx, tenant);
  return open.filter(
    ({ client, at }) => theirs.has(client ?? '') && Temporal.Instant.compare(at, before) < 0,
  );
}
