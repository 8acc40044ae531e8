import type { Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import type { Language } from '../../chat/request.ts';
import { requiredText, typedText } from '../../chat/typed-text.ts';
import { readPlace } from '../../store/places.ts';
import { mustWrite, placeOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { clientVoice } from '../clients/voice-store.ts';
import type { Asker } from '../polls/polls.ts';
import { elsewhere, type Held, heldOpen, me, type Pressed, type Sent, shown } from './access-feature.ts';
import { checkForm, heardForm } from './ending-cards.ts';
import { helpedOf, type Improvement, limits } from './improvements.ts';
import { questionOf } from './measured-feature.ts';
import { changeImprovement } from './store.ts';

/** Did it help? The client says so: by one question in the channel that he shares, or in words that one of us heard. */

type Where = {
  id: string;
  name: string | undefined;
  shared: boolean;
  members: number | undefined;
  outsiders: number | undefined;
  language: Language;
  timeZone: string;
};

/** Puts a question of one tap; undefined when one of its kind is open there. lately: how many were asked lately. Polls hand it in. */
export type PutQuestion = (
  asked: Asked,
  where: Where,
  asker: Asker,
  draft: { kind: 'csat'; anonymous: false; topic: string; period: Temporal.Duration },
) => Promise<{ poll: { id: string }; effects: Effect[]; lately: string | undefined } | undefined>;

const period = Temporal.Duration.from({ days: 7 });

/** Asks in which words the client is asked; of one without a channel to ask in, what he says. */
export async function checkAsked(asked: Asked, { subject, detail }: Pressed): Promise<Effect[]> {
  const { one, client } = await heldInCheck(asked, subject);
  if (!client || !(await whereOf(asked, client))) return heardAsked(asked, { subject, detail });
  await mustWrite(asked, client);
  await mustBeUnasked(asked, one);
  const voice = await clientVoice(asked, client);
  return [{ do: 'ask', form: checkForm(one, client, voice, asked.say), alone: true }];
}

/** One of which the client is asked whether it helped. */
export async function heldInCheck(asked: Asked, id: string): Promise<Held> {
  const mine = await heldOpen(asked, id);
  const { stage } = mine.one;
  if (stage !== 'check' && stage !== 'act') throw elsewhere(asked, mine.one);
  return mine;
}

async function mustBeUnasked(asked: Asked, one: Improvement): Promise<void> {
  if (!(await questionOf(asked, one))) return;
  const buttons = [
    { press: 'improvements.show', subject: one.id, label: asked.say('improvements.show-now') },
  ];
  throw new Refusal('error.improvements-asked', {}, { buttons });
}

/** Where the client's people can be asked. */
export async function whereOf(asked: Asked, client: Client): Promise<Where | undefined> {
  const { tx, platform, tenant } = asked;
  const id = await placeOf(asked, client.id, 'shared');
  const place = id === undefined ? undefined : await readPlace(tx, platform, tenant, id);
  if (!place?.reachable || !place.shared) return undefined;
  const { language, timeZone } = await clientVoice(asked, client);
  const { name, members, outsiders } = place;
  return { id: place.id, name, shared: true, members, outsiders, language, timeZone };
}

/** Puts the question before the client, in the words that were sent with the form. */
export function checked(put: PutQuestion) {
  return async (asked: Asked, { subject, fields }: Sent): Promise<Effect[]> => {
    const { one, client } = await heldInCheck(asked, subject);
    // Only its team speaks to a client.
    if (client) await mustWrite(asked, client);
    await mustBeUnasked(asked, one);
    const topic = requiredText(fields.topic, {
      ...{ most: limits.topic, field: 'topic' },
      empty: 'error.improvements-topic',
    });
    const where = client && (await whereOf(asked, client));
    if (!where)
      throw new Refusal('error.improvements-no-channel', { client: client?.name ?? '' }, inWords(asked, one));
    const { id, name, language } = asked.person;
    const asking = { kind: 'csat', anonymous: false, topic, period } as const;
    const question = await put(asked, where, { id, name, language }, asking);
    if (!question)
      throw new Refusal('error.improvements-csat-open', { client: client.name }, inWords(asked, one));
    const to = { ...one, poll: question.poll.id };
    const deed = { happened: 'asked' as const, by: me(asked), now: asked.now };
    const changed = await changeImprovement(asked.tx, asked.tenant, { from: one, to }, deed);
    const note = question.lately;
    return [...(await shown(asked, { one: changed, client }, { note })), ...question.effects];
  };
}

function inWords({ say }: Asked, { id }: Improvement) {
  return { buttons: [{ press: 'improvements.heard', subject: id, label: say('improvements.heard') }] };
}

/** Asks what the client says of it. */
export async function heardAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const { one, client } = await heldInCheck(asked, subject);
  return [{ do: 'ask', form: heardForm(one, client, asked.say), alone: true }];
}

/** Keeps what the client says; what was noted before stays in its history. */
export async function heard(asked: Asked, { subject, fields }: Sent): Promise<Effect[]> {
  const { one, client } = await heldInCheck(asked, subject);
  const helped = helpedOf(fields.helped);
  if (!helped) throw new Refusal('error.improvements-helped', {}, { field: 'helped' });
  const words = typedText(fields.words, { most: limits.words, field: 'words' });
  const deed = { happened: 'heard' as const, by: me(asked), now: asked.now, text: one.heard };
  const to = { ...one, helped, heard: words };
  const changed = await changeImprovement(asked.tx, asked.tenant, { from: one, to }, deed);
  return shown(asked, { one: changed, client });
}
