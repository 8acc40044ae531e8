import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { requiredText } from '../../chat/typed-text.ts';
import { readers } from '../../chat/voice.ts';
import { readColleagues } from '../../store/people.ts';
import { helpersOf, placeOf, relationOf } from '../clients/access-store.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { archived } from '../clients/naming-store.ts';
import { findClient } from '../clients/store.ts';
import { clientVoice, voiceOf } from '../clients/voice-store.ts';
import { maySee } from '../expectations/expectations.ts';
import { findExpectation } from '../expectations/store.ts';
import { feedbackCard, sharedCard } from './cards.ts';
import { type Feedback, limits, nextStates, type State } from './feedback.ts';
import { handForm, wordsForm } from './form-cards.ts';
import { changeFeedback, findFeedback } from './store.ts';

/** The course of a complaint: somebody takes it up, the client is answered, the team learns from it. */

type Pressed = { subject: string };
type Sent = { subject: string; fields: Record<string, string> };
export type Held = { one: Feedback; client: Client | undefined };

/** One that whoever asks may read; he may change it when he brought it, owns it, or is of the client's team. */
export async function found(asked: Asked, id: string): Promise<Held & { mayChange: boolean }> {
  const it = await readable(asked, id);
  if (!it) throw new Refusal('error.feedback-gone');
  return it;
}

/** The same; undefined when it is not there, or not for him. */
export async function readable(
  asked: Asked,
  id: string,
): Promise<(Held & { mayChange: boolean }) | undefined> {
  const { tx, tenant, person } = asked;
  const one = await findFeedback(tx, tenant, id);
  if (!one) return undefined;
  const client = one.client === undefined ? undefined : await findClient(tx, tenant, one.client);
  const relation = client && (await relationOf(asked, person, client));
  if (relation === 'contact' || relation === 'none') return undefined;
  const isOwn = one.by.id === person.id || one.owner?.id === person.id;
  return { one, client, mayChange: isOwn || relation === 'team' || person.admin };
}

/** One that whoever asks may change. */
export async function held(asked: Asked, id: string): Promise<Held> {
  const { one, client, mayChange } = await found(asked, id);
  if (!mayChange) throw new Refusal('error.feedback-not-yours', { name: one.owner?.name ?? one.by.name });
  if (client?.archived) throw archived(asked, client);
  return { one, client };
}

/** The words of the expectation that it touches, for whoever may see that. */
export async function touchedBy(
  asked: Asked,
  one: Feedback,
  client: Client | undefined,
): Promise<string | undefined> {
  const { tx, tenant, person } = asked;
  const touched = one.expectation && (await findExpectation(tx, tenant, one.expectation));
  if (!touched || !client || touched.client !== client.id) return undefined;
  const reader = { id: person.id, relation: await relationOf(asked, person, client) };
  return maySee(touched, reader, client) ? touched.wording.text : undefined;
}

/** The client's owner hears of a complaint that another brought. */
export async function tellOwner(asked: Asked, one: Feedback, client: Client): Promise<Effect[]> {
  const { owner } = one;
  if (!owner || owner.id === asked.person.id) return [];
  const voice = await voiceOf(asked, owner.id);
  const card = feedbackCard(one, client, { mayChange: true }, voice);
  return [
    {
      do: 'post',
      to: { person: owner.id },
      card,
      audience: 'internal',
      key: keyOf(one, owner),
      resend: true,
    },
  ];
}

function keyOf({ id }: Feedback, { id: person }: Colleague): string {
  return `feedback:${id}:${person}`;
}

/** Whoever presses takes it up, and owns it from now on. */
export async function take(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const mine = await held(asked, subject);
  return bring(asked, mine, 'handling', { owner: { id: asked.person.id, name: asked.person.name } });
}

/** Asks who takes it over. */
export async function handAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const { one, client } = await held(asked, subject);
  const people = (await takersOf(asked, client)).filter(({ id }) => id !== one.owner?.id);
  if (people.length === 0) throw new Refusal('error.nobody-to-choose');
  return [{ do: 'ask', form: handForm(one.id, people, asked.say), alone: true }];
}

