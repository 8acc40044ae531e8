import type { Bar, Button, Card, Element } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import type { Say } from '../../text/say.ts';
import { sayDay, sayMoment } from '../../text/when.ts';
import {
  type Answer,
  change,
  groupOf,
  limits,
  type NpsGroup,
  type NpsSummary,
  type Poll,
  percentages,
} from './polls.ts';

/** The words of a reader: his language and the clock he reads. */
export type Voice = { say: Say; language: 'nl' | 'en'; timeZone: string };

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

function topicOf(poll: Poll, say: Say): Element[] {
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

export function thanksCard(poll: Poll, voice: Voice, grade: number, why: string | undefined): Card {
  const { say } = voice;
  const card = votedCard(poll, voice, grade, why);
  return why ? { summary: say('polls.thanks'), elements: card.elements } : card;
}

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
  const text = voice.say(poll.shared ? 'polls.asked-shared' : 'polls.asked', { until: until(poll, voice) });
  return { summary: text, elements: [{ kind: 'text', text }, ending(poll, voice.say)] };
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
    { kind: 'text', text: count },
    {
      kind: 'text',
      text: say('polls.running-until', { asker: poll.asker.name, until: until(poll, voice) }),
      style: 'subtle',
    },
    { kind: 'text', text: say('polls.while-open'), style: 'subtle' },
  ];
  if (mayEnd) elements.push(ending(poll, say));
  return { summary: count, elements };
}

