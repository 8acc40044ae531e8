import { type Card, line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import { mustWrite, placeOf } from '../clients/access-store.ts';
import { clientVoice, contactVoice } from '../clients/voice-store.ts';
import { spend, takeBack } from '../fatigue/budget-store.ts';
import { forecastOver } from './forecast-feature.ts';
import { grace } from './grade-feature.ts';
import { gradesOfRound } from './grade-store.ts';
import { endedCard } from './invitation-cards.ts';
import { invitationsOf } from './invitation-store.ts';
import { type Asking, askingOf, awaitedIn, channelAgainKey, channelKey, keysOf } from './invite-feature.ts';
import { type Invitation, isRunning, type Round } from './kti.ts';
import { endedByHandCard } from './plan-cards.ts';
import { planOf } from './plan-store.ts';
import type { At } from './put-feature.ts';
import { changeRound, ended, findRound } from './round-store.ts';

/** How a round ends: by itself, by hand, or withdrawn before anybody answered. */

/** What the team gets when a round has closed. */
export type Summed = (at: At, asking: Asking) => Promise<Effect[]>;

export function closing(summed: Summed) {
  async function close(at: At, asking: Asking): Promise<Effect[]> {
    const round = ended(asking.round, 'closed', at.now);
    await changeRound(at.tx, at.tenant, round);
    return [...(await inPlace(at, asking, 'closed')), ...(await summed(at, { ...asking, round }))];
  }

  /** Its time has come, or all have answered. */
  async function due(due: Due): Promise<Effect[]> {
    const asking = await askingOf(due, due.subject);
    // Of an archived client nothing is told; but another can be asked when it is back.
    if (!asking) return rest(due);
    if (asking.round.state !== 'open' || !(await isOver(due, asking))) return [];
    return close(due, asking);
  }

  /** One of the team does not wait any longer. */
  async function pressed(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
    const asking = await running(asked, subject);
    if (asking.round.state !== 'open') throw new Refusal('error.kti-not-open');
    const effects = await close(asked, asking);
    const text = asked.say('kti.closed-now', { client: asking.client.name });
    return [...effects, answer(await endedNow(asked, asking, text), 'internal')];
  }

  return { due, pressed, close };
}

async function rest({ tx, tenant, subject, now }: Due): Promise<Effect[]> {
  const round = await findRound(tx, tenant, subject);
  if (round && isRunning(round)) await changeRound(tx, tenant, ended(round, 'closed', now));
  return [];
}

async function isOver(due: Due, asking: Asking): Promise<boolean> {
  const { now } = due;
  const { round } = asking;
  if (Temporal.Instant.compare(now, round.closesAt) >= 0) return true;
  if (round.spread) return false;
  const all = await awaitedIn(due, asking);
  const since = now.subtract(grace);
  return all.length > 0 && all.every(({ doneAt }) => doneAt && Temporal.Instant.compare(doneAt, since) <= 0);
}

async function running(asked: Asked, id: string): Promise<Asking> {
  const asking = await askingOf(asked, id);
  if (!asking) throw new Refusal('error.button-unknown');
  await mustWrite(asked, asking.client);
  const { state } = asking.round;
  if (state === 'closed' || state === 'cancelled') throw new Refusal(`error.kti-${state}`);
  return asking;
}

/** It was asked by mistake. What somebody has graded stays: then it can be closed only. */
export async function cancel(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const asking = await running(asked, subject);
  const { tx, tenant, now, say } = asked;
  if ((await gradesOfRound(tx, tenant, asking.round.id)).length > 0) {
    const buttons = [{ press: 'kti.close', subject: asking.round.id, label: say('kti.close') }];
    throw new Refusal('error.kti-graded', {}, { buttons });
  }
  await changeRound(tx, tenant, ended(asking.round, 'cancelled', now));
  await giveBack(asked, asking.round);
  const text = say('kti.cancelled-now', { client: asking.client.name });
  const told = asking.round.state === 'forecast' ? await forecastOver(asked, asking, 'cancelled') : [];
  return [
    ...told,
    ...(await inPlace(asked, asking, 'cancelled')),
    answer(await endedNow(asked, asking, text), 'internal'),
  ];
}

/** So long a question can be taken for a mistake. */
const mistaken = { hours: 24 };

/**
 * Who was asked by mistake got a message, and no survey: he can be asked again as soon as he may get another. Of a link to
 * send by hand nobody knows but who sent it. Who had a day to answer was asked.
 */
async function giveBack(at: At, round: Round): Promise<void> {
  const since = at.now.subtract(mistaken);
  const all = await invitationsOf(at.tx, at.tenant, round.id);
  for (const one of all) {
    if (one.way === 'channel' || Temporal.Instant.compare(one.invitedAt, since) < 0) continue;
    await takeBack(at, one, 'kti', one.invitedAt);
    if (one.way !== 'link') await spend({ ...at, now: one.invitedAt }, one, 'reminder');
  }
}

/** That it is over; of a client that is asked by a plan also that this goes on with a next one. */
async function endedNow(asked: Asked, { client }: Asking, text: string): Promise<Card> {
  const plan = await planOf(asked.tx, asked.tenant, client.id);
  return plan ? endedByHandCard(text, plan, readers(asked)) : line(text);
}

/** Where somebody was asked and has not answered there stands now that it is over. */
async function inPlace(at: At, { client, round }: Asking, state: 'closed' | 'cancelled'): Promise<Effect[]> {
  const all = await invitationsOf(at.tx, at.tenant, round.id);
  const effects: Effect[] = [];
  for (const one of all.filter(({ doneAt }) => doneAt === undefined))
    if (one.way === 'direct' && one.person !== undefined)
      effects.push(...toPerson(one, one.person, endedCard(state, await contactVoice(at, one, client))));
  const there = all.filter(({ way }) => way === 'channel');
  const place = there.length > 0 ? await placeOf(at, client.id, 'shared') : undefined;
  if (place === undefined) return effects;
  const card = endedCard(state, await clientVoice(at, client));
  const again = there.some(({ remindedAt }) => remindedAt) ? [channelAgainKey(round)] : [];
  const update = (key: string): Effect => ({
    ...{ do: 'update', key, to: { place }, card, audience: 'anyone', pace: 'final' },
  });
  return [...effects, ...[channelKey(round), ...again].map(update)];
}

function toPerson(one: Invitation, person: string, card: Card): Effect[] {
  return keysOf(one).map((key) => ({
    ...{ do: 'update', key, to: { person }, card, audience: 'person', pace: 'final' },
  }));
}
