import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStartDay, workingMoment } from '../../../src/features/daily-start/schedule-rules.ts';
import {
  type Calendar,
  dayOf,
  isTurn,
  missedRounds,
  nextRound,
  nextTurn,
  type Plan,
  roundTime,
} from '../../../src/features/kti/plan-rules.ts';
import { beforeOther, readPlan } from '../../../src/features/kti/rhythm-rules.ts';

const zones = [
  'Europe/Amsterdam',
  'America/New_York',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Pacific/Auckland',
];
const amsterdam: Calendar = { timeZone: 'Europe/Amsterdam', country: 'NL' };

function planned(began: string, rhythm: Plan['rhythm'] = 'month'): Plan {
  return {
    ...{ id: 'p1', client: 'c1', rhythm, by: { id: 'anna', name: 'Anna de Vries' } },
    ...{ began: Temporal.PlainDateTime.from(began), rounds: 1, skipped: 0 },
    ...{ nextAt: Temporal.Instant.from('2026-11-23T09:00:00Z'), lastDay: undefined, told: undefined },
  };
}

describe('what is typed', () => {
  it.each<[string, ReturnType<typeof readPlan>]>([
    ['Acme monthly', { name: 'Acme', rhythm: 'month' }],
    ['Acme maandelijks', { name: 'Acme', rhythm: 'month' }],
    ['Acme elke maand', { name: 'Acme', rhythm: 'month' }],
    ['Acme quarterly', { name: 'Acme', rhythm: 'quarter' }],
    ['Acme per kwartaal', { name: 'Acme', rhythm: 'quarter' }],
    ['Acme elk kwartaal', { name: 'Acme', rhythm: 'quarter' }],
    ['Acme Nederland Dagelijks', { name: 'Acme Nederland', rhythm: 'day' }],
    ['Acme daily', { name: 'Acme', rhythm: 'day' }],
    ['Acme elke werkdag', { name: 'Acme', rhythm: 'day' }],
    ['Acme uit', { name: 'Acme', rhythm: 'off' }],
    ['Acme off', { name: 'Acme', rhythm: 'off' }],
    ['daily', { name: '', rhythm: 'day' }],
    ['Acme', { name: 'Acme', rhythm: undefined }],
    ['Fruit', { name: 'Fruit', rhythm: undefined }],
    ['', { name: '', rhythm: undefined }],
  ])('%s', (text, read) => {
    expect(readPlan(text)).toEqual(read);
  });

  it.each([
    'wekelijks',
    'weekly',
    'jaarlijks',
    'yearly',
    'elke week',
    'elk jaar',
    'every 2 weeks',
    'per week',
  ])('knows %s as a rhythm that there is none of', (rhythm) => {
    expect([beforeOther(`Acme ${rhythm}`), beforeOther(rhythm)]).toEqual(['Acme', '']);
    expect(beforeOther(`Acme${rhythm}`)).toBeUndefined();
  });
});

