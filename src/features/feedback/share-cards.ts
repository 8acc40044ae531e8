import type { Card } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import type { Client } from '../clients/clients.ts';
import { type Feedback, limits } from './feedback.ts';

/** What the client is told of what he said. */

/** Asks what he is told. His words too can be set right: a colleague wrote them down, for the team. */
export function shareForm(
  { id, text, answered }: Feedback,
  before: { said: string; words: string } | undefined,
  say: Say,
): Form {
  return {
    name: 'feedback.share',
    subject: id,
    title: say('feedback.share'),
    intro: [{ kind: 'text', text: say('feedback.share-about'), style: 'subtle' }],
    fields: [
      {
        kind: 'text',
        id: 'said',
        label: say('feedback.share-said'),
        hint: say('feedback.share-said-hint'),
        multiline: true,
        maxLength: limits.text,
        value: before?.said ?? text,
      },
      {
        kind: 'text',
        id: 'words',
        label: say('feedback.share-words'),
        multiline: true,
        maxLength: limits.learned,
        value: before?.words ?? answered,
      },
    ],
    send: say('feedback.share-send'),
    cancel: say('settings.cancel'),
  };
}

/** To the client, on purpose, in his own language: what he said, and what was done about it. */
export function sharedCard({ said, words }: { said: string; words: string }, { say }: Voice): Card {
  const title = say('feedback.shared-title');
  return {
    summary: `${title}: ${words}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'quote', text: said },
      { kind: 'text', text: words },
    ],
  };
}

/** To whoever told it: it never arrived, and what he wrote is still there. */
export function unsharedCard(id: string, client: Pick<Client, 'name'>, words: string, { say }: Voice): Card {
  const title = say('feedback.unshared', { client: client.name });
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'text', text: say('feedback.unshared-about') },
      { kind: 'quote', text: words },
      {
        kind: 'buttons',
        buttons: [
          { press: 'feedback.share', subject: id, label: say('feedback.share-again'), style: 'primary' },
          { press: 'feedback.show', subject: id, label: say('feedback.show') },
        ],
      },
    ],
  };
}
