import { expect, it } from 'vitest';
import { nextKind, roundTime, type Series, tooLate } from '../../../src/features/polls/series-rules.ts';

const startedAt = Temporal.Instant.from('2026-01-31T09:30:00Z');
const series = (more: Partial<Series> = {}): Series => ({
  id: 's1',
  subject: 'nps',
  rhythm: 'month',
  place: 'general',
  placeName: undefined,
  topic: undefined,
  anonymous: false,
  period: Temporal.Duration.from({ days: 7 }),
  language: 'nl',
  timeZone: 'Europe/Amsterdam',
  asker: { id: 'anna', name: 'Anna de Vries', language: 'nl' },
  startedAt,
  rounds: 0,
  skipped: 0,
  nextAt: undefined,
  shared: false,
  ...more,
});
const localTime = (at: Temporal.Instant) =>
  at.toZonedDateTimeISO('Europe/Amsterdam').toString({ timeZoneName: 'never', offset: 'never' });

it('comes back on the same day of the month, at the same hour, on a day that people work', () => {
  const times = [0, 1, 2, 3, 4, 5].map((round) => localTime(roundTime(series(), round, startedAt)));
  expect(times).toEqual([
    '2026-01-31T10:30:00',
    // The 28th is a Saturday, the 31st of March a Tuesday in summer time, the 31st of May a Sunday.
    '2026-03-02T09:00:00',
    '2026-03-31T10:30:00',
    '2026-04-30T10:30:00',
    '2026-06-01T09:00:00',
    '2026-06-30T10:30:00',
  ]);
});

it('comes every three months', () => {
  const quarterly = series({ rhythm: 'quarter', startedAt: Temporal.Instant.from('2026-11-23T09:00:00Z') });
  expect([1, 2].map((round) => localTime(roundTime(quarterly, round, startedAt)))).toEqual([
    '2027-02-23T10:00:00',
    '2027-05-24T09:00:00',
  ]);
});

it('asks the three of loyalty, weeks after the one before has closed', () => {
  const loyalty = series({ subject: 'loyalty', rhythm: 'weeks' });
  expect([0, 1, 2, 3].map((rounds) => nextKind({ ...loyalty, rounds }))).toEqual([
    'satisfaction',
    'trust',
    'binding',
    undefined,
  ]);
  const closed = Temporal.Instant.from('2026-11-30T09:00:00Z');
  expect(localTime(roundTime(loyalty, 1, closed))).toBe('2026-12-21T10:00:00');
});

it('asks the same kind in every round of another subject', () => {
  expect([0, 1, 7].map((rounds) => nextKind(series({ subject: 'ces', rounds })))).toEqual([
    'ces',
    'ces',
    'ces',
  ]);
});

it('leaves out a round after a day', () => {
  expect(tooLate(startedAt, startedAt.add({ hours: 24 }))).toBe(false);
  expect(tooLate(startedAt, startedAt.add({ hours: 24, minutes: 1 }))).toBe(true);
});
