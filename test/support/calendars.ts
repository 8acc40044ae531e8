import type { CalendarEvent, CalendarReading } from '../../src/calendars/calendar.ts';
import type { Calendars, Feed } from '../../src/chat/feature.ts';
import type { Store } from '../../src/store/database.ts';
import { openTeamHouse, type TeamHouse } from './expectation-house.ts';
import { anna, direct } from './house.ts';

/** The address of a calendar, as somebody gives it. */
export const address = 'https://calendar.example/private-abc/basic.ics';

/** A meeting of Anna with Daan of Acme, tomorrow at ten in Amsterdam. */
export function event(more: Partial<CalendarEvent> = {}): CalendarEvent {
  return {
    uid: 'one@calendar',
    occurrence: '2026-11-24T09:00:00Z',
    start: Temporal.Instant.from('2026-11-24T09:00:00Z'),
    end: Temporal.Instant.from('2026-11-24T10:00:00Z'),
    title: 'Voortgang',
    attendees: ['anna@belay.example', 'daan@acme.example'],
    recurring: false,
    allDay: false,
    cancelled: false,
    ...more,
  };
}

/** An hour that begins then. */
export function at(start: string): Pick<CalendarEvent, 'start' | 'end'> {
  return { start: Temporal.Instant.from(start), end: Temporal.Instant.from(start).add({ hours: 1 }) };
}

/** What a calendar tells. */
export function events(...all: CalendarEvent[]): CalendarReading {
  return { kind: 'events', events: all };
}

/** A house whose client Acme is recognised by its domain; Anna's address is known. */
export async function openCalendarHouse(store: Store): Promise<TeamHouse> {
  const belay = await openTeamHouse(store);
  const checkedAt = belay.time.now().toString();
  await belay.people.savePerson('T1', { ...anna, email: 'anna@belay.example', checkedAt });
  await belay.say(anna, direct, 'klant domein Acme acme.example');
  return belay;
}

/** How conversations read calendars. */
export function calendarsOf({ features }: TeamHouse): Calendars {
  const found = features.find(({ name }) => name === 'conversations')?.calendars;
  if (!found) throw new Error('Conversations read no calendars.');
  return found;
}

/** Takes the calendars that are due. */
export function take(belay: TeamHouse): Promise<Feed[]> {
  return belay.store.transact((tx) => calendarsOf(belay).due(tx, belay.time.now(), 10));
}

/** Keeps what came from a calendar that was taken; `held`: what is waited for before it is committed. */
export function keep(
  belay: TeamHouse,
  feed: Feed,
  reading: CalendarReading,
  held?: () => Promise<void>,
): Promise<void> {
  return belay.store.transact(async (tx) => {
    const where = { tx, now: belay.time.now(), platform: feed.platform, tenant: feed.tenant, subject: '' };
    const effects = await calendarsOf(belay).read({ ...belay.outside, ...where }, feed, reading);
    await belay.carry(tx, where, effects);
    await held?.();
  });
}

/** Reads all calendars that are due, as if this came from each; how many those were. */
export async function read(
  belay: TeamHouse,
  reading: CalendarReading | ((person: string) => CalendarReading),
): Promise<number> {
  const feeds = await take(belay);
  for (const feed of feeds)
    await keep(belay, feed, typeof reading === 'function' ? reading(feed.person) : reading);
  return feeds.length;
}

/** The conversations that are kept, by their beginning. */
export async function kept({ store }: TeamHouse): Promise<string[]> {
  const rows = await store.db
    .selectFrom('conversation')
    .select(['starts_at', 'title'])
    .orderBy('starts_at')
    .execute();
  return rows.map(({ starts_at, title }) => `${starts_at.slice(0, 16)} ${title}`);
}

/** What came of them, and whether it was asked. */
export async function answers({ store }: TeamHouse) {
  const rows = store.db.selectFrom('conversation').select(['starts_at', 'outcome', 'asked_at']);
  const all = await rows.orderBy('starts_at').execute();
  return all.map(({ starts_at, outcome, asked_at }) => [
    starts_at.slice(0, 16),
    outcome,
    asked_at && 'asked',
  ]);
}

/** Who takes part in any. */
export async function peopleIn({ store }: TeamHouse): Promise<string[]> {
  const rows = store.db.selectFrom('conversation_person').select('person_id').orderBy('person_id');
  return (await rows.execute()).map(({ person_id }) => person_id);
}

/** The id of the one that begins then. */
export async function idAt({ store }: TeamHouse, start: string): Promise<string> {
  const rows = store.db.selectFrom('conversation').select('id');
  return (await rows.where('starts_at', '=', `${start}:00.000Z`).executeTakeFirstOrThrow()).id;
}
