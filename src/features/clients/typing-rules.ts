import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { type LinkKind, plainName } from './clients.ts';

/** Reading what somebody types about a client. Pure. */

/** What follows `klant` or `client`, as one word whatever the language. */
const verbs = {
  toevoegen: 'add',
  add: 'add',
  koppelen: 'link',
  link: 'link',
  ontkoppelen: 'unlink',
  unlink: 'unlink',
  contact: 'contact',
  contactpersoon: 'contact',
  manager: 'manager',
  team: 'team',
  eigenaar: 'owner',
  owner: 'owner',
  domein: 'domain',
  domain: 'domain',
  wijzigen: 'change',
  change: 'change',
  hernoemen: 'rename',
  rename: 'rename',
  archiveren: 'archive',
  archive: 'archive',
  samenvoegen: 'merge',
  merge: 'merge',
} as const;

export type Verb = (typeof verbs)[keyof typeof verbs];

/** The verb of a phrase such as `klant koppelen`. */
export function verbOf(words: string): Verb | undefined {
  const typed = words.split(' ')[1];
  return Object.entries(verbs).find(([word]) => word === typed)?.[1];
}

/** The verb that somebody probably meant by the first of these words: two letters may differ. */
export function nearestVerb(text: string): string | undefined {
  const [first = '', second] = plainName(text).split(' ');
  if (first.length < 4 || second === undefined) return undefined;
  return Object.keys(verbs).find((word) => word !== first && distance(word, first) <= 2);
}

const kinds: Record<string, LinkKind> = {
  intern: 'internal',
  internal: 'internal',
  gedeeld: 'shared',
  shared: 'shared',
};

/** Reads `Acme intern`: as what a channel is linked, and the words before it. */
export function readKind(text: string): { name: string; kind: LinkKind | undefined } {
  const words = text.trim().split(/\s+/);
  const kind = kinds[plainName(words.at(-1) ?? '')];
  return kind ? { name: words.slice(0, -1).join(' '), kind } : { name: text.trim(), kind };
}

/** Reads `NAME: OTHER`; undefined when one of them is missing. */
export function readPair(text: string): { name: string; other: string } | undefined {
  const at = text.indexOf(':');
  const other = text.slice(at + 1).trim();
  return at < 0 || other === '' ? undefined : { name: text.slice(0, at).trim(), other };
}

/** Reads `Acme Eva Jansen <eva@acme.example>`: the one address in a text, small letters, and the words beside it. */
export function readAddress(text: string): { address: string | undefined; rest: string } {
  const found = /(?:^|\s)<?(?:mailto:)?([^\s<>@,;]+@[^\s<>@,;]+)>?(?=[\s,;]|$)/iu.exec(text);
  if (!found?.[1]) return { address: undefined, rest: text.trim() };
  const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;
  return { address: found[1].toLowerCase(), rest: rest.trim().replace(/\s+/g, ' ') };
}

/** Where anybody can have an address: such a domain is no client's. */
const publicDomains = new Set([
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'hotmail.nl',
  'hotmail.be',
  'live.com',
  'live.nl',
  'live.be',
  'msn.com',
  'yahoo.com',
  'yahoo.nl',
  'icloud.com',
  'me.com',
  'proton.me',
  'protonmail.com',
  'pm.me',
  'gmx.com',
  'gmx.net',
  'gmx.de',
  'web.de',
  'aol.com',
  'ziggo.nl',
  'kpnmail.nl',
  'kpnplanet.nl',
  'planet.nl',
  'xs4all.nl',
  'home.nl',
  'hetnet.nl',
  'upcmail.nl',
  'chello.nl',
  'casema.nl',
  'quicknet.nl',
  'caiway.nl',
  'telfort.nl',
  'tele2.nl',
  'solcon.nl',
  'zeelandnet.nl',
  'telenet.be',
  'skynet.be',
]);

export type DomainMistake = 'none' | 'public';

/** An e-mail domain as people write one: `acme.example`, `@acme.example`, an address, a web address. */
export function readDomain(text: string): { domain: string } | DomainMistake {
  const domain = text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^.*@/, '')
    .replace(/^www\./, '')
    .replace(/[/?#].*$/s, '')
    .replace(/\.+$/, '');
  // A host that mail could go to: of a name that is none, no address is valid.
  if (!z.email().safeParse(`a@${domain}`).success) return 'none';
  return publicDomains.has(domain) ? 'public' : { domain };
}

/** The domains of a list, one a line or by commas. */
export function listed(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean);
}
