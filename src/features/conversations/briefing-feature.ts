import { z } from 'zod';
import type { Card, Element } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due, Feature, Telling } from '../../chat/feature.ts';
import { readers } from '../../chat/voice.ts';
import { toStored } from '../../store/database.ts';
import { sentenceOf } from '../../text/nudges.ts';
import { daysBetween } from '../../text/when.ts';
import type { Client } from '../clients/clients.ts';
import { findClient } from '../clients/store.ts';
import { voiceOf } from '../clients/voice-store.ts';
import { talkKey } from '../nudges/nudges.ts';
import { nextTurn, noteSent } from '../nudges/store.ts';
import { held } from './access-feature.ts';
import { askingCard, askingSeveralCard } from './after-cards.ts';
import { type Brief, briefingCard, dayCard } from './briefing-cards.ts';
import { dayFrom, timeFrom } from './cards.ts';
import { askedAfter, type Conversation, isAhead } from './conversations.ts';
import { isUnderWay } from './meeting-rules.ts';
import { meetingOf } from './meeting-store.ts';
import { askedLately, noteAsked } from './question-store.ts';
import { severalKey } from './several-feature.ts';
import { findConversation, noteAskedAbout } from './store.ts';

/** What a job of these is about: to whom, and the keys of what (as nudges plans them). */
const subjectSchema = z.object({ person: z.string(), keys: z.array(z.string()) });

type Found = { client: Client; conversation: Conversation; key: string };

/** Briefs one of the team before a conversation, and asks him afterwards; what to tell is contributed. */
export function briefing(others: Feature[]) {
  /** The briefing that was asked for, at any time. */
  async function shown(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
    const { client, conversation } = await held(asked, subject);
    const voice = readers(asked);
    const to: Telling = { ...asked, person: asked.person.id, voice };
    const opening = asked.say('conversations.briefing', { client: client.name });
    return [answer(briefingCard(await briefOf(to, { client, conversation }), opening, voice), 'person')];
  }

  async function briefOf(to: Telling, { client, conversation }: Omit<Found, 'key'>): Promise<Brief> {
    const known: Element[] = [];
    for (const { briefing } of others) known.push(...((await briefing?.show(to, client)) ?? []));
    return { client, conversation, known, question: await questionFor(to, client, conversation.id) };
  }

  /** The same whenever one looks at this conversation's briefing, and not the one of the time before. */
  async function questionFor(to: Telling, client: Client, conversation: string): Promise<string | undefined> {
    const before = await askedLately(to.tx, to, { person: to.person, client: client.id });
    const again = before.find((one) => one.conversation === conversation);
    const but = before.filter((one) => one !== again).map(({ question }) => question);
    for (const { briefing } of others) {
      const found = await briefing?.question?.(to, client, but);
      if (!found) continue;
      const asked = { person: to.person, client: client.id, conversation, question: found.id };
      if (!again) await noteAsked(to.tx, to, asked, to.now);
      return found.text;
    }
    return undefined;
  }

  /** Before: each that is still as it was planned, in one message. */
  async function before(due: Due, kind: 'before' | 'day'): Promise<Effect[]> {
    const { person, keys } = subjectSchema.parse(JSON.parse(due.subject));
    const found = (await foundOf(due, keys)).filter(
      ({ conversation, key }) => talkKey(conversation) === key && isAhead(conversation, due.now),
    );
    const [first, ...more] = found;
    if (!first) return [];
    await noteSent(due.tx, due, { person, kind, keys: found.map(({ key }) => key), at: due.now });
    const voice = await voiceOf(due, person);
    const to: Telling = { ...due, person, voice };
    if (more.length === 0) {
      const turn = await nextTurn(due.tx, due, person, 'before');
      const time = timeFrom(due.now, first.conversation.start, voice);
      const opening = sentenceOf('before', voice.language, turn, { client: first.client.name, time });
      return [post(person, briefingCard(await briefOf(to, first), opening, voice))];
    }
    const briefs: Brief[] = [];
    for (const one of found) briefs.push(await briefOf(to, one));
    const { start } = first.conversation;
    const group = daysBetween(due.now, start, voice.timeZone) > 0 ? 'day-before' : 'day';
    const turn = await nextTurn(due.tx, due, person, group);
    const values = { count: briefs.length, day: dayFrom(due.now, start, voice) };
    const opening = sentenceOf(group, voice.language, turn, values);
    return [post(person, dayCard(briefs, opening, voice))];
  }

  return { shown, before: (due: Due) => before(due, 'before'), day: (due: Due) => before(due, 'day') };
}

/** Afterwards: asks of each that nobody answered yet, in one message. */
export async function after(due: Due): Promise<Effect[]> {
  const { person, keys } = subjectSchema.parse(JSON.parse(due.subject));
  const open = await openOf(due, keys);
  const found = open.filter(({ conversation }) => !isAhead(conversation, due.now.subtract(askedAfter)));
  const again = open.filter((one) => !found.includes(one)).map(planAgain);
  const [first, ...more] = found;
  if (!first) return again;
  const ids = found.map(({ conversation }) => conversation.id);
  await noteSent(due.tx, due, { person, kind: 'after', keys: ids, at: due.now });
  await noteAskedAbout(due.tx, due.tenant, ids, due.now);
  const voice = await voiceOf(due, person);
  const group = more.length === 0 ? 'after' : 'after-several';
  const turn = await nextTurn(due.tx, due, person, group);
  const opening = sentenceOf(group, voice.language, turn, { client: first.client.name, count: found.length });
  const id = toStored(due.now);
  if (more.length > 0)
    return [
      { ...post(person, askingSeveralCard(found, voice, id, { opening })), key: severalKey(person, id) },
      ...again,
    ];
  const { client, conversation } = first;
  return [post(person, askingCard(client, conversation, voice, opening, conversation.id, id)), ...again];
}

/** Of one that ended later than was known when this was planned it is too early to ask. */
function planAgain({ conversation: { id, end } }: Found): Effect {
  return { do: 'later', job: 'nudges.plan', subject: id, at: end.add(askedAfter), once: true };
}

/** Those that nobody answered yet and that are over: one whose meeting goes on is not, whatever was planned. */
async function openOf(due: Due, keys: string[]): Promise<Found[]> {
  const open: Found[] = [];
  for (const one of await foundOf(due, keys)) {
    const { conversation } = one;
    if (conversation.answer || isAhead(conversation, due.now)) continue;
    if (!isUnderWay(await meetingOf(due.tx, due.tenant, conversation.id), conversation, due.now))
      open.push(one);
  }
  return open;
}

async function foundOf(due: Due, keys: string[]): Promise<Found[]> {
  const found: Found[] = [];
  for (const key of keys) {
    const conversation = await findConversation(due.tx, due, key.split('@')[0] ?? '');
    const client = conversation && (await findClient(due.tx, due.tenant, conversation.client));
    if (client && !client.archived) found.push({ client, conversation, key });
  }
  return found;
}

/** A nudge that may have come twice is one too many. */
function post(person: string, card: Card): Extract<Effect, { do: 'post' }> {
  return { do: 'post', to: { person }, card, audience: 'internal', resend: false };
}
