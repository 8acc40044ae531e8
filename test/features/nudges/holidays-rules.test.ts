import { expect, it } from 'vitest';
import { isHoliday } from '../../../src/features/nudges/holidays-rules.ts';

const on = (country: string, date: string) => isHoliday(country, Temporal.PlainDate.from(date));

it.each([
  ['NL', '2026-12-25'],
  ['NL', '2026-12-26'],
  ['NL', '2027-01-01'],
  ['NL', '2027-03-29'],
  // Easter Sunday has 23 hours where the clocks change on it.
  ['NL', '2027-03-28'],
  ['US', '2026-11-26'],
  ['IN', '2027-01-26'],
  // The day in place of one that falls on a Saturday.
  ['GB', '2026-12-28'],
  // Of several days, and one that begins at sunset and lasts until the fourth.
  ['RU', '2026-01-06'],
  ['TR', '2026-03-23'],
  // Goes on into the next year.
  ['SZ', '2027-01-02'],
])('%s keeps %s', (country, date) => {
  expect(on(country, date)).toBe(true);
});

it.each([
  ['NL', '2026-12-24'],
  // A day to remember, on which people work.
  ['NL', '2026-12-05'],
  ['NL', '2027-03-30'],
  ['NL', '2026-11-26'],
  ['US', '2026-11-27'],
  ['RU', '2026-01-15'],
])('%s works on %s', (country, date) => {
  expect(on(country, date)).toBe(false);
});

it.each(['', 'XX', 'nl', 'NLD', 'NL-x', 'constructor', '__proto__'])('knows none of “%s”', (country) => {
  expect(on(country, '2026-12-25')).toBe(false);
});
