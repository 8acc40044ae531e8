import type { Button, Card, Element } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import type { Say } from '../../text/say.ts';
import type { Client } from '../clients/clients.ts';
import type { AskingOn } from './asking-on-rules.ts';
import { formSubject } from './cards.ts';
import { type Direction, type Expectation, limits, waitsForManager } from './expectations.ts';
import { orderButton } from './list-cards.ts';

/**
 * What to do next with an open one. As it was noted it is made concrete first; after that its text is a part of its
 * details. What the client has answered need not be sent again now, and what the manager has not judged cannot be.
 */
export function nextSteps(one: Pick<Expectation, 'id' | 'state' | 'about' | 'feasible'>, say: Say): Button[] {
  const { id, state } = one;
  const isNew = state === 'noted' || state === 'concrete';
  const isDue = state === 'confirmed' || state === 'doubted';
  const label = say(isNew ? 'expectations.send' : 'expectations.send-again');
  const style = state === 'noted' || isDue ? undefined : 'primary';
  const send: Button[] = waitsForManager(one)
    ? []
    : [{ press: 'expectations.send', subject: id, label, style }];
  if (state !== 'noted') return [...send, detailsButton(id, say), withdrawButton(id, say)];
  return [
    { press: 'expectations.concrete', subject: id, label: say('expectations.concrete'), style: 'primary' },
    ...send,
    { press: 'expectations.edit', subject: id, label: say('expectations.edit') },
    withdrawButton(id, say),
  ];
}

/** Opens all that can be said of one that is concrete already. */
export function detailsButton(id: string, say: Say): Button {
  return { press: 'expectations.concrete', subject: id, label: say('expectations.details') };
}

/** Withdraws, after it was asked once more. */
export function withdrawButton(id: string, say: Say): Button {
  return {
    press: 'expectations.withdraw',
    subject: id,
    label: say('expectations.withdraw'),
    confirm: {
      title: say('expectations.withdraw-title'),
      text: say('expectations.withdraw-text'),
      yes: say('expectations.withdraw-yes'),
      no: say('expectations.withdraw-no'),
    },
  };
}

/** It is kept; and what to ask the client now, so that it becomes concrete. `open`: how many stand open with it. */
export function notedCard(
  client: Client,
  expectation: Expectation,
  say: Say,
  { questions, suggestions }: AskingOn,
  { open, most }: { open: number; most: number },
): Card {
  const title = say(`expectations.noted-${expectation.direction}`, { client: client.name });
  const elements: Element[] = [
    { kind: 'text', text: title, style: 'heading' },
    { kind: 'quote', text: expectation.wording.text },
  ];
  if (expectation.direction === 'theirs') {
    elements.push(...askingOn(questions, say));
    if (suggestions.length > 0) {
      const text = say('expectations.suggestions', { list: suggestions.join(' · ') });
      elements.push({ kind: 'text', text, style: 'subtle' });
    }
  }
  const isMany = open > most && expectation.direction === 'theirs';
  if (isMany)
    elements.push({ kind: 'text', text: say('expectations.many', { count: open, client: client.name }) });
  const buttons = [...nextSteps(expectation, say), ...(isMany ? [orderButton(client.id, say)] : [])];
  elements.push({ kind: 'buttons', buttons });
  return { summary: title, elements };
}

/** What to ask the client, so that it becomes concrete; nothing without questions. */
export function askingOn(questions: string[], say: Say): Element[] {
  if (questions.length === 0) return [];
  return [
    { kind: 'text', text: say('expectations.ask-on'), style: 'strong' },
    ...questions.map((text): Element => ({ kind: 'text', text: `• ${text}` })),
  ];
}

/** What a choice begins with that names a client to be added. */
export const freshClient = 'new.';

/** Notes one: for which client, unless that is clear, whose expectation it is, and the words. */
export function noteForm(
  say: Say,
  {
    client,
    clients,
    fresh,
    text,
    direction,
    intro,
  }: {
    client?: Pick<Client, 'id' | 'name'> | undefined;
    clients: Pick<Client, 'id' | 'name'>[];
    /** What a client may be called that is not there yet. */
    fresh?: string | undefined;
    text?: string | undefined;
    direction: Direction;
    intro?: string | undefined;
  },
): Form {
  const known = clients.slice(0, 99).map(({ id, name }) => ({ value: id, label: name }));
  const added = fresh && {
    value: `${freshClient}${fresh}`,
    label: say('expectations.note-fresh', { name: fresh }),
  };
  const choices = [...known, ...(added ? [added] : [])];
  return {
    name: 'expectations.note',
    subject: client?.id,
    title: say('expectations.note-title'),
    intro: intro ? [{ kind: 'text', text: intro }] : undefined,
    fields: [
      ...(client
        ? []
        : [
            {
              kind: 'choice' as const,
              id: 'client',
              label: say('expectations.note-client'),
              choices,
              value: choices.length === 1 ? choices[0]?.value : undefined,
            },
          ]),
      {
        kind: 'text',
        id: 'text',
        label: say('expectations.note-text'),
        hint: say('expectations.note-hint'),
        multiline: true,
        maxLength: limits.text,
        value: text,
      },
      {
        kind: 'choice',
        id: 'direction',
        label: say('expectations.direction'),
        choices: [
          { value: 'theirs', label: say('expectations.theirs') },
          { value: 'ours', label: say('expectations.ours') },
        ],
        value: direction,
      },
    ],
    send: say('expectations.note-send'),
    cancel: say('settings.cancel'),
  };
}

/** Another wording, and nothing else. */
export function editForm(expectation: Expectation, say: Say): Form {
  return {
    name: 'expectations.edit',
    subject: formSubject(expectation),
    title: say('expectations.edit-title'),
    fields: [
      {
        kind: 'text',
        id: 'text',
        label: say('expectations.edit-text'),
        multiline: true,
        maxLength: limits.text,
        value: expectation.wording.text,
      },
    ],
    send: say('settings.save'),
    cancel: say('settings.cancel'),
  };
}
