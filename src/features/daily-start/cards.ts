import { type Button, besides, type Card, type Element } from '../../chat/card.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Voice } from '../../chat/voice.ts';
import { noonOf, sayDay, sayTime, sayWeekday } from '../../text/when.ts';
import type { Client } from '../clients/clients.ts';
import type { Feedback } from '../feedback/feedback.ts';
import { type Deed, type Learned, limits, moodOf, moods, type Part, type Start } from './daily-start.ts';

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
  learned: Learned[];
  /** What people of the team have taken upon themselves and not done yet. */
  deeds: Deed[];
};

/** The morning's card, which says what came, asks what there is more, and how the team stands. */
export function morningCard(standing: Standing, voice: Voice): Card {
  const { say, language, timeZone } = voice;
  const { start, before, waiting, came, parts, learned } = standing;
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
      ...section(say('daily-start.deeds'), deedLines(standing.deeds, start.openedAt, voice)),
      ...(isQuiet(standing) ? [{ kind: 'text' as const, text: say('daily-start.quiet') }] : []),
      { kind: 'divider' },
      ...section(say('daily-start.came'), linesOf(came, voice)),
      ...section(say('daily-start.learned'), learnedLines(learned, voice)),
      ...peopleOf(parts, voice, true),
      { kind: 'text', text: say('daily-start.ask'), style: 'strong' },
      { kind: 'buttons', buttons: askingButtons(start, voice) },
      { kind: 'text', text: say('daily-start.mood'), style: 'strong' },
      moodScale(start, voice),
      { kind: 'buttons', buttons: nextButtons(start, standing.deeds.length > 0, voice) },
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
  const others = items.length - count('complaint') - count('compliment');
  const beside = others > 0 ? `, ${say('daily-start.others', { count: others })}` : '';
  if (items.length === 0) return say('daily-start.counts-none');
  const complaints = say('daily-start.complaints', { count: count('complaint') });
  const compliments = say('daily-start.compliments', { count: count('compliment') });
  return `${say('daily-start.counts', { complaints, compliments })}${beside}`;
}

function isQuiet({ start, before, waiting, deeds }: Standing): boolean {
  const { news, today } = start.lines;
  return [before, waiting, deeds, news, today].every(({ length }) => length === 0);
}

/** Lines under a title, together: a message has room for only so many parts. Nothing when there are none. */
export function section(title: string, lines: string[]): Element[] {
  if (lines.length === 0) return [];
  return [
    { kind: 'text', text: title, style: 'strong' },
    { kind: 'text', text: lines.map((one) => `• ${one.replace(/\s+/g, ' ')}`).join('\n') },
  ];
}

/** At most so many of these lines, and how many more there are. */
function most(lines: string[], { say }: Voice): string[] {
  const more = lines.length - limits.listed;
  return more > 0 ? [...lines.slice(0, limits.listed), say('daily-start.more', { count: more })] : lines;
}

/** Each in a line. */
function linesOf(items: Item[], voice: Voice): string[] {
  const lines = items.map(({ one, client }) => {
    const values = {
      client: client?.name ?? '',
      text: shortened(one.text, limits.letters),
      name: one.by.name,
    };
    return voice.say(client ? `daily-start.line-${one.kind}` : 'daily-start.line-none', values);
  });
  return most(lines, voice);
}

/** Complaints that wait, each since when and with whom. */
function waitingLines(items: Item[], voice: Voice): string[] {
  const lines = items.map(({ one, client }) =>
    voice.say('daily-start.line-waiting', {
      client: client?.name ?? '',
      text: shortened(one.text, limits.letters),
      name: one.owner?.name ?? one.by.name,
      day: sayDay(noonOf(one.day), voice.language, 'UTC'),
    }),
  );
  return most(lines, voice);
}

/** What people took upon themselves; `at`: when this is read. */
export function deedLines(deeds: Deed[], at: Temporal.Instant, voice: Voice): string[] {
  return most(
    deeds.map((deed) => deedLine(deed, voice, at)),
    voice,
  );
}

/** What the team learned. */
export function learnedLines(learned: Learned[], voice: Voice): string[] {
  return most(
    learned.map(({ text, by }) =>
      voice.say('daily-start.learned-line', { text: shortened(text, limits.said), name: by.name }),
    ),
    voice,
  );
}

/** `Anna de Vries: Acme bellen, uiterlijk woensdag 25 november`; `at`: when this is read. */
export function deedLine(
  { owner, what, until, doneAt }: Deed,
  { say, language, timeZone }: Voice,
  at: Temporal.Instant,
): string {
  const today = at.toZonedDateTimeISO(timeZone).toPlainDate();
  const isLate = !doneAt && Temporal.PlainDate.compare(until, today) < 0;
  const values = {
    name: owner.name,
    what: shortened(what, limits.said),
    day: sayWeekday(noonOf(until), language, 'UTC'),
  };
  const line = say(isLate ? 'daily-start.deed-late' : 'daily-start.deed-line', values);
  return doneAt ? say('daily-start.deed-done', { line }) : line;
}

/** Who takes part; how they think the team stands is shown once it is over, and they are enough. */
export function peopleOf(parts: Part[], { say }: Voice, isOpen: boolean): Element[] {
  if (parts.length === 0) return [];
  const names = parts.map(({ person }) => person.name).join(', ');
  const mood = moodOf(parts);
  const given = parts.filter((part) => part.mood !== undefined).length;
  const lines = [say('daily-start.part', { names })];
  // A count that moves as a name comes would say whose it is.
  if (isOpen && given > 0) lines.push(say('daily-start.mood-count', { count: given }));
  else if (mood && !isOpen) lines.push(say('daily-start.mood-is', { faces: facesOf(mood.counts) }));
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

/** What one does with it beside: what was learned, what is taken on, and ending it. */
function nextButtons({ id }: Start, hasDeeds: boolean, { say }: Voice): Button[] {
  const press = (name: 'learn' | 'deed' | 'deeds' | 'close') => ({
    press: `daily-start.${name}`,
    subject: id,
    label: say(`daily-start.button-${name}`),
  });
  const names = ['learn', 'deed', ...(hasDeeds ? (['deeds'] as const) : []), 'close'] as const;
  return names.map(press).map(besides);
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
  const buttons = [...named].slice(0, 4).map(([id, name]) => ({
    press: 'clients.show',
    subject: id,
    label: shortened(name, 30),
  }));
  return buttons.length === 0 ? [] : [{ kind: 'buttons', buttons: buttons.map(besides) }];
}
