import type { CalendarEvent } from '../../calendars/calendar.ts';
import type { Due } from '../../chat/feature.ts';
import { newId } from '../../store/id.ts';
import { type PersonRecord, readPerson } from '../../store/people.ts';
import { clientsOfContact, relationOf } from '../clients/access-store.ts';
import { eventKey, isUntied, partsOf, type Recognised, recogniser } from './calendar-rules.ts';
import { readUntied } from './calendar-store.ts';
import { type Conversation, limits } from './conversations.ts';
import { endedWith } from './meeting-rules.ts';
import { meetingOf } from './meeting-store.ts';
import {
  addConversation,
  conversationOf,
  conversationsBetween,
  conversationsWith,
  eventOf,
  joinConversation,
  keepAnswer,
  leaveConversation,
  moveConversation,
  type Own,
  releaseEvent,
  removeConversation,
  setEvent,
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
  const own = await conversationsWith(tx, due, person.id, {
    from: now.subtract(back),
    until: now.add(ahead),
  });
  const kept = new Map(own.map((one) => [`${one.client} ${one.event}`, one]));
  const seen = new Set<string>();
  const changed: Temporal.Instant[] = [];
  for (const event of events)
    for (const client of clientsOf(event)) {
      if (!mayHear(client) || isUntied(event, client, left)) continue;
      const before = kept.get(`${client} ${eventKey(event)}`);
      if (before && isAsBefore(event, before)) seen.add(before.id);
      else {
        const one = await keepEvent(due, person, client, event);
        seen.add(one.id);
        if (one.changed) changed.push(event.start, ...(before ? [before.start] : []));
      }
    }
  await forget(due, person.id, own, seen);
  const near = now.add(soon);
  const hurry = changed.some((start) => Temporal.Instant.compare(start, near) < 0);
  return { count: seen.size, hurry };
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
  if (!event.start.equals(start)) return false;
  return answered || (event.end.equals(end) && titleOf(event) === title);
}

/** The conversation that an event is, and whether anything changed of it. */
type Kept = { id: string; changed: boolean };

async function keepEvent(due: Due, person: Person, client: string, event: CalendarEvent): Promise<Kept> {
  const { tx, tenant } = due;
  const key = eventKey(event);
  const found = await conversationOf(tx, due, client, key);
  const kept = found ?? (await byHand(due, person.id, client, event));
  if (!kept) return addEvent(due, person, client, event);
  const { id } = kept;
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
    return addEvent(due, person, client, event);
  }
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

async function addEvent(due: Due, person: Person, client: string, event: CalendarEvent): Promise<Kept> {
  const fresh: Conversation = {
    ...{ id: newId(), client, title: titleOf(event), start: event.start, end: event.end },
    ...{ source: 'calendar', people: [person], answer: undefined },
  };
  if (await addConversation(due.tx, due, fresh, due.now, eventKey(event)))
    return { id: fresh.id, changed: true };
  // On PostgreSQL a colleague's calendar may have told of the same event at this very moment.
  return keepEvent(due, person, client, event);
}

/**
 * The same conversation, when he planned it by hand as well, or its meeting began before his calendar told of it; rather
 * one of which nobody said yet what came of it.
 */
async function byHand(
  due: Due,
  person: string,
  client: string,
  { start }: CalendarEvent,
): Promise<Conversation | undefined> {
  const near = { from: start.subtract({ minutes: 15 }), until: start.add({ minutes: 15 }), client };
  const found = (await conversationsBetween(due.tx, due, near)).filter(
    (one) => one.source !== 'calendar' && one.people.some(({ id }) => id === person),
  );
  for (const one of found.toSorted((a, b) => Number(a.answer !== undefined) - Number(b.answer !== undefined)))
    if ((await eventOf(due.tx, due.tenant, one.id)) === undefined) return one;
  return undefined;
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
    const left = await leaveConversation(at.tx, at, id, person);
    if (left === 0) await removeConversation(at.tx, at.tenant, id);
  }
}
