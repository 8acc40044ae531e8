import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { inject } from 'vitest';
import type { Store } from '../../src/store/database.ts';
import { openStore } from '../../src/store/open.ts';
import { allMigrations } from './migrations.ts';
import { execute, template } from './postgres-client.ts';

type Database = { url: string; remove(): Promise<void> };

/** A fresh, empty database on the PostgreSQL server of this test run, which starts when the first test asks for it. */
export async function newPostgresDatabase(how = ''): Promise<Database> {
  const server = await serverUrl();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await execute(server, `create database ${name} ${how}`);
  return {
    url: `${server}/${name}`,
    remove: async () => {
      await execute(server, `drop database ${name} with (force)`);
    },
  };
}

/** A fresh database of its own that has all of Belay's tables and no rows. */
export async function filledPostgresDatabase(): Promise<Database> {
  return await newPostgresDatabase(`template ${template}`);
}

type Kept = { store: Promise<Store>; isLent: boolean };

/** This worker's stores with all of Belay's tables. */
const kept: Kept[] = [];

/**
 * A store with all of Belay's tables and no rows. Each worker has a few, with their connections, which its tests use one
 * after the other: to make a database and connect to it anew takes longer than most tests do. Closed, it takes nothing
 * more and is there for the next test.
 */
export async function emptiedPostgresStore(): Promise<Store> {
  const free = kept.find(({ isLent }) => !isLent);
  if (free) {
    free.isLent = true;
    await empty(await free.store);
    return lent(await free.store, free);
  }
  const made: Kept = { store: openFilled(), isLent: true };
  kept.push(made);
  return lent(await made.store, made);
}

/** It goes with the server. */
async function openFilled(): Promise<Store> {
  const { url } = await filledPostgresDatabase();
  return await openStore(url, allMigrations);
}

function lent(store: Store, kept: Kept): Store {
  const underWay = new Set<Promise<unknown>>();
  let isClosed = false;
  return {
    ...store,
    async transact(work) {
      if (isClosed) throw new Error('The database is closed.');
      const done = store.transact(work);
      const settled: Promise<unknown> = Promise.allSettled([done]).then(() => underWay.delete(settled));
      underWay.add(settled);
      return await done;
    },
    close: async () => {
      isClosed = true;
      await Promise.all(underWay);
      kept.isLent = false;
    },
  };
}

/** A table that had rows since it was last emptied takes room on the disk. */
async function empty({ db }: Store): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace
      and relname not like 'kysely%' and pg_relation_size(oid) > 0`.execute(db);
  const used = rows.map(({ name }) => sql.table(name));
  if (used.length > 0) await sql`truncate ${sql.join(used)}`.execute(db);
}

let started: Promise<string> | undefined;

async function serverUrl(): Promise<string> {
  started ??= fetch(inject('postgresStarter')).then(async (response) => {
    const text = await response.text();
    if (!response.ok) throw new Error(`PostgreSQL did not start for the tests: ${text}`);
    return text;
  });
  return await started;
}
