import { isHoliday } from './holidays-rules.ts';
import type { Reachable } from './nudges.ts';

/** When a person may be reached: on his working days, within his hours, by his own clock, and not while paused. */

/** Days among which everybody has a working day; who has none in so many is never reached. */
const longest = 60;
/** Working days after which nobody is asked any more about what is over. */
const letGoAfter = 3;
/** A talk that begins before the first is told of at the second, the working day before. */
const early = '09:30';
/** When one is told of what is early on the next working day. */
const eve = '17:00';
/** When the reasons are told, if that is within his hours. */
const usualMorning = '10:00';
const betweenHours = 12;

export const minute = 60_000;
export const hour = 60 * minute;

/** What planning asks of a person again and again, for one window: instants in milliseconds where they are many. */
export type Reach = {
  /** The first moment in the window, or after it, at which he may be reached; undefined: never. */
  next: Temporal.Instant | undefined;
  /** When his pause is over. */
  resumes: number;
  /** From when on it is the next window's turn. */
  ends: number;
  /** Talks from here on are not told of in the window. */
  far: number;
  /** What ended before is let go. */
  old: number;
  mornings: Morning[];
  /** Of a talk that begins at a moment, in milliseconds. */
  startAt(start: number): Start;
};

/** On which date a talk begins by his calendar, and when he is told of it in the window: of it alone, or of a full day. */
type Start = { date: string; at: Temporal.Instant | undefined; fullDayAt: Temporal.Instant | undefined };

/** Of somebody who is not reached in a window. */
const nothing = {
  ...{ ends: 0, far: 0, old: Number.POSITIVE_INFINITY, mornings: [] },
  startAt: () => ({ date: '', at: undefined, fullDayAt: undefined }),
};

/** When reasons are told on a day, in the window or before it; and since when a message counts as one of that day. */
type Morning = { at: Temporal.Instant; dayBegins: number };

/** A job runs a little after its moment, and that may be the last one of a day. */
const graceMinutes = 2;
/** What could not be sent for so many hours is left, and what goes out in the last minutes of a day has as many. */
const [sendHours, lastMinutes] = [4, 15];

/** Whether what was planned for this moment, or for the one just before it, may reach him now. */
export function isStillReached(person: Reachable, now: Temporal.Instant): boolean {
  return mayBeReached(person, now) || mayBeReached(person, now.subtract({ minutes: graceMinutes }));
}

/** Until when it makes sense to send him what goes out now: up to the end of his day, and for four hours at most. */
export function sendUntil(person: Reachable, now: Temporal.Instant): Temporal.Instant {
  const [latest, soonest] = [now.add({ hours: sendHours }), now.add({ minutes: lastMinutes })];
  const closes = hoursOn(person, dateOf(person, now))?.closes;
  if (!closes || isBefore(latest, closes)) return latest;
  return isBefore(closes, soonest) ? soonest : closes;
}

/** What ended before, in milliseconds, is let go of by now: three of his working days ago. */
export function oldest(person: Reachable, now: Temporal.Instant): number {
  const date = workdayFrom(person, dateOf(person, now), -letGoAfter);
  return date ? clock(person, date, '00:00').epochMilliseconds : 0;
}

/** Whether he may be reached at this moment. */
export function mayBeReached(person: Reachable, at: Temporal.Instant): boolean {
  const hours = hoursOn(person, dateOf(person, at));
  return hours !== undefined && !isBefore(at, hours.opens) && !isBefore(hours.closes, at);
}

/** The first moment from this one on at which he may be reached; undefined: never. */
export function nextReachable(person: Reachable, at: Temporal.Instant): Temporal.Instant | undefined {
  const today = dateOf(person, at);
  const first =
    person.pausedUntil && isPaused(person, today) ? Temporal.PlainDate.from(person.pausedUntil) : today;
  for (let days = 0; days <= longest; days += 1) {
    const hours = hoursOn(person, first.add({ days }));
    if (hours && !isBefore(hours.closes, at)) return isBefore(at, hours.opens) ? hours.opens : at;
  }
  return undefined;
}

/** The last moment up to this one at which he could be reached. */
export function lastReachable(person: Reachable, at: Temporal.Instant): Temporal.Instant | undefined {
  const today = dateOf(person, at);
  for (let days = 0; days <= longest; days += 1) {
    const hours = hoursOn(person, today.subtract({ days }));
    if (hours && !isBefore(at, hours.opens)) return isBefore(hours.closes, at) ? hours.closes : at;
  }
  return undefined;
}

/** The working day so many after this date, or before it when they are negative; paused or not. */
export function workdayFrom(
  person: Reachable,
  date: Temporal.PlainDate,
  workdays: number,
): Temporal.PlainDate | undefined {
  let left = Math.abs(workdays);
  for (let days = 1; days <= longest; days += 1) {
    const other = date.add({ days: workdays < 0 ? -days : days });
    if (isWorkday(person, other)) left -= 1;
    if (left === 0) return other;
  }
  return undefined;
}

/** When it is best to tell of a talk that begins then. */
export function bestBriefing(
  person: Reachable,
  start: Temporal.Instant,
  beforeMinutes: number,
): Temporal.Instant {
  const local = start.toZonedDateTimeISO(person.timeZone);
  const isEarly = local.toPlainTime().toString() < early;
  const told = isEarly ? eveOf(person, local.toPlainDate()) : undefined;
  return told ?? start.subtract({ minutes: beforeMinutes });
}

/** When it is best to tell of all talks of a day at once, of which this is the first: as he begins, else the evening before. */
function bestFullDay(person: Reachable, first: Temporal.Instant): Temporal.Instant {
  const date = dateOf(person, first);
  const opens = clock(person, date, person.hours.from);
  if (isWorkday(person, date) && isBefore(opens, first)) return opens;
  return eveOf(person, date) ?? opens;
}

