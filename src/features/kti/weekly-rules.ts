import { isHoliday } from '../nudges/holidays-rules.ts';

/** When a team hears each week how its clients stand. Pure. */

/** A channel in which the team's summary comes each week. */
export type Weekly = {
  id: string;
  place: string;
  placeName: string | undefined;
  by: { id: string; name: string };
  nextAt: Temporal.Instant;
  /** What was graded before then was told. */
  toldAt: Temporal.Instant;
};

const time = '09:00';
/** One that is later than this is left out: Belay was away. */
const lateHours = 6;

/** By whose clock and holidays; a country as in ISO 3166-1, '' for none. */
export type Calendar = { timeZone: string; country: string };

/** The next Monday morning after a moment that is no public holiday. */
export function nextWeekly(after: Temporal.Instant, { timeZone, country }: Calendar): Temporal.Instant {
  const today = after.toZonedDateTimeISO(timeZone).toPlainDate();
  for (let day = today.subtract({ days: today.dayOfWeek - 1 }); ; day = day.add({ weeks: 1 })) {
    const start = day.toZonedDateTime({ timeZone, plainTime: time }).toInstant();
    if (Temporal.Instant.compare(start, after) > 0 && !isHoliday(country, day)) return start;
  }
}

/** Whether it is due now: not ahead, not long ago, and still a moment of this calendar. */
export function isDue(
  { nextAt }: Pick<Weekly, 'nextAt'>,
  calendar: Calendar,
  now: Temporal.Instant,
): boolean {
  const late = now.since(nextAt).total('hours');
  const planned = nextWeekly(nextAt.subtract({ milliseconds: 1 }), calendar);
  return late >= 0 && late <= lateHours && planned.equals(nextAt);
}
