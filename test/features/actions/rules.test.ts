import { describe, expect, it } from 'vitest';
import { inNeed } from '../../../src/features/actions/asking-rules.ts';
import { sinceDone, sinceLine } from '../../../src/features/actions/since-rules.ts';
import type { Kti } from '../../../src/features/kti/kti.ts';
import { voice } from '../../../src/text/say.ts';

const day = (date: string) => Temporal.Instant.from(`${date}T09:00:00Z`);

function ktiOf(id: string, last: number[], before: number[] = [], more: Partial<Kti> = {}): Kti {
  const count = (grades: number[]) => ({ n: grades.length, sum: grades.reduce((a, b) => a + b, 0) });
  return {
    ...{ id, client: 'c1', source: 'expectation', about: id, wording: id },
    ...{ text: { nl: id, en: id }, theme: undefined, kind: undefined },
    ...{ madeAt: day('2026-01-01'), askedAt: day('2026-01-01') },
    standing: {
      ...{ round: 'r', last: count(last), before: count(before), total: count([...last, ...before]) },
      lastAt: undefined,
    },
    ...more,
  };
}

const order = (ktis: Kti[], busy: string[] = [], company?: { clients: number; mean: number }) =>
  inNeed(ktis, {
    company: () => company,
    underWay: ({ id }) => busy.filter((one) => one === id).length,
  }).map(({ kti }) => kti.id);

describe('which KTI asks for an action most', () => {
  it('is what is judged to need action, the farthest below its own average or a pass', () => {
    expect(order([ktiOf('low', [6], [5]), ktiOf('fallen', [7], [9])])).toEqual(['fallen', 'low']);
    expect(order([ktiOf('fallen', [8], [9]), ktiOf('failed', [5], [4])])).toEqual(['failed', 'fallen']);
    expect(order([ktiOf('great', [9], [10]), ktiOf('fine', [7], [7])])).toEqual(['great', 'fine']);
    expect(order([ktiOf('great', [9], [10]), ktiOf('failed', [5])])).toEqual(['failed', 'great']);
  });

  it('compares with the company where it has no history', () => {
    const company = { clients: 5, mean: 9 };
    expect(order([ktiOf('a', [8]), ktiOf('b', [8], [8.5])], [], company)).toEqual(['a', 'b']);
    expect(order([ktiOf('a', [8]), ktiOf('b', [8], [8.5])])).toEqual(['b', 'a']);
  });

  it('puts what somebody works on last, and before that what has no grade', () => {
    const ktis = [ktiOf('busy', [2]), ktiOf('none', []), ktiOf('fine', [9])];
    expect(order(ktis, ['busy'])).toEqual(['fine', 'none', 'busy']);
  });

  it('passes over earlier wordings of the same', () => {
    const earlier = ktiOf('earlier', [1], [], { about: 'e' });
    const present = ktiOf('present', [8], [], { about: 'e', askedAt: day('2026-02-01') });
    expect(order([present, earlier])).toEqual(['present']);
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
