import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { shortened } from '../../chat/grammar.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import { newId } from '../../store/id.ts';
import { clientOfPlace } from '../clients/access-store.ts';
import { type Client, matchClient } from '../clients/clients.ts';
import { nameClient } from '../clients/naming-store.ts';
import { readClients } from '../clients/store.ts';
import { clientToTalk, held, mustBeTeam } from './access-feature.ts';
import { askingCard } from './after-cards.ts';
import { plannedCard, talkForm, whenForm, whenOf } from './cards.ts';
import { type Conversation, justNowSubject, momentRefusal, usualMinutes } from './conversations.ts';
import { planNow } from './plan-feature.ts';
import { beforeMinutesOf } from './settings-feature.ts';
import {
  addConversation,
  conversationsBetween,
  joinConversation,
  keepAnswer,
  moveConversation,
} from './store.ts';
import { readWhen, type When } from './when-rules.ts';

/** `talk NAME tomorrow 14:00`; without a moment it was just now; without a name either a form. */
export async function typed(asked: Asked, text: string): Promise<Effect[]> {
  const { tx, tenant, now, person } = asked;
  const clients = await readClients(tx, tenant);
  const here = (await clientOfPlace(asked, asked.place.id))?.client;
  if (text === '' && !here) return [form(asked, clients)];
  const names = clients.map(({ name }) => name);
  const { rest, when, wrong } = readWhen(text, now, person.timeZone, names);
  // `talk Acme 31 february`: what looks like a moment and is none is asked for again, with the client kept.
  const client = await named(asked, wrong === undefined ? rest : rest.replace(wrong, '').trim(), clients);
  await mustBeTeam(asked, client);
  if (wrong !== undefined) return [askWhen(asked, client, wrong, 'conversations.when-wrong')];
  if (!when) return justNow(asked, client);
  if (when.dayOnly)
    return [
      askWhen(asked, client, text.slice(text.indexOf(rest) + rest.length), 'conversations.when-no-time'),
    ];
  return planned(asked, client, when);
}

async function named(asked: Asked, typed: string, clients: Client[]): Promise<Client> {
  const match = matchClient(clients, typed);
  return typed !== '' && match.kind === 'one' ? match.client : nameClient(asked, typed);
}

function form({ say }: Asked, clients: Client[]): Effect {
  if (clients.length > 0) return { do: 'ask', form: talkForm(say, clients), alone: true };
  const buttons = [{ press: 'clients.add', label: say('clients.add-first') }];
  throw new Refusal('error.client-none-yet', {}, { buttons });
}

/** Asks when it is; the subject of the form names the client of a conversation that is not there yet. */
function askWhen(
  { say }: Asked,
  client: Client,
  typed: string,
  why: 'conversations.when-wrong' | 'conversations.when-no-time',
): Effect {
  const value = typed.trim().slice(0, 100);
  const intro = say(why, { typed: shortened(value) });
  const asking = { subject: `client.${client.id}`, client: client.name, value, intro };
  return { do: 'ask', form: whenForm(say, asking), alone: true };
}

/** The form, from a button. */
export async function talkAsked(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  if (subject === '') return [form(asked, await readClients(asked.tx, asked.tenant))];
  return justNow(asked, await clientToTalk(asked, subject));
}

/** The form was sent: with a moment it is planned, without one it was just now. */
export async function talkFilled(
  asked: Asked,
  { fields }: { fields: Record<string, string> },
): Promise<Effect[]> {
  const client = await clientToTalk(asked, fields.client ?? '');
  if (!fields.when?.trim()) return justNow(asked, client);
  return planned(asked, client, momentOf(asked, fields.when));
}

/** It took place just now: nothing is kept before it was said what came of it. */
async function justNow(asked: Asked, client: Client): Promise<Effect[]> {
  const voice = readers(asked);
  const one = conversation(asked, client, asked.now, asked.now);
  const opening = asked.say('conversations.just-now', { client: client.name });
  return [answer(askingCard(client, one, voice, opening, justNowSubject(one)), 'internal')];
}

function conversation(
  { person }: Asked,
  client: Client,
  start: Temporal.Instant,
  end: Temporal.Instant,
): Conversation {
  return {
    id: newId(),
    client: client.id,
    title: undefined,
    start,
    end,
    source: 'typed',
    people: [{ id: person.id, name: person.name }],
    answer: undefined,
  };
}

