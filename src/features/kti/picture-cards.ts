import type { Element, GradeRow, Tone } from '../../chat/card.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Verdict } from './grade-rules.ts';
import { scale } from './kti.ts';
import { meansOf, type Row, titleOf } from './summary-rules.ts';
import { gradeOf } from './words-cards.ts';

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
  const title = say('kti.picture-title');
  return [
    {
      kind: 'grades',
      title,
      ...scale,
      begin: monthOf(Temporal.Instant.fromEpochMilliseconds(begin), voice),
      end: monthOf(now, voice),
      rows: rows.map((row) => pictureRow(row, placed, voice)),
      alt: `${title}. ${rows.map((row) => inWords(row, voice)).join(' ')}`,
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

/** The same as the row shows: how its means went, and the average. */
function inWords({ kti, history, formerHistory, average }: Row, { say, language }: Voice): string {
  const course = (grades: Row['history']) =>
    meansOf(grades)
      .map((mean) => gradeOf(mean, 2, say))
      .join(' – ');
  const before = formerHistory.length > 0 ? say('kti.picture-before', { course: course(formerHistory) }) : '';
  const compared = average ? say('kti.picture-average', { average: gradeOf(average.mean, 2, say) }) : '';
  const text = shortened(titleOf(kti, language), 70);
  return say('kti.picture-row', { text, course: course(history), before, average: compared });
}

function monthOf(at: Temporal.Instant, { language, timeZone }: Voice): string {
  const locale = language === 'nl' ? 'nl-NL' : 'en-GB';
  return at
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toLocaleString(locale, { month: 'short', year: 'numeric' });
}
