import type { CalendarEvent } from '../../calendars/calendar.ts';
import type { Due } from '../../chat/feature.ts';
import { newId } from '../../store/id.ts';
import { type PersonRecord, readPerson } from '../../store/people.ts';
import { clientsOfContact, relationOf } from '../clients/access-store.ts';
import { eventKey, isUntied, partsOf, type Recognised, recogniser } from './calendar-rules.ts';
import { readUntied } from './calendar-store.ts';
import { type Conversation, limits } from './conversations.ts';
import {
  addFromCalendar,
  keptEvents,
  leaveEvent,
  releaseEvent,
  setEvent,
  type Unbound,
  unboundWith,
} from './events-store.ts';
import { endedWith } from './meeting-rules.ts';
import { meetingOf } from './meeting-store.ts';
import { conversationsWith, type Own } from './own-store.ts';
import { nearestOf } from './same-rules.ts';
import {
  addConversation,
  conversationOf,
  findConversation,
  joinConversation,
  keepAnswer,
  moveConversation,
  removeConversation,
} from './store.ts';

/** What a calendar tells becomes conversations, and follows it. */

type At = Pick<Due, 'tx' | 'tenant' | 'platform' | 'now'>;
type Person = { id: string; name: string };

/** As far as a calendar is looked at, and a day more. */
const ahead = { hours: 24 * 36 };
const back = { hours: 24 };
/** What changed of a conversation that begins this soon is planned at once; the rest as the next quarter is planned. */
const soon = { hours: 1 };

/**
 * Keeps those that are with these clients, moved and cancelled ones too: how many those are, and whether what changed is so near
 * that it cannot wait. What stands as it stood costs no more than looking.
 */
export async function keepEvents(
  due: Due,
  person: Person,
  events: CalendarEvent[],
  clients: Recognised[],
): Promise<{ count: number; hurry: boolean }> {
  const { tx, tenant, platform, now } = due;
  const known = await readPerson(tx, platform, tenant, person.id);
  const clientsOf = recogniser(clients, known?.email?.toLowerCase());
  const mayHear = await readerOf(due, known);
  const left = await readUntied(tx, { tenant, platform, person: person.id });
  const span = { from: now.subtract(back), until: now.add(ahead) };
  const own = await conversationsWith(tx, due, person.id, span);
  const told = events.flatMap((event) =>
    clientsOf(event)
      .filter((client) => mayHear(client) && !isUntied(event, client, left))
      .map((client): Told => ({ client, event, key: eventKey(event) })),
  );
  const before = new Map(own.map((one) => [nameOf({ client: one.client, key: one.event ?? '' }), one]));
  const isNews = (one: Told) => {
    const was = before.get(nameOf(one));
    return !was || !isAsBefore(one.event, was);
  };
  const news = told.filter(isNews);
  const others = await keptByOthers(due, news);
  const unbound = await unboundOf(due, own, news, span);
  const seen = new Set<string>();
  const changed: Temporal.Instant[] = [];
  const fresh: Told[] = [];
  for (const one of told) {
    const was = before.get(nameOf(one));
    if (was && isAsBefore(one.event, was)) seen.add(was.id);
    else if (was || others.has(nameOf(one)) || byHand(unbound, one)) {
      const kept = await keepEvent(due, person, unbound, one);
      seen.add(kept.id);
      if (kept.changed) changed.push(one.event.start, ...(was ? [was.start] : []));
    } else fresh.push(one);
  }
  for (const id of await addAll(due, person, unbound, fresh)) seen.add(id);
  changed.push(...fresh.map(({ event }) => event.start));
  await forget(due, person.id, own, seen);
  const near = now.add(soon);
  const hurry = changed.some((start) => Temporal.Instant.compare(start, near) < 0);
  return { count: seen.size, hurry };
}

/** An event that is a conversation with a client. */
type Told = { client: string; event: CalendarEvent; key: string };

