import type { Telling } from '../../chat/contributions.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Feature } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import { mustRead, readableClients, relationOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { archived, nameClient } from '../clients/naming-store.ts';
import { findClient } from '../clients/store.ts';
import { inCard, reportCard } from './cards.ts';
import { clientReportCard } from './client-cards.ts';
import { type Known, knownOf, leastKnownFirst } from './reports.ts';
import { readFacts } from './store.ts';

export type Reporting = ReturnType<typeof reporting>;

/** What the teams know and do not know; what the other features heard or miss is theirs to say. */
export function reporting(others: Feature[]) {
  /** What is known of these clients; with `only`, of that one. */
  async function knownFor(to: Telling, clients: Client[], only?: string): Promise<Known[]> {
    const facts = await readFacts(to, only);
    return knownOf(clients, { ...facts, sources: await sourcesOf(to, only) }, to.person);
  }

  async function sourcesOf(to: Telling, client?: string): Promise<Map<string, string[]>> {
    const sources = new Map<string, string[]>();
    for (const { dossier } of others)
      for (const [id, words] of (await dossier?.sources?.(to, client)) ?? [])
        sources.set(id, [...(sources.get(id) ?? []), ...words]);
    return sources;
  }

  /** `report`: of all clients; `report NAME`: of that one in full. */
  async function typed(asked: Asked, text: string): Promise<Effect[]> {
    return text.trim() === '' ? all(asked, '') : ofClient(asked, await nameClient(asked, text));
  }

  /** A page of all clients. */
  async function all(asked: Asked, detail: string): Promise<Effect[]> {
    const voice = readers(asked);
    const clients = await readableClients(asked, asked.person);
    const known = leastKnownFirst(await knownFor(telling(asked), clients));
    const pages = Math.max(Math.ceil(known.length / inCard), 1);
    const page = Math.min(/^[1-9]\d{0,3}$/.test(detail) ? Number(detail) : 1, pages);
    return [answer(reportCard({ all: known, page }, voice, asked.now), 'person')];
  }

  async function pressed(asked: Asked, subject: string): Promise<Effect[]> {
    const client = await findClient(asked.tx, asked.tenant, subject);
    if (!client) throw new Refusal('error.button-unknown');
    return ofClient(asked, client);
  }

  async function ofClient(asked: Asked, client: Client): Promise<Effect[]> {
    await mustRead(asked, client);
    if (client.archived) throw archived(asked, client);
    const [known] = await knownFor(telling(asked), [client], client.id);
    if (!known) throw new Refusal('error.button-unknown');
    const missing: string[] = [];
    for (const { dossier } of others)
      missing.push(...[(await dossier?.missing?.(asked, client)) ?? []].flat());
    const mayWrite = (await relationOf(asked, asked.person, client)) === 'team';
    const card = clientReportCard({ known, missing, mayWrite }, readers(asked), asked.now);
    return [answer(card, 'person')];
  }

  return { typed, all, pressed, knownFor };
}

function telling(asked: Asked): Telling {
  const { tx, tenant, platform, now, person } = asked;
  return { tx, tenant, platform, now, person: person.id, voice: readers(asked) };
}
