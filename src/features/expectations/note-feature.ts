import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { shortened } from '../../chat/grammar.ts';
import { Refusal } from '../../chat/refusal.ts';
import { newId } from '../../store/id.ts';
import { catalogue } from '../../text/catalogue.ts';
import { clientOfPlace, clientsOfContact, mustRead, relationOf } from '../clients/access-store.ts';
import { type Client, matchClient, newClient, readName } from '../clients/clients.ts';
import { linkOfPlace } from '../clients/link-store.ts';
import { archived, matchNamed, mustNotRest } from '../clients/naming-store.ts';
import { addClient, findClient, holdClient, readClients } from '../clients/store.ts';
import { askOn } from './asking-on-rules.ts';
import { noteExpectation } from './change-store.ts';
import { type Direction, readTyped } from './expectations.ts';
import { list } from './list-feature.ts';
import { freshClient, notedCard, noteForm } from './note-cards.ts';
import { mustBeNew, mustChange, readText } from './owned-feature.ts';
import { mostOf } from './settings-feature.ts';
import { countNotedBy } from './store.ts';
import { mine } from './view-feature.ts';

/** `expect …` as it was typed: by the team a note, a list or a form; by the client his own view. */
export async function typed(asked: Asked, rest: string, said?: Direction): Promise<Effect[]> {
  if (asked.person.outsider) return mine(asked);
  const { name, text, ...read } = readTyped(rest);
  const direction = said ?? read.direction;
  const clients = await readClients(asked.tx, asked.tenant);
  const here = (await clientOfPlace(asked, asked.place.id))?.client;
  const rests = here ? undefined : await restingHere(asked);
  if (rests && name === '') throw archived(asked, rests);
  if (clients.length === 0 && (name === '' || text === undefined)) throw noClients(asked);
  if (name === '' && here) {
    const isContact = (await relationOf(asked, asked.person, here)) === 'contact';
    if (isContact) return mine(asked);
    return text === undefined ? list(asked, here) : note(asked, here, direction, text);
  }
  // On the client's side of a department himself, he means what is agreed with it.
  if (rest.trim() === '' && (await clientsOfContact(asked, asked.person)).length > 0) return mine(asked);
  const match = await matchNamed(asked, clients, name);
  if (name !== '' && match.kind === 'one')
    return text === undefined ? list(asked, match.client) : note(asked, match.client, direction, text);
  const isNoName = match.kind === 'none' && name !== '';
  if (isNoName && text !== undefined) await mustNotRest(asked, name);
  // In a client's own channel its name can be left out, and the colon with it: then all of it are the client's words.
  if (here && text === undefined && isNoName) return note(asked, here, 'theirs', rest);
  // Which client is asked back; what was typed is kept, with what is no name where none was needed.
  const choices = match.kind === 'many' ? match.clients : clients;
  const kept = isNoName && (here || text === undefined) ? rest.trim() : text;
  const fresh = isNoName && text !== undefined ? freshName(name) : undefined;
  const which = match.kind === 'many' ? 'client' : fresh === undefined ? 'none' : 'or-fresh';
  const intro = name === '' ? undefined : asked.say(`expectations.which-${which}`, { name: shortened(name) });
  const form = noteForm(asked.say, { clients: choices, fresh, text: kept, direction, intro });
  return [{ do: 'ask', form, alone: true }];
}

/** The archived client that this place belongs to. */
async function restingHere({ tx, tenant, platform, place }: Asked): Promise<Client | undefined> {
  const link = await linkOfPlace(tx, { tenant, platform, place: place.id });
  return link?.rests ? findClient(tx, tenant, link.client) : undefined;
}

/** What a client to be added can be called; a choice of a form has room for no longer one. */
function freshName(typed: string): string | undefined {
  const read = readName(typed);
  return typeof read === 'object' && read.name.length <= 60 ? read.name : undefined;
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
  if (client) await mustChange(asked, client);
  const form = noteForm(asked.say, { client, clients, direction: 'theirs' });
  return [{ do: 'ask', form, alone: true }];
}

/** The form was sent. */
export async function noteSent(
  asked: Asked,
  { subject, fields }: { subject: string; fields: Record<string, string> },
): Promise<Effect[]> {
  const chosen = fields.client ?? '';
  const client =
    subject === '' && chosen.startsWith(freshClient)
      ? await freshlyAdded(asked, chosen.slice(freshClient.length))
      : await findClient(asked.tx, asked.tenant, subject || chosen);
  if (!client) throw new Refusal('error.expectation-which-client', {}, { field: 'client' });
  return note(asked, client, fields.direction === 'ours' ? 'ours' : 'theirs', fields.text);
}

/** The client of that name: added now, unless somebody did a moment ago. */
async function freshlyAdded(asked: Asked, typed: string): Promise<Client | undefined> {
  const { tx, tenant, person, now } = asked;
  const name = freshName(typed);
  if (name === undefined) return undefined;
  const client = newClient({
    id: newId(),
    name,
    owner: { id: person.id, name: person.name },
    createdAt: now,
  });
  if (await addClient(tx, tenant, client)) return client;
  const match = matchClient(await readClients(tx, tenant), name);
  return match.kind === 'one' ? match.client : undefined;
}

async function note(
  asked: Asked,
  client: Client,
  direction: Direction,
  text: string | undefined,
): Promise<Effect[]> {
  return (await noteFor(asked, client, direction, text)).effects;
}

/**
 * Notes what a client expects of us, or we of it, and answers with what to ask now; also for what tells of an expectation
 * that nobody had noted. Throws a Refusal for who may not, and for words that are none or stand there already.
 */
export async function noteFor(
  asked: Asked,
  client: Client,
  direction: Direction,
  text: string | undefined,
): Promise<{ expectation: string; effects: Effect[] }> {
  await mustRead(asked, client);
  await mustChange(asked, client);
  const words = readText(text);
  const { tx, tenant, person, now, say } = asked;
  // Held: others may note the same words, archive it or make it a part of another in the same moment.
  const held = await holdClient(tx, tenant, client.id);
  if (!held) throw new Refusal('error.client-gone');
  await mustChange(asked, held);
  const open = await mustBeNew(asked, held, { direction, words });
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
  const card = notedCard(client, noted, say, asking, counted);
  return { expectation: noted.id, effects: [answer(card, 'internal')] };
}
