import type { Db } from '../../store/database.ts';
import { actionsOf } from '../actions/store.ts';
import type { Client } from '../clients/clients.ts';
import { expectationsOf } from '../expectations/store.ts';
import { forecastsOf } from './forecast-store.ts';
import { historyOf, meanOf } from './grade-rules.ts';
import { gradesOfRound, newestGrades } from './grade-store.ts';
import { invitationsOf } from './invitation-store.ts';
import type { Grade, Kti, Round } from './kti.ts';
import { itemsOf, roundsOf } from './round-store.ts';
import { companyOf, ktisOf } from './store.ts';
import {
  actionFirst,
  type Former,
  type Row,
  roundsSince,
  rowOf,
  type Standstill,
  type Summary,
  standingIn,
} from './summary-rules.ts';
import { workOn } from './work-rules.ts';

/** What a client's grades say, read together. */

export type At = { tx: Db; tenant: string; now: Temporal.Instant };

/** Rounds of longer ago are not shown as dots; other clients’ grades of longer ago are not compared with. */
export const lately = { hours: 24 * 365 };

/** Of one KTI so many grades at most are drawn; an older round is counted again from as many. */
const mostGrades = 500;
/** In so many of the last rounds grades are looked for. */
const mostRounds = 12;

/**
 * What a round's grades say; without one the running round's once it has a grade, else the last one's that has any. With no
 * grade at all its rows are empty, and its round is the newest.
 */
export async function summaryOf(at: At, client: Client, round?: Round): Promise<Summary> {
  const { tx, tenant } = at;
  const { chosen, grades } = await roundAndGrades(at, client, round);
  const ktis = await ktisOf(tx, tenant, client.id);
  const items = chosen ? await itemsOf(tx, tenant, chosen.id) : [];
  const graded = items.filter(({ id }) => grades.some(({ kti }) => kti === id));
  const invited = chosen ? (await invitationsOf(tx, tenant, chosen.id)).map(({ grader }) => grader) : [];
  const answered = new Set(grades.map(({ grader }) => grader));
  return {
    ...{ client: { id: client.id, name: client.name }, round: chosen },
    rows: chosen ? actionFirst(await rowsOf(at, { round: chosen, ktis, graded, grades })) : [],
    ungraded: items.filter((one) => !graded.includes(one)),
    others: othersThan(items, await currentKtis(at, client.id, ktis)),
    ...{ asked: new Set([...invited, ...answered]).size, answered: answered.size },
  };
}

async function roundAndGrades({ tx, tenant }: At, client: Client, round: Round | undefined) {
  if (round) return { chosen: round, grades: await gradesOfRound(tx, tenant, round.id) };
  const rounds = await roundsOf(tx, tenant, client.id, mostRounds);
  for (const one of rounds) {
    const grades = await gradesOfRound(tx, tenant, one.id);
    if (grades.length > 0) return { chosen: one, grades };
  }
  return { chosen: rounds[0], grades: [] };
}

type InRound = { round: Round; ktis: Kti[]; graded: Kti[]; grades: Grade[] };

async function rowsOf(at: At, { round, ktis, graded, grades }: InRound): Promise<Row[]> {
  const { tx, tenant, now } = at;
  const forecasts = await forecastsOf(tx, tenant, round.id);
  const kinds = graded.flatMap(({ kind }) => kind ?? []);
  const company = await companyOf(tx, tenant, { kinds, but: round.client, since: now.subtract(lately) });
  const actions = await actionsOf(tx, tenant, round.client);
  const rounds = await roundsOf(tx, tenant, round.client, mostRounds);
  const rows: Row[] = [];
  for (const kti of graded) {
    const formers = formersOf(kti, ktis);
    const ids = [kti.id, ...formers.map(({ id }) => id)];
    const all = await newestGrades(tx, tenant, ids, mostGrades);
    const mine = all.filter((one) => one.kti === kti.id);
    const formerly = all.filter((one) => one.kti !== kti.id);
    // It may have been graded in later rounds; this one's summary stays what it was.
    const standing = kti.standing.round === round.id ? kti.standing : standingIn(mine, round.id);
    rows.push(
      rowOf(kti, {
        ...{ standing, forecast: forecasts.get(kti.id) },
        grades: grades.filter((one) => one.kti === kti.id),
        company: historyOf(standing).n > 0 ? undefined : company.get(kti.kind ?? ''),
        former: historyOf(standing).n > 0 ? undefined : formerOf(formers.at(-1)),
        work: workOn(ids, actions, { round, rounds, grades: mine }),
        history: roundsSince(mine, now.subtract(lately)),
        formerHistory: roundsSince(formerly, now.subtract(lately)).toSorted(byTime),
        anew: [...formers, kti].slice(1).map(({ madeAt }) => madeAt),
      }),
    );
  }
  return rows;
}

function byTime(one: Grade, other: Grade): number {
  return Temporal.Instant.compare(one.at, other.at);
}

/** What the same was in other words, as far as it was graded, the oldest first. */
function formersOf(kti: Kti, ktis: Kti[]): Kti[] {
  return ktis
    .filter(
      (one) =>
        one.source === kti.source &&
        one.about === kti.about &&
        one.standing.total.n > 0 &&
        Temporal.Instant.compare(one.madeAt, kti.madeAt) < 0,
    )
    .toSorted((one, other) => Temporal.Instant.compare(one.madeAt, other.madeAt));
}

function formerOf(kti: Kti | undefined): Former | undefined {
  const mean = kti && meanOf(kti.standing.last);
  return kti && mean !== undefined ? { kti, mean } : undefined;
}

function othersThan(items: Kti[], current: Kti[]): Standstill[] {
  return current.flatMap((kti) => {
    const isAsked = items.some(({ source, about }) => source === kti.source && about === kti.about);
    const { last, lastAt } = kti.standing;
    const mean = meanOf(last);
    return isAsked || mean === undefined || !lastAt ? [] : [{ kti, mean, n: last.n, at: lastAt }];
  });
}

/**
 * What a client has graded and may be asked again, in its present words: confirmed expectations that are not over, the most
 * important first, then standard questions of the last year.
 */
export async function currentKtis({ tx, tenant, now }: At, client: string, known?: Kti[]): Promise<Kti[]> {
  const ktis = known ?? (await ktisOf(tx, tenant, client));
  const open = await expectationsOf(tx, tenant, client, { open: true });
  const byWording = new Map(ktis.map((one) => [one.wording, one]));
  const expectations = open.flatMap(({ wording }) => byWording.get(wording.id) ?? []);
  const questions = ktis.filter(
    (one) =>
      one.source === 'question' &&
      Temporal.Instant.compare(one.askedAt, now.subtract(lately)) >= 0 &&
      ktis.every((other) => other.about !== one.about || !isNewer(other, one)),
  );
  return [...expectations, ...questions].filter(({ standing }) => standing.total.n > 0);
}

function isNewer(one: Kti, other: Kti): boolean {
  return one.source === other.source && Temporal.Instant.compare(one.askedAt, other.askedAt) > 0;
}
