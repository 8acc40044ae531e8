import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextWorkingTime, workingTime } from '../../src/chat/working-time.ts';

const amsterdam = 'Europe/Amsterdam';
const at = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime(amsterdam).toInstant();

it.each([
  ['Monday to Thursday', '2026-11-23T10:00', 3, '2026-11-26T10:00'],
  ['over a weekend', '2026-11-20T16:00', 3, '2026-11-25T16:00'],
  ['from a Saturday', '2026-11-21T10:00', 2, '2026-11-24T10:00'],
  ['not before nine', '2026-11-23T07:00', 1, '2026-11-24T09:00'],
  ['not after five', '2026-11-26T22:00', 1, '2026-11-30T09:00'],
  ['over summer time', '2026-10-23T10:00', 1, '2026-10-26T10:00'],
])('counts working days: %s', (_, from, days, to) => {
  expect(workingTime(at(from), days, amsterdam).toString()).toBe(at(to).toString());
});

it('always lies in working hours, and not before its time', () => {
  const anyTime = fc.integer({ min: 1_700_000_000, max: 2_000_000_000 });
  fc.assert(
    fc.property(
      anyTime,
      fc.nat(10),
      fc.constantFrom(amsterdam, 'Asia/Kolkata', 'America/New_York'),
      (s, days, zone) => {
        const from = Temporal.Instant.fromEpochMilliseconds(s * 1000);
        const found = workingTime(from, days, zone);
        const { dayOfWeek, hour } = found.toZonedDateTimeISO(zone);
        expect(dayOfWeek).toBeLessThanOrEqual(5);
        expect(hour).toBeGreaterThanOrEqual(9);
        expect(hour).toBeLessThan(17);
        expect(Temporal.Instant.compare(found, from)).toBeGreaterThanOrEqual(0);
        expect(nextWorkingTime(found, zone)).toEqual(found);
      },
    ),
  );
});
