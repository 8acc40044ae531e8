import type { DailyStart } from '../../chat/contributions.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Voice } from '../../chat/voice.ts';
import { personalSights } from '../expectations/outline-store.ts';
import { lowestOf } from './grade-rules.ts';
import { gradesOfRound, gradesSince } from './grade-store.ts';
import { type Grade, insufficient, type Kti } from './kti.ts';
import { findKtis } from './store.ts';
import { titleOf } from './summary-rules.ts';
import { type Closed, closedSince } from './team-store.ts';
import { firstWords } from './words-cards.ts';

/** What grades tell in the morning. */

/** What became of one round: how many grades came, the lowest with what it is for, and whether it is over. */
type Course = {
  client: string;
  count: number;
  lowest: (Grade & { title: Kti }) | undefined;
  over: Closed | undefined;
};

/** What was graded, a line a round: failures first, then rounds that are over, then the others. */
export const dailyStart: DailyStart = {
  async show({ tx, tenant, clients, since, voice }) {
    const names = new Map(clients.map(({ id, name }) => [id, name]));
    const ids = [...names.keys()];
    const closed = await closedSince(tx, tenant, ids, since);
    const over = new Set(closed.map(({ round }) => round));
    const grades = (await gradesSince(tx, tenant, ids, since)).filter(({ round }) => !over.has(round));
    // Of a round that is over all counts, whatever was told of it before.
    for (const { round, client } of closed)
      grades.push(...(await gradesOfRound(tx, tenant, round)).map((one) => ({ ...one, client })));
    const known = await findKtis(tx, tenant, [...new Set(grades.map(({ kti }) => kti))]);
    // What some of us may not see yet is not for a channel.
    const personal = await personalSights(tx, tenant);
    const ktis = new Map(known.filter(({ about }) => !personal.has(about)).map((one) => [one.id, one]));
    const courses = coursesOf(grades, closed, ktis).toSorted((one, other) => rankOf(one) - rankOf(other));
    return { news: courses.map((one) => lineOf(one, names.get(one.client) ?? '', voice)) };
  },
};

function coursesOf(
  grades: (Grade & { client: string })[],
  closed: Closed[],
  ktis: Map<string, Kti>,
): Course[] {
  const seen = grades.flatMap((one) => {
    const title = ktis.get(one.kti);
    return title ? [{ ...one, title }] : [];
  });
  const over = new Map(closed.map((one) => [one.round, one]));
  const given = [...Map.groupBy(seen, ({ round }) => round)].map(([round, some]): Course => {
    const lowest = lowestOf(some);
    return { client: lowest?.client ?? '', count: some.length, lowest, over: over.get(round) };
  });
  const told = new Set(seen.map(({ round }) => round));
  const silent = closed.filter(({ round }) => !told.has(round));
  return [...given, ...silent.map((one) => ({ client: one.client, count: 0, lowest: undefined, over: one }))];
}

/** The lowest failure first. */
function rankOf({ lowest, over }: Course): number {
  if (lowest && lowest.grade < insufficient) return lowest.grade;
  return over ? insufficient : insufficient + 1;
}

function lineOf({ count, lowest, over }: Course, client: string, { say, language }: Voice): string {
  const about = lowest && {
    ...{ name: lowest.name, grade: lowest.grade },
    text: shortened(titleOf(lowest.title, language), 60),
  };
  const closed = over && say('kti.morning-closed', { client, count: over.answered, asked: over.asked });
  const given =
    about &&
    (closed
      ? `${closed}; ${say('kti.morning-lowest', about)}`
      : count === 1
        ? say('kti.morning-grade', { ...about, client })
        : `${say('kti.morning-grades', { client, count })}, ${say('kti.morning-lowest', about)}`);
  const line = given ?? closed ?? '';
  return lowest?.why === undefined ? line : `${line}: “${firstWords(lowest.why)}”`;
}
