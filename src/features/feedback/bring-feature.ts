import type { Element } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { shortened } from '../../chat/grammar.ts';
import { Refusal } from '../../chat/refusal.ts';
import { twice } from '../../chat/twice.ts';
import { requiredText, typedText } from '../../chat/typed-text.ts';
import { readers } from '../../chat/voice.ts';
import { newId } from '../../store/id.ts';
import { holdPerson } from '../../store/people.ts';
import type { Key } from '../../text/say.ts';
import { clientOfPlace, mustRead } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { holdActive, matchNamed, mustNotRest, nameClient } from '../clients/naming-store.ts';
import { ownFirst } from '../clients/own-store.ts';
import { findClient, readClients } from '../clients/store.ts';
import { feedbackCard } from './cards.ts';
import { tellOwner } from './course-feature.ts';
import { type Feedback, type Kind, limits, readLink, readTyped } from './feedback.ts';
import { bringForm } from './form-cards.ts';
import { ownerFor } from './owner-store.ts';
import { addFeedback, feedbackSince } from './store.ts';

/** `complaint NAME: TEXT`; what is missing or not known is asked in a form, with what was typed kept. */
export function typed(kind: Kind) {
  return async (asked: Asked, { text: rest, colon }: { text: string; colon: boolean }): Promise<Effect[]> => {
    const here = (await clientOfPlace(asked, asked.place.id))?.client;
    const clients = await readClients(asked.tx, asked.tenant);
    const read = colon ? { name: '', text: rest.trim() || undefined } : readTyped(rest);
    if (rest.trim() === '') return ask(asked, kind, { client: here, clients });
    const match = read.name === '' ? undefined : await matchNamed(asked, clients, read.name);
    if (match?.kind === 'none' && read.text !== undefined) await mustNotRest(asked, read.name);
    const named = match ? (match.kind === 'one' ? match.client : undefined) : here;
    if (named && read.text !== undefined)
      return bring(asked, { kind, client: named, said: { text: read.text } });
    if (named && read.name !== '') return ask(asked, kind, { client: named, clients });
    // Where the client is clear, or none is needed, all of it may be the text.
    if (here && read.text === undefined)
      return bring(asked, { kind, client: here, said: { text: rest.trim() } });
    if (kind === 'success') return bring(asked, { kind, client: here, said: { text: rest.trim() } });
    const intro = asked.say('feedback.which-unknown', { name: shortened(read.name) });
    // In a client's channel what stands before a colon may be the beginning of the text: nothing of it is lost.
    const isText = here && match?.kind === 'none' && !match.nearest;
    return ask(asked, kind, {
      clients,
      text: isText ? rest.trim() : (read.text ?? rest.trim()),
      intro: read.name ? intro : undefined,
    });
  };
}

type About = Parameters<typeof bringForm>[1] & { clients: Client[] };

async function ask(asked: Asked, kind: Kind, about: About): Promise<Effect[]> {
  if (!about.client && about.clients.length === 0 && kind !== 'success') {
    const buttons = [{ press: 'clients.add', label: asked.say('clients.add-first') }];
    throw new Refusal('error.client-none-yet', {}, { buttons });
  }
  const clients = about.client ? [] : await ownFirst(asked, asked.person.id, about.clients);
  return [{ do: 'ask', form: bringForm(kind, { ...about, clients }, asked.say), alone: true }];
}

/** The form, from a button: of the client that it names, of this place's, or of one to choose. */
export function opened(kind: Kind) {
  return async (asked: Asked, { subject }: { subject: string }): Promise<Effect[]> => {
    const clients = await readClients(asked.tx, asked.tenant);
    const client =
      subject === ''
        ? (await clientOfPlace(asked, asked.place.id))?.client
        : await findClient(asked.tx, asked.tenant, subject);
    return ask(asked, kind, { client, clients });
  };
}

/** The form was sent. */
export function filled(kind: Kind) {
  return async (
    asked: Asked,
    { subject, fields }: { subject: string; fields: Record<string, string> },
  ): Promise<Effect[]> => {
    const client = await clientChosen(asked, kind, subject ? { client: subject } : fields);
    const { text = '', link } = fields;
    return bring(asked, { kind, client, said: { text, saidBy: fields['said-by'], link } });
  };
}

