import { z } from 'zod';
import { line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { languageOf } from '../../chat/request.ts';
import { readPlace } from '../../store/directory.ts';
import { readSettings } from '../../store/settings.ts';
import { voice } from '../../text/say.ts';
import { endedCard, ofAsker, ofPoll, participationCard, readers } from './cards.ts';
import { keyOf, mayEnd, type Poll, summarise } from './polls.ts';
import { clientResultCard, privateResultCard, type Result, reasonsCard, resultCard } from './result-cards.ts';
import { endPoll, findPoll, markShared, newestPoll, pollBefore } from './store.ts';
import { countAnswers, readAnswers } from './vote-store.ts';

/** The poll with this id. Throws a Refusal when there is none. */
export async function known({ tx, tenant }: Asked, id: string): Promise<Poll> {
  const poll = await findPoll(tx, tenant, id);
  if (!poll) throw new Refusal('error.poll-gone');
  return poll;
}

/** How the running poll stands, for one who asks. */
export async function participation(asked: Asked, poll: Poll): Promise<Effect> {
  const answered = await countAnswers(asked.tx, asked.tenant, poll.id);
  return answer(participationCard(poll, readers(asked), answered, mayEnd(poll, asked.person)), 'internal');
}

/** Throws a Refusal for who did not ask it and is no admin. */
export function allowEnding(asked: Asked, poll: Poll): void {
  if (!mayEnd(poll, asked.person)) throw new Refusal('error.poll-not-yours', { asker: poll.asker.name });
}

/** Closes it now, for whoever may. */
export async function close(asked: Asked, poll: Poll): Promise<Effect[]> {
  allowEnding(asked, poll);
  const effects = await finish(asked, poll);
  if (effects.length === 0)
    throw new Refusal(poll.state === 'cancelled' ? 'error.poll-cancelled' : 'error.poll-closed');
  const told = (await isShared(asked, poll)) ? 'polls.closed-now-shared' : 'polls.closed-now';
  return [...effects, answer(line(asked.say(told)), 'internal')];
}

/** Its time has come. */
export async function closeDue(due: Due): Promise<Effect[]> {
  const poll = await findPoll(due.tx, due.tenant, due.subject);
  return poll ? finish(due, poll) : [];
}

type At = Pick<Due, 'tx' | 'now' | 'platform' | 'tenant'>;

/** Closes a poll and tells its result; nothing when it had ended already. */
async function finish(at: At, poll: Poll): Promise<Effect[]> {
  const { tx, tenant, now } = at;
  if (!(await endPoll(tx, tenant, poll.id, 'closed', now))) return [];
  const closed: Poll = { ...poll, state: 'closed', closesAt: earlier(poll.closesAt, now) };
  const found = await resultOf(at, closed);
  const ended = endedCard(closed, ofPoll(closed), now, found.summary.n);
  return [
    { do: 'update', key: keyOf(poll), place: poll.place, card: ended, audience: 'anyone', pace: 'final' },
    (await isShared(at, poll)) ? await toAsker(at, found) : toTeam(found),
  ];
}

async function toAsker({ tx, tenant, platform }: At, found: Result): Promise<Effect> {
  const { asker } = found.poll;
  // In the language that he has chosen by now, not that of the day he asked.
  const kept = await readSettings(tx, { tenant, platform, person: asker.id });
  const language = languageOf(kept.get('person.language')) ?? asker.language;
  const card = privateResultCard(found, { ...ofAsker(found.poll), say: voice(language), language });
  return { do: 'post', to: { person: asker.id }, card, audience: 'internal', resend: true };
}

function toTeam(found: Result): Effect {
  const { id, place } = found.poll;
  const card = resultCard(found, ofPoll(found.poll));
  const otherwise = { job: 'polls.untold', subject: id };
  return { do: 'post', to: { place }, card, audience: 'internal', resend: true, otherwise };
}

/** The result could not be told in the channel, because clients read along by now, say: its asker gets it. */
export async function untold(due: Due): Promise<Effect[]> {
  const poll = await findPoll(due.tx, due.tenant, due.subject);
  return poll ? [await toAsker(due, await resultOf(due, poll))] : [];
}

function earlier(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) < 0 ? one : other;
}

/** Whether clients may read along where the poll stands: when it was asked, or by now. */
async function isShared({ tx, platform, tenant }: At, poll: Poll): Promise<boolean> {
  return poll.shared || ((await readPlace(tx, platform, tenant, poll.place))?.shared ?? true);
}

async function resultOf({ tx, tenant, platform }: At, poll: Poll): Promise<Result> {
  const answers = await readAnswers(tx, tenant, poll.id);
  const last = await pollBefore(tx, tenant, platform, poll);
  const before = last && (await readAnswers(tx, tenant, last.id));
  return {
    poll,
    answers,
    summary: summarise(answers.map(({ grade }) => grade)),
    previous: before && {
      summary: summarise(before.map(({ grade }) => grade)),
      shared: last?.resultShared ?? false,
    },
  };
}

/** Withdraws a question asked by mistake. */
export async function cancel(asked: Asked, poll: Poll): Promise<Effect[]> {
  allowEnding(asked, poll);
  const { tx, tenant, now } = asked;
  if (!(await endPoll(tx, tenant, poll.id, 'cancelled', now)))
    throw new Refusal(poll.state === 'cancelled' ? 'error.poll-cancelled' : 'error.poll-closed');
  const card = endedCard({ ...poll, state: 'cancelled' }, ofPoll(poll), now, 0);
  return [
    { do: 'update', key: keyOf(poll), place: poll.place, card, audience: 'anyone', pace: 'final' },
    answer(line(asked.say('polls.cancelled-now')), 'internal'),
  ];
}

/** The running poll, or the last result again, for one who asks. */
export async function result(asked: Asked): Promise<Effect[]> {
  const { tx, tenant, platform, place } = asked;
  const poll = await newestPoll(tx, tenant, { platform, place: place.id }, ['open', 'closed']);
  if (!poll) throw new Refusal('error.poll-none');
  if (poll.state === 'open') return [await participation(asked, poll)];
  const found = await resultOf(asked, poll);
  const mine = mayEnd(poll, asked.person) && poll.shared;
  return [answer((mine ? privateResultCard : resultCard)(found, readers(asked)), 'internal')];
}

/** The reasons that did not fit into the result. */
export async function moreReasons(
  asked: Asked,
  pressed: { subject: string; detail: string },
): Promise<Effect[]> {
  const poll = await known(asked, pressed.subject);
  if (poll.state !== 'closed') throw new Refusal('error.poll-gone');
  const from = z.coerce.number().int().min(0).catch(0).parse(pressed.detail);
  return [answer(reasonsCard(await resultOf(asked, poll), readers(asked), from), 'internal')];
}

/** Lets the client see a client's result. */
export async function share(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const poll = await known(asked, subject);
  allowEnding(asked, poll);
  if (poll.state !== 'closed' || !poll.shared) throw new Refusal('error.poll-gone');
  if (!(await markShared(asked.tx, asked.tenant, poll.id, asked.now)))
    throw new Refusal('error.poll-shared-already');
  const card = clientResultCard(await resultOf(asked, poll), ofPoll(poll));
  return [
    { do: 'post', to: { place: poll.place }, card, audience: 'anyone', resend: true },
    answer(line(asked.say('result.shared')), 'internal'),
  ];
}
