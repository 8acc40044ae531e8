import type { Card, Element } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Client } from '../clients/clients.ts';
import { confirmation } from './cards.ts';
import type { Expectation, State } from './expectations.ts';
import { cut, listButton, noteButton, showButton } from './list-cards.ts';
import { endings } from './show-cards.ts';

/** To the owner, alone: what was confirmed a while ago is looked at again. */
export function reviewCard(client: Client, one: Expectation, voice: Voice, now: Temporal.Instant): Card {
  const { say } = voice;
  const { wording } = one;
  const title = say(`expectations.review-${one.direction}`, { client: client.name });
  return {
    summary: `${title} “${cut(wording.text, 150)}”`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...textOf(one, voice),
      {
        kind: 'text',
        text: say('expectations.review-confirmed', confirmation(wording, voice, now)),
        style: 'subtle',
      },
      { kind: 'text', text: say('expectations.review-how') },
      {
        kind: 'buttons',
        buttons: [
          {
            press: 'expectations.send',
            subject: one.id,
            label: say('expectations.still-valid'),
            style: 'primary',
          },
          { press: 'expectations.concrete', subject: one.id, label: say('expectations.changed') },
          ...endings(one.id, say),
          showButton(one.id, say),
        ],
      },
    ],
  };
}

export type Ending = Extract<State, 'met' | 'not-met' | 'withdrawn'>;

/** How it ended: met, not met or withdrawn, and what helps the client now. */
export function endedCard(client: Client, one: Expectation, voice: Voice, end: Ending): Card {
  const { say } = voice;
  const title = say(`expectations.ended-${end}`, { client: client.name });
  const of = one.direction === 'ours' ? '-ours' : '';
  const then = end === 'withdrawn' ? undefined : say(`expectations.after-${end}${of}`);
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...textOf(one, voice),
      ...(then ? [{ kind: 'text' as const, text: then }] : []),
      {
        kind: 'buttons',
        buttons: [
          ...(then ? [noteButton(client.id, say)] : []),
          showButton(one.id, say),
          listButton(client.id, say),
        ],
      },
    ],
  };
}

/** The wording, with how the client sees that it is met. */
export function textOf({ wording }: Expectation, { say }: Voice): Element[] {
  const seen: Element[] = wording.seen
    ? [{ kind: 'facts', facts: [{ label: say('expectations.fact-seen'), value: wording.seen }] }]
    : [];
  return [{ kind: 'quote', text: wording.text }, ...seen];
}
