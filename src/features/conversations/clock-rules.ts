/**
 * Reading times of day as they are said in Dutch and English. Pure. By hand, for chrono-node knows "half drie" and
 * "quarter past two" in neither language, nor "14u30" and "14.30", and takes "om 2 uur" and "vanavond 8 uur" for the
 * early morning.
 */

export type PartOfDay = 'morning' | 'afternoon' | 'evening' | 'night';

/**
 * A time as it was said, in minutes: `whole` (24 hours) and `half` (am or pm) since midnight, otherwise since midnight
 * or noon, whichever is meant.
 */
type Clock = { minutes: number; by: 'whole' | 'half' | undefined };
export type Clocks = { from: Clock; to: Clock | undefined };

/** Words of a text, and where they stand in it. */
export type Words = { at: number; text: string };

/** In minutes since midnight; they may run into the next day. */
type Hours = { start: number; end: number | undefined };

const halfDay = 12 * 60;

const dutch = 'een twee drie vier vijf zes zeven acht negen tien elf twaalf'.split(' ');
const english = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');

const spokenMinutes: Record<string, number> = {
  kwart: 15,
  twintig: 20,
  quarter: 15,
  'a quarter': 15,
  half: 30,
  twenty: 20,
  'twenty-five': 25,
  'twenty five': 25,
};

/** The words for one to twelve, for a pattern. */
export const numberWords = ['één', ...dutch, ...english].join('|');

/** Of "3" and "drie", 3; undefined for other words. */
export function readNumber(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const word = text.toLowerCase().replace('één', 'een');
  return 1 + Math.max(dutch.indexOf(word), english.indexOf(word)) || undefined;
}

const hour = `(?:\\d{1,2}|${numberWords})`;
const minute = `(?:\\d{1,2}|${Object.keys(spokenMinutes).join('|')}|${numberWords})`;
const side = '(?:over|na|voor|past|to)';
const minuteWord = '(?:\\s+minut(?:en|es))?';
const suffix = "(?:uur|u|h|o'?clock|[ap]\\.?m\\b\\.?)";
const beside = `${minute}${minuteWord}\\s+${side}\\s+(?:half\\s+)?${hour}`;

/** What is a time of itself. Not "een uur", which is as often how long something takes. */
const evident = `(?:${[
  `(?:${beside}|half\\s+${hour})(?:\\s*${suffix})?`,
  `\\d{1,2}[:.]\\d{2}(?:\\s*${suffix})?`,
  '\\d{1,2}\\s?[uh]\\d{2}',
  `(?!een\\b|one\\b)${hour}\\s*${suffix}`,
  'noon|midday|midnight|middernacht',
].join('|')})`;
const any = `(?:${evident}|${hour}(?:\\s+${suffix})?)`;
const at = '(?:(?:om|at|rond|around|tegen|vanaf)\\s+|@\\s*)';
const till = '(?:tot|t/m|to|until|till)';

/** Where something that is read begins and ends: not inside of a word, a number, an amount or a date. */
export const edges = ['(?<![\\p{L}\\d.,:/€$-])', '(?![\\p{L}\\d/]|[-.:]\\d)'] as const;

const clocks = new RegExp(
  `${edges[0]}(?:${[
    `(?:van|from|tussen|between)\\s+(?<from>${any})\\s*(?:${till}|-|en|and)\\s*(?<to>${any})`,
    // "10 to 11" is from ten to eleven, but "ten to eleven" is a time of itself.
    `${at}?(?<from>${evident}|\\d{1,2})\\s*${till}\\s*(?<to>${any})`,
    // Of "3-12", which may be a date, one side must be a time of itself.
    `${at}?(?<from>${evident})\\s*-\\s*(?<to>${any})`,
    `${at}?(?<from>\\d{1,2})\\s*-\\s*(?<to>${evident})`,
    `${at}(?<from>${any})`,
    `(?<from>${evident})`,
  ].join('|')})${edges[1]}`,
  'giu',
);

/** The times in a text; `clocks` is undefined where something looks like one and is none, such as "25:00". */
export function findClocks(text: string): (Words & { clocks: Clocks | undefined })[] {
  return [...text.matchAll(clocks)].flatMap((match) => {
    const read = readClocks(match.groups?.from ?? '', match.groups?.to);
    // "40 uur" and "14.75" are rather amounts.
    return read || match[0].includes(':') ? [{ at: match.index, text: match[0], clocks: read }] : [];
  });
}

/** Reads "2" or "half drie", and till when. */
export function readClocks(from: string, to?: string): Clocks | undefined {
  const start = readClock(from);
  const end = to === undefined ? undefined : readClock(to);
  return start && (to === undefined || end) ? { from: start, to: end } : undefined;
}

const clock = new RegExp(
  `^(?:(?<past>${minute})${minuteWord}\\s+(?<side>${side})\\s+)?(?<half>half\\s+)?(?<hour>${hour})` +
    `(?:(?:[:.]|\\s?[uh])(?<minute>\\d{2}))?\\s*(?<suffix>${suffix})?$`,
  'iu',
);

