import type { Element, GradeRow, Tone } from '../../chat/card.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import type { Verdict } from './grade-rules.ts';
import { scale } from './kti.ts';
import { meansOf, type Row, titleOf } from './summary-rules.ts';
import { gradeOf } from './words-rules.ts';

/** A summary's picture: each grade a dot over time. */

/** Of a shorter time the dots would stand on one heap, and tell nothing. */
const shortest = { days: 14 };

const tones: Record<Verdict, Tone> = { action: 'bad', fair: 'neutral', good: 'accent', celebrate: 'good' };

/** One row a KTI, from its first grade of the last year until now; nothing while each was graded in one round alone. */
export function gradesPicture(rows: Row[], voice: Voice, now: Temporal.Instant): Element[] {
  const { say } = voice;
  const times = rows.flatMap(({ history, formerHistory }) => [...formerHistory, ...history]);
  const [begin] = times.map(({ at }) => at.epochMilliseconds).toSorted((one, other) => one - other);
  const last = Math.max(...times.map(({ at }) => at.epochMilliseconds));
  const isOne = rows.every(
    ({ history, formerHistory }) => meansOf([...formerHistory, ...history]).length < 2,
  );
  if (begin === undefined || isOne || last - begin < shortest.days * 24 * 3600 * 1000) return [];
  const span = now.epochMilliseconds - begin;
  const placed = (at: Temporal.Instant) => (at.epochMilliseconds - begin) / span;
  const isRed = rows.some(({ verdict }) => verdict === 'action');
  const title = say(isRed ? 'kti.picture-title-red' : 'kti.picture-title');
  return [
    {
      kind: 'grades',
      title,
      ...scale,
      begin: monthOf(Temporal.Instant.fromEpochMilliseconds(begin), voice),
      end: monthOf(now, voice),
      rows: rows.map((row) => pictureRow(row, placed, voice)),
      alt: altOf(title, rows, voice),
    },
  ];
}

function pictureRow(row: Row, placed: (at: Temporal.Instant) => number, voice: Voice): GradeRow {
  const { kti, mean, n, average, verdict, history, formerHistory, anew } = row;
  const dots = [...formerHistory, ...history].map(({ at, grade }) => ({ at: placed(at), grade }));
  return {
    label: titleOf(kti, voice.language),
    shown: gradeOf(mean, n, voice.say),
    tone: tones[verdict ?? 'fair'],
    average: average?.mean,
    dots,
    anew: anew.map(placed).filter((at) => at > 0 && at < 1),
  };
}

/** Teams cuts off what is longer: whole rows would be lost. */
const mostAlt = 500;
const nameLetters = [60, 40, 25, 12];

/** The same as the picture shows, the names as long as there is room for; its title is left out before a row is. */
function altOf(title: string, rows: Row[], voice: Voice): string {
  const said = (letters: number) => rows.map((row) => inWords(row, letters, voice)).join(' ');
  const tries = nameLetters.map((letters) => `${title}. ${said(letters)}`);
  return tries.find((text) => text.length <= mostAlt) ?? said(Math.min(...nameLetters));
}

/** The first mean and the last, the lowest and the highest, the average, and the last mean in other words. */
function inWords({ kti, history, formerHistory, average }: Row, letters: number, voice: Voice): string {
  const { say, language } = voice;
  const former = meansOf(formerHistory).at(-1);
  const before = former === undefined ? '' : say('kti.picture-before', { course: gradeOf(former, 2, say) });
  const compared = average ? say('kti.picture-average', { average: gradeOf(average.mean, 2, say) }) : '';
  const text = shortened(titleOf(kti, language), letters);
  return say('kti.picture-row', { text, course: courseOf(history, say), before, average: compared });
}

function courseOf(grades: Row['history'], say: Say): string {
  const means = meansOf(grades);
  const [first, last] = [means.at(0), means.at(-1)];
  const shown = (mean: number | undefined) => gradeOf(mean, 2, say);
  if (means.length < 2) return shown(last);
  const course = `${shown(first)} → ${shown(last)}`;
  const [low, high] = [Math.min(...means), Math.max(...means)];
  // Mostly the one is the first, and the other the last.
  if ([low, high].every((mean) => mean === first || mean === last)) return course;
  return `${course} ${say('kti.picture-range', { low: shown(low), high: shown(high) })}`;
}

function monthOf(at: Temporal.Instant, { language, timeZone }: Voice): string {
  const locale = language === 'nl' ? 'nl-NL' : 'en-GB';
  return at
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toLocaleString(locale, { month: 'short', year: 'numeric' });
}
