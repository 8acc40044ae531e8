import { readPeriod } from '../../chat/grammar.ts';
import { readWhen } from '../conversations/when-rules.ts';

/** Reading until when somebody wants to hear nothing. Pure. */

/** The day on which nudges come again, or why it is none. */
export type Pause = { until: Temporal.PlainDate } | { wrong: 'unclear' | 'past' | 'far' };

const until = /^(?:(?<through>tot\s+en\s+met|t\/m|through)|tot|until|till|voor|for)\s+/i;

/**
 * Reads "tot 12 december", "until Monday", "2 weken" or "2026-12-12": a day after today, a year ahead at most. That day
 * is the first on which nudges come again; with "tot en met" the day after it is.
 */
export function readPause(text: string, now: Temporal.Instant, timeZone: string): Pause {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  const said = until.exec(text.trim());
  const words = text.trim().slice(said?.[0].length ?? 0);
  const day = readDay(words, now, timeZone);
  if (!day) return { wrong: 'unclear' };
  const date = day.add({ days: said?.groups?.through ? 1 : 0 });
  if (Temporal.PlainDate.compare(date, today) <= 0) return { wrong: 'past' };
  if (Temporal.PlainDate.compare(date, today.add({ years: 1 })) > 0) return { wrong: 'far' };
  return { until: date };
}

/** The day that these words say, and nothing beside it: "12 december", "Monday", "2 weken"; undefined when they do not. */
export function readDay(
  words: string,
  now: Temporal.Instant,
  timeZone: string,
): Temporal.PlainDate | undefined {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  // A number alone may be a day of the month as well.
  const period = /\p{L}/u.test(words) ? readPeriod(words) : undefined;
  if (period) return period.hours > 0 ? undefined : today.add(period);
  const { rest, when, wrong } = readWhen(words, now, timeZone);
  if (!when?.dayOnly || rest !== '' || wrong !== undefined) return undefined;
  return when.start.toZonedDateTimeISO(timeZone).toPlainDate();
}
