import { describe, expect, it } from 'vitest';
import { countOf } from '../../../src/features/kti/grade-rules.ts';
import type { Count, Grade, Standing } from '../../../src/features/kti/kti.ts';
import { gradesPicture } from '../../../src/features/kti/picture-cards.ts';
import {
  meansOf,
  roundsSince,
  rowOf,
  standingIn,
  tellingFirst,
} from '../../../src/features/kti/summary-rules.ts';
import { voice } from '../../../src/text/say.ts';
import { ktiOf } from '../../support/kti.ts';

const start = Temporal.Instant.from('2026-01-01T09:00:00Z');
const kti = ktiOf();

function gradesOf(rounds: number[][]): Grade[] {
  return rounds.flatMap((given, round) =>
    given.map((grade, at) => ({
      ...{ round: `r${round}`, kti: 'k1', grader: `g${at}`, name: `G${at}`, grade, why: undefined },
      at: start.add({ hours: 24 * 30 * round + at }),
    })),
  );
}

function row(
  rounds: number[][],
  more: { forecast?: Count; company?: { clients: number; mean: number } } = {},
) {
  const all = gradesOf(rounds);
  const round = `r${rounds.length - 1}`;
  return rowOf(kti, {
    ...{ grades: all.filter((one) => one.round === round), standing: standingIn(all, round) },
    ...{ company: more.company, forecast: more.forecast, former: undefined },
    work: undefined,
    ...{ history: all, formerHistory: [], anew: [] },
  });
}

it('keeps rounds whole of which something was given since', () => {
  const all = gradesOf([[8], [7, 9], [6]]).map((one, index) => ({
    ...one,
    at: Temporal.Instant.from('2026-01-01T00:00:00Z').add({ hours: 24 * index }),
  }));
  const since = Temporal.Instant.from('2026-01-03T00:00:00Z');
  expect(roundsSince(all, since).map(({ grade }) => grade)).toEqual([7, 9, 6]);
});

describe('one KTI in a round', () => {
  it('is compared with all that the client gave before, and its change with the round before', () => {
    // 8 7 7 (22), 7 7 (14), 5 6 5 (16): before it 36 of 5, so 7.2; 16 of 3 is 5.3; 5.3 − 7.0.
    expect(
      row([
        [8, 7, 7],
        [7, 7],
        [5, 6, 5],
      ]),
    ).toMatchObject({
      ...{ n: 3, mean: 5.3, change: -1.7, average: { of: 'own', mean: 7.2, n: 5 }, verdict: 'action' },
    });
  });

  it('needs no action at its average, and is celebrated from 9 on', () => {
    expect(row([[8], [8]]).verdict).toBe('good');
    expect(row([[10], [9]]).verdict).toBe('celebrate');
    expect(row([[6, 7]]).verdict).toBe('fair');
    expect(row([[5], [5]]).verdict).toBe('action');
  });

  it('has the company’s average only without a past of its own, and only with five other clients', () => {
    expect(row([[7]], { company: { clients: 5, mean: 7.44 } }).average).toEqual({
      of: 'company',
      mean: 7.4,
      clients: 5,
    });
    expect(row([[7]], { company: { clients: 4, mean: 7.4 } }).average).toBeUndefined();
    expect(row([[6], [7]], { company: { clients: 9, mean: 9 } }).average).toMatchObject({
      of: 'own',
      mean: 6,
    });
  });

  it('shows what the team expected when three or more did so', () => {
    expect(row([[5, 6]], { forecast: { n: 2, sum: 16 } }).forecast).toBeUndefined();
    expect(row([[5, 6]], { forecast: { n: 3, sum: 23 } }).forecast).toEqual({ mean: 7.7, gap: -2.2 });
  });

  it('tells the lowest grade with an explanation first', () => {
    const [one, two, three] = gradesOf([[4, 9, 6]]);
    const told = [one, two && { ...two, why: 'fijn' }, three && { ...three, why: 'traag' }];
    const order = tellingFirst(told.flatMap((grade) => grade ?? [])).map(({ grade }) => grade);
    expect(order).toEqual([6, 9, 4]);
  });

  it('is counted again for an older round as it was then', () => {
    const all = gradesOf([
      [8, 7, 7],
      [7, 7],
      [5, 6, 5],
    ]);
    const then: Standing = standingIn(all, 'r1');
    expect(then).toMatchObject({
      last: { n: 2, sum: 14 },
      before: { n: 3, sum: 22 },
      total: { n: 5, sum: 36 },
    });
    expect(standingIn(all, 'r0').before).toEqual(countOf([]));
    expect(meansOf(all)).toEqual([7.3, 7, 5.3]);
  });

  it('is said in words that no platform cuts off, however many rounds there were', () => {
    const grades = Array.from({ length: 12 }, (_, at) => [5 + ((at + 1) % 4), 6]);
    const words = { say: voice('nl'), language: 'nl' as const, timeZone: 'Europe/Amsterdam' };
    const name = 'Als er een storing is, belt iemand ons binnen een uur';
    const one = { ...row(grades), kti: ktiOf({ text: { nl: name, en: name }, theme: undefined }) };
    const rows = Array.from({ length: 5 }, () => ({ ...one, formerHistory: one.history }));
    const [picture] = gradesPicture(rows, words, start.add({ hours: 24 * 400 }));
    const alt = picture?.kind === 'grades' ? picture.alt : '';
    expect(alt.length).toBeLessThanOrEqual(500);
    expect(
      alt.match(/6,0 → 5,5 \(laagste 5,5, hoogste 7,0\), gemiddelde 6,3 \(in eerdere woorden 5,5\)/g),
    ).toHaveLength(5);
  });
});
