import type { DailyStart, Morning } from '../../chat/contributions.ts';
import { clientOfPlace } from '../clients/access-store.ts';
import { nameOf } from './cards.ts';
import { fewest, type Poll } from './polls.ts';
import { pollsSince } from './store.ts';
import { countAnswers } from './vote-store.ts';

/** What clients answered to what they were asked; of an anonymous poll nothing while it is open, nor of too few. */
export const dailyStart: DailyStart = {
  async show(morning) {
    const names = new Map(morning.clients.map(({ id, name }) => [id, name]));
    const news: string[] = [];
    for (const poll of await pollsSince(morning.tx, morning, morning.since)) {
      const client = names.get((await clientOfPlace(morning, poll.place))?.client.id ?? '');
      const line = client === undefined ? undefined : await newsOf(morning, client, poll);
      if (line) news.push(line);
    }
    return { news };
  },
};

async function newsOf(
  { tx, tenant, since, voice }: Morning,
  client: string,
  poll: Poll,
): Promise<string | undefined> {
  const values = { name: nameOf(poll.kind, voice.say), client };
  if (poll.state === 'open') {
    const count = poll.anonymous ? 0 : await countAnswers(tx, tenant, poll.id, since);
    return count > 0 ? voice.say('polls.morning-open', { ...values, count }) : undefined;
  }
  const { answered: count = 0 } = poll;
  const isTold = count > 0 && (!poll.anonymous || count >= fewest);
  return isTold ? voice.say('polls.morning-closed', { ...values, count }) : undefined;
}
