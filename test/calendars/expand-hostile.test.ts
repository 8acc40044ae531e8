import { expect, it } from 'vitest';
import { expand } from '../../src/calendars/expand.ts';
import { autumn, calendar, event, told, windowOf } from './writing.ts';

const all = (count: number) => Array.from({ length: count }, (_, each) => each).join(',');
const everySecond = `BYHOUR=${all(24)};BYMINUTE=${all(60)};BYSECOND=${all(60)}`;

it.each([
  'FREQ=SECONDLY',
  'FREQ=SECONDLY;COUNT=600',
  'FREQ=MINUTELY;INTERVAL=1',
  'FREQ=HOURLY;COUNT=6',
  'FREQ=SECONDLY;COUNT=1000000000',
  `${everySecond};FREQ=DAILY`,
  `${everySecond};FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU`,
  'FREQ=DAILY;INTERVAL=0',
  'FREQ=DAILY;COUNT=-1',
  'FREQ=DAILY;RSCALE=HEBREW',
  'FREQ=DAILY;UNTIL=ooit',
  'FREQ=',
  'niets',
])('follows no rule that nobody meets by, and keeps the first occurrence: %s', (rule) => {
  const began = performance.now();
  const odd = event('1', 'DTSTART:20261020T080000Z', 'SUMMARY:Vaak', `RRULE:${rule}`);
  expect(told(calendar(odd, event('2', 'DTSTART:20261021T080000Z')))).toEqual([
    '10-20 10:00 Vaak',
    '10-21 10:00',
  ]);
  expect(performance.now() - began).toBeLessThan(3_000);
});

it.each([
  'FREQ=DAILY',
  'FREQ=DAILY;COUNT=1000000',
  `FREQ=DAILY;BYHOUR=${all(24)}`,
  `FREQ=YEARLY;BYMONTH=${all(13).slice(2)};BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=${all(24)}`,
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=YEARLY;INTERVAL=999999999',
])('follows an endless rule from long ago no further than the window: %s', (rule) => {
  const began = performance.now();
  const events = expand(calendar(event('1', 'DTSTART:19700105T080000Z', `RRULE:${rule}`)), autumn);
  expect(events.length).toBeLessThanOrEqual(500);
  for (const { start } of events) {
    expect(Temporal.Instant.compare(start, autumn.from)).toBeGreaterThanOrEqual(0);
    expect(Temporal.Instant.compare(start, autumn.until)).toBeLessThan(0);
  }
  expect(performance.now() - began).toBeLessThan(3_000);
});

it('tells the earliest 500 of more', () => {
  const many = Array.from({ length: 40 }, (_, each) =>
    event(`${each}`, 'DTSTART:20261005T080000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY'),
  );
  const events = expand(calendar(...many), autumn);
  expect(events).toHaveLength(500);
  expect(events.at(-1)?.start.toString()).toBe('2026-10-24T08:00:00Z');
});

it('looks no further than 90 days ahead', () => {
  const text = calendar(event('1', 'DTSTART:20261020T080000Z', 'RRULE:FREQ=DAILY'));
  expect(expand(text, windowOf('2026-10-20', '2030-01-01'))).toHaveLength(90);
  expect(expand(text, windowOf('2026-10-20', '2026-10-20'))).toEqual([]);
});

it('reads a year of meetings in the blink of an eye, and a megabyte of nothing', () => {
  const busy = Array.from({ length: 1_500 }, (_, each) =>
    event(
      `${each}`,
      `DTSTART;TZID=W. Europe Standard Time:2026${`${(each % 12) + 1}`.padStart(2, '0')}15T100000`,
      'DURATION:PT1H',
      ...(each % 5 ? [] : ['RRULE:FREQ=WEEKLY']),
    ),
  );
  const nested = `BEGIN:VCALENDAR\n${'BEGIN:A\n'.repeat(120_000)}`;
  const began = performance.now();
  expect(expand(calendar(...busy), autumn)).toHaveLength(500);
  for (const text of [
    nested,
    `BEGIN:VCALENDAR\n${'X'.repeat(1_000_000)}`,
    `BEGIN:VCALENDAR${'\r\n '.repeat(330_000)}`,
  ])
    expect(() => expand(text, autumn)).toThrow();
  expect(
    expand(
      calendar(event('1', 'DTSTART:20261020T080000Z', `ATTENDEE;CN="${'a;'.repeat(500_000)}":mailto:x`)),
      autumn,
    ),
  ).toHaveLength(1);
  expect(performance.now() - began).toBeLessThan(3_000);
});

it('sends on no more of an event than a meeting has', () => {
  const people = Array.from({ length: 5_000 }, (_, each) => `ATTENDEE:mailto:gast${each}@acme.example`);
  const [only, ...more] = expand(
    calendar(
      event('1', 'DTSTART:20261020T080000Z', `SUMMARY:${'x'.repeat(100_000)}`, ...people),
      event('u'.repeat(100_000), 'DTSTART:20261020T080000Z'),
    ),
    autumn,
  );
  expect([only?.title.length, only?.attendees.length, more]).toEqual([300, 200, []]);
});
