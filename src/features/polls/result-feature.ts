import { z } from 'zod';
import { type Card, line } from '../../chat/card.ts';
import { answer, beside, type Effect } from '../../chat/effect.ts';
import type { Asked, Due } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import { readPlace } from '../../store/places.ts';
import { countFollowUps } from '../follow-ups/store.ts';
import { participationCard, resultButtons } from './asking-cards.ts';
import { readSubject } from './asking-rules.ts';
import { countBallots, readBallots } from './ballot-store.ts';
import { ofPoll, typed } from './cards.ts';
import { followed } from './follow-feature.ts';
import { type Summary, summarise } from './measure-rules.ts';
import { type Answer, type Kind, kindsOf, mayEnd, type Poll, scales, subjectOf } from './polls.ts';
import type { At } from './question-feature.ts';
import {
  clientResultCard,
  privateResultCard,
  type Result,
  reasonsAtOnce,
  reasonsCard,
  resultCard,
} from './result-cards.ts';
import { runningSeries } from './series-store.ts';
import { findPoll, markShared, newestPoll, pollsBefore } from './store.ts';
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
  const facts = {
    answered: await countOf(asked, poll),
    mayEnd: mayEnd(poll, asked.person),
    closed: await lastClosed(asked, kindsOf[subjectOf(poll.kind)]),
    series: await runningSeries(
      asked.tx,
      asked.tenant,
      { platform: asked.platform, place: poll.place },
      subjectOf(poll.kind),
    ),
  };
  return answer(participationCard(poll, readers(asked), facts), 'internal');
}

/** The last closed poll of each of these kinds in this place. */
async function lastClosed({ tx, tenant, platform, place }: Asked, kinds: readonly Kind[]): Promise<Poll[]> {
  const found: Poll[] = [];
  for (const kind of kinds) {
    const poll = await newestPoll(tx, tenant, { platform, place: place.id }, [kind], ['closed']);
    if (poll) found.push(poll);
  }
  return found;
}

/** Throws a Refusal for who did not ask it and is no admin. */
export function allowEnding(asked: Asked, poll: Poll): void {
  if (!mayEnd(poll, asked.person)) throw new Refusal('error.poll-not-yours', { asker: poll.asker.name });
}

/** Whether clients may read along where the poll stands: when it was asked, or by now. */
export async function isShared({ tx, platform, tenant }: At, poll: Poll): Promise<boolean> {
  return poll.shared || ((await readPlace(tx, platform, tenant, poll.place))?.shared ?? true);
}

/** As many rounds as the picture of a trend has room for. */
const roundsAtOnce = 8;

export async function resultOf(at: At, poll: Poll, from = 0): Promise<Result> {
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
          answers: await readAnswers(tx, at, poll.id, { reasons, from, most: reasonsAtOnce }),
          told: reasons ? (poll.reasons ?? (await countReasons(tx, tenant, poll.id))) : summary.n,
        }),
    followUps: await countFollowUps(tx, tenant, { kind: followed.kind, subject: poll.id }),
  };
}

/** Of what was withheld nothing is known but how many answered. */
async function summaryOf(at: At, poll: Poll): Promise<Summary> {
  const summary = summarise(poll.kind, await countGiven(at, poll));
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
export async function countGiven({ tx, tenant }: At, poll: Poll): Promise<number[]> {
  if (poll.counts) return poll.counts;
  if (!poll.anonymous) return (await countGrades(tx, tenant, [poll])).get(poll.id) ?? [];
  const { from, to } = scales[poll.kind];
  const counts = Array.from({ length: to - from + 1 }, () => 0);
  for (const { grade } of await readBallots(tx, tenant, poll.id))
    counts[grade - from] = (counts[grade - from] ?? 0) + 1;
  return counts;
}

/** The running poll, or the last result again, for one who asks. */
export async function result(asked: Asked, { words }: { words: string }): Promise<Effect[]> {
  const { tx, tenant, platform, place } = asked;
  const kinds = kindsOf[readSubject(words)];
  const poll = await newestPoll(tx, tenant, { platform, place: place.id }, kinds, ['open', 'closed']);
  if (!poll) throw new Refusal('error.poll-none', { ask: typed(kinds[0], 'ask', asked.say) });
  if (poll.state === 'open') return [await participation(asked, poll)];
  const card = await shownTo(asked, poll);
  // Of loyalty the others too.
  const others = (await lastClosed(asked, kinds)).filter(({ id }) => id !== poll.id);
  if (others.length > 0) card.elements.push({ kind: 'buttons', buttons: resultButtons(others, asked.say) });
  return [answer(card, 'internal')];
}

/** The result of a poll that was closed earlier. */
export async function earlierResult(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const poll = await known(asked, subject);
  if (poll.state !== 'closed') throw new Refusal('error.poll-gone');
  return [answer(await shownTo(asked, poll), 'internal')];
}

async function shownTo(asked: Asked, poll: Poll): Promise<Card> {
  const mine = mayEnd(poll, asked.person) && poll.shared;
  return (mine ? privateResultCard : resultCard)(await resultOf(asked, poll), readers(asked));
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
  const found = await resultOf(asked, poll);
  const told = asked.say(found.summary.weight === 'few' ? 'result.thanked' : 'result.shared');
  const card = clientResultCard(found, ofPoll(poll));
  return [
    { do: 'post', to: { place: poll.place }, card, audience: 'anyone', resend: true },
    beside(line(told), 'internal'),
  ];
}
