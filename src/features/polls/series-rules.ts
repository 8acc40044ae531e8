import { nextWorkingTime } from '../../chat/working-time.ts';
import type { Rhythm } from './asking-rules.ts';
import { type Asker, type Kind, kindsOf, type Poll, type Subject } from './polls.ts';

/** A question that is asked again: when its rounds come, and which of them belong together. Pure. */

/** weeks: the three of loyalty, each some weeks after the one before has closed. */
export type Series = {
  id: string;
  subject: Subject;
  rhythm: Rhythm | 'weeks';
  place: string;
  placeName: string | undefined;
  topic: string | undefined;
  anonymous: boolean;
  period: Temporal.Duration;
  language: 'nl' | 'en';
  timeZone: string;
  asker: Asker;
  startedAt: Temporal.Instant;
  /** How many rounds have had their time, the skipped ones too. */
  rounds: number;
  skipped: number;
  /** When the next round is due. */
  nextAt: Temporal.Instant | undefined;
  /** Whether clients read along where it began. */
  shared: boolean;
};

const months: Record<Rhythm, number> = { month: 1, quarter: 3 };
/** Between two questions of loyalty. */
const restWeeks = 3;
/** A round that is later than this is left out: the process was away. */
const lateHours = 24;

/** Which kind the next round asks; undefined when all have been asked. */
export function nextKind({ subject, rhythm, rounds }: Series): Kind | undefined {
  const kinds: readonly Kind[] = kindsOf[subject];
  return rhythm === 'weeks' ? kinds[rounds] : kinds[0];
}

/**
 * When round number `round` (from 0) is due: the day of the month on which it began, at the same hour, on a day that
 * people work. The rounds of loyalty follow the last one's closing.
 */
export function roundTime(series: Series, round: number, lastClosed: Temporal.Instant): Temporal.Instant {
  const { rhythm, startedAt, timeZone } = series;
  if (rhythm === 'weeks')
    return nextWorkingTime(
      lastClosed.toZonedDateTimeISO(timeZone).add({ weeks: restWeeks }).toInstant(),
      timeZone,
    );
  const at = startedAt.toZonedDateTimeISO(timeZone).add({ months: months[rhythm] * round });
  // The first one comes when it is asked for, whatever the day.
  return round === 0 ? startedAt : nextWorkingTime(at.toInstant(), timeZone);
}

/** Whether a round that was due at `due` comes too late to be asked now. */
export function tooLate(due: Temporal.Instant, now: Temporal.Instant): boolean {
  return now.since(due).total('hours') > lateHours;
}

/** The polls of one line of figures: whose questions read alike. A new wording begins a new line. */
export function sameWording(one: Poll, other: Poll): boolean {
  const { wording } = one;
  return (
    wording.question === other.wording.question &&
    wording.low === other.wording.low &&
    wording.high === other.wording.high
  );
}
