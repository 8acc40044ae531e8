import type { Button } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers, type Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { clientOfPlace, mustWrite, placeOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { archived, nameClient } from '../clients/naming-store.ts';
import { ownFirst } from '../clients/own-store.ts';
import { findClient, hasClients, readClients } from '../clients/store.ts';
import { voiceIn } from '../clients/voice-store.ts';
import { askForm } from './ask-cards.ts';
import { predictedCard } from './forecast-cards.ts';
import { beginRound } from './forecast-feature.ts';
import { gradesOfRound } from './grade-store.ts';
import { hindered } from './hindrance-cards.ts';
import { askedNow } from './open-feature.ts';
import type { Plan } from './plan-rules.ts';
import { dailyPlan } from './plan-store.ts';
import { type Draft, draftOf } from './put-feature.ts';
import { runningButtons } from './round-cards.ts';
import { runningRound } from './round-store.ts';

/** One of the team asks a client for grades. */

/** `kti ask NAME`; of the client of this channel without a name, else it is asked which. */
export async function typed(asked: Asked, text: string): Promise<Effect[]> {
  const name = text.trim();
  if (name === '') return choose(asked);
  return ask(asked, await nameClient(asked, name));
}

/** From a button: of the client that it names. */
export async function pressed(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  if (subject === '') return choose(asked);
  const client = await findClient(asked.tx, asked.tenant, subject);
  if (!client) throw new Refusal('error.button-unknown');
  return ask(asked, client);
}

/** On the hub: of the client of this channel, once that is confirmed; else it is asked which. */
export async function hubButton(asked: Asked): Promise<Button | undefined> {
  const { tx, tenant, say, place } = asked;
  if (!(await hasClients(tx, tenant))) return undefined;
  const here = (await clientOfPlace(asked, place.id))?.client;
  const button: Button = { press: 'kti.ask', subject: here?.id, label: say('kti.ask-title') };
  if (!here) return button;
  return {
    ...button,
    confirm: {
      ...{ title: say('kti.put-title'), text: say('kti.hub-text', { client: here.name }) },
      ...{ yes: say('kti.put'), no: say('kti.put-no') },
    },
  };
}

async function choose(asked: Asked): Promise<Effect[]> {
  const here = (await clientOfPlace(asked, asked.place.id))?.client;
  if (here) return ask(asked, here);
  return [{ do: 'ask', form: askForm(asked.say, await clientsToChoose(asked)), alone: true }];
}

/** All clients, those of the one who asks first. Throws a Refusal when there is none yet. */
export async function clientsToChoose(asked: Asked): Promise<Client[]> {
  const clients = await ownFirst(asked, asked.person.id, await readClients(asked.tx, asked.tenant));
  if (clients.length > 0) return clients;
  const buttons = [{ press: 'clients.add', label: asked.say('clients.add-first') }];
  throw new Refusal('error.client-none-yet', {}, { buttons });
}

/** The client was chosen, or typed. */
export async function filled(
  asked: Asked,
  { fields }: { fields: Record<string, string> },
): Promise<Effect[]> {
  return ask(asked, await chosenClient(asked, fields));
}

/** The client that a form names. Throws a Refusal when it names none. */
export async function chosenClient(asked: Asked, fields: Record<string, string>): Promise<Client> {
  const { client: id = '', 'other-client': other = '' } = fields;
  if (other.trim() !== '') return nameClient(asked, other);
  const client = await findClient(asked.tx, asked.tenant, id);
  if (!client) throw new Refusal('error.kti-which-client', {}, { field: 'client' });
  return client;
}

async function ask(asked: Asked, client: Client): Promise<Effect[]> {
  const draft = await draftFor(asked, client);
  const { person } = asked;
  const timeZone = await roundZone(asked, client);
  const begun = await beginRound(asked, draft, { id: person.id, name: person.name }, timeZone);
  const words: Voice = { ...readers(asked), timeZone };
  if ('predicted' in begun) {
    const isHere = (await placeOf(asked, client.id, 'internal')) === asked.place.id;
    const card = predictedCard(client, begun.predicted, words, isHere);
    return [...begun.effects, answer(card, 'internal')];
  }
  if (!('round' in begun)) throw hindered(client, begun, words, asked.now);
  const { card, effects } = askedNow(asked, client, begun, words);
  return [...begun.effects, ...effects, answer(card, 'internal')];
}

/**
 * What one of the client's team would ask of it; `only`: the expectation that alone is asked about. Throws a Refusal for
 * others, and while the client cannot be asked.
 */
export async function draftFor(asked: Asked, client: Client, only?: string): Promise<Draft> {
  await mustWrite(asked, client);
  const draft = await draftOf(asked, client.id, only);
  if (draft === 'archived') throw archived(asked, client);
  if (typeof draft !== 'string') return draft;
  const ways = await waysOut(asked, client, asked.say, await dailyPlan(asked.tx, asked.tenant, client.id));
  throw hindered(client, draft, readers(asked), asked.now, ways);
}

/** By which clock the times of a client's round are told: that of the team's channel, else of whoever asks. */
export async function roundZone(asked: Asked, { id }: Pick<Client, 'id'>): Promise<string> {
  const { tx, tenant, platform } = asked;
  const internal = await placeOf(asked, id, 'internal');
  if (internal === undefined) return readers(asked).timeZone;
  return (await voiceIn({ ...asked, tx, tenant, platform }, internal)).timeZone;
}

/** What can be done with the round of a client that has not ended, if there is one; `daily`: the plan that asks in it. */
export async function waysOut(
  { tx, tenant }: Pick<Asked, 'tx' | 'tenant'>,
  client: Client,
  say: Say,
  daily?: Plan,
): Promise<Button[]> {
  const round = await runningRound(tx, tenant, client.id);
  if (!round) return [];
  const graded = (await gradesOfRound(tx, tenant, round.id)).length > 0;
  return runningButtons(round, { client: client.name, graded, daily }, say);
}
