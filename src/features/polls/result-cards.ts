import { type Bar, type Button, type Card, type Element, lastButtons } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { sayDay } from '../../text/when.ts';
import type { FollowState } from '../follow-ups/follow-ups.ts';
import { nameOf, topicOf } from './cards.ts';
import { percentages, type Summary } from './measure-rules.ts';
import { type Answer, type Group, groupOf, scales } from './polls.ts';
import { changeOf, type Round, shown, signed } from './trend-cards.ts';

/** How many reasons stand in a result; the rest is a press away. */
export const reasonsAtOnce = 10;

const tones: Record<Group, Bar['tone']> = { high: 'good', middle: 'neutral', low: 'bad' };

export type Result = Round & {
  /** Of a poll with too few answers for a score each answer, else those with a reason; as many as are shown at once. */
  answers: Answer[];
  /** How many of those there are in all. */
  told: number;
  /** The polls before it that asked the same people the same, the oldest first. */
  past: Round[];
  /** What has been done about the unfavourable answers. */
  followUps: Record<FollowState, number>;
};

/** The result for the team: figures, distribution, what they are worth, and the reasons with names. */
export function resultCard(result: Result, voice: Voice): Card {
  const { say } = voice;
  const elements = [
    ...headOf(result, voice),
    ...figuresOf(result, say),
    ...inWords(result, say),
    ...changeOf(result, result.past, voice),
    ...followedUp(result, say),
    ...reasonsOf(result, say, 0),
  ];
  return withButtons({ summary: takeaway(result.summary, say), elements }, exportOf(result, say));
}

/** The same for the one who asked, alone; of a poll of the client he decides whether the client sees it. */
export function privateResultCard(result: Result, voice: Voice): Card {
  const { say } = voice;
  const card = resultCard(result, voice);
  const place = result.poll.placeName;
  if (place) card.elements.splice(1, 0, { kind: 'text', text: say('polls.in', { place }), style: 'subtle' });
  if (result.summary.n === 0 || !result.poll.shared || result.poll.resultShared) return card;
  // Of few answers the client is shown no figures: what is put into his channel instead is said beforehand.
  const few = result.summary.weight === 'few';
  const share: Button = {
    press: 'polls.share',
    subject: result.poll.id,
    label: say(few ? 'result.thank' : 'result.share'),
    style: 'primary',
    confirm: {
      title: say(few ? 'result.thank-title' : 'result.share-title'),
      text: few ? say('result.thank-text', { text: say('result.client-few') }) : say('result.share-text'),
      yes: say(few ? 'result.thank-yes' : 'result.share-yes'),
      no: say('result.share-no'),
    },
  };
  const { before, buttons } = lastButtons(card);
  before.push({ kind: 'text', text: say('result.private'), style: 'subtle' });
  return withButtons({ summary: card.summary, elements: before }, [share, ...buttons]);
}

/** What the client may see of it: figures taken together, no name, no reason, nobody's single answer. */
export function clientResultCard(result: Result, voice: Voice): Card {
  const { say } = voice;
  const few = result.summary.weight === 'few';
  const thanks = say(few ? 'result.client-few' : 'result.client-thanks');
  const elements: Element[] = [...headOf(result, voice), { kind: 'text', text: thanks }];
  if (!few) elements.push(...figuresOf(result, say), ...inWords(result, say));
  // He is told of a change only since a result that he has seen.
  const seen = result.past.filter(({ poll }) => poll.resultShared);
  if (!few) elements.push(...changeOf(result, seen, voice));
  return { summary: few ? thanks : takeaway(result.summary, say), elements };
}

/** Further reasons, from number `from` on. */
export function reasonsCard(result: Result, voice: Voice, from: number): Card {
  const elements = reasonsOf(result, voice.say, from);
  return { summary: voice.say('result.reasons'), elements };
}

function withButtons(card: Card, buttons: Button[]): Card {
  if (buttons.length > 0) card.elements.push({ kind: 'buttons', buttons });
  return card;
}

function headOf({ poll }: Result, { say, language, timeZone }: Voice): Element[] {
  const from = sayDay(poll.askedAt, language, timeZone);
  const to = sayDay(poll.closesAt, language, timeZone);
  const { asker } = poll;
  const when =
    from === to
      ? say('result.day', { day: from, asker: asker.name })
      : say('result.period', { from, to, asker: asker.name });
  // The NPS is known by its name; of any other kind one must read what was asked.
  const question = poll.kind === 'nps' ? [] : [{ kind: 'text' as const, text: poll.wording.question }];
  return [
    { kind: 'text', text: say('result.title', { name: nameOf(poll.kind, say) }), style: 'heading' },
    ...question,
    ...topicOf(poll, say),
    { kind: 'text', text: poll.anonymous ? `${when} · ${say('result.anonymous')}` : when, style: 'subtle' },
  ];
}

/** One sentence with the score, its margin and the number of answers. */
function takeaway({ kind, n, score, margin, mean, low, high }: Summary, say: Say): string {
  if (n === 0) return say('result.summary-none');
  if (score === undefined) return say('result.summary-few', { count: n });
  const values = { score: shown(score, kind, say), margin, n, low, high, mean: decimal(mean, say) };
  return say(`result.summary.${kind}`, values);
}

