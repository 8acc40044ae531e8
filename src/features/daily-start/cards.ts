import { type Button, besides, type Card, type Element } from '../../chat/card.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Voice } from '../../chat/voice.ts';
import { noonOf, sayDay, sayTime, sayWeekday } from '../../text/when.ts';
import type { Client } from '../clients/clients.ts';
import type { Feedback } from '../feedback/feedback.ts';
import { type Deed, limits, moodOf, moods, type Part, type Start } from './daily-start.ts';

/** What somebody brought, with the client that it is about. */
export type Item = { one: Feedback; client: Pick<Client, 'id' | 'name'> | undefined };

/** A team's morning as it stands now. */
export type Standing = {
  start: Start;
  /** What came since the daily start before, and what of older complaints is not answered yet. */
  before: Item[];
  waiting: Item[];
  /** What came since this one began. */
  came: Item[];
  parts: Part[];
  /** What people of the team have taken upon themselves and not done yet. */
  deeds: Deed[];
};

/** The morning's card, which says what came, asks what there is more, and how the team stands. */
export function morningCard(standing: Standing, voice: Voice): Card {
  const { say, language, timeZone } = voice;
  const { start, before, waiting, came, parts } = standing;
  const title = titleOf(start, voice);
  const until = say('daily-start.until', { time: sayTime(start.closesAt, language, timeZone) });
  return {
    summary: `${title}: ${countsOf([...before, ...came], voice)}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'text', text: until, style: 'subtle' },
      ...section(say('daily-start.before'), linesOf(before, voice)),
      ...section(say('daily-start.waiting'), waitingLines(waiting, voice)),
      ...section(say('daily-start.news'), start.lines.news),
      ...section(say('daily-start.today'), start.lines.today),
      ...deedsOf(standing.deeds, start.openedAt, voice),
      ...(isQuiet(standing) ? [{ kind: 'text' as const, text: say('daily-start.quiet') }] : []),
      { kind: 'divider' },
      ...section(say('daily-start.came'), linesOf(came, voice)),
      ...peopleOf(parts, voice, true),
      { kind: 'text', text: say('daily-start.ask'), style: 'strong' },
      { kind: 'buttons', buttons: askingButtons(start, voice) },
      { kind: 'text', text: say('daily-start.mood'), style: 'strong' },
      moodScale(start, voice),
      ...clientButtons([...before, ...waiting, ...came]),
    ],
  };
}

/** `Dagstart · maandag 23 november`. */
export function titleOf({ openedAt }: Start, { say, language, timeZone }: Voice): string {
  return say('daily-start.title', { day: sayWeekday(openedAt, language, timeZone) });
}

/** What came, in numbers: `2 klachten, 1 compliment`. */
export function countsOf(items: Item[], { say }: Voice): string {
  const count = (kind: Feedback['kind']) => items.filter(({ one }) => one.kind === kind).length;
  if (count('complaint') + count('compliment') === 0) return say('daily-start.counts-none');
  return say('daily-start.counts', {
    complaints: say('daily-start.complaints', { count: count('complaint') }),
    compliments: say('daily-start.compliments', { count: count('compliment') }),
  });
}

function isQuiet({ start, before, waiting, deeds }: Standing): boolean {
  const { news, today } = start.lines;
  return [before, waiting, deeds, news, today].every(({ length }) => length === 0);
}

/** Lines under a title; nothing when there are none. */
export function section(title: string, lines: string[]): Element[] {
  if (lines.length === 0) return [];
  return [
    { kind: 'text', text: title, style: 'strong' },
    ...lines.map((text): Element => ({ kind: 'text', text })),
  ];
}

/** Each in a line, the newest last, at most so many. */
function linesOf(items: Item[], { say }: Voice): string[] {
  const shown = items.slice(0, limits.listed).map(({ one, client }) => {
    const values = { client: client?.name ?? '', text: shortened(one.text, 140), name: one.by.name };
    return say(client ? `daily-start.line-${one.kind}` : 'daily-start.line-none', values);
  });
  const more = items.length - shown.length;
  return more > 0 ? [...shown, say('daily-start.more', { count: more })] : shown;
}

/** Complaints that wait, each with whom and since when. */
function waitingLines(items: Item[], { say, language }: Voice): string[] {
  const shown = items.slice(0, limits.listed).map(({ one, client }) =>
    say('daily-start.line-waiting', {
      client: client?.name ?? '',
      text: shortened(one.text, 140),
      name: one.owner?.name ?? one.by.name,
      day: sayDay(noonOf(one.day), language, 'UTC'),
    }),
  );
  const more = items.length - shown.length;
  return more > 0 ? [...shown, say('daily-start.more', { count: more })] : shown;
}

function deedsOf(deeds: Deed[], at: Temporal.Instant, voice: Voice): Element[] {
  if (deeds.length === 0) return [];
  const { say } = voice;
  const shown = deeds.slice(0, limits.listed);
  const buttons = shown.map(({ id, what }) => ({
    press: 'daily-start.done',
    subject: id,
    label: say('daily-start.done-deed', { what: shortened(what, 20) }),
  }));
  return [
    ...section(
      say('daily-start.deeds'),
      shown.map((deed) => deedLine(deed, voice, at)),
    ),
    { kind: 'buttons', buttons: buttons.map(besides) },
  ];
}

/** `Anna de Vries: Acme bellen, uiterlijk woensdag 25 november`; `at`: when this is read. */
export function deedLine(
  { owner, what, until, doneAt }: Deed,
  { say, language, timeZone }: Voice,
  at: Temporal.Instant,
): string {
  const today = at.toZonedDateTimeISO(timeZone).toPlainDate();
  const isLate = !doneAt && Temporal.PlainDate.compare(until, today) < 0;
  const day = sayWeekday(noonOf(until), language, 'UTC');
  return say(isLate ? 'daily-start.deed-late' : 'daily-start.deed-line', { name: owner.name, what, day });
}

/** Who takes part, and how they think the team stands; while it is open, also how many more are needed to show that. */
export function peopleOf(parts: Part[], { say }: Voice, isOpen: boolean): Element[] {
  if (parts.length === 0) return [];
  const names = parts.map(({ person }) => person.name).join(', ');
  const mood = moodOf(parts);
  const given = parts.filter((part) => part.mood !== undefined).length;
  const lines = [say('daily-start.part', { names })];
  if (mood) lines.push(say('daily-start.mood-is', { faces: facesOf(mood.counts) }));
  else if (given > 0 && isOpen)
    lines.push(say('daily-start.mood-few', { count: limits.fewestMoods - given }));
  return lines.map((text): Element => ({ kind: 'text', text, style: 'subtle' }));
}

/** `😊 2 · 😀 1`, the best last. */
function facesOf(counts: number[]): string {
  return counts.flatMap((count, at) => (count > 0 ? [`${moods.signs[at] ?? ''} ${count}`] : [])).join(' · ');
}

/** Their answers come beside the card, which is everybody's and changes while somebody types. */
function askingButtons({ id }: Start, { say }: Voice): Button[] {
  const press = (name: 'complaint' | 'compliment' | 'nothing') => ({
    press: `daily-start.${name}`,
    subject: id,
    label: say(`daily-start.${name}`),
  });
  return [press('complaint'), press('compliment'), press('nothing')].map(besides);
}

function moodScale({ id }: Start, { say }: Voice): Element {
  return {
    kind: 'scale',
    press: 'daily-start.mood',
    subject: id,
    from: moods.from,
    to: moods.to,
    low: say('daily-start.mood-low'),
    high: say('daily-start.mood-high'),
    spoken: say('daily-start.mood-spoken').split(' | '),
    signs: [...moods.signs],
  };
}

/** A client's name leads to what is known of him. */
export function clientButtons(items: Item[]): Element[] {
  const named = new Map(items.flatMap(({ client }) => (client ? [[client.id, client.name]] : [])));
  const buttons = [...named].slice(0, 5).map(([id, name]) => ({
    press: 'clients.show',
    subject: id,
    label: shortened(name, 30),
  }));
  return buttons.length === 0 ? [] : [{ kind: 'buttons', buttons: buttons.map(besides) }];
}
