import type { CalendarEvent } from '../../calendars/calendar.ts';
import type { Due } from '../../chat/feature.ts';
import { newId } from '../../store/id.ts';
import { type PersonRecord, readPerson } from '../../store/people.ts';
import { clientsOfContact, relationOf } from '../clients/access-store.ts';
import { eventKey, isUntied, recogniser } from './calendar-rules.ts';
import { readUntied, recognisable } from './calendar-store.ts';
import { type Conversation, limits } from './conversations.ts';
import { endedWith } from './meeting-rules.ts';
import { meetingOf } from './meeting-store.ts';
import {
  addConversation,
  conversationOf,
  conversationsBetween,
  conversationsWith,
  joinConversation,
  leaveConversation,
  moveConversation,
  type Own,
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
 * Keeps those that are with clients, moved and cancelled ones too: how many those are, and whether what changed is so near
 * that it cannot wait. What stands as it stood costs no more than looking.
 */
export async function keepEvents(
  due: Due,
  person: Person,
  events: CalendarEvent[],
): Promise<{ count: number; hurry: boolean }> {
  const { tx, tenant, platform, now } = due;
  const known = await readPerson(tx, platform, tenant, person.id);
  const clientsOf = recogniser(await recognisable(tx, tenant), known?.email?.toLowerCase());
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
      if (before && (before.answered || isAsBefore(event, before))) seen.add(before.id);
      else {
        seen.add(await keepEvent(due, person, client, event));
        changed.push(event.start, ...(before ? [before.start] : []));
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

function isAsBefore(event: CalendarEvent, { start, end, title }: Own): boolean {
  return event.start.equals(start) && event.end.equals(end) && titleOf(event) === title;
}

/** The id of the conversation that an event is. */
async function keepEvent(due: Due, person: Person, client: string, event: CalendarEvent): Promise<string> {
  const { tx, tenant, now } = due;
  const key = eventKey(event);
  const timed = { start: event.start, end: event.end, title: titleOf(event) };
  const kept = (await conversationOf(tx, due, client, key)) ?? (await byHand(due, person.id, client, event));
  if (!kept) {
    const fresh: Conversation = {
      id: newId(),
      client,
      ...timed,
      source: 'calendar',
      people: [person],
      answer: undefined,
    };
    await addConversation(tx, due, fresh, now, key);
    return fresh.id;
  }
  await setEvent(tx, tenant, kept.id, key);
  await joinConversation(tx, due, kept.id, person, 'by-calendar');
  const isOver = endedWith(await meetingOf(tx, tenant, kept.id), kept);
  if (!kept.answer && !isOver) await moveConversation(tx, tenant, { id: kept.id, ...timed });
  return kept.id;
}

/** The same conversation, when he planned it by hand as well, or its meeting began before his calendar told of it. */
async function byHand(due: Due, person: string, client: string, { start }: CalendarEvent) {
  const near = { from: start.subtract({ minutes: 15 }), until: start.add({ minutes: 15 }), client };
  const found = await conversationsBetween(due.tx, due, near);
  return found.find((one) => one.source !== 'calendar' && one.people.some(({ id }) => id === person));
}

/** All that somebody's calendar told of, and is still to come, is not his any more. */
export async function forgetAll(at: At, person: string): Promise<void> {
  const own = await conversationsWith(at.tx, at, person, { from: at.now, until: at.now.add(ahead) });
  await forget(at, person, own, new Set());
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
