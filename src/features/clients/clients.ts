import { distance } from 'fastest-levenshtein';
import { plain } from '../../chat/grammar.ts';
import type { Language } from '../../chat/request.ts';

/** A person of the team, as a client keeps him. */
export type Colleague = { id: string; name: string };

/** An organisation or an internal department that the team serves. */
export type Client = {
  id: string;
  name: string;
  owner: Colleague;
  /** Hears early warnings, and judges what is expected of a person. */
  manager: Colleague | undefined;
  /** In how many days it should be talked about what this client expects. */
  rhythmDays: number;
  /** What its cards speak in the channel it shares; undefined: as that channel is set. */
  language: Language | undefined;
  /** Whether the client knows its own need; undefined: nobody said so yet. */
  knowsNeed: boolean | undefined;
  /** Nothing is asked or nudged any more; everything is kept. */
  archived: boolean;
  createdAt: Temporal.Instant;
};

/** Somebody on the client's side: a person of the platform, or an e-mail address, or both. */
export type Contact = {
  /** Of somebody who is not listed but known by where he is or his address: `person:ID`. */
  id: string;
  name: string;
  role: string | undefined;
  language: Language | undefined;
  person: string | undefined;
  email: string | undefined;
  /** Kept by the team; else he is a contact by being in the shared channel, or by his e-mail domain. */
  listed: boolean;
};

/** internal: there the team talks about the client. shared: the client's people are in it. */
export type LinkKind = 'internal' | 'shared';

/** What somebody is to a client. team includes owner, manager and administrators; none: an outsider of elsewhere. */
export type Relation = 'team' | 'colleague' | 'contact' | 'none';

export const limits = { name: 80, role: 80, email: 254, contacts: 50, rhythmDays: { from: 1, to: 365 } };

const usualRhythmDays = 14;

/** A client as it is at first. */
export function newClient(known: Pick<Client, 'id' | 'name' | 'owner' | 'createdAt'>): Client {
  return {
    ...known,
    manager: undefined,
    rhythmDays: usualRhythmDays,
    language: undefined,
    knowsNeed: undefined,
    archived: false,
  };
}

/** How names are compared: without case, accents and spaces too many. */
export function plainName(name: string): string {
  return plain(name).trim().replace(/\s+/g, ' ');
}

export type NameMistake = 'empty' | 'too-long' | 'colon';

/** A client's name as it is kept; a colon would part it from the text that follows names. */
export function readName(text: string): { name: string } | NameMistake {
  const name = text
    // What nobody sees would make two names of one.
    .replace(/[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu, ' ')
    .trim()
    .replace(/^["“”'‘’](.*)["“”'‘’]$/su, '$1')
    .trim()
    .replace(/\s+/g, ' ');
  if (plainName(name) === '') return 'empty';
  if ([...name].length > limits.name) return 'too-long';
  return name.includes(':') ? 'colon' : { name };
}

export type Match<T> =
  | { kind: 'one'; client: T }
  | { kind: 'many'; clients: T[] }
  | { kind: 'none'; nearest: T | undefined };

/** Whom somebody means by this name: the same but for case and accents, or a beginning that fits only one. */
export function matchClient<T extends { name: string }>(clients: T[], typed: string): Match<T> {
  const wanted = plainName(typed);
  const same = clients.find(({ name }) => plainName(name) === wanted);
  if (same) return { kind: 'one', client: same };
  const beginning = wanted === '' ? [] : clients.filter(({ name }) => plainName(name).startsWith(wanted));
  const [only] = beginning;
  if (only && beginning.length === 1) return { kind: 'one', client: only };
  if (beginning.length > 1) return { kind: 'many', clients: beginning };
  return { kind: 'none', nearest: nearestTo(clients, wanted) };
}

/** Whether a name was typed in whole, and not only a beginning of it. */
export function isSameName<T extends { name: string }>(match: Match<T>, typed: string): boolean {
  return match.kind === 'one' && plainName(match.client.name) === plainName(typed);
}

/** The name that was probably meant: a third of its letters may differ. */
function nearestTo<T extends { name: string }>(clients: T[], wanted: string): T | undefined {
  // No name is so long; comparing takes its time.
  if (wanted.length > 2 * limits.name) return undefined;
  let best: { client: T; far: number } | undefined;
  for (const client of clients) {
    const far = distance(plainName(client.name), wanted) / Math.max(client.name.length, 1);
    if (far <= 1 / 3 && (!best || far < best.far)) best = { client, far };
  }
  return best?.client;
}

/** What follows the last @ of an address. */
export function domainOf(email: string | undefined): string | undefined {
  return email?.toLowerCase().split('@').at(-1);
}

/** One of these contacts by the id that he has, or had before he was listed. */
export function contactIn(contacts: Contact[], id: string): Contact | undefined {
  return contacts.find((one) => one.id === id || (one.person && personContactId(one.person) === id));
}

/** The id of a contact whom nobody listed. */
export function personContactId(person: string): string {
  return `person:${person}`;
}

type Known = { id: string; name: string; email?: string | undefined; language?: Language | undefined };

/**
 * Everybody once: those who are listed, each with what is known of him by his person or his address, and then the
 * others who are known.
 */
export function eachOnce(listed: Contact[], known: Known[]): Contact[] {
  const contacts: Contact[] = [];
  const isOne = (contact: Contact, person: string | undefined, email: string | undefined) =>
    (person !== undefined && contact.person === person) ||
    (email !== undefined && contact.email?.toLowerCase() === email.toLowerCase());
  for (const one of listed) {
    const found = known.find(({ id, email }) => isOne(one, id, email));
    const person = one.person ?? found?.id;
    const email = one.email ?? found?.email;
    if (contacts.some((contact) => isOne(contact, person, email))) continue;
    contacts.push({ ...one, person, email, language: one.language ?? found?.language });
  }
  for (const { id, name, email, language } of known)
    if (!contacts.some((contact) => isOne(contact, id, email)))
      contacts.push({
        id: personContactId(id),
        name,
        role: undefined,
        language,
        person: id,
        email,
        listed: false,
      });
  return contacts;
}

/** Splits `Acme Nederland intern` at the first fitting end: the longest name that begins the text, and the rest. */
export function nameAndRest<T extends { name: string }>(
  clients: T[],
  text: string,
): { client: T; rest: string } | undefined {
  const words = text.trim().split(/\s+/);
  // A name has no more words than letters: of a long text only the beginning is looked at.
  for (let count = Math.min(words.length, limits.name); count > 0; count -= 1) {
    const match = matchClient(clients, words.slice(0, count).join(' '));
    if (match.kind === 'one') return { client: match.client, rest: words.slice(count).join(' ') };
  }
  return undefined;
}

export type Quadrant = 'grow-closer' | 'meet' | 'wait' | 'inspire';

/**
 * Where a client stands by whether we know an expectation of it and whether it knows its own need; undefined while the
 * latter has not been said.
 */
export function quadrantOf(weKnow: boolean, { knowsNeed }: Pick<Client, 'knowsNeed'>): Quadrant | undefined {
  if (knowsNeed === undefined) return undefined;
  if (knowsNeed) return weKnow ? 'meet' : 'grow-closer';
  return weKnow ? 'inspire' : 'wait';
}
