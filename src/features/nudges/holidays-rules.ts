import Holidays from 'date-holidays';

/** The public holidays of whole countries. */

const days = new Map<string, Set<string>>();

/** Whether it is a public holiday there; half a day counts as one. An unknown country has none. */
export function isHoliday(country: string, date: Temporal.PlainDate): boolean {
  if (!/^[A-Z]{2}$/.test(country)) return false;
  const day = date.toString();
  // One that begins in the last days of a year may go on in the next.
  return daysOf(country, date.year).has(day) || daysOf(country, date.year - 1).has(day);
}

/** The days of those that begin in this year; read once, as it takes milliseconds. */
function daysOf(country: string, year: number): Set<string> {
  const key = `${country} ${year}`;
  const read = days.get(key) ?? new Set(publicDays(country, year));
  days.set(key, read);
  return read;
}

function publicDays(country: string, year: number): string[] {
  return new Holidays(country, { types: ['public'] }).getHolidays(year).flatMap(({ date, start, end }) => {
    const first = Temporal.PlainDate.from(date.slice(0, 10));
    // In hours, as a day on which the clocks change has 23 or 25.
    const length = Math.max(Math.round((end.getTime() - start.getTime()) / (24 * 60 * 60 * 1000)), 1);
    return Array.from({ length }, (_, at) => first.add({ days: at }).toString());
  });
}
