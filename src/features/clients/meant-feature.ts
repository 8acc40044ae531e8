import type { Card } from '../../chat/card.ts';
import type { Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import type { Form } from '../../chat/form.ts';
import { Refusal } from '../../chat/refusal.ts';
import { type PersonRecord, readColleagues, readPeople, readPerson } from '../../store/people.ts';
import { isMember, readPlace } from '../../store/places.ts';
import { clientOfPlace, mustWrite } from './access-store.ts';
import type { Client, Colleague } from './clients.ts';
import type { About } from './form-cards.ts';
import { archived, nameClient } from './naming-store.ts';
import { changeClient, findClient, holdClient, readClients } from './store.ts';

/** What somebody means, and how he is answered: what all handlers of clients share. */

/** For the one who asked, alone where the client's people are, or are going to be. */
export async function told(asked: Asked, card: Card): Promise<Effect[]> {
  // Where they are, the platforms see to it; where they are going to be, only the link tells.
  const alone = !asked.place.shared && (await isOpen(asked));
  return [{ do: 'answer', card, audience: alone ? 'person' : 'internal' }];
}

/** A form, for the one who asked alone where the client's people are, or are going to be. */
export async function asking(asked: Asked, form: Form): Promise<Effect[]> {
  return [{ do: 'ask', form, alone: (await isOpen(asked)) || undefined }];
}

/** A channel linked as shared is one before the first of the client's people has come. */
async function isOpen(asked: Asked): Promise<boolean> {
  return asked.place.shared || (await clientOfPlace(asked, asked.place.id))?.kind === 'shared';
}

/** The client of a card's button, archived or not. */
export async function clientById(asked: Asked, id: string): Promise<Client> {
  const client = await findClient(asked.tx, asked.tenant, id);
  if (!client) throw new Refusal('error.client-gone');
  return client;
}

/** The client of a form: the one that it was about, or the one chosen in it. */
export async function clientOfForm(
  asked: Asked,
  subject: string,
  { client }: Record<string, string>,
): Promise<Client> {
  if (subject !== '') return clientById(asked, subject);
  const chosen = client && (await findClient(asked.tx, asked.tenant, client));
  return chosen || nameClient(asked, client ?? '');
}

/** The client that this person may change, held until this transaction ends. */
export async function heldToChange(asked: Asked, client: Client): Promise<Client> {
  const held = await holdClient(asked.tx, asked.tenant, client.id);
  if (!held) throw new Refusal('error.client-gone');
  // Only now: whose it is may have changed a moment ago.
  await mustWrite(asked, held);
  if (held.archived) throw archived(asked, held);
  return held;
}

/** Keeps what was changed of a client that is held. */
export async function keep({ tx, tenant, person, now }: Asked, client: Client): Promise<void> {
  if (await changeClient(tx, tenant, client, { by: person.id, now })) return;
  throw new Refusal('error.client-exists', { client: client.name }, { field: 'name' });
}

/** What a form is about when not all was typed: the client named, or that of this place, or one to be chosen. */
export async function aboutTyped(asked: Asked, typed: string): Promise<About> {
  const here = typed === '' ? (await clientOfPlace(asked, asked.place.id))?.client : undefined;
  if (typed === '' && !here) return { clients: await someClients(asked) };
  const client = here ?? (await nameClient(asked, typed));
  await mustWrite(asked, client);
  return { client };
}

/** What a form is about that a button opens. */
export async function aboutPressed(asked: Asked, subject: string): Promise<About> {
  if (subject === '') return aboutTyped(asked, '');
  const client = await clientById(asked, subject);
  await mustWrite(asked, client);
  return { client };
}

/** All clients, to choose from. */
export async function someClients(asked: Asked): Promise<Client[]> {
  const clients = await readClients(asked.tx, asked.tenant);
  if (clients.length > 0) return clients;
  const buttons = [{ press: 'clients.add', label: asked.say('clients.add-first') }];
  throw new Refusal('error.client-none-yet', {}, { buttons });
}

export type Spot = { id: string; name: string | undefined; shared: boolean };

/** The channel that a form carries, which may be filled in elsewhere; only by whoever is in that channel. */
export async function channelOf(asked: Asked, id: string): Promise<Spot> {
  const { tx, platform, tenant, person } = asked;
  if (id === '' || id === asked.place.id) {
    if (asked.place.kind === 'direct') throw new Refusal('error.channel-only');
    return { ...asked.place, name: asked.place.name };
  }
  const place = await readPlace(tx, platform, tenant, id);
  const known = place?.kind === 'channel' && (await isMember(tx, platform, tenant, id, person.id));
  if (!place || !known) throw new Refusal('error.button-unknown');
  return { ...place, name: place.name };
}

/** Those of the workspace whom Belay knows, by name. */
export async function colleagues({ tx, platform, tenant }: Asked): Promise<Colleague[]> {
  return (await readColleagues(tx, platform, tenant))
    .map(({ id, name }) => ({ id, name }))
    .toSorted((one, other) => one.name.localeCompare(other.name));
}

/** Everybody whom Belay knows: outsiders first, who are mostly meant when it is about a client. */
export async function everybody(asked: Asked): Promise<Colleague[]> {
  const { tx, platform, tenant } = asked;
  const outsiders = (await readPeople(tx, platform, tenant, { outsiders: true })).filter(
    (one) => one.outsider,
  );
  return [...outsiders.map(({ id, name }) => ({ id, name })), ...(await colleagues(asked))];
}

/** Somebody whom Belay knows. */
export async function known({ tx, platform, tenant }: Asked, id: string | undefined): Promise<PersonRecord> {
  const person = id === undefined ? undefined : await readPerson(tx, platform, tenant, id);
  if (!person) throw new Refusal('error.person-unknown', {}, { field: 'person' });
  return person;
}

/** Somebody of the workspace: no client's person can own, manage or serve a client. */
export async function knownColleague(asked: Asked, id: string | undefined): Promise<Colleague> {
  const person = await known(asked, id);
  if (person.outsider)
    throw new Refusal('error.client-not-colleague', { name: person.name }, { field: 'person' });
  return { id: person.id, name: person.name };
}
