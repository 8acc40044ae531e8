import { describe, expect, it } from 'vitest';
import {
  isLastOfWeek,
  isStartDay,
  lastDue,
  nextStart,
  readTime,
  workingDays,
} from '../../../src/features/daily-start/schedule-rules.ts';

const day = (text: string) => Temporal.PlainDate.from(text);

describe('the time of a daily start', () => {
  it.each([
    ['08:45', '08:45'],
    ['8:45', '08:45'],
    ['8.45', '08:45'],
    ['8u45', '08:45'],
    ['om 8.45 uur', '08:45'],
    ['9', '09:00'],
    ['9u', '09:00'],
    ['9 uur', '09:00'],
    ['at 8:45am', '08:45'],
    ['1 pm', '13:00'],
    ['12am', '00:00'],
    ['23:59', '23:59'],
    ['half negen', '08:30'],
    ['half 9', '08:30'],
    ['kwart voor negen', '08:45'],
    ['quarter to nine', '08:45'],
    ['negen of tien', undefined],
    ['24:00', undefined],
    ['8:60', undefined],
    ['13pm', undefined],
    ['0 am', undefined],
    ['', undefined],
    ['straks', undefined],
    ['8:4', undefined],
    ['8:45:00', undefined],
  ])('%j is %s', (typed, time) => {
    expect(readTime(typed)).toBe(time);
  });

  it('is on a working day that is no public holiday', () => {
    const next = (after: string) =>
      nextStart('08:45', { timeZone: 'Europe/Amsterdam', country: 'NL' }, Temporal.Instant.from(after));
    expect(String(next('2026-11-23T07:44:59Z'))).toBe('2026-11-23T07:45:00Z');
    expect(String(next('2026-11-23T07:45:00Z'))).toBe('2026-11-24T07:45:00Z');
    expect(String(next('2026-11-27T08:00:00Z'))).toBe('2026-11-30T07:45:00Z');
    // Christmas is on a Friday, and the day after it on a Saturday.
    expect(String(next('2026-12-24T08:00:00Z'))).toBe('2026-12-28T07:45:00Z');
  });

  it('comes exactly once on every working day, whatever the clocks do', () => {
    const zones = [
      'Europe/Amsterdam',
      'America/New_York',
      'Australia/Lord_Howe',
      'America/Santiago',
      'Asia/Kolkata',
      'Pacific/Auckland',
    ];
    const from = day('2026-03-01');
    const until = from.add({ days: 400 });
    const expected: string[] = [];
    for (let one = from; Temporal.PlainDate.compare(one, until) < 0; one = one.add({ days: 1 }))
      if (isStartDay(one, 'NL')) expected.push(one.toString());
    for (const timeZone of zones)
      for (let half = 0; half < 48; half += 1) {
        const at = `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`;
        const calendar = { timeZone, country: 'NL' };
        const days: string[] = [];
        let now = from.toZonedDateTime(timeZone).toInstant().subtract({ milliseconds: 1 });
        for (;;) {
          now = nextStart(at, calendar, now);
          const local = now.toZonedDateTimeISO(timeZone).toPlainDate();
          if (Temporal.PlainDate.compare(local, until) >= 0) break;
          days.push(local.toString());
        }
        expect(days, `${timeZone} ${at}`).toEqual(expected);
      }
  });

  it('is too late after two hours: then it is the next one that may be due', () => {
    const nextAt = Temporal.Instant.from('2026-11-23T07:45:00Z');
    const due = (now: Temporal.Instant) => {
      const { dueAt, missed } = lastDue(
        { at: '08:45', nextAt },
        { timeZone: 'Europe/Amsterdam', country: '' },
        now,
      );
      return `${dueAt} ${missed}`;
    };
    expect(due(nextAt)).toBe('2026-11-23T07:45:00Z 0');
    expect(due(nextAt.add({ hours: 2 }))).toBe('2026-11-23T07:45:00Z 0');
    expect(due(nextAt.add({ hours: 2, seconds: 1 }))).toBe('2026-11-24T07:45:00Z 1');
    expect(due(Temporal.Instant.from('2026-12-03T08:00:00Z'))).toBe('2026-12-03T07:45:00Z 8');
  });
});

describe('the working days', () => {
  it('end the week with the last of them that is no holiday', () => {
    expect(isLastOfWeek(day('2026-11-27'), 'NL')).toBe(true);
    expect(isLastOfWeek(day('2026-11-26'), 'NL')).toBe(false);
    expect(isLastOfWeek(day('2026-12-24'), 'NL')).toBe(true);
    expect(isLastOfWeek(day('2026-12-24'), '')).toBe(false);
  });

  it('are counted from this one', () => {
    expect(workingDays(day('2026-12-24'), 'NL', 3).map(String)).toEqual([
      '2026-12-24',
      '2026-12-28',
      '2026-12-29',
    ]);
  });
});
