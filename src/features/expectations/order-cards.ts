import type { Button, Card, Element } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import type { Client } from '../clients/clients.ts';
import { ownView } from './cards.ts';
import type { Expectation } from './expectations.ts';
import { cut, listButton, orderButton, showButton } from './list-cards.ts';

/** How many can be put in order in one card. */
export const inOrderCard = 10;

/** What can be put in order: those of one direction, and which part of them is shown. */
export type Ordering = { all: Expectation[]; page: number; askable: number };

/** The open ones in order of importance to the client, each with a way up and down. */
export function orderCard(client: Client, { all, page, askable }: Ordering, { say }: Voice): Card {
  const title = say('expectations.order-title', { client: client.name });
  const from = (page - 1) * inOrderCard;
  const rows = all.slice(from, from + inOrderCard).flatMap((one, at): Element[] => [
    { kind: 'text', text: `${from + at + 1}. ${cut(one.wording.text, 120)}` },
    { kind: 'buttons', buttons: movingButtons(one, from + at, all.length, say) },
  ]);
  const turn = (to: number, label: string): Button => ({
    press: `expectations.order.${to}`,
    subject: client.id,
    label,
  });
  const more = all.length - page * inOrderCard;
  const buttons: Button[] = [
    ...(page > 1 ? [turn(page - 1, say('expectations.page-before'))] : []),
    ...(more > 0 ? [turn(page + 1, say('expectations.page-after', { count: more }))] : []),
    ...(askable > 1 ? [askFirstButton(client, say)] : []),
    listButton(client.id, say),
  ];
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'text', text: say('expectations.order-why'), style: 'subtle' },
      ...rows,
      { kind: 'buttons', buttons },
    ],
  };
}

function movingButtons({ id }: Expectation, at: number, count: number, say: Say): Button[] {
  return [
    ...(at > 0 ? [{ press: 'expectations.up', subject: id, label: say('expectations.up') }] : []),
    ...(at < count - 1 ? [{ press: 'expectations.down', subject: id, label: say('expectations.down') }] : []),
  ];
}

function askFirstButton({ id, name }: Client, say: Say): Button {
  return {
    press: 'expectations.ask-first',
    subject: id,
    label: say('expectations.ask-first'),
    confirm: {
      title: say('expectations.ask-first'),
      text: say('expectations.ask-first-sure', { client: name }),
      yes: say('expectations.ask-first-yes'),
      no: say('settings.cancel'),
    },
  };
}

/** Letters of all texts together that one card shows whole; beyond that each is cut. */
const firstRoom = 5000;

/** As little of it as a button shows, after a whole word where one fits. */
function cutAtWord(text: string, most: number): string {
  const letters = [...cut(text, Number.POSITIVE_INFINITY)];
  if (letters.length <= most) return letters.join('');
  const words = /^(.*\S)\s/s.exec(letters.slice(0, most).join(''))?.[1];
  return words === undefined ? cut(text, most) : `${words.replace(/[\p{P}\s]+$/u, '')}…`;
}

/** Before the client: which of these matters most to him now? `by`: who asks. */
export function firstCard(all: Expectation[], { say }: Voice, by: string): Card {
  const title = say('confirm.first-title');
  const whole = all.reduce((sum, { wording }) => sum + wording.text.length, 0) <= firstRoom;
  const most = Math.floor(firstRoom / Math.max(all.length, 1));
  const texts = all.map(({ wording }, at): Element => {
    const text = whole ? wording.text : cut(wording.text, most);
    return { kind: 'text', text: `${at + 1}. ${text}` };
  });
  const choices = all.map(
    ({ id, wording }, at): Button => ({
      press: 'expectations.first',
      subject: id,
      label: `${at + 1}. ${cutAtWord(wording.text, 16)}`,
    }),
  );
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'text', text: say('confirm.by', { name: by }), style: 'subtle' },
      { kind: 'text', text: say('confirm.first-why') },
      ...texts,
      { kind: 'buttons', buttons: choices },
      { kind: 'buttons', buttons: [ownView(say)] },
    ],
  };
}

/** In the place of that question: what was chosen, and by whom. */
export function firstChosenCard({ wording }: Expectation, name: string, { say }: Voice): Card {
  const title = say('confirm.first-chosen', { name });
  return {
    summary: `${title} “${cut(wording.text, 150)}”`,
    elements: [
      { kind: 'text', text: title, style: 'strong' },
      { kind: 'quote', text: wording.text },
      { kind: 'buttons', buttons: [ownView(say)] },
    ],
  };
}

/** To the one who chose, alone. */
export function firstThanksCard({ wording }: Expectation, say: Say): Card {
  const text = say('confirm.first-thanks');
  return {
    summary: text,
    elements: [
      { kind: 'text', text },
      { kind: 'quote', text: wording.text },
      { kind: 'buttons', buttons: [ownView(say)] },
    ],
  };
}

/** To the team: what matters most to the client now. */
export function firstToldCard(client: Client, one: Expectation, name: string, { say }: Voice): Card {
  const title = say('expectations.first-told', { name, client: client.name });
  return {
    summary: `${title}: “${cut(one.wording.text, 150)}”`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'quote', text: one.wording.text },
      { kind: 'text', text: say('expectations.first-then') },
      { kind: 'buttons', buttons: [showButton(one.id, say), orderButton(client.id, say)] },
    ],
  };
}
