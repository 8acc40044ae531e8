import { type Average, averageFor, type Company, meanOf } from '../kti/grade-rules.ts';
import type { Kti } from '../kti/kti.ts';

/** Which KTI of a client asks for an action most. Pure. */

/** A KTI, how it stands, and how many actions are under way for it. */
export type Asking = {
  kti: Kti;
  mean: number | undefined;
  average: Average | undefined;
  underWay: number;
};

/** Without an average a 7 stands in its place: nothing is wrong, and nothing is memorable. */
const nothingWrong = 7;

/** Those of a client that hold now, each by how it stands, the one that asks for an action most first. */
export function inNeed(
  ktis: Kti[],
  { company, underWay }: { company(kti: Kti): Company | undefined; underWay(kti: Kti): number },
): Asking[] {
  return present(ktis)
    .map((kti) => ({
      ...{ kti, mean: meanOf(kti.standing.last), underWay: underWay(kti) },
      average: averageFor(kti.standing, company(kti)),
    }))
    .toSorted(byNeed);
}

/** Of what was worded anew only the words that were asked last: nobody grades the earlier ones again. */
function present(ktis: Kti[]): Kti[] {
  const last = new Map<string, Kti>();
  for (const kti of ktis) {
    const key = `${kti.source}:${kti.about}`;
    const other = last.get(key);
    if (!other || Temporal.Instant.compare(kti.askedAt, other.askedAt) >= 0) last.set(key, kti);
  }
  return [...last.values()];
}

/** What nobody works on before what somebody does; then the lowest against its average; what has no grade comes last. */
function byNeed(one: Asking, other: Asking): number {
  return (
    Number(one.underWay > 0) - Number(other.underWay > 0) ||
    Number(one.mean === undefined) - Number(other.mean === undefined) ||
    distance(one) - distance(other) ||
    (one.mean ?? 0) - (other.mean ?? 0) ||
    (one.kti.id < other.kti.id ? -1 : 1)
  );
}

function distance({ mean = 0, average }: Asking): number {
  return Math.round(10 * (mean - (average?.mean ?? nothingWrong)));
}
