import type { Client } from '../clients/clients.ts';
import { isKeptFrom } from '../expectations/expectations.ts';
import type { Sight } from '../expectations/outline-store.ts';
import {
  type Average,
  averageFor,
  type Company,
  changeOf,
  meanOf,
  type Verdict,
  verdictOf,
} from './grade-rules.ts';
import type { Count, Kti, Source, Standing } from './kti.ts';

/** What clients grade that holds now, each judged by the round in which it was graded last. Pure. */

/** As much of a KTI as is needed where very many are compared. `askedAt`, `lastAt` as they are stored. */
export type Outline = {
  id: string;
  client: string;
  source: Source;
  about: string;
  wording: string;
  kind: string | undefined;
  askedAt: string;
  /** Undefined: it was never graded. */
  standing: (Omit<Standing, 'lastAt' | 'round'> & { round: string; lastAt: string }) | undefined;
};

/** How a KTI that holds now stands. `isFormer`: it was graded in words that are not those of now. */
export type CurrentRow = Pick<Outline, 'id' | 'client' | 'about' | 'source' | 'kind'> & {
  round: string;
  lastAt: string;
  mean: number;
  n: number;
  change: number | undefined;
  /** What was given in the round before. */
  before: Count;
  average: Average | undefined;
  verdict: Verdict;
  isFormer: boolean;
};

/** The same with the KTI itself. */
export type Current = CurrentRow & { kti: Kti };

/** wordings: of each expectation that is not over the present wording. since: what was asked before then holds no longer. */
export type Present = { wordings: Map<string, string>; since: string };

/** What two wordings of the same have in common. */
export function matterOf({ source, about }: Pick<Outline, 'source' | 'about'>): string {
  return `${source}:${about}`;
}

/**
 * Those of one client that hold now: of each expectation that is not over, and of each standard question that was asked
 * since then, the wording in which it was graded last.
 */
export function currentOf(
  all: Outline[],
  present: Present,
  company: (kind: string | undefined, client: string) => Company | undefined,
): CurrentRow[] {
  return holdingOf(all, present).flatMap(({ last, wording }) => {
    if (!last.standing) return [];
    return rowOf(last, last.standing, company(last.kind, last.client), last.wording !== wording) ?? [];
  });
}

/** Those that hold now and were graded in no words at all, each as it was asked last. */
export function ungradedOf(all: Outline[], present: Present): Outline[] {
  return holdingOf(all, present).flatMap(({ last, asked }) => (last.standing ? [] : [asked]));
}

/** last: the wording that was graded last, any where none was. asked: the one that was asked last. wording: the present one. */
function holdingOf(
  all: Outline[],
  { wordings, since }: Present,
): { last: Outline; asked: Outline; wording: string }[] {
  return [...Map.groupBy(all, matterOf).values()].flatMap((some) => {
    const last = latest(some, ({ standing }) => standing?.lastAt ?? '');
    const asked = latest(some, ({ askedAt }) => askedAt);
    if (!last || !asked) return [];
    const isQuestion = last.source === 'question';
    const wording = isQuestion ? asked.wording : wordings.get(last.about);
    return wording === undefined || (isQuestion && asked.askedAt < since) ? [] : [{ last, asked, wording }];
  });
}

/** Of those of the same moment the last one. */
function latest<T>(all: T[], at: (one: T) => string): T | undefined {
  let [last] = all;
  for (const one of all) if (last !== undefined && at(one) >= at(last)) last = one;
  return last;
}

function rowOf(
  { id, client, about, source, kind }: Outline,
  { round, lastAt, ...counted }: NonNullable<Outline['standing']>,
  company: Company | undefined,
  isFormer: boolean,
): CurrentRow | undefined {
  const { before, last } = counted;
  const { n } = last;
  const mean = meanOf(last);
  if (mean === undefined) return undefined;
  const average = averageFor(counted, company);
  const verdict = verdictOf(mean, average?.mean);
  const change = changeOf(counted);
  return {
    id,
    client,
    about,
    source,
    kind,
    round,
    lastAt,
    mean,
    n,
    change,
    before,
    average,
    verdict,
    isFormer,
  };
}

/** Who reads: a person of the workspace; undefined where many read along. */
export type Viewer = string | undefined;

/** Whether something graded is to be kept from a reader: it is about a person, and not his to know yet. */
export function isHidden(
  { source, about }: Pick<Outline, 'source' | 'about'>,
  personal: Map<string, Sight>,
  client: Pick<Client, 'owner' | 'manager'>,
  viewer: Viewer,
): boolean {
  const sight = source === 'expectation' ? personal.get(about) : undefined;
  return sight !== undefined && isKeptFrom(sight, viewer, client);
}
