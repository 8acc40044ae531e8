import type { DailyStart } from '../../chat/contributions.ts';
import { daysLate } from './actions.ts';
import { titleOf } from './catalogue-rules.ts';
import { lineOf } from './list-cards.ts';
import { doneSince, openActions } from './store.ts';

/** As many as a morning has room for, the most urgent first. */
const most = 5;

/** What is due for a team's clients, today or before, and what was finished since. */
export const dailyStart: DailyStart = {
  async show({ tx, tenant, clients, now, since, voice }) {
    const names = new Map(clients.map((client) => [client.id, client]));
    const today = now.toZonedDateTimeISO(voice.timeZone).toPlainDate();
    const due = (await openActions(tx, tenant)).filter(
      (one) => names.has(one.client) && daysLate(one, today) >= 0,
    );
    const done = (await doneSince(tx, tenant, since)).filter(({ client }) => names.has(client));
    const more = due.length - most;
    return {
      today: [
        ...due.slice(0, most).map((one) =>
          voice.say('actions.morning-due', {
            line: lineOf(one, names.get(one.client), today, voice),
          }),
        ),
        ...(more > 0 ? [voice.say('actions.morning-more', { count: more })] : []),
      ],
      news: done.map((one) =>
        voice.say('actions.morning-done', {
          title: titleOf(one, voice.language),
          client: names.get(one.client)?.name ?? '',
          name: one.endedBy?.name ?? one.owner.name,
        }),
      ),
    };
  },
};
