import { GB as english } from 'chrono-node/en';
import { Chrono, casual as dutch, type ParsedResult } from 'chrono-node/nl';
import {
  type Clocks,
  edges,
  findClocks,
  findParts,
  numberWords,
  type PartOfDay,
  readNumber,
  type Words,
} from './clock-rules.ts';
import { limits } from './conversations.ts';

/** Finding the words that say a day or a time, in Dutch and English at once. Pure. */

/** What some words say; words that say a thing twice do not belong together. */
export type Said = {
  /** `none` where words look like a date and are none. */
  date?: Temporal.PlainDate | DayOfMonth | 'none';
  weekday?: number;
  /** In the week so many after this one; if it is not the calendar's, so many weeks after the day that is said. */
  week?: { count: number; calendar: boolean };
  part?: PartOfDay;
  times?: Clocks | 'none';
  moment?: Temporal.Instant;
};
type DayOfMonth = { month: number; day: number };
export type Piece = Words & { said: Said };

const weekdays =
  '(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|(?:mon|tues|wednes|thurs|fri|satur|sun)day|' +
  '(?:ma|di|wo|do|vr|za|zo|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\\b)';
const weekdayAhead = `(?=\\s+(?:(?:op|on)\\s+)?${weekdays})`;
const unit =
  '(?<unit>min|minu(?:ut|ten?|tes?)|uur|uren|hours?|kwartier|dag(?:en)?|days?|we(?:ek|eks|ken)|maand(?:en)?|months?)';
const amount = `(?<amount>\\d{1,3}|${numberWords}|an?|(?:een\\s+)?half|half\\s+an?|anderhalf)`;
const span = `${amount}\\s*${unit}`;
// "kwart over 2 uur" is not two hours from now.
const over = '(?<!(?:kwart|vijf|tien|twintig|(?<!\\d)(?:5|10|15|20|25))\\s(?:minuten\\s)?)over';
const beside = 'vorige|afgelopen|last|deze|this|(?:aan)?komende|aanstaande|eerstvolgende|coming|a\\.?s\\.?';

type Reader = (groups: Record<string, string | undefined>, now: Temporal.ZonedDateTime) => Said;

/**
 * By hand: chrono-node reads less in these than they say ("volgende week dinsdag" and "dinsdag over een week" are the
 * next Tuesday to it, "overmorgen" is nothing) or more ("over 3 dagen 10 uur"), and counts hours in the zone of this
 * process. They are read in this order.
 */
const phrases: [pattern: RegExp, read: Reader][] = [
  phrase(`(?:${over}|in|binnen)\\s+${span}(?:(?<day>${weekdayAhead})|)`, readSpan),
  phrase(`${span}\\s+(?:(?<ago>geleden|ago)|from\\s+now|vanaf\\s+nu)`, readSpan),
  phrase(`${amount}\\s+(?<unit>weeks?)\\s+(?:on|from)(?=\\s+(?:${weekdays}|tomorrow))`, readSpan),
  phrase('(?<=(?:mon|tues|wednes|thurs|fri|satur|sun|to)day\\s+)week', () => ({
    week: { count: 1, calendar: false },
  })),
  phrase(`(?:(?:volgende|komende|next)\\s+week|(?:volgende|next)${weekdayAhead})`, () => inWeek(1)),
  phrase('(?:vorige|afgelopen|last|past)\\s+week', () => inWeek(-1)),
  phrase('(?:deze|this)\\s+week', () => inWeek(0)),
  // These say no more than is meant anyway; that a day is past is read by itself.
  phrase(
    `(?:${beside})(?:${weekdayAhead}|(?=\\s+\\d))|(?:de|the)(?=\\s+\\d)|jl\\.?|j\\.l\\.|jongstleden|a\\.s\\.`,
    () => ({}),
  ),
  phrase('overmorgen|(?:the\\s+)?day\\s+after\\s+tomorrow', (_, now) => onDay(now, 2)),
  phrase('eergister(?:en)?|(?:the\\s+)?day\\s+before\\s+yesterday', (_, now) => onDay(now, -2)),
  // Of "gisteravond".
  phrase('gister', (_, now) => onDay(now, -1)),
  phrase('nu|(?:right\\s+)?now|op\\s+dit\\s+moment|as\\s+we\\s+speak|at\\s+the\\s+moment', (_, now) => ({
    moment: now.toInstant(),
  })),
];

function phrase(pattern: string, read: Reader): [RegExp, Reader] {
  return [new RegExp(`${edges[0]}(?:${pattern})${edges[1]}`, 'giu'), read];
}

function inWeek(count: number): Said {
  return { week: { count, calendar: true } };
}

function onDay(now: Temporal.ZonedDateTime, days: number): Said {
  return { date: now.toPlainDate().add({ days }) };
}

function readSpan(groups: Record<string, string | undefined>, now: Temporal.ZonedDateTime): Said {
  const { amount = '', unit = '', day, ago } = groups;
  const said = /anderhalf/i.test(amount) ? 1.5 : /half/i.test(amount) ? 0.5 : (readNumber(amount) ?? 1);
  const count = ago ? -said : said;
  const minutes = /^mi/i.test(unit) ? 1 : /^k/i.test(unit) ? 15 : /^[uh]/i.test(unit) ? 60 : undefined;
  if (minutes) return { moment: now.add({ minutes: Math.round(count * minutes) }).toInstant() };
  // "in half a day" is no day.
  if (!Number.isInteger(count)) return { date: 'none' };
  if (/^d/i.test(unit)) return onDay(now, count);
  if (/^m/i.test(unit)) return { date: now.toPlainDate().add({ months: count }) };
  // "over twee weken op dinsdag" is in the week of that day; "dinsdag over twee weken" is after a Tuesday.
  return { week: { count, calendar: day !== undefined } };
}

