import type { Button } from '../../chat/card.ts';
import type { Asked } from '../../chat/feature.ts';
import { shortened } from '../../chat/grammar.ts';
import { Refusal } from '../../chat/refusal.ts';
import { clientOfPlace, clientsOfContact } from './access-store.ts';
import { type Client, isSameName, type Match, matchClient } from './clients.ts';
import { findFormerly, holdClient, readArchived, readClients } from './store.ts';

/**
 * The client that somebody means; nothing typed means the one that the place belongs to. An outsider finds only those
 * that he is a contact of, and is told of no other.
 */
export async function nameClient(asked: Asked, typed: string): Promise<Client> {
  const wanted = typed.trim();
  if (asked.person.outsider) return nameOwn(asked, wanted);
  if (wanted === '') {
    const here = await clientOfPlace(asked, asked.place.id);
    if (here) return here.client;
    throw new Refusal('error.client-none-here', {}, { field: 'client', buttons: listButton(asked) });
  }
  const match = await matchNamed(asked, await readClients(asked.tx, asked.tenant), wanted);
  if (match.kind === 'one') return match.client;
  if (match.kind === 'many') throw ambiguous(wanted, match.clients);
  const resting = matchClient(await readArchived(asked.tx, asked.tenant), wanted);
  if (resting.kind === 'one') throw archived(asked, resting.client);
  await mustNotRest(asked, wanted);
  const values = { typed: shortened(wanted), nearest: match.nearest?.name ?? '' };
  throw new Refusal(match.nearest ? 'error.client-unknown-nearest' : 'error.client-unknown', values, {
    field: 'client',
    buttons: listButton(asked),
  });
}

/**
 * Whom somebody means among all clients. A name of before that was typed in whole counts for more than a beginning of
 * another client's.
 */
export async function matchNamed(
  { tx, tenant }: Pick<Asked, 'tx' | 'tenant'>,
  clients: Client[],
  typed: string,
): Promise<Match<Client>> {
  const match = matchClient(clients, typed);
  const formerly = isSameName(match, typed) ? undefined : await findFormerly(tx, tenant, typed);
  return formerly && !formerly.archived ? { kind: 'one', client: formerly } : match;
}

/** Throws when this is the whole name of an archived client, of now or of before. */
export async function mustNotRest(asked: Asked, typed: string): Promise<void> {
  const resting = matchClient(await readArchived(asked.tx, asked.tenant), typed);
  if (resting.kind === 'one' && isSameName(resting, typed)) throw archived(asked, resting.client);
  const formerly = await findFormerly(asked.tx, asked.tenant, typed);
  if (formerly?.archived) throw archived(asked, formerly);
}

async function nameOwn(asked: Asked, wanted: string): Promise<Client> {
  const own = await clientsOfContact(asked, asked.person);
  if (wanted === '') {
    const here = await clientOfPlace(asked, asked.place.id);
    const only = own.find(({ id }) => id === here?.client.id) ?? (own.length === 1 ? own[0] : undefined);
    if (only) return only;
    if (own.length === 0) throw new Refusal('error.members-only');
    throw new Refusal('error.client-which', { names: listOf(own) }, { field: 'client' });
  }
  const match = matchClient(own, wanted);
  if (match.kind === 'one') return match.client;
  if (match.kind === 'many') throw ambiguous(wanted, match.clients);
  throw new Refusal('error.client-not-known', { typed: shortened(wanted) }, { field: 'client' });
}

/** Nothing can be done with it but to bring it back. */
export function archived({ say }: Asked, { id, name }: Client): Refusal {
  const buttons = [{ press: 'clients.show', subject: id, label: say('clients.to-dossier') }];
  return new Refusal('error.client-archived', { client: name }, { field: 'client', buttons });
}

/** A client held until the transaction ends. Throws a Refusal once it is archived, or a part of another. */
export async function holdActive(asked: Asked, { id }: Pick<Client, 'id'>): Promise<Client> {
  const held = await holdClient(asked.tx, asked.tenant, id);
  if (!held) throw new Refusal('error.client-gone');
  if (held.archived) throw archived(asked, held);
  return held;
}

function ambiguous(typed: string, clients: Client[]): Refusal {
  const values = { typed: shortened(typed), names: listOf(clients) };
  return new Refusal('error.client-ambiguous', values, { field: 'client' });
}

function listOf(clients: Client[]): string {
  const names = clients.slice(0, 8).map(({ name }) => `“${name}”`);
  return [...names, ...(clients.length > names.length ? ['…'] : [])].join(', ');
}

function listButton({ say }: Asked): Button[] {
  return [{ press: 'clients.list', label: say('clients.button') }];
}
