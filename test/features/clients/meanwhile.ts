import { setTimeout as pause } from 'node:timers/promises';
import type { Db, Store } from '../../../src/store/database.ts';

/** What `other` comes to, begun while `work` is done but not committed yet. */
export async function meanwhile<T>(
  store: Store,
  work: (tx: Db) => Promise<unknown>,
  other: () => Promise<T>,
): Promise<T> {
  let worked = () => {};
  const done = new Promise<void>((resolve) => {
    worked = resolve;
  });
  const committed = store.transact(async (tx) => {
    await work(tx);
    worked();
    await pause(200);
  });
  await Promise.race([done, committed]);
  const result = other();
  await committed;
  return result;
}
