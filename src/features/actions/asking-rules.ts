import { type Average, averageFor, type Company, meanOf, verdictOf } from '../kti/grade-rules.ts';
import { insufficient, type Kti } from '../kti/kti.ts';

/** Which KTI of a client asks for an action most. Pure. */

/** A KTI, how it stands, and how many actions are under way for it. */
export type Asking = {
  kti: Kti;
  mean: number | undefined;
  average: Average | undefined;
  underWay: number;
};

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

/** Whether both are the same expectation or question, be it in other words: what is done for the one serves the other. */
export function isSameMatter(
  one: Pick<Kti, 'source' | 'about'>,
  other: Pick<Kti, 'source' | 'about'>,
): boolean {
  return one.source === other.source && one.about === other.about;
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

/** What nobody works on before what somebody does; then as a summary judges it; what has no grade comes last. */
function byNeed(one: Asking, other: Asking): number {
  return (
    Number(one.underWay > 0) - Number(other.underWay > 0) ||
    Number(one.mean === undefined) - Number(other.mean === undefined) ||
    urgency(one) - urgency(other) ||
    (one.mean ?? 0) - (other.mean ?? 0) ||
    (one.kti.id < other.kti.id ? -1 : 1)
  );
}

/** The same as where a team's clients are compared: what needs action first, then how far below its average or a pass it is. */
function urgency({ mean = 0, average }: Asking): number {
  const below = average ? mean - average.mean : 0;
  const failed = mean < insufficient ? mean - insufficient : 0;
  return (verdictOf(mean, average?.mean) === 'action' ? -100 : 0) + Math.min(below, failed || below);
}
