import { type Button, type Card, type Element, lastButtons } from '../../chat/card.ts';
import type { Asked } from '../../chat/feature.ts';
import type { Form } from '../../chat/form.ts';
import { type Say, voice as voiceOf } from '../../text/say.ts';
import { sayMoment } from '../../text/when.ts';
import { limits, type Poll } from './polls.ts';

/** The words of a reader: his language and the clock he reads. */
export type Voice = { say: Say; language: 'nl' | 'en'; timeZone: string };

/** In the reader's words: answers. */
export function readers({ say, person }: Asked): Voice {
  return { say, language: person.language, timeZone: person.timeZone };
}

/** In the words of the place a poll stands in. */
export function ofPoll(poll: Poll): Voice {
  return { say: voiceOf(poll.language), language: poll.language, timeZone: poll.timeZone };
}

/** In the words of the one who asked. */
export function ofAsker(poll: Poll): Voice {
  const { language } = poll.asker;
  return { say: voiceOf(language), language, timeZone: poll.timeZone };
}

/** When it closes, in the reader's words. */
export function until(poll: Poll, { language, timeZone }: Voice): string {
  return sayMoment(poll.closesAt, language, timeZone);
}

/** The question as everybody sees it. `answered` is shown once it is known. */
export function questionCard(poll: Poll, voice: Voice, answered = 0, chosen?: number): Card {
  const { say } = voice;
  const elements: Element[] = [
    { kind: 'text', text: say('polls.question'), style: 'heading' },
    ...topicOf(poll, say),
    {
      kind: 'scale',
      press: 'polls.vote',
      subject: poll.id,
      from: 0,
      to: 10,
      low: say('polls.low'),
      high: say('polls.high'),
      spoken: Array.from({ length: 11 }, (_, grade) => say('polls.spoken', { grade })),
      chosen,
    },
    {
      kind: 'text',
      text: say('polls.named', { asker: poll.asker.name, until: until(poll, voice) }),
      style: 'subtle',
    },
  ];
  if (answered > 0)
    elements.push({ kind: 'text', text: say('polls.answered', { count: answered }), style: 'subtle' });
  return { summary: say('polls.summary', { asker: poll.asker.name }), elements };
}

/** What it is about, when that was said. */
export function topicOf(poll: Poll, say: Say): Element[] {
  return poll.topic
    ? [{ kind: 'text', text: say('polls.about', { topic: poll.topic }), style: 'strong' }]
    : [];
}

/** What stands in the question's place once it is closed or withdrawn. */
export function endedCard(poll: Poll, voice: Voice, ended: Temporal.Instant, answered: number): Card {
  const { say, language, timeZone } = voice;
  const lines =
    poll.state === 'cancelled'
      ? [say('polls.withdrawn')]
      : [
          say('polls.closed', { when: sayMoment(ended, language, timeZone) }),
          say('polls.closed-count', { count: answered }),
        ];
  return {
    summary: lines.join(' · '),
    elements: [
      { kind: 'text', text: say('polls.question'), style: 'heading' },
      ...topicOf(poll, say),
      { kind: 'text', text: lines.join(' · '), style: 'subtle' },
    ],
  };
}

/** The private confirmation of a vote: names it, and offers to change it. */
export function votedCard(poll: Poll, voice: Voice, grade: number, why: string | undefined): Card {
  const { say } = voice;
  const elements: Element[] = [
    { kind: 'text', text: say('polls.voted', { grade }), style: 'strong' },
    { kind: 'text', text: say('polls.voted-kept', { until: until(poll, voice) }), style: 'subtle' },
  ];
  if (why) elements.push({ kind: 'quote', text: why });
  elements.push({
    kind: 'buttons',
    buttons: [{ press: 'polls.change', subject: poll.id, label: say('polls.change') }],
  });
  return { summary: say('polls.voted', { grade }), elements };
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

const offered = [1, 3, 7, 14, 30];

/** Everything `nps ask` can be told. */
export function askForm(say: Say): Form {
  return {
    name: 'polls.ask',
    title: say('polls.form-title'),
    intro: [{ kind: 'text', text: say('polls.form-intro') }],
    fields: [
      {
        kind: 'choice',
        id: 'days',
        label: say('polls.form-period'),
        choices: offered.map((days) => ({ value: String(days), label: say('polls.days', { count: days }) })),
        value: '7',
      },
      {
        kind: 'text',
        id: 'topic',
        label: say('polls.form-topic'),
        placeholder: say('polls.form-topic-hint'),
        optional: true,
        maxLength: limits.topic,
      },
    ],
    send: say('polls.form-send'),
    cancel: say('settings.cancel'),
  };
}

/** For the one who asked: that it is asked, and how to end it. */
export function askedCard(poll: Poll, voice: Voice): Card {
  const { say } = voice;
  const text = say(poll.shared ? 'polls.asked-shared' : 'polls.asked', { until: until(poll, voice) });
  return { summary: text, elements: [{ kind: 'text', text }, ...whichOf(poll, say), ending(poll, say)] };
}

/** Which poll a card is about that does not stand under its question. */
function whichOf({ topic, placeName: place }: Poll, say: Say): Element[] {
  const parts = [
    ...(place ? [say('polls.in', { place })] : []),
    ...(topic ? [say('polls.about', { topic })] : []),
  ];
  return parts.length > 0 ? [{ kind: 'text', text: parts.join(' · '), style: 'subtle' }] : [];
}

/** How many have answered; nothing of what they answered. */
export function participationCard(poll: Poll, voice: Voice, answered: number, mayEnd: boolean): Card {
  const { say } = voice;
  const count =
    poll.invited && poll.invited >= answered
      ? say('polls.participation', { n: answered, invited: poll.invited })
      : say('polls.participation-alone', { count: answered });
  const elements: Element[] = [
    { kind: 'text', text: say('polls.running'), style: 'heading' },
    ...whichOf(poll, say),
    { kind: 'text', text: count },
    {
      kind: 'text',
      text: say('polls.running-until', { asker: poll.asker.name, until: until(poll, voice) }),
      style: 'subtle',
    },
    { kind: 'text', text: say('polls.while-open'), style: 'subtle' },
  ];
  if (mayEnd)
    elements.push(ending(poll, say, [{ press: 'polls.again', subject: poll.id, label: say('polls.again') }]));
  return { summary: count, elements };
}

function ending(poll: Poll, say: Say, before: Button[] = []): Element {
  const buttons: Button[] = [
    ...before,
    { press: 'polls.close', subject: poll.id, label: say('polls.close') },
    {
      press: 'polls.cancel',
      subject: poll.id,
      label: say('polls.cancel'),
      style: 'danger',
      confirm: {
        title: say('polls.cancel-title'),
        text: say('polls.cancel-text'),
        yes: say('polls.cancel-yes'),
        no: say('polls.cancel-no'),
      },
    },
  ];
  return { kind: 'buttons', buttons };
}