/** The evening of the working day before this date. */
function eveOf(person: Reachable, date: Temporal.PlainDate): Temporal.Instant | undefined {
  const day = workdayFrom(person, date, -1);
  return day && clock(person, day, eve);
}

/** Works out the reach of each person in a window, once for all with the same days, hours and place. */
export function reaches(
  from: Temporal.Instant,
  until: Temporal.Instant,
  beforeMinutes: number,
): (person: Reachable) => Reach {
  const known = new Map<string, Reach>();
  return (person) => {
    const { timeZone, workdays, hours, country, pausedUntil } = person;
    const key = [timeZone, workdays.join(), hours.from, hours.to, country, pausedUntil].join(' ');
    const reach = known.get(key) ?? reachIn(person, from, until, beforeMinutes);
    known.set(key, reach);
    return reach;
  };
}

function reachIn(
  person: Reachable,
  from: Temporal.Instant,
  until: Temporal.Instant,
  beforeMinutes: number,
): Reach {
  const next = nextReachable(person, from);
  const { pausedUntil } = person;
  const resumes = pausedUntil
    ? clock(person, Temporal.PlainDate.from(pausedUntil), '00:00').epochMilliseconds
    : 0;
  if (!next || isBefore(until, next)) return { next, resumes, ...nothing };
  // The last moment of a day belongs to the window that it ends, as the next one comes too late for it.
  const isLast = hoursOn(person, dateOf(person, until))?.closes.equals(until) ?? false;
  const ends = isLast ? until.add({ milliseconds: 1 }) : until;
  const later = nextReachable(person, ends);
  const briefingAt = (best: Temporal.Instant) => {
    if (later && !isBefore(best, later)) return undefined;
    const last = lastReachable(person, best);
    return last && !isBefore(last, from) ? last : next;
  };
  return {
    next,
    resumes,
    startAt: startsIn(person, beforeMinutes, briefingAt),
    ends: ends.epochMilliseconds,
    far: later ? farthest(person, later) + beforeMinutes * minute : Number.POSITIVE_INFINITY,
    old: oldest(person, next),
    mornings: morningsBetween(person, next, ends),
  };
}

/**
 * Works out each beginning once: many talks begin at the same moments. `briefingAt`: in the window the last moment up to
 * the best one, or as soon as can be when that is past.
 */
function startsIn(
  person: Reachable,
  beforeMinutes: number,
  briefingAt: (best: Temporal.Instant) => Temporal.Instant | undefined,
): (start: number) => Start {
  const known = new Map<number, Start>();
  return (start) => {
    const kept = known.get(start);
    if (kept) return kept;
    const instant = Temporal.Instant.fromEpochMilliseconds(start);
    const found = {
      date: dateOf(person, instant).toString(),
      at: briefingAt(bestBriefing(person, instant, beforeMinutes)),
      fullDayAt: briefingAt(bestFullDay(person, instant)),
    };
    known.set(start, found);
    return found;
  };
}

/**
 * Talks from this moment on, in milliseconds, are told of at `later` or after it: of those of its own day all may be due
 * before it, when the day is full; of those of the next working day when it is evening.
 */
function farthest(person: Reachable, later: Temporal.Instant): number {
  const today = dateOf(person, later);
  const isEvening = isBefore(clock(person, today, eve), later);
  const last = isEvening ? workdayFrom(person, today, 1) : today;
  return last ? clock(person, last.add({ days: 1 }), '00:00').epochMilliseconds : Number.POSITIVE_INFINITY;
}

/** From the day of the first moment on. */
function morningsBetween(person: Reachable, first: Temporal.Instant, ends: Temporal.Instant): Morning[] {
  const mornings: Morning[] = [];
  for (let date = dateOf(person, first); ; date = date.add({ days: 1 })) {
    const morning = morningOf(person, date);
    if (!isBefore(morning.at, ends)) return mornings;
    if (isWorkday(person, date)) mornings.push(morning);
  }
}

/** When reasons are told on this day, and since when a message counts as one of it. */
export function morningOf(person: Reachable, date: Temporal.PlainDate): Morning {
  const { from, to } = person.hours;
  const at = clock(person, date, [from, to, usualMorning].toSorted()[1] ?? usualMorning);
  // Who moves west has the same date again, but not a second message on it.
  const dayBegins = Math.min(
    clock(person, date, '00:00').epochMilliseconds,
    at.epochMilliseconds - betweenHours * hour,
  );
  return { at, dayBegins };
}

/** The date that his calendar shows. */
export function dateOf({ timeZone }: Reachable, at: Temporal.Instant): Temporal.PlainDate {
  return at.toZonedDateTimeISO(timeZone).toPlainDate();
}

/** When his clock shows this time. */
function clock({ timeZone }: Reachable, date: Temporal.PlainDate, time: string): Temporal.Instant {
  return date.toZonedDateTime({ timeZone, plainTime: time }).toInstant();
}

/** To the millisecond. */
export function isBefore(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return one.epochMilliseconds < other.epochMilliseconds;
}

function hoursOn(person: Reachable, date: Temporal.PlainDate) {
  if (!isWorkday(person, date) || isPaused(person, date)) return undefined;
  const { from, to } = person.hours;
  return from <= to ? { opens: clock(person, date, from), closes: clock(person, date, to) } : undefined;
}

function isWorkday({ workdays, country }: Reachable, date: Temporal.PlainDate): boolean {
  return workdays.includes(date.dayOfWeek) && !isHoliday(country, date);
}

function isPaused({ pausedUntil }: Reachable, date: Temporal.PlainDate): boolean {
  return pausedUntil !== undefined && date.toString() < pausedUntil;
}
