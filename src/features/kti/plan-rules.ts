import { isStartDay, nextStart, workingMoment } from '../daily-start/schedule-rules.ts';

/** When the rounds of a plan come. Pure. */

/** day: a round is spread over a quarter, one question to one contact each working day. */
export type Rhythm = 'month' | 'quarter' | 'day';

/** A client that is asked for grades again and again. */
export type Plan = {
  /** A new one each time that it is set: what was ordered by an earlier one comes to nothing. */
  id: string;
  client: string;
  rhythm: Rhythm;
  by: { id: string; name: string };
  /** When it began, by the clock of the team. */
  began: Temporal.PlainDateTime;
  /** How many rounds of a month or a quarter have had their time, those that were left out too. */
  rounds: number;
  /** How many were left out, as Belay was away at the time. */
  skipped: number;
  nextAt: Temporal.Instant;
  /** The last day on which it had its turn, by the clock of the team; of a daily plan only. */
  lastDay: Temporal.PlainDate | undefined;
  /** What stood in its way when that was last told: it is told once in a round. */
  told: string | undefined;
};

/** By whose clock and holidays; a country as in ISO 3166-1, '' for none. */
export type Calendar = { timeZone: string; country: string };

const months = { month: 1, quarter: 3 };

/** A round that is later than this is left out: the process was away. */
const lateHours = 24;

/** When the client's people are asked, wherever no other time was chosen. */
const turn = '10:00';

/** In full hours: nobody is asked at night. */
const [opens, closes] = [9, 17];

/**
 * When round number `round` (from 0) of a monthly or quarterly plan is due: the day of the month on which it began, at the
 * same hour, on a working day that is no holiday. A plan that began outside the hours in which people work asks at nine.
 */
export function roundTime(
  { rhythm, began }: Pick<Plan, 'rhythm' | 'began'>,
  round: number,
  { timeZone, country }: Calendar,
): Temporal.Instant {
  const at = began.add({ months: (rhythm === 'quarter' ? months.quarter : months.month) * round });
  const plainTime = at.hour >= opens && at.hour < closes ? at.toPlainTime() : nine;
  return workdayFrom(at.toPlainDate(), country).toZonedDateTime({ timeZone, plainTime }).toInstant();
}

const nine = Temporal.PlainTime.from({ hour: opens });

/** When the coming round is due: at its time, or later when it waits for those who were asked a little too lately. */
export function dueTime(plan: Plan, calendar: Calendar): Temporal.Instant {
  const at = roundTime(plan, plan.rounds, calendar);
  return Temporal.Instant.compare(plan.nextAt, at) > 0 ? plan.nextAt : at;
}

/** How many rounds have come too late to be asked now. */
export function missedRounds(plan: Plan, calendar: Calendar, now: Temporal.Instant): number {
  const isMissed = (due: Temporal.Instant) => now.since(due).total('hours') > lateHours;
  if (!isMissed(dueTime(plan, calendar))) return 0;
  let missed = 1;
  while (isMissed(roundTime(plan, plan.rounds + missed, calendar))) missed += 1;
  return missed;
}

/** A round waits for so long at most: a month is shorter than what people are left alone for, or a weekend made it so. */
const longestWait = { hours: 24 * 7 };

/** Until when a round waits, given from when on those can be asked again who cannot be now; undefined: no longer. */
export function waitUntil(
  againAt: Temporal.Instant[],
  plan: Plan,
  calendar: Calendar,
): Temporal.Instant | undefined {
  const latest = roundTime(plan, plan.rounds, calendar).add(longestWait);
  const until = againAt
    .filter((at) => Temporal.Instant.compare(at, latest) <= 0)
    .toSorted(Temporal.Instant.compare)
    .at(-1);
  return until && workingMoment(calendar, until);
}

/** The number of the first round that is still to come. */
export function nextRound(plan: Plan, calendar: Calendar, now: Temporal.Instant): number {
  let round = plan.rounds;
  while (Temporal.Instant.compare(roundTime(plan, round, calendar), now) <= 0) round += 1;
  return round;
}

/** The first ten o'clock of a working day after a moment, on a later day than `lastDay`. */
export function nextTurn(
  calendar: Calendar,
  after: Temporal.Instant,
  lastDay?: Temporal.PlainDate,
): Temporal.Instant {
  let at = nextStart(turn, calendar, after);
  while (lastDay && Temporal.PlainDate.compare(dayOf(at, calendar), lastDay) <= 0)
    at = nextStart(turn, calendar, at);
  return at;
}

/**
 * Whether a daily plan has its turn at this moment: on a working day from ten on, as long as people work, and not yet on
 * that day. A day that has gone by is not made up for.
 */
export function isTurn(
  { lastDay }: Pick<Plan, 'lastDay'>,
  calendar: Calendar,
  now: Temporal.Instant,
): boolean {
  const today = dayOf(now, calendar);
  const first = today.toZonedDateTime({ timeZone: calendar.timeZone, plainTime: turn }).toInstant();
  return (
    workingMoment(calendar, now).equals(now) &&
    Temporal.Instant.compare(now, first) >= 0 &&
    (lastDay === undefined || Temporal.PlainDate.compare(today, lastDay) > 0)
  );
}

/**
 * What remains told once a daily plan could ask: that of a round, for the rest of it. Why no round could begin, which
 * names none, is news when it comes back.
 */
export function inRound(told: string | undefined): string | undefined {
  return told?.startsWith(' ') ? undefined : told;
}

/** The day that it is, by the clock of the team. */
export function dayOf(at: Temporal.Instant, { timeZone }: Pick<Calendar, 'timeZone'>): Temporal.PlainDate {
  return at.toZonedDateTimeISO(timeZone).toPlainDate();
}

/** The same hour so many working days later, or when people work again after it. */
export function workingDaysLater(calendar: Calendar, from: Temporal.Instant, days: number): Temporal.Instant {
  let at = from.toZonedDateTimeISO(calendar.timeZone);
  for (let left = days; left > 0; ) {
    at = at.add({ days: 1 });
    if (isStartDay(at.toPlainDate(), calendar.country)) left -= 1;
  }
  return workingMoment(calendar, at.toInstant());
}

function workdayFrom(from: Temporal.PlainDate, country: string): Temporal.PlainDate {
  let day = from;
  while (!isStartDay(day, country)) day = day.add({ days: 1 });
  return day;
}

/** When a round that is spread closes at the latest. */
export function quarterFrom(
  from: Temporal.Instant,
  { timeZone }: Pick<Calendar, 'timeZone'>,
): Temporal.Instant {
  return from.toZonedDateTimeISO(timeZone).add({ months: months.quarter }).toInstant();
}
