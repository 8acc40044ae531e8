type Language = 'nl' | 'en';

const moment = {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
} as const;
const day = { day: 'numeric', month: 'long' } as const;

const sayMoments = sayer(moment);
const sayDays = sayer(day);
const sayWeekdays = sayer({ weekday: 'long', ...day });
const sayNames = sayer({ weekday: 'long' });
const sayYears = sayer({ weekday: 'long', ...day, year: 'numeric' });
const sayTimes = sayer({ hour: '2-digit', minute: '2-digit' });
const sayMonths = sayer({ month: 'short' });

/** To make a formatter costs far more than all that it ever formats; there are few time zones. */
function sayer(parts: Intl.DateTimeFormatOptions) {
  const kept = new Map<string, Intl.DateTimeFormat>();
  return (instant: Temporal.Instant, language: Language, timeZone: string): string => {
    const key = `${language} ${timeZone}`;
    let format = kept.get(key);
    if (!format) {
      format = new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', { ...parts, timeZone });
      kept.set(key, format);
    }
    return format.format(instant.epochMilliseconds);
  };
}

/** "maandag 30 november om 14:05", in the reader's language and the given time zone. */
export function sayMoment(instant: Temporal.Instant, language: Language, timeZone: string): string {
  return sayMoments(instant, language, timeZone);
}

/** "30 november". */
export function sayDay(instant: Temporal.Instant, language: Language, timeZone: string): string {
  return sayDays(instant, language, timeZone);
}

/** "maandag 30 november". */
export function sayWeekday(instant: Temporal.Instant, language: Language, timeZone: string): string {
  return sayWeekdays(instant, language, timeZone);
}

/** "maandag". */
export function sayWeekdayName(instant: Temporal.Instant, language: Language, timeZone: string): string {
  return sayNames(instant, language, timeZone);
}

/** A moment at which it is this day everywhere that matters: for saying a day that has no time, with the zone `UTC`. */
export function noonOf(day: Temporal.PlainDate): Temporal.Instant {
  return day.toZonedDateTime({ timeZone: 'UTC', plainTime: '12:00' }).toInstant();
}

/** How many midnights lie between two moments, by the clock of a time zone; negative when the second is earlier. */
export function daysBetween(from: Temporal.Instant, to: Temporal.Instant, timeZone: string): number {
  const dateOf = (instant: Temporal.Instant) => instant.toZonedDateTimeISO(timeZone).toPlainDate();
  return dateOf(from).until(dateOf(to), { largestUnit: 'days' }).days;
}

/** "maandag 30 november 2026". */
export function sayWeekdayYear(instant: Temporal.Instant, language: Language, timeZone: string): string {
  return sayYears(instant, language, timeZone);
}

/** "14:05". */
export function sayTime(instant: Temporal.Instant, language: Language, timeZone: string): string {
  return sayTimes(instant, language, timeZone);
}

/** "nov". */
export function sayMonth(month: Temporal.PlainYearMonth, language: Language): string {
  const instant = month.toPlainDate({ day: 15 }).toZonedDateTime('UTC').toInstant();
  return sayMonths(instant, language, 'UTC').replace(/\.$/, '');
}
