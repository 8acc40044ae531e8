import { distance } from 'fastest-levenshtein';
import type { Command } from './feature.ts';

/** What was typed, read: a command with the words after it, or the nearest command there is. */
export type Reading =
  | { kind: 'command'; command: Command; words: string; colon: boolean; rest: string }
  | { kind: 'empty' }
  | { kind: 'unknown'; typed: string; nearest: string | undefined };

type Phrase = { words: string[]; command: Command; text: string };

/** Lower case, without accents: how words are compared. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Somebody's own words, short enough to be said back to him: so many letters. */
export function shortened(text: string, most = 60): string {
  const letters = [...text];
  return letters.length > most ? `${letters.slice(0, most).join('')}…` : text;
}

/** Makes a reader of the commands' words, both languages at once. The longest phrase that fits wins. */
export function grammar(commands: Command[]): (text: string) => Reading {
  const phrases: Phrase[] = commands
    .flatMap((command) =>
      [...command.words.nl, ...command.words.en].map((text) => ({
        words: plain(text).split(' '),
        command,
        text,
      })),
    )
    .sort((one, other) => other.words.length - one.words.length);
  return (text) => {
    const typed = text.trim();
    if (typed === '') return { kind: 'empty' };
    const words = typed.split(/\s+/);
    const compared = words.map((word) => plain(word).replace(/[?!.,:;]+$/, ''));
    const found = phrases.find(
      ({ words, command }) =>
        words.every((word, at) => word === compared[at]) && !(command.bare && compared.length > words.length),
    );
    if (found) {
      const { command, text: words } = found;
      const colon = typed.split(/\s+/)[found.words.length - 1]?.endsWith(':') ?? false;
      return { kind: 'command', command, words, colon, rest: after(typed, found.words.length) };
    }
    return { kind: 'unknown', typed, nearest: nearest(phrases, compared) };
  };
}

/** The text after its first `count` words, its own spaces and line breaks kept. */
function after(text: string, count: number): string {
  return text.replace(new RegExp(`^(?:\\S+\\s*){${count}}`), '').trim();
}

/** The phrase that was probably meant: two letters may differ (an exchange is two), or a third of them. */
function nearest(phrases: Phrase[], typed: string[]): string | undefined {
  const fitting = phrases.filter(({ words, command }) => !(command.bare && typed.length > words.length));
  let best: { text: string; far: number } | undefined;
  for (const { text, words, command } of fitting) {
    const letters = distance(plain(text), typed.slice(0, words.length).join(' '));
    // What help does not show is meant more seldom.
    const far = letters / text.length + (command.bare ? 0.2 : 0);
    const near = letters <= Math.max(text.length > 3 ? 2 : 1, text.length / 3);
    if (near && (!best || far < best.far)) best = { text, far };
  }
  if (best) return best.text;
  // A known subject with an unknown verb: what one can do with it first, rather than something that sounds alike.
  return fitting.find(({ words }) => words[0] === typed[0])?.text;
}

const units: Record<string, 'hours' | 'days' | 'weeks' | 'months'> = {
  hour: 'hours',
  hours: 'hours',
  uur: 'hours',
  uren: 'hours',
  day: 'days',
  days: 'days',
  dag: 'days',
  dagen: 'days',
  week: 'weeks',
  weeks: 'weeks',
  weken: 'weeks',
  month: 'months',
  months: 'months',
  maand: 'months',
  maanden: 'months',
};

const one = new Set(['a', 'an', 'one', 'een', '1']);

/** Reads "7 days", "een week" or "2 maanden"; undefined when it is no period. A bare number means days. */
export function readPeriod(text: string): Temporal.Duration | undefined {
  const match = /^(\S+?)\s*([a-z]*)$/.exec(plain(text.trim()));
  const amount = match?.[1] ?? '';
  const unit = units[match?.[2] || 'days'];
  const count = one.has(amount) ? 1 : /^\d{1,4}$/.test(amount) ? Number(amount) : 0;
  return unit && count > 0 ? Temporal.Duration.from({ [unit]: count }) : undefined;
}
