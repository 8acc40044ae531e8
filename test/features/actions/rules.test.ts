import { describe, expect, it } from 'vitest';
import { type Asking, inNeed } from '../../../src/features/actions/asking-rules.ts';
import { figureOf, sinceDone, sinceLine } from '../../../src/features/actions/since-rules.ts';
import { verdictOf } from '../../../src/features/kti/grade-rules.ts';
import { voice } from '../../../src/text/say.ts';
import { ktiOf } from '../../support/kti.ts';

const day = (date: string) => Temporal.Instant.from(`${date}T09:00:00Z`);

function asking(id: string, mean?: number, usual?: number, isWorked = false): Asking {
  const row: Asking['row'] =
    mean === undefined
      ? undefined
      : {
          ...{ id, client: 'c1', about: id, source: 'question', kind: undefined, round: 'r', lastAt: '' },
          ...{ mean, n: 1, change: undefined, before: { n: 0, sum: 0 }, isFormer: false },
          average: usual === undefined ? undefined : { of: 'own', mean: usual, n: 1 },
          verdict: verdictOf(mean, usual),
        };
  return { kti: ktiOf({ id }), row, isWorked };
}

const order = (...all: Asking[]) => inNeed(all).map(({ kti }) => kti.id);

describe('which KTI asks for an action most', () => {
  it('is what is judged to need action, the farthest below its average or a pass; then the lowest', () => {
    expect(order(asking('low', 6, 5), asking('fallen', 7, 9))).toEqual(['fallen', 'low']);
    expect(order(asking('fallen', 8, 9), asking('failed', 5, 4))).toEqual(['failed', 'fallen']);
    expect(order(asking('great', 9, 10), asking('fine', 7, 7))).toEqual(['fine', 'great']);
  });

  it('puts what somebody works on last, and before that what has no grade', () => {
    const all = [asking('busy', 2, undefined, true), asking('none'), asking('fine', 9)];
    expect(order(...all)).toEqual(['fine', 'none', 'busy']);
  });
});

describe('what a KTI did since an action was done', () => {
  const rounds = [
    { id: 'r3', opensAt: day('2026-04-01') },
    { id: 'r1', opensAt: day('2026-01-01') },
    { id: 'r2', opensAt: day('2026-02-01') },
    { id: 'r4', opensAt: day('2026-05-01') },
  ];
  const given = (round: string, date: string, ...grades: number[]) =>
    grades.map((grade) => ({ round, kti: 'k', grade, at: day(date) }));
  const action = { kti: 'k', doneAt: day('2026-03-01') };
  const before = [...given('r1', '2026-01-02', 2, 2), ...given('r2', '2026-02-02', 7, 7, 8)];

  it('is the last round before it, against the first one that began after it', () => {
    const grades = [...before, ...given('r3', '2026-04-02', 8, 7), ...given('r4', '2026-05-02', 10)];
    expect(sinceDone(action, grades, rounds)).toEqual({
      ...{ doneAt: action.doneAt, before: { n: 3, sum: 22 }, after: { n: 2, sum: 15 } },
    });
  });

  it('waits for a round that began after it, and for a grade of this KTI in it', () => {
    expect(sinceDone(action, [...before, ...given('r2', '2026-03-02', 9)], rounds)).toBeUndefined();
    const others = given('r3', '2026-04-02', 9).map((one) => ({ ...one, kti: 'other' }));
    expect(sinceDone(action, [...before, ...others], rounds)).toBeUndefined();
    expect(sinceDone({ ...action, doneAt: undefined }, before, rounds)).toBeUndefined();
  });

  it('counts of the round that was running only what came before', () => {
    const running = [...given('r2', '2026-02-20', 6), ...given('r2', '2026-03-05', 10)];
    const grades = [...running, ...given('r3', '2026-04-02', 8)];
    expect(sinceDone(action, grades, rounds)?.before).toEqual({ n: 1, sum: 6 });
  });

  it('says it with both numbers, and claims no cause', () => {
    const since = sinceDone(action, [...before, ...given('r3', '2026-04-02', 8, 7)], rounds);
    const words = (language: 'nl' | 'en') => ({
      ...{ say: voice(language), language, timeZone: 'Europe/Amsterdam' },
    });
    expect(figureOf({ n: 1, sum: 8 }, voice('nl'))).toBe('8 (n = 1)');
    expect(since && sinceLine(since, words('nl'))).toBe(
      'Sinds 1 maart: 7,3 (n = 3) → 7,5 (n = 2). Met zo weinig antwoorden zegt dat weinig, en het kan ook door iets anders komen.',
    );
    const many = { doneAt: day('2026-03-01'), before: { n: 6, sum: 42 }, after: { n: 6, sum: 48 } };
    expect(sinceLine(many, words('en'))).toBe(
      'Since 1 March: 7.0 (n = 6) → 8.0 (n = 6). Something else may have caused it as well.',
    );
    expect(sinceLine({ ...many, before: undefined }, words('nl'))).toBe(
      'Het eerste cijfer sinds 1 maart: 8,0 (n = 6). Dat kan ook door iets anders komen.',
    );
  });
});
