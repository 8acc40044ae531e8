import { expect, it, vi } from 'vitest';
import { newId } from '../../src/store/id.ts';

it('gives ids in their order, many within a millisecond', () => {
  const ids = Array.from({ length: 20_000 }, newId);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

it('goes on within a millisecond and when the clock is put back', () => {
  const stopped = vi.spyOn(Date, 'now').mockReturnValue(1_800_000_000_000);
  const ids = Array.from({ length: 1000 }, newId);
  stopped.mockReturnValue(1_700_000_000_000);
  ids.push(newId(), newId());
  stopped.mockRestore();
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids.map((id) => id.slice(-12))).size).toBe(ids.length);
});
