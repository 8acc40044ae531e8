import type { Effect } from '../../chat/effect.ts';
import { newId } from '../../store/id.ts';
import { contactsOf } from '../clients/access-store.ts';
import { type Client, type Contact, contactIn } from '../clients/clients.ts';
import { findClient } from '../clients/store.ts';
import { clientVoice, contactVoice } from '../clients/voice-store.ts';
import { budgetOf, spendAmong } from '../fatigue/budget-store.ts';
import type { Spent } from '../fatigue/fatigue.ts';
import { invitationCard, mailCard } from './invitation-cards.ts';
import { addInvitation, findInvitation, invitationsOf } from './invitation-store.ts';
import { graderOf, type Invitation, type Kti, type Round, type Way } from './kti.ts';
import type { At } from './put-feature.ts';
import { findRound, itemsOf } from './round-store.ts';
import { roundFor } from './spread-rules.ts';

/** A round, with whose it is and what it asks. */
export type Asking = { client: Client; round: Round; ktis: Kti[] };

/** Who was asked, and who was not: because he was asked lately, or because there is no way to him. */
export type Invited = {
  invited: Invitation[];
  skipped: { name: string; spent: Spent }[];
  unreachable: string[];
  /** For each who has to be sent his link by hand. */
  links: { name: string; link: string }[];
  effects: Effect[];
};

/** So long after its closing a link still leads to a page that says so. */
const linkOutlives = { hours: 24 * 30 };

/** The names of the messages that ask somebody alone: the first, and the one that reminds him when there is one. */
export function keysOf(one: Pick<Invitation, 'id' | 'remindedAt'>): string[] {
  return [keyOf(one), ...(one.remindedAt ? [againKey(one)] : [])];
}
function keyOf({ id }: Pick<Invitation, 'id'>): string {
  return `kti-asked:${id}`;
}
function againKey({ id }: Pick<Invitation, 'id'>): string {
  return `kti-asked-again:${id}`;
}

/** The name of the card that asks everybody in the client's channel, and of the one that reminds them. */
export function channelKey({ id }: Pick<Round, 'id'>): string {
  return `kti:${id}`;
}
export function channelAgainKey({ id }: Pick<Round, 'id'>): string {
  return `kti-again:${id}`;
}

/** Who was not asked, or cannot be. */
export type NotAsked = Pick<Invited, 'skipped' | 'unreachable'>;

/** Which of these contacts could be asked in a round now, and why the others could not. Held until the transaction ends. */
export async function whoCan(
  at: At,
  round: Round,
  contacts: Contact[],
): Promise<{ can: Contact[] } & NotAsked> {
  const isReachable = (contact: Contact) => wayTo(at, round, contact) !== undefined;
  const reachable = contacts.filter(isReachable);
  const spent = await budgetOf(at, reachable, 'kti');
  const whys = reachable.map(({ name }, index) => ({ name, spent: spent[index] }));
  return {
    can: reachable.filter((_, index) => !spent[index]),
    skipped: whys.flatMap(({ name, spent }) => (spent ? [{ name, spent }] : [])),
    unreachable: contacts.filter((contact) => !isReachable(contact)).map(({ name }) => name),
  };
}

/** Asks these contacts, as far as each can be reached and was not asked lately; `kti`: for this one alone. */
export async function invite(at: At, asking: Asking, contacts: Contact[], kti?: string): Promise<Invited> {
  const ways = contacts.map((contact) => wayTo(at, asking.round, contact));
  const reachable = contacts.filter((_, index) => ways[index] !== undefined);
  const spent = await spendAmong(at, reachable, 'kti');
  const all: Invited = { invited: [], skipped: [], unreachable: [], links: [], effects: [] };
  for (const [index, contact] of contacts.entries()) if (!ways[index]) all.unreachable.push(contact.name);
  for (const [index, contact] of reachable.entries()) {
    const was = spent[index];
    const way = wayTo(at, asking.round, contact);
    if (was) all.skipped.push({ name: contact.name, spent: was });
    else if (way) await addTo(all, at, asking, invitationTo(at, asking.round, contact, way, kti));
  }
  return all;
}

async function addTo(all: Invited, at: At, asking: Asking, one: Invitation): Promise<void> {
  if (!(await addInvitation(at.tx, at.tenant, one))) return;
  all.invited.push(one);
  if (one.way === 'link') all.links.push({ name: one.name, link: linkTo(at, asking.round, one.id) ?? '' });
  all.effects.push(...(await letterTo(at, asking, one, 'first')));
}

