import { type Button, type Card, type Element, lastButtons } from '../../chat/card.ts';
import type { Asked } from '../../chat/feature.ts';
import type { Form } from '../../chat/form.ts';
import { type Say, voice as voiceOf } from '../../text/say.ts';
import { sayMoment } from '../../text/when.ts';
import { type Kind, limits, type Poll, type Subject, scales, subjectOf, type Wording } from './polls.ts';

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

/** How the question reads today. */
export function wordingOf(kind: Kind, topic: string | undefined, say: Say): Wording {
  const question =
    kind === 'csat' && topic ? say('polls.csat.question-about', { topic }) : say(`polls.${kind}.question`);
  return { question, low: say(`polls.${kind}.low`), high: say(`polls.${kind}.high`) };
}

/** NPS, or Trust: what a kind is called in a sentence or a title. */
export function nameOf(kind: Kind, say: Say): string {
  return say(`polls.name.${kind}`);
}

/** The grades of a poll's question with their words. */
function gradesOf({ kind, wording: { low, high } }: Poll, say: Say) {
  const { from, to } = scales[kind];
  const spoken = Array.from({ length: to - from + 1 }, (_, at) =>
    say('polls.spoken', { grade: from + at, to }),
  );
  return { from, to, low, high, spoken };
}

/** The question as everybody sees it. `answered` is shown once it is known. */
export function questionCard(poll: Poll, voice: Voice, answered = 0, chosen?: number): Card {
  const { say } = voice;
  const press = poll.anonymous ? 'polls.ballot' : 'polls.vote';
  const elements: Element[] = [
    ...headingOf(poll, say),
    { kind: 'scale', press, subject: poll.id, ...gradesOf(poll, say), chosen },
    ...termsOf(poll, voice),
  ];
  if (answered > 0)
    elements.push({ kind: 'text', text: say('polls.answered', { count: answered }), style: 'subtle' });
  return {
    summary: say('polls.summary', { asker: poll.asker.name, question: poll.wording.question }),
    elements,
  };
}

/** The question, and what it is about. */
export function headingOf(poll: Poll, say: Say): Element[] {
  return [{ kind: 'text', text: poll.wording.question, style: 'heading' }, ...topicOf(poll, say)];
}

/** Said before anybody answers: who asks, until when, and who sees the answer. */
export function termsOf(poll: Poll, voice: Voice): Element[] {
  const { say } = voice;
  const values = { asker: poll.asker.name, until: until(poll, voice) };
  if (!poll.anonymous) return [{ kind: 'text', text: say('polls.named', values), style: 'subtle' }];
  return [
    { kind: 'text', text: say('polls.anonymous') },
    { kind: 'text', text: say('polls.asked-by', values), style: 'subtle' },
  ];
}