describe('a round of a month or a quarter', () => {
  it('comes on the day on which it began, at the same hour, and after a weekend or a holiday on the next working day', () => {
    const dates = (plan: Plan, rounds: number[]) =>
      rounds.map((round) =>
        roundTime(plan, round, amsterdam).toZonedDateTimeISO('Europe/Amsterdam').toPlainDateTime().toString(),
      );
    expect(dates(planned('2026-11-25T10:30'), [1, 2, 5])).toEqual([
      // Two days of Christmas and a weekend.
      '2026-12-28T10:30:00',
      '2027-01-25T10:30:00',
      // A Sunday, and King's Day comes on the Tuesday after.
      '2027-04-26T10:30:00',
    ]);
    expect(dates(planned('2026-10-31T10:30'), [1, 4, 5])).toEqual([
      '2026-11-30T10:30:00',
      // The last day of February is a Sunday.
      '2027-03-01T10:30:00',
      '2027-03-31T10:30:00',
    ]);
    expect(dates(planned('2026-11-25T10:30', 'quarter'), [1, 2])).toEqual([
      '2027-02-25T10:30:00',
      '2027-05-25T10:30:00',
    ]);
    expect(dates(planned('2026-11-23T22:15'), [1])).toEqual(['2026-12-23T09:00:00']);
  });

  it('comes once a month, while people work, whatever the zone, the clock and the day it began on', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom('NL', 'DE', 'US', ''),
        fc.integer({ min: 0, max: 365 }),
        fc.integer({ min: 0, max: 24 * 60 - 1 }),
        (timeZone, country, day, minute) => {
          const calendar = { timeZone, country };
          const date = Temporal.PlainDate.from('2026-03-01').add({ days: day });
          const began = date.toPlainDateTime().add({ minutes: minute }).toString();
          const plan = planned(began);
          for (let round = 0; round < 12; round += 1) {
            const at = roundTime(plan, round, calendar).toZonedDateTimeISO(timeZone);
            const meant = date.add({ months: round });
            const gap = meant.until(at.toPlainDate()).days;
            expect(isStartDay(at.toPlainDate(), country)).toBe(true);
            expect(at.hour >= 9 && at.hour < 17).toBe(true);
            expect(gap).toBeGreaterThanOrEqual(0);
            expect(gap).toBeLessThan(7);
            for (let one = meant; one.until(at.toPlainDate()).days > 0; one = one.add({ days: 1 }))
              expect(isStartDay(one, country)).toBe(false);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is left out when it is more than a day late', () => {
    const plan = planned('2026-11-23T10:00');
    const first = roundTime(plan, 1, amsterdam);
    expect(missedRounds(plan, amsterdam, first)).toBe(0);
    expect(missedRounds(plan, amsterdam, first.add({ hours: 24 }))).toBe(0);
    expect(missedRounds(plan, amsterdam, first.add({ hours: 24, seconds: 1 }))).toBe(1);
    expect(missedRounds(plan, amsterdam, first.add({ hours: 24 * 75 }))).toBe(3);
    expect(nextRound(plan, amsterdam, first.add({ hours: 1 }))).toBe(2);
  });

  it('waits for the morning when it is late at night', () => {
    const at = (moment: string) => workingMoment(amsterdam, Temporal.Instant.from(moment)).toString();
    expect(at('2026-11-23T14:00:00Z')).toBe('2026-11-23T14:00:00Z');
    expect(at('2026-11-23T02:00:00Z')).toBe('2026-11-23T08:00:00Z');
    expect(at('2026-11-23T16:00:00Z')).toBe('2026-11-24T08:00:00Z');
    expect(at('2026-12-24T17:00:00Z')).toBe('2026-12-28T08:00:00Z');
  });
});

describe('a daily plan', () => {
  it.each(zones)('has one turn on each working day of 400, at ten, in %s', (timeZone) => {
    const calendar = { timeZone, country: 'NL' };
    const from = Temporal.PlainDate.from('2026-03-01');
    const expected: string[] = [];
    for (let day = 0; day < 400; day += 1)
      if (isStartDay(from.add({ days: day }), 'NL')) expected.push(from.add({ days: day }).toString());
    const had: string[] = [];
    let now = from.toZonedDateTime(timeZone).toInstant();
    let lastDay: Temporal.PlainDate | undefined;
    for (;;) {
      now = nextTurn(calendar, now, lastDay);
      const local = now.toZonedDateTimeISO(timeZone);
      if (local.toPlainDate().since(from).days >= 400) break;
      expect([local.hour, local.minute]).toEqual([10, 0]);
      expect(isTurn({ lastDay }, calendar, now)).toBe(true);
      lastDay = dayOf(now, calendar);
      expect(isTurn({ lastDay }, calendar, now)).toBe(false);
      had.push(lastDay.toString());
    }
    expect(had).toEqual(expected);
  });

  it('never has two on a date, also when the team moves to another clock', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ timeZone: fc.constantFrom(...zones), minutes: fc.integer({ min: 1, max: 3000 }) }),
          {
            maxLength: 60,
          },
        ),
        (moves) => {
          let now = Temporal.Instant.from('2026-03-02T00:00:00Z');
          let lastDay: Temporal.PlainDate | undefined;
          const had: string[] = [];
          for (const { timeZone, minutes } of moves) {
            now = now.add({ minutes });
            const calendar = { timeZone, country: 'NL' };
            if (!isTurn({ lastDay }, calendar, now)) continue;
            lastDay = dayOf(now, calendar);
            had.push(lastDay.toString());
            expect(Temporal.Instant.compare(nextTurn(calendar, now, lastDay), now)).toBe(1);
          }
          expect(had).toEqual([...new Set(had)].toSorted());
        },
      ),
    );
  });

  it('makes up for nothing: not on a later day, and not after work', () => {
    const turn = (moment: string) => isTurn({ lastDay: undefined }, amsterdam, Temporal.Instant.from(moment));
    expect(turn('2026-11-23T08:59:59Z')).toBe(false);
    expect(turn('2026-11-23T09:00:00Z')).toBe(true);
    expect(turn('2026-11-23T15:59:59Z')).toBe(true);
    expect(turn('2026-11-23T16:00:00Z')).toBe(false);
    expect(turn('2026-11-22T09:00:00Z')).toBe(false);
    expect(turn('2026-12-25T09:00:00Z')).toBe(false);
  });
});
