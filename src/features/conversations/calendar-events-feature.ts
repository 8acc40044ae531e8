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
import {
  addConversation,
  conversationOf,
  findConversation,
  joinConversation,
  keepAnswer,
  mergeConversation,
  moveConversation,
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
  // The shortest first: a meeting is that, and not the whole day around it.
  const told = events.toSorted(byLength).flatMap((event) =>
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

function byLength(one: CalendarEvent, other: CalendarEvent): number {
  return Temporal.Duration.compare(one.start.until(one.end), other.start.until(other.end));
}

/** Adds those that nobody has yet, together, because a calendar that is read for the first time has hundreds; their ids. */
async function addAll(due: Due, person: Person, unbound: Set<Unbound>, fresh: Told[]): Promise<string[]> {
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

async function keepEvent(due: Due, person: Person, unbound: Set<Unbound>, told: Told): Promise<Kept> {
  const { tx, tenant } = due;
  const { client, event, key } = told;
  const found = await conversationOf(tx, due, client, key);
  const hand = found ? undefined : takeByHand(unbound, told);
  // On PostgreSQL another calendar may have told of it, or of this event, at this very moment.
  if (hand && !(await setEvent(tx, tenant, hand.id, key))) return keepEvent(due, person, unbound, told);
  const kept = found ?? hand;
  if (!kept) return addEvent(due, person, unbound, told);
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
    return keepEvent(due, person, unbound, told);
  }
  const isHis = found?.people.some((one) => one.id === person.id) ?? false;
  if (found && !answer && isHis && isTheSame(event, found)) return { id, changed: false };
  const isMoved = found && !event.start.equals(found.start);
  const beside = isMoved ? takeByHand(unbound, told) : undefined;
  if (beside) await mergeInto(due, id, beside);
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

async function addEvent(due: Due, person: Person, unbound: Set<Unbound>, told: Told): Promise<Kept> {
  const fresh = conversationOfEvent(person, told);
  if (await addConversation(due.tx, due, fresh, due.now, told.key)) return { id: fresh.id, changed: true };
  // On PostgreSQL a colleague's calendar may have told of the same event at this very moment.
  return keepEvent(due, person, unbound, told);
}

/**
 * The same conversation, when it was planned by hand as well, or its meeting began before his calendar told of it; rather
 * one of which nobody said yet what came of it.
 */
function byHand(unbound: Set<Unbound>, { client, event: { start, end } }: Told): Unbound | undefined {
  const near = [...unbound].filter((one) => one.client === client);
  const told = { start, end, source: 'calendar' } as const;
  return (
    nearestOf(
      near.filter(({ answered }) => !answered),
      told,
    ) ?? nearestOf(near, told)
  );
}

/** That one, which is this event from now on, and no other. */
function takeByHand(unbound: Set<Unbound>, told: Told): Unbound | undefined {
  const one = byHand(unbound, told);
  if (one) unbound.delete(one);
  return one;
}

/** What was planned by hand beside what calendars tell of is the same conversation, as long as it is still to come. */
async function mergeInto({ tx, tenant, platform, now }: Due, into: string, { id }: Unbound): Promise<void> {
  const at = { tenant, platform };
  const one = await findConversation(tx, at, id);
  // As it stands now, held: somebody may have answered it, or its meeting begun, a moment ago.
  const isAhead = one?.source === 'typed' && !one.answer && Temporal.Instant.compare(one.start, now) > 0;
  if (isAhead && !(await meetingOf(tx, tenant, id))) await mergeConversation(tx, at, one, into);
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
    else if (event !== undefined) await leaveToThem(at.tx, at, id);
  }
}
