import type { Button, Element } from '../../chat/card.ts';
import type { Effect } from '../../chat/effect.ts';
import type { Asked, Feature } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readPerson } from '../../store/people.ts';
import {
  clientOfPlace,
  contactsOf,
  mustRead,
  mustWrite,
  readableClients,
  relationOf,
  teamOf,
} from './access-store.ts';
import { dossierCard, moreCard } from './cards.ts';
import { type Client, quadrantOf } from './clients.ts';
import { kindsHere } from './link-feature.ts';
import { linksOf } from './link-store.ts';
import { archivedCard, type Entry, listCard } from './list-cards.ts';
import { clientById, told } from './meant-feature.ts';
import { nameClient } from './naming-store.ts';
import { contactsCard } from './people-cards.ts';
import { readAdded, readDomains, readListed } from './people-store.ts';
import { readArchived } from './store.ts';
import { nearestVerb } from './typing-rules.ts';

/** So many clients a page of the list shows. */
const inPage = 10;
/** So many archived ones are shown; others are found by name. */
const mostArchived = 20;

export type Showing = ReturnType<typeof showing>;

/** Shows what is known of clients; what the other features know of them is theirs to say. */
export function showing(others: Feature[]) {
  /** `client NAME`; alone in a place of no client, the list to pick from. */
  async function typed(asked: Asked, text: string): Promise<Effect[]> {
    const here = text === '' ? await clientOfPlace(asked, asked.place.id) : undefined;
    if (text === '' && !here) return list(asked, '');
    return dossier(asked, here?.client ?? (await named(asked, text)));
  }

  async function pressed(asked: Asked, subject: string): Promise<Effect[]> {
    return dossier(asked, await clientById(asked, subject));
  }

  async function dossier(asked: Asked, client: Client): Promise<Effect[]> {
    await mustRead(asked, client);
    const { tx, tenant, platform, person } = asked;
    const mayWrite = (await relationOf(asked, person, client)) === 'team';
    const owner = await readPerson(tx, platform, tenant, client.owner.id);
    const card = dossierCard(
      {
        client,
        quadrant: quadrantOf(await isKnown(asked, client), client),
        team: await teamOf(asked, client),
        contacts: await contactsOf(asked, client.id),
        domains: await readDomains(tx, tenant, client.id),
        links: await linksOf(tx, asked, client.id),
        ownerLeft: owner?.outsider ?? false,
        contributed: client.archived
          ? { elements: [], buttons: [] }
          : await contributed(asked, client, mayWrite),
        mayWrite,
        mayLink: (await kindsHere(asked)).length > 0,
      },
      asked.say,
    );
    return told(asked, card);
  }

  async function contributed(asked: Asked, client: Client, mayWrite: boolean) {
    const elements: Element[] = [];
    const buttons: Button[] = [];
    for (const { dossier } of others) {
      const more = await dossier?.show(asked, client, mayWrite);
      elements.push(...(more?.elements ?? []));
      buttons.push(...(more?.buttons ?? []));
    }
    return { elements, buttons };
  }

  /** Whether anything is known of what it expects. */
  async function isKnown(asked: Asked, client: Client): Promise<boolean> {
    for (const { dossier } of others) if (await dossier?.knows?.(asked, client)) return true;
    return false;
  }

  /** All clients, a page of them, each with what is missing. */
  async function list(asked: Asked, detail: string): Promise<Effect[]> {
    const { tx, tenant, person } = asked;
    const readable = await readableClients(asked, person);
    const pages = Math.max(Math.ceil(readable.length / inPage), 1);
    const page = Math.min(/^[1-9]\d{0,3}$/.test(detail) ? Number(detail) : 1, pages);
    const entries: Entry[] = [];
    for (const client of readable.slice((page - 1) * inPage, page * inPage))
      entries.push({ client, missing: await missing(asked, client) });
    const archived = (await readArchived(tx, tenant)).length;
    return told(asked, listCard({ entries, page, pages, archived }, asked.say));
  }

  async function missing(asked: Asked, client: Client): Promise<string[]> {
    const { tx, tenant, platform, say } = asked;
    const words: string[] = [];
    for (const { dossier } of others) {
      const one = await dossier?.missing?.(asked, client);
      if (one) words.push(one);
    }
    if ((await contactsOf(asked, client.id)).length === 0) words.push(say('clients.missing-contact'));
    if ((await linksOf(tx, asked, client.id)).length === 0) words.push(say('clients.missing-channel'));
    if ((await readPerson(tx, platform, tenant, client.owner.id))?.outsider)
      words.push(say('clients.missing-owner'));
    return words;
  }

  return { typed, pressed, list, archived, contacts, more };
}

/** The client that is meant; `client lnik Acme` is rather a verb typed wrong than a name. */
async function named(asked: Asked, text: string): Promise<Client> {
  try {
    return await nameClient(asked, text);
  } catch (error) {
    const verb = nearestVerb(text);
    if (!(error instanceof Refusal) || error.code !== 'error.client-unknown' || !verb) throw error;
    const word = asked.person.language === 'nl' ? 'klant' : 'client';
    throw new Refusal('error.unknown-nearest', {
      typed: `${word} ${text.split(/\s/, 1)[0]}`,
      nearest: `${word} ${verb}`,
    });
  }
}

async function archived(asked: Asked): Promise<Effect[]> {
  const { tx, tenant, person } = asked;
  const all = await readArchived(tx, tenant);
  const clients = [];
  for (const client of all.slice(0, mostArchived))
    clients.push({ client, mayWrite: (await relationOf(asked, person, client)) === 'team' });
  return told(asked, archivedCard(clients, all.length - clients.length, asked.say));
}

/** All contacts of a client; `detail` is the page. */
async function contacts(asked: Asked, subject: string, detail: string): Promise<Effect[]> {
  const client = await clientById(asked, subject);
  await mustRead(asked, client);
  return told(asked, contactsCard(client, await contactsOf(asked, client.id), Number(detail), asked.say));
}

async function more(asked: Asked, subject: string): Promise<Effect[]> {
  const { tx, tenant, say } = asked;
  const client = await clientById(asked, subject);
  await mustWrite(asked, client);
  const has = {
    listed: (await readListed(tx, tenant, client.id)).length > 0,
    added: (await readAdded(tx, tenant, client.id)).length > 0,
    links: await linksOf(tx, asked, client.id),
  };
  return told(asked, moreCard(client, has, say));
}
