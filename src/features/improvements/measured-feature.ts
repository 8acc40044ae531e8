import type { Asked } from '../../chat/feature.ts';
import { givenOf } from '../actions/since-store.ts';
import { placeOf } from '../clients/access-store.ts';
import { gradesOfRound } from '../kti/grade-store.ts';
import type { Round } from '../kti/kti.ts';
import { readRound } from '../kti/round-store.ts';
import { ktisOf } from '../kti/store.ts';
import { summarise } from '../polls/measure-rules.ts';
import type { Poll } from '../polls/polls.ts';
import { findPoll, lastClosed } from '../polls/store.ts';
import { countAnswers } from '../polls/vote-store.ts';
import type { Answers, Graded, Measured } from './cards.ts';
import type { Improvement } from './improvements.ts';

/** What the client answered about an improvement, and what he last answered before the work began. */

/** The question that was put about it; one that was withdrawn, or that nobody answered, is none. */
export async function questionOf(
  { tx, tenant }: Pick<Asked, 'tx' | 'tenant'>,
  { poll: id }: Pick<Improvement, 'poll'>,
): Promise<Poll | undefined> {
  const poll = id === undefined ? undefined : await findPoll(tx, tenant, id);
  if (poll?.state !== 'closed') return poll?.state === 'cancelled' ? undefined : poll;
  return measured(poll).n > 0 ? poll : undefined;
}

/** The round in which the client was asked for a grade about it; one that was withdrawn, or that nobody answered, is none. */
export async function gradingOf(
  { tx, tenant }: Pick<Asked, 'tx' | 'tenant'>,
  { grading: id }: Pick<Improvement, 'grading'>,
): Promise<Round | undefined> {
  const round = id === undefined ? undefined : await readRound(tx, tenant, id);
  if (round?.state !== 'closed') return round?.state === 'cancelled' ? undefined : round;
  return (await gradesOfRound(tx, tenant, round.id)).length > 0 ? round : undefined;
}

/**
 * What the client gave for the expectation that it serves, in the words of now: in the last round before the work began, and
 * in the last one since.
 */
export async function gradedOf(asked: Asked, one: Improvement): Promise<Graded | undefined> {
  const { tx, tenant } = asked;
  const { client, serves, beganAt } = one;
  if (client === undefined || beganAt === undefined || serves?.kind !== 'expectation') return undefined;
  const round = await gradingOf(asked, one);
  const about = (await ktisOf(tx, tenant, client)).filter(
    ({ source, about }) => source === 'expectation' && about === serves.id,
  );
  const kti = about.toSorted((a, b) => Temporal.Instant.compare(a.askedAt, b.askedAt)).at(-1);
  if (!kti) return undefined;
  const { before, after } = await givenOf(tx, tenant, kti, beganAt);
  const running = round?.state === 'open' && {
    running: { until: round.closesAt, count: (await gradesOfRound(tx, tenant, round.id)).length },
  };
  return { since: beganAt, before, after: after.at(-1), ...running };
}

/** Before and after, each with how many answered; that the one led to the other nobody says. */
export async function answersOf(asked: Asked, one: Improvement): Promise<Answers> {
  const { tx, tenant, platform } = asked;
  if (one.beganAt === undefined || one.client === undefined) return {};
  const poll = await questionOf(asked, one);
  const place = poll?.place ?? (await placeOf(asked, one.client, 'shared'));
  const at = { platform, place: place ?? '' };
  const before = place === undefined ? undefined : await lastClosed(tx, tenant, at, 'csat', one.beganAt);
  const open = poll?.state === 'open' && {
    running: { until: poll.closesAt, count: await countAnswers(tx, tenant, poll.id) },
  };
  return {
    ...(before && { before: measured(before) }),
    ...open,
    ...(poll?.state === 'closed' && { after: measured(poll) }),
  };
}

function measured(poll: Poll): Measured {
  const { counts = [], answered, topic, closesAt: at } = poll;
  const summary = summarise(poll.kind, counts);
  const grades = counts.flatMap((times, index) => Array.from({ length: times }, () => index + 1)).reverse();
  return {
    ...{ n: answered ?? summary.n, score: summary.score, topic, at },
    // So few answers make no figure; without names they are not told apart either.
    grades: summary.score === undefined && !poll.anonymous ? grades : [],
  };
}
