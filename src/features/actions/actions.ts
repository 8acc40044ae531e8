import type { Colleague } from '../clients/clients.ts';

/** What the team does so that a client grades something higher. Pure. */

/** dropped: nobody is going to do it. */
export type ActionState = 'open' | 'done' | 'dropped';

/** told: we posted it in the client's channel. noticed: he saw it by himself. not-yet: he did not. */
export type Shown = 'told' | 'noticed' | 'not-yet';

export type Action = {
  id: string;
  client: string;
  /** What it is to raise: a KTI, in the words in which the client graded it. */
  kti: string;
  /** Which one of the catalogue; undefined when it is of one's own. */
  catalogue: string | undefined;
  /** What is done: own words, or what the catalogue called it when it began, in the words of whoever began it. */
  title: string;
  owner: Colleague;
  due: Temporal.PlainDate;
  /** How the client will notice it: an effort that he does not see does not count. */
  notice: string;
  /** With whom it was talked over beforehand, or what. */
  consulted: string | undefined;
  state: ActionState;
  startedBy: Colleague;
  startedAt: Temporal.Instant;
  /** One more with each change of its owner or day: whoever changes those says which he has seen. */
  revision: number;
  /** Who did it, or dropped it, and when it was done. */
  endedBy: Colleague | undefined;
  doneAt: Temporal.Instant | undefined;
  /** Why it was dropped. */
  reason: string | undefined;
  /** Whether the client saw it; undefined: nobody has said so yet. */
  shown: Shown | undefined;
  /** When he was told, or was said to have noticed. */
  shownAt: Temporal.Instant | undefined;
  /** By what he noticed, or how he is going to. */
  shownNote: string | undefined;
};

export const limits = {
  title: 150,
  notice: 300,
  consulted: 150,
  reason: 300,
  note: 300,
  said: 500,
  did: 500,
};

export function isOpen({ state }: Pick<Action, 'state'>): boolean {
  return state === 'open';
}

/** Whether it was done since then, while the client has not seen it as far as is known. */
export function isUnseen(
  { doneAt, shown }: Pick<Action, 'doneAt' | 'shown'>,
  since: Temporal.Instant,
): boolean {
  if (!doneAt || Temporal.Instant.compare(doneAt, since) < 0) return false;
  return shown === undefined || shown === 'not-yet';
}

/** How many days its day is past, by this day; 0 or less: it is not. */
export function daysLate({ due }: Pick<Action, 'due'>, today: Temporal.PlainDate): number {
  return due.until(today, { largestUnit: 'days' }).days;
}

/** The most urgent first; of one day the one that began first. */
export function byUrgency(one: Action, other: Action): number {
  return Temporal.PlainDate.compare(one.due, other.due) || (one.id < other.id ? -1 : 1);
}
