import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { requiredText } from '../../chat/typed-text.ts';
import { readers } from '../../chat/voice.ts';
import { readColleagues, readPerson } from '../../store/people.ts';
import { helpersOf } from '../clients/access-store.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { voiceOf } from '../clients/voice-store.ts';
import { feedbackCard } from './cards.ts';
import { type Feedback, limits, nextStates, type State } from './feedback.ts';
import { handForm, wordsForm } from './form-cards.ts';
import { type Held, held, rightOf } from './held-feature.ts';
import { changeFeedback } from './store.ts';

/** The course of a complaint: somebody takes it up, the client is answered, the team learns from it. */

type Pressed = { subject: string };
type Sent = { subject: string; fields: Record<string, string> };

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
    ...(await renewBefore(asked, { one: handed, client }, one.owner)),
    ...(client ? await tellOwner(asked, handed, client) : []),
  ];
}

/** Asks in words what the client was answered, or what was learned. */
export function wordsAsked(name: 'answer' | 'learn') {
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
  // Of two who answer at once the words of both are kept: those that were there before, in its history.
  const text = 'answered' in change ? one.answered : 'learned' in change ? one.learned : undefined;
  await changeFeedback(asked.tx, asked.tenant, changed, { ...deedOf(asked, state), text });
  const card = feedbackCard(changed, client, { mayChange: true }, readers(asked));
  return [
    answer(card, 'person'),
    ...(await renew(asked, changed, client)),
    ...(await renewBefore(asked, { one: changed, client }, one.owner)),
  ];
}

/** The card of its owner, where that is another, says how it stands. */
async function renew(asked: Asked, one: Feedback, client: Client | undefined): Promise<Effect[]> {
  const { owner } = one;
  if (!owner || owner.id === asked.person.id) return [];
  return [await renewed(asked, { one, client }, owner, true)];
}

/** The card of its owner before, where it is another's now, says so; he keeps the buttons that he may still press. */
async function renewBefore(asked: Asked, now: Held, before: Colleague | undefined): Promise<Effect[]> {
  if (!before || before.id === now.one.owner?.id) return [];
  const person = await readPerson(asked.tx, asked.platform, asked.tenant, before.id);
  const right = person ? await rightOf(asked, person, now) : 'none';
  return right === 'none' ? [] : [await renewed(asked, now, before, right === 'change')];
}

async function renewed(
  asked: Asked,
  { one, client }: Held,
  who: Colleague,
  mayChange: boolean,
): Promise<Effect> {
  const card = feedbackCard(one, client, { mayChange }, await voiceOf(asked, who.id));
  const to = { person: who.id };
  return { do: 'update', key: keyOf(one, who), to, card, audience: 'internal', pace: 'final' };
}
