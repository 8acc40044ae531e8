import { readFile } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { type Row, rowsOf } from './rows.ts';

/** Everything of a database in one order of its rows: `text` is all of them, one after the other. */
type Order = { name: string; text: string };

/** All tables, each in every order it has: as its rows lie, by each of its columns, and on SQLite as the file reads. */
export async function ordersIn(databaseUrl: string): Promise<Order[]> {
  const orders: Order[] = [];
  for (const { table, rows } of await tablesIn(databaseUrl)) {
    orders.push({ name: table, text: textOf(rows) });
    for (const column of Object.keys(rows[0] ?? {}))
      if (new Set(rows.map((row) => row[column])).size > 1)
        orders.push({ name: `${table} by ${column}`, text: textOf(by(rows, column)) });
  }
  if (databaseUrl.startsWith('sqlite:')) orders.push({ name: 'file', text: await fileOf(databaseUrl) });
  return orders;
}

async function tablesIn(databaseUrl: string): Promise<{ table: string; rows: Row[] }[]> {
  const sqlite = databaseUrl.startsWith('sqlite:');
  const names = await rowsOf(
    databaseUrl,
    sqlite
      ? "select name from sqlite_master where type = 'table' and name not like 'sqlite%'"
      : "select tablename as name from pg_tables where schemaname = 'public'",
  );
  const hidden = 'tableoid::text, xmin::text::bigint as xmin, xmax::text as xmax';
  return Promise.all(
    names.map(async ({ name }) => ({
      table: String(name),
      rows: await rowsOf(
        databaseUrl,
        sqlite
          ? `select rowid as rowid, * from "${name}" order by rowid`
          : `select ${hidden}, * from "${name}" order by ctid`,
      ),
    })),
  );
}

function by(rows: Row[], column: string): Row[] {
  const key = (row: Row) => {
    const value = row[column];
    return typeof value === 'number' ? String(value).padStart(20, '0') : String(value);
  };
  return rows.toSorted((one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0));
}

function textOf(rows: Row[]): string {
  return rows.map((row) => JSON.stringify(row)).join('\n');
}

/** The bytes of the file, after all that the write-ahead log holds has come into it. */
export async function fileOf(databaseUrl: string): Promise<string> {
  const file = databaseUrl.slice('sqlite:'.length);
  const raw = new Database(file, { timeout: 1000 });
  try {
    raw.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    raw.close();
  }
  return readFile(file, 'latin1');
}

/** The order in which these stand in a text, each under one of several signs; undefined when one is not there. */
function orderOf(text: string, sought: string[][]): number[] | undefined {
  const places: number[] = [];
  for (const signs of sought) {
    const found = signs.map((sign) => text.indexOf(sign)).filter((at) => at >= 0);
    if (found.length === 0) return undefined;
    places.push(Math.min(...found));
  }
  return [...places.keys()].sort((one, other) => (places[one] ?? 0) - (places[other] ?? 0));
}

/** How many are right when the first of one order is taken for the first of the other, the second for the second … */
function rightLinks(people: number[], ballots: number[]): number {
  return people.filter((person, at) => person === ballots[at]).length;
}

/**
 * Adds up, by the name of each pair of orders, how many links are right. Person n gave ballot n; `people` are the signs
 * that each is known by, `more` are orders of people that are known from elsewhere.
 */
export function linkByRank(
  when: string,
  orders: Order[],
  { people, ballots }: { people: string[][]; ballots: string[] },
  more: { name: string; order: number[] }[],
  into: Map<string, number>,
): void {
  const seen = (sought: string[][]) =>
    orders.flatMap(({ name, text }) => {
      const order = orderOf(text, sought);
      return order ? [{ name, order }] : [];
    });
  const ofPeople = [...more, ...seen(people)];
  for (const ballot of seen(ballots.map((why) => [why])))
    for (const { name, order } of ofPeople) {
      const pair = `${when}: ${name} with ${ballot.name}`;
      add(into, pair, rightLinks(order, ballot.order));
      add(into, `${pair}, turned round`, rightLinks(order.toReversed(), ballot.order));
    }
}

function add(into: Map<string, number>, name: string, more: number): void {
  into.set(name, (into.get(name) ?? 0) + more);
}

/**
 * In which order the ballots came that are in `after` and not in `before`, if each new one was laid at some place and
 * what lay there at the end: the first order that fits; undefined when none does.
 */
export function undone(before: string[], after: string[]): string[] | undefined {
  const last = after.length - 1;
  if (last < before.length) return before.every((one, at) => one === after[at]) ? [] : undefined;
  const old = new Set(before);
  for (const [at, one] of after.entries()) {
    if (old.has(one)) continue;
    const earlier = after.slice(0, last);
    const moved = after[last];
    if (at < last && moved !== undefined) earlier[at] = moved;
    const order = undone(before, earlier);
    if (order) return [...order, one];
  }
  return undefined;
}

/**
 * So many right links chance gives at most, but for `p`. The number of fixed points of a permutation by chance has no
 * more of any factorial moment than a Poisson variable of mean 1, so Chernoff's bound for that one holds for it, and
 * for a sum of `blocks` of them.
 */
export function mostByChance(blocks: number, p: number): number {
  let most = blocks;
  while (-blocks + most - most * Math.log(most / blocks) > Math.log(p)) most += 1;
  return most;
}
