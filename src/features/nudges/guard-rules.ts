import type { Reason } from '../../chat/contributions.ts';
import { heldSnoozes, laySnooze } from './desk-rules.ts';
import {
  bestBriefing,
  dateOf,
  hour,
  isBefore,
  isStillReached,
  lastReachable,
  minute,
  morningOf,
  oldest,
} from './moments-rules.ts';
import {
  type Message,
  minutesBetween,
  movedMinutes,
  type Pace,
  type Reachable,
  restHours,
  type Sent,
  type Situation,
  startIn,
  type Talk,
  talkKey,
  toldStarts,
} from './nudges.ts';

/**
 * A message is planned up to a quarter of an hour ahead, and may wait for much longer when Belay was away: what of it is
 * still to be said is decided anew when its moment is there. Pure. It is never stricter than the plan is, because what it
 * leaves is for the next plan to tell.
 */

/** Who it is for, and all about him. */
type Desk = {
  person: Reachable;
  talks: Map<string, Talk>;
  reasons: Map<string, Reason>;
  sent: Sent[];
  snoozes: Map<string, Temporal.Instant>;
  now: Temporal.Instant;
};

/** Which keys of a message that was planned are still to be told at this moment; none: nothing is sent. */
export function stillToTell(
  { person: id, kind, keys }: Omit<Message, 'at'>,
  situation: Situation,
  now: Temporal.Instant,
  pace: Pace,
): string[] {
  const person = situation.people.find((one) => one.id === id);
  if (!person || !isStillReached(person, now)) return [];
  const desk = deskOf(person, situation, now);
  switch (kind) {
    case 'before':
    case 'day':
      return briefings(desk, kind, keys, pace);
    case 'after':
      return keys.filter((key) => isStillAsked(desk, key, pace));
    case 'between':
      return isTold(desk) || isTalking(desk) ? [] : keys.filter((key) => isStillWaiting(desk, key));
    case 'again':
      return keys.filter((key) => {
        const later = desk.snoozes.get(key);
        return holds(desk, key) && later !== undefined && !isBefore(now, later);
      });
  }
}

function deskOf(person: Reachable, situation: Situation, now: Temporal.Instant): Desk {
  const isHis = (one: { person: string }) => one.person === person.id;
  const snoozes = new Map<string, Temporal.Instant>();
  const desk = {
    ...{ person, snoozes, now, sent: situation.sent.filter(isHis) },
    talks: new Map(situation.talks.map((talk) => [talk.id, talk])),
    reasons: new Map(situation.reasons.map((reason) => [reason.key, reason])),
  };
  for (const one of heldSnoozes(situation.snoozes.filter(isHis), situation.reasons)) laySnooze(one, desk);
  return desk;
}

function isHeard({ id, muted }: Reachable, who: string[], client: string | undefined): boolean {
  return who.includes(id) && (client === undefined || !muted.includes(client));
}

/** Of a talk that stands as it was planned, has not begun, and of which he was told nothing else. */
function briefings({ person, talks, sent, now }: Desk, kind: 'before' | 'day', keys: string[], pace: Pace) {
  const told = toldStarts(sent);
  const left = keys.filter((key) => {
    const talk = talks.get(key.slice(0, key.lastIndexOf('@')));
    if (!talk || talkKey(talk) !== key || !isHeard(person, talk.people, talk.client)) return false;
    return now.epochMilliseconds < talk.start && minutesBetween(talk.start, told.get(talk.id)) > movedMinutes;
  });
  const dateIn = (key: string) => dateOf(person, instantIn(key)).toString();
  const dates = new Set(keys.map(dateIn));
  const isOfDay = (key: string) => dates.has(dateIn(key));
  if (kind === 'before' || !sent.some((one) => one.kind === 'day' && one.keys.some(isOfDay))) return left;
  // What has come beside a full day that he was told of comes by itself, in its time.
  return left.filter((key) => {
    const best = lastReachable(person, bestBriefing(person, instantIn(key), pace.beforeMinutes));
    return best && !isBefore(now, best);
  });
}

function instantIn(key: string): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(startIn(key));
}

/** Of a talk that is over, that nobody has answered for, and that nobody was asked about: or he, who wants it again. */
function isStillAsked({ person, talks, snoozes, now }: Desk, id: string, pace: Pace): boolean {
  const talk = talks.get(id);
  if (!talk || talk.answered || !isHeard(person, talk.people, talk.client)) return false;
  const later = snoozes.get(id);
  const due = later?.epochMilliseconds ?? talk.end + pace.afterMinutes * minute;
  if (due > now.epochMilliseconds || (talk.asked && !later)) return false;
  return (later?.epochMilliseconds ?? talk.end) >= oldest(person, now);
}

/** Whether he was told today what waits. */
function isTold({ person, sent, now }: Desk): boolean {
  const { dayBegins } = morningOf(person, dateOf(person, now));
  return sent.some(({ kind, at }) => kind === 'between' && at.epochMilliseconds >= dayBegins);
}

/** Whether he is in a talk. */
function isTalking({ person, talks, now }: Desk): boolean {
  const at = now.epochMilliseconds;
  return [...talks.values()].some(
    ({ people, start, end }) => people.includes(person.id) && start <= at && at < end,
  );
}

/** Of a reason that he has not put off, and was not told of lately. */
function isStillWaiting(desk: Desk, key: string): boolean {
  const rested = desk.now.epochMilliseconds - restHours * hour;
  const isLate = ({ keys, at }: Sent) => at.epochMilliseconds > rested && keys.includes(key);
  const told = desk.sent.filter(({ kind }) => kind === 'between' || kind === 'again');
  return holds(desk, key) && !desk.snoozes.has(key) && !told.some(isLate);
}

function holds({ person, reasons, now }: Desk, key: string): boolean {
  const reason = reasons.get(key);
  return reason !== undefined && isHeard(person, reason.who, reason.client) && !isBefore(now, reason.since);
}
