import { line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { someAdmin } from '../../store/admins.ts';
import { forgetBallots, forgetTurnout } from './ballot-store.ts';
import { endedCard, nameOf, ofPoll, questionCard } from './cards.ts';
import { wordsFor } from './people-feature.ts';
import { fewest, keyOf, type Poll } from './polls.ts';
import type { At } from './question-feature.ts';
import { privateResultCard, type Result, resultCard } from './result-cards.ts';
import { allowEnding, countGiven, isShared, resultOf } from './result-feature.ts';
import { endSeries } from './series-store.ts';
import { endPoll, findPoll, holdPoll, keepCounts } from './store.ts';
import { countAnswers, countReasons } from './vote-store.ts';

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

/** Closes a poll and tells its result; nothing when it had ended already. */
async function finish(at: At, poll: Poll): Promise<Effect[]> {
  const { tx, tenant, now } = at;
  if (!(await endPoll(tx, tenant, poll.id, 'closed', now))) return [];
  const counted = await countGiven(at, poll);
  const answered = counted.reduce((sum, times) => sum + times, 0);
  const withheld = poll.anonymous && answered < fewest;
  const counts = withheld ? [] : counted;
  const closesAt = earlier(poll.closesAt, now);
  const reasons = poll.anonymous ? undefined : await countReasons(tx, tenant, poll.id);
  const closed: Poll = { ...poll, state: 'closed', closesAt, counts, answered, reasons };
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

async function toAsker(at: At, found: Result): Promise<Effect> {
  const { id, asker, timeZone } = found.poll;
  // In the language that he has chosen by now, not that of the day he asked.
  const card = privateResultCard(found, await wordsFor(at, asker, timeZone));
  const otherwise = { job: 'polls.unheard', subject: id };
  return { do: 'post', to: { person: asker.id }, card, audience: 'internal', resend: true, otherwise };
}

/** The one who asked cannot be told any more: an admin gets the result. */
export async function unheard(due: Due): Promise<Effect[]> {
  const poll = await findPoll(due.tx, due.tenant, due.subject);
  const admin = poll && (await someAdmin(due.tx, due, poll.asker.id));
  if (!poll || !admin) return [];
  const card = privateResultCard(await resultOf(due, poll), await wordsFor(due, admin, poll.timeZone));
  return [{ do: 'post', to: { person: admin.id }, card, audience: 'internal', resend: true }];
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
  return [{ do: 'update', key: keyOf(poll), to, card, audience: 'anyone', pace: 'final' }];
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
  // What would follow it could not be posted either; it can be begun anew.
  if (poll.series) await endSeries(due.tx, due.tenant, poll.series, due.now);
  const { say } = await wordsFor(due, poll.asker, poll.timeZone);
  const place = poll.placeName ?? say('series.here');
  const card = line(say('polls.unposted', { name: nameOf(poll.kind, say), place }));
  return [{ do: 'post', to: { person: poll.asker.id }, card, audience: 'person', resend: false }];
}
