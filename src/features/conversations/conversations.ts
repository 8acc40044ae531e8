import type { Colleague } from '../clients/clients.ts';

/** What came of one. raised: the client's expectation was spoken of. cancelled: it did not take place. */
export type Outcome = 'raised' | 'not-raised' | 'cancelled';

/** Any talk with a client, planned or not: a meeting, a call, a visit, a lunch. */
export type Conversation = {
  id: string;
  client: string;
  /** As its calendar names it. */
  title: string | undefined;
  start: Temporal.Instant;
  end: Temporal.Instant;
  source: 'typed' | 'calendar' | 'meeting';
  /** Those of the team who take part. */
  people: Colleague[];
  /** Which event of a calendar it is, when it is one. */
  event?: string | undefined;
  /** Who said last what came of it. */
  answer: { outcome: Outcome; by: Colleague; at: Temporal.Instant } | undefined;
};

/** How somebody came to take part: what his calendar brought him into, it takes him out of. */
export type Joined = 'by-hand' | 'by-calendar';

/** What the client said of an expectation; new: of none that is known. */
export const saidKinds = ['new', 'changed', 'met', 'at-risk', 'same'] as const;
export type SaidKind = (typeof saidKinds)[number];

export const limits = { said: 1000, title: 200, ahead: { days: 366 }, back: { days: 62 } };

/** The field in which somebody writes what was said. */
export const saidField = { most: limits.said, field: 'said', empty: 'error.conversation-said' } as const;

/** How long after a conversation it is asked what came of it. */
export const askedAfter = { minutes: 10 };

/** How many minutes before a conversation its briefing comes: when nobody says so, and what can be set. */
export const before = { usual: 30, from: 5, to: 240 };

/** How long a conversation takes when nobody says so. */
export const usualMinutes = 60;

/** Whether it is still to come, or under way. */
export function isAhead(
  { end, answer }: Pick<Conversation, 'end' | 'answer'>,
  now: Temporal.Instant,
): boolean {
  return answer === undefined && Temporal.Instant.compare(end, now) > 0;
}

/** Why a moment is none for a conversation; undefined when it is one. */
export function momentRefusal(
  start: Temporal.Instant,
  now: Temporal.Instant,
): 'far' | 'long-ago' | undefined {
  const hours = start.since(now).total('hours');
  if (hours > limits.ahead.days * 24) return 'far';
  return hours < -limits.back.days * 24 ? 'long-ago' : undefined;
}

/**
 * What the buttons carry of one that took place just now: nothing of it is kept before one is pressed, which may be days
 * later.
 */
export function justNowSubject({ id, client, start }: Pick<Conversation, 'id' | 'client' | 'start'>): string {
  return [id, client, start.epochMilliseconds].join('.');
}

/** When it took place, as such a subject tells; the moment of the press where that cannot be. */
export function tookPlaceAt(subject: string, now: Temporal.Instant): Temporal.Instant {
  const [, , written = ''] = subject.split('.');
  if (!/^\d{12,14}$/.test(written)) return now;
  const start = Temporal.Instant.fromEpochMilliseconds(Number(written));
  return Temporal.Instant.compare(start, now) > 0 || momentRefusal(start, now) ? now : start;
}

/** Of how many conversations it is known, in how many the expectation was raised, and of how many nobody said so. */
export type Coverage = { raised: number; known: number; unknown: number };

type Counted = Pick<Conversation, 'start' | 'end' | 'answer'>;

/** How often the expectation was raised; what did not take place or is not over does not count. */
export function coverageOf(conversations: Counted[], now: Temporal.Instant): Coverage {
  const over = conversations.filter(
    ({ end, answer }) =>
      answer?.outcome !== 'cancelled' && (answer || Temporal.Instant.compare(end, now) <= 0),
  );
  const known = over.filter(({ answer }) => answer !== undefined);
  const raised = known.filter(({ answer }) => answer?.outcome === 'raised');
  return { raised: raised.length, known: known.length, unknown: over.length - known.length };
}

/** In whole percent; undefined while nothing is known. */
export function shareOf({ raised, known }: Coverage): number | undefined {
  return known === 0 ? undefined : Math.round((100 * raised) / known);
}

/** The last so many months until now, the oldest first, each with its conversations. */
export function byMonth<T extends Pick<Conversation, 'start'>>(
  conversations: T[],
  now: Temporal.Instant,
  timeZone: string,
  count: number,
): { month: Temporal.PlainYearMonth; conversations: T[] }[] {
  const last = now.toZonedDateTimeISO(timeZone).toPlainDate().toPlainYearMonth();
  return Array.from({ length: count }, (_, at) => {
    const month = last.subtract({ months: count - 1 - at });
    return {
      month,
      conversations: conversations.filter(({ start }) =>
        start.toZonedDateTimeISO(timeZone).toPlainDate().toPlainYearMonth().equals(month),
      ),
    };
  });
}
