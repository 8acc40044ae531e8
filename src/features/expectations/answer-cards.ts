import { type Card, type Element, lastButtons } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import type { Client } from '../clients/clients.ts';
import type { ClientMove, Standing } from './answer-rules.ts';
import { confirmation, dayOf, ownView, questionCard, wordingOf } from './cards.ts';
import { type Expectation, limits } from './expectations.ts';

/** The client says what it should say instead; it begins with what it says. */
export function correctForm({ wording }: Expectation, say: Say): Form {
  return {
    name: 'expectations.correct',
    subject: wording.id,
    title: say('confirm.correct-title'),
    fields: [
      {
        kind: 'text',
        id: 'text',
        label: say('confirm.what-instead'),
        multiline: true,
        maxLength: limits.text,
        value: wording.text,
      },
    ],
    send: say('confirm.send'),
    cancel: say('settings.cancel'),
  };
}

/** To the contact alone, after his answer. */
export function thanksCard(client: Client, expectation: Expectation, voice: Voice, move: ClientMove): Card {
  const { say } = voice;
  const text = thanksOf(client, expectation, voice, move);
  return {
    summary: text,
    elements: [
      { kind: 'text', text },
      ...(move === 'correct' ? wordingOf(expectation.wording, say) : []),
      { kind: 'buttons', buttons: [ownView(say)] },
    ],
  };
}

function thanksOf(
  { owner }: Client,
  { direction, reviewAt }: Expectation,
  voice: Voice,
  move: ClientMove,
): string {
  const { say } = voice;
  if (move !== 'confirm') return say(`confirm.thanks-${move}`, { owner: owner.name });
  return say(`confirm.thanks-${direction}`, { day: reviewAt ? dayOf(reviewAt, voice) : '' });
}

/** To a contact alone whose answer changes nothing: how it stands, and what he can answer now. `typed`: his own text. */
export function standingCard(
  client: Client,
  expectation: Expectation,
  voice: Voice,
  { standing, months, typed }: { standing: Standing; months: number; typed?: string | undefined },
): Card {
  const { say } = voice;
  const own: Element[] = typed?.trim()
    ? [
        { kind: 'text', text: say('confirm.your-text'), style: 'subtle' },
        { kind: 'quote', text: typed.trim() },
      ]
    : [];
  if (standing === 'stale' && expectation.state === 'sent') {
    const told = say('confirm.changed');
    const { before, buttons } = lastButtons(questionCard(client, expectation, voice, months));
    return {
      summary: told,
      elements: [
        { kind: 'text', text: told, style: 'strong' },
        ...own,
        ...before,
        { kind: 'buttons', buttons },
      ],
    };
  }
  const told = standingText(client, expectation, voice, standing);
  return {
    summary: told,
    elements: [
      { kind: 'text', text: told },
      ...(standing === 'stale' ? wordingOf(expectation.wording, say) : []),
      ...own,
      { kind: 'buttons', buttons: [ownView(say)] },
    ],
  };
}

/** Why an answer changes nothing now, and what comes of it. */
function standingText({ owner }: Client, expectation: Expectation, voice: Voice, standing: Standing): string {
  const { say } = voice;
  const { state, wording } = expectation;
  switch (state) {
    case 'confirmed':
      return say(
        standing === 'stale' ? 'confirm.changed-confirmed' : 'confirm.already',
        confirmation(wording, voice),
      );
    case 'corrected':
      return say('confirm.waits-corrected', { name: wording.author.name });
    case 'doubted':
      return say('confirm.waits-doubted', { owner: owner.name });
    case 'met':
    case 'not-met':
    case 'withdrawn':
      return say(`confirm.over-${state}`);
    case 'noted':
    case 'concrete':
    case 'sent':
      return say('confirm.waits-reworded');
  }
}
