import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { kernelMigrations } from '../../src/store/kernel-migrations.ts';
import { openStore } from '../../src/store/open.ts';
import { newPostgresDatabase } from '../support/postgres.ts';

it('says which server does not answer, without its password', async () => {
  const opening = openStore('postgres://belay:planted-word@127.0.0.1:1/belay', kernelMigrations);
  await expect(opening).rejects.toMatchObject({
    name: 'StoreError',
    code: 'unreachable',
    message: expect.stringContaining('127.0.0.1:1/belay'),
  });
  await expect(opening).rejects.not.toThrow('planted-word');
});

it('says that a database is not there', async () => {
  const place = await newPostgresDatabase();
  await place.remove();
  await expect(openStore(place.url, kernelMigrations)).rejects.toMatchObject({ code: 'unreachable' });
});

it('lives on when the server has cut its connections, and reports what was cut', async () => {
  const place = await newPostgresDatabase();
  const store = await openStore(place.url, kernelMigrations);
  const cut = store.transact((tx) =>
    sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()`.execute(
      tx,
    ),
  );
  await expect(cut).rejects.toMatchObject({ code: 'unreachable' });
  await expect.poll(() => store.ping().then(() => 'up')).toBe('up');
  await store.close();
  await place.remove();
});

it('lets two instances start at once, one of them migrating', async () => {
  const place = await newPostgresDatabase();
  const stores = await Promise.all([1, 2, 3].map(() => openStore(place.url, kernelMigrations)));
  for (const store of stores) {
    await store.ping();
    await store.close();
  }
  await place.remove();
});

it('serves more transactions at once than it has connections, also while closing', async () => {
  const place = await newPostgresDatabase();
  const store = await openStore(place.url, kernelMigrations);
  const done = Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      store.transact(async (tx) => {
        await sql`select pg_sleep(0.01)`.execute(tx);
        return index;
      }),
    ),
  );
  await store.close();
  expect(await done).toHaveLength(40);
  await place.remove();
});

it('goes on when two transactions waited for each other', async () => {
  const place = await newPostgresDatabase();
  const store = await openStore(place.url, kernelMigrations);
  await sql`create table pair (id int primary key, n int)`.execute(store.db);
  await sql`insert into pair values (1, 0), (2, 0)`.execute(store.db);
  const add = (tx: typeof store.db, id: number) =>
    sql`update pair set n = n + 1 where id = ${id}`.execute(tx);
  const holding = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  let runs = 0;
  const cross = (mine: 0 | 1) =>
    store.transact(async (tx) => {
      runs += 1;
      await add(tx, mine + 1);
      holding[mine].resolve();
      await holding[mine === 0 ? 1 : 0].promise;
      await add(tx, mine === 0 ? 2 : 1);
    });
  await Promise.all([cross(0), cross(1)]);
  // Three as a rule; the server may wake the one that goes on late, and then they wait for each other once more.
  expect(runs).toBeGreaterThan(2);
  const { rows } = await sql`select n from pair order by id`.execute(store.db);
  expect(rows).toEqual([{ n: 2 }, { n: 2 }]);
  await store.close();
  await place.remove();
});