/** A moment as somebody typed it. Throws a Refusal at its field when it is none. */
function momentOf({ now, person }: Asked, typed: string): When {
  const { when, wrong } = readWhen(typed, now, person.timeZone, []);
  const field = { field: 'when' };
  if (!when || wrong !== undefined)
    throw new Refusal('error.conversation-when', { typed: shortened(wrong ?? typed) }, field);
  if (when.dayOnly) throw new Refusal('error.conversation-time', { typed: shortened(typed) }, field);
  return when;
}

function endOf({ start, end }: When): Temporal.Instant {
  return end ?? start.add({ minutes: usualMinutes });
}

/** Plans it, or joins a colleague's; of one that is over it is asked what came of it. */
async function planned(asked: Asked, client: Client, when: When): Promise<Effect[]> {
  const { tx, now } = asked;
  mustBeNear(when.start, now);
  const one = conversation(asked, client, when.start, endOf(when));
  const same = await sameAs(asked, one);
  if (same) await joinConversation(tx, asked, same.id, asked.person);
  else await addConversation(tx, asked, one, now);
  const kept = same
    ? {
        ...same,
        people: [
          ...same.people,
          ...one.people.filter(({ id }) => same.people.every((other) => other.id !== id)),
        ],
      }
    : one;
  return shown(asked, client, kept);
}

/** A colleague's at the same moment. What was called off, or answered too early, is none that is still to come. */
async function sameAs(asked: Asked, { client, start, end }: Conversation): Promise<Conversation | undefined> {
  const span = { from: start, until: start.add({ seconds: 1 }), client };
  const isOver = Temporal.Instant.compare(end, asked.now) <= 0;
  const found = await conversationsBetween(asked.tx, asked, span);
  return found.find(({ answer }) => !answer || (isOver && answer.outcome !== 'cancelled'));
}

function mustBeNear(start: Temporal.Instant, now: Temporal.Instant): void {
  const refusal = momentRefusal(start, now);
  if (refusal) throw new Refusal(`error.conversation-${refusal}`, {}, { field: 'when' });
}

/** What was understood; of one that has ended, the question what came of it. */
async function shown(asked: Asked, client: Client, one: Conversation): Promise<Effect[]> {
  const voice = readers(asked);
  if (Temporal.Instant.compare(one.end, asked.now) > 0) {
    const pace = { minutes: await beforeMinutesOf(asked), now: asked.now };
    return [answer(plannedCard(client, one, voice, pace), 'internal'), ...planNow(asked.now)];
  }
  const opening = asked.say('conversations.was', { client: client.name, when: whenOf(one, voice) });
  return [answer(askingCard(client, one, voice, opening, one.id), 'internal')];
}

/** Asks when a conversation with this client is going to be. */
export async function planAsked(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const client = await clientToTalk(asked, subject);
  const asking = { subject: `client.${client.id}`, client: client.name };
  return [{ do: 'ask', form: whenForm(asked.say, asking), alone: true }];
}

/** Asks for another moment. */
export async function changeAsked(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const { client } = await held(asked, subject);
  return [{ do: 'ask', form: whenForm(asked.say, { subject, client: client.name }), alone: true }];
}

/** Another moment was typed, or the one that was missing: then the subject names the client. */
export async function changeFilled(
  asked: Asked,
  { subject, fields }: { subject: string; fields: Record<string, string> },
): Promise<Effect[]> {
  const when = momentOf(asked, fields.when ?? '');
  if (subject.startsWith('client.'))
    return planned(asked, await clientToTalk(asked, subject.slice('client.'.length)), when);
  const { client, conversation: one } = await held(asked, subject);
  mustBeNear(when.start, asked.now);
  const end = endOf(when);
  // Of what is still to come nothing came yet, whatever was said of the moment before.
  const answer = Temporal.Instant.compare(end, asked.now) > 0 ? undefined : one.answer;
  const moved = { ...one, start: when.start, end, answer };
  await moveConversation(asked.tx, asked.tenant, moved);
  if (!answer && one.answer) await keepAnswer(asked.tx, asked.tenant, one.id, undefined);
  return shown(asked, client, moved);
}
