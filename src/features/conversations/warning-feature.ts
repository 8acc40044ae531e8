import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import { newId } from '../../store/id.ts';
import { readPeople } from '../../store/people.ts';
import { sentenceOf } from '../../text/nudges.ts';
import { teamOf } from '../clients/access-store.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { findClient } from '../clients/store.ts';
import { voiceOf } from '../clients/voice-store.ts';
import { maySee } from '../expectations/expectations.ts';
import { findExpectation } from '../expectations/store.ts';
import { nextTurn } from '../nudges/store.ts';
import { clientToTalk } from './access-feature.ts';
import { limits } from './conversations.ts';
import { warnForm, warningCard } from './warning-cards.ts';
import { addWarning, changeWarning, findWarning, type Warning } from './warning-store.ts';

/** Asks whom to warn, and of what; the subject is `CLIENT.EXPECTATION`, the latter where there is one. */
export async function warnAsked(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const client = await clientToTalk(asked, subject.split('.')[0] ?? '');
  const people = await helpersOf(asked, client);
  if (people.length === 0) throw new Refusal('error.nobody-to-choose');
  return [{ do: 'ask', form: warnForm(subject, client, people, asked.say), alone: true }];
}

/** Who can help: the client's team first, then every other colleague; not who asks. */
async function helpersOf(asked: Asked, client: Client): Promise<Colleague[]> {
  const { tx, tenant, platform, person } = asked;
  const team = await teamOf(asked, client);
  const all = await readPeople(tx, platform, tenant, { outsiders: false });
  const others = all.filter(({ id }) => team.every((one) => one.id !== id));
  return [...team, ...others].filter(({ id }) => id !== person.id).map(({ id, name }) => ({ id, name }));
}

/** The warning was written: who is asked hears it now. */
export async function warnFilled(
  asked: Asked,
  { subject, fields }: { subject: string; fields: Record<string, string> },
): Promise<Effect[]> {
  const [clientId = '', expectationId] = subject.split('.');
  const client = await clientToTalk(asked, clientId);
  const to = (await helpersOf(asked, client)).find(({ id }) => id === fields.person);
  if (!to) throw new Refusal('error.person-unknown', {}, { field: 'person' });
  const said = (fields.said ?? '').trim();
  if (said === '') throw new Refusal('error.conversation-said', {}, { field: 'said' });
  if ([...said].length > limits.said)
    throw new Refusal('error.text-too-long', { most: limits.said }, { field: 'said' });
  const { tx, person, now } = asked;
  const from = { id: person.id, name: person.name };
  const expectation = expectationId || undefined;
  const warning: Warning = {
    id: newId(),
    client: client.id,
    expectation,
    said,
    from,
    to,
    state: 'told',
    toldAt: now,
  };
  await addWarning(tx, asked, warning);
  return [
    answer(await cardFor(asked, client, warning, 'from'), 'internal'),
    await tell(asked, client, warning),
  ];
}

async function tell(asked: Asked, client: Client, warning: Warning): Promise<Effect> {
  const { to, from } = warning;
  const turn = await nextTurn(asked.tx, asked, to.id, 'warning');
  const { language } = await voiceOf(asked, to.id);
  const opening = sentenceOf('warning', language, turn, { client: client.name, name: from.name });
  const card = await cardFor(asked, client, warning, 'to', opening);
  return { do: 'post', to: { person: to.id }, card, audience: 'internal', key: keyOf(warning), resend: true };
}

function keyOf({ id }: Warning): string {
  return `early-warning:${id}`;
}

async function cardFor(
  asked: Asked,
  client: Client,
  warning: Warning,
  reader: 'from' | 'to',
  opening?: string,
) {
  const who = warning[reader];
  const voice = who.id === asked.person.id ? readers(asked) : await voiceOf(asked, who.id);
  const one = warning.expectation && (await findExpectation(asked.tx, asked.tenant, warning.expectation));
  const sees = one && maySee(one, { id: who.id, relation: 'team' }, client);
  return warningCard(client, warning, sees ? one.wording.text : undefined, reader, voice, opening);
}

type Pressed = { subject: string };

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

async function bring(asked: Asked, id: string, state: Warning['state']): Promise<Effect[]> {
  const { tx, tenant, person, now } = asked;
  const warning = await findWarning(tx, tenant, id);
  const reader = warning?.to.id === person.id ? 'to' : warning?.from.id === person.id ? 'from' : undefined;
  const client = warning && (await findClient(tx, tenant, warning.client));
  if (!warning || !client || !reader || (reader === 'from' && state !== 'settled'))
    throw new Refusal('error.warning-not-yours');
  const changed = warning.state === 'settled' ? warning : { ...warning, state };
  const card = answer(await cardFor(asked, client, changed, reader), 'internal');
  if (changed.state === warning.state) return [card];
  await changeWarning(tx, tenant, changed, now);
  const other = reader === 'to' ? 'from' : 'to';
  const told = await cardFor(asked, client, changed, other);
  // Who asked has no message of his own yet but the answer to his form: he gets one, the other's is renewed.
  const to = { person: warning[other].id };
  const audience = 'internal' as const;
  return [
    card,
    other === 'from'
      ? { do: 'post', to, card: told, audience, resend: false }
      : { do: 'update', key: keyOf(warning), to, card: told, audience, pace: 'final' },
  ];
}
