import { line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { typedText } from '../../chat/typed-text.ts';
import { readers } from '../../chat/voice.ts';
import { isMember } from '../../store/places.ts';
import type { Follow } from '../follow-ups/follow-ups.ts';
import { castBallot, takersAmong } from './ballot-store.ts';
import { inWords, ofPoll, questionCard } from './cards.ts';
import { followGrade, followWhy } from './follow-feature.ts';
import { keyOf, limits, type Poll, scales, voteRefusal } from './polls.ts';
import { holdPoll } from './store.ts';
import { ballotForm, thanksCard, votedCard, whyForm } from './vote-cards.ts';
import { castVote, countAnswers, findVote, keepWhy } from './vote-store.ts';

/** How long votes are gathered before the open card's count is brought up to date. */
const countEvery = { seconds: 10 };

/** The poll a person answers: it must stand where he is, or where he is a member when he answers its reminder. */
async function answerable(asked: Asked, id: string): Promise<Poll> {
  const { tx, tenant, platform, place, person, now } = asked;
  const poll = await holdPoll(tx, tenant, id);
  if (!poll) throw new Refusal('error.poll-gone');
  const here =
    poll.place === place.id ||
    (place.kind === 'direct' && (await isMember(tx, platform, tenant, poll.place, person.id)));
  if (!here) throw new Refusal('error.poll-gone');
  // Put to the team; that clients read along by now does not make it theirs.
  if (place.shared && !poll.shared && place.kind === 'channel' && person.outsider)
    throw new Refusal('error.members-only');
  const refusal = voteRefusal(poll, person, now);
  if (refusal) throw new Refusal(`error.poll-${refusal}`);
  return poll;
}

/** A grade of this poll's scale, as it came; undefined when it is none. */
export function readGrade({ kind }: Poll, text: string | undefined): number | undefined {
  const { from, to } = scales[kind];
  const grade = /^\d{1,2}$/.test(text ?? '') ? Number(text) : undefined;
  return grade !== undefined && grade >= from && grade <= to ? grade : undefined;
}

/** A reason, as it came. Throws a Refusal when it is too long. */
export function readWhy(text: string | undefined): string | undefined {
  return typedText(text, { most: limits.why, field: 'why' });
}

/** One press: a grade under his name. */
export async function vote(
  asked: Asked,
  { subject, detail }: { subject: string; detail: string },
  follow: Follow,
): Promise<Effect[]> {
  const poll = await answerable(asked, subject);
  const grade = readGrade(poll, detail);
  if (grade === undefined || poll.anonymous) throw new Refusal('error.button-unknown');
  const { tx, tenant, person, now, say } = asked;
  const { why, before } = await castVote(tx, tenant, poll.id, person, grade, now);
  return [
    answer(votedCard(poll, readers(asked), grade, why), 'person', whyForm(poll, say, grade, why)),
    { do: 'later', job: 'polls.count', subject: poll.id, at: now.add(countEvery), once: true },
    ...(await followGrade(follow, asked, poll, person, { before, grade })),
  ];
}

export async function changeVote(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const poll = await answerable(asked, subject);
  const given = await findVote(asked.tx, asked.tenant, poll.id, asked.person.id);
  const words = readers(asked);
  return [answer(questionCard(inWords(poll, words), words, 0, given?.grade), 'person')];
}

export async function askWhy(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const poll = await answerable(asked, subject);
  const given = await findVote(asked.tx, asked.tenant, poll.id, asked.person.id);
  if (!given) throw new Refusal('error.poll-no-vote');
  return [{ do: 'ask', form: whyForm(poll, asked.say, given.grade, given.why) }];
}

/** The reason that follows a grade. */
export async function keepReason(
  asked: Asked,
  { subject, fields }: { subject: string; fields: Record<string, string> },
  follow: Follow,
): Promise<Effect[]> {
  const why = readWhy(fields.why);
  const poll = await answerable(asked, subject);
  const { tx, tenant, person } = asked;
  if (!(await keepWhy(tx, tenant, poll.id, person.id, why))) throw new Refusal('error.poll-no-vote');
  const given = await findVote(tx, tenant, poll.id, person.id);
  const grade = given?.grade ?? 0;
  return [
    answer(thanksCard(poll, readers(asked), grade, why), 'person'),
    ...(await followWhy(follow, asked, poll, person, grade)),
  ];
}

/** A press on an anonymous question: the form, with the grade that was pressed. Nothing is kept yet. */
export async function openBallot(
  asked: Asked,
  { subject, detail }: { subject: string; detail: string },
): Promise<Effect[]> {
  const poll = await answerable(asked, subject);
  if (!poll.anonymous) throw new Refusal('error.button-unknown');
  const { id } = asked.person;
  const answered = await takersAmong(asked.tx, asked.tenant, poll.id, [id]);
  if (answered.has(id)) throw new Refusal('error.poll-answered');
  const words = readers(asked);
  const form = ballotForm(inWords(poll, words), words, readGrade(poll, detail));
  return [{ do: 'ask', form, alone: true }];
}

/** Grade and why of an anonymous poll, once. */
export async function cast(
  asked: Asked,
  { subject, fields }: { subject: string; fields: Record<string, string> },
): Promise<Effect[]> {
  const why = readWhy(fields.why);
  const poll = await answerable(asked, subject);
  if (!poll.anonymous) throw new Refusal('error.button-unknown');
  const grade = readGrade(poll, fields.grade);
  if (grade === undefined) throw new Refusal('error.poll-no-grade', {}, { field: 'grade' });
  if (!(await castBallot(asked.tx, asked.tenant, poll.id, asked.person.id, { grade, why })))
    throw new Refusal('error.poll-answered');
  return [answer(line(asked.say('polls.received')), 'person')];
}

/** The question's card says how many have answered. */
export async function count(due: Due): Promise<Effect[]> {
  const poll = await holdPoll(due.tx, due.tenant, due.subject);
  if (poll?.state !== 'open') return [];
  const card = questionCard(poll, ofPoll(poll), await countAnswers(due.tx, due.tenant, poll.id));
  const to = { place: poll.place };
  return [{ do: 'update', key: keyOf(poll), to, card, audience: 'anyone', pace: 'counting' }];
}
