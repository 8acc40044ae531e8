import type { Reason } from '../../chat/contributions.ts';
import { isBefore, minute, type Reach, reaches } from './moments-rules.ts';
import type { Pace, Reachable, Sent, Situation, Snooze, Talk } from './nudges.ts';

/** What lies before each of the team: the talks, reasons and messages that are his. Pure. */

/** Talks that end within so many minutes of the first are asked about together. */
export const togetherMinutes = 120;

/** The span of time that is planned. */
export type Window = { from: Temporal.Instant; until: Temporal.Instant; pace: Pace };
/**
 * All about one person. talks: that he may be told of; over: that he is to be asked about; again: and once more; busy:
 * when he is in one, in milliseconds.
 */
export type Desk = {
  person: Reachable;
  reach: Reach;
  talks: Talk[];
  over: Talk[];
  again: Talk[];
  busy: { start: number; end: number }[];
  reasons: Reason[];
  sent: Sent[];
  snoozes: Map<string, Temporal.Instant>;
};
/** Gives each what concerns him. */
export function desksOf({ people, talks, reasons, sent, snoozes }: Situation, window: Window): Desk[] {
  const reachOf = reaches(window.from, window.until, window.pace.beforeMinutes);
  const desks = new Map<string, Desk>();
  const nothing = () => ({
    ...{ talks: [], over: [], again: [], busy: [], reasons: [], sent: [] },
    snoozes: new Map(),
  });
  for (const person of people) desks.set(person.id, { person, reach: reachOf(person), ...nothing() });
  for (const one of sent) desks.get(one.person)?.sent.push(one);
  for (const one of heldSnoozes(snoozes, reasons)) laySnooze(one, desks.get(one.person));
  for (const reason of reasons)
    for (const desk of desksFor(reason.who, reason.client, desks)) desk.reasons.push(reason);
  layTalks(talks, desks, window);
  return [...desks.values()];
}

/** The people of these who hear of this client. */
function desksFor(ids: string[], client: string | undefined, desks: Map<string, Desk>): Desk[] {
  const found: Desk[] = [];
  for (const id of ids) {
    const desk = desks.get(id);
    const isMuted = client !== undefined && desk?.person.muted.includes(client);
    if (desk && !isMuted && !found.includes(desk)) found.push(desk);
  }
  return found;
}

/** Without those of a reason that has ended since and come back: it is a new one, of which nothing was put off. */
export function heldSnoozes(snoozes: Snooze[], reasons: Reason[]): Snooze[] {
  if (snoozes.length === 0) return snoozes;
  const begun = new Map(reasons.map(({ key, since }) => [key, since]));
  return snoozes.filter(({ key, until }) => {
    const since = begun.get(key);
    return !since || !isBefore(until, since);
  });
}

/** Keeps the last moment of those until which he wants to hear nothing of it; none when he has heard of it since. */
export function laySnooze({ key, until }: Snooze, desk: Pick<Desk, 'sent' | 'snoozes'> | undefined): void {
  const other = desk?.snoozes.get(key);
  const isOver = desk?.sent.some(({ keys, at }) => keys.includes(key) && !isBefore(at, until));
  if (!isOver && (!other || isBefore(other, until))) desk?.snoozes.set(key, until);
}

/** Gives each talk to all who are told of it before, or to the one who is asked about it. */
function layTalks(talks: Talk[], desks: Map<string, Desk>, { from, until, pace }: Window): void {
  const all = [...desks.values()];
  const snoozed = new Set(all.flatMap(({ snoozes }) => [...snoozes.keys()]));
  const far = all.reduce((most, { reach }) => Math.max(most, reach.far), 0);
  const old = all.reduce((least, { reach }) => Math.min(least, reach.old), Number.POSITIVE_INFINITY);
  const [now, latest] = [from.epochMilliseconds, until.epochMilliseconds + togetherMinutes * minute];
  for (const talk of talks) {
    const { start, end } = talk;
    const isAhead = start > now && start < far;
    const isNew = end >= old && end <= latest && !talk.asked;
    const isOver = !talk.answered && (isNew || snoozed.has(talk.id));
    if (start < until.epochMilliseconds && end > now)
      for (const id of talk.people) desks.get(id)?.busy.push({ start, end });
    // Most talks concern nobody in this window, which is cheaper to see before looking at their people.
    if (!isAhead && !isOver) continue;
    const staff = desksFor(talk.people, talk.client, desks);
    if (isAhead) for (const desk of staff) if (start < desk.reach.far) desk.talks.push(talk);
    if (isOver) layQuestion(talk, staff, isNew, Math.max(end + pace.afterMinutes * minute, now));
  }
}

function layQuestion(talk: Talk, staff: Desk[], isNew: boolean, due: number): void {
  // Who wants to hear of it later has been asked; nobody is asked beside him.
  const snoozer = staff.find(({ snoozes }) => snoozes.has(talk.id));
  const later = snoozer?.snoozes.get(talk.id);
  const first = staff.find(({ reach }) => reach.next && reach.resumes <= due);
  if (snoozer && later) {
    if (later.epochMilliseconds >= snoozer.reach.old) snoozer.again.push(talk);
  } else if (isNew && first && talk.end >= first.reach.old) first.over.push(talk);
}
