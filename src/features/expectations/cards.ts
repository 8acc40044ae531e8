import type { Button, Card, Element } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { sayDay } from '../../text/when.ts';
import type { Client } from '../clients/clients.ts';
import type { Expectation, Wording } from './expectations.ts';

/** "3 maart", as the reader says it. */
export function dayOf(instant: Temporal.Instant, { language, timeZone }: Voice): string {
  return sayDay(instant, language, timeZone);
}

/** Where it is in its life, as the team reads it: what was the last step, whose and when. */
export function stateOf(expectation: Expectation, voice: Voice): string {
  const { say } = voice;
  const { state, wording, notedBy, notedAt } = expectation;
  switch (state) {
    case 'noted':
      return say('expectations.state-noted', { name: notedBy.name, day: dayOf(notedAt, voice) });
    case 'concrete':
      return say('expectations.state-concrete', {
        name: wording.author.name,
        day: dayOf(wording.writtenAt, voice),
      });
    case 'sent':
      return say('expectations.state-sent', { day: dayOf(wording.sentAt ?? wording.writtenAt, voice) });
    case 'confirmed':
      return say('expectations.state-confirmed', confirmation(wording, voice));
    case 'corrected':
      return say('expectations.state-corrected', {
        name: wording.author.name,
        day: dayOf(wording.writtenAt, voice),
      });
    case 'doubted':
      return say('expectations.state-doubted');
    case 'met':
      return say('expectations.state-met');
    case 'not-met':
      return say('expectations.state-not-met');
    case 'withdrawn':
      return say('expectations.state-withdrawn');
  }
}

/** Who confirmed a wording, and when. */
export function confirmation({ confirmed, writtenAt, author }: Wording, voice: Voice) {
  const { by, at } = confirmed ?? { by: author, at: writtenAt };
  return { name: by.name, day: dayOf(at, voice) };
}

/** What is put before the client: the wording, and whether that is what they expect. `months`: until it is looked at again. */
export function questionCard(
  { name }: Client,
  { direction, wording }: Expectation,
  { say }: Voice,
  months: number,
): Card {
  const title = say(`confirm.title-${direction}`);
  const answers: Button[] = [
    { press: 'expectations.confirm', subject: wording.id, label: say('confirm.yes'), style: 'primary' },
    { press: 'expectations.correct', subject: wording.id, label: say('confirm.not-quite') },
    { press: 'expectations.doubt', subject: wording.id, label: say('confirm.no-longer') },
    ownView(say),
  ];
  return {
    summary: say(`confirm.summary-${direction}`, { text: wording.text }),
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...wordingOf(wording, say),
      {
        kind: 'text',
        text: say(`confirm.period-${direction}`, { client: name, count: months }),
        style: 'subtle',
      },
      { kind: 'buttons', buttons: answers },
    ],
  };
}

/** What came of a question that was put before the client, as it says where the question stood. */
export type Outcome = 'confirmed' | 'corrected' | 'doubted' | 'replaced' | 'withdrawn';

/** Takes the place of a question: what was answered, and by whom. */
export function answeredCard(
  { wording }: Pick<Expectation, 'wording'>,
  { say }: Voice,
  outcome: Outcome,
  by = '',
): Card {
  const told = say(`confirm.${outcome}`, { name: by });
  return {
    summary: told,
    elements: [
      ...(outcome === 'withdrawn' ? [] : wordingOf(wording, say)),
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
