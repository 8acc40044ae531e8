import { type Component, propertyOf, textOf } from './lines.ts';
import { readable, readMoment } from './moments.ts';
import { repeat } from './rule.ts';

/** From `at` (ms since 1970, to half a day) on, a clock is `offset` minutes ahead of UTC. */
type Change = { at: number; offset: number };

/** Enough to tell zones apart that change to summer time some weeks after each other, as Cairo does after Helsinki. */
const weeks = Array.from({ length: 53 }, (_, week) => week);

/**
 * The zone whose clock agrees most often with a VTIMEZONE's in the year from `near` on: the first of them when there are
 * several. Exchange gives zones names of its own, so that only their rules tell where they are.
 */
export function zoneLike(
  definition: Component,
  near: Temporal.Instant,
  candidates: Iterable<string>,
): string | undefined {
  const changes = definition.components.flatMap((one) => readable(() => changesOf(one, near)) ?? []);
  if (changes.length === 0) return undefined;
  changes.sort((a, b) => a.at - b.at);
  const moments = weeks.map((week) => near.add({ hours: week * 168 }));
  const wanted = moments.map(({ epochMilliseconds }) => offsetAt(changes, epochMilliseconds));
  let best: { zone: string; agrees: number } | undefined;
  for (const zone of candidates) {
    const agrees = moments.filter((moment, at) => offsetIn(zone, moment) === wanted[at]).length;
    if (agrees > (best?.agrees ?? 0)) best = { zone, agrees };
    if (agrees === moments.length) break;
  }
  return best?.zone;
}

/** When STANDARD or DAYLIGHT begins, in the years around `near`. Throws a RangeError when it does not say. */
function changesOf(observance: Component, near: Temporal.Instant): Change[] {
  const offset = minutes(textOf(observance, 'TZOFFSETTO'));
  const { at: start } = readMoment(propertyOf(observance, 'DTSTART')?.value ?? '', 'UTC', 'UTC');
  const rule = textOf(observance, 'RRULE');
  const around = { from: near.subtract({ hours: 400 * 24 }), until: near.add({ hours: 400 * 24 }) };
  const starts = rule === undefined ? [start] : repeat(start, rule, around);
  return starts.map(({ epochMilliseconds }) => ({ at: epochMilliseconds, offset }));
}

function offsetAt(changes: Change[], moment: number): number | undefined {
  return (changes.findLast(({ at }) => at <= moment) ?? changes[0])?.offset;
}

function offsetIn(zone: string, moment: Temporal.Instant): number {
  return moment.toZonedDateTimeISO(zone).offsetNanoseconds / 60_000_000_000;
}

/** `+0530`, in minutes. */
function minutes(offset = ''): number {
  const [, sign, hours, rest] = /^([+-])(\d\d):?(\d\d)(?:\d\d)?$/.exec(offset) ?? [];
  if (sign === undefined) throw new RangeError('This is no offset.');
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(rest));
}
