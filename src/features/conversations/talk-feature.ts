import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { shortened } from '../../chat/grammar.ts';
import { Refusal } from '../../chat/refusal.ts';
import type { Mention } from '../../chat/request.ts';
import { readers } from '../../chat/voice.ts';
import { newId } from '../../store/id.ts';
import { clientOfPlace } from '../clients/access-store.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { holdActive, nameClient } from '../clients/naming-store.ts';
import { readClients } from '../clients/store.ts';
import { clientToTalk, held, mustBeTeam } from './access-feature.ts';
import { askingCard } from './after-cards.ts';
import { noteAskedAbout } from './asking-store.ts';
import { plannedCard, talkForm, typedWhen, whenForm, whenOf } from './cards.ts';
import { type Conversation, justNowSubject, momentRefusal, usualMinutes } from './conversations.ts';
import { conversationsWith } from './own-store.ts';
import { planNow } from './plan-feature.ts';
import { promiseOf } from './promise-feature.ts';
import { nearestOf, spanAround } from './same-rules.ts';
import {
  addConversation,
  conversationsBetween,
  findConversation,
  joinConversation,
  keepAnswer,
  moveConversation,
} from './store.ts';
import { readTold, readTyped } from './talk-rules.ts';
import type { When } from './when-rules.ts';
import { momentOf, peopleIn, teamAmong, unclearOf } from './words-feature.ts';

/** `talk NAME tomorrow 14:00`; without a moment it was just now; without a name a form. */
export async function typed(
  asked: Asked,
  { text, mentions }: { text: string; mentions: Mention[] },
): Promise<Effect[]> {
  const { tx, tenant, now, person } = asked;
  const clients = await readClients(tx, tenant);
  const here = (await clientOfPlace(asked, asked.place.id))?.client;
  const { who, rest } = await peopleIn(asked, text, mentions);
  const { client: found, wanted, words } = readTyped(rest, clients, here, now, person.timeZone);
  const told = readTold(words, now, person.timeZone);
  if (!found && wanted === '') return [form(asked, clients, told.justNow ? undefined : text)];
  const client = found ?? (await nameClient(asked, wanted));
  await mustBeTeam(asked, client);
  const unclear = unclearOf(told);
  // Who was named stands in the form too, where he is read once more.
  const value = [words.trim(), ...who.map(({ name }) => `@${name}`)].join(' ');
  if (unclear) return [askWhen(asked, client, value, unclear)];
  return told.when || who.length > 0
    ? planned(asked, client, told.when, { title: told.title, who })
    : justNow(asked, client);
}

function form({ say }: Asked, clients: Client[], when?: string): Effect {
  if (clients.length > 0)
    return { do: 'ask', form: talkForm(say, clients, when?.trim().slice(0, 100)), alone: true };
  const buttons = [{ press: 'clients.add', label: say('clients.add-first') }];
  throw new Refusal('error.client-none-yet', {}, { buttons });
}

type Unclear = NonNullable<ReturnType<typeof unclearOf>>;

/** Asks when it is; the subject of the form names the client of a conversation that is not there yet. */
function askWhen({ say }: Asked, client: Client, words: string, { why, typed }: Unclear): Effect {
  const intro = say(why, { typed: shortened(typed) });
  const asking = { subject: `client.${client.id}`, client: client.name, value: words.slice(0, 100), intro };
  return { do: 'ask', form: whenForm(say, asking), alone: true };
}

/** The form, from a button. */
export async function talkAsked(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  if (subject === '') return [form(asked, await readClients(asked.tx, asked.tenant))];
  return justNow(asked, await clientToTalk(asked, subject));
}

/** The form was sent: with a moment it is planned, without one it was just now. */
export async function talkFilled(
  asked: Asked,
  { fields }: { fields: Record<string, string> },
): Promise<Effect[]> {
  return filled(asked, await clientToTalk(asked, fields.client ?? ''), fields.when);
}

async function filled(asked: Asked, client: Client, typed = ''): Promise<Effect[]> {
  const { when, title, who } = await momentOf(asked, typed);
  if (!when && who.length === 0) return justNow(asked, client);
  return planned(asked, client, when, { title, who });
}

/** Of his own that ended at most so long ago, or is under way, he speaks when he says that it was just now. */
const lately = { hours: 2 };

