import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isOpen,
  isPutBefore,
  type Move,
  maySee,
  moved,
  after as next,
  openStates,
  readTyped,
  type State,
  sameWords,
  waitsForManager,
} from '../../../src/features/expectations/expectations.ts';
import { withMoved } from '../../../src/features/expectations/order-feature.ts';

const moves: Move[] = ['make-concrete', 'send', 'confirm', 'correct', 'doubt', 'meet', 'miss', 'withdraw'];
const states: State[] = [...openStates, 'met', 'not-met', 'withdrawn'];
const step = fc.record({ move: fc.constantFrom(...moves), by: fc.constantFrom('team', 'client') });

/** Walks from its first words through what can be done of these. */
function walk(steps: { move: Move; by: 'team' | 'client' }[]) {
  const path: { from: State; move: Move; to: State; isSent: boolean }[] = [];
  let state: State = 'noted';
  // Whether the wording that holds now was put before the client.
  let isSent = false;
  for (const { move, by } of steps) {
    const to: State | undefined = next(state, move, by);
    if (!to) continue;
    if (move === 'send') isSent = true;
    if (move === 'make-concrete' || move === 'correct') isSent = false;
    path.push({ from: state, move, to, isSent });
    state = to;
  }
  return path;
}

describe('the life of an expectation', () => {
  it('knows only its states, whatever is tried', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        for (const { to } of walk(steps)) expect(states).toContain(to);
      }),
    );
  });

  it('is never confirmed without the wording having been sent', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        for (const { to, isSent } of walk(steps)) if (to === 'confirmed') expect(isSent).toBe(true);
      }),
    );
  });

  it('stays over once it is', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        for (const { from } of walk(steps)) expect(isOpen({ state: from })).toBe(true);
      }),
    );
    for (const state of ['met', 'not-met', 'withdrawn'] as const)
      for (const move of moves)
        expect([next(state, move, 'team'), next(state, move, 'client')]).toEqual([undefined, undefined]);
  });

  it('is confirmed, corrected and doubted by the client alone, and everything else by the team', () => {
    const theClients: Move[] = ['confirm', 'correct', 'doubt'];
    for (const state of states)
      for (const move of moves)
        expect(next(state, move, theClients.includes(move) ? 'team' : 'client')).toBeUndefined();
  });

  it('can be withdrawn by the team while it is open, and is met only when the client had confirmed it', () => {
    for (const state of openStates) expect(next(state, 'withdraw', 'team')).toBe('withdrawn');
    expect(states.filter((state) => next(state, 'meet', 'team'))).toEqual(['confirmed', 'doubted']);
    expect(states.filter((state) => next(state, 'miss', 'team'))).toEqual(['confirmed', 'doubted']);
  });
});

describe('the order of importance', () => {
  const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 });

  it('stays a permutation, whoever is moved', () => {
    fc.assert(
      fc.property(ids, fc.nat(), fc.constantFrom(-1 as const, 1 as const), (all, at, by) => {
        const id = all[at % all.length] ?? '';
        const order = moved(all, id, by) ?? all;
        expect(order.toSorted()).toEqual(all.toSorted());
        const place = all.indexOf(id) + by;
        expect(order.indexOf(id)).toBe(place >= 0 && place < all.length ? place : place - by);
      }),
    );
    expect(moved(['a', 'b'], 'c', 1)).toBeUndefined();
  });

  it('leaves where it is what the mover does not see', () => {
    fc.assert(
      fc.property(ids, fc.infiniteStream(fc.boolean()), (all, visible) => {
        const seen = all.filter(() => visible.next().value);
        const order = withMoved(
          all.map((id) => ({ id })),
          seen.toReversed(),
        );
        expect(order.toSorted()).toEqual(all.toSorted());
        for (const [at, id] of all.entries()) if (!seen.includes(id)) expect(order[at]).toBe(id);
        expect(order.filter((id) => seen.includes(id))).toEqual(seen.toReversed());
      }),
    );
  });
});

describe('who sees one', () => {
  const client = {
    owner: { id: 'anna', name: 'Anna de Vries' },
    manager: { id: 'bram', name: 'Bram Bakker' },
  };
  const about = {
    about: 'person' as const,
    person: { id: 'carla', name: 'Carla Smit' },
    feasible: undefined,
  };
  const sees = (id: string, feasible: boolean | undefined) =>
    maySee({ ...about, feasible }, { id, relation: 'team' }, client);

  it('of one about a person is that person, the manager and the owner, until it is feasible', () => {
    for (const id of ['anna', 'bram', 'carla']) expect(sees(id, undefined)).toBe(true);
    for (const feasible of [undefined, false]) expect(sees('other', feasible)).toBe(false);
    expect(sees('other', true)).toBe(true);
    expect(waitsForManager({ about: 'team', feasible: undefined })).toBe(false);
  });

  it('is never the client’s side', () => {
    for (const relation of ['contact', 'none'] as const)
      expect(maySee({ ...about, feasible: true }, { id: 'carla', relation }, client)).toBe(false);
  });
});

describe('what is read and compared', () => {
  it.each([
    ['Acme: sneller', { name: 'Acme', direction: 'theirs', text: 'sneller' }],
    ['Acme van ons: een briefing: kort', { name: 'Acme', direction: 'ours', text: 'een briefing: kort' }],
    ['from us: x', { name: '', direction: 'ours', text: 'x' }],
    ['Acme', { name: 'Acme', direction: 'theirs', text: undefined }],
    ['', { name: '', direction: 'theirs', text: undefined }],
  ])('%j', (typed, read) => {
    expect(readTyped(typed)).toEqual(read);
  });

  it('are the same words but for case, accents, spaces and the end', () => {
    expect(sameWords('Één  aanspreekpunt.', 'een aanspreekpunt')).toBe(true);
    expect(sameWords('een aanspreekpunt', 'geen aanspreekpunt')).toBe(false);
  });

  it('is put before the client once it was sent, or when he wrote it', () => {
    const sentAt = Temporal.Instant.from('2026-11-23T09:00:00Z');
    const wording = {
      id: 'w',
      expectation: 'e',
      number: 1,
      text: '',
      seen: undefined,
      author: { id: 'anna', name: 'Anna de Vries' },
      byClient: false,
      writtenAt: sentAt,
      sentAt: undefined,
      sentTo: {},
      confirmed: undefined,
    };
    expect(isPutBefore({ state: 'concrete', wording })).toBe(false);
    expect(isPutBefore({ state: 'sent', wording: { ...wording, sentAt } })).toBe(true);
    expect(isPutBefore({ state: 'corrected', wording: { ...wording, byClient: true } })).toBe(true);
  });
});
