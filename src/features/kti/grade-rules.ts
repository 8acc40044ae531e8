import { type Count, type Grade, insufficient, type Standing } from './kti.ts';

/** What grades are worth: means, averages to compare with, and what follows from that. Pure arithmetic. */

/** So many other clients at least, or what one of them gave could be told from the company's average. */
const fewestClients = 5;

/** Below so many a mean says little: they are said to be few. */
export const few = 5;

/** How many, and their sum. */
export function countOf(grades: Pick<Grade, 'grade'>[]): Count {
  return { n: grades.length, sum: grades.reduce((sum, { grade }) => sum + grade, 0) };
}

/** The mean, rounded to tenths as it is shown; undefined of nothing. */
export function meanOf({ n, sum }: Count): number | undefined {
  return n === 0 ? undefined : Math.round((10 * sum) / n) / 10;
}

/** All that was given before the last round. */
export function historyOf({ total, last }: Pick<Standing, 'total' | 'last'>): Count {
  return { n: total.n - last.n, sum: total.sum - last.sum };
}

/** What other clients gave for KTIs of the same kind: how many clients, and the mean of their means. */
export type Company = { clients: number; mean: number };

/** own: what this client gave for it before. company: what other clients gave for the same kind. */
export type Average =
  | { of: 'own'; mean: number; n: number }
  | { of: 'company'; mean: number; clients: number };

/**
 * What the last round is compared with: this client's own history of the KTI; without one the company's average, when at
 * least `fewestClients` other clients are in it. Undefined when there is neither.
 */
export function averageFor(
  standing: Pick<Standing, 'total' | 'last'>,
  company: Company | undefined,
): Average | undefined {
  const history = historyOf(standing);
  const mean = meanOf(history);
  if (mean !== undefined) return { of: 'own', mean, n: history.n };
  if (!company || company.clients < fewestClients) return undefined;
  return { of: 'company', mean: Math.round(company.mean * 10) / 10, clients: company.clients };
}

/** The lowest of these grades; of those alike one that comes with an explanation. Undefined of none. */
export function lowestOf<T extends Pick<Grade, 'grade' | 'why'>>(grades: T[]): T | undefined {
  const [lowest] = grades.toSorted(
    (one, other) =>
      one.grade - other.grade || Number(one.why === undefined) - Number(other.why === undefined),
  );
  return lowest;
}

/** How far the last round's mean is from the round's before, in tenths of a grade; undefined where either has none. */
export function changeOf({ last, before }: Pick<Standing, 'last' | 'before'>): number | undefined {
  const [now, then] = [meanOf(last), meanOf(before)];
  return now === undefined || then === undefined ? undefined : Math.round((now - then) * 10) / 10;
}

/**
 * action: below the average, or a failure: something must be done. celebrate: 9 and more. good: 7 to 9, not memorable.
 * fair: 6 to 7.
 */
export type Verdict = 'action' | 'celebrate' | 'good' | 'fair';

/** What follows from a mean, in tenths as it is shown. A 9 is celebrated even where the average is higher. */
export function verdictOf(mean: number, average: number | undefined): Verdict {
  if (mean >= 9) return 'celebrate';
  if (mean < insufficient || (average !== undefined && mean < average)) return 'action';
  return mean >= 7 ? 'good' : 'fair';
}
