import type { Effect } from '../../chat/effect.ts';
import type { Due, Page, Sheet } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import type { Language } from '../../chat/request.ts';
import { takeBack } from '../fatigue/budget-store.ts';
import type { Follow } from '../follow-ups/follow-ups.ts';
import { castBallot, takersAmong } from './ballot-store.ts';
import { inWords } from './cards.ts';
import { followGrade } from './follow-feature.ts';
import { answeredSheet, answerSheet, endedSheet, unmailedCard } from './invitation-cards.ts';
import { findInvitation, type Invitation, uninvite, voterOf } from './invitation-store.ts';
import { linkTo, wordsOf } from './inviting-feature.ts';
import { wordsFor } from './people-feature.ts';
import { type Poll, subjectOf, voteRefusal } from './polls.ts';
import { addInvited, findPoll, holdPoll } from './store.ts';
import { readGrade, readWhy } from './vote-feature.ts';
import { castVote, findVote, keepWhy } from './vote-store.ts';

/** A mail could not be delivered: the one who asked gets the link, to send it otherwise. */
export async function unmailed(due: Due): Promise<Effect[]> {
  const found = await invitedTo(due);
  if (found?.poll.state !== 'open') return [];
  const { invitation, poll } = found;
  if (poll.anonymous) {
    // Nobody may have his link; so that he can be invited again, he was not.
    await uninvite(due.tx, due.tenant, invitation.id);
    await takeBack(due, { email: invitation.address }, subjectOf(poll.kind), invitation.invitedAt);
    await addInvited(due.tx, due.tenant, poll.id, -1);
  }
  const link = poll.anonymous ? undefined : linkTo(due, poll, invitation.id);
  const card = unmailedCard(await wordsFor(due, poll.asker, poll.timeZone), invitation.address, link);
  return [{ do: 'post', to: { person: poll.asker.id }, card, audience: 'internal', resend: false }];
}

async function invitedTo(
  { tx, tenant, subject }: Due,
  { hold } = { hold: false },
): Promise<{ invitation: Invitation; poll: Poll } | undefined> {
  const invitation = await findInvitation(tx, tenant, subject, { hold });
  // Held, so that it cannot close between this look and the vote.
  const poll = invitation && (await (hold ? holdPoll : findPoll)(tx, tenant, invitation.poll));
  return invitation && poll && { invitation, poll };
}

/** The page on which somebody without this chat answers, once. */
export function answerPage(follow: Follow): Page {
  return {
    async show(due, language) {
      const found = await invitedTo(due);
      if (!found) throw new Refusal('error.poll-gone');
      return sheetOf(due, found.invitation, found.poll, language);
    },
    async send(due, fields, language) {
      const found = await invitedTo(due, { hold: true });
      if (!found) throw new Refusal('error.poll-gone');
      const { invitation, poll } = found;
      const words = wordsOf({ language: language ?? invitation.language }, poll);
      if (await isOver(due, invitation, poll))
        return { sheet: await sheetOf(due, invitation, poll, language), effects: [] };
      const why = readWhy(fields.why);
      const grade = readGrade(poll, fields.grade);
      if (grade === undefined) throw new Refusal('error.poll-no-grade', {}, { field: 'grade' });
      return {
        sheet: answeredSheet(poll, words),
        effects: await keep(follow, due, poll, invitation, { grade, why }),
      };
    },
  };
}

async function keep(
  follow: Follow,
  due: Due,
  poll: Poll,
  invitation: Invitation,
  { grade, why }: { grade: number; why: string | undefined },
): Promise<Effect[]> {
  const { tx, tenant, now } = due;
  const voter = voterOf(invitation);
  if (poll.anonymous) {
    await castBallot(tx, tenant, poll.id, voter.id, { grade, why });
    return [];
  }
  const { before } = await castVote(tx, tenant, poll.id, voter, grade, now);
  if (why) await keepWhy(tx, tenant, poll.id, voter.id, why);
  return followGrade(follow, due, poll, voter, { before, grade });
}

async function isOver(due: Due, invitation: Invitation, poll: Poll): Promise<boolean> {
  return voteRefusal(poll, { outsider: true }, due.now) !== undefined || hasAnswered(due, invitation, poll);
}

async function hasAnswered({ tx, tenant }: Due, invitation: Invitation, poll: Poll): Promise<boolean> {
  const { id } = voterOf(invitation);
  if (!poll.anonymous) return (await findVote(tx, tenant, poll.id, id)) !== undefined;
  return poll.state === 'open' && (await takersAmong(tx, tenant, poll.id, [id])).has(id);
}

async function sheetOf(
  due: Due,
  invitation: Invitation,
  poll: Poll,
  language: Language | undefined,
): Promise<Sheet> {
  const words = wordsOf({ language: language ?? invitation.language }, poll);
  if (await hasAnswered(due, invitation, poll)) return answeredSheet(poll, words);
  const over = voteRefusal(poll, { outsider: true }, due.now) !== undefined;
  const read = inWords(poll, words);
  return over ? endedSheet(read, words) : answerSheet(read, words);
}
