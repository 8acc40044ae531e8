import type { DailyStart, DossierOf, Morning } from '../../chat/feature.ts';
import { findClient } from '../clients/store.ts';
import { type Expectation, maySee } from './expectations.ts';
import { cut } from './list-cards.ts';
import { expectationsOf } from './store.ts';

/** So long a client has for his answer before the team hears of it in the morning. */
const patience = { hours: 24 * 7 };

/** What clients have confirmed, what waits for their answer, and what is due to be looked at again. */
export const dailyStart: DailyStart = {
  async show(morning) {
    const news: string[] = [];
    const today: string[] = [];
    const { say } = morning.voice;
    for (const client of morning.clients) {
      const all = await seenByAll(morning, client);
      news.push(
        ...all
          .filter(({ wording }) => isAfter(wording.confirmed?.at, morning.since))
          .map(({ wording }) =>
            say('expectations.morning-confirmed', { client: client.name, text: cut(wording.text, 100) }),
          ),
      );
      const longAgo = morning.now.subtract(patience);
      const waits = all.filter(
        ({ state, wording }) => state === 'sent' && wording.sentAt && !isAfter(wording.sentAt, longAgo),
      );
      const due = all.filter(
        ({ state, reviewAt }) => state === 'confirmed' && reviewAt && !isAfter(reviewAt, morning.now),
      );
      if (waits.length > 0)
        today.push(say('expectations.morning-waits', { client: client.name, count: waits.length }));
      if (due.length > 0)
        today.push(say('expectations.morning-review', { client: client.name, count: due.length }));
    }
    return { news, today };
  },
};

/** Those that everybody of us may see. */
async function seenByAll({ tx, tenant }: Morning, { id }: DossierOf): Promise<Expectation[]> {
  const client = await findClient(tx, tenant, id);
  if (!client) return [];
  const open = await expectationsOf(tx, tenant, id, { open: true });
  return open.filter((one) => maySee(one, { id: '', relation: 'colleague' }, client));
}

function isAfter(moment: Temporal.Instant | undefined, other: Temporal.Instant): boolean {
  return moment !== undefined && Temporal.Instant.compare(moment, other) > 0;
}
