/** What a one-question poll is, and who may do what with it. Pure: no I/O, no clock. */

/** satisfaction, trust and binding together make loyalty; each is a poll of its own. */
export type Kind = 'nps' | 'ces' | 'csat' | 'satisfaction' | 'trust' | 'binding';

/** What people call them: the word a command begins with. */
export type Subject = 'nps' | 'ces' | 'csat' | 'loyalty';

/** The kinds that a subject asks, one after the other. */
export const kindsOf = {
  nps: ['nps'],
  ces: ['ces'],
  csat: ['csat'],
  loyalty: ['satisfaction', 'trust', 'binding'],
} as const satisfies Record<Subject, readonly Kind[]>;

export function subjectOf(kind: Kind): Subject {
  return kind === 'nps' || kind === 'ces' || kind === 'csat' ? kind : 'loyalty';
}

const agreement = { from: 1, to: 7, high: 5, low: 3 };

/**
 * Each kind's grades, and which of them are favourable (`high` and up) and unfavourable (`low` and down). NPS: Reichheld
 * 2003. CES: 5–7 of 7, after Dixon's CES 2.0 (2013). CSAT: the two highest of 5.
 */
export const scales: Record<Kind, { from: number; to: number; high: number; low: number }> = {
  nps: { from: 0, to: 10, high: 9, low: 6 },
  ces: agreement,
  csat: { from: 1, to: 5, high: 4, low: 2 },
  satisfaction: agreement,
  trust: agreement,
  binding: agreement,
};

/** Of the NPS: promoters, passives and detractors. */
export type Group = 'high' | 'middle' | 'low';

export function groupOf(kind: Kind, grade: number): Group {
  const { high, low } = scales[kind];
  if (grade >= high) return 'high';
  return grade > low ? 'middle' : 'low';
}

export type PollState = 'open' | 'closed' | 'cancelled';

/** The question as it was put, which may read otherwise by now. */
export type Wording = { question: string; low: string; high: string };

export type Poll = {
  id: string;
  kind: Kind;
  wording: Wording;
  /** Nobody can tell who answered what, not even from the database. */
  anonymous: boolean;
  /** The series that it is a round of. */
  series: string | undefined;
  place: string;
  placeName: string | undefined;
  /** Asked where the client's people are: only they count, and the team gets the result first. */
  shared: boolean;
  topic: string | undefined;
  language: 'nl' | 'en';
  asker: Asker;
  /** The clock by which its times are told. */
  timeZone: string;
  /** How many people could answer when it was asked, where the platform told. */
  invited: number | undefined;
  askedAt: Temporal.Instant;
  closesAt: Temporal.Instant;
  state: PollState;
  /** The client has been shown the result. */
  resultShared: boolean;
  /** How often each grade was given, from the scale's lowest up, as counted when it closed. */
  counts: number[] | undefined;
  /** How many had answered when it closed. */
  answered: number | undefined;
  /** How many of them with a reason. */
  reasons: number | undefined;
};

/** Below so many answers a score says nothing, and of an anonymous poll nothing is said at all. */
export const fewest = 5;

export type Asker = { id: string; name: string; language: 'nl' | 'en' };

/** The name under which a poll's message is found again. */
export function keyOf(poll: { id: string }): string {
  return `poll:${poll.id}`;
}

/** One person's answer; of an anonymous poll without the person. */
export type Answer = { name: string | undefined; grade: number; why: string | undefined };

export const limits = { topic: 150, why: 1000, days: 90, addresses: 50 };

/** When a poll asked now closes: the same hour so many days, weeks or months later, by the place's own clock. */
export function closingTime(
  now: Temporal.Instant,
  period: Temporal.Duration,
  timeZone: string,
): Temporal.Instant {
  return now.toZonedDateTimeISO(timeZone).add(period).toInstant();
}

/** Why this person's vote does not count here; undefined when it does. */
export function voteRefusal(
  poll: Poll,
  voter: { outsider: boolean; unknown?: boolean | undefined },
  now: Temporal.Instant,
): 'closed' | 'cancelled' | 'own-team' | 'unknown-voter' | undefined {
  if (poll.state !== 'open') return poll.state;
  if (Temporal.Instant.compare(now, poll.closesAt) >= 0) return 'closed';
  if (poll.shared && voter.unknown) return 'unknown-voter';
  return poll.shared && !voter.outsider ? 'own-team' : undefined;
}

/** Whoever asked may close or cancel, and an admin. */
export function mayEnd(
  poll: { asker: { id: string } },
  person: { id: string; admin: boolean; outsider: boolean },
): boolean {
  return !person.outsider && (person.admin || person.id === poll.asker.id);
}
