import type { Button, Card, Element } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { sayMoment } from '../../text/when.ts';
import type { Client } from '../clients/clients.ts';
import type { Given } from './calendar-store.ts';
import { whenOf } from './cards.ts';
import type { Conversation } from './conversations.ts';

/** Conversations that a calendar told of, with their clients. */
export type Listed = {
  client: Client;
  conversation: Pick<Conversation, 'id' | 'title' | 'start' | 'end'>;
}[];

/** So many of the coming conversations stand in the card. */
const inAgenda = 8;

/** Somebody's calendar: how it is read, and which conversations it tells of. */
export function agendaCard(given: Given, listed: Listed, voice: Voice): Card {
  const { say, language, timeZone } = voice;
  const read = given.readAt && sayMoment(given.readAt, language, timeZone);
  const state = given.trouble
    ? say(`conversations.calendar-${given.trouble}`)
    : read
      ? say('conversations.calendar-read', { when: read })
      : say('conversations.calendar-waits');
  const title = say('conversations.calendar-title');
  const more = listed.length - inAgenda;
  return {
    summary: `${title}: ${state}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'text', text: state, style: given.trouble ? 'strong' : 'subtle' },
      ...(read && listed.length === 0
        ? [{ kind: 'text' as const, text: say('conversations.calendar-none') }]
        : []),
      ...listed.slice(0, inAgenda).flatMap((one) => rowOf(one, voice)),
      ...(more > 0
        ? [{ kind: 'text' as const, text: say('conversations.calendar-more', { count: more }) }]
        : []),
      { kind: 'buttons', buttons: ownButtons(say) },
    ],
  };
}

function rowOf({ client, conversation }: Listed[number], voice: Voice): Element[] {
  const title = conversation.title ? ` · ${conversation.title}` : '';
  return [
    { kind: 'text', text: `${client.name}${title}`, style: 'strong' },
    { kind: 'text', text: whenOf(conversation, voice), style: 'subtle' },
    {
      kind: 'buttons',
      buttons: [
        {
          press: 'conversations.untie',
          subject: conversation.id,
          label: voice.say('conversations.untie', { client: client.name }),
        },
      ],
    },
  ];
}

function ownButtons(say: Say): Button[] {
  return [
    { press: 'conversations.calendar', label: say('conversations.calendar-other') },
    {
      press: 'conversations.calendar-remove',
      label: say('conversations.calendar-remove'),
      style: 'danger',
      confirm: {
        title: say('conversations.calendar-remove'),
        text: say('conversations.calendar-remove-text'),
        yes: say('conversations.calendar-remove'),
        no: say('settings.cancel'),
      },
    },
  ];
}

/** Asks for the address; says where it is found, and that it is a secret. */
export function calendarForm(say: Say): Form {
  return {
    name: 'conversations.calendar',
    title: say('conversations.calendar-form'),
    intro: [
      { kind: 'text', text: say('conversations.calendar-why') },
      { kind: 'text', text: say('conversations.calendar-google'), style: 'subtle' },
      { kind: 'text', text: say('conversations.calendar-outlook'), style: 'subtle' },
    ],
    fields: [
      {
        kind: 'text',
        id: 'address',
        label: say('conversations.calendar-where'),
        hint: say('conversations.calendar-secret'),
        placeholder: 'https://calendar.example/…/basic.ics',
        maxLength: 2000,
      },
    ],
    send: say('settings.save'),
    cancel: say('settings.cancel'),
  };
}

/** Whether only this time, or the whole series, is not with this client. */
export function untieCard({ client, conversation }: Listed[number], voice: Voice): Card {
  const { say } = voice;
  const title = say('conversations.untie-title', { client: client.name });
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'text', text: [conversation.title, whenOf(conversation, voice)].filter(Boolean).join(' · ') },
      {
        kind: 'buttons',
        buttons: [
          {
            press: 'conversations.untie-once',
            subject: conversation.id,
            label: say('conversations.untie-once'),
          },
          {
            press: 'conversations.untie-series',
            subject: conversation.id,
            label: say('conversations.untie-series'),
          },
          { press: 'conversations.agenda', label: say('settings.cancel') },
        ],
      },
    ],
  };
}

/** How the first reading went, or that it does not work any more. */
export function readCard(text: string, say: Say): Card {
  return {
    summary: text,
    elements: [
      { kind: 'text', text },
      {
        kind: 'buttons',
        buttons: [{ press: 'conversations.agenda', label: say('conversations.calendar-look') }],
      },
    ],
  };
}