function nameOf({ client, key }: Pick<Told, 'client' | 'key'>): string {
  return `${client} ${key}`;
}

/** Those of them that colleagues' calendars told of, or that were his before: `nameOf` each. */
async function keptByOthers({ tx, tenant }: Due, told: Told[]): Promise<Set<string>> {
  const clients = [...new Set(told.map(({ client }) => client))];
  return keptEvents(tx, tenant, clients, [...new Set(told.map(({ key }) => key))]);
}

/** Those with the same clients that no calendar told of yet: his own, whatever was said of them, and his colleagues'. */
async function unboundOf(
  { tx, tenant }: Due,
  own: Own[],
  told: Told[],
  span: { from: Temporal.Instant; until: Temporal.Instant },
): Promise<Unbound[]> {
  const clients = [...new Set(told.map(({ client }) => client))];
  const mine = own.filter(({ source, event }) => source !== 'calendar' && event === undefined);
  const ids = new Set(mine.map(({ id }) => id));
  const theirs = await unboundWith(tx, tenant, clients, span);
  return [...mine, ...theirs.filter(({ id }) => !ids.has(id))];
}

/** Adds those that nobody has yet, together, because a calendar that is read for the first time has hundreds; their ids. */
async function addAll(due: Due, person: Person, unbound: Unbound[], fresh: Told[]): Promise<string[]> {
  const all = fresh.map((one) => ({ one, conversation: conversationOfEvent(person, one), event: one.key }));
  const added = await addFromCalendar(due.tx, due, all, due.now);
  const ids: string[] = [];
  // On PostgreSQL a colleague's calendar may have told of the same event at this very moment.
  for (const { one, conversation } of all)
    ids.push(added.has(conversation.id) ? conversation.id : (await keepEvent(due, person, unbound, one)).id);
  return ids;
}

/**
 * Whether what is known of a client may be told to him: not to an outsider, and not to one of the client's own people (of
 * an internal department, say).
 */
async function readerOf(due: Due, person: PersonRecord | undefined): Promise<(client: string) => boolean> {
  if (!person || person.outsider) return () => false;
  const own = new Set<string>();
  for (const client of await clientsOfContact(due, person))
    if ((await relationOf(due, person, client)) === 'contact') own.add(client.id);
  return (client) => !own.has(client);
}

function titleOf({ title }: CalendarEvent): string | undefined {
  return [...title].slice(0, limits.title).join('') || undefined;
}

/** Of what was answered only another moment counts. */
function isAsBefore(event: CalendarEvent, { start, end, title, answered }: Own): boolean {
  return event.start.equals(start) && (answered || isTheSame(event, { start, end, title }));
}

function isTheSame(
  event: CalendarEvent,
  { start, end, title }: Pick<Own, 'start' | 'end' | 'title'>,
): boolean {
  return event.start.equals(start) && event.end.equals(end) && titleOf(event) === title;
}

/** The conversation that an event is, and whether anything changed of it. */
type Kept = { id: string; changed: boolean };

async function keepEvent(due: Due, person: Person, unbound: Unbound[], told: Told): Promise<Kept> {
  const { tx, tenant } = due;
  const { client, event, key } = told;
  const found = await conversationOf(tx, due, client, key);
  const hand = byHand(unbound, told);
  if (found && hand) await mergeInto(due, found.id, hand);
  const kept = found ?? hand;
  if (!kept) return addEvent(due, person, unbound, told);
  const { id } = kept;
  // What was planned by hand is this event from now on, and no other.
  if (hand) hand.event = key;
  await setEvent(tx, tenant, id, key);
  await joinConversation(tx, due, id, person, 'by-calendar');
  // What he planned by hand and answered takes its calendar's moment, and stays answered.
  const answer = found?.answer;
  const isHeld = endedWith(await meetingOf(tx, tenant, id), kept);
  const overSince = answer?.at ?? (isHeld ? kept.end : undefined);
  if (overSince && !isPutLater(event, kept.start, overSince)) return { id, changed: false };
  if (overSince && answer?.outcome !== 'cancelled') {
    // It took place: what its calendar tells of now is the next one.
    await releaseEvent(tx, tenant, id);
    return addEvent(due, person, unbound, told);
  }
  const isHis = found?.people.some((one) => one.id === person.id) ?? false;
  if (found && !answer && isHis && isTheSame(event, found)) return { id, changed: false };
  if (answer) await keepAnswer(tx, tenant, id, undefined);
  await moveConversation(tx, tenant, { id, start: event.start, end: event.end, title: titleOf(event) });
  return { id, changed: true };
}

