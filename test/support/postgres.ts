import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { execute, template } from './postgres-client.ts';

type Database = { url: string; remove(): Promise<void> };

/** A fresh, empty database on the PostgreSQL server of this test run, which starts when the first test asks for it. */
export async function newPostgresDatabase(): Promise<Database> {
  const server = await serverUrl();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await execute(server, `create database ${name}`);
  return {
    url: `${server}/${name}`,
    remove: async () => {
      await execute(server, `drop database ${name} with (force)`);
    },
  };
}

/** The numbers of this worker's databases that a test has just now. */
const taken = new Set<number>();

/**
 * One that has all of Belay's tables and no rows. Each worker has a few, which its tests use one after the other: on
 * PostgreSQL a database of one's own for each test takes longer than the tests do.
 */
export async function emptiedPostgresDatabase(): Promise<Database> {
  let number = 0;
  while (taken.has(number)) number += 1;
  taken.add(number);
  const server = await serverUrl();
  const name = `worker_${process.env.VITEST_POOL_ID}_${number}`;
  const there = await execute(server, `select from pg_database where datname = '${name}'`);
  if (there === 0) await execute(server, `create database ${name} template ${template}`);
  else await execute(server, emptying, name);
  return {
    url: `${server}/${name}`,
    remove: async () => {
      taken.delete(number);
    },
  };
}

const emptying = `do $$
  declare name text; used boolean;
  begin
    for name in select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely%' loop
      execute format('select exists (select from %I)', name) into used;
      if used then execute format('truncate %I', name); end if;
    end loop;
  end $$`;

let started: Promise<string> | undefined;

async function serverUrl(): Promise<string> {
  started ??= fetch(inject('postgresStarter')).then(async (response) => {
    const text = await response.text();
    if (!response.ok) throw new Error(`PostgreSQL did not start for the tests: ${text}`);
    return text;
  });
  return await started;
}