function invitationTo(at: At, round: Round, contact: Contact, way: Way, kti?: string): Invitation {
  const { id, name, person, email, language } = contact;
  return {
    ...{
      id: newId(),
      round: round.id,
      contact: id,
      grader: graderOf(contact),
      name,
      person,
      email,
      language,
    },
    ...{ kti, way, invitedAt: at.now, remindedAt: undefined, doneAt: undefined },
  };
}

/** Alone in the chat, else by mail, else by a link that one of us sends; undefined: there is no way to him. */
function wayTo(at: At, round: Round, { person, email }: Pick<Contact, 'person' | 'email'>): Way | undefined {
  if (person !== undefined) return 'direct';
  if (email === undefined || linkTo(at, round, round.id) === undefined) return undefined;
  return at.mails ? 'mail' : 'link';
}

/** The address at which he answers outside the chat; undefined where Belay has none. */
export function linkTo(at: At, { closesAt }: Round, id: string): string | undefined {
  return at.link('kti.answer', id, closesAt.add(linkOutlives));
}

/** Who has answered in a round, or still can: not who is no contact any more, nor whom no way leads to. */
export async function awaitedIn(at: At, { client, round }: Asking): Promise<Invitation[]> {
  const contacts = await contactsOf(at, client.id);
  const all = await invitationsOf(at.tx, at.tenant, round.id);
  return all.filter(
    ({ id, contact, way, doneAt }) =>
      doneAt || (contactIn(contacts, contact) && (way !== 'link' || linkTo(at, round, id))),
  );
}

/** What he is asked for: all of the round, or the one KTI whose turn it is. */
export function askedOf({ ktis }: Pick<Asking, 'ktis'>, { kti }: Pick<Invitation, 'kti'>): Kti[] {
  return kti === undefined ? ktis : ktis.filter(({ id }) => id === kti);
}

/** The message that asks him, the first time or again. */
export async function letterTo(
  at: At,
  asking: Asking,
  one: Invitation,
  time: 'first' | 'again',
): Promise<Effect[]> {
  const { client } = asking;
  const round = roundFor(asking.round, one);
  const about = { round, ktis: askedOf(asking, one), again: time === 'again' };
  // A reminder that did not arrive is one less; of the question somebody must hear.
  const otherwise = { job: 'kti.unasked', subject: one.id };
  const surely = time === 'first' ? { resend: true, otherwise } : { resend: false };
  if (one.way === 'direct' && one.person !== undefined) {
    const card = invitationCard(one, about, await contactVoice(at, one, client));
    const to = { person: one.person };
    // A name of its own: both cards are told when he has answered, or it is over.
    const key = time === 'first' ? keyOf(one) : againKey(one);
    return [{ do: 'post', to, card, audience: 'person', key, until: round.closesAt, ...surely }];
  }
  const link = linkTo(at, round, one.id);
  if (one.way !== 'mail' || one.email === undefined || link === undefined) return [];
  const voice = await clientVoice(at, client, one.language);
  const card = mailCard(about, voice, link);
  return [
    { do: 'post', to: { mail: one.email }, card, audience: 'person', until: round.closesAt, ...surely },
  ];
}

/** A round with all that belongs to it, held until the transaction ends; undefined when it is gone, or its client is archived. */
export async function askingOf(
  { tx, tenant }: Pick<At, 'tx' | 'tenant'>,
  id: string,
): Promise<Asking | undefined> {
  const round = await findRound(tx, tenant, id);
  const client = round && (await findClient(tx, tenant, round.client));
  if (!client || client.archived) return undefined;
  return { client, round, ktis: await itemsOf(tx, tenant, id) };
}

/**
 * Somebody's invitation with its round, both as they are now. The round is held, and held first: so do all who change an
 * invitation, so that two do not wait for each other. Undefined when it is gone, or its client is archived.
 */
export async function invitedIn(
  at: Pick<At, 'tx' | 'tenant'>,
  id: string,
): Promise<{ one: Invitation; asking: Asking } | undefined> {
  const known = await findInvitation(at.tx, at.tenant, id);
  const asking = known && (await askingOf(at, known.round));
  // It may have changed until the round could be held.
  const one = asking && (await findInvitation(at.tx, at.tenant, id));
  return one && { one, asking };
}
