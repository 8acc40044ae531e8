import type { Card, Element } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Client } from '../clients/clients.ts';
import { briefButton, callOffButton, changeButton, whenOf } from './cards.ts';
import type { Conversation } from './conversations.ts';

/** Coming conversations, with their clients. */
export type Coming = {
  client: Client;
  conversation: Pick<Conversation, 'id' | 'title' | 'start' | 'end'>;
}[];

/** So many of them stand in one card. */
const inList = 8;

/** Somebody's own conversations of the coming weeks, each with what one does about it. */
export function listCard(coming: Coming, voice: Voice, now: Temporal.Instant): Card {
  const { say } = voice;
  const title = say('conversations.list-title');
  const none = say('conversations.list-none');
  const more = coming.length - inList;
  return {
    summary: coming.length === 0 ? none : title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...(coming.length === 0 ? [{ kind: 'text' as const, text: none }] : []),
      ...coming.slice(0, inList).flatMap((one) => rowOf(one, voice, now)),
      ...(more > 0
        ? [{ kind: 'text' as const, text: say('conversations.calendar-more', { count: more }) }]
        : []),
      ...(coming.length > 0 ? [{ kind: 'divider' as const }] : []),
      {
        kind: 'buttons',
        buttons: [
          { press: 'conversations.talk', label: say('conversations.plan') },
          { press: 'conversations.report', label: say('conversations.list-report') },
        ],
      },
    ],
  };
}

function rowOf({ client, conversation }: Coming[number], voice: Voice, now: Temporal.Instant): Element[] {
  const { say } = voice;
  const { id, title } = conversation;
  const when = whenOf(conversation, voice, now);
  return [
    { kind: 'text', text: title ? `${client.name} · ${title}` : client.name, style: 'strong' },
    { kind: 'text', text: when, style: 'subtle' },
    { kind: 'buttons', buttons: [briefButton(id, say), changeButton(id, say), callOffButton(id, when, say)] },
  ];
}
