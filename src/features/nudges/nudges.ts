import type { Reason } from '../../chat/contributions.ts';
import { type Desk, desksOf, togetherMinutes, type Window } from './desk-rules.ts';
import { hour, isBefore, mayBeReached, minute, nextReachable, type Reach, reaches } from './moments-rules.ts';

/** Who of the team is nudged about what, and when. Pure. */

/** One of the team. */
export type Reachable = {
  id: string;
  timeZone: string;
  /** 1 for Monday to 7. */
  workdays: number[];
  /** 'HH:MM' by his clock, on one day; at exactly `to` he may still be reached. */
  hours: { from: string; to: string };
  /** Whose public holidays he keeps, as in ISO 3166-1; '' for none. */
  country: string;
  /** His own date, as in ISO 8601, on which nudges begin again by themselves. */
  pausedUntil: string | undefined;
  /** Clients of which he hears nothing. */
  muted: string[];
};

/**
 * start, end: in milliseconds, as there are many of them. people: of the team, the one to be asked afterwards first. asked:
 * somebody was asked about it, whoever it was.
 */
export type Talk = {
  id: string;
  client: string;
  start: number;
  end: number;
  people: string[];
  asked: boolean;
  answered: boolean;
};

/** again: reasons that he wanted to hear of later; apart, as they do not count against the one between a day. */
export type Kind = 'before' | 'day' | 'after' | 'between' | 'again';

/** keys: of talks, as `talkKey` makes them for before and day, and their ids for after; of reasons for the rest. */
export type Message = { person: string; kind: Kind; keys: string[]; at: Temporal.Instant };
export type Sent = Message;

/** key: of a reason, or the id of a talk of which he was asked. */
export type Snooze = { person: string; key: string; until: Temporal.Instant };

export type Situation = {
  people: Reachable[];
  talks: Talk[];
  reasons: Reason[];
  sent: Sent[];
  snoozes: Snooze[];
};

export type Pace = { beforeMinutes: number; afterMinutes: number };

/** More talks a day than this are told of in one message. */
const mostBriefings = 3;
/** A talk that moved by more minutes than this is told of anew. */
export const movedMinutes = 15;
const mostReasons = 4;
/** Nobody is told of a talk that is so many days away. */
const farthestDays = 14;
/** Seven days, less half of one: a reason told late still comes in the morning of the same day next week. */
export const restHours = 7 * 24 - 12;

/** Something to tell, from this moment on. */
type Matter = { key: string; due: Temporal.Instant };

/**
 * All that becomes due before `until` and was not sent yet, each with its moment, `from` at the earliest. What is due at
 * `until` itself is left to the next window, unless nobody can be reached in that any more.
 */
export function plan(
  situation: Situation,
  from: Temporal.Instant,
  until: Temporal.Instant,
  pace: Pace,
): Message[] {
  const window = { from, until, pace };
  return desksOf(situation, window)
    .filter(({ reach }) => isReached(reach))
    .flatMap((desk) => [
      ...briefings(desk),
      ...inMessages(desk, 'after', [...questions(desk, window), ...askedAgain(desk)]),
      ...inMessages(desk, 'again', comingBack(desk)),
      ...betweens(desk),
    ])
    .toSorted(inOrder);
}

/** Those of these people who may be told something in this window. */
export function reachableIn(
  people: Reachable[],
  from: Temporal.Instant,
  until: Temporal.Instant,
  pace: Pace,
): Reachable[] {
  const reachOf = reaches(from, until, pace.beforeMinutes);
  return people.filter((person) => isReached(reachOf(person)));
}

function isReached({ next, ends }: Reach): boolean {
  return next !== undefined && next.epochMilliseconds < ends;
}

/** The moment up to which talks begin that somebody may be told of in this window. */
export function horizonOf(
  people: Reachable[],
  from: Temporal.Instant,
  until: Temporal.Instant,
  pace: Pace,
): Temporal.Instant {
  const reachOf = reaches(from, until, pace.beforeMinutes);
  const far = people.reduce((most, person) => Math.max(most, reachOf(person).far), from.epochMilliseconds);
  return Temporal.Instant.fromEpochMilliseconds(
    Math.min(far, from.epochMilliseconds + farthestDays * 24 * hour),
  );
}

