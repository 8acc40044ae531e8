import Database from 'better-sqlite3';
import pg from 'pg';
import { featuresOf } from '../../src/features/features.ts';
import type { Store } from '../../src/store/database.ts';
import { directory, type PersonRecord } from '../../src/store/directory.ts';
import { kernelMigrations } from '../../src/store/kernel-migrations.ts';
import { openStore } from '../../src/store/open.ts';
import { type Row, rowsOf } from '../support/rows.ts';
import { slackTenant, team, teamsBot, teamsTenant, voter } from './votes.ts';

/** Opens Belay's database at `url`, with all its tables. */
export function openWhole(url: string): Promise<Store> {
  const migrations = featuresOf({ sandbox: true }).map((feature) => feature.migrations ?? {});
  return openStore(url, Object.assign({}, kernelMigrations, ...migrations));
}

/** People that Belay has met, as those of a channel are when a poll is asked: enough for a vote each. */
export const voters = 60_000;

/** Makes a database at `url` that knows the voters, and in Teams the channels `places` too. */
export async function fillWithPeople(url: string, places: string[], serviceUrl: string): Promise<void> {
  const store = await openWhole(url);
  const checkedAt = Temporal.Now.instant().toString();
  const numbers = Array.from({ length: voters }, (_, n) => n);
  const person = (n: number) => ({ name: `Person ${n}`, outsider: false, admin: false, checkedAt });
  const reference = (user: string) => JSON.stringify({ serviceUrl, bot: teamsBot, user });
  const inSlack = numbers.map((n): PersonRecord => ({ ...person(n), id: voter(n).slack }));
  const inTeams = numbers.map((n): PersonRecord => {
    const { object, teams } = voter(n);
    const envelope = { language: 'nl', timeZone: 'Europe/Amsterdam' } as const;
    return { ...person(n), ...envelope, id: object, reference: reference(teams) };
  });
  await directory(store, 'slack').savePeople(slackTenant, inSlack);
  const teams = directory(store, 'teams');
  await teams.savePeople(teamsTenant, inTeams);
  for (const id of places)
    await teams.savePlace(teamsTenant, {
      id,
      kind: 'channel',
      name: 'bench',
      shared: false,
      reachable: true,
      members: voters,
      outsiders: 0,
      reference: JSON.stringify({ serviceUrl, bot: teamsBot, team, channel: true }),
      checkedAt,
    });
  await store.close();
}

/**
 * Votes of `count` people nobody knows in a poll in which there is one vote: like that one, but for the grade. With
 * `why` each has that reason.
 */
export async function addVotes(url: string, poll: string, count: number, why?: string): Promise<void> {
  const [one] = await rowsOf(url, `select * from vote where poll_id = '${poll}'`);
  if (!one) throw new Error('There is no vote to make others from.');
  const columns = Object.keys(one);
  const values: Record<string, string> = {
    person_id: `'extra-' || n.i`,
    grade: 'n.i % 11',
    why: why === undefined ? 'null' : `'${why}'`,
  };
  await execute(
    url,
    `insert into vote (${columns.join(', ')})
     with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})
     select ${columns.map((column) => values[column] ?? `vote.${column}`).join(', ')}
     from vote, n where vote.poll_id = '${poll}' and vote.person_id = '${one.person_id}'`,
  );
  // PostgreSQL does so by itself within a minute.
  if (!url.startsWith('sqlite:')) await execute(url, 'analyze vote');
}

/** Runs a statement past the program. */
export async function execute(url: string, statement: string): Promise<void> {
  if (url.startsWith('sqlite:')) {
    const raw = new Database(url.slice('sqlite:'.length), { timeout: 5000 });
    raw.exec(statement);
    raw.close();
    return;
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** How many rows a table holds. */
export async function countOf(url: string, table: 'vote' | 'outbox'): Promise<number> {
  const [row] = await rowsOf(url, `select count(*) as n from ${table}`);
  return Number(row?.n);
}

/** The open polls, with the channel of each. */
export async function openPolls(url: string): Promise<Row[]> {
  return rowsOf(url, `select id, place_id from poll where state = 'open'`);
}
