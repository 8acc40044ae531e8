import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  change,
  closingTime,
  groupOf,
  percentages,
  readAsking,
  summarise,
} from '../../../src/features/polls/polls.ts';

/** So many promoters, passives and detractors. */
function grades(promoters: number, passives: number, detractors: number): number[] {
  return [...Array(promoters).fill(10), ...Array(passives).fill(7), ...Array(detractors).fill(3)];
}

const anyGrades = fc.array(fc.integer({ min: 0, max: 10 }), { maxLength: 200 });

describe('the NPS', () => {
  it('has the published margins for 50 % promoters, 30 % passives and 20 % detractors', () => {
    const margins = [10, 30, 50, 100, 200].map((n) => summarise(grades(n * 0.5, n * 0.3, n * 0.2)).margin);
    expect(margins).toEqual([42, 27, 21, 15, 11]);
  });

  it('is the share of promoters less the share of detractors', () => {
    expect(summarise(grades(5, 3, 2)).score).toBe(30);
    expect(summarise(grades(0, 0, 7)).score).toBe(-100);
    expect(summarise(grades(9, 0, 0)).score).toBe(100);
  });

  it('groups 9–10, 7–8 and 0–6', () => {
    expect([0, 6, 7, 8, 9, 10].map(groupOf)).toEqual([
      'detractor',
      'detractor',
      'passive',
      'passive',
      'promoter',
      'promoter',
    ]);
  });

  it('gives no score below 5 answers and calls 5 to 29 indicative', () => {
    expect(summarise(grades(4, 0, 0))).toMatchObject({ score: undefined, weight: 'few' });
    expect(summarise(grades(5, 0, 0)).weight).toBe('indicative');
    expect(summarise(grades(29, 0, 0)).weight).toBe('indicative');
    expect(summarise(grades(30, 0, 0)).weight).toBe('firm');
  });

  it('counts every answer once, whatever is given, and keeps the interval within the scale', () => {
    fc.assert(
      fc.property(anyGrades, (given) => {
        const { n, counts, promoters, passives, detractors, low, high, margin } = summarise(given);
        expect(promoters + passives + detractors).toBe(n);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(n);
        expect(low).toBeGreaterThanOrEqual(-100);
        expect(high).toBeLessThanOrEqual(100);
        expect(low).toBeLessThanOrEqual(high);
        expect(margin).toBeGreaterThan(0);
      }),
    );
  });

  it('grows surer with more answers of the same kind', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 5, maxLength: 60 }), (given) => {
        expect(summarise([...given, ...given, ...given]).margin).toBeLessThan(summarise(given).margin);
      }),
    );
  });
});

describe('a change since the last poll', () => {
  it('is none when it can be chance', () => {
    expect(change(summarise(grades(5, 3, 2)), summarise(grades(6, 3, 1)))).toEqual({
      points: 20,
      real: false,
    });
  });

  it('is one when it is more than chance', () => {
    expect(change(summarise(grades(20, 30, 50)), summarise(grades(60, 30, 10)))).toEqual({
      points: 80,
      real: true,
    });
  });

  it('is not spoken of when either poll has no score', () => {
    expect(change(summarise(grades(2, 1, 0)), summarise(grades(60, 30, 10)))).toBeUndefined();
  });

  it('does not depend on the order, but for its sign', () => {
    fc.assert(
      fc.property(anyGrades, anyGrades, (one, other) => {
        const there = change(summarise(one), summarise(other));
        const back = change(summarise(other), summarise(one));
        expect(there?.real).toBe(back?.real);
        expect((there?.points ?? 0) + (back?.points ?? 0)).toBe(0);
      }),
    );
  });
});

describe('shares', () => {
  it('add up to 100', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 11 }), (counts) => {
        const sum = percentages(counts).reduce((total, share) => total + share, 0);
        expect(sum).toBe(counts.some((count) => count > 0) ? 100 : 0);
      }),
    );
  });
});

describe('what is typed after "nps ask"', () => {
  const said = (text: string) => {
    const read = readAsking(text);
    return typeof read === 'string' ? read : { period: read.period.toString(), topic: read.topic };
  };

  it.each([
    ['', { period: 'P7D', topic: undefined }],
    ['for 3 days', { period: 'P3D', topic: undefined }],
    ['voor 2 weken', { period: 'P2W', topic: undefined }],
    ['voor een maand', { period: 'P1M', topic: undefined }],
    ['for 12 hours', { period: 'PT12H', topic: undefined }],
    ['for 5', { period: 'P5D', topic: undefined }],
    ['about the move', { period: 'P7D', topic: 'the move' }],
    ['over de overgang', { period: 'P7D', topic: 'de overgang' }],
    ['for 3 days about the move', { period: 'P3D', topic: 'the move' }],
    ['about our support for 3 days', { period: 'P3D', topic: 'our support' }],
    ['over wat u voor ons doet', { period: 'P7D', topic: 'wat u voor ons doet' }],
    ['about working for a friend', { period: 'P7D', topic: 'working for a friend' }],
  ])('%s', (text, expected) => {
    expect(said(text)).toEqual(expected);
  });

  it.each([
    ['maybe', 'not-understood'],
    ['for ever', 'no-period'],
    ['for 0 days', 'no-period'],
    ['for -3 days', 'no-period'],
    ['voor drie appels', 'no-period'],
    ['for 91 days', 'period-too-long'],
    ['voor 3 maanden', 'period-too-long'],
    ['for 9999 weeks', 'period-too-long'],
    [`about ${'x'.repeat(151)}`, 'topic-too-long'],
  ])('%s is a mistake', (text, mistake) => {
    expect(said(text)).toBe(mistake);
  });

  it('is read or refused, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = readAsking(text);
        if (typeof read !== 'string') expect(read.period.sign).toBe(1);
      }),
    );
  });
});

it('closes at the same hour by the place’s clock, over summer time', () => {
  const asked = Temporal.Instant.from('2026-10-23T10:00:00Z');
  const closes = closingTime(asked, Temporal.Duration.from({ days: 7 }), 'Europe/Amsterdam');
  expect(closes.toString()).toBe('2026-10-30T11:00:00Z');
});
