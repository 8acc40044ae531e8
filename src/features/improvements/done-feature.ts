import { line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { requiredText } from '../../chat/typed-text.ts';
import { newId } from '../../store/id.ts';
import { readPlace } from '../../store/places.ts';
import { placeOf } from '../clients/access-store.ts';
import { clientVoice, voiceIn } from '../clients/voice-store.ts';
import { addFeedback } from '../feedback/store.ts';
import {
  elsewhere,
  type Held,
  held,
  heldOpen,
  me,
  type Pressed,
  type Sent,
  shown,
} from './access-feature.ts';
import { doneForm, tellForm } from './ending-cards.ts';
import { limits, moved } from './improvements.ts';
import { answersOf } from './measured-feature.ts';
import { servedOf } from './served-feature.ts';
import { changeImprovement } from './store.ts';
import { celebrationCard, toldCard } from './told-cards.ts';

/** The end of the way: it becomes a success, is celebrated, and, on purpose, told to the client. */

/** Asks in which words it is a success. */
export async function doneAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const { one } = await heldInAct(asked, subject);
  return [{ do: 'ask', form: doneForm(one, asked.say), alone: true }];
}

async function heldInAct(asked: Asked, id: string): Promise<Held> {
  const mine = await heldOpen(asked, id);
  if (mine.one.stage !== 'act') throw elsewhere(asked, mine.one);
  return mine;
}

/** It is done: kept as a success, and celebrated where the team is. */
export async function done(asked: Asked, { subject, fields }: Sent): Promise<Effect[]> {
  const { one, client } = await heldInAct(asked, subject);
  const { tx, tenant, now, person } = asked;
  const text = requiredText(fields.words, {
    ...{ most: limits.words, field: 'words' },
    empty: 'error.improvements-done',
  });
  const by = me(asked);
  const success = newId();
  await addFeedback(tx, asked, {
    ...{ id: success, kind: 'success', client: client?.id, text, by, at: now },
    day: now.toZonedDateTimeISO(person.timeZone).toPlainDate(),
    ...{ saidBy: undefined, link: undefined, expectation: undefined, unnoted: false },
    ...{ owner: undefined, state: undefined, answered: undefined, learned: undefined },
  });
  const to = { ...moved(one, 'done', { by, now }), success };
  const changed = await changeImprovement(tx, tenant, { from: one, to }, { happened: 'moved', by, now });
  return [
    ...(await shown(asked, { one: changed, client })),
    ...(await celebrated(asked, { one: changed, client }, text)),
  ];
}

/** In the client's internal channel, else where the idea was typed; nowhere that a client reads along. */
async function celebrated(asked: Asked, { one, client }: Held, text: string): Promise<Effect[]> {
  const { tx, platform, tenant } = asked;
  const internal = client && (await placeOf(asked, client.id, 'internal'));
  const typedIn = one.place === undefined ? undefined : await readPlace(tx, platform, tenant, one.place);
  const place = internal ?? (typedIn && !typedIn.shared && typedIn.reachable ? typedIn.id : undefined);
  if (place === undefined) return [];
  const { after } = await answersOf(asked, one);
  const card = celebrationCard({ one, client, text, after }, await voiceIn(asked, place));
  const key = `improvements-done:${one.id}`;
  return [{ do: 'post', to: { place }, card, audience: 'internal', key, resend: false }];
}

/** Asks what the client is told. */
export async function tellAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const { one, client, served } = await heldToTell(asked, subject);
  return [{ do: 'ask', form: tellForm(one, client.name, served.said, asked.say), alone: true }];
}

async function heldToTell(asked: Asked, id: string) {
  const { one, client } = await held(asked, id);
  if (one.stage !== 'done') throw elsewhere(asked, one);
  const served = await servedOf(asked, one, client);
  if (!client || !served?.mayTell) throw new Refusal('error.improvements-serves-nobody');
  if (one.toldAt) throw new Refusal('error.improvements-told', { client: client.name });
  const place = await placeOf(asked, client.id, 'shared');
  if (!place) throw new Refusal('error.feedback-no-channel', { client: client.name });
  return { one, client, served, place };
}

/** You said, we did: what was written now goes to the client's shared channel, once. */
export async function told(asked: Asked, { subject, fields }: Sent): Promise<Effect[]> {
  const { one, client, served, place } = await heldToTell(asked, subject);
  const { tx, tenant, now } = asked;
  const words = requiredText(fields.words, {
    ...{ most: limits.words, field: 'words' },
    empty: 'error.improvements-tell',
  });
  const deed = { happened: 'told' as const, by: me(asked), now, text: words };
  await changeImprovement(tx, tenant, { from: one, to: { ...one, toldAt: now } }, deed);
  const card = toldCard(served.said, words, await clientVoice(asked, client));
  const key = `improvements-told:${one.id}`;
  return [
    answer(line(asked.say('improvements.told', { client: client.name })), 'person'),
    { do: 'post', to: { place }, card, audience: 'anyone', key, resend: false },
  ];
}
