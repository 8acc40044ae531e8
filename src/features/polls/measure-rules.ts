import { fewest, type Group, groupOf, type Kind, scales } from './polls.ts';

/** What answers are worth: figures, margins, changes. Pure arithmetic. */

export type Summary = {
  kind: Kind;
  n: number;
  /** How often each grade was given, from the scale's lowest up. */
  counts: number[];
  /** Answers by group; of the NPS promoters, passives and detractors. */
  groups: Record<Group, number>;
  /**
   * The NPS, −100…+100; of the other kinds the share of favourable answers in percent. Undefined below 5 answers, where
   * a score would say nothing.
   */
  score: number | undefined;
  /** The mean grade, where that is usual (CES and loyalty), in tenths. Of one scale, so never to be compared with another's. */
  mean: number | undefined;
  /** The middle of the 95 % interval: with few answers nearer the middle of the scale than the score. */
  centre: number;
  /** Half the width of the 95 % interval, in points. */
  margin: number;
  /** The interval's ends, within the scale of the score. */
  low: number;
  high: number;
  /** few: below 5 answers. indicative: 5 to 29. */
  weight: 'few' | 'indicative' | 'firm';
};

const z = 1.96;
const meanOf: ReadonlySet<Kind> = new Set(['ces', 'satisfaction', 'trust', 'binding']);

/** The range of a kind's score. */
export function scoreRange(kind: Kind): { from: number; to: number } {
  return kind === 'nps' ? { from: -100, to: 100 } : { from: 0, to: 100 };
}

/** Sums up how often each grade was given, `counts` from the scale's lowest up. */
export function summarise(kind: Kind, counts: number[]): Summary {
  const { from } = scales[kind];
  const groups = { high: 0, middle: 0, low: 0 };
  let [n, sum] = [0, 0];
  for (const [at, count] of counts.entries()) {
    groups[groupOf(kind, from + at)] += count;
    n += count;
    sum += count * (from + at);
  }
  const interval = kind === 'nps' ? wald(n, groups) : wilson(n, groups.high);
  const range = scoreRange(kind);
  return {
    kind,
    n,
    counts,
    groups,
    score: n < fewest ? undefined : scoreOf(kind, n, groups),
    mean: n < fewest || !meanOf.has(kind) ? undefined : Math.round((10 * sum) / n) / 10,
    centre: Math.round(100 * interval.centre),
    margin: Math.round(100 * interval.half),
    low: Math.max(range.from, Math.round(100 * (interval.centre - interval.half))),
    high: Math.min(range.to, Math.round(100 * (interval.centre + interval.half))),
    weight: n < fewest ? 'few' : n < 30 ? 'indicative' : 'firm',
  };
}

/** A share as it stands among the others, which together are 100. */
function scoreOf(kind: Kind, n: number, { high, middle, low }: Summary['groups']): number | undefined {
  return kind === 'nps' ? Math.round((100 * (high - low)) / n) : percentages([high, middle, low])[0];
}

/** The 95 % interval of an NPS as a fraction, by the adjusted Wald method: see `adjusted`. */
function wald(n: number, groups: Summary['groups']): { centre: number; half: number } {
  const { centre, error } = adjusted('nps', n, groups);
  return { centre, half: z * error };
}

/** The 95 % interval of a share (Wilson 1927): stays within 0 and 1, and honest with few answers. */
function wilson(n: number, favourable: number): { centre: number; half: number } {
  // Of no answers nothing is known.
  if (n === 0) return { centre: 0.5, half: 0.5 };
  const share = favourable / n;
  const spread = 1 + z ** 2 / n;
  const half = (z / spread) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  return { centre: (share + z ** 2 / (2 * n)) / spread, half };
}

/**
 * Centre and standard error of a score as a fraction, to compare two of them. NPS: the adjusted Wald method for
 * trinomial data, 3 answers added, ¾ to the promoters and ¾ to the detractors (Rocks 2016; the adjustment of Bonett
 * and Price). A share: 2 answers added, one of them favourable (Agresti and Caffo 2000).
 */
function adjusted(
  kind: Kind,
  n: number,
  { high, low }: Summary['groups'],
): { centre: number; error: number } {
  if (kind !== 'nps') {
    const share = (high + 1) / (n + 2);
    return { centre: share, error: Math.sqrt((share * (1 - share)) / (n + 2)) };
  }
  const [top, bottom] = [(high + 0.75) / (n + 3), (low + 0.75) / (n + 3)];
  return { centre: top - bottom, error: Math.sqrt((top + bottom - (top - bottom) ** 2) / (n + 3)) };
}

/**
 * The change from one poll to the next: points, and whether it is more than chance (two-sided, 95 %). Undefined between
 * two kinds, and where either has no score.
 */
export function change(before: Summary, after: Summary): { points: number; real: boolean } | undefined {
  if (before.kind !== after.kind || before.score === undefined || after.score === undefined) return undefined;
  const one = adjusted(before.kind, before.n, before.groups);
  const other = adjusted(after.kind, after.n, after.groups);
  const far = Math.abs(other.centre - one.centre) / Math.hypot(one.error, other.error);
  return { points: after.score - before.score, real: far > z };
}

/** Shares in whole percents that add up to 100 (largest remainders). All 0 when nothing was counted. */
export function percentages(counts: number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return counts.map(() => 0);
  const exact = counts.map((count) => (100 * count) / total);
  const whole = exact.map(Math.floor);
  const missing = 100 - whole.reduce((sum, share) => sum + share, 0);
  const byRemainder = exact
    .map((share, at) => ({ at, remainder: share - Math.floor(share) }))
    .sort((one, other) => other.remainder - one.remainder);
  for (const { at } of byRemainder.slice(0, missing)) whole[at] = (whole[at] ?? 0) + 1;
  return whole;
}
