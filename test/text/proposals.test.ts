import { expect, it } from 'vitest';
import { catalogue } from '../../src/text/catalogue.ts';
import { experienceFor, proposeActions } from '../../src/text/proposals.ts';
import { actions, experiences, questions } from '../../src/text/satisfaction.ts';

const kinds = [...catalogue.inspiration, ...questions].map(({ id }) => id);
const ids = (found: { id: string }[]) => found.map(({ id }) => id);

it('proposes three different actions that serve the kind, at every turn', () => {
  for (const kind of kinds)
    for (const turn of [0, 1, 2, 3, 10]) {
      const proposed = proposeActions(kind, [], turn);
      expect([kind, new Set(ids(proposed)).size]).toEqual([kind, 3]);
      expect([kind, proposed.every(({ serves }) => serves.includes(kind))]).toEqual([kind, true]);
    }
});

it('proposes the same at the same turn, and in time all of them', () => {
  expect(proposeActions(undefined, [], 4)).toEqual(proposeActions(undefined, [], 4));
  const seen = [0, 1, 2, 3, 4].flatMap((turn) => ids(proposeActions(undefined, [], turn)));
  expect(seen.slice(0, 12)).toEqual(ids([...actions]).slice(0, 12));
  expect(new Set(seen).size).toBe(actions.length);
});

it('goes on at the next turn with those that it did not propose', () => {
  const serving = ids(actions.filter(({ serves }) => serves.includes('thinking-along-unasked')));
  const [first, second] = [0, 1].map((turn) => ids(proposeActions('thinking-along-unasked', [], turn)));
  expect(first).toEqual(serving.slice(0, 3));
  expect(second?.[0]).toBe(serving[3]);
});

it('takes others when those that serve the kind are left out', () => {
  const serving = ids(actions.filter(({ serves }) => serves.includes('creativity')));
  const [spared = '', ...but] = serving;
  const proposed = ids(proposeActions('creativity', but, 1));
  expect(proposed[0]).toBe(spared);
  expect(new Set(proposed).size).toBe(3);
  expect(proposed.some((id) => but.includes(id))).toBe(false);
});

it('proposes what is left when less is, and anything for a kind that is unknown', () => {
  const [first = '', ...rest] = ids([...actions]);
  expect(ids(proposeActions('quality', rest, 7))).toEqual([first]);
  expect(proposeActions('quality', [first, ...rest], 0)).toEqual([]);
  expect(proposeActions('no-such-kind', [], 0)).toHaveLength(3);
});

it('gives an idea that serves the kind first, then what suits every kind, and all before one comes again', () => {
  const general = experiences.filter(({ serves }) => !serves);
  for (const kind of kinds) {
    const serving = experiences.filter(({ serves }) => serves?.includes(kind));
    const all = [...serving, ...general];
    expect(all.map((_, turn) => experienceFor(kind, turn))).toEqual(all);
    expect(experienceFor(kind, all.length)).toBe(all[0]);
  }
  for (const turn of general.keys()) expect(experienceFor(undefined, turn).serves).toBeUndefined();
});

it('refuses a turn that is none', () => {
  expect(() => experienceFor('quality', -1)).toThrow(RangeError);
  expect(() => experienceFor('quality', 0.5)).toThrow(RangeError);
});