/** What it is about, when that was said and does not stand in the question. */
export function topicOf(poll: Poll, say: Say): Element[] {
  return poll.topic && poll.kind !== 'csat'
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
    elements: [...headingOf(poll, say), { kind: 'text', text: lines.join(' · '), style: 'subtle' }],
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

const offered = [1, 3, 7, 14, 30];
const subjects: Subject[] = ['nps', 'ces', 'csat', 'loyalty'];

/** Everything that can be said of a question before it is asked. */
export function askForm(say: Say, subject: Subject): Form {
  return {
    name: 'polls.ask',
    title: say('polls.form-title'),
    fields: [
      {
        kind: 'choice',
        id: 'subject',
        label: say('polls.form-subject'),
        choices: subjects.map((value) => ({ value, label: say(`polls.choice.${value}`) })),
        value: subject,
      },
      {
        kind: 'text',
        id: 'topic',
        label: say('polls.form-topic'),
        placeholder: say('polls.form-topic-hint'),
        optional: true,
        maxLength: limits.topic,
      },
      {
        kind: 'choice',
        id: 'days',
        label: say('polls.form-period'),
        choices: offered.map((days) => ({ value: String(days), label: say('polls.days', { count: days }) })),
        value: '7',
      },
      {
        kind: 'choice',
        id: 'anonymous',
        label: say('polls.form-anonymous'),
        choices: [
          { value: 'no', label: say('polls.form-named') },
          { value: 'yes', label: say('polls.form-unnamed') },
        ],
        value: 'no',
      },
      {
        kind: 'choice',
        id: 'rhythm',
        label: say('polls.form-rhythm'),
        choices: [
          { value: 'once', label: say('polls.form-once') },
          { value: 'month', label: say('polls.rhythm.month') },
          { value: 'quarter', label: say('polls.rhythm.quarter') },
        ],
        value: 'once',
      },
    ],
    send: say('polls.form-send'),
    cancel: say('settings.cancel'),
  };
}

/** For the one who asked: that it is asked, and how to end it. */
export function askedCard(poll: Poll, voice: Voice): Card {
  const { say } = voice;
  const text = say(poll.shared ? 'polls.asked-shared' : 'polls.asked', {
    name: nameOf(poll.kind, say),
    until: until(poll, voice),
  });
  return {
    summary: text,
    elements: [
      { kind: 'text', text },
      ...whichOf(poll, say),
      ending(poll, say, [{ press: 'polls.invite', subject: poll.id, label: say('polls.invite') }]),
    ],
  };
}

/** Which poll a card is about that does not stand under its question. */
export function whichOf({ topic, placeName: place }: Poll, say: Say): Element[] {
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
    { kind: 'text', text: say('polls.running', { name: nameOf(poll.kind, say) }), style: 'heading' },
    ...whichOf(poll, say),
    { kind: 'text', text: count },
    {
      kind: 'text',
      text: say('polls.running-until', { asker: poll.asker.name, until: until(poll, voice) }),
      style: 'subtle',
    },
    {
      kind: 'text',
      text: say(poll.anonymous ? 'polls.while-open-anonymous' : 'polls.while-open'),
      style: 'subtle',
    },
  ];
  if (mayEnd)
    elements.push(
      ending(poll, say, [
        { press: 'polls.again', subject: poll.id, label: say('polls.again') },
        { press: 'polls.invite', subject: poll.id, label: say('polls.invite') },
      ]),
    );
  return { summary: count, elements };
}

function ending(poll: Poll, say: Say, before: Button[]): Element {
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

/** Private, to somebody who has not answered yet: the question once more, to be answered here. */
export function reminderCard(poll: Poll, voice: Voice, link: string | undefined): Card {
  const { say } = voice;
  const asked = questionCard(poll, voice);
  const values = { asker: poll.asker.name, question: poll.wording.question };
  const elements: Element[] = [
    { kind: 'text', text: say('polls.reminder'), style: 'subtle' },
    ...asked.elements,
    ...(link ? [{ kind: 'buttons' as const, buttons: [{ url: link, label: say('polls.go-to') }] }] : []),
  ];
  return { summary: say('polls.reminder-summary', values), elements };
}

/** To the one who asked: how many have not answered, not who. */
export function silentCard(
  poll: Poll,
  voice: Voice,
  { silent, invited, reminded }: { silent: number; invited: number; reminded: number },
): Card {
  const { say } = voice;
  const text = say('polls.silent', { count: silent, invited });
  const told = reminded > 0 ? say('polls.reminded', { count: reminded }) : say('polls.not-reminded');
  return {
    summary: text,
    elements: [{ kind: 'text', text }, ...whichOf(poll, say), { kind: 'text', text: told, style: 'subtle' }],
  };
}

/** What to type to do `verb` with a poll of this kind. */
export function typed(kind: Kind, verb: 'ask' | 'close' | 'result', say: Say): string {
  return `${say(`polls.word.${subjectOf(kind)}`)} ${say(`polls.verb.${verb}`)}`;
}
