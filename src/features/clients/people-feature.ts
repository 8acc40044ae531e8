import type { Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { readWho } from '../../chat/mentions.ts';
import { Refusal } from '../../chat/refusal.ts';
import { languageOf, type Mention } from '../../chat/request.ts';
import { readPerson } from '../../store/people.ts';
import { readSettings } from '../../store/settings.ts';
import { voice } from '../../text/say.ts';
import { doneCard } from './cards.ts';
import type { Client, Colleague } from './clients.ts';
import { type About, domainForm } from './form-cards.ts';
import {
  aboutPressed,
  aboutTyped,
  asking,
  clientById,
  clientOfForm,
  colleagues,
  everybody,
  heldToChange,
  keep,
  knownColleague,
  told,
} from './meant-feature.ts';
import { colleagueForm, teamRemoveForm } from './people-cards.ts';
import { addColleague, addDomain, clientOfDomain, readAdded, removeColleague } from './people-store.ts';
import { findClient } from './store.ts';
import { readDomain } from './typing-rules.ts';

/** What one of the team can be made. */
export type Post = 'owner' | 'manager' | 'team';

export type Typed = { text: string; mentions: Mention[] };

/** `client owner NAME @who`, and so for manager and team; without whom a form. */
export async function postTyped(asked: Asked, post: Post, { text, mentions }: Typed): Promise<Effect[]> {
  const { who, rest, stray } = readWho(text, mentions, await everybody(asked));
  if (stray) throw new Refusal('error.client-who', { typed: stray });
  const about = await aboutTyped(asked, rest);
  if (who.length === 0 || !('client' in about)) {
    if (who.length > 0) throw new Refusal('error.client-none-here');
    return postForm(asked, post, about);
  }
  if (post !== 'team' && who.length > 1) throw new Refusal('error.client-one-person');
  return given(asked, post, about.client, who);
}

/** The form, from a button. */
export async function postAsked(asked: Asked, post: Post, subject: string): Promise<Effect[]> {
  return postForm(asked, post, await aboutPressed(asked, subject));
}

async function postForm(asked: Asked, post: Post, about: About): Promise<Effect[]> {
  return asking(asked, colleagueForm(asked.say, `clients.${post}`, about, await colleagues(asked)));
}

type Filled = { subject: string; fields: Record<string, string> };

/** The form was sent. */
export async function postFilled(asked: Asked, post: Post, { subject, fields }: Filled): Promise<Effect[]> {
  const person = await knownColleague(asked, fields.person);
  return given(asked, post, await clientOfForm(asked, subject, fields), [person]);
}

async function given(asked: Asked, post: Post, meant: Client, who: { id: string }[]): Promise<Effect[]> {
  const client = await heldToChange(asked, meant);
  const people: Colleague[] = [];
  for (const { id } of who) people.push(await knownColleague(asked, id));
  const [first] = people;
  if (!first) throw new Refusal('error.person-unknown', {}, { field: 'person' });
  if (post === 'owner') return handedOver(asked, client, first);
  const { say } = asked;
  if (post === 'manager') await keep(asked, { ...client, manager: first });
  else for (const one of people) await joined(asked, client, one);
  const names = people.map(({ name }) => name).join(', ');
  const text = say(`clients.${post}-now`, { client: client.name, names, count: people.length });
  return told(asked, doneCard(text, client, say));
}

async function joined({ tx, tenant }: Asked, client: Client, one: Colleague): Promise<void> {
  const isNew = await addColleague(tx, tenant, client.id, one);
  if (isNew && client.owner.id !== one.id) return;
  throw new Refusal('error.client-in-team', { name: one.name, client: client.name }, { field: 'person' });
}

/** The one who owned it stays of the team, and the one who does now is told. */
async function handedOver(asked: Asked, client: Client, to: Colleague): Promise<Effect[]> {
  const { tx, tenant, platform, person, say } = asked;
  const { owner } = client;
  if (owner.id === to.id)
    throw new Refusal('error.client-owner-same', { name: to.name, client: client.name }, { field: 'person' });
  const before = await readPerson(tx, platform, tenant, owner.id);
  if (!before?.outsider) await addColleague(tx, tenant, client.id, owner);
  await removeColleague(tx, tenant, client.id, to.id);
  const after: Client = { ...client, owner: to };
  await keep(asked, after);
  const text = say('clients.owner-now', { client: client.name, names: to.name });
  const effects = await told(asked, doneCard(text, client, say));
  return to.id === person.id ? effects : [...effects, await tell(asked, after)];
}

async function tell(asked: Asked, client: Client): Promise<Effect> {
  const { tx, tenant, platform, person } = asked;
  const kept = await readSettings(tx, { tenant, platform, person: client.owner.id });
  const { language } = (await readPerson(tx, platform, tenant, client.owner.id)) ?? {};
  const say = voice(languageOf(kept.get('person.language')) ?? language ?? asked.person.language);
  const text = say('clients.owner-you', { client: client.name, name: person.name });
  const to = { person: client.owner.id };
  return { do: 'post', to, card: doneCard(text, client, say), audience: 'internal', resend: false };
}

/** Which of those who were added is to go. */
export async function leaveAsked(asked: Asked, subject: string): Promise<Effect[]> {
  const client = await heldToChange(asked, await clientById(asked, subject));
  const added = await readAdded(asked.tx, asked.tenant, client.id);
  if (added.length === 0) throw new Refusal('error.nobody-to-choose');
  return asking(asked, teamRemoveForm(asked.say, client, added));
}

/** He is of the team no longer; who is in the internal channel still is. */
export async function leaveFilled(asked: Asked, { subject, fields }: Filled): Promise<Effect[]> {
  const { tx, tenant, say } = asked;
  const client = await heldToChange(asked, await clientById(asked, subject));
  const added = await readAdded(tx, tenant, client.id);
  const one = added.find(({ id }) => id === fields.person);
  if (!one) throw new Refusal('error.person-unknown', {}, { field: 'person' });
  await removeColleague(tx, tenant, client.id, one.id);
  const text = say('clients.team-removed', { client: client.name, name: one.name });
  return told(asked, doneCard(text, client, say, [], say('clients.team-removed-note')));
}

/** `client domain NAME acme.example`; without a domain a form. */
export async function domainTyped(asked: Asked, text: string): Promise<Effect[]> {
  const words = text.split(/\s+/).filter(Boolean);
  const last = words.at(-1) ?? '';
  if (!last.includes('.') && !last.includes('@'))
    return asking(asked, domainForm(asked.say, await aboutTyped(asked, text)));
  const about = await aboutTyped(asked, words.slice(0, -1).join(' '));
  if (!('client' in about)) throw new Refusal('error.client-none-here');
  return domainKept(asked, about.client, last);
}

/** The form, from a button. */
export async function domainAsked(asked: Asked, subject: string): Promise<Effect[]> {
  return asking(asked, domainForm(asked.say, await aboutPressed(asked, subject)));
}

/** The form was sent. */
export async function domainFilled(asked: Asked, { subject, fields }: Filled): Promise<Effect[]> {
  return domainKept(asked, await clientOfForm(asked, subject, fields), fields.domain ?? '');
}

async function domainKept(asked: Asked, meant: Client, typed: string): Promise<Effect[]> {
  const client = await heldToChange(asked, meant);
  const domain = await ownDomain(asked, client, typed, 'domain');
  const text = asked.say('clients.domain-now', { client: client.name, domain });
  return told(asked, doneCard(text, client, asked.say));
}

/** The client counts this domain as its own from now on, or throws why that cannot be. */
export async function ownDomain(
  { tx, tenant }: Asked,
  client: Client,
  typed: string,
  field: string,
): Promise<string> {
  const read = readDomain(typed);
  if (read === 'none') throw new Refusal('error.client-domain', { typed: typed.slice(0, 60) }, { field });
  if (read === 'public')
    throw new Refusal('error.client-domain-public', { typed: typed.slice(0, 60) }, { field });
  const { domain } = read;
  if (await addDomain(tx, tenant, client.id, domain)) return domain;
  const other = await clientOfDomain(tx, tenant, domain);
  const whose = (other && (await findClient(tx, tenant, other))) || client;
  throw new Refusal('error.client-domain-taken', { domain, client: whose.name }, { field });
}
