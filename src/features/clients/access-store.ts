import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import type { Person } from '../../chat/request.ts';
import type { Db } from '../../store/database.ts';
import { outsidersAt, outsidersWith } from '../../store/outsiders.ts';
import { type PersonRecord, readColleagues, readPerson, readSome } from '../../store/people.ts';
import { isMember, readMembers, readPlace } from '../../store/places.ts';
import {
  type Client,
  type Colleague,
  type Contact,
  contactIn,
  domainOf,
  eachOnce,
  type LinkKind,
  type Relation,
} from './clients.ts';
import { clientsWithMember, linkOfPlace, linksOf } from './link-store.ts';
import { clientOfDomain, listedAs, readAdded, readDomains, readListed } from './people-store.ts';
import { findClient, readClients } from './store.ts';

/** Who is what to whom, and what follows from that. */

/** `person` and `place`: who speaks and where, when somebody does. */
export type At = {
  tx: Db;
  tenant: string;
  platform: string;
  person?: { id: string } | undefined;
  place?: { id: string } | undefined;
};

type Somebody = Pick<Person, 'id' | 'outsider' | 'admin' | 'unknown'>;

/** The client that a place belongs to, and as what; undefined also while that client is archived. */
export async function clientOfPlace(
  { tx, tenant, platform }: At,
  place: string,
): Promise<{ client: Client; kind: LinkKind } | undefined> {
  const link = await linkOfPlace(tx, { tenant, platform, place });
  if (!link || link.rests) return undefined;
  const client = await findClient(tx, tenant, link.client);
  return client && { client, kind: link.kind };
}

/** The channel of a client. An internal one in which outsiders are by now is none: nothing internal is said there. */
export async function placeOf(at: At, client: string, kind: LinkKind): Promise<string | undefined> {
  const link = (await linksOf(at.tx, at, client)).find((one) => one.kind === kind);
  return link && (kind === 'shared' || !link.shared) ? link.place : undefined;
}

/** The same unless Belay was removed from it: what is posted there would be lost. */
export async function reachedPlaceOf(at: At, client: string, kind: LinkKind): Promise<string | undefined> {
  const place = await placeOf(at, client, kind);
  const known = place === undefined ? undefined : await readPlace(at.tx, at.platform, at.tenant, place);
  return known?.reachable === false ? undefined : place;
}

/** What somebody is to a client. Whoever cannot be known just now is nobody. */
export async function relationOf(at: At, person: Somebody, client: Client): Promise<Relation> {
  if (person.unknown) return 'none';
  const isContact = async () => (await idsOfContact(at, person)).has(client.id);
  if (person.outsider) return (await isContact()) ? 'contact' : 'none';
  if (person.admin || (await isOfTeam(at, person, client))) return 'team';
  return (await isContact()) ? 'contact' : 'colleague';
}

async function isOfTeam(at: At, { id }: Somebody, client: Client): Promise<boolean> {
  const { tx, tenant, platform } = at;
  if (client.owner.id === id || client.manager?.id === id) return true;
  if ((await readAdded(tx, tenant, client.id)).some((one) => one.id === id)) return true;
  const place = await placeOf(at, client.id, 'internal');
  return place !== undefined && isMember(tx, platform, tenant, place, id);
}

/** The clients that somebody is a contact of, archived or not; an insider only where he is listed. */
async function idsOfContact(at: At, { id, outsider, unknown }: Somebody): Promise<Set<string>> {
  const { tx, tenant, platform } = at;
  if (unknown) return new Set();
  const email = (await readPerson(tx, platform, tenant, id))?.email;
  const ids = new Set((await listedAs(tx, tenant, { person: id, email })).map(({ client }) => client));
  if (!outsider) return ids;
  for (const client of await clientsWithMember(tx, at, id, 'shared')) ids.add(client);
  const domain = domainOf(email);
  const byDomain = domain && (await clientOfDomain(tx, tenant, domain));
  if (byDomain) ids.add(byDomain);
  // Who is in a channel is known only as Belay last looked; whoever speaks there is in it.
  const here = at.place && at.person?.id === id ? await clientOfPlace(at, at.place.id) : undefined;
  if (here?.kind === 'shared') ids.add(here.client.id);
  return ids;
}

/** The clients that somebody is a contact of, by name; no archived ones. */
export async function clientsOfContact(at: At, person: Somebody): Promise<Client[]> {
  const ids = await idsOfContact(at, person);
  if (ids.size === 0) return [];
  return (await readClients(at.tx, at.tenant)).filter(({ id }) => ids.has(id));
}

