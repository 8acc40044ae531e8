import type { DailyStart } from '../../chat/contributions.ts';
import type { Client } from '../clients/clients.ts';
import { readClients } from '../clients/store.ts';
import { type Expectation, maySee, patience } from './expectations.ts';
import { cut } from './list-cards.ts';
import { openExpectations } from './store.ts';

/** What clients have confirmed, what waits for their answer, and what is due to be looked at again. */
export const dailyStart: DailyStart = {
  async show({ tx, tenant, clients, now, since, voice: { say } }) {
    const known = new Map((await readClients(tx, tenant)).map((client) => [client.id, client]));
    const all = Map.groupBy(await openExpectations(tx, tenant), ({ client }) => client);
    const news: string[] = [];
    const today: string[] = [];
    for (const { id, name } of clients) {
      const theirs = (all.get(id) ?? []).filter((one) => isForAll(one, known.get(id)));
      const fresh = theirs.filter(({ wording }) => isAfter(wording.confirmed?.at, since));
      for (const { wording } of fresh)
        news.push(say('expectations.morning-confirmed', { client: name, text: cut(wording.text, 90) }));
      const waits = theirs.filter(
        ({ state, wording }) =>
          state === 'sent' &&
          wording.sentAt &&
          !isAfter(wording.sentAt, now.subtract({ hours: 24 * patience })),
      );
      if (waits.length > 0)
        today.push(say('expectations.morning-waits', { client: name, count: waits.length }));
      const due = theirs.filter(
        ({ state, reviewAt }) => state === 'confirmed' && reviewAt && !isAfter(reviewAt, now),
      );
      if (due.length > 0) today.push(say('expectations.morning-review', { client: name, count: due.length }));
    }
    return { news, today };
  },
};

/** Whether everybody of us may see it. */
function isForAll(one: Expectation, client: Client | undefined): boolean {
  return client !== undefined && maySee(one, { id: '', relation: 'colleague' }, client);
}

function isAfter(moment: Temporal.Instant | undefined, other: Temporal.Instant): boolean {
  return moment !== undefined && Temporal.Instant.compare(moment, other) > 0;
}
