import { line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { requiredText } from '../../chat/typed-text.ts';
import { newId } from '../../store/id.ts';
import { readPerson } from '../../store/people.ts';
import { sentenceOf } from '../../text/nudges.ts';
import { helpersOf, relationOf } from '../clients/access-store.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { findClient } from '../clients/store.ts';
import { voiceOf } from '../clients/voice-store.ts';
import { maySee } from '../expectations/expectations.ts';
import { findExpectation } from '../expectations/store.ts';
import { nextTurn } from '../nudges/store.ts';
import { clientToTalk } from './access-feature.ts';
import { saidField } from './conversations.ts';
import { newsCard, passedOnCard, warnForm, warningCard } from './warning-cards.ts';
import { addWarning, changeWarning, findWarning, isAsked, type Warning } from './warning-store.ts';

type Pressed = { subject: string };
type Filled = Pressed & { fields: Record<string, string> };

/** Asks whom to warn, and of what; the subject is `CLIENT.EXPECTATION`, the latter where there is one. */
export async function warnAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const { client } = await aboutOf(asked, subject);
  const people = await toChoose(asked, client);
  return [{ do: 'ask', form: warnForm(subject, client, people, asked.say), alone: true }];
}

/** What a subject names. Throws a Refusal unless the expectation is that client's, and whoever asks may see it. */
async function aboutOf(asked: Asked, subject: string) {
  const [clientId = '', id = ''] = subject.split('.');
  const client = await clientToTalk(asked, clientId);
  if (id === '') return { client, expectation: undefined };
  const one = await findExpectation(asked.tx, asked.tenant, id);
  const isTheirs = one?.client === client.id;
  if (!isTheirs || !maySee(one, { id: asked.person.id, relation: 'team' }, client))
    throw new Refusal('error.expectation-gone');
  return { client, expectation: id };
}

/** Who can help: not who asks, nor `but`. Throws a Refusal when there is nobody. */
async function toChoose(asked: Asked, client: Client, but?: string): Promise<Colleague[]> {
  const all = await helpersOf(asked, client);
  const helpers = all.filter(({ id }) => id !== asked.person.id && id !== but);
  if (helpers.length === 0) throw new Refusal('error.nobody-to-choose');
  return helpers;
}

/** The warning was written: who is asked hears it now, and who asks keeps where it stands. */
export async function warnFilled(asked: Asked, { subject, fields }: Filled): Promise<Effect[]> {
  const { client, expectation } = await aboutOf(asked, subject);
  const { to, said } = readFields(await toChoose(asked, client), fields);
  const { tx, person, now } = asked;
  const from = { id: person.id, name: person.name };
  const about = { id: newId(), client: client.id, expectation, said };
  const warning: Warning = { ...about, from, to, state: 'told', toldAt: now };
  if (await isAsked(tx, asked, warning)) return [sentLine(asked, warning)];
  await addWarning(tx, asked, warning);
  return [
    sentLine(asked, warning),
    await tell(asked, client, warning),
    {
      ...{ do: 'post', to: { person: from.id }, audience: 'internal', resend: true },
      ...{ key: keyOf(warning, from), card: await cardFor(asked, client, warning, 'from') },
    },
  ];
}

function readFields(helpers: Colleague[], fields: Record<string, string>) {
  const to = helpers.find(({ id }) => id === fields.person);
  if (!to) throw new Refusal('error.person-unknown', {}, { field: 'person' });
  return { to, said: requiredText(fields.said, saidField) };
}

function sentLine({ say }: Asked, { to }: Warning): Effect {
  return answer(line(say('conversations.warn-sent', { to: to.name })), 'internal');
}

async function tell(asked: Asked, client: Client, warning: Warning): Promise<Effect> {
  const { to, from } = warning;
  const turn = await nextTurn(asked.tx, asked, to.id, 'warning');
  const { language } = await voiceOf(asked, to.id);
  const opening = sentenceOf('warning', language, turn, { client: client.name, name: from.name });
  const card = await cardFor(asked, client, warning, 'to', opening);
  const key = keyOf(warning, to);
  const subject = JSON.stringify({ id: warning.id, to: to.id });
  const otherwise = { job: 'conversations.unheard', subject };
  return { do: 'post', to: { person: to.id }, card, audience: 'internal', key, resend: true, otherwise };
}

/** Each of the two has a message of his own, which says where it stands. */
function keyOf({ id }: Warning, who: Colleague): string {
  return `early-warning:${id}:${who.id}`;
}

