import { describe, expect, it } from 'vitest';
import {
  backOf,
  beforeOf,
  columns,
  type Entry,
  type Improvement,
  importanceOf,
  inOrder,
  mayChange,
  missingOf,
  moved,
  nextOf,
  openQuestions,
} from '../../../src/features/improvements/improvements.ts';

const at = Temporal.Instant.from('2026-11-23T09:00:00Z');
const anna = { id: 'anna', name: 'Anna de Vries' };
const bram = { id: 'bram', name: 'Bram Bakker' };

function improvement(more: Partial<Improvement> = {}): Improvement {
  return {
    ...{ id: 'i1', client: 'c1', text: 'Eerder bellen', maker: anna, place: undefined, stage: 'idea' },
    ...{ since: at, movedBy: anna, revision: 1, madeAt: at },
    ...{ expects: undefined, serves: undefined, tries: undefined, doers: [] },
    ...{ beganAt: undefined, poll: undefined, grading: undefined, helped: undefined, heard: undefined },
    ...{ reason: undefined, success: undefined, toldAt: undefined },
    ...more,
  };
}

describe('the way over the board', () => {
  it('goes on one column at a time', () => {
    expect(columns.map(nextOf)).toEqual(['plan', 'do', 'check', 'act', 'done', undefined]);
    expect(columns.map(beforeOf)).toEqual([undefined, 'idea', 'plan', 'do', 'check', 'act']);
  });

  it('goes back one column, from act for another round, and from nowhere once it is over', () => {
    expect(columns.map(backOf)).toEqual([undefined, 'idea', 'plan', 'do', 'plan', undefined]);
    expect(backOf('declined')).toBeUndefined();
    expect(nextOf('declined')).toBeUndefined();
  });

  it('makes whoever begins the work its doer, when nobody was named', () => {
    const begun = moved(improvement({ stage: 'plan' }), 'do', { by: bram, now: at });
    expect(begun).toMatchObject({ doers: [bram], beganAt: at, movedBy: bram, stage: 'do' });
    expect(moved(improvement({ doers: [anna] }), 'do', { by: bram, now: at }).doers).toEqual([anna]);
  });

  it('asks the client anew in another round', () => {
    const checked = improvement({ stage: 'act', beganAt: at, poll: 'p1', helped: 'no', heard: 'Nee' });
    const again = moved(checked, 'plan', { by: anna, now: at });
    expect(again).toMatchObject({ poll: undefined, helped: undefined, heard: undefined, beganAt: undefined });
    expect(moved(checked, 'check', { by: anna, now: at }).poll).toBe('p1');
  });
});

describe('the checklist', () => {
  it('lets nothing out of plan without what the client expects and what it serves', () => {
    expect(missingOf(improvement())).toEqual(['expects', 'serves']);
    expect(missingOf(improvement({ expects: 'x' }))).toEqual(['serves']);
    expect(missingOf(improvement({ expects: 'x', serves: { kind: 'words', words: 'y' } }))).toEqual([]);
  });

  it('asks in each step for what that step needs', () => {
    expect(openQuestions(improvement())).toEqual([]);
    expect(openQuestions(improvement({ stage: 'plan', expects: 'x' }))).toEqual(['serves', 'tries', 'doers']);
    expect(openQuestions(improvement({ stage: 'check' }))).toEqual(['heard']);
    expect(openQuestions(improvement({ stage: 'check', poll: 'p1' }))).toEqual([]);
    expect(openQuestions(improvement({ stage: 'act', helped: 'no' }))).toEqual([]);
  });
});

describe('the order', () => {
  const entry = (id: string, votes: number, importance: number, hours = 0): Entry => ({
    one: improvement({ id, madeAt: at.add({ hours }) }),
    votes,
    importance,
  });

  it('puts votes and importance together first, and of equals the oldest', () => {
    const all = [
      entry('young', 1, 1, 2),
      entry('old', 2, 0, 1),
      entry('matters', 0, 5),
      entry('loved', 4, 0),
    ];
    expect(inOrder(all).map(({ one }) => one.id)).toEqual(['matters', 'loved', 'old', 'young']);
  });

  it('takes the importance of the expectation, also of the one that a complaint touches', () => {
    const known = {
      expectations: new Map([
        ['e1', { importance: 4, firstAt: undefined }],
        ['e2', { importance: undefined, firstAt: at }],
        ['e3', { importance: undefined, firstAt: undefined }],
      ]),
      complaints: new Map<string, string | undefined>([
        ['f1', 'e1'],
        ['f2', undefined],
      ]),
    };
    const of = (kind: 'expectation' | 'complaint', id: string) => importanceOf({ kind, id }, known);
    expect([of('expectation', 'e1'), of('expectation', 'e2'), of('expectation', 'e3')]).toEqual([4, 5, 0]);
    expect([of('complaint', 'f1'), of('complaint', 'f2')]).toEqual([4, 3]);
    expect(importanceOf({ kind: 'words', words: 'x' }, known)).toBe(0);
    expect(importanceOf(undefined, known)).toBe(0);
  });
});

it('is changed by its maker, its doers, its client’s team and an administrator', () => {
  const one = improvement({ doers: [bram] });
  const may = (id: string, more: { admin?: boolean; team?: boolean } = {}) =>
    mayChange(one, { id, admin: more.admin ?? false }, more.team ?? false);
  expect([may('anna'), may('bram'), may('carla')]).toEqual([true, true, false]);
  expect([may('carla', { admin: true }), may('carla', { team: true })]).toEqual([true, true]);
});
