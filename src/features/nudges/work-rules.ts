import { plain } from '../../chat/grammar.ts';

/**
 * Reading when somebody works, as people write it, in Dutch and English at once. Pure. What is not understood wholly is
 * refused: a day that is guessed wrong shows only by a nudge that never came.
 */

/** The names of each day, Monday first. Not "vrij", which is a day off. */
const dayNames = [
  'ma maa maandag mo mon monday',
  'di din dinsdag tu tue tues tuesday',
  'wo woe woensdag we wed weds wednesday',
  'do don donderdag th thu thur thurs thursday',
  'vr vri vrijdag fr fri friday',
  'za zat zaterdag sa sat saturday',
  'zo zon zondag su sun sunday',
].map((names) => names.split(' '));

/** Words for several days, as the range that they mean. */
const severalDays: [words: RegExp, range: string][] = [
  [
    /\b(?:(?:elke|iedere|alle|every|each|all)\s+(?:dag|dagen|days?)|everyday|(?:de\s+)?hele\s+week)\b/g,
    'ma-zo',
  ],
  [
    /\b(?:(?:elke|alle|every|all)\s+)?(?:werkdag(?:en)?|weekdag(?:en)?|doordeweeks|(?:week|work|working\s)days?)\b/g,
    'ma-vr',
  ],
  [/\b(?:(?:het|the)\s+)?weekend\b/g, 'za-zo'],
];

const through =
  /\s*(?:\btot\s+en\s+met\b|\bt\/m\b|\bt\.e\.m\.|\btot\b|\bthrough\b|\bto\b|\buntil\b|\btill\b|-)\s*/g;
const betweenDays = /(?:[\s,;/+&]|\b(?:en|and|op|on|van|from)\b)+/;

/** "ma di do", "ma t/m vr", "maandag en vrijdag" or "weekdays" as "124", …; undefined when any of it is no day. */
export function readDays(text: string): string | undefined {
  let words = typed(text);
  for (const [several, range] of severalDays) words = words.replace(several, range);
  const named = words.replace(through, '-').split(betweenDays).filter(Boolean).map(daysNamed);
  const days = named.flatMap((some) => some ?? []);
  if (days.length === 0 || named.includes(undefined)) return undefined;
  return [...new Set(days)].sort().join('');
}

/** Small letters, with one kind of dash. */
function typed(text: string): string {
  return plain(text.trim()).replace(/[‐‑–—−]/g, '-');
}

/** Of "wo" or "vr-ma", from 1 on; undefined when it is no day, nor two. */
function daysNamed(words: string): number[] | undefined {
  const [from, to = from, ...more] = words.split('-').map(dayNamed);
  if (!from || !to || more.length > 0 || (from === to && words.includes('-'))) return undefined;
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, later) => ((from - 1 + later) % 7) + 1);
}

/** From 1 on; 0 when it is no day. */
function dayNamed(word: string): number {
  const name = word
    .replace(/\.$/, '')
    .replace(/dagen$/, 'dag')
    .replace(/days$/, 'day');
  return dayNames.findIndex((names) => names.includes(name)) + 1;
}

const spans = [
  /^(?:(?:van|from)\s+)?(\S.*?)\s*(?:-|\btot\b|\bto\b|\buntil\b|\btill\b)\s*(.*\S)$/,
  /^(?:tussen|between)\s+(\S.*?)\s+(?:en|and)\s+(.*\S)$/,
];
const halfDay = 12 * 60;
const leastMinutes = 60;

/**
 * "8.30 - 17", "0830-1730", "van 9 tot 5" or "9am-5pm" as "08:30-17:00", …; undefined when it is no span within a day, of
 * at least an hour. A day that ends at midnight ends at 23:59, because 24:00 is the next day's.
 */
export function readHours(text: string): string | undefined {
  const words = typed(text);
  const span = spans.map((pattern) => pattern.exec(words)).find((match) => match !== null);
  const [from, to] = [readTime(span?.[1] ?? ''), readTime(span?.[2] ?? '')];
  if (!from || !to) return undefined;
  const begin = beginOf(from, to);
  const end = endOf(to, begin);
  if (end - begin < leastMinutes || end > 2 * halfDay) return undefined;
  return `${shown(begin)}-${shown(Math.min(end, 2 * halfDay - 1))}`;
}

/** Minutes since midnight; `whole`: of 24 hours, as its notation shows; `half`: am or pm was said. */
type Time = { minutes: number; by: 'whole' | 'half' | undefined };

function readTime(text: string): Time | undefined {
  const match = /^(\d{1,2})(?:[:.uh]?(\d{2}))?\s*(uur|u|h|o'?clock|[ap]\.?m\.?)?$/.exec(text);
  const [, hour = '', minute = '0', suffix = ''] = match ?? [];
  const [hours, minutes] = [Number(hour), Number(minute)];
  if (!match || minutes > 59 || hours * 60 + minutes > 2 * halfDay) return undefined;
  if (!/^[ap]/.test(suffix)) {
    const by = hours > 12 || hour.startsWith('0') ? 'whole' : undefined;
    return { minutes: hours * 60 + minutes, by };
  }
  if (hours < 1 || hours > 12) return undefined;
  return { minutes: (hours % 12) * 60 + minutes + (suffix.startsWith('p') ? halfDay : 0), by: 'half' };
}

/** "1 to 5pm": what is said of the end is said of the beginning too, where that fits. */
function beginOf(from: Time, to: Time): number {
  const isAfternoon = from.by === undefined && to.by === 'half' && from.minutes + halfDay < to.minutes;
  return from.minutes + (isAfternoon && from.minutes < halfDay ? halfDay : 0);
}

/** "9 to 5": in the afternoon. */
function endOf({ minutes, by }: Time, begin: number): number {
  if (minutes === 0 && begin > 0) return 2 * halfDay;
  return by === undefined && minutes < begin && begin <= halfDay ? minutes + halfDay : minutes;
}

function shown(minutes: number): string {
  const two = (number: number) => `${number}`.padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
