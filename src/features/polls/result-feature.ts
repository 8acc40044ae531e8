import { z } from 'zod';
import { line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { languageOf } from '../../chat/request.ts';
import { readPlace } from '../../store/directory.ts';
import { readSettings } from '../../store/settings.ts';
import { voice } from '../../text/say.ts';
import { readSubject } from './asking-rules.ts';
import { countBallots, forgetBallots, forgetTurnout, readBallots } from './ballot-store.ts';
import { endedCard, ofAsker, ofPoll, participationCard, questionCard, readers, typed } from './cards.ts';
import { countFollowUps } from './follow-store.ts';
import { type Summary, summarise } from './measure-rules.ts';
import { type Answer, fewest, keyOf, kindsOf, mayEnd, type Poll, scales } from './polls.ts';
import {
  clientResultCard,
  privateResultCard,
  type Result,
  reasonsAtOnce,
  reasonsCard,
  resultCard,
} from './result-cards.ts';
import { endPoll, findPoll, holdPoll, keepCounts, markShared, newestPoll, pollsBefore } from './store.ts';
import { countAnswers, countGrades, countReasons, readAnswers } from './vote-store.ts';

/** The poll with this id. Throws a Refusal when there is none. */
export async function known({ tx, tenant }: Asked, id: string): Promise<Poll> {
  const poll = await findPoll(tx, tenant, id);
  if (!poll) throw new Refusal('error.poll-gone');
  return poll;
}

/** How many have answered, whatever they answered. */
function countOf({ tx, tenant }: Pick<Due, 'tx' | 'tenant'>, poll: Poll): Promise<number> {
  return poll.anonymous ? countBallots(tx, tenant, poll.id) : countAnswers(tx, tenant, poll.id);
}

/** How the running poll stands, for one who asks. */
export async function participation(asked: Asked, poll: Poll): Promise<Effect> {
  const answered = await countOf(asked, poll);
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
  const counted = await count(at, poll);
  const answered = counted.reduce((sum, times) => sum + times, 0);
  const withheld = poll.anonymous && answered < fewest;
  const counts = withheld ? [] : counted;
  const closesAt = earlier(poll.closesAt, now);
  const closed: Poll = { ...poll, state: 'closed', closesAt, counts, answered };
  await keepCounts(tx, tenant, closed);
  if (poll.anonymous) await forgetTurnout(tx, tenant, poll.id);
  if (withheld) await forgetBallots(tx, tenant, poll.id);
  const found = await resultOf(at, closed);
  const card = endedCard(closed, ofPoll(closed), now, found.summary.n);
  const to = { place: poll.place };
  return [
    { do: 'update', key: keyOf(poll), to, card, audience: 'anyone', pace: 'final' },
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

/** As many rounds as the picture of a trend has room for. */
const roundsAtOnce = 8;

async function resultOf(at: At, poll: Poll, from = 0): Promise<Result> {
  const { tx, tenant, platform } = at;
  const summary = await summaryOf(at, poll);
  const past = [];
  for (const before of await pollsBefore(tx, tenant, platform, poll, roundsAtOnce - 1))
    past.push({ poll: before, summary: await summaryOf(at, before) });
  const reasons = summary.weight !== 'few';
  return {
    poll,
    summary,
    past,
    ...(poll.anonymous
      ? await unnamed(at, poll, from)
      : {
          answers: await readAnswers(tx, tenant, poll.id, { reasons, from, most: reasonsAtOnce }),
          told: reasons ? await countReasons(tx, tenant, poll.id) : summary.n,
        }),
    followUps: await countFollowUps(tx, tenant, poll.id),
  };
}

/** Of what was withheld nothing is known but how many answered. */
async function summaryOf(at: At, poll: Poll): Promise<Summary> {
  const summary = summarise(poll.kind, await count(at, poll));
  return { ...summary, n: poll.answered ?? summary.n };
}

/** The reasons of an anonymous poll, in an order of chance that stays the same. */
async function unnamed(
  { tx, tenant }: At,
  poll: Poll,
  from: number,
): Promise<{ answers: Answer[]; told: number }> {
  const told = (await readBallots(tx, tenant, poll.id)).filter(({ why }) => why);
  return { answers: told.slice(from, from + reasonsAtOnce), told: told.length };
}

/** How often each grade was given: as it was counted at the closing, or counted now. */
async function count({ tx, tenant }: At, poll: Poll): Promise<number[]> {
  if (poll.counts) return poll.counts;
  if (!poll.anonymous) return (await countGrades(tx, tenant, [poll])).get(poll.id) ?? [];
  const { from, to } = scales[poll.kind];
  const counts = Array.from({ length: to - from + 1 }, () => 0);
  for (const { grade } of await readBallots(tx, tenant, poll.id))
    counts[grade - from] = (counts[grade - from] ?? 0) + 1;
  return counts;
}

async function forgetAll({ tx, tenant }: At, { id }: Poll): Promise<void> {
  await forgetTurnout(tx, tenant, id);
  await forgetBallots(tx, tenant, id);
}

/** Withdraws a question asked by mistake. */
export async function cancel(asked: Asked, poll: Poll): Promise<Effect[]> {
  allowEnding(asked, poll);
  const { tx, tenant, now } = asked;
  if (!(await endPoll(tx, tenant, poll.id, 'cancelled', now)))
    throw new Refusal(poll.state === 'cancelled' ? 'error.poll-cancelled' : 'error.poll-closed');
  if (poll.anonymous) await forgetAll(asked, poll);
  const card = endedCard({ ...poll, state: 'cancelled' }, ofPoll(poll), now, 0);
  const to = { place: poll.place };
  return [
    { do: 'update', key: keyOf(poll), to, card, audience: 'anyone', pace: 'final' },
    answer(line(asked.say('polls.cancelled-now')), 'internal'),
  ];
}

/** The running poll, or the last result again, for one who asks. */
export async function result(asked: Asked, { words }: { words: string }): Promise<Effect[]> {
  const { tx, tenant, platform, place } = asked;
  const kinds = kindsOf[readSubject(words)];
  const poll = await newestPoll(tx, tenant, { platform, place: place.id }, kinds, ['open', 'closed']);
  if (!poll) throw new Refusal('error.poll-none', { ask: typed(kinds[0], 'ask', asked.say) });
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
  return [answer(reasonsCard(await resultOf(asked, poll, from), readers(asked), from), 'internal')];
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

/** Shows the running question once more, for those who have lost sight of it. */
export async function again(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const poll = await holdPoll(asked.tx, asked.tenant, subject);
  if (!poll) throw new Refusal('error.poll-gone');
  allowEnding(asked, poll);
  if (poll.state !== 'open') throw new Refusal('error.poll-closed');
  const answered = poll.anonymous ? 0 : await countAnswers(asked.tx, asked.tenant, poll.id);
  const [key, to] = [keyOf(poll), { place: poll.place }];
  const moved = line(ofPoll(poll).say('polls.moved'));
  return [
    // The older one first: only the newest message of a poll is known when it closes.
    { do: 'update', key, to, card: moved, audience: 'anyone', pace: 'final' },
    {
      do: 'post',
      to,
      card: questionCard(poll, ofPoll(poll), answered),
      audience: 'anyone',
      key,
      resend: true,
    },
    answer(line(asked.say('polls.shown-again')), 'internal'),
  ];
}

/** The question never reached its channel: nobody can answer it, so it is withdrawn and its asker told. */
export async function unposted(due: Due): Promise<Effect[]> {
  const poll = await findPoll(due.tx, due.tenant, due.subject);
  if (!poll || !(await endPoll(due.tx, due.tenant, poll.id, 'cancelled', due.now))) return [];
  if (poll.anonymous) await forgetAll(due, poll);
  const card = line(ofAsker(poll).say('polls.unposted'));
  return [{ do: 'post', to: { person: poll.asker.id }, card, audience: 'person', resend: false }];
}
