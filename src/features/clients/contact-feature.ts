import { readAddresses } from '../../chat/address.ts';
import type { Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { readWho } from '../../chat/mentions.ts';
import { Refusal } from '../../chat/refusal.ts';
import { languageOf } from '../../chat/request.ts';
import { newId } from '../../store/id.ts';
import { readPerson } from '../../store/people.ts';
import { clientOfPlace, contactsOf, teamOf } from './access-store.ts';
import { doneCard } from './cards.ts';
import { type Client, type Contact, limits, nameAndRest, plainName } from './clients.ts';
import type { About } from './form-cards.ts';
import {
  aboutPressed,
  aboutTyped,
  asking,
  clientById,
  clientOfForm,
  everybody,
  heldToChange,
  known,
  told,
} from './meant-feature.ts';
import { nameClient } from './naming-store.ts';
import { contactForm, contactRemoveForm } from './people-cards.ts';
import type { Typed } from './people-feature.ts';
import { addContact, changeContact, readListed, removeContact } from './people-store.ts';
import { readClients } from './store.ts';
import { readAddress } from './typing-rules.ts';

/** What somebody says of a contact. */
type Draft = {
  [key in 'name' | 'role' | 'language' | 'person' | 'email']?: Contact[key] | undefined;
};

/** `client contact NAME @who` or an address with, if one likes, a name before it; without that a form. */
export async function contactTyped(asked: Asked, { text, mentions }: Typed): Promise<Effect[]> {
  const { address, rest: words } = readAddress(text);
  const { who, rest, stray } = readWho(words, mentions, await everybody(asked));
  if (stray) throw new Refusal('error.client-who', { typed: stray });
  if (address === undefined && who.length === 0) return form(asked, await aboutTyped(asked, rest));
  const { client, name } = await meant(asked, rest, address !== undefined && who.length === 0);
  const people: Draft[] = who.map(({ id }) => ({ person: id }));
  const [first, ...others] = people;
  // With one person beside it the address is his.
  if (address !== undefined && others.length === 0)
    return kept(asked, client, [{ ...first, email: address, name }]);
  return kept(asked, client, [...people, ...(address === undefined ? [] : [{ email: address }])]);
}

/** The client that begins the words, else the one of this place; a contact's name may follow. */
async function meant(
  asked: Asked,
  words: string,
  mayName: boolean,
): Promise<{ client: Client; name: string | undefined }> {
  const here = (await clientOfPlace(asked, asked.place.id))?.client;
  if (words === '' || !mayName) return { client: await nameClient(asked, words), name: undefined };
  const found = nameAndRest(await readClients(asked.tx, asked.tenant), words);
  // In the channel of a client a name that only begins like another client's is the contact's.
  const isExact = found && plainName(words).startsWith(plainName(found.client.name));
  if (found && (!here || isExact)) return { client: found.client, name: found.rest || undefined };
  return here ? { client: here, name: words } : { client: await nameClient(asked, words), name: undefined };
}

/** The form, from a button. */
export async function contactAsked(asked: Asked, subject: string): Promise<Effect[]> {
  return form(asked, await aboutPressed(asked, subject));
}

async function form(asked: Asked, about: About): Promise<Effect[]> {
  return asking(asked, contactForm(asked.say, about, await everybody(asked)));
}

type Filled = { subject: string; fields: Record<string, string> };

/** The form was sent. */
export async function contactFilled(asked: Asked, { subject, fields }: Filled): Promise<Effect[]> {
  const client = await clientOfForm(asked, subject, fields);
  const email = fields.email?.trim() ? addressOf(fields.email) : undefined;
  const draft: Draft = {
    person: fields.person,
    email: email?.address,
    name: fields.name?.trim() || email?.name,
    role: fields.role?.trim() || undefined,
    language: languageOf(fields.language),
  };
  if (!draft.person && !draft.email) throw new Refusal('error.client-contact-who', {}, { field: 'person' });
  return kept(asked, client, [draft]);
}

function addressOf(typed: string): { address: string; name: string | undefined } {
  const { contacts, wrong } = readAddresses(typed);
  const [one, ...others] = contacts;
  if (!one || others.length > 0 || wrong !== undefined || one.address.length > limits.email)
    throw new Refusal('error.client-address', { address: wrong ?? typed.slice(0, 100) }, { field: 'email' });
  return { address: one.address, name: one.name === one.address ? undefined : one.name };
}

async function kept(asked: Asked, named: Client, drafts: Draft[]): Promise<Effect[]> {
  const client = await heldToChange(asked, named);
  const names: string[] = [];
  for (const draft of drafts) names.push((await keep(asked, client, draft)).name);
  const { say } = asked;
  const values = { client: client.name, names: names.join(', '), count: names.length };
  const another = { press: 'clients.contact', subject: client.id, label: say('clients.contact-another') };
  return told(asked, doneCard(say('clients.contact-now', values), client, say, [another]));
}

async function keep(asked: Asked, client: Client, draft: Draft): Promise<Contact> {
  const { tx, tenant, now } = asked;
  const record = draft.person === undefined ? undefined : await known(asked, draft.person);
  const email = draft.email === undefined ? undefined : addressOf(draft.email).address;
  const contact: Contact = {
    id: newId(),
    name: draft.name ?? record?.name ?? email?.slice(0, limits.name) ?? '',
    role: draft.role,
    language: draft.language,
    person: record?.id,
    email,
    listed: true,
  };
  if ([...contact.name].length > limits.name)
    throw new Refusal('error.text-too-long', { most: limits.name }, { field: 'name' });
  if (contact.role && [...contact.role].length > limits.role)
    throw new Refusal('error.text-too-long', { most: limits.role }, { field: 'role' });
  const listed = (await contactsOf(asked, client.id)).filter((one) => one.listed);
  const [same, ...others] = listed.filter((one) => isSame(one, contact));
  const before = same && (await readListed(tx, tenant, client.id)).find(({ id }) => id === same.id);
  if (before && others.length === 0 && (draft.name || draft.role || draft.language)) {
    const changed = changedBy(before, draft, contact);
    await changeContact(tx, tenant, { ...changed, client: client.id });
    return changed;
  }
  await mayBe(asked, client, contact, listed);
  if (!(await addContact(tx, tenant, { ...contact, client: client.id }, now)))
    throw new Refusal('error.client-contact-exists', { name: contact.name, client: client.name });
  return contact;
}

/** What was said of one who is kept already; the rest stays as it was. */
function changedBy(before: Contact, said: Draft, { person, email }: Contact): Contact {
  return {
    ...before,
    name: said.name ?? before.name,
    role: said.role ?? before.role,
    language: said.language ?? before.language,
    person: before.person ?? person,
    email: before.email ?? email,
  };
}

function isSame(one: Contact, { person, email }: Contact): boolean {
  return (
    (person !== undefined && one.person === person) ||
    (email !== undefined && one.email?.toLowerCase() === email.toLowerCase())
  );
}

/** Throws when he is one already, or of the team. */
async function mayBe(asked: Asked, client: Client, contact: Contact, listed: Contact[]): Promise<void> {
  const { name, person } = contact;
  if (listed.length >= limits.contacts)
    throw new Refusal('error.client-contacts-many', { most: limits.contacts });
  const field = person === undefined ? 'email' : 'person';
  if (listed.some((one) => isSame(one, contact)))
    throw new Refusal('error.client-contact-exists', { name, client: client.name }, { field });
  if (person !== undefined && (await teamOf(asked, client)).some(({ id }) => id === person))
    throw new Refusal('error.client-contact-team', { name, client: client.name }, { field });
}

/** Which of the contacts that the team keeps is to go. */
export async function contactLeaveAsked(asked: Asked, subject: string): Promise<Effect[]> {
  const client = await heldToChange(asked, await clientById(asked, subject));
  const listed = await readListed(asked.tx, asked.tenant, client.id);
  if (listed.length === 0) throw new Refusal('error.nobody-to-choose');
  return asking(asked, contactRemoveForm(asked.say, client, listed));
}

/** He is kept no longer; by his channel or his address he may still be a contact. */
export async function contactLeaveFilled(asked: Asked, { subject, fields }: Filled): Promise<Effect[]> {
  const { tx, tenant, platform, say } = asked;
  const client = await heldToChange(asked, await clientById(asked, subject));
  const one = (await readListed(tx, tenant, client.id)).find(({ id }) => id === fields.contact);
  if (!one) throw new Refusal('error.client-contact-gone', {}, { field: 'contact' });
  await removeContact(tx, tenant, one.id);
  const email = one.email ?? (one.person && (await readPerson(tx, platform, tenant, one.person))?.email);
  const stays = (await contactsOf(asked, client.id)).some(
    (other) => (one.person && other.person === one.person) || (email && other.email === email),
  );
  const values = { name: one.name, client: client.name };
  const note = stays ? say('clients.contact-stays', values) : undefined;
  return told(asked, doneCard(say('clients.contact-removed', values), client, say, [], note));
}
