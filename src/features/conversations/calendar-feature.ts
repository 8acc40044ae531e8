import { z } from 'zod';
import { readAddress } from '../../calendars/address.ts';
import type { CalendarTrouble } from '../../calendars/calendar.ts';
import { line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Calendars, Due, Feed } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import type { Client } from '../clients/clients.ts';
import { findClient } from '../clients/store.ts';
import { voiceOf } from '../clients/voice-store.ts';
import { nextMoment } from '../nudges/reach-store.ts';
import { agendaCard, calendarForm, type Listed, readCard, untieCard } from './calendar-cards.ts';
import { takeDue } from './calendar-due-feature.ts';
import { readAnew } from './calendar-due-store.ts';
import { forgetAll, forgetSeries, keepEvents } from './calendar-events-feature.ts';
import { nextReading, partsOf, stampOf } from './calendar-rules.ts';
import {
  findCalendar,
  giveCalendar,
  noteReading,
  recognisable,
  takeCalendar,
  untie,
} from './calendar-store.ts';
import type { Conversation } from './conversations.ts';
import { leaveEvent } from './events-store.ts';
import { conversationsWith } from './own-store.ts';
import { planNow } from './plan-feature.ts';
import { findConversation } from './store.ts';

/** `agenda`, with an address or without; only where nobody else reads along, because whoever has it reads it all. */
export async function agendaTyped(asked: Asked, text: string): Promise<Effect[]> {
  if (text === '') return agenda(asked);
  if (asked.place.kind !== 'direct') throw new Refusal('error.calendar-private');
  return give(asked, text);
}

/** How it is read, and what it tells of; without one the form. */
export async function agenda(asked: Asked): Promise<Effect[]> {
  const given = await findCalendar(asked.tx, whose(asked));
  if (!given) return [{ do: 'ask', form: calendarForm(asked.say), alone: true }];
  return [answer(agendaCard(given, await listedOf(asked), readers(asked)), 'person')];
}

function whose({ tenant, platform, person }: Asked) {
  return { tenant, platform, person: person.id };
}

/** The form, from a button. */
export async function calendarAsked({ say }: Asked): Promise<Effect[]> {
  return [{ do: 'ask', form: calendarForm(say), alone: true }];
}

/** The form was sent. */
export function calendarFilled(
  asked: Asked,
  { fields }: { fields: Record<string, string> },
): Promise<Effect[]> {
  return give(asked, fields.address ?? '');
}

async function give(asked: Asked, typed: string): Promise<Effect[]> {
  const { tx, person, now, say } = asked;
  const address = readAddress(typed);
  if (!address) throw new Refusal('error.calendar-address', {}, { field: 'address' });
  const sealed = asked.seal('calendar', address.href);
  if (sealed === undefined) throw new Refusal('error.no-secret', {}, { field: 'address' });
  await giveCalendar(tx, whose(asked), { name: person.name, sealed, now });
  return [answer(line(say('conversations.calendar-given')), 'person')];
}

/** It is read no longer; what it told of and is still to come goes with it. */
export async function calendarRemoved(asked: Asked): Promise<Effect[]> {
  await takeCalendar(asked.tx, whose(asked));
  await forgetAll(asked, asked.person.id);
  return [answer(line(asked.say('conversations.calendar-removed')), 'person')];
}

async function listedOf(asked: Asked): Promise<Listed> {
  const { tx, tenant, person, now } = asked;
  const span = { from: now, until: now.add({ hours: 24 * 14 }) };
  const listed: Listed = [];
  for (const conversation of await conversationsWith(tx, asked, person.id, span)) {
    const isTold = conversation.event !== undefined && !conversation.answered;
    const client = isTold ? await findClient(tx, tenant, conversation.client) : undefined;
    if (client && !client.archived) listed.push({ client, conversation });
  }
  return listed;
}

/** Asks whether only this time, or the whole series, is not with this client. */
export async function untieAsked(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  return [answer(untieCard(await ownOf(asked, subject), readers(asked)), 'person')];
}

async function ownOf(
  asked: Asked,
  id: string,
): Promise<{ client: Client; conversation: Conversation; event: string }> {
  const conversation = await findConversation(asked.tx, asked, id);
  const client = conversation && (await findClient(asked.tx, asked.tenant, conversation.client));
  const event = conversation?.event;
  if (!client || !event || conversation.people.every((one) => one.id !== asked.person.id))
    throw new Refusal('error.conversation-gone');
  return { client, conversation, event };
}

/** From now on that event, or its whole series, is none with this client: in his own calendar. */
export function untied(series: boolean) {
  return async (asked: Asked, { subject }: { subject: string }): Promise<Effect[]> => {
    const { tx, person, say } = asked;
    const { client, conversation, event } = await ownOf(asked, subject);
    const [uid, occurrence] = partsOf(event);
    await untie(tx, whose(asked), { client: client.id, uid, occurrence: series ? undefined : occurrence });
    await leaveEvent(tx, asked, conversation.id, person.id);
    if (series) {
      await forgetSeries(asked, person.id, client.id, uid);
      await readAnew(tx, whose(asked), asked.now);
    }
    const text = say(series ? 'conversations.untied-series' : 'conversations.untied-once', {
      client: client.name,
    });
    return [answer(line(text), 'person')];
  };
}