function decimal(mean: number | undefined, say: Say): string {
  return mean === undefined ? '' : mean.toFixed(1).replace('.', say('result.decimal'));
}

function figuresOf({ poll, summary }: Result, say: Say): Element[] {
  const { kind, n, score, margin, mean, low, high } = summary;
  if (n === 0) return [{ kind: 'text', text: say('result.summary-none') }];
  const answered =
    poll.invited && poll.invited >= n ? say('result.of', { n, invited: poll.invited }) : String(n);
  const figures = [{ value: answered, label: say('result.answers') }];
  if (mean !== undefined)
    figures.unshift({ value: decimal(mean, say), label: say('result.mean', { to: scales[kind].to }) });
  if (score !== undefined)
    figures.unshift({
      value: shown(score, kind, say),
      label: say(`result.score.${kind}`, { margin, low, high }),
    });
  // What few said without their names would tell who said what.
  const hidden = poll.anonymous && score === undefined;
  return [{ kind: 'figures', figures }, ...(hidden ? [] : [distribution(summary, say)])];
}

/** A 0 is not a 6, and two polls with one score can differ: so the distribution is always shown. */
function distribution({ kind, counts }: Summary, say: Say): Element {
  const { from } = scales[kind];
  const bars = counts.map((value, at) => ({
    label: String(from + at),
    value,
    tone: tones[groupOf(kind, from + at)],
  }));
  const given = bars.flatMap(({ label, value }) =>
    value > 0 ? say('result.times', { grade: label, count: value }) : [],
  );
  return {
    kind: 'chart',
    title: say('result.chart'),
    bars,
    alt: say('result.chart-alt', { list: given.join(', ') }),
  };
}

function inWords({ poll, summary, answers }: Result, say: Say): Element[] {
  const { kind, n, score, groups, weight, centre, low, high } = summary;
  if (n === 0) return [];
  if (score === undefined) {
    if (poll.anonymous) return [{ kind: 'text', text: say('result.few-anonymous') }];
    const said = answers.some(({ why }) => why);
    return [{ kind: 'text', text: say(said ? 'result.few' : 'result.few-silent') }];
  }
  const [top = 0, middle = 0, bottom = 0] = percentages([groups.high, groups.middle, groups.low]);
  const shares = { top, middle, bottom, p: groups.high, q: groups.middle, d: groups.low };
  const sure = [
    say(kind === 'nps' ? 'result.range' : 'result.range-share', {
      low: kind === 'nps' ? signed(low) : low,
      high: kind === 'nps' ? signed(high) : high,
    }),
  ];
  if (Math.abs(score - centre) >= 5) sure.push(say('result.pulled'));
  if (weight === 'indicative') sure.push(say('result.indicative', { n }));
  return [
    { kind: 'text', text: say(`result.groups.${kind}`, shares) },
    { kind: 'text', text: sure.join(' ') },
    { kind: 'text', text: say('result.covers'), style: 'subtle' },
  ];
}

/** How many of the unfavourable answers somebody has taken up. */
function followedUp({ summary, followUps, poll }: Result, say: Say): Element[] {
  const states = ['done', 'calling', 'open'] as const;
  const list = states.flatMap((state) => {
    const count = followUps[state];
    return count > 0 ? say(`result.follow-${state}`, { count }) : [];
  });
  if (poll.anonymous || list.length === 0 || summary.n === 0) return [];
  return [{ kind: 'text', text: say('result.followed', { list: list.join(', ') }) }];
}

/** Below 5 answers each answer is shown, above that those with a reason; of an anonymous poll nothing below 5. */
function reasonsOf({ poll, summary, answers, told }: Result, say: Say, from: number): Element[] {
  if (summary.n === 0 || (poll.anonymous && summary.weight === 'few')) return [];
  if (told === 0) return [{ kind: 'text', text: say('result.no-reasons'), style: 'subtle' }];
  const elements: Element[] = [
    { kind: 'divider' },
    {
      kind: 'text',
      text: say(answers.some(({ why }) => why) ? 'result.reasons' : 'result.each'),
      style: 'strong',
    },
    ...answers.map(({ name, grade, why }): Element => {
      const by = name === undefined ? say('result.by-nobody', { grade }) : say('result.by', { name, grade });
      return why ? { kind: 'quote', text: why, by } : { kind: 'text', text: by };
    }),
  ];
  const left = told - from - answers.length;
  if (left > 0) {
    const label = say('result.more', { count: left });
    const press = `polls.reasons.${from + reasonsAtOnce}`;
    elements.push({ kind: 'buttons', buttons: [{ press, subject: poll.id, label }] });
  }
  return elements;
}

function exportOf({ poll, summary }: Result, say: Say): Button[] {
  if (summary.n === 0 || (poll.anonymous && summary.weight === 'few')) return [];
  return [{ press: 'polls.export', subject: poll.id, label: say('result.export') }];
}

/** The way to the file, for a while. */
export function exportCard({ say }: Voice, url: string): Card {
  const text = say('export.ready');
  return {
    summary: text,
    elements: [
      { kind: 'text', text },
      { kind: 'buttons', buttons: [{ url, label: say('export.download') }] },
    ],
  };
}
