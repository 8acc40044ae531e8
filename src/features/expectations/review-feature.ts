import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers, type Voice } from '../../chat/voice.ts';
import type { Client } from '../clients/clients.ts';
import { findClient } from '../clients/store.ts';
import { voiceOf } from '../clients/voice-store.ts';
import { nextBetween } from '../nudges/reach-store.ts';
import { noteSent } from '../nudges/store.ts';
import { stateOf } from './cards.ts';
import { bringTo } from './change-store.ts';
import { lastDeed } from './event-store.ts';
import { after, type Expectation, type Move } from './expectations.ts';
import { listButton, showButton } from './list-cards.ts';
import { owned } from './owned-feature.ts';
import { type Ending, endedCard, reviewCard } from './review-cards.ts';
import { noteReview } from './review-store.ts';
import { findExpectation } from './store.ts';
import { type At, hearerOf, toPerson, update } from './telling-feature.ts';

/** Nothing is asked of an archived client, but it may come back. */
const meanwhile = { hours: 24 * 30 };

/** Who has muted a client, or cannot be reached at all, may have changed that by then. */
const unheard = { hours: 24 * 7 };

/** What was confirmed is a while ago: the owner is asked whether it still holds. */
export async function review(due: Due): Promise<Effect[]> {
  const { tx, tenant, now } = due;
  const one = await findExpectation(tx, tenant, due.subject);
  if (one?.state !== 'confirmed' || !one.reviewAt) return [];
  const client = await findClient(tx, tenant, one.client);
  if (!client || Temporal.Instant.compare(now, one.reviewAt) < 0) return [];
  if (client.archived)
    return [{ do: 'later', job: 'expectations.review', subject: one.id, at: now.add(meanwhile) }];
  // Two jobs of one expectation may be due at once, when Belay was away for long.
  const asked = await lastDeed(tx, tenant, one.id, 'review');
  if (asked && Temporal.Instant.compare(asked.at, one.reviewAt) >= 0) return [];
  const reviewer = await hearerOf(due, client, one);
  if (!reviewer) return [];
  const moment = await nextBetween(due, reviewer.id, client.id);
  if (!moment?.at.equals(now))
    return [{ do: 'later', job: 'expectations.review', subject: one.id, at: moment?.at ?? now.add(unheard) }];
  await noteSent(tx, due, {
    person: reviewer.id,
    kind: 'between',
    keys: [`expectations.review:${one.id}`],
    at: now,
  });
  await noteReview(tx, tenant, one, { who: reviewer, now });
  const card = (words: Voice) => reviewCard(client, one, words, now);
  return [{ ...(await toPerson(due, reviewer.id, one, card, reviewKey(one))), until: moment.until }];
}

function reviewKey({ id }: Expectation): string {
  return `expectation-review:${id}`;
}

/** It is met. */
export function met(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  return end(asked, subject, 'met');
}

/** It is not met. */
export function notMet(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  return end(asked, subject, 'not-met');
}

/** It is expected no longer, or was a mistake. */
export function withdraw(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  return end(asked, subject, 'withdrawn');
}

const moveTo = { met: 'meet', 'not-met': 'miss', withdrawn: 'withdraw' } as const satisfies Record<
  Ending,
  Move
>;

async function end(asked: Asked, id: string, state: Ending): Promise<Effect[]> {
  const { tx, tenant, person, now } = asked;
  const { client, expectation } = await owned(asked, id, { write: true });
  const move = moveTo[state];
  if (!after(expectation.state, move, 'team')) throw cannotBe(asked, expectation);
  await bringTo(tx, tenant, expectation, { state, happened: move }, { who: person, now });
  return [
    answer(endedCard(client, expectation, readers(asked), state), 'internal'),
    // A question that was answered stays as it was answered.
    ...(expectation.state === 'sent' ? await update(asked, client, expectation, 'withdrawn') : []),
    ...(await reviewEnded(asked, client, expectation, state)),
  ];
}

/** Why what was pressed cannot be: where it stands now, which may be another's doing. */
export function cannotBe(asked: Asked, one: Expectation): Refusal {
  const { say } = asked;
  const buttons = [showButton(one.id, say), listButton(one.client, say)];
  return new Refusal(
    'error.expectation-state',
    { state: stateOf(one, readers(asked), asked.now) },
    { buttons },
  );
}

/** Whoever was asked whether it still holds need not answer any more. */
async function reviewEnded(at: At, client: Client, one: Expectation, end: Ending): Promise<Effect[]> {
  const asked = await lastDeed(at.tx, at.tenant, one.id, 'review');
  if (!asked) return [];
  const card = endedCard(client, one, await voiceOf(at, asked.who.id), end);
  const to = { person: asked.who.id };
  return [{ do: 'update', key: reviewKey(one), to, card, audience: 'internal', pace: 'final' }];
}
