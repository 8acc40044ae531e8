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
  leaveToThem,
  releaseEvent,
  setEvent,
  type Unbound,
  unboundWith,
} from './events-store.ts';
import { endedWith } from './meeting-rules.ts';
import { meetingOf } from './meeting-store.ts';
import { conversationsWith, type Own } from './own-store.ts';
import { nearestOf } from './same-rules.ts';
import { addConversation, conversationOf, joinConversation, keepAnswer, moveConversation } from './store.ts';

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
  const clientIds = [...new Set(news.map(({ client }) => client))];
  const unbound = new Set(await unboundWith(tx, due, { clients: clientIds, person: person.id, ...span }));
  const reading: Reading = { due, person, told, unbound };
  const seen = new Set<string>();
  const changed: Temporal.Instant[] = [];
  const fresh: Told[] = [];
  for (const one of told) {
    const was = before.get(nameOf(one));
    if (was && isAsBefore(one.event, was)) seen.add(was.id);
    else if (was || others.has(nameOf(one)) || byHand(reading, one)) {
      const kept = await keepEvent(reading, one);
      seen.add(kept.id);
      if (kept.changed) changed.push(one.event.start, ...(was ? [was.start] : []));
    } else fresh.push(one);
  }
  for (const id of await addAll(reading, fresh)) seen.add(id);
  changed.push(...fresh.map(({ event }) => event.start));
  await forget(due, person.id, own, seen);
  const near = now.add(soon);
  const hurry = changed.some((start) => Temporal.Instant.compare(start, near) < 0);
  return { count: seen.size, hurry };
}

/** All that one reading tells of, and what was known that it may be telling of. */
type Reading = { due: Due; person: Person; told: Told[]; unbound: Set<Unbound> };

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

/** Adds those that nobody has yet, together, because a calendar that is read for the first time has hundreds; their ids. */
async function addAll(reading: Reading, fresh: Told[]): Promise<string[]> {
  const { due, person } = reading;
  const all = fresh.map((one) => ({ one, conversation: conversationOfEvent(person, one), event: one.key }));
  const added = await addFromCalendar(due.tx, due, all, due.now);
  const ids: string[] = [];
  // On PostgreSQL a colleague's calendar may have told of the same event at this very moment.
  for (const { one, conversation } of all)
    ids.push(added.has(conversation.id) ? conversation.id : (await keepEvent(reading, one)).id);
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

async function keepEvent(reading: Reading, told: Told): Promise<Kept> {
  const { due, person, unbound } = reading;
  const { tx, tenant } = due;
  const { client, event, key } = told;
  const found = await conversationOf(tx, due, client, key);
  const hand = found ? undefined : byHand(reading, told);
  if (hand) {
    unbound.delete(hand);
    // On PostgreSQL another calendar may have told of it, or of this event, at this very moment.
    if (!(await setEvent(tx, tenant, hand.id, key))) return keepEvent(reading, told);
  }
  const kept = found ?? hand;
  if (!kept) return addEvent(reading, told);
  const { id } = kept;
  await joinConversation(tx, due, id, person, 'by-calendar');
  // What he planned by hand and answered takes its calendar's moment, and stays answered.
  const answer = found?.answer;
  const isHeld = endedWith(await meetingOf(tx, tenant, id), kept);
  const overSince = answer?.at ?? (isHeld ? kept.end : undefined);
  if (overSince && !isPutLater(event, kept.start, overSince)) return { id, changed: false };
  if (overSince && answer?.outcome !== 'cancelled') {
    // It took place: what its calendar tells of now is the next one.
    await releaseEvent(tx, tenant, id);
    return keepEvent(reading, told);
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

async function addEvent(reading: Reading, told: Told): Promise<Kept> {
  const { due, person } = reading;
  const fresh = conversationOfEvent(person, told);
  if (await addConversation(due.tx, due, fresh, due.now, told.key)) return { id: fresh.id, changed: true };
  // On PostgreSQL a colleague's calendar may have told of the same event at this very moment.
  return keepEvent(reading, told);
}

/**
 * The same conversation, when it was planned by hand as well, or its meeting began before his calendar told of it; rather
 * one of which nobody said yet what came of it. Of several events around one it is the nearest.
 */
function byHand({ unbound, told }: Reading, one: Told): Unbound | undefined {
  const { start } = one.event;
  const theirs = told.filter(({ client }) => client === one.client).map(spanOf);
  const fitting = [...unbound].filter(
    (known) =>
      known.client === one.client &&
      // What was answered before it begins was another one.
      (known.cancelled || !known.answeredAt || Temporal.Instant.compare(known.answeredAt, start) >= 0) &&
      nearestOf(theirs, known)?.start.equals(start),
  );
  const open = fitting.filter(({ answeredAt }) => !answeredAt);
  return nearestOf(open, spanOf(one)) ?? nearestOf(fitting, spanOf(one));
}

function spanOf({ event: { start, end } }: Told) {
  return { start, end, source: 'calendar' as const };
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

/** What his calendar told of and tells of no longer, and is still to come, is not his any more, or his to move. */
async function forget(at: At, person: string, own: Own[], seen: Set<string>): Promise<void> {
  for (const { id, joined, answered, start, event } of own) {
    const isAhead = Temporal.Instant.compare(start, at.now) >= 0;
    if (answered || !isAhead || seen.has(id)) continue;
    if (joined === 'by-calendar') await leaveEvent(at.tx, at, id, person);
    else if (event !== undefined) await leaveToThem(at.tx, at, id, person);
  }
}
