import { setTimeout } from 'node:timers/promises';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Migrations, Store, Tables } from './database.ts';
import { migrate } from './migrate.ts';
import { codeOf, StoreError } from './store-error.ts';
import { asWork, outsideWork, refuseInWork } from './work.ts';

const int8 = 20;
const numeric = 1700;
const mostTries = 3;
const goesOnInMs = 50;

/**
 * Opens the database at `url` (postgres://…) and migrates it. Throws a StoreError when it is out of reach or newer
 * than the program.
 */
export async function openPostgres(url: string, migrations: Migrations): Promise<Store> {
  const where = nameOf(url);
  await migrateAlone(url, migrations, where);
  const db = connect(url, { max: 10, statement_timeout: 10_000 });
  let closed = false;
  const underWay = new Set<Promise<unknown>>();
  return {
    kind: 'postgres',
    db: db.withPlugin(outsideWork),
    async transact(work) {
      refuseInWork('store.transact was called');
      if (closed) throw new Error('The database is closed.');
      const done = pastDeadlocks(() => db.transaction().execute((tx) => asWork(() => work(tx))));
      const settled: Promise<unknown> = Promise.allSettled([done]).then(() => underWay.delete(settled));
      underWay.add(settled);
      return await reachable(done, where);
    },
    wipe: async (tables) => {
      // Full: a plain vacuum leaves what it frees on the page until something else needs the room.
      for (const table of tables) await reachable(sql`vacuum full ${sql.table(table)}`.execute(db), where);
    },
    ping: async () => {
      await reachable(sql`select 1`.execute(db), where);
    },
    close: async () => {
      refuseInWork('store.close was called');
      closed = true;
      // The pool would leave those without answer that still wait for a connection.
      await Promise.all(underWay);
      await db.destroy();
    },
  };
}

/**
 * Of two that wait for each other PostgreSQL ends one, and nothing of it is kept. It runs again a moment later: at once
 * it could take the very row the other is about to take, and they would wait for each other anew.
 */
async function pastDeadlocks<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1)
    try {
      return await run();
    } catch (error) {
      if (codeOf(error) !== '40P01' || tries === mostTries) throw error;
      await setTimeout(tries * goesOnInMs);
    }
}

/** A migration may take longer than a query may, and needs one connection. */
async function migrateAlone(url: string, migrations: Migrations, where: string): Promise<void> {
  const db = connect(url, { max: 1 });
  try {
    await reachable(migrate(db, migrations, where), where);
  } finally {
    await db.destroy();
  }
}

function connect(url: string, limits: { max: number; statement_timeout?: number }): Kysely<Tables> {
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    application_name: 'belay',
    // What SQLite gives as a number is one here too: counts, sums and averages.
    types: {
      getTypeParser: (id, format) =>
        id === int8 || id === numeric ? Number : pg.types.getTypeParser(id, format),
    },
    ...limits,
  });
  // A connection that breaks is gone from the pool by itself, and its query tells; unheard, these events would end
  // the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

/** Without the password: it stands in messages. */
function nameOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `PostgreSQL at ${host}${pathname}`;
}

/** No route, no answer, no such database, no entry, or the server is starting, stopping or full. */
const unreachable =
  /^(E(CONN\w+|HOSTUNREACH|NETUNREACH|NOTFOUND|TIMEDOUT|PIPE|AI_AGAIN)|08...|28...|3D000|53300|57P0[123])$/;

async function reachable<T>(done: Promise<T>, where: string): Promise<T> {
  try {
    return await done;
  } catch (error) {
    const lost = error instanceof Error && /^(Connection terminated|timeout exceeded)/.test(error.message);
    if (!lost && !unreachable.test(codeOf(error))) throw error;
    throw new StoreError(
      'unreachable',
      `${where} cannot be used (${codeOf(error) || 'no answer'}). See that it runs, and that DATABASE_URL names it and its user.`,
      { cause: error },
    );
  }
}