/** One of his own that took place just now, when nobody has said yet what came of it. */
async function justOver(asked: Asked, client: Client): Promise<Conversation | undefined> {
  const { tx, now, person } = asked;
  const own = await conversationsWith(tx, asked, person.id, {
    from: now.subtract({ hours: 12 }),
    until: now,
  });
  const since = now.subtract(lately);
  const over = own.filter(
    (one) => one.client === client.id && !one.answered && Temporal.Instant.compare(one.end, since) >= 0,
  );
  return findConversation(tx, asked, over.at(-1)?.id ?? '');
}

/** It took place just now: nothing is kept before it was said what came of it, unless it is there already. */
async function justNow(asked: Asked, client: Client): Promise<Effect[]> {
  const voice = readers(asked);
  const known = await justOver(asked, client);
  if (known) return askAbout(asked, client, known, 'conversations.was');
  const one = conversation(asked, client, asked.now, asked.now);
  const opening = asked.say('conversations.just-now', { client: client.name });
  return [answer(askingCard(client, one, voice, opening, justNowSubject(one)), 'internal')];
}

function conversation(
  { person }: Asked,
  client: Client,
  start: Temporal.Instant,
  end: Temporal.Instant,
): Conversation {
  return {
    id: newId(),
    client: client.id,
    title: undefined,
    start,
    end,
    source: 'typed',
    people: [{ id: person.id, name: person.name }],
    answer: undefined,
  };
}

function endOf({ start, end }: When): Temporal.Instant {
  return end ?? start.add({ minutes: usualMinutes });
}

/** What was said beside the moment. */
type Beside = { title: string | undefined; who: Colleague[] };

/**
 * Plans it, or joins a colleague's; of one that is over it is asked what came of it. Without a moment it was just now, and is
 * kept before it is answered: colleagues were there too.
 */
async function planned(
  asked: Asked,
  client: Client,
  when: When | undefined,
  { title, who }: Beside,
): Promise<Effect[]> {
  const { tx, now } = asked;
  const moment = when ?? { start: now, end: now, dayOnly: false };
  mustBeNear(moment.start, now);
  // Whoever plans the same at this very moment finds this one; others may archive or merge the client.
  await holdActive(asked, client);
  const { joining, others } = await teamAmong(asked, client, who);
  const own = conversation(asked, client, moment.start, endOf(moment));
  const one = { ...own, title, people: [...own.people, ...joining] };
  const over = when ? undefined : await justOver(asked, client);
  const same = over ?? (await sameAs(asked, one));
  if (!same) {
    await addConversation(tx, asked, one, now);
    return shown(asked, client, one, { others });
  }
  const kept = {
    ...(when ? await adjusted(asked, same, when, title) : same),
    people: bothOf(same.people, one.people),
  };
  for (const each of one.people) await joinConversation(tx, asked, same.id, each);
  if (over) return askAbout(asked, client, kept, 'conversations.was');
  return shown(asked, client, kept, { others, known: true });
}

/** One that stood there already, with the end and the subject that were typed, unless a calendar tells them. */
async function adjusted(
  { tx, tenant }: Asked,
  same: Conversation,
  { end = same.end }: When,
  title = same.title,
): Promise<Conversation> {
  const isTold = same.source !== 'typed' || same.event !== undefined;
  if (isTold || (end.equals(same.end) && title === same.title)) return same;
  const kept = { ...same, end, title };
  await moveConversation(tx, tenant, kept);
  return kept;
}

function bothOf(some: Colleague[], others: Colleague[]): Colleague[] {
  return [...some, ...others.filter(({ id }) => some.every((one) => one.id !== id))];
}

/**
 * The same, that a colleague planned, a calendar tells of or a meeting was. What was called off, or answered too early, is
 * none that is still to come; what he typed himself he means to be another, unless it is at the same moment.
 */
async function sameAs(asked: Asked, typed: Conversation): Promise<Conversation | undefined> {
  const { tx, now, person } = asked;
  const isOver = Temporal.Instant.compare(typed.end, now) <= 0;
  const near = await conversationsBetween(tx, asked, { ...spanAround(typed), client: typed.client });
  const fitting = near.filter((one) => {
    if (one.answer && (!isOver || one.answer.outcome === 'cancelled')) return false;
    const isHis = one.source === 'typed' && one.people.some(({ id }) => id === person.id);
    return !isHis || one.event !== undefined || one.start.equals(typed.start);
  });
  return nearestOf(fitting, typed);
}

