import { describe, expect, it } from 'vitest';
import { newClient } from '../../../src/features/clients/clients.ts';
import type { Outline } from '../../../src/features/kti/current-rules.ts';
import { movesOf, standingsOf } from '../../../src/features/kti/team-rules.ts';

const createdAt = Temporal.Instant.from('2026-01-01T09:00:00Z');
const since = '2025-12-01T00:00:00.000Z';
const present = { wordings: new Map<string, string>(), since };

function client(id: string) {
  return newClient({ id, name: id.toUpperCase(), owner: { id: 'anna', name: 'Anna' }, createdAt });
}

function outline(of: string, last: number[], earlier: number[] = [], more: Partial<Outline> = {}): Outline {
  const count = (grades: number[]) => ({ n: grades.length, sum: grades.reduce((sum, one) => sum + one, 0) });
  return {
    ...{ id: `${of}-k`, client: of, about: 'q', source: 'question', wording: 'w', kind: 'q' },
    askedAt: '2026-10-30T09:00:00.000Z',
    standing: {
      ...{ round: `${of}-r`, lastAt: '2026-11-01T09:00:00.000Z' },
      ...{ last: count(last), before: count(earlier), total: count([...last, ...earlier]) },
    },
    ...more,
  };
}

describe('all clients together', () => {
  it('begins with those that ask for action, the farthest below their average first', () => {
    const all = [
      outline('a', [8], [8]),
      outline('b', [6], [7]),
      outline('c', [5], [8]),
      outline('d', [10], [9]),
    ];
    const found = standingsOf(['a', 'b', 'c', 'd', 'e'].map(client), all, present);
    expect(found.map(({ client: { id } }) => id)).toEqual(['c', 'b', 'a', 'd']);
    expect(found[0]?.rows[0]).toMatchObject({ mean: 5, change: -3, verdict: 'action', average: { mean: 8 } });
  });

  it('names of a client that asks for nothing the lowest, however it is compared', () => {
    const all = [
      outline('a', [8], [6]),
      outline('a', [7], [], { id: 'new', about: 'new' }),
      outline('a', [9], [], { id: 'high', about: 'high' }),
    ];
    const [found] = standingsOf([client('a')], all, present);
    expect(found?.rows.map(({ id }) => id)).toEqual(['new', 'a-k', 'high']);
  });

  it('judges each that holds now by its own last round, and none that holds no longer', () => {
    const at = (lastAt: string, round: string, grades: number[]) => ({
      ...{ round, lastAt, last: { n: 1, sum: grades[0] ?? 0 }, before: { n: 0, sum: 0 } },
      total: { n: 1, sum: grades[0] ?? 0 },
    });
    const june = '2026-06-01T09:00:00.000Z';
    const expectation = (id: string, about: string, wording: string, standing?: Outline['standing']) =>
      outline('a', [8], [], { ...{ id, about, wording, standing, source: 'expectation', kind: undefined } });
    const all = [
      outline('a', [9]),
      outline('a', [3], [], { id: 'old', about: 'other', standing: at(june, 'r0', [3]) }),
      outline('a', [3], [], { id: 'long-ago', about: 'gone', askedAt: '2025-11-01T09:00:00.000Z' }),
      expectation('e-now', 'e1', 'w2'),
      expectation('e-before', 'e1', 'w1', at(june, 'r0', [4])),
      expectation('ended', 'e2', 'w3', at(june, 'r0', [2])),
    ];
    const [found] = standingsOf([client('a')], all, { since, wordings: new Map([['e1', 'w2']]) });
    expect(found?.rows.map(({ id, mean, isFormer }) => [id, mean, isFormer])).toEqual([
      ['old', 3, false],
      ['e-before', 4, true],
      ['a-k', 9, false],
    ]);
    expect(found).toMatchObject({ round: 'a-r', lastAt: '2026-11-01T09:00:00.000Z' });
  });

  it('compares a first grade with the other clients, when they are five and graded in the last year', () => {
    const others = ['b', 'c', 'd', 'e', 'f'].map((id, at) => outline(id, [7, 8 + (at % 2)]));
    const all = [outline('a', [6]), ...others];
    // 7.5 8 7.5 8 7.5 is 7.7.
    const averageOf = (some: Outline[]) => standingsOf([client('a')], some, present)[0]?.rows[0]?.average;
    expect(averageOf(all)).toEqual({ of: 'company', clients: 5, mean: 7.7 });
    expect(averageOf(all.slice(0, -1))).toBeUndefined();
    const long = all.map((one, at) =>
      at === 5 && one.standing
        ? { ...one, standing: { ...one.standing, lastAt: '2025-11-30T00:00:00.000Z' } }
        : one,
    );
    expect(averageOf(long)).toBeUndefined();
  });

  it('says how many moved', () => {
    const changes = [0.1, -2, 0, undefined, -0.3].map((change) => ({ change }));
    expect(movesOf(changes)).toEqual({ up: 1, down: 2, same: 1 });
  });
});
