import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { change, percentages, scoreRange, summarise } from '../../../src/features/polls/measure-rules.ts';
import { groupOf, type Kind, kindsOf, scales } from '../../../src/features/polls/polls.ts';

const kinds = Object.values(kindsOf).flat();

/** So often each grade of the scale. */
function countsOf(kind: Kind, grades: number[]): number[] {
  const { from, to } = scales[kind];
  return Array.from({ length: to - from + 1 }, (_, at) => grades.filter((one) => one === from + at).length);
}

/** The NPS of so many promoters, passives and detractors. */
function nps(promoters: number, passives: number, detractors: number) {
  const counts = Array.from({ length: 11 }, () => 0);
  [counts[10], counts[7], counts[3]] = [promoters, passives, detractors];
  return summarise('nps', counts);
}

/** A CSAT of so many who are satisfied, and so many who are not. */
function csat(satisfied: number, others: number) {
  return summarise('csat', [others, 0, 0, 0, satisfied]);
}

const anyKind = fc.constantFrom(...kinds);
const anyCounts = (kind: Kind, max = 40) =>
  fc.array(fc.nat(max), { minLength: countsOf(kind, []).length, maxLength: countsOf(kind, []).length });
const anySummary = anyKind.chain((kind) => anyCounts(kind).map((counts) => ({ kind, counts })));

describe('the NPS', () => {
  it('has the published margins for 50 % promoters, 30 % passives and 20 % detractors', () => {
    const margins = [10, 30, 50, 100, 200].map((n) => nps(n * 0.5, n * 0.3, n * 0.2).margin);
    expect(margins).toEqual([42, 27, 21, 15, 11]);
  });

  it('is the share of promoters less the share of detractors', () => {
    expect(nps(5, 3, 2).score).toBe(30);
    expect(nps(0, 0, 7).score).toBe(-100);
    expect(nps(9, 0, 0).score).toBe(100);
  });

  it('is never averaged', () => {
    expect(nps(50, 30, 20).mean).toBeUndefined();
  });
});

describe('CES and CSAT', () => {
  it('CES is the share of 5 to 7 with the mean beside it', () => {
    const summary = summarise('ces', countsOf('ces', [7, 6, 5, 4, 3, 1, 7, 7]));
    expect(summary).toMatchObject({ score: 63, mean: 5, groups: { high: 5, middle: 1, low: 2 } });
  });

  it('CSAT is the share of 4 and 5, without a mean', () => {
    const summary = summarise('csat', countsOf('csat', [5, 4, 3, 2, 1, 5, 4, 4]));
    expect(summary).toMatchObject({ score: 63, mean: undefined, groups: { high: 5, middle: 1, low: 2 } });
  });

  // Newcombe 1998, table I: the score method without continuity correction.
  it.each([
    [81, 263, 26, 37],
    [15, 148, 6, 16],
    [0, 20, 0, 16],
    [1, 29, 1, 17],
  ])('has the published Wilson interval: %i of %i', (favourable, n, low, high) => {
    expect(csat(favourable, n - favourable)).toMatchObject({ low, high });
  });
});

describe('every kind', () => {
  it('groups its grades without a gap', () => {
    const groups = (kind: Kind) =>
      countsOf(kind, []).map((_, at) => groupOf(kind, scales[kind].from + at)[0]);
    expect(groups('nps').join('')).toBe('lllllllmmhh');
    expect(groups('ces').join('')).toBe('lllmhhh');
    expect(groups('csat').join('')).toBe('llmhh');
    expect(groups('trust').join('')).toBe('lllmhhh');
  });

  it.each(kinds)('gives no score below 5 answers and calls 5 to 29 indicative: %s', (kind) => {
    const of = (n: number) => summarise(kind, [n, ...countsOf(kind, []).slice(1)]);
    expect(of(4)).toMatchObject({ score: undefined, mean: undefined, weight: 'few' });
    expect(of(5).weight).toBe('indicative');
    expect(of(29).weight).toBe('indicative');
    expect(of(30).weight).toBe('firm');
  });

  it('counts every answer once, and keeps the interval within the scale and around the score', () => {
    fc.assert(
      fc.property(anySummary, ({ kind, counts }) => {
        const { n, groups, low, high, margin, score } = summarise(kind, counts);
        expect(groups.high + groups.middle + groups.low).toBe(n);
        expect(low).toBeGreaterThanOrEqual(scoreRange(kind).from);
        expect(high).toBeLessThanOrEqual(scoreRange(kind).to);
        expect(margin).toBeGreaterThan(0);
        // The NPS' interval is drawn to the middle, so that a score at the very end may lie outside it.
        if (score !== undefined && kind !== 'nps') {
          expect(score).toBeGreaterThanOrEqual(low - 1);
          expect(score).toBeLessThanOrEqual(high + 1);
        }
      }),
    );
  });

  it('grows surer with more answers of the same sort', () => {
    fc.assert(
      fc.property(anySummary, ({ kind, counts }) => {
        fc.pre(counts.some((count) => count > 4));
        const more = counts.map((count) => count * 4);
        expect(summarise(kind, more).margin).toBeLessThan(summarise(kind, counts).margin);
      }),
    );
  });
});

describe('a change since the last poll', () => {
  it('is none when it can be chance', () => {
    expect(change(nps(5, 3, 2), nps(6, 3, 1))).toEqual({ points: 20, real: false });
    expect(change(csat(6, 4), csat(8, 2))).toEqual({ points: 20, real: false });
  });

  it('is one when it is more than chance', () => {
    expect(change(nps(20, 30, 50), nps(60, 30, 10))).toEqual({ points: 80, real: true });
    expect(change(csat(40, 60), csat(80, 20))).toEqual({ points: 40, real: true });
  });

  it('is not spoken of when either poll has no score, nor between two kinds', () => {
    expect(change(nps(2, 1, 0), nps(60, 30, 10))).toBeUndefined();
    expect(change(csat(20, 20), nps(60, 30, 10))).toBeUndefined();
    const ces = summarise('ces', countsOf('ces', Array(20).fill(5)));
    expect(change(ces, summarise('trust', ces.counts))).toBeUndefined();
  });

  it('does not depend on the order, but for its sign', () => {
    const two = anyKind.chain((kind) => fc.tuple(fc.constant(kind), anyCounts(kind), anyCounts(kind)));
    fc.assert(
      fc.property(two, ([kind, one, other]) => {
        const there = change(summarise(kind, one), summarise(kind, other));
        const back = change(summarise(kind, other), summarise(kind, one));
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
