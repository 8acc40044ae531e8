import type { Button, Card, Element } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Client } from '../clients/clients.ts';
import { type Action, daysLate } from './actions.ts';
import { dueOf, showButton, subtle } from './cards.ts';
import { titleOf } from './catalogue-rules.ts';

/** What is under way, in a list. */

export type Listed = { one: Action; client: Pick<Client, 'id' | 'name'>; mayChange: boolean };

export type List = {
  /** Undefined: the reader's own, and those of his clients. */
  client: Pick<Client, 'id' | 'name'> | undefined;
  /** The most urgent first. */
  open: Listed[];
  /** Done lately, and not seen by the client as far as is known. */
  unseen: Listed[];
  page: number;
  today: Temporal.PlainDate;
};

/** As many as one message has room for. */
const inPage = 8;
const inUnseen = 3;

/** The open ones, a page at a time, what is overdue first; and what the client has not seen yet. */
export function listCard(list: List, voice: Voice): Card {
  const { client, open, unseen, page, today } = list;
  const { say } = voice;
  const title = client ? say('actions.list-of', { client: client.name }) : say('actions.list-title');
  const late = open.filter(({ one }) => daysLate(one, today) > 0).length;
  const count = say(late > 0 ? 'actions.count-late' : 'actions.count', { count: open.length, late });
  const from = (page - 1) * inPage;
  const left = Math.max(open.length - from - inPage, 0);
  return {
    summary: `${title}: ${open.length === 0 ? say('actions.list-none') : count}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'text', text: open.length === 0 ? say('actions.list-none') : count },
      ...open.slice(from, from + inPage).flatMap((item) => rowOf(item, list, voice)),
      ...(page === 1 && unseen.length > 0
        ? [
            { kind: 'divider' as const },
            { kind: 'text' as const, text: say('actions.unseen'), style: 'strong' as const },
            subtle(say('actions.unseen-about')),
            ...unseen.slice(0, inUnseen).flatMap((item) => unseenOf(item, list, voice)),
          ]
        : []),
      { kind: 'buttons', buttons: nextButtons(list, left, say) },
    ],
  };
}

function rowOf({ one, client, mayChange }: Listed, list: List, voice: Voice): Element[] {
  const done: Button = { press: 'actions.done', subject: one.id, label: voice.say('actions.done') };
  return [
    {
      kind: 'text',
      text: lineOf(one, list.client ? undefined : client, list.today, voice),
      style: daysLate(one, list.today) > 0 ? 'strong' : undefined,
    },
    { kind: 'buttons', buttons: [...(mayChange ? [done] : []), showButton(one, voice.say)] },
  ];
}

/** `Een deskundige collega erbij halen · Acme · Bram Bakker · vrijdag 4 december`. */
export function lineOf(
  one: Action,
  client: Pick<Client, 'name'> | undefined,
  today: Temporal.PlainDate,
  voice: Voice,
): string {
  return [
    titleOf(one, voice.language),
    ...(client ? [client.name] : []),
    one.owner.name,
    dueOf(one, today, voice),
  ].join(' · ');
}

function unseenOf({ one, client }: Listed, list: List, { say, language }: Voice): Element[] {
  const of = list.client ? [] : [client.name];
  return [
    { kind: 'text', text: [titleOf(one, language), ...of, one.owner.name].join(' · ') },
    { kind: 'buttons', buttons: [showButton(one, say)] },
  ];
}

function nextButtons({ client, page }: List, left: number, say: Voice['say']): Button[] {
  const more = {
    press: `actions.list.${page + 1}`,
    subject: client?.id,
    label: say('actions.more', { count: left }),
  };
  const start = { press: 'actions.client', subject: client?.id, label: say('actions.new') };
  return [...(left > 0 ? [more] : []), start];
}
