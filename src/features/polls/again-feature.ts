import type { Effect } from '../../chat/effect.ts';
import type { Due } from '../../chat/feature.ts';
import { type Skipped, saySkipped } from '../fatigue/said-rules.ts';
import { invitedCard, notAskedCard } from './invitation-cards.ts';
import { type Invitation, invitedInSeries } from './invitation-store.ts';
import { deliver, inviteRested, linksOf, linkTo } from './inviting-feature.ts';
import { sayAskedLately, wordsFor } from './people-feature.ts';
import type { Poll } from './polls.ts';
import { findPoll } from './store.ts';

/** Who is asked so late must still have a day to answer. */
const dayToAnswer = { hours: 24 };

/** The next round is put to all contacts of its series whose budget allows it, and its asker is told of the others. */
export async function inviteAgain(due: Due, poll: Poll): Promise<Effect[]> {
  const { fresh, skipped } = await inviteContactsOf(due, poll);
  const rested = skipped.filter((one) => !isInTime(one, poll));
  const words = await wordsFor(due, poll.asker, poll.timeZone);
  return [
    ...(await invitations(due, poll, fresh)),
    ...later(poll, skipped),
    ...(await tell(due, poll, rested, await sayAskedLately(due, poll, words))),
  ];
}

/** The budget of a contact who was skipped when the round began allows it by now. */
export async function inviteLate(due: Due): Promise<Effect[]> {
  const poll = await findPoll(due.tx, due.tenant, due.subject);
  if (poll?.state !== 'open' || Temporal.Instant.compare(due.now, poll.closesAt) >= 0) return [];
  const { fresh, skipped } = await inviteContactsOf(due, poll);
  // Of the others his asker was told when the round began; not of whom something else has been asked since.
  const since = skipped.filter(
    (one) => !isInTime(one, poll) && Temporal.Instant.compare(one.spent.lastAt, poll.askedAt) > 0,
  );
  return [
    ...(await invitations(due, poll, fresh)),
    ...later(poll, skipped),
    ...(await tell(due, poll, since, undefined)),
  ];
}

async function inviteContactsOf(due: Due, poll: Poll): Promise<{ fresh: Invitation[]; skipped: Skipped[] }> {
  const nobody = { fresh: [], skipped: [] };
  if (!poll.series || (poll.anonymous && !due.mails) || !linkTo(due, poll, poll.id)) return nobody;
  return inviteRested(due, poll, await invitedInSeries(due.tx, due.tenant, poll.series));
}

async function invitations(due: Due, poll: Poll, fresh: Invitation[]): Promise<Effect[]> {
  if (due.mails) return deliver(due, poll, fresh, 'first');
  if (fresh.length === 0) return [];
  const words = await wordsFor(due, poll.asker, poll.timeZone);
  return [toAsker(poll, invitedCard(words, linksOf(due, poll, fresh), false, []))];
}

function isInTime({ spent }: Skipped, { closesAt }: Poll): boolean {
  return Temporal.Instant.compare(spent.againAt.add(dayToAnswer), closesAt) <= 0;
}

/** A month is sometimes shorter than the budget's: who can be asked while the round is open is asked then. */
function later(poll: Poll, skipped: Skipped[]): Effect[] {
  const [at] = skipped
    .filter((one) => isInTime(one, poll))
    .map(({ spent }) => spent.againAt)
    .toSorted(Temporal.Instant.compare);
  return at ? [{ do: 'later', job: 'polls.invite-late', subject: poll.id, at }] : [];
}

async function tell(due: Due, poll: Poll, skipped: Skipped[], lately: string | undefined): Promise<Effect[]> {
  if (skipped.length === 0 && !lately) return [];
  const words = await wordsFor(due, poll.asker, poll.timeZone);
  return [toAsker(poll, notAskedCard(poll, words, saySkipped(skipped, words, due.now), lately))];
}

function toAsker({ asker }: Poll, card: ReturnType<typeof invitedCard>): Effect {
  return { do: 'post', to: { person: asker.id }, card, audience: 'internal', resend: false };
}
