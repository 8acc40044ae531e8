import type { DailyStart } from '../../chat/contributions.ts';
import { shortened } from '../../chat/grammar.ts';
import { type Improvement, openStages } from './improvements.ts';
import { improvementsIn } from './store.ts';

/** The ideas that came for a team's clients, and what was finished; of no client what its own people handed in. */
export const dailyStart: DailyStart = {
  async show({ tx, tenant, clients, people, since, voice }) {
    const names = new Map(clients.map(({ id, name }) => [id, name]));
    const isTheirs = ({ client, maker }: Improvement) =>
      client === undefined ? people.includes(maker.id) : names.has(client);
    const moved = await improvementsIn(tx, tenant, { stages: [...openStages, 'done'], since });
    const news = moved.filter(isTheirs).flatMap((one) => {
      const isNew = one.stage === 'idea' && Temporal.Instant.compare(one.madeAt, since) >= 0;
      if (!isNew && one.stage !== 'done') return [];
      const values = { text: shortened(one.text, 100), name: one.maker.name };
      return [voice.say(isNew ? 'improvements.morning-idea' : 'improvements.morning-done', values)];
    });
    return { news };
  },
};
