import { nextWorkingTime } from '../../chat/working-time.ts';
import { findClocks, placeClocks } from '../conversations/clock-rules.ts';
import { isHoliday } from '../nudges/holidays-rules.ts';

/** When a team's daily starts come. Pure. */

/** A channel in which the day is started at a time. */
export type Plan = {
  /** A new one each time that it is set: what was planned by an earlier one comes to nothing. */
  id: string;
  place: string;
  placeName: string | undefined;
  /** 'HH:MM' by the clock of the channel. */
  at: string;
  by: { id: string; name: string };
  nextAt: Temporal.Instant;
  /** How many were left out, as Belay was away at the time. */
  skipped: number;
};

/** By whose clock and holidays; a country as in ISO 3166-1, '' for none. */
export type Calendar = { timeZone: string; country: string };

/** A daily start that is later than this is left out. */
const lateHours = 2;

/** The time of day that somebody typed, as 'HH:MM': `8:45`, `08.45`, `8u45`, `half negen`. Undefined: none. */
export function readTime(typed: string): string | undefined {
  const text = typed
    .trim()
    .toLowerCase()
    .replace(/^(?:om|at)\s+/, '')
    .replace(/\s*(?:uur|o'clock|h)$/, '');
  const read = /^(\d{1,2})(?:\s*[:.u]\s*(\d{2})?)?\s*(am|pm)?$/.exec(text);
  if (!read) return spoken(text);
  const [, written = '', minutes = '00', half] = read;
  const hours = half ? (Number(written) % 12) + (half === 'pm' ? 12 : 0) : Number(written);
  if (hours > 23 || Number(minutes) > 59 || (half && (Number(written) < 1 || Number(written) > 12)))
    return undefined;
  return `${String(hours).padStart(2, '0')}:${minutes}`;
}

/** `half negen`, `kwart voor negen`: in the morning, when nothing is said of that. */
function spoken(text: string): string | undefined {
  const [found, ...more] = findClocks(text);
  if (!found?.clocks || more.length > 0 || found.text.trim() !== text) return undefined;
  const start = placeClocks(found.clocks, 'morning')?.start;
  if (start === undefined || start >= 24 * 60) return undefined;
  return `${String(Math.floor(start / 60)).padStart(2, '0')}:${String(start % 60).padStart(2, '0')}`;
}

/** The next time after a moment that people who work are told so: on a working day that is no public holiday. */
export function nextStart(
  at: string,
  { timeZone, country }: Calendar,
  after: Temporal.Instant,
): Temporal.Instant {
  let day = after.toZonedDateTimeISO(timeZone).toPlainDate();
  for (;;) {
    const start = day.toZonedDateTime({ timeZone, plainTime: at }).toInstant();
    if (Temporal.Instant.compare(start, after) > 0 && isStartDay(day, country)) return start;
    day = day.add({ days: 1 });
  }
}

/** Whether a team starts the day on this one. */
export function isStartDay(day: Temporal.PlainDate, country: string): boolean {
  return day.dayOfWeek <= 5 && !isHoliday(country, day);
}

/** This moment when people work at it, else the next at which they begin to: what is late is told nobody at night or on a holiday. */
export function workingMoment({ timeZone, country }: Calendar, from: Temporal.Instant): Temporal.Instant {
  let at = nextWorkingTime(from, timeZone);
  for (let day = dayOf(at, timeZone); !isStartDay(day, country); day = dayOf(at, timeZone))
    at = nextWorkingTime(day.add({ days: 1 }).toZonedDateTime(timeZone).toInstant(), timeZone);
  return at;
}

/** Whether a moment is one at which the day is started: its channel may have gone to another clock since it was planned. */
export function isStartOf(
  { at }: Pick<Plan, 'at'>,
  { timeZone, country }: Calendar,
  moment: Temporal.Instant,
): boolean {
  const day = dayOf(moment, timeZone);
  return (
    isStartDay(day, country) && day.toZonedDateTime({ timeZone, plainTime: at }).toInstant().equals(moment)
  );
}

/** Whether no more of this week’s working days comes after this one. */
export function isLastOfWeek(day: Temporal.PlainDate, country: string): boolean {
  for (let next = day.add({ days: 1 }); next.dayOfWeek > day.dayOfWeek; next = next.add({ days: 1 }))
    if (isStartDay(next, country)) return false;
  return true;
}

/** The next so many working days, this one first when it is one. */
export function workingDays(from: Temporal.PlainDate, country: string, count: number): Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = [];
  for (let day = from; days.length < count; day = day.add({ days: 1 }))
    if (isStartDay(day, country)) days.push(day);
  return days;
}

/** The one that is due now, or else the next; and how many before that come too late by now. */
export function lastDue(
  { at, nextAt }: Pick<Plan, 'at' | 'nextAt'>,
  calendar: Calendar,
  now: Temporal.Instant,
): { dueAt: Temporal.Instant; missed: number } {
  let dueAt = nextAt;
  let missed = 0;
  for (; now.since(dueAt).total('hours') > lateHours; missed += 1) dueAt = nextStart(at, calendar, dueAt);
  return { dueAt, missed };
}

/** The day that a daily start belongs to, by the clock of its channel. */
export function dayOf(at: Temporal.Instant, timeZone: string): Temporal.PlainDate {
  return at.toZonedDateTimeISO(timeZone).toPlainDate();
}
