import { describe, expect, it } from 'vitest';
import { doersAfter, seenOf, subjectOf } from '../../../src/features/improvements/seen-rules.ts';

const [anna, bram, carla] = [named('anna'), named('bram'), named('carla')];

function named(id: string) {
  return { id, name: id };
}

describe('what a form has seen', () => {
  it('comes back from its subject, also with ids that have dots', () => {
    const seen = { id: 'i1', revision: '3', doers: ['29:a.b', 'bram'] };
    expect(seenOf(subjectOf(seen))).toEqual(seen);
    expect(seenOf('i1.3')).toEqual({ id: 'i1', revision: '3', doers: [] });
    expect(seenOf('i1')).toEqual({ id: 'i1', revision: '', doers: [] });
  });

  it('takes off who is named no longer, and neither who joined nor who stepped out meanwhile', () => {
    expect(doersAfter([anna, bram], ['anna', 'bram'], [carla])).toEqual([carla]);
    expect(doersAfter([anna, bram], ['anna'], [carla])).toEqual([carla, bram]);
    expect(doersAfter([bram], ['anna'], [anna])).toEqual([bram]);
    expect(doersAfter([], [], [anna, anna])).toEqual([anna]);
  });
});
