import { type Component, type Property, parameterOf, propertiesOf, propertyOf, textOf } from './lines.ts';
import { type Moment, momentOf, momentsOf } from './moments.ts';
import type { Zones } from './zones.ts';

/** An event as it stands in a calendar: alone, a series, or what one occurrence of a series has become. */
export type Entry = {
  uid: string;
  /** The higher, the newer. */
  sequence: number;
  start: Moment;
  length: Temporal.Duration;
  /** The occurrence that it stands for, by when that was meant to be. */
  instead: Moment | undefined;
  /** So have all that follow it. */
  andFuture: boolean;
  rule: string | undefined;
  /** Occurrences beside those of the rule, and those that are left out. */
  more: Moment[];
  without: Moment[];
  title: string;
  attendees: string[];
  declined: string[];
  hidden: boolean;
  allDay: boolean;
  cancelled: boolean;
};

const longestTitle = 300;
const longestUid = 1_000;
const mostAttendees = 200;
const longestDays = 3_660;

/** Reads a VEVENT. Undefined when it has no name to know it by; throws a RangeError when its dates are none. */
export function readEntry(event: Component, zones: Zones): Entry | undefined {
  const uid = textOf(event, 'UID');
  const begin = propertyOf(event, 'DTSTART');
  if (!uid || uid.length > longestUid || !begin) return undefined;
  const start = momentOf(begin, zones);
  const instead = propertyOf(event, 'RECURRENCE-ID');
  return {
    uid,
    sequence: Number.parseInt(textOf(event, 'SEQUENCE') ?? '', 10) || 0,
    start,
    length: lengthOf(event, start, zones),
    instead: instead && momentOf(instead, zones),
    andFuture: instead !== undefined && parameterOf(instead, 'RANGE')?.toUpperCase() === 'THISANDFUTURE',
    rule: textOf(event, 'RRULE'),
    more: propertiesOf(event, 'RDATE').flatMap((dates) => momentsOf(dates, zones)),
    without: propertiesOf(event, 'EXDATE').flatMap((dates) => momentsOf(dates, zones)),
    title: titleOf(textOf(event, 'SUMMARY') ?? ''),
    attendees: attendeesOf(event),
    declined: attendeesOf(event, hasDeclined),
    // A class that is none of the standard's counts as private.
    hidden: (textOf(event, 'CLASS') || 'PUBLIC').toUpperCase() !== 'PUBLIC',
    allDay: start.day || textOf(event, 'X-MICROSOFT-CDO-ALLDAYEVENT')?.toUpperCase() === 'TRUE',
    cancelled: textOf(event, 'STATUS')?.toUpperCase() === 'CANCELLED',
  };
}

function lengthOf(event: Component, start: Moment, zones: Zones): Temporal.Duration {
  const length = givenLength(event, start, zones);
  const days = length.total({ unit: 'days', relativeTo: start.at });
  if (days > longestDays) throw new RangeError('No meeting lasts for years.');
  // Some programs end a whole day on the day itself.
  if (start.day && days < 1) return Temporal.Duration.from({ days: 1 });
  return length.sign < 0 ? new Temporal.Duration() : length;
}

/** What ends at a time lasts as long on each day, what ends with a day lasts for days. */
function givenLength(event: Component, start: Moment, zones: Zones): Temporal.Duration {
  const end = propertyOf(event, 'DTEND');
  if (!end) return Temporal.Duration.from(textOf(event, 'DURATION') ?? 'PT0S');
  const { at } = momentOf(end, zones);
  return start.day
    ? start.at.toPlainDate().until(at.toPlainDate())
    : start.at.toInstant().until(at.toInstant());
}

/** One line, with what is escaped in a calendar as it was typed. */
function titleOf(summary: string): string {
  const text = summary
    .slice(0, 4 * longestTitle)
    .replace(/\\([nN,;\\])/g, (_, letter: string) => (letter.toLowerCase() === 'n' ? ' ' : letter));
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return [...line].slice(0, longestTitle).join('').toWellFormed();
}

function hasDeclined(person: Property): boolean {
  return parameterOf(person, 'PARTSTAT')?.toUpperCase() === 'DECLINED';
}

function attendeesOf(event: Component, isMeant: (person: Property) => boolean = () => true): string[] {
  const people = ['ORGANIZER', 'ATTENDEE'].flatMap((name) => propertiesOf(event, name)).filter(isMeant);
  return [...new Set(people.slice(0, mostAttendees).flatMap((person) => addressOf(person) ?? []))];
}

function addressOf(person: Property): string | undefined {
  // Apple's calendars put a path where the address belongs, and the address beside it.
  const given = [person.value, parameterOf(person, 'EMAIL') ?? ''];
  return given
    .map((one) =>
      one
        .trim()
        .replace(/^mailto:/i, '')
        .toLowerCase(),
    )
    .find((one) => one.length <= 254 && /^[^\s@<>"(),:;]+@[^\s@<>"(),:;]+$/.test(one));
}
