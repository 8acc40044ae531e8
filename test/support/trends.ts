import fc from 'fast-check';
import type { Element, TrendPoint } from '../../src/chat/card.ts';

type Trend = Extract<Element, { kind: 'trend' }>;

/** One round of an NPS with its margin; without `at` there were too few answers. */
export function nps(label: string, n: number, at?: number, margin = 30): TrendPoint {
  if (at === undefined) return { label, n };
  const shown = at > 0 ? `+${at}` : `${at}`.replace('-', '−');
  const [low, high] = [Math.max(at - margin, -100), Math.min(at + margin, 100)];
  return { label, n, value: { at, low, high, shown } };
}

export function trend(points: TrendPoint[], from = -100, to = 100): Trend {
  return { kind: 'trend', title: 'Verloop', from, to, points, alt: 'In woorden.' };
}

/** Any trend, with `text` wherever there are words. */
export function anyTrend(text: fc.Arbitrary<string>): fc.Arbitrary<Trend> {
  const value = fc.record({ at: fc.double(), low: fc.double(), high: fc.double(), shown: text });
  const point = fc.record({
    label: text,
    n: fc.nat(),
    value: fc.option(value, { nil: undefined }),
    anew: fc.option(fc.boolean(), { nil: undefined }),
  });
  return fc.record({
    kind: fc.constant('trend' as const),
    title: text,
    from: fc.oneof(fc.constantFrom(-100, 0, 1), fc.double()),
    to: fc.oneof(fc.constantFrom(5, 7, 100), fc.double()),
    points: fc.array(point, { maxLength: 10 }),
    alt: text,
  });
}
