import type { Db } from '../../store/database.ts';
import type { PersonRecord } from '../../store/people.ts';
import { readMembers } from '../../store/places.ts';
import { clientOfPlace, clientsOfContact, relationOf } from '../clients/access-store.ts';
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
  const hidden = await hiddenFrom(at, people);
  const clients = (await readClients(at.tx, at.tenant)).filter(
    ({ id, owner, manager }) =>
      !hidden.has(id) && (id === linked || ids.has(owner.id) || ids.has(manager?.id ?? '')),
  );
  return { people: people.map(({ id, name }) => ({ id, name })), clients };
}

/** The clients whose own people these are, some of them. */
async function hiddenFrom(at: At, people: PersonRecord[]): Promise<Set<string>> {
  const hidden = new Set<string>();
  for (const one of people)
    for (const client of await clientsOfContact(at, one))
      if ((await relationOf(at, one, client)) === 'contact') hidden.add(client.id);
  return hidden;
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
