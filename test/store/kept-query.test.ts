import { expect, it } from 'vitest';
import { claim } from '../../src/store/inbox.ts';
import { keptQuery, type Values } from '../../src/store/kept-query.ts';
import { eachDatabase } from '../support/databases.ts';

const now = Temporal.Instant.from('2026-11-23T09:00:00Z');

eachDatabase((_, open) => {
  it('is built once for each database, and run with the values of each call', async () => {
    const [one, other] = [await open(), await open()];
    let built = 0;
    const find = keptQuery((db, value: Values<{ tenant: string; key: string }>) => {
      built += 1;
      return db
        .selectFrom('inbox')
        .select('key')
        .where('tenant_id', '=', value('tenant'))
        .where('key', '=', value('key'));
    });
    await one.transact((tx) => claim(tx, 'T1', 'a', now));
    await other.transact((tx) => claim(tx, 'T2', 'b', now));
    expect(await find(one.db, { tenant: 'T1', key: 'a' })).toEqual([{ key: 'a' }]);
    expect(await find(one.db, { key: 'b', tenant: 'T2' })).toEqual([]);
    expect(await find(other.db, { tenant: 'T2', key: 'b' })).toEqual([{ key: 'b' }]);
    expect(await one.transact((tx) => find(tx, { tenant: 'T1', key: 'a' }))).toEqual([{ key: 'a' }]);
    expect(built).toBe(2);
  });

  it('reads in a transaction what that wrote, and outside it nothing that may be undone', async () => {
    const store = await open();
    const all = keptQuery((db, _: Values<Record<string, never>>) => db.selectFrom('inbox').select('key'));
    const written = Promise.withResolvers<void>();
    const work = store.transact(async (tx) => {
      await claim(tx, 'T1', 'a', now);
      expect(await all(tx, {})).toEqual([{ key: 'a' }]);
      written.resolve();
      for (let tick = 0; tick < 20; tick += 1) await all(tx, {});
      throw new Error('undone');
    });
    work.catch(() => undefined);
    await written.promise;
    expect(await all(store.db, {})).toEqual([]);
    await expect(work).rejects.toThrow('undone');
    expect(await all(store.db, {})).toEqual([]);
  });

  it('refuses store.db inside a transaction’s work', async () => {
    const store = await open();
    const all = keptQuery((db, _: Values<Record<string, never>>) => db.selectFrom('inbox').select('key'));
    await expect(store.transact(() => all(store.db, {}))).rejects.toThrow('store.db was used');
  });
});
