import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAllAsked, type Spread, turnsIn, waitedUntil } from '../../../src/features/kti/spread-rules.ts';

const start = Temporal.Instant.from('2026-11-23T09:00:00Z');
const day = (count: number) => start.add({ hours: 24 * count });

type One = { id: string; person: string };
const contactsOf = (count: number): One[] =>
  Array.from({ length: count }, (_, at) => ({ id: `c${at}`, person: `p${at}` }));
const ktisOf = (count: number) => Array.from({ length: count }, (_, at) => ({ id: `k${at}` }));

type Invitation = Spread<One>['invitations'][number];

function asked(contact: number, kti: number, at: number, done?: number): Invitation {
  return {
    ...{ contact: `c${contact}`, grader: `p${contact}`, kti: `k${kti}`, invitedAt: day(at) },
    doneAt: done === undefined ? undefined : day(done),
  };
}

function spread(contacts: number, ktis: number, invitations: Invitation[] = []): Spread<One> {
  const lastAsked = new Map<string, Temporal.Instant>();
  for (const { grader, invitedAt } of invitations) lastAsked.set(grader, invitedAt);
  return { contacts: contactsOf(contacts), ktis: ktisOf(ktis), invitations, lastAsked };
}

const named = (turns: ReturnType<typeof turnsIn<One>>) =>
  turns.map(({ contact, kti }) => `${contact.id} ${kti}`);

describe('whose turn it is', () => {
  it('is the one’s who waited longest, for the question that was asked least', () => {
    expect(named(turnsIn(spread(3, 2), day(0)))).toEqual(['c0 k0', 'c1 k0', 'c2 k0']);
    expect(named(turnsIn(spread(3, 2, [asked(0, 0, 0, 1)]), day(1)))).toEqual(['c1 k1', 'c2 k1', 'c0 k1']);
    const two = [asked(0, 0, 0, 1), asked(1, 1, 1, 2), asked(2, 0, 2, 3)];
    expect(named(turnsIn(spread(3, 2, two), day(4)))).toEqual(['c0 k1', 'c1 k0', 'c2 k1']);
  });

  it('is nobody’s whose question of the last seven days is unanswered, and none’s who was asked all', () => {
    expect(named(turnsIn(spread(2, 2, [asked(0, 0, 0)]), day(6.75)))).toEqual(['c1 k1']);
    expect(named(turnsIn(spread(2, 2, [asked(0, 0, 0)]), day(7)))).toEqual(['c1 k1', 'c0 k1']);
    expect(named(turnsIn(spread(1, 1, [asked(0, 0, 0, 1)]), day(30)))).toEqual([]);
  });

  it('knows somebody again who has a person by now', () => {
    const before = { ...asked(0, 0, 0, 1), grader: 'mail:daan@acme.example' };
    expect(named(turnsIn(spread(1, 2, [before]), day(30)))).toEqual(['c0 k1']);
  });
});

describe('the end of a round', () => {
  it('is when all were asked all and nobody’s answer is waited for', () => {
    expect(isAllAsked(spread(1, 2, [asked(0, 0, 0, 0)]), day(9))).toBe(false);
    const both = [asked(0, 0, 0, 0), asked(0, 1, 8)];
    expect(isAllAsked(spread(1, 2, both), day(14))).toBe(false);
    expect(waitedUntil(both, day(14))).toEqual(day(15));
    expect(isAllAsked(spread(1, 2, both), day(15))).toBe(true);
    expect(waitedUntil(both, day(15))).toBeUndefined();
  });

  it('comes, with each pair asked once and nobody asked while his answer is waited for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
        (contacts, ktis, answers) => {
          const invitations: Invitation[] = [];
          for (let at = 0; at < 400; at += 1) {
            const now = spread(contacts, ktis, invitations);
            if (isAllAsked(now, day(at))) break;
            const [turn] = turnsIn(now, day(at));
            if (!turn) continue;
            const open = invitations.filter(
              ({ grader, doneAt, invitedAt }) =>
                grader === turn.contact.person && !doneAt && day(at).since(invitedAt).total('hours') < 7 * 24,
            );
            expect(open).toEqual([]);
            const answered = answers[invitations.length % answers.length];
            invitations.push({
              ...{ contact: turn.contact.id, grader: turn.contact.person, kti: turn.kti, invitedAt: day(at) },
              doneAt: answered ? day(at) : undefined,
            });
          }
          const pairs = invitations.map(({ contact, kti }) => `${contact} ${kti}`);
          expect(new Set(pairs).size).toBe(pairs.length);
          expect(pairs).toHaveLength(contacts * ktis);
        },
      ),
    );
  });
});
