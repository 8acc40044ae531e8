import { type Element, subtle } from '../../chat/card.ts';
import type { Field, Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Action as Entry } from '../../text/satisfaction.ts';
import type { Say } from '../../text/say.ts';
import { noonOf, sayDay } from '../../text/when.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import type { Kti } from '../kti/kti.ts';
import { type Action, limits } from './actions.ts';
import { ktiIn } from './cards.ts';
import { titleOf, whomOf } from './catalogue-rules.ts';

/** The forms of an action: it is started, changed, dropped, shown. */

/** What a choice says that is none of the catalogue. */
export const own = 'own';

/** Starts one: which, by whom, until when, how the client will notice it, and with whom it was talked over. */
export function startForm(
  about: {
    kti: Kti;
    client: Pick<Client, 'id' | 'name'>;
    entries: Entry[];
    chosen: string | undefined;
    people: Colleague[];
    me: string;
  },
  { say, language }: Voice,
): Form {
  const { kti, client, entries, people, me } = about;
  const choices = [
    ...entries.map((entry) => ({ value: entry.id, label: entry[language].title })),
    { value: own, label: say('actions.own-words') },
  ];
  return {
    name: 'actions.start',
    // The same three when it comes back.
    subject: [kti.id, ...entries.map(({ id }) => id)].join('.'),
    title: say('actions.form-start'),
    intro: [
      { kind: 'text', text: client.name, style: 'strong' },
      { kind: 'quote', text: ktiIn(kti, language) },
      ...entries.flatMap((entry) => consultOf(entry, { say, language })),
    ],
    fields: [
      {
        ...{ kind: 'choice', id: 'action', label: say('actions.which'), choices },
        value: about.chosen ?? choices[0]?.value,
      },
      words('title', say('actions.own-label'), {
        ...{ optional: true, multiline: false, maxLength: limits.title },
        hint: say('actions.own-hint'),
      }),
      ...howFields({ client, people, me }, say),
      words('consulted', say('actions.consulted'), {
        ...{ optional: true, multiline: false, maxLength: limits.consulted },
        hint: entries.some((entry) => whomOf(entry, language)) ? say('actions.consulted-hint') : undefined,
      }),
    ],
    ...ends(say, say('actions.start-send')),
  };
}

/** By whom, until when, and how the client will notice it. */
export function howFields(
  { client, people, me }: { client: Pick<Client, 'name'>; people: Colleague[]; me: string },
  say: Say,
): Field[] {
  return [
    {
      ...{ kind: 'person', id: 'owner', label: say('actions.owner'), people },
      value: people.some(({ id }) => id === me) ? me : undefined,
    },
    dueField(say),
    words('notice', say('actions.notice', { client: client.name }), {
      ...{ maxLength: limits.notice, hint: say('actions.notice-hint') },
    }),
  ];
}

function dueField(say: Say, value?: string): Field {
  return words('due', say('actions.due'), {
    ...{ multiline: false, maxLength: 60, hint: say('actions.due-hint'), value },
  });
}

/** With whom the catalogue asks this one to be talked over. */
function consultOf(entry: Entry, { say, language }: Pick<Voice, 'say' | 'language'>): Element[] {
  const whom = whomOf(entry, language);
  return whom ? [subtle(say('actions.consulted-for', { title: entry[language].title, whom }))] : [];
}

/** Another owner, or another day. The subject says which ones the reader has seen. */
export function changeForm(one: Action, people: Colleague[], { say, language }: Voice): Form {
  const there = people.some(({ id }) => id === one.owner.id) ? people : [one.owner, ...people];
  return {
    name: 'actions.change',
    subject: `${one.id}.${one.revision}`,
    title: say('actions.form-change'),
    intro: [{ kind: 'text', text: titleOf(one, language), style: 'strong' }],
    fields: [
      { kind: 'person', id: 'owner', label: say('actions.owner'), people: there, value: one.owner.id },
      dueField(say, sayDay(noonOf(one.due), language, 'UTC')),
    ],
    ...ends(say),
  };
}

/** Why nobody is going to do it. */
export function dropForm(one: Action, { say, language }: Voice): Form {
  return {
    name: 'actions.drop',
    subject: one.id,
    title: say('actions.form-drop'),
    intro: [
      { kind: 'text', text: titleOf(one, language), style: 'strong' },
      subtle(say('actions.drop-about')),
    ],
    fields: [words('reason', say('actions.drop-reason'), { maxLength: limits.reason })],
    ...ends(say, say('actions.drop')),
  };
}

/** By what the client noticed it, or how he still will. */
export function noteForm(
  one: Action,
  how: 'noticed' | 'not-yet',
  client: Pick<Client, 'name'>,
  { say, language }: Voice,
): Form {
  return {
    name: `actions.${how}`,
    subject: one.id,
    title: say(`actions.form-${how}`),
    intro: [{ kind: 'text', text: titleOf(one, language), style: 'strong' }, subtle(one.notice)],
    fields: [
      words('note', say(`actions.note-${how}`, { client: client.name }), {
        ...{ optional: how === 'noticed', multiline: false, maxLength: limits.note },
        value: one.shown === how ? one.shownNote : undefined,
      }),
    ],
    ...ends(say),
  };
}

/** What the client is told, in his words: it can be set right until he may read it. `voice`: his. */
export function tellForm(
  one: Action,
  { kti, client, voice }: { kti: Kti | undefined; client: Pick<Client, 'name'>; voice: Voice },
  say: Say,
): Form {
  return {
    name: 'actions.tell',
    subject: one.id,
    title: say('actions.form-tell'),
    intro: [
      subtle(say('actions.tell-about', { client: client.name })),
      subtle(say('actions.tell-notice', { notice: one.notice })),
    ],
    fields: [
      words('said', say(`actions.tell-${kti?.source ?? 'expectation'}`), {
        ...{ optional: true, maxLength: limits.said },
        value: kti && [...kti.text[voice.language]].slice(0, limits.said).join(''),
      }),
      words('did', say('actions.tell-did'), { maxLength: limits.did }),
    ],
    ...ends(say, say('actions.tell-send')),
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
    maxLength: number;
    multiline?: boolean;
  },
): Field {
  return { kind: 'text', multiline: true, ...more, id, label };
}

/** How it is sent, or left. */
export function ends(say: Say, send = say('settings.save')): { send: string; cancel: string } {
  return { send, cancel: say('settings.cancel') };
}
