import type { Button, Card, Element } from '../../chat/card.ts';
import type { Field, Form } from '../../chat/form.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Language } from '../../chat/request.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { limits, type Words } from './kti.ts';
import type { StandardQuestion } from './question-rules.ts';

/** The standard questions of a company, and how its administrators change them. */

/** All there are in their order, with what was changed of each. */
export function questionsCard(all: StandardQuestion[], mayChange: boolean, { say, language }: Voice): Card {
  const title = say('kti.questions-title', { count: all.filter(({ leftOut }) => !leftOut).length });
  const buttons: Button[] = [
    { press: 'kti.question', label: say('kti.question-choose') },
    { press: 'kti.question-edit', label: say('kti.question-add') },
  ];
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'text', text: say('kti.questions-about'), style: 'subtle' },
      ...all.map((one, at): Element => {
        const text = say('kti.question-line', {
          number: at + 1,
          theme: one.theme[language],
          text: one.text[language],
        });
        const state = stateOf(one, say);
        return {
          ...{ kind: 'text', text: state === '' ? text : `${text} (${state})` },
          ...(one.leftOut && { style: 'subtle' }),
        };
      }),
      ...(mayChange
        ? [{ kind: 'buttons' as const, buttons }]
        : [{ kind: 'text' as const, text: say('kti.questions-admins'), style: 'subtle' as const }]),
    ],
  };
}

function stateOf({ leftOut, origin }: StandardQuestion, say: Say): string {
  return [
    ...(leftOut ? [say('kti.question-left-out')] : []),
    ...(origin === 'supplied' ? [] : [say(`kti.question-${origin}`)]),
  ].join(', ');
}

/** Which of them it is about. */
export function chooseForm(all: StandardQuestion[], { say, language }: Voice): Form {
  const choices = all.map(({ id, theme }, at) => ({
    value: id,
    label: shortened(`${at + 1}. ${theme[language]}`),
  }));
  return {
    ...{ name: 'kti.question', title: say('kti.question-title'), send: say('kti.question-open') },
    cancel: say('settings.cancel'),
    fields: [
      { kind: 'choice', id: 'question', label: say('kti.question-which'), choices, value: choices[0]?.value },
    ],
  };
}

/** One of them, with all that can be done with it; `news`: what was just done. */
export function questionCard(one: StandardQuestion, { say, language }: Voice, news?: string): Card {
  const { id, theme, text, leftOut, origin } = one;
  const state = stateOf(one, say);
  const button = (verb: 'edit' | 'out' | 'in' | 'back', label: string): Button => ({
    ...{ press: `kti.question-${verb}`, subject: id, label },
  });
  return {
    summary: news ?? theme[language],
    elements: [
      ...(news === undefined ? [] : [{ kind: 'text' as const, text: news }]),
      { kind: 'text', text: theme[language], style: 'heading' },
      {
        kind: 'facts',
        facts: [
          { label: say('kti.in-nl'), value: text.nl },
          { label: say('kti.in-en'), value: text.en },
        ],
      },
      ...(state === '' ? [] : [{ kind: 'text' as const, text: state, style: 'subtle' as const }]),
      {
        kind: 'buttons',
        buttons: [
          button('edit', say('kti.question-edit')),
          leftOut ? button('in', say('kti.question-in')) : button('out', say('kti.question-out')),
          ...(origin === 'changed' ? [button('back', say('kti.question-back'))] : []),
          { press: 'kti.questions', label: say('kti.question-all') },
        ],
      },
    ],
  };
}

/** The fields of a question's words. */
export const wordFields = {
  text: { nl: 'text-nl', en: 'text-en' },
  theme: { nl: 'theme-nl', en: 'theme-en' },
} as const;

/** The language of a question that may stay empty: the one that the reader does not speak. */
export function otherThan(language: Language): Language {
  return language === 'nl' ? 'en' : 'nl';
}

/** The words of one in both languages, the reader's own first; empty for one of the company's own that is new. */
export function wordsForm(
  id: string,
  words: Words | undefined,
  { say, language: own }: Pick<Voice, 'say' | 'language'>,
): Form {
  const other = otherThan(own);
  const field = (of: 'text' | 'theme', language: Language): Field => ({
    ...{ kind: 'text', id: wordFields[of][language], label: say(`kti.question-${of}-${language}`) },
    ...{ maxLength: of === 'text' ? limits.question : limits.theme, value: words?.[of][language] },
    ...(language === other && { optional: true, hint: say('kti.question-other-hint') }),
    // What was never put in other words goes along when it is worded anew.
    ...(language === other && words?.[of][own] === words?.[of][other] && { value: undefined }),
  });
  return {
    ...{ name: 'kti.question-edit', subject: id },
    title: say(words ? 'kti.question-title' : 'kti.question-new'),
    intro: [{ kind: 'text', text: say(words ? 'kti.question-intro' : 'kti.question-new-intro') }],
    fields: [field('text', own), field('theme', own), field('text', other), field('theme', other)],
    ...{ send: say('kti.question-save'), cancel: say('settings.cancel') },
  };
}