type Side = 'from' | 'to';

async function cardFor(asked: Asked, client: Client, warning: Warning, side: Side, opening?: string) {
  const who = warning[side];
  const text = await textFor(asked, client, warning, who);
  return warningCard(client, warning, text, side, await voiceOf(asked, who.id), opening);
}

/** What is expected, as far as this one of the two may see it. */
async function textFor({ tx, tenant, platform }: Asked, client: Client, warning: Warning, who: Colleague) {
  const one = warning.expectation && (await findExpectation(tx, tenant, warning.expectation));
  const person = await readPerson(tx, platform, tenant, who.id);
  if (!one || !person || one.client !== client.id) return undefined;
  const relation = await relationOf({ tx, tenant, platform }, person, client);
  return maySee(one, { id: who.id, relation }, client) ? one.wording.text : undefined;
}

async function renewed(asked: Asked, client: Client, warning: Warning, side: Side): Promise<Effect> {
  const card = await cardFor(asked, client, warning, side);
  const to = { person: warning[side].id };
  return { do: 'update', key: keyOf(warning, warning[side]), to, card, audience: 'internal', pace: 'final' };
}

/** Who was asked takes it on. */
export function take(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  return bring(asked, subject, 'taken');
}

/** Who was asked gives it back. */
export function passBack(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  return bring(asked, subject, 'passed-back');
}

/** It is settled: either of the two may say so. */
export function settle(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  return bring(asked, subject, 'settled');
}

type Own = { client: Client; warning: Warning; side: Side };

/** A warning by its id, for one of its two. Throws a Refusal for anybody else. */
async function ownOf({ tx, tenant, person }: Asked, id: string): Promise<Own> {
  const warning = await findWarning(tx, tenant, id);
  const client = warning && (await findClient(tx, tenant, warning.client));
  const sides = (['to', 'from'] as const).filter((side) => warning?.[side].id === person.id);
  const [side] = sides;
  if (!client || !side) throw new Refusal('error.warning-not-yours');
  return { client, warning, side };
}

async function bring(asked: Asked, id: string, state: Warning['state']): Promise<Effect[]> {
  const { client, warning, side } = await ownOf(asked, id);
  if (side === 'from' && state !== 'settled') throw new Refusal('error.warning-not-yours');
  if (warning.state === 'settled' || warning.state === state)
    return [answer(await cardFor(asked, client, warning, side), 'internal')];
  const changed = { ...warning, state };
  await changeWarning(asked.tx, asked.tenant, changed, asked.now);
  const other = side === 'to' ? 'from' : 'to';
  // A message that is renewed makes no sound: the other one is told as well.
  const card = newsCard(client, changed, other, await voiceOf(asked, changed[other].id));
  return [
    await renewed(asked, client, changed, 'to'),
    await renewed(asked, client, changed, 'from'),
    { do: 'post', to: { person: changed[other].id }, card, audience: 'internal', resend: false },
  ];
}

/** Who asked for help asks somebody else for it: whom, and with which words. */
export async function otherAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const { client, warning } = await openOf(asked, subject);
  const people = await toChoose(asked, client, warning.to.id);
  const again = { name: 'conversations.warn-other', said: warning.said };
  return [{ do: 'ask', form: warnForm(subject, client, people, asked.say, again), alone: true }];
}

async function openOf(asked: Asked, id: string): Promise<Own> {
  const own = await ownOf(asked, id);
  if (own.side !== 'from' || own.warning.state === 'settled') throw new Refusal('error.warning-not-yours');
  await clientToTalk(asked, own.client.id);
  return own;
}

/** Somebody else is asked; who was asked before reads that. */
export async function otherFilled(asked: Asked, { subject, fields }: Filled): Promise<Effect[]> {
  const { client, warning } = await openOf(asked, subject);
  const { to, said } = readFields(await toChoose(asked, client, warning.to.id), fields);
  const changed: Warning = { ...warning, to, said, state: 'told', toldAt: asked.now };
  await changeWarning(asked.tx, asked.tenant, changed, asked.now);
  const before = warning.to;
  const card = passedOnCard(client, changed, await voiceOf(asked, before.id));
  const at = { key: keyOf(warning, before), to: { person: before.id } };
  return [
    sentLine(asked, changed),
    await tell(asked, client, changed),
    await renewed(asked, client, changed, 'from'),
    { do: 'update', ...at, card, audience: 'internal', pace: 'final' },
  ];
}
