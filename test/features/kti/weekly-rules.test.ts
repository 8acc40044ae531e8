import { expect, it } from 'vitest';
import { isDue, nextWeekly } from '../../../src/features/kti/weekly-rules.ts';

const calendar = { timeZone: 'Europe/Amsterdam', country: 'NL' };
const at = (text: string) => Temporal.Instant.from(text);

it.each([
  ['2026-11-23T07:59:00Z', '2026-11-23T08:00:00Z'],
  ['2026-11-23T08:00:00Z', '2026-11-30T08:00:00Z'],
  ['2026-11-29T23:30:00Z', '2026-11-30T08:00:00Z'],
  // Easter Monday is left out; summer time has begun.
  ['2026-03-30T09:00:00Z', '2026-04-13T07:00:00Z'],
])('after %s it comes at %s', (after, next) => {
  expect(nextWeekly(at(after), calendar).toString()).toBe(next);
});

it('is due for some hours, and not when its channel went to another clock', () => {
  const plan = { nextAt: at('2026-11-30T08:00:00Z') };
  expect(isDue(plan, calendar, at('2026-11-30T07:59:59Z'))).toBe(false);
  expect(isDue(plan, calendar, at('2026-11-30T08:00:00Z'))).toBe(true);
  expect(isDue(plan, calendar, at('2026-11-30T14:00:00Z'))).toBe(true);
  expect(isDue(plan, calendar, at('2026-11-30T14:00:01Z'))).toBe(false);
  expect(isDue(plan, { ...calendar, timeZone: 'Asia/Tokyo' }, at('2026-11-30T08:00:00Z'))).toBe(false);
});
