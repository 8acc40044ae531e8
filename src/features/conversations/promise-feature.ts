import type { Asked } from '../../chat/feature.ts';
import { readers } from '../../chat/voice.ts';
import { sayDay, sayMoment } from '../../text/when.ts';
import type { Client } from '../clients/clients.ts';
import { type Message, type Pace, plan, type Reachable, type Sent, talkKey } from '../nudges/nudges.ts';
import { paceOf, reachOf } from '../nudges/reach-store.ts';
import { sentInMind } from '../nudges/store.ts';
import { talksAhead } from './asking-store.ts';
import type { Conversation } from './conversations.ts';

/** What comes by itself before and after a conversation: as it is planned, so that nothing is promised that does not come. */

/** In words, for whoever asks and takes part. */
export async function promiseOf(asked: Asked, client: Client, one: Conversation): Promise<string> {
  const { say } = asked;
  const reach = await reachOf(asked, asked.person.id);
  if (!reach) return say('conversations.planned-look');
  if (reach.muted.includes(client.id)) return say('conversations.planned-muted', { client: client.name });
  const before = await briefingOf(asked, reach, one);
  const question = say('conversations.planned-question', { count: one.people.length });
  return isPausedOn(reach, one.end) ? before : `${before} ${question}`;
}

async function briefingOf(asked: Asked, reach: Reachable, one: Conversation): Promise<string> {
  const { tx, now, say } = asked;
  if (Temporal.Instant.compare(one.start, now) <= 0) return say('conversations.planned-begun');
  const sent = await sentInMind(tx, asked, [reach.id], now);
  const pace = await paceOf(asked);
  const message = await messageOf(asked, reach, one, sent, pace);
  if (message) return comingOf(asked, message, one, pace.beforeMinutes);
  if (sent.some(({ keys }) => keys.some((key) => key.startsWith(`${one.id}@`))))
    return say('conversations.planned-told');
  return isPausedOn(reach, one.start)
    ? say('conversations.planned-paused', { day: pauseEnd(asked, reach) })
    : say('conversations.planned-off');
}

/** The message that tells of it, as far as is known now; of a full day there is one for all. */
async function messageOf(
  asked: Asked,
  reach: Reachable,
  one: Conversation,
  sent: Sent[],
  pace: Pace,
): Promise<Message | undefined> {
  const { tx, now } = asked;
  // The whole day, by whichever clock: how many there are decides how they are told of.
  const span = { now, until: one.start.add({ hours: 24 }), people: [reach.id] };
  const talks = await talksAhead(tx, asked, span);
  const situation = { people: [reach], talks, reasons: [], sent, snoozes: [] };
  const messages = plan(situation, now, one.start, pace);
  return messages.find(({ keys }) =>
    keys.includes(talkKey({ id: one.id, start: one.start.epochMilliseconds })),
  );
}

function comingOf(asked: Asked, { kind, at }: Message, { start }: Conversation, minutes: number): string {
  const { say, now } = asked;
  const { language, timeZone } = readers(asked);
  const when = sayMoment(at, language, timeZone);
  if (kind === 'day') return say('conversations.planned-day', { when });
  if (at.since(now).total('minutes') < 1) return say('conversations.planned-soon');
  return at.equals(start.subtract({ minutes }))
    ? say('conversations.planned-before', { count: minutes })
    : say('conversations.planned-at', { when });
}

function isPausedOn({ pausedUntil, timeZone }: Reachable, at: Temporal.Instant): boolean {
  return pausedUntil !== undefined && at.toZonedDateTimeISO(timeZone).toPlainDate().toString() < pausedUntil;
}

function pauseEnd({ person }: Asked, { pausedUntil = '' }: Reachable): string {
  const day = Temporal.PlainDate.from(pausedUntil).toZonedDateTime(person.timeZone).toInstant();
  return sayDay(day, person.language, person.timeZone);
}
