import { type Element, subtle } from '../../chat/card.ts';
import type { Field, Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import { listOf } from '../../text/list.ts';
import type { Say } from '../../text/say.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { choiceOf, type Improvement, limits, type Serves } from './improvements.ts';
import { type Seen, seenIn, subjectOf } from './seen-rules.ts';

type Named = Pick<Client, 'id' | 'name'>;

/** A new idea: of which client, unless that is clear, and what. */
export function ideaForm(
  {
    client,
    clients,
    text,
    intro,
  }: { client?: Named | undefined; clients: Named[]; text?: string | undefined; intro?: string | undefined },
  say: Say,
): Form {
  const none = { value: 'none', label: say('improvements.no-client') };
  const choices = [none, ...clients.slice(0, 99).map(({ id, name }) => ({ value: id, label: name }))];
  const label = say('improvements.which-client');
  return {
    name: 'improvements.idea',
    subject: client?.id,
    title: say('improvements.new'),
    intro: [
      subtle(intro ?? say('improvements.idea-about')),
      ...(client ? [{ kind: 'text' as const, text: client.name, style: 'strong' as const }] : []),
    ],
    fields: [
      words('text', say('improvements.idea-text'), { value: text, maxLength: limits.text }),
      ...(client || clients.length === 0
        ? []
        : [{ kind: 'choice' as const, id: 'client', label, choices, value: none.value }]),
    ],
    ...ends(say),
  };
}

/** A question that is answered in words. */
export function words(
  id: string,
  label: string,
  more: {
    value?: string | undefined;
    hint?: string | undefined;
    optional?: boolean;
    maxLength?: number;
    multiline?: boolean;
  } = {},
): Field {
  return { kind: 'text', multiline: true, maxLength: limits.words, ...more, id, label };
}

/** The two buttons that a form ends with. */
export function ends(say: Say, send = say('settings.save')): { send: string; cancel: string } {
  return { send, cancel: say('settings.cancel') };
}

/** Who wrote otherwise while the form stood open, and what it serves now, as far as the reader may see that. */
export type Changed = { by: Colleague; served: string | undefined };

function changedBy({ by }: Changed, say: Say): Element {
  return { kind: 'text', text: say('improvements.changed-by', { name: by.name }), style: 'strong' };
}

/** What the plan says by now. */
function planNow(one: Improvement, changed: Changed, { say, language }: Voice): Element[] {
  const hidden = one.serves ? say('improvements.serves-hidden') : undefined;
  const known = {
    expects: one.expects,
    serves: changed.served ?? hidden,
    tries: one.tries,
    doers:
      listOf(
        one.doers.map(({ name }) => name),
        language,
      ) || undefined,
  };
  const facts = (['expects', 'serves', 'tries', 'doers'] as const).map((name) => ({
    label: say(`improvements.fact-${name}`),
    value: known[name] ?? '–',
  }));
  return [changedBy(changed, say), { kind: 'facts', facts }];
}

/** The plan: what the client expects of it, what it serves, what we try and who does it. */
export function planForm(
  one: Improvement,
  {
    choices,
    people,
    seen,
    changed,
  }: {
    choices: { value: string; label: string }[];
    people: Colleague[];
    seen?: Seen | undefined;
    changed?: Changed | undefined;
  },
  voice: Voice,
): Form {
  const { say } = voice;
  const now = seenIn(one);
  const all = [...one.doers, ...people.filter(({ id }) => one.doers.every((doer) => doer.id !== id))];
  const doer = (id: string, at: number): Field => {
    const label = say(`improvements.plan-${at === 0 ? 'doer' : 'second'}`);
    return { kind: 'person', id, label, optional: true, people: all, value: one.doers[at]?.id };
  };
  return {
    name: 'improvements.plan',
    // Its words are seen once they stand above the form; who does it stands in the fields as it was.
    subject: subjectOf({ ...now, doers: seen?.doers ?? now.doers }),
    title: say('improvements.plan'),
    intro: [
      { kind: 'quote', text: one.text },
      ...(changed ? planNow(one, changed, voice) : [subtle(say('improvements.plan-about'))]),
    ],
    fields: [
      words('expects', say('improvements.plan-expects'), {
        ...{ value: one.expects, optional: true },
        hint: say('improvements.plan-expects-hint'),
      }),
      servesField(one.serves, choices, say),
      words('serves-words', say('improvements.plan-serves-words'), {
        ...{ optional: true, multiline: false, maxLength: limits.serves },
        value: one.serves?.kind === 'words' ? one.serves.words : undefined,
      }),
      words('tries', say('improvements.plan-tries'), { value: one.tries, optional: true }),
      ...(people.length > 0 ? [doer('doer', 0), doer('second', 1)] : []),
    ],
    ...ends(say),
  };
}

function servesField(
  serves: Serves | undefined,
  choices: { value: string; label: string }[],
  say: Say,
): Field {
  return {
    kind: 'choice',
    id: 'serves',
    label: say('improvements.plan-serves'),
    choices: [
      { value: 'none', label: say('improvements.serves-none') },
      ...choices.map(({ value, label }) => ({ value, label })),
      { value: 'words', label: say('improvements.serves-in-words') },
    ],
    value: choiceOf(serves),
  };
}

/** Other words for it. */
export function editForm(one: Improvement, say: Say, changed?: Changed): Form {
  return {
    name: 'improvements.edit',
    subject: subjectOf(seenIn(one)),
    title: say('improvements.edit'),
    intro: changed && [changedBy(changed, say), { kind: 'quote', text: one.text }],
    fields: [words('text', say('improvements.idea-text'), { value: one.text, maxLength: limits.text })],
    ...ends(say),
  };
}
