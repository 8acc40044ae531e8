import type { DailyStart } from '../../chat/contributions.ts';
import { sayTime } from '../../text/when.ts';
import { conversationsBetween } from './store.ts';

/** Of more clients than this all of the day are read at once. */
const few = 20;

/** With which of its clients a team speaks today, and who does. */
export const dailyStart: DailyStart = {
  async show(morning) {
    const { tx, now, clients, people, voice } = morning;
    const { say, language, timeZone } = voice;
    const until = now.toZonedDateTimeISO(timeZone).startOfDay().add({ days: 1 }).toInstant();
    const names = new Map(clients.map(({ id, name }) => [id, name]));
    const each = clients.length > few ? [undefined] : [...names.keys()];
    const ahead = [];
    for (const client of each)
      ahead.push(...(await conversationsBetween(tx, morning, { from: now, until, client })));
    ahead.sort((one, other) => Temporal.Instant.compare(one.start, other.start));
    const today = ahead.flatMap((one) => {
      const client = names.get(one.client);
      const ours = one.people.filter((person) => people.includes(person.id)).map(({ name }) => name);
      if (client === undefined || one.answer || ours.length === 0) return [];
      const time = sayTime(one.start, language, timeZone);
      return [say('conversations.morning', { time, client, names: ours.join(', ') })];
    });
    return { today };
  },
};
