import type { Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { shortened } from '../../chat/grammar.ts';
import { Refusal } from '../../chat/refusal.ts';
import { requiredText } from '../../chat/typed-text.ts';
import { hasLeft } from '../../store/people.ts';
import { voiceOf } from '../clients/voice-store.ts';
import {
  elsewhere,
  type Held,
  heldOpen,
  me,
  mustChange,
  type Pressed,
  type Sent,
  seen,
  shown,
} from './access-feature.ts';
import { doneAsked } from './done-feature.ts';
import { declineForm } from './ending-cards.ts';
import {
  backOf,
  beforeOf,
  type Column,
  columnOf,
  type Improvement,
  isInHand,
  isOpen,
  limits,
  missingOf,
  moved,
  type Stage,
} from './improvements.ts';
import { limitOf } from './settings-feature.ts';
import { changeImprovement, clientIdOf, findImprovement, holdBoard } from './store.ts';
import { declinedCard } from './told-cards.ts';

/** The way of an improvement over the board: on, back, or off it. */

/** On, into the column that the button names; from the one before it, because that is where the button was seen. */
export async function move(asked: Asked, { subject, detail }: Pressed): Promise<Effect[]> {
  const to = columnOf(detail);
  const from = to && beforeOf(to);
  if (!to || !from) throw new Refusal('error.button-unknown');
  if (to === 'done') return doneAsked(asked, { subject, detail: '' });
  return bringTo(asked, subject, from, to);
}

/** Back, from the column in which the button was seen. */
export async function back(asked: Asked, { subject, detail }: Pressed): Promise<Effect[]> {
  const from = columnOf(detail);
  const to = from && backOf(from);
  if (!from || !to) throw new Refusal('error.button-unknown');
  return bringTo(asked, subject, from, to);
}

async function bringTo(asked: Asked, id: string, from: Column, to: Column): Promise<Effect[]> {
  const { board, one, client } = await heldOnBoard(asked, id);
  if (one.stage !== from) throw elsewhere(asked, one);
  if (to === 'do') mustBePlanned(asked, one);
  await mustFit(asked, board, to);
  const { tx, tenant, now } = asked;
  const by = me(asked);
  const next = moved(one, to, { by, now });
  // Another round forgets what the client said of the one before; its history does not.
  const text = next.heard === one.heard ? undefined : one.heard;
  const deed = { happened: 'moved' as const, by, now, text };
  const changed = await changeImprovement(tx, tenant, { from: one, to: next }, deed);
  return shown(asked, { one: changed, client });
}

/** One that whoever asks may move, with all that is on its board; held together, so that no column is overfilled. */
async function heldOnBoard(asked: Asked, id: string): Promise<Held & { board: Improvement[] }> {
  const { tx, tenant } = asked;
  const known = await clientIdOf(tx, tenant, id);
  const board = known ? await holdBoard(tx, tenant, known.client) : [];
  const one = board.find((other) => other.id === id);
  // It is over by now, or of another client.
  const found = await seen(asked, one ?? (await findImprovement(tx, tenant, id)));
  mustChange(asked, found);
  if (!one || !isOpen(one)) throw elsewhere(asked, found.one);
  return { board, one, client: found.client };
}

function mustBePlanned({ say }: Asked, one: Improvement): void {
  const missing = missingOf(one);
  if (missing.length === 0) return;
  const buttons = [{ press: 'improvements.plan', subject: one.id, label: say('improvements.plan') }];
  throw new Refusal(
    `error.improvements-plan-${missing.length === 2 ? 'both' : (missing[0] ?? 'expects')}`,
    {},
    { buttons },
  );
}

/** So many are named that stand in the way. */
const mostNamed = 5;

/** Throws while the column is full, and says what stands in it. */
export async function mustFit(asked: Asked, board: Improvement[], to: Stage): Promise<void> {
  const there = board.filter(({ stage }) => stage === to);
  const limit = await limitOf(asked);
  if (!isInHand(to) || there.length < limit) return;
  const names = there.slice(0, mostNamed).map(({ text }) => `“${shortened(text)}”`);
  const more = there.length > names.length ? ', …' : '';
  const values = { stage: asked.say(`improvements.stage-${to}`), limit, names: `${names.join(', ')}${more}` };
  const buttons = there
    .slice(0, mostNamed)
    .map(({ id, text }) => ({ press: 'improvements.show', subject: id, label: shortened(text, 24) }));
  throw new Refusal('error.improvements-full', values, { buttons });
}

/** Asks why. */
export async function declineAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const { one } = await heldOpen(asked, subject);
  return [{ do: 'ask', form: declineForm(one, asked.person.id, asked.say), alone: true }];
}

/** It goes off the board, and its maker hears why. */
export async function declined(asked: Asked, { subject, fields }: Sent): Promise<Effect[]> {
  const { one, client } = await heldOpen(asked, subject);
  const { tx, tenant, platform, now } = asked;
  const reason = requiredText(fields.reason, {
    ...{ most: limits.words, field: 'reason' },
    empty: 'error.improvements-reason',
  });
  const by = me(asked);
  const to: Improvement = { ...one, stage: 'declined', since: now, movedBy: by, reason };
  const changed = await changeImprovement(
    tx,
    tenant,
    { from: one, to },
    { happened: 'moved', by, now, text: reason },
  );
  const { maker } = one;
  const answered = await shown(asked, { one: changed, client });
  if (maker.id === by.id || (await hasLeft(tx, platform, tenant, maker.id))) return answered;
  const card = declinedCard(changed, reason, await voiceOf(asked, maker.id));
  const key = `improvements-declined:${one.id}`;
  return [
    ...answered,
    { do: 'post', to: { person: maker.id }, card, audience: 'internal', key, resend: true },
  ];
}
