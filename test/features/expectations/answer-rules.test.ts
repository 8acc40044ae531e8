import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  correctionRefusal,
  readChoice,
  standingOf,
} from '../../../src/features/expectations/answer-rules.ts';
import { after, limits, openStates, type State } from '../../../src/features/expectations/expectations.ts';

const states: State[] = [...openStates, 'met', 'not-met', 'withdrawn'];
const moves = ['confirm', 'correct', 'doubt'] as const;
const wording = {
  id: 'w2',
  expectation: 'e1',
  number: 2,
  text: 'Binnen een dag antwoord',
  seen: undefined,
  author: { id: 'anna', name: 'Anna de Vries' },
  byClient: false,
  writtenAt: Temporal.Instant.from('2026-11-23T09:00:00Z'),
  sentAt: undefined,
  sentTo: {},
  confirmed: undefined,
};

it('lets an answer count only for the wording that is before the client, and only as a legal move', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...states),
      fc.constantFrom(...moves),
      fc.constantFrom('w1', 'w2'),
      (state, move, answered) => {
        const standing = standingOf({ state, wording }, answered, move);
        const isLegal = answered === 'w2' && after(state, move, 'client') !== undefined;
        expect(standing === 'may').toBe(isLegal);
        expect(standing === 'over').toBe(state === 'met' || state === 'not-met' || state === 'withdrawn');
        if (standing === 'stale') expect(['sent', 'confirmed']).toContain(state);
      },
    ),
  );
});

it.each([
  ['confirmed', 'confirm', 'done'],
  ['doubted', 'doubt', 'done'],
  ['doubted', 'confirm', 'waits'],
  ['corrected', 'correct', 'may'],
  ['corrected', 'confirm', 'waits'],
  ['corrected', 'doubt', 'waits'],
  ['doubted', 'correct', 'waits'],
  ['concrete', 'confirm', 'waits'],
] as const)('of one that is %s, %s meets: %s', (state, move, standing) => {
  expect(standingOf({ state, wording }, 'w2', move)).toBe(standing);
});

it.each([
  ['', 'empty'],
  [' \n ', 'empty'],
  [undefined, 'empty'],
  ['a'.repeat(limits.text + 1), 'long'],
  ['🙂'.repeat(limits.text), undefined],
  [' Binnen een\n dag  antwoord ', 'same'],
  ['binnen een dag antwoord', undefined],
])('a correction %j is refused: %s', (typed, refusal) => {
  expect(correctionRefusal(wording, typed)).toBe(refusal);
});

it('reads a choice of the page, and nothing else', () => {
  expect(readChoice('correct.w.1')).toEqual({ move: 'correct', wording: 'w.1' });
  for (const value of [undefined, '', 'confirm', 'confirm.', 'withdraw.w1', ' confirm.w1'])
    expect(readChoice(value)).toBeUndefined();
});
