import { z } from 'zod';
import type { Reason, Reasons, Telling } from '../../chat/contributions.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due, Feature } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { toStored } from '../../store/database.ts';
import { sentenceOf } from '../../text/nudges.ts';
import { sayMoment } from '../../text/when.ts';
import { voiceOf } from '../clients/voice-store.ts';
import { conversationsWith } from '../conversations/own-store.ts';
import { betweenCard, type Told, type Wait, waits } from './cards.ts';
import { stillDue } from './guard-store.ts';
import { nextReachable } from './moments-rules.ts';
import type { Talk } from './nudges.ts';
import { reachFrom } from './reach-store.ts';
import { mutesOf, nextTurn, noteSent, sentAt, snooze } from './store.ts';
import { tell } from './tell-store.ts';

const subjectSchema = z.object({
  person: z.string(),
  kind: z.enum(['between', 'again']),
  keys: z.array(z.string()),
});

/** Tells somebody what waits, in one message: what still holds by now. */
export function telling(others: Feature[]) {
  const all = new Map<string, Reasons>(
    others.flatMap(({ reasons }) => reasons ?? []).map((one) => [one.name, one]),
  );
  return async (due: Due): Promise<Effect[]> => {
    const message = subjectSchema.parse(JSON.parse(due.subject));
    const { person, kind } = message;
    const about = { reasons: await reasonsOf(due, message, all), talks: await talksNow(due, person) };
    const { keys, until } = await stillDue(due, message, about);
    if (keys.length === 0) return [];
    const voice = await voiceOf(due, person);
    const to: Telling = { ...due, person, voice };
    const told: Told[] = [];
    for (const key of keys) {
      const one = await all.get(nameIn(key))?.tell(to, key);
      if (one) told.push(one);
    }
    // What does not hold any more was told too, in its way: it is not to be planned again today.
    if (told.length === 0) {
      await noteSent(due.tx, due, { person, kind, keys, at: due.now });
      return [];
    }
    const turn = await nextTurn(due.tx, due, person, 'between');
    const card = betweenCard(told, sentenceOf('between', voice.language, turn), toStored(due.now), voice.say);
    return [await tell(due, { person, kind, keys }, card, until)];
  };
}

/**
 * The reasons of a message. All of a workspace's are looked through only when it matters which client one is about, or
 * since when it holds; whether it holds at all it says itself when it is told.
 */
async function reasonsOf(
  due: Due,
  { person, kind, keys }: z.infer<typeof subjectSchema>,
  all: Map<string, Reasons>,
): Promise<Reason[]> {
  const mutes = await mutesOf(due.tx, due, person);
  if (kind === 'between' && mutes.length === 0)
    return keys.map((key) => ({ key, client: undefined, who: [person], weight: 0, since: due.now }));
  const found: Reason[] = [];
  for (const name of new Set(keys.map((key) => nameIn(key))))
    found.push(...((await all.get(name)?.find(due)) ?? []));
  return found;
}

function nameIn(key: string): string {
  return key.split(':')[0] ?? '';
}

/** The talk that somebody is in, or several. */
async function talksNow(due: Due, person: string): Promise<Talk[]> {
  const { now } = due;
  const span = { from: now.subtract({ hours: 24 }), until: now.add({ seconds: 1 }) };
  const own = await conversationsWith(due.tx, due, person, span);
  return own
    .filter(({ answered }) => !answered)
    .map(({ id, client, start, end }) => ({
      ...{ id, client, people: [person], asked: false, answered: false },
      ...{ start: start.epochMilliseconds, end: end.epochMilliseconds },
    }));
}

/** Puts off all that stood in a message. */
export async function snoozed(
  asked: Asked,
  { subject, detail }: { subject: string; detail: string },
): Promise<Effect[]> {
  const { tx, person, say } = asked;
  const wait = waits.find((one) => one === detail);
  const keys = wait ? await sentAt(tx, asked, person.id, subject) : [];
  if (!wait || keys.length === 0) throw new Refusal('error.button-unknown');
  const wanted = untilOf(asked, wait);
  const until = nextReachable(await reachFrom(asked, asked.person), wanted) ?? wanted;
  for (const key of keys) await snooze(tx, asked, { person: person.id, key, until });
  const text = say('nudges.snoozed', { when: sayMoment(until, person.language, person.timeZone) });
  return [answer({ summary: text, elements: [{ kind: 'text', text }] }, 'internal')];
}

function untilOf({ now, person }: Asked, wait: Wait): Temporal.Instant {
  if (wait === 'hour') return now.add({ hours: 1 });
  const days = wait === 'tomorrow' ? 1 : 7;
  return now
    .toZonedDateTimeISO(person.timeZone)
    .add({ days })
    .with({ hour: 10, minute: 0, second: 0 })
    .toInstant();
}
