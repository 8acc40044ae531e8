import type { Button } from '../../chat/card.ts';
import type { Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { shortened } from '../../chat/grammar.ts';
import { Refusal } from '../../chat/refusal.ts';
import { newId } from '../../store/id.ts';
import { clientOfPlace, mustWrite } from './access-store.ts';
import { doneCard } from './cards.ts';
import { type Client, type LinkKind, matchClient, newClient, readName } from './clients.ts';
import { addForm, linkForm } from './form-cards.ts';
import { linkOfPlace, linkPlace, linksOf, unlinkPlace } from './link-store.ts';
import {
  asking,
  channelOf,
  clientById,
  clientOfForm,
  heldToChange,
  type Spot,
  someClients,
  told,
} from './meant-feature.ts';
import { nameClient } from './naming-store.ts';
import { addClient, findClient, readClients } from './store.ts';
import { readKind } from './typing-rules.ts';

/** `client add`, with a name or without. */
export async function addTyped(asked: Asked, text: string): Promise<Effect[]> {
  return text === '' ? addAsked(asked) : added(asked, text, undefined);
}

/** The form for a new client; in a channel that is nobody's yet it offers to link that. */
export async function addAsked(asked: Asked): Promise<Effect[]> {
  const kinds = await kindsHere(asked);
  return asking(asked, addForm(asked.say, kinds.length > 0 ? asked.place.id : undefined, kinds));
}

/** What the place where somebody speaks can be linked as; nothing when it belongs to a client. */
export async function kindsHere({ place, ...asked }: Asked): Promise<LinkKind[]> {
  if (place.kind === 'direct' || !place.reachable) return [];
  if (await clientOfPlace(asked, place.id)) return [];
  return place.shared ? ['shared'] : ['internal', 'shared'];
}

/** The form was sent. */
export async function addFilled(
  asked: Asked,
  { subject, fields }: { subject: string; fields: Record<string, string> },
): Promise<Effect[]> {
  const kind = kindOf(fields.link);
  return added(asked, fields.name ?? '', kind && { place: await channelOf(asked, subject), kind });
}

function kindOf(text: string | undefined): LinkKind | undefined {
  return text === 'internal' || text === 'shared' ? text : undefined;
}

async function added(
  asked: Asked,
  typed: string,
  link: { place: Spot; kind: LinkKind } | undefined,
): Promise<Effect[]> {
  const { tx, tenant, person, now, say } = asked;
  const owner = { id: person.id, name: person.name };
  const client = newClient({ id: newId(), name: named(typed), owner, createdAt: now });
  if (!(await addClient(tx, tenant, client))) throw await exists(asked, client.name);
  if (link) await linkTo(asked, link.place, client, link.kind);
  const offered = link ? [] : await kindsHere(asked);
  const text = say(link ? `clients.added-${link.kind}` : 'clients.added', { client: client.name });
  const primary = { style: 'primary' } as const;
  const contact = { press: 'clients.contact', subject: client.id, label: say('clients.contact-add') };
  const here = { press: 'clients.link', subject: client.id, label: say('clients.link-here') };
  const more = offered.length > 0 ? [{ ...here, ...primary }, contact] : [{ ...contact, ...primary }];
  return told(asked, doneCard(text, client, say, more));
}

/** Throws what is wrong with a name. */
export function named(typed: string): string {
  const read = readName(typed);
  if (typeof read === 'object') return read.name;
  const codes = {
    empty: 'error.client-name-empty',
    'too-long': 'error.client-name-long',
    colon: 'error.client-name-colon',
  } as const;
  throw new Refusal(codes[read], {}, { field: 'name' });
}

/** Why a name cannot be given, with the way to the one who has it. */
export async function exists(
  { tx, tenant, say }: Asked,
  name: string,
  code: 'error.client-exists' | 'error.client-restore-name' = 'error.client-exists',
): Promise<Refusal> {
  const match = matchClient(await readClients(tx, tenant), name);
  const other = match.kind === 'one' ? match.client : undefined;
  const buttons = other
    ? [{ press: 'clients.show', subject: other.id, label: say('clients.to-dossier') }]
    : [];
  return new Refusal(code, { client: other?.name ?? name }, { field: 'name', buttons });
}

/** `client link [NAME] internal|shared`; without all of that a form. */
export async function linkTyped(asked: Asked, text: string): Promise<Effect[]> {
  const { name, kind } = readKind(text);
  const here = await clientOfPlace(asked, asked.place.id);
  if (kind && (name !== '' || here))
    return linked(asked, await channelOf(asked, ''), await nameClient(asked, name), kind);
  return linkAsked(asked, name === '' ? undefined : (await nameClient(asked, name)).id);
}

/** The form for linking this channel; `chosen` is a client's id. */
export async function linkAsked(asked: Asked, chosen: string | undefined): Promise<Effect[]> {
  const { place, say } = asked;
  const client = chosen === undefined ? undefined : await clientById(asked, chosen);
  if (client) await mustWrite(asked, client);
  if (place.kind === 'direct')
    throw new Refusal('error.client-link-where', { client: client?.name ?? say('clients.name-word') });
  if (!place.reachable) throw new Refusal('error.not-in-channel');
  const kinds: LinkKind[] = place.shared ? ['shared'] : ['internal', 'shared'];
  const here = (await clientOfPlace(asked, place.id))?.client;
  return asking(asked, linkForm(say, place.id, await someClients(asked), kinds, (client ?? here)?.id));
}

/** The form was sent. */
export async function linkFilled(
  asked: Asked,
  { subject, fields }: { subject: string; fields: Record<string, string> },
): Promise<Effect[]> {
  const kind = kindOf(fields.kind);
  if (!kind) throw new Refusal('error.form-incomplete', {}, { field: 'kind' });
  return linked(asked, await channelOf(asked, subject), await clientOfForm(asked, '', fields), kind);
}

async function linked(asked: Asked, place: Spot, client: Client, kind: LinkKind): Promise<Effect[]> {
  await linkTo(asked, place, client, kind);
  const { say } = asked;
  const text = say(`clients.linked-now-${kind}`, { client: client.name });
  return told(asked, doneCard(text, client, say));
}

/** Ties a channel to a client, or throws why that cannot be. */
async function linkTo(asked: Asked, place: Spot, meant: Client, kind: LinkKind): Promise<void> {
  const { tx, tenant, platform, now } = asked;
  const client = await heldToChange(asked, meant);
  const whole = { tenant, platform, place: place.id };
  const here = await clientOfPlace(asked, place.id);
  if (here && here.client.id !== client.id) throw taken(here.client);
  if (here?.kind === kind) throw new Refusal('error.client-linked-already', { client: client.name });
  if (here?.kind === 'internal')
    throw new Refusal('error.client-link-internal', { client: client.name }, { field: 'kind' });
  if (kind === 'internal' && place.shared) {
    // Whether outsiders are in it is known only when the team's own word that they are is taken back.
    const isOwnWord = (await linkOfPlace(tx, whole))?.kind === 'shared';
    const code = isOwnWord ? 'error.client-link-unlink' : 'error.client-link-outsiders';
    throw new Refusal(code, {}, { field: 'kind' });
  }
  const other = (await linksOf(tx, asked, client.id)).find((link) => link.kind === kind);
  if (other) {
    const values = { client: client.name, place: other.name ?? asked.say('clients.a-channel') };
    const buttons = [manageButton(asked, client)];
    throw new Refusal(`error.client-link-second-${kind}`, values, { field: 'kind', buttons });
  }
  if (await linkPlace(tx, whole, { client: client.id, kind }, now)) return;
  // Somebody else was a moment earlier.
  throw taken((await clientOfPlace(asked, place.id))?.client ?? client);
}

/** The way to what is rarer done with a client; its channels are unlinked there. */
export function manageButton({ say }: Asked, { id, name }: Client): Button {
  return {
    press: 'clients.more',
    subject: id,
    label: say('clients.more-title', { client: shortened(name) }),
  };
}

function taken(client: Client): Refusal {
  return new Refusal('error.client-link-taken', { client: client.name }, { field: 'client' });
}

/** `client unlink`: this channel, or the one that a button names, which may be there no more. */
export async function unlink(asked: Asked, named: string): Promise<Effect[]> {
  const { tx, tenant, platform, say } = asked;
  const place = { tenant, platform, place: named || asked.place.id };
  const link = await linkOfPlace(tx, place);
  const client = link && (await findClient(tx, tenant, link.client));
  if (!client) throw new Refusal('error.client-none-linked');
  await mustWrite(asked, client);
  const text =
    place.place === asked.place.id ? 'clients.unlinked' : (`clients.unlinked-${link.kind}` as const);
  // What is said about it may still be read by the client's people here.
  const effects = await told(asked, doneCard(say(text, { client: client.name }), client, say));
  await unlinkPlace(tx, place);
  return effects;
}
