import type { Followed } from '../../chat/contributions.ts';
import type { Effect } from '../../chat/effect.ts';
import type { Follow, Matter } from '../follow-ups/follow-ups.ts';
import { nameOf, whereOf } from './cards.ts';
import { groupOf, type Kind, type Poll, scales } from './polls.ts';
import type { At } from './question-feature.ts';
import { findPoll } from './store.ts';
import { findVote } from './vote-store.ts';

/**
 * What was answered under a name. Of a question that was withdrawn nobody is told again, but who gave it may be called
 * still.
 */
export const followed: Followed = {
  kind: 'polls',
  async about({ tx, tenant }, { subject, person }, { say }) {
    const [poll, given] = [await findPoll(tx, tenant, subject), await findVote(tx, tenant, subject, person)];
    if (!poll || !given) return undefined;
    return {
      name: given.name ?? '',
      grade: given.grade,
      to: scales[poll.kind].to,
      why: given.why,
      where: [nameOf(poll.kind, say), ...whereOf(poll, say)].join(' · '),
      isLow: poll.state !== 'cancelled' && isLow(poll.kind, given.grade),
    };
  },
};

function isLow(kind: Kind, grade: number | undefined): boolean {
  return grade !== undefined && groupOf(kind, grade) === 'low';
}

function matterOf({ id, asker: { id: person, name }, timeZone }: Poll): Matter {
  return { followed, subject: id, owner: { id: person, name }, timeZone };
}

/** A grade was given under a name: who asked hears of an unfavourable one at once. */
export function followGrade(
  follow: Follow,
  at: At,
  poll: Poll,
  voter: { id: string },
  { before, grade }: { before: number | undefined; grade: number },
): Promise<Effect[]> {
  const is = { isLow: isLow(poll.kind, grade), wasLow: isLow(poll.kind, before) };
  return follow.graded(at, matterOf(poll), voter, is);
}

/** The reason came after the grade: it belongs on the owner's card. */
export async function followWhy(
  follow: Follow,
  at: At,
  poll: Poll,
  voter: { id: string },
  grade: number,
): Promise<Effect[]> {
  return isLow(poll.kind, grade) ? follow.explained(at, matterOf(poll), voter) : [];
}
