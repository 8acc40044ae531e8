import { besides, type Card, type Element } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import { sayWeekday } from '../../text/when.ts';
import type { Client } from '../clients/clients.ts';
import { lineOf, whenOf } from './cards.ts';
import type { Conversation } from './conversations.ts';

/** What one should know before speaking with a client. */
export type Brief = {
  client: Client;
  conversation: Conversation;
  /** What the capabilities know. */
  known: Element[];
  /** One question worth asking. */
  question: string | undefined;
};

/** Right before a conversation. */
export function briefingCard(brief: Brief, opening: string, voice: Voice): Card {
  const { client, conversation } = brief;
  const { say } = voice;
  const names = conversation.people.map(({ name }) => name).join(', ');
  return {
    summary: opening,
    elements: [
      { kind: 'text', text: opening, style: 'heading' },
      {
        kind: 'text',
        text: [client.name, conversation.title, whenOf(conversation, voice), names]
          .filter(Boolean)
          .join(' · '),
        style: 'subtle',
      },
      ...brief.known,
      ...questionOf(brief, voice),
      {
        kind: 'buttons',
        buttons: [besides({ press: 'clients.show', subject: client.id, label: say('clients.to-dossier') })],
      },
    ],
  };
}

/** Of a full day: each conversation in a few lines, and its whole briefing a button away. */
export function dayCard(briefs: Brief[], opening: string, voice: Voice): Card {
  const { say, language, timeZone } = voice;
  return {
    summary: opening,
    elements: [
      { kind: 'text', text: opening, style: 'heading' },
      ...briefs.slice(0, 1).map(({ conversation: { start } }): Element => {
        return { kind: 'text', text: sayWeekday(start, language, timeZone), style: 'subtle' };
      }),
      ...briefs.flatMap((brief): Element[] => [
        lineOf(brief.client, brief.conversation, voice),
        ...(brief.question ? [{ kind: 'text' as const, text: brief.question }] : []),
        {
          kind: 'buttons',
          buttons: [
            besides({
              press: 'conversations.brief',
              subject: brief.conversation.id,
              label: say('conversations.brief-whole'),
            }),
          ],
        },
      ]),
    ],
  };
}

function questionOf({ question }: Brief, { say }: Voice): Element[] {
  if (!question) return [];
  return [
    { kind: 'text', text: say('conversations.question'), style: 'strong' },
    { kind: 'text', text: question },
  ];
}
