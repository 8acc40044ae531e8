import type { Field, Form } from '../../chat/form.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Language } from '../../chat/request.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { noonOf, sayWeekday, sayWeekdayYear } from '../../text/when.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { clientFields } from './client-cards.ts';
import { type Feedback, type Kind, limits } from './feedback.ts';

/** As many letters of an expectation as a choice has room for. */
const inChoice = 69;
/** How many days back one can say that it was. */
const daysBack = 14;

/** Brings one: of which client, unless that is clear, what was said, and by whom. */
export function bringForm(
  kind: Kind,
  {
    client,
    clients,
    text,
    link,
    intro,
  }: {
    client?: Pick<Client, 'id' | 'name'> | undefined;
    clients: Pick<Client, 'id' | 'name'>[];
    text?: string | undefined;
    link?: string | undefined;
    intro?: string | undefined;
  },
  say: Say,
): Form {
  // Whoever named one that is not known did not mean the only one there is.
  const only = clients.length === 1 && !intro ? clients[0]?.id : undefined;
  const none = kind === 'success' ? [{ value: 'none', label: say('feedback.no-client') }] : [];
  return {
    name: `feedback.${kind}`,
    subject: client?.id,
    title: say(`feedback.form-${kind}`),
    intro: [
      { kind: 'text', text: intro ?? say(`feedback.about-${kind}`), style: 'subtle' },
      ...(client ? [{ kind: 'text' as const, text: client.name, style: 'strong' as const }] : []),
    ],
    fields: [
      ...(client ? [] : clientFields(clients, { first: none, value: none[0]?.value ?? only }, say)),
      textField(kind, text, say),
      ...(kind === 'success' ? [] : [saidByField(undefined, say)]),
      ...(link ? [linkField(link, say)] : []),
    ],
    send: say('settings.save'),
    cancel: say('settings.cancel'),
  };
}

function textField(kind: Kind, value: string | undefined, say: Say): Field {
  return {
    kind: 'text',
    id: 'text',
    label: say(`feedback.text-${kind}`),
    multiline: true,
    maxLength: limits.text,
    value,
  };
}

/** Who of the client said it. */
export function saidByField(value: string | undefined, say: Say): Field {
  return {
    kind: 'text',
    id: 'said-by',
    label: say('feedback.said-by'),
    hint: say('feedback.said-by-hint'),
    optional: true,
    maxLength: limits.saidBy,
    value,
  };
}

/** Where it can be read or heard. */
export function linkField(value: string | undefined, say: Say): Field {
  return {
    kind: 'text',
    id: 'link',
    label: say('feedback.link'),
    hint: say('feedback.link-hint'),
    optional: true,
    maxLength: limits.link,
    value,
  };
}

/** On which day it was: one of the last days, or the one that is kept of it. */
export function dayField(
  kept: Temporal.PlainDate,
  today: Temporal.PlainDate,
  { say, language }: Pick<Voice, 'say' | 'language'>,
): Field {
  const days = Array.from({ length: daysBack }, (_, back) => today.subtract({ days: back }));
  const all = days.some((day) => day.equals(kept)) ? days : [...days, kept];
  return {
    kind: 'choice',
    id: 'day',
    label: say('feedback.day'),
    choices: all.map((day) => ({
      value: day.toString(),
      label: (day.year === today.year ? sayWeekday : sayWeekdayYear)(noonOf(day), language, 'UTC'),
    })),
    value: kept.toString(),
  };
}

/**
 * All that can be said of one: its words, by whom, when, a link, and the expectation that it touches. `seen`: how often it
 * was changed before.
 */
export function detailsForm(
  one: Feedback,
  {
    open,
    today,
    language,
    seen,
  }: { open: { id: string; text: string }[]; today: Temporal.PlainDate; language: Language; seen: number },
  say: Say,
): Form {
  const choices = [
    { value: 'none', label: say('feedback.touches-none') },
    { value: 'unnoted', label: say('feedback.touches-unnoted') },
    ...open.slice(0, 95).map(({ id, text }) => ({ value: id, label: shortened(text, inChoice) })),
  ];
  return {
    name: 'feedback.details',
    subject: `${one.id}.${seen}`,
    title: say('feedback.details'),
    fields: [
      textField(one.kind, one.text, say),
      saidByField(one.saidBy, say),
      dayField(one.day, today, { say, language }),
      linkField(one.link, say),
      ...(one.client === undefined
        ? []
        : [
            {
              kind: 'choice' as const,
              id: 'expectation',
              label: say('feedback.touches'),
              choices,
              value: one.expectation ?? (one.unnoted ? 'unnoted' : 'none'),
            },
          ]),
    ],
    send: say('settings.save'),
    cancel: say('settings.cancel'),
  };
}

/** Who takes it over. */
export function handForm(id: string, people: Colleague[], say: Say): Form {
  return {
    name: 'feedback.hand',
    subject: id,
    title: say('feedback.hand'),
    fields: [{ kind: 'person', id: 'person', label: say('feedback.hand-who'), people }],
    send: say('feedback.hand'),
    cancel: say('settings.cancel'),
  };
}

/** What the client was answered, or what we learned of it. */
export function wordsForm(
  name: 'answer' | 'learn',
  one: Feedback,
  value: string | undefined,
  say: Say,
): Form {
  return {
    name: `feedback.${name}`,
    subject: one.id,
    title: say(`feedback.${name}`),
    intro: [
      { kind: 'quote', text: one.text },
      { kind: 'text', text: say(`feedback.${name}-about`), style: 'subtle' },
    ],
    fields: [
      {
        kind: 'text',
        id: 'words',
        label: say(`feedback.${name}-words`),
        multiline: true,
        maxLength: limits.learned,
        value,
      },
    ],
    send: say('settings.save'),
    cancel: say('settings.cancel'),
  };
}

/** What the client expects, that a complaint told of: in the complaint's words, to be set right. */
export function beginForm(one: Feedback, say: Say): Form {
  return {
    name: 'feedback.begin',
    subject: one.id,
    title: say('feedback.begin'),
    intro: [
      { kind: 'quote', text: one.text },
      { kind: 'text', text: say('feedback.begin-about'), style: 'subtle' },
    ],
    fields: [{ ...textField(one.kind, one.text, say), label: say('feedback.begin-text') }],
    send: say('settings.save'),
    cancel: say('settings.cancel'),
  };
}
