import { readFileSync, statSync } from 'node:fs';
import { sql } from 'kysely';
import { expect, it, vi } from 'vitest';
import { kernelMigrations } from '../../src/store/kernel-migrations.ts';
import { openStore } from '../../src/store/open.ts';
import { writeSetting } from '../../src/store/settings.ts';
import { newDatabase } from '../support/databases.ts';

it.each(['sqlite', 'postgres'] as const)('leaves nothing of earlier rows on the disk: %s', async (kind) => {
  const database = await newDatabase(kind);
  const store = await openStore(database.url, kernelMigrations);
  const whose = { tenant: 'T1', platform: 'test', scope: 'tenant', subject: '' } as const;
  for (const value of ['rhubarb-first', 'rhubarb-second', 'rhubarb-third'])
    await store.transact((tx) => writeSetting(tx, whose, 'word', value));
  const file = database.url.replace('sqlite:', '');

  /** The table as it lies on the disk, with what the database keeps beside it for itself. */
  async function onDisk(): Promise<string> {
    if (kind === 'sqlite')
      return [file, `${file}-wal`].map((name) => readFileSync(name).toString('latin1')).join('');
    await sql`checkpoint`.execute(store.db);
    const { rows } = await sql<{ bytes: Buffer }>`
      select pg_read_binary_file(pg_relation_filepath('setting')) as bytes`.execute(store.db);
    return rows.map(({ bytes }) => bytes.toString('latin1')).join('');
  }

  const wordsOnDisk = async () => new Set((await onDisk()).match(/rhubarb-[a-z]+/g));
  expect(await wordsOnDisk()).toContain('rhubarb-first');
  // PostgreSQL leaves rows that a transaction of before may still read, one of any database: of the tests beside, too.
  await vi.waitFor(
    async () => {
      await store.wipe(['setting']);
      expect(await wordsOnDisk()).toEqual(new Set(['rhubarb-third']));
    },
    { timeout: 20_000 },
  );
  if (kind === 'sqlite') expect(statSync(`${file}-wal`).size).toBe(0);
  await store.close();
  await database.remove();
});
