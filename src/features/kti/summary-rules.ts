import type { Language } from '../../chat/request.ts';
import type { Current } from './current-rules.ts';
import {
  type Average,
  averageFor,
  type Company,
  changeOf,
  countOf,
  few,
  meanOf,
  type Verdict,
  verdictOf,
} from './grade-rules.ts';
import { type Count, type Grade, type Kti, nameOf, type Round, type Standing } from './kti.ts';
import { isWorked, type Work } from './work-rules.ts';

/** What a round's grades say. Pure arithmetic. */

/** What the team expected: shown only of so many together. Of two each could tell the other's from the mean. */
const fewestForecasts = 3;

/** mean: what the team thought that the client would give. gap: how far the grade is from it; below 0: lower. */
type Forecast = { mean: number; gap: number };

/** The KTI in the words of before, which it took the place of. */
export type Former = { kti: Kti; mean: number };

/** One KTI in one round. `n` 0: nobody has graded it in this one. */
export type Row = {
  kti: Kti;
  n: number;
  /** Means, change and average in tenths, as they are shown. */
  mean: number | undefined;
  change: number | undefined;
  average: Average | undefined;
  verdict: Verdict | undefined;
  /** Those with an explanation first, the lowest first. */
  grades: Grade[];
  forecast: Forecast | undefined;
  /** What the team does about it. */
  work: Work | undefined;
  /** The last wording of before that was graded; only as long as this one was graded in no round before. */
  former: Former | undefined;
  /** The last year's grades, the oldest first: in these words, and in those of before. */
  history: Grade[];
  formerHistory: Grade[];
  /** When other words were put before the client. */
  anew: Temporal.Instant[];
};

/** A KTI that was not graded in this round, as it stands since an earlier one. */
export type Standstill = Current & { work: Work | undefined };

export type Summary = {
  client: { id: string; name: string };
  /** Undefined: nothing was ever asked. */
  round: Round | undefined;
  /** Graded ones: those that ask for action first, else in the round's order. */
  rows: Row[];
  /** Asked in this round and not graded in it, with its last grade of before. */
  ungraded: { kti: Kti; last: Standstill | undefined }[];
  /** Not asked in this round. */
  others: Standstill[];
  /** There are grades in this round that this reader may not see. */
  isKept: boolean;
  /** Of the client's people. */
  asked: number;
  answered: number;
};

type Known = {
  grades: Grade[];
  standing: Standing;
  company: Company | undefined;
  forecast: Count | undefined;
} & Pick<Row, 'former' | 'history' | 'formerHistory' | 'anew' | 'work'>;

/** What the grades of a round say of one KTI. */
export function rowOf(kti: Kti, { grades, standing, company, forecast, ...before }: Known): Row {
  const mean = meanOf(standing.last);
  const average = averageFor(standing, company);
  return {
    ...{ kti, n: standing.last.n, mean, change: changeOf(standing), average },
    verdict: mean === undefined ? undefined : verdictOf(mean, average?.mean),
    grades: tellingFirst(grades),
    forecast: mean === undefined ? undefined : forecastOf(mean, forecast),
    ...before,
  };
}

function forecastOf(mean: number, forecast: Count | undefined): Forecast | undefined {
  const thought = forecast && forecast.n >= fewestForecasts ? meanOf(forecast) : undefined;
  return thought === undefined ? undefined : { mean: thought, gap: Math.round((mean - thought) * 10) / 10 };
}

/** Grades that come with an explanation first, of those the lowest. */
export function tellingFirst(grades: Grade[]): Grade[] {
  return grades.toSorted(
    (one, other) =>
      Number(one.why === undefined) - Number(other.why === undefined) ||
      one.grade - other.grade ||
      Temporal.Instant.compare(one.at, other.at),
  );
}

/** Those that ask for action first; of those alike as they stand. */
export function actionFirst(rows: Row[]): Row[] {
  return rows.toSorted((one, other) => Number(other.verdict === 'action') - Number(one.verdict === 'action'));
}

/** How a KTI stood when this round was its last: counted from all its grades. Rounds come one after another. */
export function standingIn(all: Grade[], round: string): Standing {
  const inTime = all.toSorted((one, other) => Temporal.Instant.compare(one.at, other.at));
  const rounds = [...Map.groupBy(inTime, (one) => one.round)];
  const at = rounds.findIndex(([id]) => id === round);
  const [last, before] = [rounds[at]?.[1] ?? [], rounds[at - 1]?.[1] ?? []];
  return {
    ...{ round, lastAt: last.at(-1)?.at, last: countOf(last), before: countOf(before) },
    total: countOf(rounds.slice(0, at + 1).flatMap(([, grades]) => grades)),
  };
}

/** How many need something done. */
export function actionsIn(rows: Pick<Row, 'verdict'>[]): number {
  return rows.filter(({ verdict }) => verdict === 'action').length;
}

/** Of those how many nobody has begun with. */
export function waitingIn(rows: Pick<Row, 'verdict' | 'work'>[]): number {
  return actionsIn(rows.filter(({ work }) => !isWorked(work)));
}

/** What stands since earlier rounds, asked in this one or not. */
export function earlierOf({ ungraded, others }: Pick<Summary, 'ungraded' | 'others'>): Standstill[] {
  return [...ungraded.flatMap(({ last }) => last ?? []), ...others];
}

/** Whether so few answered that one grade more or less changes what it says. */
export function isFew({ rows }: Pick<Summary, 'rows'>): boolean {
  return rows.some(({ n }) => n < few);
}

/** The grades of those rounds of which one at least was given since then, whole: half a round has another mean. */
export function roundsSince(grades: Grade[], since: Temporal.Instant): Grade[] {
  const isLate = (one: Grade) => Temporal.Instant.compare(one.at, since) >= 0;
  const late = new Set(grades.filter(isLate).map(({ round }) => round));
  return grades.filter(({ round }) => late.has(round));
}

/** Each mean over time, round by round, the oldest first. */
export function meansOf(grades: Grade[]): number[] {
  return [...Map.groupBy(grades, ({ round }) => round).values()].flatMap(
    (some) => meanOf(countOf(some)) ?? [],
  );
}

/** What a KTI is called in a summary, without the end that a sentence has. */
export function titleOf(kti: Pick<Kti, 'theme' | 'text'>, language: Language): string {
  return nameOf(kti, language).replace(/\s+/g, ' ').trim().replace(/\.$/, '');
}
