import type { Card, Element } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import { type Say, voice as voiceOf } from '../../text/say.ts';
import { sayMoment } from '../../text/when.ts';
import { type Kind, type Poll, scales, subjectOf, type Wording } from './polls.ts';

/** In the words of the place a poll stands in. */
export function ofPoll(poll: Poll): Voice {
  return { say: voiceOf(poll.language), language: poll.language, timeZone: poll.timeZone };
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
export function gradesOf({ kind, wording: { low, high } }: Poll, say: Say) {
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

/** Which poll a card is about that does not stand under its question. */
export function whichOf(poll: Poll, say: Say): Element[] {
  const parts = whereOf(poll, say);
  return parts.length > 0 ? [{ kind: 'text', text: parts.join(' · '), style: 'subtle' }] : [];
}

/** In which channel, and about what. */
export function whereOf({ topic, placeName: place }: Poll, say: Say): string[] {
  return [...(place ? [say('polls.in', { place })] : []), ...(topic ? [say('polls.about', { topic })] : [])];
}

/** The question in the reader's own language, when he reads another one than it was asked in. */
export function inWords(poll: Poll, { language, say }: Voice): Poll {
  return language === poll.language ? poll : { ...poll, wording: wordingOf(poll.kind, poll.topic, say) };
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

/** What to type to do `verb` with a poll of this kind. */
export function typed(kind: Kind, verb: 'ask' | 'close' | 'off', say: Say): string {
  return `${say(`polls.word.${subjectOf(kind)}`)} ${say(`polls.verb.${verb}`)}`;
}
