import type { CalendarEvent, CalendarWindow } from './calendar.ts';
import { type Entry, readEntry } from './entries.ts';
import { type Component, readCalendars } from './lines.ts';
import { type Moment, readable } from './moments.ts';
import { repeat } from './rule.ts';
import { zonesOf } from './zones.ts';

const mostDays = 90;
const mostEvents = 500;

/**
 * What happens in a window, as an iCalendar text tells it: at most 90 days and 500 occurrences, the earliest first. An
 * event whose dates cannot be read is left out. Throws when the text is no calendar.
 */
export function expand(text: string, { from, until, timeZone }: CalendarWindow): CalendarEvent[] {
  const latest = from.add({ hours: mostDays * 24 });
  const window = { from, until: Temporal.Instant.compare(until, latest) < 0 ? until : latest, timeZone };
  return readCalendars(text)
    .flatMap((calendar) => eventsOf(calendar, window))
    .sort((a, b) => Temporal.Instant.compare(a.start, b.start) || (a.uid < b.uid ? -1 : 1))
    .slice(0, mostEvents);
}

function eventsOf(calendar: Component, window: CalendarWindow): CalendarEvent[] {
  const zones = zonesOf(calendar, window);
  const entries = calendar.components
    .filter(({ name }) => name === 'VEVENT')
    .flatMap((event) => readable(() => readEntry(event, zones)) ?? []);
  return Map.groupBy(entries, ({ uid }) => uid)
    .values()
    .flatMap((series) => occurrencesOf(series, window))
    .toArray();
}

/** All entries of one `uid`: the event, and what single occurrences of it have become. */
function occurrencesOf(entries: Entry[], window: CalendarWindow): CalendarEvent[] {
  const event = newest(entries.filter(({ instead }) => !instead));
  const changed = newestByOccurrence(entries, event);
  const recurring = changed.size > 0 || event?.rule !== undefined || (event?.more.length ?? 0) > 0;
  const turns = event ? turnsOf(changed, event) : [];
  const planned = event
    ? plannedOf(event, widened(window, turns))
    : new Map<string, Temporal.ZonedDateTime>();
  const kept = planned.entries().flatMap(([occurrence, start]) => {
    if (!event || changed.has(occurrence)) return [];
    const turn = turns.findLast(({ after }) => after < occurrence);
    if (!turn) return [tell(event, occurrence, start, recurring)];
    const hidden = turn.entry.hidden || event.hidden;
    return [tell({ ...turn.entry, hidden }, occurrence, turned(start, turn), recurring)];
  });
  const moved = changed.entries().map(([occurrence, entry]) => {
    // Its series being private, a single occurrence does not become public by leaving that out.
    const hidden = entry.hidden || event?.hidden === true;
    return tell({ ...entry, hidden }, occurrence, entry.start.at, recurring);
  });
  return [...kept, ...moved].filter((one) => touches(one, window));
}

function newest(entries: Entry[]): Entry | undefined {
  return entries.reduce<Entry | undefined>(
    (best, entry) => (best && best.sequence > entry.sequence ? best : entry),
    undefined,
  );
}

function newestByOccurrence(entries: Entry[], event: Entry | undefined): Map<string, Entry> {
  const changed = new Map<string, Entry>();
  for (const entry of entries) {
    if (!entry.instead) continue;
    const occurrence = nameOf(occurrenceAt(entry.instead, event?.start ?? entry.instead));
    changed.set(occurrence, newest([changed.get(occurrence) ?? entry, entry]) ?? entry);
  }
  return changed;
}

/** What a series has become after one of its occurrences, and by how much it was moved by the clock on the wall. */
type Turn = { after: string; entry: Entry; by: Temporal.Duration };

/** The turns that a series takes, in their order. */
function turnsOf(changed: Map<string, Entry>, event: Entry): Turn[] {
  const clock = ({ at }: Moment) => at.withTimeZone(event.start.at.timeZoneId).toPlainDateTime();
  return changed
    .entries()
    .flatMap(([after, entry]) => {
      if (!entry.andFuture || !entry.instead) return [];
      const meant = { at: occurrenceAt(entry.instead, event.start), day: false };
      return [{ after, entry, by: clock(meant).until(clock(entry.start)) }];
    })
    .toArray()
    .toSorted((one, other) => (one.after < other.after ? -1 : 1));
}

function turned(start: Temporal.ZonedDateTime, { by }: Turn): Temporal.ZonedDateTime {
  return start.toPlainDateTime().add(by).toZonedDateTime(start.timeZoneId);
}

/** With what may be moved into the window from outside of it. */
function widened(window: CalendarWindow, turns: Turn[]): CalendarWindow {
  const days = Math.max(0, ...turns.map(({ by }) => Math.ceil(by.abs().total('days'))));
  const hours = 24 * Math.min(days, mostDays);
  return { ...window, from: window.from.subtract({ hours }), until: window.until.add({ hours }) };
}

/** The occurrences around the window by their names, without those left out. */
function plannedOf(event: Entry, { from, until }: CalendarWindow): Map<string, Temporal.ZonedDateTime> {
  const { rule, start, length, more, without } = event;
  const hours = Math.min(mostDays * 24, Math.ceil(length.total({ unit: 'hours', relativeTo: start.at })));
  // A rule that cannot be followed leaves the first occurrence, which is known.
  const repeated = rule && readable(() => repeat(start.at, rule, { from: from.subtract({ hours }), until }));
  const all = [start.at, ...(repeated || []), ...more.map((one) => occurrenceAt(one, start))];
  const left = new Set(without.map((one) => nameOf(occurrenceAt(one, start))));
  return new Map(all.map((at) => [nameOf(at), at] as const).filter(([name]) => !left.has(name)));
}

/**
 * The occurrence that a moment means in a series that begins at `first`. A day means the occurrence of that day; and
 * Exchange writes a day as its midnight.
 */
function occurrenceAt({ at, day }: Moment, first: Moment): Temporal.ZonedDateTime {
  const zone = first.at.timeZoneId;
  if (first.day)
    return (at.timeZoneId === 'UTC' ? at.withTimeZone(zone) : at).toPlainDate().toZonedDateTime(zone);
  const midnight = at.timeZoneId === zone && at.toPlainTime().equals('00:00');
  if (!day && !midnight) return at;
  return at.toPlainDate().toZonedDateTime({ timeZone: zone, plainTime: first.at.toPlainTime() });
}

function nameOf(at: Temporal.ZonedDateTime): string {
  return at.toInstant().toString();
}

function tell(
  entry: Entry,
  occurrence: string,
  start: Temporal.ZonedDateTime,
  recurring: boolean,
): CalendarEvent {
  const { uid, hidden, allDay, cancelled, declined } = entry;
  const shown = hidden ? { title: '', attendees: [] } : { title: entry.title, attendees: entry.attendees };
  const refused = hidden || declined.length === 0 ? {} : { declined };
  const end = start.add(entry.length).toInstant();
  return {
    uid,
    occurrence,
    start: start.toInstant(),
    end,
    ...shown,
    ...refused,
    recurring,
    allDay,
    cancelled,
  };
}

/** What is under way when the window begins belongs to it; what ends or begins at its edges only where it begins. */
function touches({ start, end }: CalendarEvent, { from, until }: CalendarWindow): boolean {
  const begun = Temporal.Instant.compare(start, until) < 0;
  const running = Temporal.Instant.compare(end, from) > 0 || Temporal.Instant.compare(start, from) >= 0;
  return begun && running;
}
