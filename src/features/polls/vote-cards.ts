import { type Button, type Card, type Element, lastButtons } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { gradesOf, headingOf, until } from './cards.ts';
import { limits, type Poll } from './polls.ts';

/** The private confirmation of a vote: names it, and offers to change it. */
export function votedCard(poll: Poll, voice: Voice, grade: number, why: string | undefined): Card {
  const { say } = voice;
  const summary = say('polls.voted', { grade });
  const elements: Element[] = [
    { kind: 'text', text: summary, style: 'strong' },
    { kind: 'text', text: say('polls.voted-kept', { until: until(poll, voice) }), style: 'subtle' },
  ];
  if (why) elements.push({ kind: 'quote', text: why });
  elements.push({
    kind: 'buttons',
    buttons: [{ press: 'polls.change', subject: poll.id, label: say('polls.change') }],
  });
  return { summary, elements };
}

/** After the question why: thanks for a reason, and a way to give or change it. */
export function thanksCard(poll: Poll, voice: Voice, grade: number, why: string | undefined): Card {
  const { say } = voice;
  const { before } = lastButtons(votedCard(poll, voice, grade, why));
  const change: Button[] = [
    { press: 'polls.why', subject: poll.id, label: say(why ? 'polls.why-change' : 'polls.why-give') },
    { press: 'polls.change', subject: poll.id, label: say('polls.change') },
  ];
  const thanks: Element[] = why ? [{ kind: 'text', text: say('polls.thanks') }] : [];
  return {
    summary: why ? say('polls.thanks') : say('polls.voted', { grade }),
    elements: [...thanks, ...before, { kind: 'buttons', buttons: change }],
  };
}

/** Asks why, after the grade. */
export function whyForm(poll: Poll, say: Say, grade: number, why: string | undefined): Form {
  return {
    name: 'polls.why',
    subject: poll.id,
    title: say('polls.why-title'),
    fields: [
      {
        kind: 'text',
        id: 'why',
        label: say('polls.why-label', { grade }),
        optional: true,
        multiline: true,
        maxLength: limits.why,
        value: why,
        placeholder: say('polls.why-placeholder'),
      },
    ],
    send: say('polls.why-send'),
    cancel: say('settings.cancel'),
  };
}

/** The anonymous answer: grade and why in one, because it is final. `grade` is the one that was pressed. */
export function ballotForm(poll: Poll, voice: Voice, grade: number | undefined): Form {
  const { say } = voice;
  return {
    name: 'polls.ballot',
    subject: poll.id,
    title: say('polls.ballot-title'),
    intro: [...headingOf(poll, say), { kind: 'text', text: say('polls.anonymous') }],
    fields: [
      { kind: 'grade', id: 'grade', label: say('polls.ballot-grade'), ...gradesOf(poll, say), value: grade },
      {
        kind: 'text',
        id: 'why',
        label: say('polls.ballot-why'),
        optional: true,
        multiline: true,
        maxLength: limits.why,
        placeholder: say('polls.ballot-placeholder'),
      },
    ],
    send: say('polls.why-send'),
    cancel: say('settings.cancel'),
  };
}
