import { plain } from '../../chat/grammar.ts';
import { edges, placeClocks, readClocks, timesOn } from './clock-rules.ts';
import { dayOfMonth, findPieces, type Judge, nextDay, type Piece, type Said } from './day-rules.ts';

/** Reading when somebody says that a conversation is, in Dutch and English at once. Pure. */

export type When = {
  start: Temporal.Instant;
  end: Temporal.Instant | undefined;
  /** No time of day was said, only a day; it starts when that day does. */
  dayOnly: boolean;
};

/**
 * `rest` is what was said beside when, and `beside` where of it; `wrong`, words that look like a date or time but are none.
 * Not `dated`: which day it is follows from the time alone.
 */
type Read = { rest: string; when: When | undefined; wrong?: string; beside: Beside; dated: boolean };
/** What was said before the words that say when, between them, and behind them. */
type Beside = { before: string; between: string; after: string };

/** Words that stand together, and what they say. */
type Group = { at: number; end: number; said: Said; wrong: string | undefined };
type Reference = { now: Temporal.ZonedDateTime; today: Temporal.PlainDate; isPast: boolean };

/** Whoever types more tells a story. */
const longest = 300;

/** What may stand between words that belong together, and what goes with those behind it. */
const between = '(?:op|om|on|at|de|the|van|from|rond|around|vanaf|tegen)';
const glue = new RegExp(`^[\\s,;.()-]*(?:${between}[\\s,]+)*$`, 'i');
const before = /(?:(?:^|[\s,;])(?:op|om|on|at|from|rond|around|vanaf|tegen)(?=[\s,]*$))?[\s,;:(–—-]*$/i;

const pastWords =
  /(?<!\p{L})(?:afgelopen|vorige|jl|j\.l\.|jongstleden|geleden|gesproken|gebeld|gehad|geweest|last|ago|spoke|spoken|talked|called|had)(?!\p{L})/iu;

/**
 * Splits what was typed after `talk`: a client's name (and perhaps more words), and when. Both languages at once.
 * `Acme morgen 14:00` is `{ rest: 'Acme', when }`; without any date or time in it, `when` is undefined. One of the
 * `names` at the beginning is never read as a date. `isKnown`: whom it is with stands elsewhere.
 */
export function readWhen(
  text: string,
  now: Temporal.Instant,
  timeZone: string,
  names: string[] = [],
  isKnown = false,
): Read {
  const begin = endOfName(text, names);
  const typed = legible(text.slice(begin, longest));
  const zoned = now.toZonedDateTimeISO(timeZone);
  const reference = { now: zoned, today: zoned.toPlainDate(), isPast: pastWords.test(typed) };
  const { pieces, left } = findPieces(typed, zoned);
  const groups = grouped([...pieces, ...findLoose(left, pieces, reference)], typed);
  const chosen = choose(groups, isKnown || begin > 0);
  const beside = without(text, begin, chosen);
  const rest = spaced(Object.values(beside).join(' '));
  const said: Said = {};
  for (const group of chosen) Object.assign(said, group.said);
  const read = { rest, beside, dated: saysDay(said) || said.moment !== undefined };
  const when = chosen.length === 0 ? undefined : resolve(said, reference);
  if (when || chosen.length === 0) return { ...read, when };
  const none = chosen.find(({ wrong }) => wrong !== undefined)?.wrong;
  const wrong = none ?? chosen.map(({ at, end }) => typed.slice(at, end)).join(' ');
  return { ...read, when, wrong: wrong.trim() };
}

/** Where a known name ends with which the text begins; of two, the longer one was typed. */
function endOfName(text: string, names: string[]): number {
  const words = [...text.slice(0, longest).matchAll(/\S+/g)];
  let end = 0;
  for (const name of names) {
    const wanted = name.trim().split(/\s+/);
    const typed = words.slice(0, wanted.length);
    const last = typed.at(-1);
    // "Acme, morgen": the comma is no part of the name, unless it is.
    const marks = /[,;:.]$/.test(wanted.at(-1) ?? '') ? '' : (/[,;:.]+$/.exec(last?.[0] ?? '')?.[0] ?? '');
    const said = plain(typed.map(([word]) => word).join(' '));
    if (last && `${plain(wanted.join(' '))}${marks}` === said)
      end = Math.max(end, last.index + last[0].length - marks.length);
  }
  return end;
}

/** Every letter in its place, but "2026-12-03T14:00", "de 3e december" and "Tues" as chrono knows them. */
function legible(text: string): string {
  return text
    .replace(/[’‘]/g, "'")
    .replace(/[–—]/g, '-')
    .replace(/(?<=\d-\d\d)T(?=\d\d:)/g, ' ')
    .replace(/(?<=(?<!\d)\d{1,2})e(?=\s)/g, ' ')
    .replace(/\b(tue)s(?=[\s.])/gi, '$1 ');
}

const pair = new RegExp(`${edges[0]}(\\d{1,2})-(\\d{1,2})${edges[1]}`, 'gu');
const lastNumber = /(?<=\s)\d{1,2}(?=[\s.!?]*$)/g;

/** Numbers that say something by what stands beside them: after a day, "3-12" is from three to twelve. */
function findLoose(left: string, pieces: Piece[], { today, isPast }: Reference): Piece[] {
  const dayBefore = (index: number) =>
    pieces.find(({ at, text, said }) => {
      const end = at + text.length;
      return (saysDay(said) || said.part) && end <= index && glue.test(left.slice(end, index));
    })?.said;
  const pairs = [...left.matchAll(pair)].map(({ 0: text, 1: one = '', 2: other = '', index: at }): Piece => {
    const end = at + text.length;
    const before = dayBefore(at);
    const isTimed = pieces.some(({ at, said }) => said.times && at >= end && glue.test(left.slice(end, at)));
    const times = readClocks(one, other);
    const date = dayOfMonth(Number(other), Number(one));
    // "do 3-12" is a day, if that is a Thursday.
    const fits = date && before?.weekday === nextDay(date, today, isPast)?.dayOfWeek;
    const isHours = times && !isTimed && (before ? !fits : !date);
    return { at, text, said: isHours ? { times } : { date: date ?? 'none' } };
  });
  const last = [...left.matchAll(lastNumber)].flatMap(({ 0: text, index: at }): Piece[] => {
    const times = dayBefore(at) && readClocks(text);
    return times ? [{ at, text, said: { times } }] : [];
  });
  return [...pairs, ...last];
}

function saysDay({ date, weekday, week }: Said): boolean {
  return date !== undefined || weekday !== undefined || week !== undefined;
}

/** What belongs together, the last first: in "De Morgen morgen 14:00" only the second "morgen" goes with the time. */
function grouped(pieces: Piece[], text: string): Group[] {
  const groups: Group[] = [];
  for (const { at, text: words, said } of pieces.toSorted((one, other) => other.at - one.at)) {
    const end = at + words.length;
    const wrong = said.date === 'none' || said.times === 'none' ? words : undefined;
    const group = groups.at(-1);
    if (group && glue.test(text.slice(end, group.at)) && !clash(said, group.said)) {
      Object.assign(group, { at, said: { ...said, ...group.said }, wrong: wrong ?? group.wrong });
    } else groups.push({ at, end, said, wrong });
  }
  return groups.filter(({ at, end, said }) => {
    // "zo" and "do" are words too.
    const isWord = Object.keys(said).join() === 'weekday' && /^\p{L}{2,3}$/u.test(text.slice(at, end));
    return (saysDay(said) || said.times || said.moment) && !(isWord && /\S/.test(text.slice(end)));
  });
}

function clash(one: Said, other: Said): boolean {
  // "nu" leaves nothing more to be said.
  if (one.moment && Object.keys(other).length > 0) return true;
  return Object.keys(one).some((key) => key in other);
}

/** What says a time, rather than only a day; after a known name, the one day that stands apart from it goes with it. */
function choose(groups: Group[], isKnown: boolean): Group[] {
  const best = groups.find(({ said }) => said.times || said.moment) ?? groups[0];
  if (!best) return [];
  const [day, ...more] = groups.filter(({ said }) => saysDay(said) && !clash(said, best.said));
  const isApart = isKnown && best.said.times && !saysDay(best.said) && day && more.length === 0;
  return isApart ? [day, best].sort((one, other) => one.at - other.at) : [best];
}

function without(text: string, begin: number, groups: Group[]): Beside {
  const parts: string[] = [];
  let from = begin;
  for (const { at, end } of groups) {
    parts.push(text.slice(from, begin + at).replace(before, ''));
    from = begin + end;
  }
  const [first = '', second = ''] = parts;
  const left = text.slice(from);
  const name = text.slice(0, begin);
  if (groups.length === 0) return { before: spaced(`${name} ${left}`), between: '', after: '' };
  return {
    before: spaced(`${name} ${first}`),
    between: spaced(second),
    after: spaced(left.replace(/^[\s,;:.)–—-]+/, '')),
  };
}

