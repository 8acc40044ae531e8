import type { GradeRow } from '../chat/card.ts';

/** A dot's place in the picture's units, and how far from it the next one of its crowd is. */
export type Spot = { x: number; grade: number; apart: number };

/** A stretch of a row in which one wording was graded, from left to right. */
export type Stretch = { left: number; right: number; dots: Spot[] };

type Space = { left: number; right: number; apart: number; gap: number };

/** A crowd of one grade at one moment becomes no wider, in units: it would pass for a longer time. */
const widest = 96;

/** From the first and the last moment to the edges, so that a few dots fan out on both sides of them. */
const aside = 28;
/** Between a dot and the edge of its stretch, at least. */
const clear = 3;

/**
 * A row's stretches with their dots between `left` and `right`. Dots of one grade stand at least `apart` from each
 * other, or less in a crowd; those of different wordings are `gap` apart and more.
 */
export function stretchesOf({ dots, anew = [] }: GradeRow, { left, right, apart, gap }: Space): Stretch[] {
  const placeOf = (at: number) => Math.round(left + aside + (right - left - 2 * aside) * within(at, 0, 1));
  const known = dots.filter(({ at, grade }) => Number.isFinite(at) && Number.isFinite(grade));
  const starts = [...new Set(anew.filter((at) => at > 0))].sort((a, b) => a - b);
  return [Number.NEGATIVE_INFINITY, ...starts].map((start, index) => {
    const next = starts[index] ?? Number.POSITIVE_INFINITY;
    const edges = {
      left: start > 0 ? placeOf(start) - aside : left,
      right: next < Number.POSITIVE_INFINITY ? placeOf(next) - aside - gap : right,
    };
    const own = known.filter(({ at }) => at >= start && at < next);
    const spots = own.map(({ at, grade }) => ({ x: placeOf(at), grade }));
    const inside = { left: edges.left + clear, right: edges.right - clear, apart };
    return { ...edges, dots: fannedOut(spots, inside) };
  });
}

type Bounds = { left: number; right: number; apart: number };

function fannedOut(spots: Pick<Spot, 'x' | 'grade'>[], bounds: Bounds): Spot[] {
  const rows = Map.groupBy(spots, ({ grade }) => grade);
  const fanned = [...rows].flatMap(([grade, same]) => {
    const places = same.map(({ x }) => x).sort((a, b) => a - b);
    return crowdsOf(places, bounds).flatMap((crowd) => spotsOf(crowd, grade, bounds));
  });
  // In one place to the eye is drawn once.
  const seen = [...new Map(fanned.map((spot) => [`${spot.x} ${spot.grade}`, spot])).values()];
  // From the lowest up: where grades next to each other overlap, each is covered from one side only.
  return seen.sort((a, b) => a.grade - b.grade || a.x - b.x);
}

type Crowd = { first: number; last: number; sum: number; count: number };

/** Dots that would touch, side by side, are one crowd, which may then touch the one before it. */
function crowdsOf(places: number[], bounds: Bounds): Crowd[] {
  const crowds: Crowd[] = [];
  for (const x of places) {
    let crowd: Crowd = { first: x, last: x, sum: x, count: 1 };
    for (let before = crowds.at(-1); before && touch(before, crowd, bounds); before = crowds.at(-1)) {
      const { first, sum, count } = before;
      crowd = { ...crowd, first, sum: sum + crowd.sum, count: count + crowd.count };
      crowds.pop();
    }
    crowds.push(crowd);
  }
  return crowds;
}

function touch(before: Crowd, after: Crowd, bounds: Bounds): boolean {
  return edgesOf(after, bounds).from - edgesOf(before, bounds).to < bounds.apart;
}

function edgesOf({ first, last, sum, count }: Crowd, { left, right, apart }: Bounds) {
  const room = Math.max(right - left - apart, 0);
  const width = Math.min((count - 1) * apart, Math.max(widest, last - first), room);
  const middle = within(sum / count, left + (apart + width) / 2, right - (apart + width) / 2);
  return { from: middle - width / 2, to: middle + width / 2 };
}

function spotsOf({ count, ...crowd }: Crowd, grade: number, bounds: Bounds): Spot[] {
  const { from, to } = edgesOf({ count, ...crowd }, bounds);
  const apart = count > 1 ? (to - from) / (count - 1) : bounds.apart;
  return Array.from({ length: count }, (_, index) => ({ x: Math.round(from + apart * index), grade, apart }));
}

/** Where the bounds cross, there is no room: the middle of them. */
function within(value: number, low: number, high: number): number {
  return low > high ? (low + high) / 2 : Math.min(Math.max(value, low), high);
}
