import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { readers } from '../../chat/voice.ts';
import { relationOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { readClients } from '../clients/store.ts';
import { byMonth, type Conversation, coverageOf, shareOf } from './conversations.ts';
import { reportCard } from './report-cards.ts';
import { conversationsBetween, lastRaised } from './store.ts';

const months = 6;

/** `talk report`: of the clients that whoever asks may read of; it is knowledge of clients, so that is nearly all. */
export async function report(asked: Asked): Promise<Effect[]> {
  const { tx, tenant, now, place } = asked;
  const clients = await readable(asked);
  const until = now.add({ hours: 1 });
  const from = now.subtract({ hours: 24 * 31 * months });
  const ids = new Set(clients.map(({ id }) => id));
  const all = (await conversationsBetween(tx, asked, { from, until })).filter(({ client }) =>
    ids.has(client),
  );
  const monthly = byMonth(all, now, place.timeZone, months);
  const counted = monthly.flatMap(({ conversations }) => conversations);
  const last = await lastRaised(tx, tenant);
  const card = reportCard(
    {
      all: coverageOf(counted, now),
      months: monthly.map(({ month, conversations }) => ({
        month,
        coverage: coverageOf(conversations, now),
      })),
      clients: byNeed(clients, counted, now).map((one) => ({ ...one, last: last.get(one.client.id) })),
    },
    readers(asked),
    now,
  );
  return [answer(card, 'internal')];
}

async function readable(asked: Asked): Promise<Client[]> {
  const { tx, tenant, person } = asked;
  const clients: Client[] = [];
  for (const client of await readClients(tx, tenant)) {
    const relation = await relationOf(asked, person, client);
    if (relation === 'team' || relation === 'colleague') clients.push(client);
  }
  return clients;
}

/** Those first in whose conversations it was raised the least; the ones of whom nothing is known last. */
function byNeed(clients: Client[], all: Conversation[], now: Temporal.Instant) {
  const of = Map.groupBy(all, ({ client }) => client);
  return clients
    .map((client) => ({ client, coverage: coverageOf(of.get(client.id) ?? [], now) }))
    .toSorted((one, other) => (shareOf(one.coverage) ?? 101) - (shareOf(other.coverage) ?? 101));
}
