import { describe, expect, it } from 'vitest';
import { newClient } from '../../../src/features/clients/clients.ts';
import { movesOf, type Outline, standingsOf } from '../../../src/features/kti/team-rules.ts';

const createdAt = Temporal.Instant.from('2026-01-01T09:00:00Z');
const since = '2025-12-01T00:00:00.000Z';

function client(id: string) {
  return newClient({ id, name: id.toUpperCase(), owner: { id: 'anna', name: 'Anna' }, createdAt });
}

function outline(of: string, last: number[], earlier: number[] = [], more: Partial<Outline> = {}): Outline {
  const count = (grades: number[]) => ({ n: grades.length, sum: grades.reduce((sum, one) => sum + one, 0) });
  return {
    ...{ id: `${of}-k`, client: of, about: 'q', source: 'question', kind: 'q' },
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
    const found = standingsOf(['a', 'b', 'c', 'd', 'e'].map(client), all, since);
    expect(found.map(({ client: { id } }) => id)).toEqual(['c', 'b', 'a', 'd']);
    expect(found[0]?.rows[0]).toMatchObject({ mean: 5, change: -3, verdict: 'action', average: { mean: 8 } });
  });

  it('names of a client that asks for nothing the lowest, however it is compared', () => {
    const all = [
      outline('a', [8], [6]),
      outline('a', [7], [], { id: 'new' }),
      outline('a', [9], [], { id: 'high' }),
    ];
    const [found] = standingsOf([client('a')], all, since);
    expect(found?.rows.map(({ id }) => id)).toEqual(['new', 'a-k', 'high']);
  });

  it('looks at the last round alone', () => {
    const old = outline('a', [3], [], { id: 'old' });
    const before = { ...old, standing: { ...old.standing, round: 'r0', lastAt: '2026-06-01T09:00:00.000Z' } };
    const [found] = standingsOf([client('a')], [before, outline('a', [8], [8])], since);
    expect(found?.rows.map(({ id }) => id)).toEqual(['a-k']);
  });

  it('compares a first grade with the other clients, when they are five and graded in the last year', () => {
    const others = ['b', 'c', 'd', 'e', 'f'].map((id, at) => outline(id, [7, 8 + (at % 2)]));
    const all = [outline('a', [6]), ...others];
    // 7.5 8 7.5 8 7.5 is 7.7.
    const averageOf = (some: Outline[]) => standingsOf([client('a')], some, since)[0]?.rows[0]?.average;
    expect(averageOf(all)).toEqual({ of: 'company', clients: 5, mean: 7.7 });
    expect(averageOf(all.slice(0, -1))).toBeUndefined();
    const long = all.map((one, at) =>
      at === 5 ? { ...one, standing: { ...one.standing, lastAt: '2025-11-30T00:00:00.000Z' } } : one,
    );
    expect(averageOf(long)).toBeUndefined();
  });

  it('says how many moved', () => {
    const changes = [0.1, -2, 0, undefined, -0.3].map((change) => ({ change }));
    expect(movesOf(changes)).toEqual({ up: 1, down: 2, same: 1 });
  });
});
