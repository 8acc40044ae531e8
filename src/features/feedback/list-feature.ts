import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import { clientOfPlace, mustRead, readableClients } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { archived, nameClient } from '../clients/naming-store.ts';
import { findClient } from '../clients/store.ts';
import { countCheers } from './cheer-store.ts';
import { isCheerable, type Kind, unnotedShare } from './feedback.ts';
import { inList, type Listed, listCard } from './list-cards.ts';
import { feedbackListed } from './store.ts';

/** Lists of what was brought, a page at a time. */

/** Of the last so many days; open complaints, and what is collected of a client, stand there whatever their age. */
const listed = { hours: 24 * 92 };

/** What was brought of a client, or of all that whoever asks may read of. */
export function listTyped(kind: Kind) {
  return async (asked: Asked, { text }: { text: string }): Promise<Effect[]> => {
    const here = (await clientOfPlace(asked, asked.place.id))?.client;
    return list(asked, kind, text.trim() === '' ? here : await nameClient(asked, text), '');
  };
}

/** Another page of it; without a subject of all clients. */
export function listPressed(kind: Kind) {
  return async (
    asked: Asked,
    { subject, detail }: { subject: string; detail: string },
  ): Promise<Effect[]> => {
    const client = subject === '' ? undefined : await findClient(asked.tx, asked.tenant, subject);
    if (subject !== '' && !client) throw new Refusal('error.button-unknown');
    if (client?.archived) throw archived(asked, client);
    return list(asked, kind, client, detail);
  };
}

async function list(asked: Asked, kind: Kind, client: Client | undefined, detail: string): Promise<Effect[]> {
  if (client) await mustRead(asked, client);
  const all = await readableOf(asked, kind, client);
  const pages = Math.max(Math.ceil(all.length / inList), 1);
  const page = Math.min(/^[1-9]\d{0,3}$/.test(detail) ? Number(detail) : 1, pages);
  const shown = await withCheers(asked, all.slice((page - 1) * inList, page * inList));
  const share = kind === 'complaint' ? unnotedShare(all.map(({ one }) => one)) : undefined;
  const { year } = asked.now.toZonedDateTimeISO(asked.person.timeZone);
  const known = { kind, client, shown, count: all.length, page, year, share };
  return [answer(listCard(known, readers(asked)), 'person')];
}

/** The newest first; of clients that whoever asks may read of, and what is of none. */
async function readableOf(asked: Asked, kind: Kind, client: Client | undefined): Promise<Listed[]> {
  const { tx, tenant, now, person } = asked;
  const readable = new Map((await readableClients(asked, person)).map((one) => [one.id, one]));
  const isCollection = client !== undefined && (kind === 'story' || kind === 'success');
  const since = isCollection ? undefined : now.subtract(listed);
  const found = await feedbackListed(tx, tenant, { kind, client: client?.id, since });
  return found
    .filter((one) => one.client === undefined || readable.has(one.client))
    .map((one) => ({ one, client: readable.get(one.client ?? '') }));
}

async function withCheers({ tx, tenant }: Asked, shown: Listed[]): Promise<Listed[]> {
  const ids = shown.filter(({ one }) => isCheerable(one)).map(({ one }) => one.id);
  const cheers = await countCheers(tx, tenant, ids);
  return shown.map((each) => ({ ...each, cheers: cheers.get(each.one.id) ?? 0 }));
}
