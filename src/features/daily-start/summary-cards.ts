import { besides, type Card, type Element, type TrendPoint } from '../../chat/card.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Language } from '../../chat/request.ts';
import type { Voice } from '../../chat/voice.ts';
import { daysBetween, sayMoment, sayTime } from '../../text/when.ts';
import {
  clientButtons,
  countsOf,
  deedLines,
  type Item,
  learnedLines,
  peopleOf,
  section,
  titleOf,
} from './cards.ts';
import { type Deed, type Learned, limits, moodOf, moods, type Part, type Start } from './daily-start.ts';

/** What a daily start came to. */
export type Summary = {
  start: Start;
  items: Item[];
  parts: Part[];
  learned: Learned[];
  /** What was taken on at this one. */
  deeds: Deed[];
  /** How it went until now, when there is something to see. */
  trend?: Trend | undefined;
  /** Whether that is shown with it: when the week is over. */
  isWeekOver: boolean;
  story?: Item | undefined;
};

/** What came in this week and the one before (each by its Monday), and how the team stood in the last daily starts. */
export type Trend = {
  weeks: { monday: Temporal.PlainDate; complaints: number; compliments: number }[];
  days: { day: Temporal.PlainDate; parts: Pick<Part, 'mood'>[] }[];
};

/** What came in, who took part, what was learned, and who does what until when. */
export function summaryCard(summary: Summary, voice: Voice): Card {
  const { say } = voice;
  const { start, items, parts, learned, deeds, trend, story, isWeekOver } = summary;
  const title = titleOf(start, voice);
  const counts = countsOf(items, voice);
  return {
    summary: `${title}: ${counts}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'text', text: closedAt(start, voice), style: 'subtle' },
      { kind: 'text', text: counts },
      ...items.slice(0, limits.listed).map((item) => quoteOf(item, voice)),
      ...moreOf(items, voice),
      ...peopleOf(parts, voice, false),
      ...section(say('daily-start.learned'), learnedLines(learned, voice)),
      ...section(say('daily-start.deeds'), deedLines(deeds, start.openedAt, voice)),
      ...(story
        ? [
            { kind: 'text' as const, text: say('daily-start.story'), style: 'strong' as const },
            quoteOf(story, voice),
          ]
        : []),
      ...(trend && isWeekOver ? picturesOf(trend, voice) : []),
      { kind: 'buttons', buttons: nextButtons(summary, voice) },
      ...clientButtons(items),
    ],
  };
}

/** With the day, when that is another: Belay may have been away. */
function closedAt({ openedAt, closedAt: at, closesAt }: Start, { say, language, timeZone }: Voice): string {
  const closed = at ?? closesAt;
  const isSameDay = daysBetween(openedAt, closed, timeZone) === 0;
  const time = isSameDay ? sayTime(closed, language, timeZone) : sayMoment(closed, language, timeZone);
  return say(isSameDay ? 'daily-start.closed' : 'daily-start.closed-later', { time });
}

function quoteOf({ one, client }: Item, { say }: Voice): Element {
  const values = { client: client?.name ?? '', name: one.by.name };
  return {
    kind: 'quote',
    text: shortened(one.text, limits.quote),
    by: say(client ? `daily-start.by-${one.kind}` : 'daily-start.by-none', values),
  };
}

function moreOf(items: Item[], { say }: Voice): Element[] {
  const count = items.length - limits.listed;
  return count > 0 ? [{ kind: 'text', text: say('daily-start.more', { count }) }] : [];
}

function nextButtons({ start, deeds, trend, isWeekOver }: Summary, { say }: Voice) {
  const press = (name: 'learn' | 'deed' | 'deeds' | 'trend') => ({
    press: `daily-start.${name}`,
    subject: start.id,
    label: say(`daily-start.button-${name}`),
  });
  const isOpen = deeds.some(({ doneAt }) => doneAt === undefined);
  const isToSee = trend !== undefined && !isWeekOver;
  return [
    ...[press('learn'), press('deed')],
    ...(isOpen ? [press('deeds')] : []),
    ...(isToSee ? [press('trend')] : []),
  ].map(besides);
}

/** In pictures: how many complaints and compliments came, and how the team stood. */
export function trendCard(trend: Trend | undefined, voice: Voice): Card {
  const { say } = voice;
  const title = say('daily-start.trend-title');
  const none = say('daily-start.trend-none');
  return {
    summary: trend ? title : none,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...(trend ? picturesOf(trend, voice) : [{ kind: 'text' as const, text: none }]),
    ],
  };
}

function picturesOf({ weeks, days }: Trend, voice: Voice): Element[] {
  return [cameChart(weeks, voice), ...moodTrend(days, voice)];
}

function cameChart(weeks: Trend['weeks'], { say, language }: Voice): Element {
  const bars = (['complaints', 'compliments'] as const).flatMap((what) =>
    weeks.map((week) => ({
      label: say(`daily-start.bar-${what}`, { day: shortDay(week.monday, language) }),
      value: week[what],
      tone: what === 'complaints' ? ('bad' as const) : ('good' as const),
    })),
  );
  const title = say('daily-start.chart');
  const words = bars.map(({ label, value }) => `${label} ${value}`).join('; ');
  return { kind: 'chart', title, bars, alt: `${title}: ${words}` };
}

function shortDay(day: Temporal.PlainDate, language: Language): string {
  return day.toLocaleString(language === 'nl' ? 'nl-NL' : 'en-GB', { day: 'numeric', month: 'short' });
}

function moodTrend(days: Trend['days'], { say, language }: Voice): Element[] {
  const points = days.map(({ day, parts }): TrendPoint => {
    const mood = moodOf(parts);
    const at = mood && Math.round(mood.mean * 10) / 10;
    const shown = at?.toLocaleString(language === 'nl' ? 'nl-NL' : 'en-GB', { minimumFractionDigits: 1 });
    return {
      label: shortDay(day, language),
      n: parts.filter((part) => part.mood !== undefined).length,
      value: at === undefined || !shown ? undefined : { at, low: at, high: at, shown },
    };
  });
  if (points.filter(({ value }) => value).length < 2) return [];
  const title = say('daily-start.mood-trend', { from: moods.from, to: moods.to });
  const words = points.flatMap(({ label, value }) => (value ? [`${label} ${value.shown}`] : []));
  return [
    { kind: 'trend', title, from: moods.from, to: moods.to, points, alt: `${title}: ${words.join('; ')}` },
  ];
}
