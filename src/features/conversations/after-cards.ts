import { besides, type Card, type Element } from '../../chat/card.ts';
import type { Field, Form } from '../../chat/form.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { answerButtons, lineOf, whenOf } from './cards.ts';
import { type Conversation, limits, type Outcome, type SaidKind, saidKinds } from './conversations.ts';

type Told = { client: Client; conversation: Conversation };

/**
 * Asks whether the expectation was raised. `opening`: the sentence that asks it. `subject`: what the buttons carry. `id`:
 * of the message that nobody asked for, which can be put off.
 */
export function askingCard(
  client: Client,
  one: Conversation,
  voice: Voice,
  opening: string,
  subject: string,
  id?: string,
): Card {
  return {
    summary: opening,
    elements: [
      { kind: 'text', text: opening, style: 'heading' },
      { kind: 'text', text: `${client.name} · ${whenOf(one, voice)}`, style: 'subtle' },
      { kind: 'buttons', buttons: answerButtons(subject, voice.say) },
      ...(id === undefined ? [] : laterElements(id, voice.say)),
    ],
  };
}

/**
 * The same of several that ended shortly after each other, each with its answer once it has one, but for the one that is
 * asked `anew`. `opening`: the sentence that asks it, of the message as it came; later it says it plainly.
 */
export function askingSeveralCard(
  several: Told[],
  voice: Voice,
  id: string,
  { opening, anew }: { opening?: string | undefined; anew?: string | undefined },
): Card {
  const { say } = voice;
  const title = opening ?? say('conversations.several', { count: several.length });
  const isOpen = ({ conversation }: Told) => !conversation.answer || conversation.id === anew;
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...several.flatMap((one): Element[] => [
        lineOf(one.client, one.conversation, voice),
        ...(isOpen(one) ? openRow(one, id, say) : answeredRow(one, id, say)),
      ]),
      ...(several.some(isOpen) ? laterElements(id, say) : []),
    ],
  };
}

/** Of which conversation, and in which message it is asked about, so that its row alone changes there. */
function rowSubject({ conversation }: Told, message: string): string {
  return `${conversation.id}@${message}`;
}

function openRow(one: Told, message: string, say: Say): Element[] {
  const buttons = answerButtons(rowSubject(one, message), say).map((button) => ({
    ...button,
    style: undefined,
  }));
  // A form would take the place of the whole card.
  return [
    {
      kind: 'buttons',
      buttons: buttons.map((button) =>
        'press' in button && button.press === 'conversations.more' ? besides(button) : button,
      ),
    },
  ];
}

function answeredRow(one: Told, message: string, say: Say): Element[] {
  const { outcome = 'raised' } = one.conversation.answer ?? {};
  const again = {
    press: 'conversations.ask',
    subject: rowSubject(one, message),
    label: say('conversations.answer-again'),
  };
  return [
    { kind: 'text', text: say(`conversations.row-${outcome}`), style: 'subtle' },
    { kind: 'buttons', buttons: [again] },
  ];
}

/** In an hour, or tomorrow: after a week nobody remembers what was said. */
function laterElements(id: string, say: Say): Element[] {
  return [
    { kind: 'text', text: say('conversations.later'), style: 'subtle' },
    {
      kind: 'buttons',
      buttons: [
        { press: 'nudges.snooze.hour', subject: id, label: say('nudges.snooze-hour') },
        { press: 'nudges.snooze.tomorrow', subject: id, label: say('nudges.snooze-tomorrow') },
      ],
    },
  ];
}

/** What was answered, and the way back. */
export function answeredCard({ client, conversation }: Told, outcome: Outcome, voice: Voice): Card {
  const { say } = voice;
  const title = say(`conversations.thanks-${outcome}`, { client: client.name });
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title },
      { kind: 'text', text: whenOf(conversation, voice), style: 'subtle' },
      {
        kind: 'buttons',
        buttons: [
          { press: 'conversations.ask', subject: conversation.id, label: say('conversations.answer-again') },
          { press: 'clients.show', subject: client.id, label: say('clients.to-dossier') },
        ],
      },
    ],
  };
}

/** To a colleague in the same conversation: what was answered, so that he need not be asked; or that it takes place after all. */
export function colleagueCard(
  { client, conversation }: Told,
  outcome: Outcome | 'anew',
  voice: Voice,
  by: Colleague,
): Card {
  const { say } = voice;
  const otherwise = {
    press: 'conversations.ask',
    subject: conversation.id,
    label: say('conversations.not-so'),
  };
  const title = say(`conversations.told-${outcome}`, { client: client.name, name: by.name });
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title },
      { kind: 'text', text: whenOf(conversation, voice), style: 'subtle' },
      ...(outcome === 'anew' ? [] : [{ kind: 'buttons' as const, buttons: [otherwise] }]),
    ],
  };
}

type Open = { id: string; wording: { text: string } }[];

/** Without any that is open, these are all that can be said. */
const ofNone: SaidKind[] = ['new', 'at-risk'];

/** What was said: of which expectation, and what of it. */
export function moreForm(subject: string, client: Client, open: Open, say: Say): Form {
  const kinds = open.length > 0 ? saidKinds : ofNone;
  return {
    name: 'conversations.more',
    subject,
    title: say('conversations.more-title'),
    intro: [{ kind: 'text', text: say('conversations.more-intro', { client: client.name }) }],
    fields: [
      ...(open.length > 0 ? [whichField(open, say)] : []),
      {
        kind: 'choice',
        id: 'kind',
        label: say('conversations.what'),
        choices: kinds.map((kind) => ({ value: kind, label: say(`conversations.kind-${kind}`) })),
      },
      {
        kind: 'text',
        id: 'said',
        label: say('conversations.said'),
        hint: say('conversations.said-hint'),
        multiline: true,
        maxLength: limits.said,
      },
    ],
    send: say('settings.save'),
    cancel: say('settings.cancel'),
  };
}

/** As many letters of an expectation as a choice has room for. */
const inChoice = 69;

function whichField(open: Open, say: Say): Field {
  const choices = open
    .slice(0, 99)
    .map(({ id, wording }) => ({ value: id, label: shortened(wording.text, inChoice) }));
  const none = { value: 'none', label: say('conversations.of-none') };
  return {
    kind: 'choice',
    id: 'expectation',
    label: say('conversations.which'),
    choices: [...choices, none],
  };
}
