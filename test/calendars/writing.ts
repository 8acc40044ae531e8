import type { CalendarEvent, CalendarWindow } from '../../src/calendars/calendar.ts';
import { expand } from '../../src/calendars/expand.ts';

/** Autumn 2026, with the night of 25 October in it, in which summer time ends in Amsterdam. */
export const autumn = windowOf('2026-10-12', '2026-11-30');

/** Spring 2027, with the night of 28 March in it, in which it begins. */
export const spring = windowOf('2027-03-15', '2027-04-12');

export function windowOf(from: string, until: string, timeZone = 'Europe/Amsterdam'): CalendarWindow {
  const start = (day: string) => Temporal.PlainDate.from(day).toZonedDateTime(timeZone).toInstant();
  return { from: start(from), until: start(until), timeZone };
}

/** A calendar of these lines, or of these lists of lines. */
export function calendar(...lines: (string | string[])[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines.flat(), 'END:VCALENDAR', ''].join('\r\n');
}

export function event(uid: string, ...lines: string[]): string[] {
  return ['BEGIN:VEVENT', `UID:${uid}`, ...lines, 'END:VEVENT'];
}

/** A zone as Exchange defines it: by last Sundays of March and October, and offsets such as `+0100`. */
export function zone(tzid: string, winter: string, summer: string, hour = '02'): string[] {
  const observance = (name: string, from: string, to: string, month: number) => [
    ...[`BEGIN:${name}`, `DTSTART:16010101T${hour}0000`, `TZOFFSETFROM:${from}`, `TZOFFSETTO:${to}`],
    ...[`RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=${month}`, `END:${name}`],
  ];
  return [
    ...['BEGIN:VTIMEZONE', `TZID:${tzid}`, ...observance('STANDARD', summer, winter, 10)],
    ...[...observance('DAYLIGHT', winter, summer, 3), 'END:VTIMEZONE'],
  ];
}

/** Starts by Amsterdam's clock, with the length when there is one and the title: `10-20 10:00 +PT45M Weekoverleg`. */
export function told(text: string, window: CalendarWindow = autumn): string[] {
  return expand(text, window).map(tell);
}

export function tell({ start, end, title }: CalendarEvent): string {
  const at = start
    .toZonedDateTimeISO('Europe/Amsterdam')
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
  const length = start.until(end, { largestUnit: 'hours' });
  return [
    at.slice(5).replace('T', ' '),
    ...(length.blank ? [] : [`+${length}`]),
    ...(title ? [title] : []),
  ].join(' ');
}
