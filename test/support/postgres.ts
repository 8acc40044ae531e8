import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** A fresh, empty database on the PostgreSQL server of this test run, which starts when the first test asks for it. */
export async function newPostgresDatabase(): Promise<{ url: string; remove(): Promise<void> }> {
  const server = await serverUrl();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await execute(server, `create database ${name}`);
  return {
    url: `${server}/${name}`,
    remove: () => execute(server, `drop database ${name} with (force)`),
  };
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

async function execute(server: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
