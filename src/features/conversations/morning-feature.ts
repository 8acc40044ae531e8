import type { DailyStart } from '../../chat/feature.ts';
import { sayTime } from '../../text/when.ts';
import { conversationsBetween } from './store.ts';

/** With which of its clients a team speaks today, and who does. */
export const dailyStart: DailyStart = {
  async show(morning) {
    const { tx, now, clients, people, voice } = morning;
    const { say, language, timeZone } = voice;
    const midnight = now.toZonedDateTimeISO(timeZone).startOfDay().add({ days: 1 }).toInstant();
    const ahead: { start: Temporal.Instant; line: string }[] = [];
    for (const { id, name } of clients)
      for (const one of await conversationsBetween(tx, morning, { from: now, until: midnight, client: id })) {
        const theirs = one.people.filter((person) => people.includes(person.id));
        if (one.answer || theirs.length === 0) continue;
        const time = sayTime(one.start, language, timeZone);
        const names = theirs.map((person) => person.name).join(', ');
        ahead.push({
          start: one.start,
          line: say('conversations.morning', { time, client: name, names }),
        });
      }
    ahead.sort((one, other) => Temporal.Instant.compare(one.start, other.start));
    return { today: ahead.map(({ line }) => line) };
  },
};