function spaced(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** Undefined when there is no such day or time. */
function resolve(said: Said, reference: Reference): When | undefined {
  const { now, today } = reference;
  if (said.moment) {
    const start = said.moment.round({ smallestUnit: 'minute', roundingMode: 'floor' });
    return { start, end: undefined, dayOnly: false };
  }
  const hours = said.times && said.times !== 'none' ? placeClocks(said.times, said.part) : undefined;
  if (said.times && !hours) return undefined;
  const isToCome = (date: Temporal.PlainDate) => {
    if (!hours) return Temporal.PlainDate.compare(date, today) >= 0;
    const { start, end = start } = timesOn(date, hours, now.timeZoneId);
    return Temporal.Instant.compare(end, now.toInstant()) > 0;
  };
  const date = dayOf(said, reference, isToCome);
  if (!date) return undefined;
  if (hours) return { ...timesOn(date, hours, now.timeZoneId), dayOnly: false };
  return { start: date.toZonedDateTime(now.timeZoneId).toInstant(), end: undefined, dayOnly: true };
}

function dayOf(said: Said, reference: Reference, isToCome: Judge): Temporal.PlainDate | undefined {
  const { date, weekday, week } = said;
  const { today, isPast } = reference;
  const weeks = week?.count ?? 0;
  if (date === 'none') return undefined;
  if (date) {
    const day = date instanceof Temporal.PlainDate ? date : nextDay(date, today, isPast, isToCome);
    if (weekday !== undefined && day?.dayOfWeek !== weekday) return undefined;
    return day?.add({ weeks });
  }
  if (weekday === undefined) {
    // "volgende week" is no day.
    if (week) return week.calendar ? undefined : today.add({ weeks });
    return today.add({ days: isPast === isToCome(today) ? (isPast ? -1 : 1) : 0 });
  }
  if (week && (week.calendar || weeks < 0)) return today.add({ days: 7 * weeks + weekday - today.dayOfWeek });
  const days = (weekday - today.dayOfWeek + 7) % 7;
  if (isPast) return today.add({ days: days - 7 });
  // Who means today says so, unless he says a time that is still to come.
  const isLater = days === 0 && !week && !(said.times && isToCome(today));
  return today.add({ days: 7 * weeks + (isLater ? 7 : days) });
}
