import type { Bar, Button, Card, Element } from '../../chat/card.ts';
import type { Say } from '../../text/say.ts';
import { sayDay } from '../../text/when.ts';
import { topicOf, type Voice } from './cards.ts';
import {
  type Answer,
  change,
  groupOf,
  type NpsGroup,
  type NpsSummary,
  type Poll,
  percentages,
} from './polls.ts';

/** How many reasons stand in a result; the rest is a press away. */
const reasonsAtOnce = 10;

const tones: Record<NpsGroup, Bar['tone']> = { promoter: 'good', passive: 'neutral', detractor: 'bad' };

export type Result = {
  poll: Poll;
  summary: NpsSummary;
  answers: Answer[];
  /** Of the poll before it in the same place, put to the same people; whether the client saw that result. */
  previous: { summary: NpsSummary; shared: boolean } | undefined;
};

/** The result for the team: figures, distribution, what they are worth, and the reasons with names. */
export function resultCard(result: Result, voice: Voice): Card {
  const { say } = voice;
  const elements = [
    ...headOf(result, voice),
    ...figuresOf(result, say),
    ...inWords(result, say),
    ...changeOf(result, say),
    ...reasonsOf(result, say, 0),
  ];
  return { summary: takeaway(result.summary, say), elements };
}

/** The same for the one who asked, alone; of a poll of the client he decides whether the client sees it. */
export function privateResultCard(result: Result, voice: Voice): Card {
  const { say } = voice;
  const card = resultCard(result, voice);
  const place = result.poll.placeName;
  if (place) card.elements.splice(1, 0, { kind: 'text', text: say('polls.in', { place }), style: 'subtle' });
  if (result.summary.n === 0 || !result.poll.shared || result.poll.resultShared) return card;
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
  if (!few && result.previous?.shared) elements.push(...changeOf(result, say));
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

function inWords({ summary, answers }: Result, say: Say): Element[] {
  const { n, score, promoters, passives, detractors, weight, centre, low, high: high95 } = summary;
  if (n === 0) return [];
  if (score === undefined) {
    const said = answers.some(({ why }) => why);
    return [{ kind: 'text', text: say(said ? 'result.few' : 'result.few-silent') }];
  }
  const [high = 0, middle = 0, lower = 0] = percentages([promoters, passives, detractors]);
  const shares = { promoters: high, passives: middle, detractors: lower };
  const sure = [say('result.range', { low: signed(low), high: signed(high95) })];
  if (Math.abs(score - centre) >= 5) sure.push(say('result.pulled'));
  if (weight === 'indicative') sure.push(say('result.indicative', { n }));
  return [
    { kind: 'text', text: say('result.groups', { ...shares, p: promoters, q: passives, d: detractors }) },
    { kind: 'text', text: sure.join(' ') },
    { kind: 'text', text: say('result.covers'), style: 'subtle' },
  ];
}

function changeOf({ summary, previous }: Result, say: Say): Element[] {
  const moved = previous && change(previous.summary, summary);
  if (!moved || summary.score === undefined || previous.summary.score === undefined) return [];
  const values = {
    before: signed(previous.summary.score),
    after: signed(summary.score),
    points: signed(moved.points),
  };
  return [{ kind: 'text', text: say(moved.real ? 'result.changed' : 'result.not-changed', values) }];
}

/** Below 5 answers each answer is shown, above that those with a reason. */
function reasonsOf({ poll, summary, answers }: Result, say: Say, from: number): Element[] {
  const told = summary.weight === 'few' ? answers : answers.filter((answer) => answer.why);
  if (summary.n === 0) return [];
  if (told.length === 0) return [{ kind: 'text', text: say('result.no-reasons'), style: 'subtle' }];
  const shown = told.slice(from, from + reasonsAtOnce);
  const elements: Element[] = [
    { kind: 'divider' },
    {
      kind: 'text',
      text: say(told.some(({ why }) => why) ? 'result.reasons' : 'result.each'),
      style: 'strong',
    },
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