/** Whether an event was moved, to a moment after the conversation was over. */
function isPutLater(
  { start }: CalendarEvent,
  before: Temporal.Instant,
  overSince: Temporal.Instant,
): boolean {
  return !start.equals(before) && Temporal.Instant.compare(start, overSince) > 0;
}

function conversationOfEvent(person: Person, { client, event }: Told): Conversation {
  return {
    ...{ id: newId(), client, title: titleOf(event), start: event.start, end: event.end },
    ...{ source: 'calendar', people: [person], answer: undefined },
  };
}

async function addEvent(due: Due, person: Person, unbound: Unbound[], told: Told): Promise<Kept> {
  const fresh = conversationOfEvent(person, told);
  if (await addConversation(due.tx, due, fresh, due.now, told.key)) return { id: fresh.id, changed: true };
  // On PostgreSQL a colleague's calendar may have told of the same event at this very moment.
  return keepEvent(due, person, unbound, told);
}

/**
 * The same conversation, when it was planned by hand as well, or its meeting began before his calendar told of it; rather
 * one of which nobody said yet what came of it.
 */
function byHand(unbound: Unbound[], { client, event }: Told): Unbound | undefined {
  const free = unbound.filter((one) => one.client === client && one.event === undefined);
  const { start, end } = event;
  const nearest = (answered: boolean) =>
    nearestOf(
      free.filter((one) => one.answered === answered),
      { start, end, source: 'calendar' },
    );
  return nearest(false) ?? nearest(true);
}

/** What was planned by hand beside what calendars tell of is the same conversation, as long as it is still to come. */
async function mergeInto(due: Due, into: string, { id, start, answered, source }: Unbound): Promise<void> {
  const { tx, tenant, now } = due;
  if (answered || source !== 'typed' || Temporal.Instant.compare(start, now) <= 0) return;
  const one = await findConversation(tx, due, id);
  for (const each of one?.people ?? []) await joinConversation(tx, due, into, each);
  await removeConversation(tx, tenant, id);
}

/** All that somebody's calendar told of, and is still to come, is not his any more. */
export async function forgetAll(at: At, person: string): Promise<void> {
  const own = await conversationsWith(at.tx, at, person, { from: at.now, until: at.now.add(ahead) });
  await forget(at, person, own, new Set());
}

/** No occurrence of a series that is still to come is his conversation with a client any more. */
export async function forgetSeries(at: At, person: string, client: string, uid: string): Promise<void> {
  const own = await conversationsWith(at.tx, at, person, { from: at.now, until: at.now.add(ahead) });
  const isOfIt = ({ event }: Own) => event !== undefined && partsOf(event)[0] === uid;
  await forget(
    at,
    person,
    own.filter((one) => one.client === client && isOfIt(one)),
    new Set(),
  );
}

/** What his calendar told of and tells of no longer, and is still to come, is not his any more. */
async function forget(at: At, person: string, own: Own[], seen: Set<string>): Promise<void> {
  for (const { id, joined, answered, start } of own) {
    const isAhead = Temporal.Instant.compare(start, at.now) >= 0;
    if (joined !== 'by-calendar' || answered || !isAhead || seen.has(id)) continue;
    await leaveEvent(at.tx, at, id, person);
  }
}