/** The key of a talk before it: with its start, as a talk that moved is told of anew. */
export function talkKey({ id, start }: Pick<Talk, 'id' | 'start'>): string {
  return `${id}@${new Date(start).toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length)}Z`;
}

/** Up to when a message decides what is told next: that of a talk until that has begun, one of reasons for a week. */
export function mindUntil(kind: Kind, key: string, at: Temporal.Instant): Temporal.Instant {
  const isOfTalk = kind === 'before' || kind === 'day';
  return isOfTalk ? Temporal.Instant.fromEpochMilliseconds(startIn(key) + hour) : at.add({ hours: 24 * 8 });
}

/** When a talk was to begin, by its key; in milliseconds. */
export function startIn(key: string): number {
  return Date.parse(key.slice(key.lastIndexOf('@') + 1));
}

/** Before the talks: a message for each, or one for a full day. */
function briefings(desk: Desk): Message[] {
  if (desk.talks.length === 0) return [];
  const told = toldStarts(desk.sent);
  const talks = desk.talks
    .filter(({ id, start }) => minutesBetween(start, told.get(id)) > movedMinutes)
    .toSorted((one, other) => one.start - other.start || inWords(one.id, other.id));
  const days = Map.groupBy(talks, ({ start }) => desk.reach.startAt(start).date);
  return [...days].flatMap(
    ([date, ofDay]) => fullDay(desk, date, ofDay) ?? ofDay.flatMap((talk) => briefing(desk, talk)),
  );
}

function briefing({ person, reach }: Desk, talk: Talk): Message[] {
  const { at } = reach.startAt(talk.start);
  if (!at || at.epochMilliseconds >= talk.start) return [];
  return [{ person: person.id, kind: 'before', keys: [talkKey(talk)], at }];
}

/** What is told at once of a day's talks; undefined when each is told of by itself. */
function fullDay({ person, reach, sent }: Desk, date: string, talks: Talk[]): Message[] | undefined {
  const [first] = talks;
  if (!first || talks.length <= mostBriefings) return undefined;
  const told = sent.flatMap(({ kind, keys }) => (kind === 'day' ? keys : []));
  if (told.some((key) => reach.startAt(startIn(key)).date === date)) return undefined;
  const at = reach.startAt(first.start).fullDayAt;
  if (!at) return [];
  const keys = talks.filter(({ start }) => at.epochMilliseconds < start).map(talkKey);
  return keys.length > mostBriefings ? [{ person: person.id, kind: 'day', keys, at }] : undefined;
}

/** When each talk was to begin, as he was told last. */
export function toldStarts(sent: Sent[]): Map<string, number> {
  const told = sent.filter(({ kind }) => kind === 'before' || kind === 'day').toSorted(inOrder);
  return new Map(
    told.flatMap(({ keys }) => keys.map((key) => [key.slice(0, key.lastIndexOf('@')), startIn(key)])),
  );
}

/** About the talks that are over: of those that end close to each other at the same moment. */
function questions({ over }: Desk, { pace }: Window): Matter[] {
  const groups: { first: number; last: number; ids: string[] }[] = [];
  for (const { id, end } of over.toSorted(byEnd)) {
    const group = groups.at(-1);
    if (group && minutesBetween(group.first, end) <= togetherMinutes) {
      group.ids.push(id);
      group.last = end;
    } else groups.push({ first: end, last: end, ids: [id] });
  }
  return groups.flatMap(({ last, ids }) => {
    const due = Temporal.Instant.fromEpochMilliseconds(last + pace.afterMinutes * minute);
    return ids.map((key) => ({ key, due }));
  });
}

/** The talks that he wanted to be asked about later. */
function askedAgain({ again, snoozes }: Desk): Matter[] {
  return again.toSorted(byEnd).flatMap(({ id }) => matterOf(id, snoozes));
}