/** The calendars that people have given. */
export const calendars: Calendars = {
  due: takeDue,
  async read(due, feed, reading) {
    const given = await findCalendar(due.tx, feed);
    // Taken away, another one given, or read by another instance, while it was read.
    if (given?.sealed !== feed.sealed || !given.nextAt.equals(feed.until)) return [];
    if (reading.kind === 'failed') return failed(due, feed, given.failures, reading.reason);
    const next = nextReading(due.now, 0, Math.random());
    const clients = reading.kind === 'events' ? await recognisable(due.tx, due.tenant) : [];
    const read =
      reading.kind === 'events' ? { at: due.now, ...pick(reading) } : { at: due.now, ...pick(feed) };
    await noteReading(due.tx, feed, {
      ...{ next, failures: 0, trouble: undefined, read },
      recognised: reading.kind === 'events' ? stampOf(clients) : undefined,
    });
    if (reading.kind === 'unchanged') return [];
    const person = { id: feed.person, name: given.name };
    const { count, hurry } = await keepEvents(due, person, reading.events, clients);
    const plan = hurry || !given.readAt ? planNow(due.now) : [];
    if (given.readAt) return plan;
    const one = { person: feed.person, count, givenAt: given.givenAt.toString() };
    // It answers what he has just done, and so comes at once; what failed at first is read whenever it can be.
    if (given.failures === 0) return [...plan, await readFirst(due, one)];
    const moment = await nextMoment(due, feed.person);
    return moment ? [...plan, readAt(moment.at, one)] : plan;
  },
};

const readSchema = z.object({ person: z.string(), count: z.number(), givenAt: z.string() });
type Read = z.infer<typeof readSchema>;

async function readFirst(due: Due, { person, count }: Read): Promise<Effect> {
  const { say } = await voiceOf(due, person);
  return post(person, readCard(say('conversations.calendar-first', { count }), say));
}

function readAt(at: Temporal.Instant, one: Read): Effect {
  return { do: 'later', job: 'conversations.read', subject: JSON.stringify(one), at, once: true };
}

/** Tells somebody that his calendar is read at last, when he can be reached and as long as it is. */
export async function readAtLast(due: Due): Promise<Effect[]> {
  const one = readSchema.parse(JSON.parse(due.subject));
  const given = await findCalendar(due.tx, { ...due, person: one.person });
  const isThat = given?.givenAt.toString() === one.givenAt && !given.trouble;
  const moment = isThat ? await nextMoment(due, one.person) : undefined;
  if (!moment) return [];
  return [moment.at.equals(due.now) ? await readFirst(due, one) : readAt(moment.at, one)];
}

function pick({ etag, modified }: { etag?: string | undefined; modified?: string | undefined }) {
  return { etag, modified };
}

/** After so many failures in a row the person hears of it, once. */
const toldAfter = 4;

async function failed(due: Due, feed: Feed, before: number, reason: CalendarTrouble): Promise<Effect[]> {
  const failures = before + 1;
  const next = nextReading(due.now, failures, Math.random());
  await noteReading(due.tx, feed, { next, failures, trouble: reason });
  const never = (await findCalendar(due.tx, feed))?.readAt === undefined;
  // The first reading answers what he has just done, and so comes at once.
  if (never && failures === 1) return [await trouble(due, feed.person, reason)];
  const moment = failures === toldAfter && !never ? await nextMoment(due, feed.person) : undefined;
  return moment ? [unreadAt(moment.at, feed.person)] : [];
}

function unreadAt(at: Temporal.Instant, person: string): Effect {
  return { do: 'later', job: 'conversations.unread', subject: person, at, once: true };
}

/** Tells somebody that his calendar cannot be read, when he can be reached and it still cannot. */
export async function unread(due: Due): Promise<Effect[]> {
  const given = await findCalendar(due.tx, { ...due, person: due.subject });
  const moment = given?.trouble && (await nextMoment(due, due.subject));
  if (!given?.trouble || !moment) return [];
  if (!moment.at.equals(due.now)) return [unreadAt(moment.at, due.subject)];
  return [await trouble(due, due.subject, given.trouble)];
}

async function trouble(due: Due, person: string, reason: CalendarTrouble): Promise<Effect> {
  const { say } = await voiceOf(due, person);
  return post(person, readCard(say(`conversations.calendar-${reason}`), say));
}

function post(person: string, card: ReturnType<typeof readCard>): Effect {
  return { do: 'post', to: { person }, card, audience: 'person', resend: false };
}
