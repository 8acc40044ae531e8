import type { Button, Card, Element } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { sayDay } from '../../text/when.ts';
import type { Client } from '../clients/clients.ts';
import type { Expectation, Wording } from './expectations.ts';

/** "3 maart", as the reader says it; of another year than now "3 maart 2026". */
export function dayOf(instant: Temporal.Instant, voice: Voice, now: Temporal.Instant): string {
  const yearOf = (one: Temporal.Instant) => one.toZonedDateTimeISO(voice.timeZone).year;
  const isThisYear = yearOf(instant) === yearOf(now);
  return isThisYear ? sayDay(instant, voice.language, voice.timeZone) : dateOf(instant, voice);
}

/** "3 maart 2026": what is kept or printed needs its year. */
export function dateOf(instant: Temporal.Instant, { language, timeZone }: Voice): string {
  return `${sayDay(instant, language, timeZone)} ${instant.toZonedDateTimeISO(timeZone).year}`;
}

/** Where it is in its life, as the team reads it: what was the last step, whose and when. */
export function stateOf(expectation: Expectation, voice: Voice, now: Temporal.Instant): string {
  const { say } = voice;
  const { state, wording, notedBy, notedAt, endedAt } = expectation;
  const day = (instant: Temporal.Instant) => dayOf(instant, voice, now);
  switch (state) {
    case 'noted':
      return say('expectations.state-noted', { name: notedBy.name, day: day(notedAt) });
    case 'concrete':
    case 'corrected':
      return say(`expectations.state-${state}`, { name: wording.author.name, day: day(wording.writtenAt) });
    case 'sent':
      return say('expectations.state-sent', { day: day(wording.sentAt ?? wording.writtenAt) });
    case 'confirmed':
      return say('expectations.state-confirmed', confirmation(wording, voice, now));
    case 'doubted':
      return say('expectations.state-doubted');
    case 'met':
    case 'not-met':
    case 'withdrawn':
      return say(`expectations.state-${state}`, { day: day(endedAt ?? wording.writtenAt) });
  }
}

/** Who confirmed a wording, and when. */
export function confirmation(
  { confirmed, writtenAt, author }: Wording,
  voice: Voice,
  now: Temporal.Instant,
): { name: string; day: string } {
  const { by, at } = confirmed ?? { by: author, at: writtenAt };
  return { name: by.name, day: dayOf(at, voice, now) };
}

/** How a question is put: `months` until it is looked at again, by whom, and whether only one person reads it. */
export type Asking = { months: number; by: string; alone: boolean };

/** What is put before the client: the wording, and whether that is what they expect. */
export function questionCard(
  { name }: Client,
  expectation: Expectation,
  { say }: Voice,
  { months, by, alone }: Asking,
): Card {
  const { direction, wording } = expectation;
  const title = say(`confirm.title-${direction}`);
  const period = say(`confirm.period-${direction}`, { count: months });
  const who = say(alone ? 'confirm.who-alone' : 'confirm.who-together', { client: name });
  return {
    summary: say(`confirm.summary-${direction}`, { text: wording.text }),
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'text', text: say('confirm.by', { name: by }), style: 'subtle' },
      ...wordingOf(wording, say),
      { kind: 'text', text: `${period} ${who}`, style: 'subtle' },
      { kind: 'buttons', buttons: [...answersTo(expectation, say), ownView(say)] },
    ],
  };
}

/** Yes, not quite, no: what the client can say to a wording that was put before him. */
export function answersTo(
  { direction, wording }: Pick<Expectation, 'direction' | 'wording'>,
  say: Say,
): Button[] {
  const subject = wording.id;
  const of = direction === 'ours' ? '-ours' : '';
  return [
    { press: 'expectations.confirm', subject, label: say(`confirm.yes${of}`), style: 'primary' },
    { press: 'expectations.correct', subject, label: say('confirm.not-quite') },
    { press: 'expectations.doubt', subject, label: say(`confirm.no-longer${of}`) },
  ];
}

/** What came of a question that was put before the client, as it says where the question stood. */
export type Outcome = 'confirmed' | 'corrected' | 'doubted' | 'replaced' | 'withdrawn';

/** Takes the place of a question: what was answered, by whom and when. */
export function answeredCard(
  { direction, wording }: Pick<Expectation, 'direction' | 'wording'>,
  voice: Voice,
  { outcome, by = '', now }: { outcome: Outcome; by?: string | undefined; now: Temporal.Instant },
): Card {
  const { say } = voice;
  // It stays there for good: its day needs a year.
  const told = say(`confirm.${outcome}`, { name: by, day: dateOf(now, voice) });
  const asked: Element[] = [
    { kind: 'text', text: say(`confirm.section-${direction}`), style: 'heading' },
    ...wordingOf(wording, say),
  ];
  return {
    summary: told,
    elements: [
      ...(outcome === 'withdrawn' ? [] : asked),
      { kind: 'text', text: told, style: 'strong' },
      { kind: 'buttons', buttons: [ownView(say)] },
    ],
  };
}

/** A wording as the client reads it, with how he will see that it is met. */
export function wordingOf({ text, seen }: Pick<Wording, 'text' | 'seen'>, say: Say): Element[] {
  const how: Element[] = seen
    ? [{ kind: 'facts', facts: [{ label: say('confirm.seen'), value: seen }] }]
    : [];
  return [{ kind: 'quote', text }, ...how];
}

/** The subject of a form that changes the wording: what it is about, and which wording stood in it. */
export function formSubject({ id, wording }: Expectation): string {
  return `${id}.${wording.id}`;
}

/** Under every card to the client: all that he was asked and confirmed. */
export function ownView(say: Say): Button {
  return { press: 'expectations.mine', label: say('confirm.mine') };
}
