import type { DailyStart, DossierOf, Morning } from '../../chat/feature.ts';
import { placeOf } from '../clients/access-store.ts';
import { nameOf } from './cards.ts';
import { fewest } from './polls.ts';
import { newestPoll } from './store.ts';
import { countAnswers } from './vote-store.ts';

/** What clients answered to what they were asked; of an anonymous poll nothing while it is open, nor of too few. */
export const dailyStart: DailyStart = {
  async show(morning) {
    const news: string[] = [];
    for (const client of morning.clients) {
      const place = await placeOf(morning, client.id, 'shared');
      const line = place === undefined ? undefined : await newsOf(morning, client, place);
      if (line) news.push(line);
    }
    return { news };
  },
};

const kinds = ['nps', 'ces', 'csat', 'satisfaction', 'trust', 'binding'] as const;

async function newsOf(morning: Morning, { name }: DossierOf, place: string): Promise<string | undefined> {
  const { tx, tenant, platform, since, voice } = morning;
  const poll = await newestPoll(tx, tenant, { platform, place }, kinds, ['open', 'closed']);
  if (!poll) return undefined;
  const values = { name: nameOf(poll.kind, voice.say), client: name };
  if (poll.state === 'open') {
    const count = poll.anonymous ? 0 : await countAnswers(tx, tenant, poll.id, since);
    return count > 0 ? voice.say('polls.morning-open', { ...values, count }) : undefined;
  }
  const { answered: count = 0 } = poll;
  const isNews = Temporal.Instant.compare(poll.closesAt, since) > 0;
  const isTold = count > 0 && (!poll.anonymous || count >= fewest);
  return isNews && isTold ? voice.say('polls.morning-closed', { ...values, count }) : undefined;
}