function mustBeNear(start: Temporal.Instant, now: Temporal.Instant): void {
  const refusal = momentRefusal(start, now);
  if (refusal) throw new Refusal(`error.conversation-${refusal}`, {}, { field: 'when' });
}

/** known: it stood there already; moved: at another moment; others: who was named and is not of the team. */
type How = { known?: boolean; moved?: boolean; others?: string[] };

/** What was understood; of one that has ended, the question what came of it. */
export async function shown(asked: Asked, client: Client, one: Conversation, how: How): Promise<Effect[]> {
  const { now } = asked;
  if (Temporal.Instant.compare(one.end, now) > 0) {
    const voice = readers(asked);
    const next = await promiseOf(asked, client, one);
    return [answer(plannedCard(client, one, voice, { ...how, next, now }), 'internal'), ...planNow(now)];
  }
  return askAbout(asked, client, one, how.moved ? 'conversations.was-moved' : 'conversations.was');
}

/** The question what came of one that is kept, which counts as asked. */
async function askAbout(
  asked: Asked,
  client: Client,
  one: Conversation,
  opening: 'conversations.was' | 'conversations.was-moved',
): Promise<Effect[]> {
  const { tx, tenant, now, say } = asked;
  const voice = readers(asked);
  await noteAskedAbout(tx, tenant, [one.id], now);
  const said = say(opening, { client: client.name, when: whenOf(one, voice, now) });
  return [answer(askingCard(client, one, voice, said, one.id), 'internal')];
}

/** Asks when a conversation with this client is going to be. */
export async function planAsked(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const client = await clientToTalk(asked, subject);
  const asking = { subject: `client.${client.id}`, client: client.name };
  return [{ do: 'ask', form: whenForm(asked.say, asking), alone: true }];
}

/** Asks for another moment, beginning with the present one. */
export async function changeAsked(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const { client, conversation: one } = await movable(asked, subject);
  const voice = readers(asked);
  const intro = asked.say('conversations.when-now', { when: whenOf(one, voice, asked.now) });
  const asking = { subject, client: client.name, value: typedWhen(one, voice), intro };
  return [{ do: 'ask', form: whenForm(asked.say, asking), alone: true }];
}

/** Of one that a calendar tells of only that calendar can tell another moment: it would be set back. */
async function movable(asked: Asked, id: string): ReturnType<typeof held> {
  const found = await held(asked, id);
  if (found.conversation.event !== undefined)
    throw new Refusal('error.conversation-calendar', {}, { field: 'when' });
  return found;
}

/** Another moment was typed, or the one that was missing: then the subject names the client. */
export async function changeFilled(
  asked: Asked,
  { subject, fields }: { subject: string; fields: Record<string, string> },
): Promise<Effect[]> {
  if (subject.startsWith('client.'))
    return filled(asked, await clientToTalk(asked, subject.slice('client.'.length)), fields.when);
  const { when, title, who } = await momentOf(asked, fields.when ?? '');
  if (!when) throw new Refusal('error.conversation-when', { typed: fields.when ?? '' }, { field: 'when' });
  const { client, conversation: one } = await movable(asked, subject);
  mustBeNear(when.start, asked.now);
  const { joining, others } = await teamAmong(asked, client, who);
  for (const each of joining) await joinConversation(asked.tx, asked, one.id, each);
  const end = movedEnd(one, when);
  // Of what is still to come nothing came yet, whatever was said of the moment before.
  const answer = Temporal.Instant.compare(end, asked.now) > 0 ? undefined : one.answer;
  const moved = {
    ...{ ...one, start: when.start, end, title: title ?? one.title, answer },
    people: bothOf(one.people, joining),
  };
  await moveConversation(asked.tx, asked.tenant, moved);
  if (!answer && one.answer) await keepAnswer(asked.tx, asked.tenant, one.id, undefined);
  return shown(asked, client, moved, { others, moved: true });
}

/** Without an end it takes as long as before. */
function movedEnd({ start, end }: Conversation, when: When): Temporal.Instant {
  return when.end ?? (start.equals(end) ? endOf(when) : when.start.add(start.until(end)));
}
