import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { readers } from '../../chat/voice.ts';
import { mustRead, relationOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { nameClient } from '../clients/naming-store.ts';
import { readClients } from '../clients/store.ts';
import { byMonth, type Conversation, coverageOf } from './conversations.ts';
import { lastRaised } from './raised-store.ts';
import { clientReportCard, type Months, reportCard } from './report-cards.ts';
import { byClient, byTeam } from './report-rules.ts';
import { conversationsBetween } from './store.ts';

const months = 6;

/** `talk report NAME`: of that client alone; without a name of all. */
export async function reportTyped(asked: Asked, text: string): Promise<Effect[]> {
  if (text === '') return report(asked);
  const { tx, tenant, now } = asked;
  const client = await nameClient(asked, text);
  await mustRead(asked, client);
  const monthly = await lately(asked, client.id);
  const last = (await lastRaised(tx, tenant, client.id)).get(client.id);
  const card = clientReportCard(client, { ...counted(monthly, now), last }, readers(asked), now);
  return [answer(card, 'internal')];
}

/** `talk report`: of the clients that whoever asks may read of; it is knowledge of clients, so that is nearly all. */
export async function report(asked: Asked): Promise<Effect[]> {
  const { tx, tenant, now } = asked;
  const clients = await readable(asked);
  const ids = new Set(clients.map(({ id }) => id));
  const monthly = (await lately(asked)).map(({ month, conversations }) => ({
    month,
    conversations: conversations.filter(({ client }) => ids.has(client)),
  }));
  const all = monthly.flatMap(({ conversations }) => conversations);
  const last = await lastRaised(tx, tenant);
  const card = reportCard(
    {
      ...counted(monthly, now),
      teams: byTeam(clients, all, now),
      clients: byClient(clients, all, now).map((one) => ({ ...one, last: last.get(one.client.id) })),
    },
    readers(asked),
    now,
  );
  return [answer(card, 'internal')];
}

type Monthly = { month: Temporal.PlainYearMonth; conversations: Conversation[] }[];

/** Those of the last months; with one client, or with all. */
async function lately(asked: Asked, client?: string): Promise<Monthly> {
  const { tx, now, place } = asked;
  const from = now.subtract({ hours: 24 * 31 * months });
  const until = now.add({ hours: 1 });
  const conversations = await conversationsBetween(tx, asked, { from, until, client });
  return byMonth(conversations, now, place.timeZone, months);
}

function counted(monthly: Monthly, now: Temporal.Instant): Months {
  const all = monthly.flatMap(({ conversations }) => conversations);
  return {
    all: coverageOf(all, now),
    months: monthly.map(({ month, conversations }) => ({ month, coverage: coverageOf(conversations, now) })),
  };
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
