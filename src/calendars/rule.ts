import ical from 'node-ical';
import { readMoment } from './moments.ts';

/** Nobody meets by the hour: such a rule would drown the real meetings, and costs minutes to follow. */
const frequencies = new Set(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']);

const parts = new Set([
  'FREQ',
  'INTERVAL',
  'COUNT',
  'BYDAY',
  'BYMONTHDAY',
  'BYYEARDAY',
  'BYWEEKNO',
  'BYMONTH',
  'BYSETPOS',
  'BYHOUR',
  'BYMINUTE',
  'BYSECOND',
  'WKST',
]);

const timesADay = 24;

/**
 * When a rule (`FREQ=WEEKLY;BYDAY=TU`) repeats what begins at `first`, by the clock of its zone: from a day before `from`
 * to a day after `until`. Throws a RangeError for a rule that cannot be followed.
 */
export function repeat(
  first: Temporal.ZonedDateTime,
  rule: string,
  { from, until }: { from: Temporal.Instant; until: Temporal.Instant },
): Temporal.ZonedDateTime[] {
  // The rule is followed by the clock on the wall, taken for UTC's: only each result meets the zone and its summer time.
  const zone = first.timeZoneId;
  const clock = (instant: Temporal.Instant) => asIfUtc(instant.toZonedDateTimeISO(zone).toPlainDateTime());
  const dates = follow(
    stamp(first.toPlainDateTime()),
    checked(rule, zone),
    clock(from.subtract({ hours: 24 })),
    clock(until.add({ hours: 24 })),
  );
  return dates.map((date) =>
    Temporal.PlainDateTime.from(date.toISOString().slice(0, -1)).toZonedDateTime(zone),
  );
}

function follow(first: string, rule: string, from: Date, until: Date): Date[] {
  const event = ['BEGIN:VEVENT', 'UID:rule', `DTSTART:${first}`, `RRULE:${rule}`, 'END:VEVENT'];
  try {
    const read = ical.sync.parseICS(['BEGIN:VCALENDAR', ...event, 'END:VCALENDAR'].join('\n')).rule;
    if (read?.type === 'VEVENT' && read.rrule) return read.rrule.between(from, until, true);
  } catch (error) {
    throw new RangeError('This rule cannot be followed.', { cause: error });
  }
  throw new RangeError('This is no rule.');
}

/** The rule, with nothing in it but what the standard knows, and its end by the clock on the wall. */
function checked(rule: string, zone: string): string {
  const given = new Map(rule.toUpperCase().split(';').filter(Boolean).map(partOf));
  const until = given.get('UNTIL');
  given.delete('UNTIL');
  const known = [...given].every(([name, value]) => parts.has(name) && /^[A-Z0-9,+-]+$/.test(value));
  const times = ['BYHOUR', 'BYMINUTE', 'BYSECOND'].map((name) => given.get(name)?.split(',').length ?? 1);
  if (!known || !frequencies.has(given.get('FREQ') ?? '') || times.reduce((a, b) => a * b) > timesADay)
    throw new RangeError('This rule cannot be followed.');
  if (until !== undefined) given.set('UNTIL', stamp(lastMoment(until, zone)));
  return [...given].map((part) => part.join('=')).join(';');
}

function partOf(part: string): [string, string] {
  const [name = '', value = ''] = part.split('=', 2);
  return [name.trim(), value.trim()];
}

/** A rule that ends with a day still holds on that day. */
function lastMoment(until: string, zone: string): Temporal.PlainDateTime {
  const { at, day } = readMoment(until, zone, zone);
  const clock = at.withTimeZone(zone).toPlainDateTime();
  return day ? clock.with({ hour: 23, minute: 59, second: 59 }) : clock;
}

function asIfUtc(clock: Temporal.PlainDateTime): Date {
  return new Date(clock.toZonedDateTime('UTC').epochMilliseconds);
}

/** `20261020T100000Z`. */
function stamp(clock: Temporal.PlainDateTime): string {
  return `${clock.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')}Z`;
}
