import type { Colleague } from '../clients/clients.ts';

/** The daily start of a team: a quarter of an hour in the morning about its clients. Pure. */

/** One morning in one channel. */
export type Start = {
  id: string;
  place: string;
  placeName: string | undefined;
  openedAt: Temporal.Instant;
  closesAt: Temporal.Instant;
  closedAt: Temporal.Instant | undefined;
  /** Since when the team was not told anything. */
  since: Temporal.Instant;
  /** What other capabilities told as it began. */
  lines: Lines;
  /** Which of its messages stands in the channel now: from 0, and one more each time that it is put below the others. */
  posting: number;
};

export type Lines = {
  news: string[];
  today: string[];
  /** Once it is over: the ids of what came in it, so that it says the same whenever something is added. */
  items?: string[] | undefined;
};

/** Somebody who took part. */
export type Part = {
  person: Colleague;
  /** How he thinks the team stands, from 1 to 5. */
  mood: number | undefined;
};

/** What somebody said that the team learned. */
export type Learned = { text: string; by: Colleague };

/** What somebody takes upon himself: what, and until which day. */
export type Deed = {
  id: string;
  start: string;
  place: string;
  what: string;
  owner: Colleague;
  until: Temporal.PlainDate;
  doneAt: Temporal.Instant | undefined;
};

export const moods = { from: 1, to: 5, signs: ['😟', '😕', '😐', '😊', '😀'] } as const;

export const limits = {
  text: 300,
  /** As many letters of each quote of a summary, and of what somebody takes on or has learned in a card. */
  quote: 300,
  said: 120,
  /** Of each kind of things that stand in one card, and as many letters of each. */
  listed: 4,
  letters: 80,
  /** Of what other capabilities tell, of each kind. */
  lines: 5,
  /** Working days ahead until which one can take something upon oneself. */
  ahead: 10,
  minutes: { usual: 60, from: 10, to: 480 },
  /** Fewer moods than this are not shown: it would be somebody’s own. */
  fewestMoods: 3,
};

/** The mean of the moods, and how often each was given; undefined while they are too few to be the team’s. */
export function moodOf(parts: Pick<Part, 'mood'>[]): { mean: number; counts: number[] } | undefined {
  const given = parts.flatMap(({ mood }) => mood ?? []);
  if (given.length < limits.fewestMoods) return undefined;
  const counts = moods.signs.map((_, at) => given.filter((mood) => mood === at + 1).length);
  return { mean: given.reduce((sum, mood) => sum + mood, 0) / given.length, counts };
}
