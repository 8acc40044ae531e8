import { plain, readPeriod } from '../../chat/grammar.ts';
import { limits, type Subject } from './polls.ts';

/** Reading what somebody asks to be asked, as typed or from the form. Pure. */

/** What was typed after `nps ask`. */
export type Asking = { anonymous: boolean; period: Temporal.Duration; topic: string | undefined };
export type AskingMistake = 'not-understood' | 'no-period' | 'period-too-long' | 'topic-too-long';

/** How often it is asked again. */
export type Rhythm = 'month' | 'quarter';

const standardPeriod = Temporal.Duration.from({ days: 7 });
const periodWords = '(?:for|voor)\\s+((?:\\S+\\s+)?[\\p{L}\\d]+)';
const periodAtEnd = new RegExp(`^(.*?)\\s*\\b${periodWords}$`, 'isu');
const periodAlone = new RegExp(`^${periodWords}$`, 'isu');
const anonymousWord = /(?:^|\s)(?:anonymous(?:ly)?|anoniem)(?=\s|$)/i;
const anonymousAtEnd = /^(.*\S)\s+(?:anonymous(?:ly)?|anoniem)$/is;

/**
 * Reads "[anonymous] [for 7 days] [about TEXT]" in English or Dutch. Whether it is anonymous and for how long may stand
 * after the text too.
 */
export function readAsking(text: string): Asking | AskingMistake {
  // Longer than any period and topic together; the expressions below must not toil over it.
  if (text.length > 400) return 'topic-too-long';
  const about = /^(?:(.*?)\s+)?(?:about|over)\s+(.+)$/isu.exec(text.trim());
  const head = about ? (about[1] ?? '') : text.trim();
  const before = head.replace(anonymousWord, ' ').trim();
  let anonymous = before !== head.trim();
  let topic = about?.[2]?.trim();
  let period: Temporal.Duration | undefined;
  if (before !== '') {
    const read = periodAlone.exec(before);
    if (!read?.[1]) return 'not-understood';
    period = readPeriod(read[1]);
    if (!period) return 'no-period';
  }
  // Twice: "about our support for 3 days anonymously", and the other way round.
  for (let pass = 0; topic && pass < 2; pass += 1) {
    const said = anonymousAtEnd.exec(topic);
    if (said?.[1]) [topic, anonymous] = [said[1], true];
    // Only a real period at the end is one; "for a friend" stays text.
    const read = periodAtEnd.exec(topic);
    const found = !period && read?.[2] && /\d/.test(read[2]) ? readPeriod(read[2]) : undefined;
    if (read && found) [topic, period] = [read[1], found];
  }
  return checkAsking({ anonymous, period: period ?? standardPeriod, topic: topic || undefined });
}

/** The same checks for what came from a form. */
export function checkAsking(asking: Asking): Asking | AskingMistake {
  if (tooLong(asking.period)) return 'period-too-long';
  // The question has a mark of its own.
  const topic = asking.topic?.replace(/[\s?.!]+$/u, '') || undefined;
  if (topic && [...topic].length > limits.topic) return 'topic-too-long';
  return { ...asking, topic };
}

function tooLong(period: Temporal.Duration): boolean {
  return inDays(period) > limits.days;
}

/** A month is counted as the longest there is, so that no poll can stay open beyond a limit. */
function inDays({ months, weeks, days, hours }: Temporal.Duration): number {
  return months * 31 + weeks * 7 + days + hours / 24;
}

/** Whether a round of this length is over well before the next begins. */
export function fitsRhythm(period: Temporal.Duration, rhythm: Rhythm): boolean {
  return inDays(period) <= (rhythm === 'month' ? 21 : 70);
}

const rhythms: Record<string, Rhythm | 'off'> = {
  month: 'month',
  maand: 'month',
  quarter: 'quarter',
  kwartaal: 'quarter',
  off: 'off',
  uit: 'off',
};

/** Reads "month anonymous about TEXT", what follows `nps every`. Undefined when it is no rhythm. */
export function readEvery(text: string): { rhythm: Rhythm | 'off'; rest: string } | undefined {
  const [, first = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(text.trim()) ?? [];
  const rhythm = rhythms[plain(first)];
  return rhythm && { rhythm, rest };
}

const subjects: Record<string, Subject> = {
  nps: 'nps',
  ces: 'ces',
  csat: 'csat',
  loyalty: 'loyalty',
  loyaliteit: 'loyalty',
};

/** What a command is about, by its first word. */
export function readSubject(words: string): Subject {
  return subjects[words.split(' ', 1)[0] ?? ''] ?? 'nps';
}
