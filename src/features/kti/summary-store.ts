import type { Action } from '../actions/actions.ts';
import { actionsOf } from '../actions/store.ts';
import type { Client } from '../clients/clients.ts';
import { matterOf, type Viewer } from './current-rules.ts';
import { type At, currentIn, ktisSeen, lately } from './current-store.ts';
import { forecastsOf } from './forecast-store.ts';
import { historyOf, meanOf } from './grade-rules.ts';
import { gradesOfRound, newestGrades } from './grade-store.ts';
import { invitationsOf } from './invitation-store.ts';
import type { Grade, Kti, Round } from './kti.ts';
import { itemsOf, roundsOf } from './round-store.ts';
import { companyOf } from './store.ts';
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
import { actionsFor, workLeft, workOn } from './work-rules.ts';

/** What a client's grades say, read together. */

/** Of one KTI so many grades at most are drawn; an older round is counted again from as many. */
const mostGrades = 500;
/** In so many of the last rounds grades are looked for. */
const mostRounds = 12;

/**
 * What a round's grades say, as far as this reader may see them; without one the running round's once it has a grade, else
 * the last one's that has any. With no grade at all its rows are empty, and its round is the newest.
 */
export async function summaryOf(at: At, client: Client, viewer: Viewer, round?: Round): Promise<Summary> {
  const { tx, tenant } = at;
  const ktis = await ktisSeen(at, client, viewer);
  const seen = new Set(ktis.map(({ id }) => id));
  const { chosen, grades: all } = await roundAndGrades(at, client, round);
  const grades = all.filter(({ kti }) => seen.has(kti));
  const items = chosen ? (await itemsOf(tx, tenant, chosen.id)).filter(({ id }) => seen.has(id)) : [];
  const graded = items.filter(({ id }) => grades.some(({ kti }) => kti === id));
  const invited = chosen ? (await invitationsOf(tx, tenant, chosen.id)).map(({ grader }) => grader) : [];
  const answered = new Set(all.map(({ grader }) => grader));
  const actions = await actionsOf(tx, tenant, client.id);
  const rows = chosen ? await rowsOf(at, { round: chosen, ktis, graded, grades, actions }) : [];
  const earlier = await earlierThan(at, client.id, { ktis, graded, actions });
  const lastOf = (kti: Kti) => earlier.find((one) => matterOf(one) === matterOf(kti));
  const ungraded = items.filter((one) => !graded.includes(one));
  return {
    ...{ client: { id: client.id, name: client.name }, round: chosen, rows: actionFirst(rows) },
    ungraded: ungraded.map((kti) => ({ kti, last: lastOf(kti) })),
    others: earlier.filter((one) => ungraded.every((kti) => matterOf(kti) !== matterOf(one))),
    isKept: grades.length < all.length,
    ...{ asked: new Set([...invited, ...answered]).size, answered: answered.size },
  };
}

/** What holds now and was not graded in the round. */
async function earlierThan(
  at: At,
  client: string,
  { ktis, graded, actions }: Pick<InRound, 'ktis' | 'graded' | 'actions'>,
): Promise<Standstill[]> {
  const known = actionsFor(actions, ktis);
  return (await currentIn(at, client, ktis))
    .filter((one) => !graded.some((row) => matterOf(row) === matterOf(one)))
    .map((one) => ({ ...one, work: workLeft(known(one), one) }));
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

type InRound = { round: Round; ktis: Kti[]; graded: Kti[]; grades: Grade[]; actions: Action[] };

async function rowsOf(at: At, about: InRound): Promise<Row[]> {
  const { tx, tenant, now } = at;
  const { round, graded } = about;
  const forecasts = await forecastsOf(tx, tenant, round.id);
  const kinds = graded.flatMap(({ kind, standing }) =>
    historyOf(standing).n === 0 || standing.round !== round.id ? (kind ?? []) : [],
  );
  const company = await companyOf(tx, tenant, { kinds, but: round.client, since: now.subtract(lately) });
  const rounds = await roundsOf(tx, tenant, round.client, mostRounds);
  const rows: Row[] = [];
  for (const kti of graded) {
    const known = { forecast: forecasts.get(kti.id), company: company.get(kti.kind ?? '') };
    rows.push(await rowIn(at, kti, { ...about, ...known, rounds }));
  }
  return rows;
}

type AboutOne = InRound & { rounds: Round[] } & Pick<Parameters<typeof rowOf>[1], 'forecast' | 'company'>;

async function rowIn({ tx, tenant, now }: At, kti: Kti, about: AboutOne): Promise<Row> {
  const { round, rounds, forecast, grades, actions } = about;
  const formers = formersOf(kti, about.ktis);
  const ids = [kti.id, ...formers.map(({ id }) => id)];
  const all = await newestGrades(tx, tenant, ids, mostGrades);
  const mine = all.filter((one) => one.kti === kti.id);
  const formerly = all.filter((one) => one.kti !== kti.id);
  // It may have been graded in later rounds; this one's summary stays what it was.
  const standing = kti.standing.round === round.id ? kti.standing : standingIn(mine, round.id);
  const isFirst = historyOf(standing).n === 0;
  return rowOf(kti, {
    ...{ standing, forecast, company: isFirst ? about.company : undefined },
    grades: grades.filter((one) => one.kti === kti.id),
    former: isFirst ? formerOf(formers.at(-1)) : undefined,
    work: workOn(ids, actions, { round, rounds, grades: mine }),
    history: roundsSince(mine, now.subtract(lately)),
    formerHistory: roundsSince(formerly, now.subtract(lately)).toSorted(byTime),
    anew: [...formers, kti].slice(1).map(({ madeAt }) => madeAt),
  });
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