function ending(poll: Poll, say: Say): Element {
  const buttons: Button[] = [
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

/** How many reasons stand in a result; the rest is a press away. */
const reasonsAtOnce = 10;

const tones: Record<NpsGroup, Bar['tone']> = { promoter: 'good', passive: 'neutral', detractor: 'bad' };

export type Result = {
  poll: Poll;
  summary: NpsSummary;
  answers: Answer[];
  /** Of the poll before it in the same place. */
  previous: NpsSummary | undefined;
};

/** The result for the team: figures, distribution, what they are worth, and the reasons with names. */
export function resultCard(result: Result, voice: Voice): Card {
  const { say } = voice;
  const elements = [
    ...headOf(result, voice),
    ...figuresOf(result, say),
    ...inWords(result, say),
    ...reasonsOf(result, say, 0),
  ];
  return { summary: takeaway(result.summary, say), elements };
}

/** The same for the one who asked in a shared channel, who decides whether the client sees it. */
export function privateResultCard(result: Result, voice: Voice): Card {
  const { say } = voice;
  const card = resultCard(result, voice);
  if (result.summary.n === 0) return card;
  const share: Button = {
    press: 'polls.share',
    subject: result.poll.id,
    label: say('result.share'),
    style: 'primary',
    confirm: {
      title: say('result.share-title'),
      text: say('result.share-text'),
      yes: say('result.share-yes'),
      no: say('result.share-no'),
    },
  };
  card.elements.push({ kind: 'text', text: say('result.private'), style: 'subtle' });
  card.elements.push({ kind: 'buttons', buttons: [share] });
  return card;
}

/** What the client may see of it: figures taken together, no name, no reason, nobody's single answer. */
export function clientResultCard(result: Result, voice: Voice): Card {
  const { say } = voice;
  const few = result.summary.weight === 'few';
  const thanks = say(few ? 'result.client-few' : 'result.client-thanks');
  const elements: Element[] = [...headOf(result, voice), { kind: 'text', text: thanks }];
  if (!few) elements.push(...figuresOf(result, say), ...inWords(result, say));
  return { summary: few ? thanks : takeaway(result.summary, say), elements };
}

/** Further reasons, from number `from` on. */
export function reasonsCard(result: Result, voice: Voice, from: number): Card {
  const elements = reasonsOf(result, voice.say, from);
  return { summary: voice.say('result.reasons'), elements };
}

function headOf({ poll }: Result, { say, language, timeZone }: Voice): Element[] {
  const from = sayDay(poll.askedAt, language, timeZone);
  const to = sayDay(poll.closesAt, language, timeZone);
  const { asker } = poll;
  const when =
    from === to
      ? say('result.day', { day: from, asker: asker.name })
      : say('result.period', { from, to, asker: asker.name });
  return [
    { kind: 'text', text: say('result.title'), style: 'heading' },
    ...topicOf(poll, say),
    { kind: 'text', text: when, style: 'subtle' },
  ];
}

function takeaway({ n, score, margin }: NpsSummary, say: Say): string {
  if (n === 0) return say('result.summary-none');
  if (score === undefined) return say('result.summary-few', { count: n });
  return say('result.summary', { score: signed(score), margin, n });
}

function signed(points: number): string {
  return points > 0 ? `+${points}` : String(points).replace('-', '−');
}

function figuresOf({ poll, summary }: Result, say: Say): Element[] {
  const { n, score, margin } = summary;
  if (n === 0) return [{ kind: 'text', text: say('result.summary-none') }];
  const answered =
    poll.invited && poll.invited >= n ? say('result.of', { n, invited: poll.invited }) : String(n);
  const figures = [{ value: answered, label: say('result.answers') }];
  if (score !== undefined) figures.unshift({ value: signed(score), label: say('result.score', { margin }) });
  return [{ kind: 'figures', figures }, distribution(summary, say)];
}

/** A 0 is not a 6, and two polls with one score can differ: so the distribution is always shown. */
function distribution({ counts }: NpsSummary, say: Say): Element {
  const bars = counts.map((value, grade) => ({ label: String(grade), value, tone: tones[groupOf(grade)] }));
  const given = counts.flatMap((count, grade) => (count > 0 ? say('result.times', { grade, count }) : []));
  return {
    kind: 'chart',
    title: say('result.chart'),
    bars,
    alt: say('result.chart-alt', { list: given.join(', ') }),
  };
}

function inWords({ summary, previous }: Result, say: Say): Element[] {
  const { n, score, promoters, passives, detractors, weight, low, high: high95 } = summary;
  if (n === 0) return [];
  if (score === undefined) return [{ kind: 'text', text: say('result.few') }];
  const [high = 0, middle = 0, lower = 0] = percentages([promoters, passives, detractors]);
  const shares = { promoters: high, passives: middle, detractors: lower };
  const sure = [say('result.range', { low: signed(low), high: signed(high95) })];
  if (weight === 'indicative') sure.push(say('result.indicative', { n }));
  const moved = previous && change(previous, summary);
  const elements: Element[] = [
    { kind: 'text', text: say('result.groups', { ...shares, p: promoters, q: passives, d: detractors }) },
    { kind: 'text', text: sure.join(' ') },
  ];
  if (moved && previous?.score !== undefined) {
    const values = { before: signed(previous.score), after: signed(score), points: signed(moved.points) };
    elements.push({ kind: 'text', text: say(moved.real ? 'result.changed' : 'result.not-changed', values) });
  }
  elements.push({ kind: 'text', text: say('result.covers'), style: 'subtle' });
  return elements;
}

/** Below 5 answers each answer is shown, above that those with a reason. */
function reasonsOf({ poll, summary, answers }: Result, say: Say, from: number): Element[] {
  const told = summary.weight === 'few' ? answers : answers.filter((answer) => answer.why);
  if (summary.n === 0) return [];
  if (told.length === 0) return [{ kind: 'text', text: say('result.no-reasons'), style: 'subtle' }];
  const shown = told.slice(from, from + reasonsAtOnce);
  const elements: Element[] = [
    { kind: 'divider' },
    { kind: 'text', text: say('result.reasons'), style: 'strong' },
    ...shown.map(({ name, grade, why }): Element => {
      const by = say('result.by', { name, grade });
      return why ? { kind: 'quote', text: why, by } : { kind: 'text', text: by };
    }),
  ];
  const left = told.length - from - shown.length;
  if (left > 0) {
    const label = say('result.more', { count: left });
    const press = `polls.reasons.${from + reasonsAtOnce}`;
    elements.push({ kind: 'buttons', buttons: [{ press, subject: poll.id, label }] });
  }
  return elements;
}
