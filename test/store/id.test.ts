import { expect, it } from 'vitest';
import { newId } from '../../src/store/id.ts';

it('gives ids in their order, many within a millisecond', () => {
  const ids = Array.from({ length: 20_000 }, newId);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});