/** All words that say a day or a time, in their order, and the text with these blotted out. */
export function findPieces(text: string, now: Temporal.ZonedDateTime): { pieces: Piece[]; left: string } {
  const pieces: Piece[] = [];
  let left = text;
  const take = (found: Piece[]) => {
    for (const piece of found) {
      pieces.push(piece);
      // Not by spaces: what stands before does not belong to what stands behind.
      left = `${left.slice(0, piece.at)}${'|'.repeat(piece.text.length)}${left.slice(piece.at + piece.text.length)}`;
    }
  };
  const today = now.toPlainDate();
  take(
    findParts(text).map(({ isToday, part, ...words }) => ({
      ...words,
      said: { part, ...(isToday && { date: today }) },
    })),
  );
  for (const [pattern, read] of phrases) {
    const matches = [...left.matchAll(pattern)];
    take(matches.map((match) => ({ at: match.index, text: match[0], said: read(match.groups ?? {}, now) })));
  }
  take(findClocks(left).map(({ clocks, ...words }) => ({ ...words, said: { times: clocks ?? 'none' } })));
  take(findDays(left, today));
  return { pieces: pieces.sort((one, other) => one.at - other.at), left };
}

/**
 * Chrono's words for days, of both languages; without its refiners, which drop what is no date ("31 februari") and
 * choose the week and the year, and without its parsers of spans: they toil for a second over "10 minuten 10 minuten …".
 */
const chrono = new Chrono({
  parsers: [...dutch.parsers, ...english.parsers].filter((one) => !/TimeUnit/.test(one.constructor.name)),
  refiners: [],
});

function findDays(text: string, today: Temporal.PlainDate): Piece[] {
  // In the zone of this process, as chrono counts; at noon, where no clock is changed.
  const noon = new Date(today.year, today.month - 1, today.day, 12);
  const found = chrono.parse(text, noon).flatMap((result) => readDay(result, text) ?? []);
  // Both languages know "3 dec", and both know "dec" in it. Where one knows a day, that is it.
  const isNone = ({ said }: Piece) => Number(said.date === 'none');
  found.sort((a, b) => a.at - b.at || isNone(a) - isNone(b) || b.text.length - a.text.length);
  let end = 0;
  return found.filter((one) => {
    const isFree = one.at >= end;
    if (isFree) end = one.at + one.text.length;
    return isFree;
  });
}

/** Undefined for what is no day: a month, which may be a name, and "next day delivery". */
function readDay(result: ParsedResult, whole: string): Piece | undefined {
  const { start, end, index: at, text } = result;
  if (result.tags().has('result/relativeDate')) return undefined;
  const [year, month, day, weekday] = (['year', 'month', 'day', 'weekday'] as const).map((part) =>
    start.isCertain(part) ? (start.get(part) ?? undefined) : undefined,
  );
  if (month === undefined)
    return weekday === undefined ? undefined : { at, text, said: { weekday: weekday || 7 } };
  if (day === undefined) {
    // "32 december", "February 31".
    const number = /(?<!\d)\d\d\s+$/.exec(whole.slice(0, at))?.[0] ?? '';
    if (number === '' && !/\D\d\d$/.test(text)) return undefined;
    return { at: at - number.length, text: number + text, said: { date: 'none' } };
  }
  // "3 december 14" is at two o'clock rather than in 2014.
  const hour = (year !== undefined && /\p{L}.*(\s(?:[01]\d|2[0-4]))$/su.exec(text)?.[1]) || '';
  const date = year === undefined || hour ? dayOfMonth(month, day) : dateOf(year, month, day);
  return { at, text: text.slice(0, text.length - hour.length), said: { date: (!end && date) || 'none' } };
}

/** A day of any year. */
export function dayOfMonth(month: number, day: number): DayOfMonth | undefined {
  return dateOf(2000, month, day) && { month, day };
}

/** Undefined when there is no such day. */
function dateOf(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  if (month < 1 || day < 1) return undefined;
  const date = Temporal.PlainDate.from({ year, month, day });
  return date.month === month && date.day === day ? date : undefined;
}

/** Whether a day is still to come. */
export type Judge = (date: Temporal.PlainDate) => boolean;

/** That day of the last two months, of which somebody tells; otherwise the next one, or the last one with words of the past. */
export function nextDay(
  { month, day }: DayOfMonth,
  today: Temporal.PlainDate,
  isPast: boolean,
  isToCome: Judge = (date) => Temporal.PlainDate.compare(date, today) >= 0,
): Temporal.PlainDate | undefined {
  // Ten years: 29 February does not come in 2100.
  const years = Array.from({ length: 10 }, (_, at) => today.year - 1 + at);
  const dates = years.flatMap((year) => dateOf(year, month, day) ?? []);
  const gone = dates.findLast((date) => !isToCome(date));
  return gone && (isPast || gone.until(today).days <= limits.back.days) ? gone : dates.find(isToCome);
}