/** The reasons that he wanted to hear of later. */
function comingBack({ reasons, snoozes }: Desk): Matter[] {
  const wanted = reasons.filter(({ key }) => snoozes.has(key));
  return wanted.toSorted(byWeight).flatMap(({ key }) => matterOf(key, snoozes));
}

function matterOf(key: string, snoozes: Desk['snoozes']): Matter[] {
  const due = snoozes.get(key);
  return due ? [{ key, due }] : [];
}

/** The heaviest reasons, once a day, and not in the middle of a talk. */
function betweens({ person, reach, reasons, sent, snoozes, busy }: Desk): Message[] {
  const told = sent.filter(({ kind }) => kind === 'between' || kind === 'again');
  const before = told.length;
  for (const { at: morning, dayBegins } of reach.mornings) {
    if (told.some(({ kind, at }) => kind === 'between' && at.epochMilliseconds >= dayBegins)) continue;
    const rested = morning.epochMilliseconds - restHours * hour;
    const isDue = ({ key, since }: Reason) =>
      !snoozes.has(key) &&
      !isBefore(morning, since) &&
      !told.some(({ keys, at }) => at.epochMilliseconds > rested && keys.includes(key));
    const keys = reasons.filter(isDue).toSorted(byWeight).slice(0, mostReasons);
    const at = outsideTalks(reach.next && isBefore(morning, reach.next) ? reach.next : morning, busy);
    if (keys.length > 0 && at.epochMilliseconds < reach.ends && mayBeReached(person, at))
      told.push({ person: person.id, kind: 'between', keys: keys.map(({ key }) => key), at });
  }
  return told.slice(before);
}

/** This moment, or the end of the talk that he is in by then. */
function outsideTalks(at: Temporal.Instant, busy: Desk['busy']): Temporal.Instant {
  let free = at.epochMilliseconds;
  for (const { start, end } of busy.toSorted((one, other) => one.start - other.start))
    if (start <= free && free < end) free = end;
  return free === at.epochMilliseconds ? at : Temporal.Instant.fromEpochMilliseconds(free);
}

/** One message for all that comes at the same moment in the window. */
function inMessages({ person, reach }: Desk, kind: 'after' | 'again', matters: Matter[]): Message[] {
  const { next, ends } = reach;
  const messages = new Map<number, Message>();
  for (const { key, due } of matters) {
    if (due.epochMilliseconds >= ends) continue;
    const at = next && !isBefore(next, due) ? next : nextReachable(person, due);
    if (!at || at.epochMilliseconds >= ends) continue;
    const message = messages.get(at.epochMilliseconds);
    if (message) message.keys.push(key);
    else messages.set(at.epochMilliseconds, { person: person.id, kind, keys: [key], at });
  }
  return [...messages.values()];
}

const ranks: Record<Kind, number> = { before: 0, day: 0, after: 1, again: 2, between: 3 };

/** What comes in the same minute comes in the order of how soon it is needed. */
function inOrder(one: Message, other: Message): number {
  return (
    minuteOf(one.at.epochMilliseconds) - minuteOf(other.at.epochMilliseconds) ||
    ranks[one.kind] - ranks[other.kind] ||
    Temporal.Instant.compare(one.at, other.at) ||
    inWords(one.person, other.person) ||
    inWords(one.keys.join(), other.keys.join())
  );
}

function byWeight(one: Reason, other: Reason): number {
  const inTime = Temporal.Instant.compare(one.since, other.since);
  return other.weight - one.weight || inTime || inWords(one.key, other.key);
}

function byEnd(one: Talk, other: Talk): number {
  return one.end - other.end || inWords(one.id, other.id);
}

function inWords(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

function minuteOf(at: number): number {
  return Math.floor(at / minute);
}

/** Of moments in milliseconds, by the minutes that a clock shows; without end when one is not there. */
export function minutesBetween(one: number, other: number | undefined): number {
  return other === undefined ? Number.POSITIVE_INFINITY : Math.abs(minuteOf(one) - minuteOf(other));
}