async function takersOf(asked: Asked, client: Client | undefined): Promise<Colleague[]> {
  if (client) return helpersOf(asked, client);
  const all = await readColleagues(asked.tx, asked.platform, asked.tenant);
  return all.map(({ id, name }) => ({ id, name }));
}

/** Another takes it over, and hears of it. */
export async function handFilled(asked: Asked, { subject, fields }: Sent): Promise<Effect[]> {
  const { one, client } = await held(asked, subject);
  const to = (await takersOf(asked, client)).find(({ id }) => id === fields.person);
  if (!to) throw new Refusal('error.person-unknown', {}, { field: 'person' });
  const handed: Feedback = { ...one, owner: to };
  await changeFeedback(asked.tx, asked.tenant, handed, deedOf(asked, 'handed'));
  const title = asked.say('feedback.handed', { name: to.name });
  return [
    answer(feedbackCard(handed, client, { mayChange: true, title }, readers(asked)), 'person'),
    ...(client ? await tellOwner(asked, handed, client) : []),
  ];
}

/** Asks in words what the client was answered, what was learned, or what he is told. */
export function wordsAsked(name: 'answer' | 'learn' | 'share') {
  return async (asked: Asked, { subject }: Pressed): Promise<Effect[]> => {
    const { one } = await held(asked, subject);
    const value = name === 'learn' ? one.learned : one.answered;
    return [{ do: 'ask', form: wordsForm(name, one, value, asked.say), alone: true }];
  };
}

/** The client was answered. */
export async function answered(asked: Asked, { subject, fields }: Sent): Promise<Effect[]> {
  return bring(asked, await held(asked, subject), 'answered', { answered: wordsOf(fields) });
}

/** The team learned something of it. */
export async function learned(asked: Asked, { subject, fields }: Sent): Promise<Effect[]> {
  return bring(asked, await held(asked, subject), 'learned', { learned: wordsOf(fields) });
}

function wordsOf({ words }: Record<string, string>): string {
  return requiredText(words, { most: limits.learned, field: 'words', empty: 'error.feedback-text' });
}

function deedOf({ person, now }: Asked, happened: State | 'handed') {
  return { happened, by: { id: person.id, name: person.name }, now };
}

/** Brings it further; what has come further meanwhile stays there, and only the words are added. */
async function bring(
  asked: Asked,
  { one, client }: Held,
  state: State,
  change: Partial<Pick<Feedback, 'owner' | 'answered' | 'learned'>>,
): Promise<Effect[]> {
  if (!one.state) throw new Refusal('error.feedback-gone');
  const isFurther = !nextStates(one.state).includes(state);
  if (isFurther && state === 'handling')
    throw new Refusal('error.feedback-further', { state: asked.say(`feedback.state-${one.state}`) });
  const changed: Feedback = { ...one, ...change, state: isFurther ? one.state : state };
  await changeFeedback(asked.tx, asked.tenant, changed, deedOf(asked, state));
  const card = feedbackCard(changed, client, { mayChange: true }, readers(asked));
  return [answer(card, 'person'), ...(await renew(asked, changed, client))];
}

/** The card of its owner, where that is another, says how it stands. */
async function renew(asked: Asked, one: Feedback, client: Client | undefined): Promise<Effect[]> {
  const { owner } = one;
  if (!owner || owner.id === asked.person.id) return [];
  const card = feedbackCard(one, client, { mayChange: true }, await voiceOf(asked, owner.id));
  const to = { person: owner.id };
  return [{ do: 'update', key: keyOf(one, owner), to, card, audience: 'internal', pace: 'final' }];
}

/** What was done goes to the client's shared channel, as it was written now. */
export async function shared(asked: Asked, { subject, fields }: Sent): Promise<Effect[]> {
  const { one, client } = await held(asked, subject);
  const words = wordsOf(fields);
  if (!client) throw new Refusal('error.feedback-gone');
  const place = await placeOf(asked, client.id, 'shared');
  if (!place) throw new Refusal('error.feedback-no-channel', { client: client.name });
  const card = sharedCard(one, words, await clientVoice(asked, client));
  const text = asked.say('feedback.shared', { client: client.name });
  return [
    answer({ summary: text, elements: [{ kind: 'text', text }] }, 'person'),
    { do: 'post', to: { place }, card, audience: 'anyone', key: `feedback-shared:${one.id}`, resend: false },
  ];
}
