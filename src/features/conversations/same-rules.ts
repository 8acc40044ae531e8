import type { Conversation } from './conversations.ts';

/** Whether two tell of one conversation with a client: typed, of a calendar, or a meeting that was held. Pure. */

type Told = Pick<Conversation, 'start' | 'end' | 'source'>;

/** Minutes: what people say of when it is, and what their calendars say, is less apart than this. */
const said = 15;
/** Minutes: so far from the moment that it was planned for a meeting may begin. */
const held = 30;
/** No meeting takes longer. */
const longest = { hours: 24 };

/** In which span of time all begin that this could be. */
export function spanAround({ start, end }: Omit<Told, 'source'>): {
  from: Temporal.Instant;
  until: Temporal.Instant;
} {
  const near = start.add({ minutes: held, milliseconds: 1 });
  return { from: start.subtract(longest), until: Temporal.Instant.compare(near, end) < 0 ? end : near };
}

/** The one of these, all with one client, that is told of here: the one that begins nearest to it. */
export function nearestOf<T extends Told>(known: T[], told: Told): T | undefined {
  return known
    .filter((one) => isSame(one, told))
    .toSorted((one, other) => distance(one, told) - distance(other, told))[0];
}

function isSame(one: Told, other: Told): boolean {
  if (isOverBefore(one, other) || isOverBefore(other, one)) return false;
  if (one.source !== 'meeting' && other.source !== 'meeting') return distance(one, other) < said;
  const isHeldIn = (meeting: Told, planned: Told) =>
    meeting.source === 'meeting' && isUnderWayAt(planned, meeting.start);
  return distance(one, other) <= held || isHeldIn(one, other) || isHeldIn(other, one);
}

/** What was over before the other begins is none that is told of; but a meeting may begin when it was to be over. */
function isOverBefore(one: Told, other: Told): boolean {
  const isOver = Temporal.Instant.compare(one.end, other.start) <= 0 && !one.start.equals(other.start);
  return isOver && other.source !== 'meeting';
}

/** Whether it has begun at a moment and is not over yet. */
export function isUnderWayAt({ start, end }: Omit<Told, 'source'>, moment: Temporal.Instant): boolean {
  return Temporal.Instant.compare(start, moment) <= 0 && Temporal.Instant.compare(moment, end) < 0;
}

function distance(one: Told, other: Told): number {
  return Math.abs(one.start.since(other.start).total('minutes'));
}