/** The client that a form names, typed or else chosen; undefined for none. Throws when it must be one, or is not there. */
export async function clientChosen(
  asked: Asked,
  kind: Kind,
  fields: Record<string, string>,
): Promise<Client | undefined> {
  const { client: id = '', 'other-client': typed = '' } = fields;
  if (typed.trim() !== '') return clientTyped(asked, typed);
  const isNone = id === '' || id === 'none';
  const client = isNone ? undefined : await findClient(asked.tx, asked.tenant, id);
  if (!client && (kind !== 'success' || !isNone))
    throw new Refusal('error.feedback-which-client', {}, { field: 'client' });
  return client;
}

async function clientTyped(asked: Asked, typed: string): Promise<Client> {
  try {
    return await nameClient(asked, typed);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // What is wrong is what was typed, not what was chosen above it.
    throw new Refusal(error.code, error.values, { field: 'other-client', buttons: error.buttons });
  }
}

type Said = { text: string; saidBy?: string | undefined; link?: string | undefined };

type How = { id?: string; day?: Temporal.PlainDate; elsewhere?: Key };

/**
 * Keeps it; of a complaint the client's owner, or who stands in for him, hears at once, unless he brought it himself.
 * `day`: it was said then, and not today. `elsewhere`: what he is told in a channel in which the client reads along.
 */
export async function bring(
  asked: Asked,
  { kind, client, said }: { kind: Kind; client: Client | undefined; said: Said },
  how: How = {},
): Promise<Effect[]> {
  if (client) await mustRead(asked, client);
  // Of two that come at the same moment, one waits for the other, and sees it; so it does when another archives or merges it.
  if (client) await holdActive(asked, client);
  else await holdPerson(asked.tx, asked.platform, asked.tenant, asked.person.id);
  const one = await newFeedback(asked, { kind, client, said }, how);
  // A message that somebody picks is known by its link.
  const before = how.id === undefined ? await justBrought(asked, one) : undefined;
  if (!before) await addFeedback(asked.tx, asked, one);
  const kept = before ?? one;
  const title = asked.say(`feedback.brought-${kind}`, { client: client?.name ?? '' });
  const card = feedbackCard(kept, client, { mayChange: true, title }, readers(asked));
  const reads: Element[] = asked.place.shared
    ? [{ kind: 'text', text: asked.say(how.elsewhere ?? 'feedback.private'), style: 'subtle' }]
    : [];
  // Where a team that it concerns starts the day, it is shown as it comes.
  const subject = JSON.stringify({ client: one.client ?? null, person: asked.person.id });
  return [
    answer({ ...card, elements: [...reads, ...card.elements] }, 'person'),
    ...(client && !before ? await tellOwner(asked, one, client) : []),
    { do: 'later', job: 'daily-start.renew', subject, at: asked.now },
  ];
}

/** The same that he brought a moment ago: a button was pressed twice. */
async function justBrought(asked: Asked, one: Feedback): Promise<Feedback | undefined> {
  const since = asked.now.subtract(twice);
  const lately = await feedbackSince(asked.tx, asked.tenant, { since, kinds: [one.kind] });
  return lately.find(
    ({ by, client, text }) => by.id === one.by.id && client === one.client && text === one.text,
  );
}

async function newFeedback(
  asked: Asked,
  { kind, client, said }: { kind: Kind; client: Client | undefined; said: Said },
  { id = newId(), day }: How,
): Promise<Feedback> {
  const { person, now } = asked;
  const by = { id: person.id, name: person.name };
  const isComplaint = kind === 'complaint';
  return {
    ...{ id, kind, client: client?.id, ...readSaid(said), by },
    day: day ?? now.toZonedDateTimeISO(person.timeZone).toPlainDate(),
    ...{ expectation: undefined, unnoted: false, answered: undefined, learned: undefined },
    owner: isComplaint && client ? await ownerFor(asked, client, by) : undefined,
    state: isComplaint ? 'new' : undefined,
    at: now,
  };
}

/** What was written, checked. Throws a Refusal that names the field. */
export function readSaid({ text, saidBy, link }: Said): Pick<Feedback, 'text' | 'saidBy' | 'link'> {
  const words = requiredText(text, { most: limits.text, field: 'text', empty: 'error.feedback-text' });
  const who = typedText(saidBy, { most: limits.saidBy, field: 'said-by' });
  const typed = link?.trim() || undefined;
  const address = typed && readLink(typed);
  if (typed && !address) throw new Refusal('error.feedback-link', {}, { field: 'link' });
  return { text: words, saidBy: who, link: address };
}
