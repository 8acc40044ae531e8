import type { Element } from '../../chat/card.ts';
import type { Telling } from '../../chat/contributions.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due, Feature } from '../../chat/feature.ts';
import { readers } from '../../chat/voice.ts';
import { toStored } from '../../store/database.ts';
import { sentenceOf } from '../../text/nudges.ts';
import { daysBetween } from '../../text/when.ts';
import type { Client } from '../clients/clients.ts';
import { voiceOf } from '../clients/voice-store.ts';
import { nextTurn } from '../nudges/store.ts';
import { tell } from '../nudges/tell-store.ts';
import { held } from './access-feature.ts';
import { askingCard, askingSeveralCard } from './after-cards.ts';
import { noteAskedAbout } from './asking-store.ts';
import { type Brief, briefingCard, dayCard } from './briefing-cards.ts';
import { dayFrom, timeFrom } from './cards.ts';
import { askedAfter } from './conversations.ts';
import { dueTalks, type Found, mayHear } from './due-feature.ts';
import { askedLately, noteAsked } from './question-store.ts';
import { severalKey } from './several-feature.ts';

/** So many questions that were proposed before a conversation are not proposed for it. */
const inMind = 5;

/** So many fit in one message, each with its line; about the rest he is asked a quarter of an hour later. */
const mostAsked = 8;

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

  /** The same whenever one looks at this conversation's briefing, and not one of those proposed before it. */
  async function questionFor(to: Telling, client: Client, conversation: string): Promise<string | undefined> {
    const before = await askedLately(to.tx, to, { person: to.person, client: client.id });
    const at = before.findIndex((one) => one.conversation === conversation);
    const but = before.slice(at + 1, at + 1 + inMind).map(({ question }) => question);
    for (const { briefing } of others) {
      const found = await briefing?.question?.(to, client, but);
      if (!found) continue;
      const asked = { person: to.person, client: client.id, conversation, question: found.id };
      if (at < 0) await noteAsked(to.tx, to, asked, to.now);
      return found.text;
    }
    return undefined;
  }

  /** Before: each that is still as it was planned, in one message. */
  async function before(due: Due, kind: 'before' | 'day'): Promise<Effect[]> {
    const { person, found, until: late } = await dueTalks(due, kind);
    const [first, ...more] = found;
    if (!first) return [];
    const told = { person, kind, keys: found.map(({ key }) => key) };
    // Of the evening before it comes that evening, and not in the night.
    const begins = first.conversation.start;
    const until = Temporal.Instant.compare(late, begins) < 0 ? late : begins;
    const voice = await voiceOf(due, person);
    const to: Telling = { ...due, person, voice };
    if (more.length === 0) {
      const turn = await nextTurn(due.tx, due, person, 'before');
      const time = timeFrom(due.now, first.conversation.start, voice);
      const opening = sentenceOf('before', voice.language, turn, { client: first.client.name, time });
      const card = briefingCard(await briefOf(to, first), opening, voice);
      return [await tell(due, told, card, until)];
    }
    const briefs: Brief[] = [];
    for (const one of found) briefs.push(await briefOf(to, one));
    const { start } = first.conversation;
    const group = daysBetween(due.now, start, voice.timeZone) > 0 ? 'day-before' : 'day';
    const turn = await nextTurn(due.tx, due, person, group);
    const values = { count: briefs.length, day: dayFrom(due.now, start, voice) };
    const opening = sentenceOf(group, voice.language, turn, values);
    return [await tell(due, told, dayCard(briefs, opening, voice), until)];
  }

  return { shown, before: (due: Due) => before(due, 'before'), day: (due: Due) => before(due, 'day') };
}

/** Afterwards: asks of each that nobody answered yet, in one message. */
export async function after(due: Due): Promise<Effect[]> {
  const { person, found: all, early, lost, until } = await dueTalks(due, 'after');
  const found = all.slice(0, mostAsked);
  const again = early.map(planAgain);
  for (const one of lost) again.push(...(await passedOn(due, person, one)));
  const [first, ...more] = found;
  if (!first) return again;
  const ids = found.map(({ conversation }) => conversation.id);
  const told = { person, kind: 'after', keys: ids } as const;
  await noteAskedAbout(due.tx, due.tenant, ids, due.now);
  const voice = await voiceOf(due, person);
  const group = more.length === 0 ? 'after' : 'after-several';
  const turn = await nextTurn(due.tx, due, person, group);
  const opening = sentenceOf(group, voice.language, turn, { client: first.client.name, count: found.length });
  const id = toStored(due.now);
  if (more.length > 0) {
    const card = askingSeveralCard(found, voice, id, { opening });
    return [{ ...(await tell(due, told, card, until)), key: severalKey(person, id) }, ...again];
  }
  const { client, conversation } = first;
  const card = askingCard(client, conversation, voice, opening, conversation.id, id);
  return [await tell(due, told, card, until), ...again];
}

/**
 * Whoever has gone over to the client is not asked, but one of the others who were there: the first of them who can be
 * reached, because of what was asked nobody else is asked.
 */
async function passedOn(due: Due, person: string, { client, conversation, key }: Found): Promise<Effect[]> {
  const orders: Effect[] = [];
  const isOwner = ({ id }: { id: string }) => Number(id === client.owner.id);
  const others = conversation.people.filter(({ id }) => id !== person);
  for (const { id } of others.toSorted((one, other) => isOwner(other) - isOwner(one))) {
    if (!(await mayHear(due, id, client))) continue;
    const subject = JSON.stringify({ person: id, keys: [key] });
    orders.push({ do: 'later', job: 'conversations.after', subject, at: due.now, once: true });
  }
  return orders;
}

/** Of one that ended later than was known when this was planned it is too early to ask. */
function planAgain({ conversation: { id, end } }: Found): Effect {
  return { do: 'later', job: 'nudges.plan', subject: id, at: end.add(askedAfter), once: true };
}
