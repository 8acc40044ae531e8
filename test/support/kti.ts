import type { Kti } from '../../src/features/kti/kti.ts';

/** A standard question that was never graded. */
export function ktiOf(more: Partial<Kti> = {}): Kti {
  const at = Temporal.Instant.from('2026-01-01T09:00:00Z');
  const none = { n: 0, sum: 0 };
  return {
    ...{ id: 'k1', client: 'c1', source: 'question', about: 'helpful', wording: 'w1', kind: 'helpful' },
    text: { nl: 'Hoe goed helpen wij u?', en: 'How well do we help you?' },
    theme: { nl: 'Behulpzaam', en: 'Helpful' },
    ...{ madeAt: at, askedAt: at },
    standing: { round: undefined, lastAt: undefined, last: none, before: none, total: none },
    ...more,
  };
}