function readClock(text: string): Clock | undefined {
  const word = text.toLowerCase();
  if (/^(?:noon|midday)$/.test(word)) return { minutes: halfDay, by: 'whole' };
  if (/^mid/.test(word)) return { minutes: 2 * halfDay, by: 'whole' };
  const said = clock.exec(word)?.groups;
  const hours = readNumber(said?.hour ?? '');
  if (!said?.hour || hours === undefined) return undefined;
  const minutes = hours * 60 + Number(said.minute ?? 0);
  const past = spokenMinutes[said.past ?? ''] ?? readNumber(said.past ?? '') ?? 0;
  if (Number(said.minute ?? 0) > 59 || minutes > 2 * halfDay || past > 30) return undefined;
  // "half drie" is before three, "half three" after it.
  const half = said.half ? (english.includes(said.hour) ? 30 : -30) : 0;
  const total = minutes + half + (/voor|to/.test(said.side ?? '') ? -past : past);
  // An hour with a nought before it is one of 24.
  if (hours > 12 || said.hour.startsWith('0')) return { minutes: total, by: 'whole' };
  const sinceTwelve = (total + halfDay) % halfDay;
  if (!/^[ap]/.test(said.suffix ?? '')) return { minutes: sinceTwelve, by: undefined };
  return { minutes: sinceTwelve + (said.suffix?.startsWith('p') ? halfDay : 0), by: 'half' };
}

/** Which times of the day are meant; undefined for an end that is none, as in "15:00-14:00". */
export function placeClocks({ from, to }: Clocks, part: PartOfDay | undefined): Hours | undefined {
  let start = place(from, part);
  if (!to) return { start, end: undefined };
  // "from 2 to 3 pm": what is said of the end is said of the beginning too.
  if (!from.by && to.by === 'half') start = to.minutes - ((to.minutes - from.minutes + halfDay) % halfDay);
  // "6 tot 17 uur" begins in the morning.
  if (to.by === 'whole' && start >= to.minutes) start = from.minutes;
  if (start < 0) start += 2 * halfDay;
  const step = to.by ? 2 * halfDay : halfDay;
  const end = to.minutes + Math.max(0, Math.floor((start - to.minutes) / step) + 1) * step;
  // Nobody talks on for so long into the next day.
  return end - start < halfDay || (to.by && end <= 2 * halfDay) ? { start, end } : undefined;
}

/** From one to seven is meant in the afternoon, from seven to one around noon, unless a part of the day is said. */
function place({ minutes, by }: Clock, part: PartOfDay | undefined): number {
  if (by) return minutes;
  const twelve = minutes < 60;
  if (part === 'night') return minutes < 7 * 60 ? minutes : minutes + halfDay;
  if (part === 'evening') return minutes + (twelve ? 2 : 1) * halfDay;
  if (part === 'morning') return minutes + (twelve ? halfDay : 0);
  return minutes + (minutes < (part ? 10 : 7) * 60 ? halfDay : 0);
}

/** These times on a day. A time that the clock skips or has twice is as Temporal's "compatible" says. */
export function timesOn(date: Temporal.PlainDate, { start, end }: Hours, timeZone: string) {
  const at = (minutes: number) =>
    date.toPlainDateTime().add({ minutes }).toZonedDateTime(timeZone).toInstant();
  if (end === undefined) return { start: at(start), end };
  // Where the clock skips an hour, the end may come to stand before the beginning.
  const isAfter = Temporal.Instant.compare(at(end), at(start)) > 0;
  return { start: at(start), end: isAfter ? at(end) : at(start).add({ minutes: end - start }) };
}

const parts: Record<string, PartOfDay> = {
  ochtend: 'morning',
  morgen: 'morning',
  morning: 'morning',
  middag: 'afternoon',
  namiddag: 'afternoon',
  afternoon: 'afternoon',
  avond: 'evening',
  evening: 'evening',
  tonight: 'evening',
  nacht: 'night',
  night: 'night',
};
const partWords = Object.keys(parts)
  .filter((word) => word !== 'morgen' && word !== 'tonight')
  .join('|');

const partsOfDay = new RegExp(
  `(?:${[
    `(?<!\\p{L})(?<today>van|this\\s+|deze\\s+)(?<part>${partWords}|morgen)`,
    '(?<!\\p{L})(?<today>)(?<part>tonight)',
    // "morgen" alone is tomorrow.
    `(?<!\\p{L})(?:'?s\\s?|in\\s+de\\s+)(?<part>morgen)s?|(?<=dag\\s?)(?<part>morgen)`,
    `(?:(?<=dag|morgen|gister(?:en)?)|(?<!\\p{L})(?:'?s\\s?|in\\s+(?:de|the)\\s+|at\\s+|last\\s+)?)(?<part>${partWords})s?`,
  ].join('|')})(?!\\p{L})`,
  'giu',
);

/** The parts of a day in a text, and whether they are said to be today's. */
export function findParts(text: string): (Words & { part: PartOfDay; isToday: boolean })[] {
  return [...text.matchAll(partsOfDay)].flatMap((match) => {
    const part = parts[match.groups?.part?.toLowerCase() ?? ''];
    // The night to come is tomorrow's, as far as it goes on.
    const isToday = match.groups?.today !== undefined && part !== 'night';
    return part ? [{ at: match.index, text: match[0], part, isToday }] : [];
  });
}
