import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  lastReachable,
  mayBeReached,
  nextReachable,
  workdayFrom,
} from '../../../src/features/nudges/moments-rules.ts';
import type { Reachable } from '../../../src/features/nudges/nudges.ts';

const anna: Reachable = {
  id: 'anna',
  timeZone: 'Europe/Amsterdam',
  workdays: [1, 2, 3, 4, 5],
  hours: { from: '09:00', to: '17:00' },
  country: 'NL',
  pausedUntil: undefined,
  muted: [],
};
const at = (text: string, timeZone = 'Europe/Amsterdam') =>
  Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).toInstant();
const shown = (moment: Temporal.Instant | undefined, timeZone = 'Europe/Amsterdam') =>
  moment?.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' });

it.each<[string, Partial<Reachable>, string, string | undefined, string | undefined]>([
  ['in his hours', {}, '2026-11-24T12:00', '2026-11-24T12:00', '2026-11-24T12:00'],
  ['as his hours begin', {}, '2026-11-24T09:00', '2026-11-24T09:00', '2026-11-24T09:00'],
  ['as they end', {}, '2026-11-24T17:00', '2026-11-24T17:00', '2026-11-24T17:00'],
  ['just after', {}, '2026-11-24T17:00:01', '2026-11-25T09:00', '2026-11-24T17:00'],
  ['before them', {}, '2026-11-24T08:59', '2026-11-24T09:00', '2026-11-23T17:00'],
  ['in the weekend', {}, '2026-11-28T12:00', '2026-11-30T09:00', '2026-11-27T17:00'],
  [
    'where it is a working day',
    { workdays: [6] },
    '2026-11-28T12:00',
    '2026-11-28T12:00',
    '2026-11-28T12:00',
  ],
  ['at Christmas, on a Friday', {}, '2026-12-25T12:00', '2026-12-28T09:00', '2026-12-24T17:00'],
  ['without holidays', { country: '' }, '2026-12-25T12:00', '2026-12-25T12:00', '2026-12-25T12:00'],
  ['on Thanksgiving', { country: 'US' }, '2026-11-26T12:00', '2026-11-27T09:00', '2026-11-25T17:00'],
  ['as summer time ends', {}, '2026-10-25T02:30', '2026-10-26T09:00', '2026-10-23T17:00'],
  ['as it begins, at Easter', {}, '2027-03-28T12:00', '2027-03-30T09:00', '2027-03-26T17:00'],
  ['paused', { pausedUntil: '2026-12-03' }, '2026-11-24T12:00', '2026-12-03T09:00', undefined],
  [
    'paused until the weekend',
    { pausedUntil: '2026-11-28' },
    '2026-11-24T12:00',
    '2026-11-30T09:00',
    undefined,
  ],
  ['paused until today', { pausedUntil: '2026-11-24' }, '2026-11-24T08:00', '2026-11-24T09:00', undefined],
  ['without working days', { workdays: [] }, '2026-11-24T12:00', undefined, undefined],
  [
    'with hours that end before they begin',
    { hours: { from: '17:00', to: '09:00' } },
    '2026-11-24T12:00',
    undefined,
    undefined,
  ],
])('may be reached next, and could last, %s', (_, more, moment, next, last) => {
  const person = { ...anna, ...more };
  expect(shown(nextReachable(person, at(moment)))).toBe(next);
  expect(shown(lastReachable(person, at(moment)))).toBe(last);
  expect(mayBeReached(person, at(moment))).toBe(next === moment);
});

it('goes by the clock of where he is', () => {
  const moment = at('2026-11-24T10:00', 'Asia/Kolkata');
  const zones = ['Asia/Kolkata', 'Europe/Amsterdam', 'America/New_York'];
  expect(zones.map((timeZone) => mayBeReached({ ...anna, timeZone }, moment))).toEqual([true, false, false]);
});

it.each([
  ['2026-12-24', 1, '2026-12-28'],
  ['2026-12-23', 2, '2026-12-28'],
  ['2026-12-28', -1, '2026-12-24'],
  ['2026-12-26', -3, '2026-12-22'],
])('counts from %s by working days: %i', (date, workdays, other) => {
  expect(workdayFrom(anna, Temporal.PlainDate.from(date), workdays)?.toString()).toBe(other);
});

const someone = fc.record({
  timeZone: fc.constantFrom('Europe/Amsterdam', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'),
  workdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  hours: fc.constantFrom(
    { from: '09:00', to: '17:00' },
    { from: '00:00', to: '23:59' },
    { from: '02:15', to: '02:45' },
  ),
  country: fc.constantFrom('NL', 'US', 'IN', ''),
  pausedUntil: fc.option(fc.constantFrom('2026-10-26', '2026-12-25', '2027-03-28'), { nil: undefined }),
});
const spring2026 = Date.UTC(2026, 2, 1) / 60_000;
const anyMoment = fc
  .integer({ min: 0, max: 600 * 24 * 60 })
  .map((minutes) => Temporal.Instant.fromEpochMilliseconds((spring2026 + minutes) * 60_000));

it('finds the nearest moments, with none between', () => {
  fc.assert(
    fc.property(someone, anyMoment, (more, moment) => {
      const person = { ...anna, ...more };
      const next = nextReachable(person, moment);
      const last = lastReachable(person, moment);
      if (mayBeReached(person, moment)) {
        expect([next, last]).toEqual([moment, moment]);
        return;
      }
      for (const found of [next, last]) if (found) expect(mayBeReached(person, found)).toBe(true);
      const gap = {
        from: last ?? moment.subtract({ hours: 24 * 9 }),
        to: next ?? moment.add({ hours: 24 * 9 }),
      };
      const minutes = Math.min(gap.to.since(gap.from).total('minutes'), 20_000);
      for (let after = 1; after < minutes; after += 13)
        expect(mayBeReached(person, gap.from.add({ minutes: after }))).toBe(false);
    }),
    { numRuns: 60 },
  );
});
