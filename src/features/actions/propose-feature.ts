import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { typedText } from '../../chat/typed-text.ts';
import { readers } from '../../chat/voice.ts';
import { clientOfPlace, mustRead, mustWrite, readableClients, relationOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { archived, nameClient } from '../clients/naming-store.ts';
import { ownFirst } from '../clients/own-store.ts';
import { findClient, hasClients } from '../clients/store.ts';
import { readPair } from '../clients/typing-rules.ts';
import { parted, within } from '../expectations/expectations.ts';
import { matterOf } from '../kti/current-rules.ts';
import type { Kti } from '../kti/kti.ts';
import { findKti } from '../kti/store.ts';
import type { Pressed, Sent } from './access-feature.ts';
import { limits } from './actions.ts';
import type { Asking } from './asking-rules.ts';
import { proposedAt } from './catalogue-rules.ts';
import { clientForm, ktiForm, type Proposal, proposalCard } from './propose-cards.ts';
import { askingOf } from './standing-feature.ts';
import { ownForm } from './start-feature.ts';
import { openFor } from './store.ts';

/** What could be done for a client: three actions for the KTI that asks for one most. */

/** `action [NAME]`: for a client, for the one this channel belongs to, or for one to choose; `NAME: WORDS` starts one. */
export async function typed(asked: Asked, text: string): Promise<Effect[]> {
  const read = readPair(text);
  if (read) return startOwn(asked, await nameClient(asked, read.name), read.other);
  if (text.trim() !== '') return propose(asked, await nameClient(asked, text));
  const here = await clientOfPlace(asked, asked.place.id);
  return here ? propose(asked, here.client) : chooseClient(asked);
}

async function chooseClient(asked: Asked): Promise<Effect[]> {
  const { tx, tenant, person, say } = asked;
  const clients = await ownFirst(asked, person.id, await readableClients(asked, person));
  if (clients.length > 0) return [{ do: 'ask', form: clientForm(clients, say), alone: true }];
  if (await hasClients(tx, tenant)) throw new Refusal('error.nobody-to-choose');
  const buttons = [{ press: 'clients.add', label: say('clients.add-first') }];
  throw new Refusal('error.client-none-yet', {}, { buttons });
}

/** The client was chosen, by a form or a button. */
export async function clientChosen(asked: Asked, { fields }: Sent): Promise<Effect[]> {
  return propose(asked, await clientBy(asked, fields.client ?? ''));
}

/** Three for the client that the button names; none named: for this place's, or for one to choose. */
export async function opened(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  return subject === '' ? typed(asked, '') : propose(asked, await clientBy(asked, subject));
}

async function clientBy({ tx, tenant }: Asked, id: string): Promise<Client> {
  const client = await findClient(tx, tenant, id);
  if (!client) throw new Refusal('error.client-gone', {}, { field: 'client' });
  return client;
}

/** Three others for the KTI that the button names. */
export async function others(asked: Asked, { subject, detail }: Pressed): Promise<Effect[]> {
  return proposeFor(asked, subject, within(Number(detail || 0) + 1, 1000) - 1);
}

/** Asks for which of the client's KTIs. */
export async function ktiAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const client = await clientBy(asked, subject);
  const all = await mayAsk(asked, client);
  return [{ do: 'ask', form: ktiForm(client, all, readers(asked)), alone: true }];
}

/** The KTI was chosen. */
export async function ktiChosen(asked: Asked, { fields }: Sent): Promise<Effect[]> {
  return proposeFor(asked, fields.kti ?? '', 0);
}

async function proposeFor(asked: Asked, id: string, turn: number): Promise<Effect[]> {
  const kti = await findKti(asked.tx, asked.tenant, id);
  if (!kti) throw new Refusal('error.actions-kti-gone', {}, { field: 'kti' });
  return propose(asked, await clientBy(asked, kti.client), { kti, turn });
}

/** The form for one in these own words; what asks for an action most stands first among what it can be for. */
async function startOwn(asked: Asked, client: Client, words: string): Promise<Effect[]> {
  const all = await mayAsk(asked, client);
  await mustWrite(asked, client);
  const title = typedText(words, { most: limits.title, field: 'title' });
  return [{ do: 'ask', form: await ownForm(asked, client, all, title), alone: true }];
}

/** The same, from the button that opens it: `CLIENT.WORDS`. */
export async function startOwnAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const [id, words = ''] = parted(subject);
  return startOwn(asked, await clientBy(asked, id), words);
}

/** All KTIs of a client of which whoever asks may read. */
async function mayAsk(asked: Asked, client: Client): Promise<Asking[]> {
  await mustRead(asked, client);
  if (client.archived) throw archived(asked, client);
  const all = await askingOf(asked, client);
  if (all.length === 0) {
    const buttons = [{ press: 'kti.ask', subject: client.id, label: asked.say('kti.ask-title') }];
    throw new Refusal('error.actions-no-kti', { client: client.name }, { buttons });
  }
  return all;
}

async function propose(asked: Asked, client: Client, of?: { kti: Kti; turn: number }): Promise<Effect[]> {
  const { tx, tenant, person } = asked;
  const all = await mayAsk(asked, client);
  const asking = of ? all.find(({ kti }) => matterOf(kti) === matterOf(of.kti)) : all[0];
  if (!asking) throw new Refusal('error.actions-kti-gone', {}, { field: 'kti' });
  const underWay = await openFor(tx, tenant, asking.kti);
  const turn = of?.turn ?? 0;
  const but = underWay.flatMap(({ catalogue }) => catalogue ?? []);
  const proposal = {
    ...{ client, asking, turn, underWay, others: all.length - 1 },
    worked: of ? [] : await workedBelow(asked, asking, all),
    entries: proposedAt(asking.kti.kind, but, turn),
    mayStart: (await relationOf(asked, person, client)) === 'team',
  };
  return [answer(proposalCard(proposal, readers(asked)), 'person')];
}

/** What was graded no higher than this, and is worked on: at most two, the most urgent first. */
async function workedBelow(
  { tx, tenant }: Asked,
  { row: here, kti }: Asking,
  all: Asking[],
): Promise<Proposal['worked']> {
  const below = all.filter(
    ({ row, isWorked, kti: other }) =>
      isWorked && other.id !== kti.id && row !== undefined && row.mean <= (here?.mean ?? row.mean),
  );
  const worked: Proposal['worked'] = [];
  for (const asking of below.slice(0, 2))
    worked.push({ asking, underWay: await openFor(tx, tenant, asking.kti) });
  return worked;
}