/** The clients of which somebody may read what the team knows, by name: of none that he is a contact of himself. */
export async function readableClients(at: At, person: Somebody): Promise<Client[]> {
  if (person.outsider || person.unknown) return [];
  const own = new Set((await clientsOfContact(at, person)).map(({ id }) => id));
  const readable: Client[] = [];
  for (const client of await readClients(at.tx, at.tenant))
    if (!own.has(client.id) || (await relationOf(at, person, client)) === 'team') readable.push(client);
  return readable;
}

/** Whom one can ask on the client's side: each once, those whom the team keeps first. */
export async function contactsOf(at: At, client: string): Promise<Contact[]> {
  const { tx, tenant, platform } = at;
  const listed = await readListed(tx, tenant, client);
  const ids = listed.flatMap(({ person }) => person ?? []);
  const shared = await placeOf(at, client, 'shared');
  const emails = listed.flatMap(({ email }) => email ?? []);
  const domains = await readDomains(tx, tenant, client);
  return eachOnce(listed, [
    ...(await readSome(tx, platform, tenant, ids)),
    ...(await outsidersWith(tx, { tenant, platform }, emails)),
    ...(shared === undefined ? [] : await readMembers(tx, platform, tenant, shared)).filter(isOutsider),
    ...(await outsidersAt(tx, { tenant, platform }, domains)),
  ]);
}

function isOutsider({ outsider }: PersonRecord): boolean {
  return outsider;
}

function isSame(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one === other?.toLowerCase();
}

/** One of them by the id that `contactsOf` gave, also when he has been listed since. */
export async function findContact(at: At, client: string, id: string): Promise<Contact | undefined> {
  return contactIn(await contactsOf(at, client), id);
}

/** Who works for a client: nobody twice, and nobody who is an outsider by now. */
export async function teamOf(at: At, client: Client): Promise<Colleague[]> {
  const { tx, tenant, platform } = at;
  const added = await readAdded(tx, tenant, client.id);
  const place = await placeOf(at, client.id, 'internal');
  const members = place === undefined ? [] : await readMembers(tx, platform, tenant, place);
  const named = [client.owner, ...(client.manager ? [client.manager] : []), ...added];
  const known = await readSome(
    tx,
    platform,
    tenant,
    named.map(({ id }) => id),
  );
  const outsiders = new Set([...known, ...members].filter(isOutsider).map(({ id }) => id));
  const team = new Map<string, Colleague>();
  for (const { id, name } of [...named, ...members])
    if (!outsiders.has(id) && !team.has(id)) team.set(id, { id, name });
  return [...team.values()];
}

/** Who of us can do something for a client: its team first, then every other colleague who is not on the client's side. */
export async function helpersOf(at: At, client: Client): Promise<Colleague[]> {
  const team = await teamOf(at, client);
  const contacts = await contactsOf(at, client.id);
  const others = (await readColleagues(at.tx, at.platform, at.tenant)).filter(
    ({ id, email }) =>
      team.every((one) => one.id !== id) &&
      contacts.every((one) => one.person !== id && !isSame(one.email?.toLowerCase(), email)),
  );
  return [...team, ...others.map(({ id, name }) => ({ id, name }))];
}

/**
 * Who hears what concerns each of these clients, as ids by the client's id: its owner; its manager once the owner has left
 * the team; the whole team once both have.
 */
export async function hearersOf(
  at: Pick<At, 'tx' | 'tenant' | 'platform'>,
  clients: Client[],
): Promise<Map<string, string[]>> {
  const { tx, tenant, platform } = at;
  const named = clients.flatMap(({ owner, manager }) => [owner.id, manager?.id ?? owner.id]);
  const known = await readSome(tx, platform, tenant, [...new Set(named)]);
  const left = new Set(known.filter(isOutsider).map(({ id }) => id));
  const hearers = new Map<string, string[]>();
  for (const client of clients) {
    const one = [client.owner, client.manager].find((who) => who && !left.has(who.id));
    const ids = one ? [one.id] : (await teamOf(at, client)).map(({ id }) => id);
    hearers.set(client.id, ids);
  }
  return hearers;
}

/** Throws unless whoever asks may change what concerns this client; says who can. */
export async function mustWrite(asked: Asked, client: Client): Promise<void> {
  const relation = await relationOf(asked, asked.person, client);
  if (relation === 'team') return;
  if (relation === 'colleague')
    throw new Refusal('error.client-not-team', { client: client.name, owner: client.owner.name });
  throw notForYou(asked, client);
}

/** Throws unless whoever asks may read what the team knows of this client. */
export async function mustRead(asked: Asked, client: Client): Promise<void> {
  const relation = await relationOf(asked, asked.person, client);
  if (relation === 'contact' || relation === 'none') throw notForYou(asked, client);
}

/** A colleague who is himself on the client's side: an internal department is a client too. */
function notForYou({ person }: Asked, { name }: Client): Refusal {
  if (person.outsider) return new Refusal('error.members-only');
  return new Refusal('error.client-own', { client: name });
}
