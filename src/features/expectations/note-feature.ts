import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { catalogue } from '../../text/catalogue.ts';
import { clientOfPlace, mustRead, mustWrite, relationOf } from '../clients/access-store.ts';
import { type Client, matchClient } from '../clients/clients.ts';
import { findClient, readClients } from '../clients/store.ts';
import { askOn } from './asking-on-rules.ts';
import { noteExpectation, reword } from './change-store.ts';
import { concreteCard } from './concrete-cards.ts';
import {
  after,
  type Direction,
  type Expectation,
  isOpen,
  limits,
  maySee,
  readTyped,
  sameWords,
} from './expectations.ts';
import { list } from './list-feature.ts';
import { editForm, notedCard, noteForm } from './note-cards.ts';
import { mostOf } from './settings-feature.ts';
import { countNotedBy, expectationsOf, findExpectation } from './store.ts';
import { update } from './telling-feature.ts';
import { mine } from './view-feature.ts';

/** A text as somebody typed it. Throws a Refusal when there is none, or too much. */
export function readText(typed: string | undefined, field = 'text', most: number = limits.text): string {
  const text = (typed ?? '').trim();
  if (text === '') throw new Refusal('error.expectation-empty', {}, { field });
  if ([...text].length > most) throw new Refusal('error.text-too-long', { most }, { field });
  return text;
}

/** One of the team's, by its id, with its client. Throws a Refusal for who may not see it, or not change it. */
export async function owned(
  asked: Asked,
  id: string,
  { write }: { write: boolean },
): Promise<{ client: Client; expectation: Expectation }> {
  const expectation = await findExpectation(asked.tx, asked.tenant, id);
  const client = expectation && (await findClient(asked.tx, asked.tenant, expectation.client));
  if (!expectation || !client) throw new Refusal('error.expectation-gone');
  const relation = await relationOf(asked, asked.person, client);
  if (!maySee(expectation, { id: asked.person.id, relation }, client))
    throw new Refusal('error.expectation-gone');
  if (write) await mustWrite(asked, client);
  return { client, expectation };
}

/** `expect …` as it was typed: by the team a note, a list or a form; by the client his own view. */
export async function typed(asked: Asked, { text: rest }: { text: string }): Promise<Effect[]> {
  if (asked.person.outsider) return mine(asked);
  const { name, direction, text } = readTyped(rest);
  const clients = await readClients(asked.tx, asked.tenant);
  const here = (await clientOfPlace(asked, asked.place.id))?.client;
  if (clients.length === 0) throw noClients(asked);
  if (name === '' && here) {
    const isContact = (await relationOf(asked, asked.person, here)) === 'contact';
    if (isContact) return mine(asked);
    return text === undefined ? list(asked, here) : note(asked, here, direction, text);
  }
  const match = matchClient(clients, name);
  if (name !== '' && match.kind === 'one')
    return text === undefined ? list(asked, match.client) : note(asked, match.client, direction, text);
  // In a client's own channel its name can be left out, and the colon with it.
  if (here && text === undefined && name !== '') return note(asked, here, direction, name);
  // Which client is asked back; what was typed is kept.
  const choices = match.kind === 'many' ? match.clients : clients;
  const intro = name === '' ? undefined : asked.say('expectations.which-client', { name });
  return [
    { do: 'ask', form: noteForm(asked.say, { clients: choices, text, direction, intro }), alone: true },
  ];
}

function noClients({ say }: Asked): Refusal {
  const buttons = [{ press: 'clients.add', label: say('expectations.first-client') }];
  return new Refusal('error.expectation-no-clients', {}, { buttons });
}

/** The form, for the client that the button names, or for one to choose. */
export async function openNote(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const clients = await readClients(asked.tx, asked.tenant);
  const here = subject === '' ? (await clientOfPlace(asked, asked.place.id))?.client : undefined;
  const client = subject === '' ? here : await findClient(asked.tx, asked.tenant, subject);
  if (!client && clients.length === 0) throw noClients(asked);
  if (client) await mustWrite(asked, client);
  const form = noteForm(asked.say, { client, clients, direction: 'theirs' });
  return [{ do: 'ask', form, alone: true }];
}

/** The form was sent. */
export async function noteSent(
  asked: Asked,
  { subject, fields }: { subject: string; fields: Record<string, string> },
): Promise<Effect[]> {
  const client = await findClient(asked.tx, asked.tenant, subject || (fields.client ?? ''));
  if (!client) throw new Refusal('error.expectation-which-client', {}, { field: 'client' });
  return note(asked, client, fields.direction === 'ours' ? 'ours' : 'theirs', fields.text);
}

async function note(
  asked: Asked,
  client: Client,
  direction: Direction,
  text: string | undefined,
): Promise<Effect[]> {
  await mustRead(asked, client);
  await mustWrite(asked, client);
  const words = readText(text);
  const open = await expectationsOf(asked.tx, asked.tenant, client.id, { open: true });
  const same = open.find((one) => one.direction === direction && sameWords(one.wording.text, words));
  if (same) throw alreadyThere(asked, same);
  const { tx, tenant, person, now, say } = asked;
  const noted = await noteExpectation(
    tx,
    tenant,
    { client: client.id, direction, words },
    { who: person, now },
  );
  const asking = askOn(words, person.language, catalogue, await countNotedBy(tx, tenant, person.id));
  const counted = {
    open: open.filter((one) => one.direction === 'theirs').length + 1,
    most: await mostOf(asked),
  };
  return [answer(notedCard(client, noted, say, asking, counted), 'internal')];
}

function alreadyThere({ say }: Asked, { id }: Expectation): Refusal {
  const buttons = [{ press: 'expectations.show', subject: id, label: say('expectations.look') }];
  return new Refusal('error.expectation-same', {}, { field: 'text', buttons });
}

/** Another wording: the form. */
export async function openEdit(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const { expectation } = await owned(asked, subject, { write: true });
  if (!isOpen(expectation)) throw new Refusal('error.expectation-over');
  return [{ do: 'ask', form: editForm(expectation, asked.say), alone: true }];
}

/** Another wording was sent. What the client had confirmed is not changed: it is a new wording, to be confirmed. */
export async function editSent(
  asked: Asked,
  { subject, fields }: { subject: string; fields: Record<string, string> },
): Promise<Effect[]> {
  const { client, expectation } = await owned(asked, subject, { write: true });
  const text = readText(fields.text);
  const before = expectation.wording;
  if (text === before.text) throw new Refusal('error.expectation-unchanged', {}, { field: 'text' });
  const state = expectation.state === 'noted' ? 'noted' : after(expectation.state, 'make-concrete', 'team');
  if (!state) throw new Refusal('error.expectation-over');
  const { tx, tenant, person, now } = asked;
  const wording = { text, seen: before.seen, author: person, byClient: false };
  await reword(tx, tenant, expectation, { state, happened: 'edit', wording }, { who: person, now });
  const changed = (await findExpectation(tx, tenant, expectation.id)) ?? expectation;
  return [
    ...(expectation.state === 'sent' ? await update(asked, client, expectation, 'replaced') : []),
    answer(concreteCard(client, changed, asked.say), 'internal'),
  ];
}
