import { readDay } from '../nudges/pause-rules.ts';

/** Reading until when something is done, in Dutch and English at once. Pure. */

/** The day, or why it is none. */
export type Due = { day: Temporal.PlainDate } | { wrong: 'unclear' | 'past' | 'far' };

const until =
  /^(?:uiterlijk(?:\s+op)?|v[oó][oó]r|tot(?:\s+en\s+met)?|t\/m|per|binnen|by|before|until|till|within)\s+/i;
const ends =
  /^(?:(?<end>(?:het\s+)?einde?|(?:the\s+)?end)(?:\s+(?:van|of))?\s+)?(?:(?:de|het|the)\s+)?(?:(?<which>deze|dit|this|volgende?|next)\s+)?(?<of>week|maand|month|jaar|year)$/i;

/**
 * Reads "vrijdag", "by 12 December", "over twee weken" or "eind van de maand": a day from today on, a year ahead at most. A
 * week ends on its Friday.
 */
export function readDue(text: string, now: Temporal.Instant, timeZone: string): Due {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  const words = text.trim().replace(until, '');
  const day = endIn(words, today) ?? readDay(words, now, timeZone);
  if (!day) return { wrong: 'unclear' };
  if (Temporal.PlainDate.compare(day, today) < 0) return { wrong: 'past' };
  if (Temporal.PlainDate.compare(day, today.add({ years: 1 })) > 0) return { wrong: 'far' };
  return { day };
}

/** The last day of what these words name: "volgende week", "end of the month". */
function endIn(words: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const { end, which = '', of = '' } = ends.exec(words)?.groups ?? {};
  // "week" alone says nothing.
  if (!end && !which) return undefined;
  const count = /^(?:v|n)/i.test(which) ? 1 : 0;
  if (/^w/i.test(of)) return today.add({ days: 7 * count + 5 - today.dayOfWeek });
  if (/^m/i.test(of)) {
    const month = today.add({ months: count });
    return month.with({ day: month.daysInMonth });
  }
  return today.add({ years: count }).with({ month: 12, day: 31 });
}
