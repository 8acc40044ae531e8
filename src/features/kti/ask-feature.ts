import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers, type Voice } from '../../chat/voice.ts';
import { clientOfPlace, mustWrite, placeOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { archived, nameClient } from '../clients/naming-store.ts';
import { ownFirst } from '../clients/own-store.ts';
import { findClient, readClients } from '../clients/store.ts';
import { voiceIn } from '../clients/voice-store.ts';
import { askedCard, askForm } from './ask-cards.ts';
import { draftOf, type Hindrance, putRound } from './put-feature.ts';
import { skippedText } from './skipped-cards.ts';

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

async function choose(asked: Asked): Promise<Effect[]> {
  const here = (await clientOfPlace(asked, asked.place.id))?.client;
  if (here) return ask(asked, here);
  const clients = await ownFirst(asked, asked.person.id, await readClients(asked.tx, asked.tenant));
  if (clients.length > 0) return [{ do: 'ask', form: askForm(asked.say, clients), alone: true }];
  const buttons = [{ press: 'clients.add', label: asked.say('clients.add-first') }];
  throw new Refusal('error.client-none-yet', {}, { buttons });
}

/** The client was chosen, or typed. */
export async function filled(
  asked: Asked,
  { fields }: { fields: Record<string, string> },
): Promise<Effect[]> {
  const { client: id = '', 'other-client': other = '' } = fields;
  if (other.trim() !== '') return ask(asked, await nameClient(asked, other));
  const client = await findClient(asked.tx, asked.tenant, id);
  if (!client) throw new Refusal('error.kti-which-client', {}, { field: 'client' });
  return ask(asked, client);
}

async function ask(asked: Asked, client: Client): Promise<Effect[]> {
  await mustWrite(asked, client);
  const draft = await draftOf(asked, client.id);
  if (typeof draft === 'string') throw hindered(asked, client, draft);
  const { person, tx, tenant, platform } = asked;
  const internal = await placeOf(asked, client.id, 'internal');
  const { timeZone } =
    internal === undefined ? readers(asked) : await voiceIn({ ...asked, tx, tenant, platform }, internal);
  const put = await putRound(asked, draft, { id: person.id, name: person.name }, timeZone);
  const words: Voice = { ...readers(asked), timeZone };
  if (!('round' in put)) {
    const who = skippedText(put, words, asked.now);
    throw new Refusal('error.kti-nobody', { client: client.name, who });
  }
  return [...put.effects, answer(askedCard(client, put, words, asked.now), 'internal')];
}

/** Why a client cannot be asked, and what to do first. */
function hindered(asked: Asked, client: Client, why: Hindrance): Refusal {
  const { say } = asked;
  const values = { client: client.name };
  const button = (press: string, label: string) => ({ buttons: [{ press, subject: client.id, label }] });
  switch (why) {
    case 'archived':
      return archived(asked, client);
    case 'running':
      return new Refusal('error.kti-running', values, button('kti.summary', say('kti.to-summary')));
    case 'no-contact':
      return new Refusal(
        'error.kti-no-contact',
        values,
        button('clients.contact', say('expectations.add-contact')),
      );
    case 'no-expectation':
      return new Refusal(
        'error.kti-no-expectation',
        values,
        button('expectations.list', say('kti.to-expectations')),
      );
  }
}
