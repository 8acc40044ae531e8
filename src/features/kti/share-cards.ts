import { type Card, type Element, plainText } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { type Row, titleOf } from './summary-rules.ts';
import { gradeOf } from './words-rules.ts';

/** What the client is told of what it graded. */

/** Of fewer than so many people somebody's own grade could be told from it. */
const fewestToTell = 3;

export const limits = { said: 500, words: 1500 };

type Told = { said: string | undefined; words: string };

/**
 * Asks what the client is told, below what he will be shown beside it, as he will read it. `notices`: how he is going to
 * notice what is under way, in words that are the team's own.
 */
export function shareForm(
  {
    round,
    client,
    rows,
    notices,
    before,
  }: {
    round: string;
    client: string;
    rows: Row[];
    notices: string[];
    before: { said: string | undefined; words: string | undefined };
  },
  reader: Say,
  clients: Voice,
): Form {
  return {
    name: 'kti.share',
    subject: round,
    title: reader('kti.share-title'),
    intro: [
      { kind: 'text', text: reader('kti.share-about', { client }), style: 'subtle' },
      ...gradedElements(rows, clients),
      ...noticeElements(notices, reader),
    ],
    fields: [
      {
        ...{ kind: 'text', id: 'said', label: reader('kti.share-said'), hint: reader('kti.share-said-hint') },
        ...{ optional: true, multiline: true, maxLength: limits.said, value: before.said },
      },
      {
        ...{
          kind: 'text',
          id: 'words',
          label: reader('kti.share-words'),
          hint: reader('kti.share-words-hint'),
        },
        ...{ multiline: true, maxLength: limits.words, value: before.words },
      },
    ],
    send: reader('kti.share-send'),
    cancel: reader('settings.cancel'),
  };
}

/** What the team has agreed for itself, to look at: it is not meant for the client as it stands. */
function noticeElements(notices: string[], reader: Say): Element[] {
  if (notices.length === 0) return [];
  return [part(reader('kti.share-notices')), plainText(notices.map((one) => `• ${one}`).join('\n'))];
}

/** To the client, in its own language: no name, no explanation, no forecast, nobody's single grade. */
export function sharedCard({ said, words, rows }: Told & { rows: Row[] }, voice: Voice): Card {
  const { say } = voice;
  const title = say('kti.shared-title');
  return {
    summary: `${title}: ${words}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      plainText(say('kti.shared-thanks')),
      ...gradedElements(rows, voice),
      ...(said ? [part(say('kti.shared-said')), plainText(said)] : []),
      part(say('kti.shared-doing')),
      plainText(words),
    ],
  };
}

function part(text: string): Element {
  return { kind: 'text', text, style: 'strong' };
}

/** Those of which enough people gave a grade; the others are not named, since there is nothing to tell of them. */
function gradedElements(rows: Row[], { say, language }: Voice): Element[] {
  const facts = rows
    .filter(({ n }) => n >= fewestToTell)
    .map(({ kti, mean, n }) => ({
      label: titleOf(kti, language),
      value: say('kti.shared-grade', { mean: gradeOf(mean, n, say), count: n }),
    }));
  return facts.length === 0 ? [] : [{ kind: 'facts', facts }];
}

/** To whoever told it: it never arrived, and what he wrote is still there. */
export function unsharedCard(round: string, client: string, words: string, { say }: Voice): Card {
  const title = say('kti.unshared', { client });
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      plainText(say('kti.unshared-about')),
      { kind: 'quote', text: words },
      {
        kind: 'buttons',
        buttons: [{ press: 'kti.share', subject: round, label: say('kti.share-again'), style: 'primary' }],
      },
    ],
  };
}
