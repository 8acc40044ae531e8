import type { Button, Card, Element } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import type { Client } from '../clients/clients.ts';
import type { ClientMove, Standing } from './answer-rules.ts';
import { type Asking, confirmation, dayOf, ownView, questionCard, wordingOf } from './cards.ts';
import { after, type Expectation, limits } from './expectations.ts';

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
        hint: say('confirm.correct-hint'),
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
export function thanksCard(
  client: Client,
  expectation: Expectation,
  voice: Voice,
  given: { move: ClientMove; now: Temporal.Instant },
): Card {
  const { say } = voice;
  const text = thanksOf(client, expectation, voice, given);
  return {
    summary: text,
    elements: [
      { kind: 'text', text },
      ...(given.move === 'correct' ? wordingOf(expectation.wording, say) : []),
      { kind: 'buttons', buttons: [ownView(say)] },
    ],
  };
}

function thanksOf(
  { owner }: Client,
  { direction, reviewAt }: Expectation,
  voice: Voice,
  { move, now }: { move: ClientMove; now: Temporal.Instant },
): string {
  const { say } = voice;
  if (move !== 'confirm') return say(`confirm.thanks-${move}`, { owner: owner.name });
  return say(`confirm.thanks-${direction}`, { day: reviewAt ? dayOf(reviewAt, voice, now) : '' });
}

/** What an answer met that changes nothing. `typed`: what the contact wrote, which is his to keep. */
type Met = Asking & { standing: Standing; typed?: string | undefined; now: Temporal.Instant };

/** To a contact alone whose answer changes nothing: how it stands, and what he can answer now. */
export function standingCard(client: Client, expectation: Expectation, voice: Voice, met: Met): Card {
  const { say } = voice;
  const { standing } = met;
  const own = ownText(met.typed, say);
  if (standing === 'stale' && expectation.state === 'sent') {
    const told = say('confirm.changed');
    // His own text comes last: the buttons are about the new one.
    return {
      summary: told,
      elements: [
        { kind: 'text', text: told, style: 'strong' },
        ...questionCard(client, expectation, voice, met).elements,
        ...(own.length > 0 ? [{ kind: 'divider' as const }, ...own] : []),
      ],
    };
  }
  const told = standingText(client, expectation, voice, met);
  const buttons = [...(own.length > 0 ? wordAnew(expectation, say) : []), ownView(say)];
  return {
    summary: told,
    elements: [
      { kind: 'text', text: told },
      ...(standing === 'stale' ? wordingOf(expectation.wording, say) : []),
      ...own,
      { kind: 'buttons', buttons },
    ],
  };
}

/** What he wrote, so that it does not get lost. */
function ownText(typed: string | undefined, say: Say): Element[] {
  const text = typed?.trim() ?? '';
  if (text === '') return [];
  return [
    { kind: 'text', text: say('confirm.your-text'), style: 'subtle' },
    { kind: 'quote', text },
  ];
}

/** The way to say it in his words after all, where that can be done now. */
function wordAnew({ state, wording }: Expectation, say: Say): Button[] {
  if (!after(state, 'correct', 'client')) return [];
  return [{ press: 'expectations.correct', subject: wording.id, label: say('confirm.correct') }];
}

/** Why an answer changes nothing now, and what comes of it. */
function standingText(
  { owner }: Client,
  expectation: Expectation,
  voice: Voice,
  { standing, now }: Met,
): string {
  const { say } = voice;
  const { state, wording } = expectation;
  switch (state) {
    case 'confirmed':
      return say(
        standing === 'stale' ? 'confirm.changed-confirmed' : 'confirm.already',
        confirmation(wording, voice, now),
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
