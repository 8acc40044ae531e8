import type { Button, Card, Element } from '../../chat/card.ts';
import type { Given } from '../../chat/contributions.ts';
import type { Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import { listOf } from '../../text/list.ts';
import type { Say } from '../../text/say.ts';
import { type FollowUp, isSettled, limits } from './follow-ups.ts';

/** To the owner, alone: somebody is not content, what he said, and what to do now. */
export function followCard(followUp: FollowUp, given: Given, { say, language }: Voice): Card {
  const title = titleOf(given, { say, language });
  const elements: Element[] = [
    { kind: 'text', text: title, style: 'heading' },
    ...answersOf(given, say),
    ...standing(followUp, given, say),
  ];
  const buttons = buttonsOf(followUp, say);
  if (buttons.length > 0) elements.push({ kind: 'buttons', buttons });
  return { summary: title, elements };
}

function titleOf(
  { name, grade, to, more = [] }: Given,
  { say, language }: Pick<Voice, 'say' | 'language'>,
): string {
  if (more.length === 0) return say('follow.title', { name, grade, to });
  const all = [grade, ...more.map((one) => one.grade)].map(String);
  const grades = listOf(all, language);
  return say('follow.title-more', { name, grades, to });
}

/** What he answered, each with his words; that there are none is said once. */
function answersOf({ grade, where, why, more = [] }: Given, say: Say): Element[] {
  const all = [{ grade, where, why }, ...more];
  const answers = all.flatMap((one): Element[] => [
    { kind: 'text', text: more.length === 0 ? one.where : `${one.grade} · ${one.where}`, style: 'subtle' },
    ...(one.why ? [{ kind: 'quote' as const, text: one.why }] : []),
  ]);
  return all.some((one) => one.why !== undefined)
    ? answers
    : [...answers, { kind: 'text', text: say('follow.no-why') }];
}

function standing({ state, owner, note, told }: FollowUp, { more = [] }: Given, say: Say): Element[] {
  switch (state) {
    case 'open':
      return told > 1
        ? [{ kind: 'text', text: say('follow.again', { owner: owner.name }), style: 'strong' }]
        : [];
    case 'calling':
      return [{ kind: 'text', text: say('follow.calling', { owner: owner.name }), style: 'strong' }];
    case 'dropped':
      return [
        {
          kind: 'text',
          text: say(more.length > 0 ? 'follow.dropped-more' : 'follow.dropped'),
          style: 'strong',
        },
      ];
    case 'done':
      return [
        { kind: 'text', text: say('follow.done', { owner: owner.name }), style: 'strong' },
        ...(note ? [{ kind: 'quote' as const, text: note }] : []),
      ];
  }
}

function buttonsOf({ id, state }: FollowUp, say: Say): Button[] {
  if (isSettled({ state })) return [];
  const call: Button = {
    press: 'follow-ups.call',
    subject: id,
    label: say('follow.call'),
    style: 'primary',
  };
  return [
    ...(state === 'open' ? [call] : []),
    { press: 'follow-ups.hand', subject: id, label: say('follow.hand') },
    { press: 'follow-ups.done', subject: id, label: say('follow.finish') },
  ];
}

/** Who takes it over. */
export function handForm(id: string, say: Say, people: { id: string; name: string }[]): Form {
  return {
    name: 'follow-ups.hand',
    subject: id,
    title: say('follow.hand'),
    fields: [{ kind: 'person', id: 'person', label: say('follow.hand-who'), people }],
    send: say('follow.hand'),
    cancel: say('settings.cancel'),
  };
}

/** What came of it. */
export function doneForm(id: string, say: Say): Form {
  return {
    name: 'follow-ups.done',
    subject: id,
    title: say('follow.finish-title'),
    fields: [
      {
        kind: 'text',
        id: 'note',
        label: say('follow.note'),
        placeholder: say('follow.note-hint'),
        multiline: true,
        maxLength: limits.note,
      },
    ],
    send: say('settings.save'),
    cancel: say('settings.cancel'),
  };
}
