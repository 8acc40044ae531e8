import { type Conversation, usualMinutes } from './conversations.ts';
import { isUnderWayAt, nearestOf } from './same-rules.ts';

/** Meetings of the platform's own: which conversation one is, and when it is over. Pure. */

/** A meeting as it took place last; without an end it is under way. */
export type Kept = {
  conversation: string;
  start: Temporal.Instant;
  end: Temporal.Instant | undefined;
};

/** So long everybody may be out of a meeting. */
const away = 30;
/** So long after the conversation was to end, its meeting is taken to be over though nobody said so. */
const longestOver = 2 * 60;
/** No meeting takes longer, and nothing is told of one later. */
const longest = 24 * 60;

/** Whether a platform tells of a moment at all, and not of some other day. */
export function isNear(moment: Temporal.Instant, now: Temporal.Instant): boolean {
  return Math.abs(minutesFrom(moment, now)) <= longest;
}

/**
 * What a beginning is to the last time that the meeting took place. known: told before. resumed: everybody had left, and
 * came back. another: a time of its own.
 */
export function beginningOf(
  before: Pick<Kept, 'start' | 'end'> | undefined,
  start: Temporal.Instant,
): 'known' | 'resumed' | 'another' {
  if (!before) return 'another';
  const { end } = before;
  if (minutesFrom(before.start, start) <= 0 || (end && minutesFrom(end, start) < 0)) return 'known';
  if (end) return minutesFrom(end, start) <= away ? 'resumed' : 'another';
  return minutesFrom(before.start, start) < longest ? 'known' : 'another';
}

/** What an ending is to it: of this time, told before, or of one whose beginning nobody told. */
export function endingOf(
  before: Pick<Kept, 'start' | 'end'> | undefined,
  end: Temporal.Instant,
): 'its' | 'known' | 'another' {
  if (!before) return 'another';
  if (before.end) return minutesFrom(before.end, end) <= 0 ? 'known' : 'another';
  const minutes = minutesFrom(before.start, end);
  return minutes >= 0 && minutes <= longest ? 'its' : 'another';
}

/** The conversation that a meeting is: one under way then, or else one that nobody answered for yet. */
export function heldIn(conversations: Conversation[], start: Temporal.Instant): Conversation | undefined {
  const fitting = conversations.filter(
    (one) => !one.answer || (one.answer.outcome !== 'cancelled' && isUnderWayAt(one, start)),
  );
  return nearestOf(fitting, { start, end: start.add({ minutes: usualMinutes }), source: 'meeting' });
}

/** Whether the meeting of a conversation goes on; not for ever, as its end may never be told. */
export function isUnderWay(
  meeting: Kept | undefined,
  { end }: Pick<Conversation, 'end'>,
  now: Temporal.Instant,
): boolean {
  return meeting !== undefined && meeting.end === undefined && minutesFrom(end, now) < longestOver;
}

/** Whether a conversation ended when its meeting did, and not when its calendar says. */
export function endedWith(meeting: Kept | undefined, { end }: Pick<Conversation, 'end'>): boolean {
  return meeting?.end?.equals(end) ?? false;
}

function minutesFrom(one: Temporal.Instant, other: Temporal.Instant): number {
  return other.since(one).total('minutes');
}
