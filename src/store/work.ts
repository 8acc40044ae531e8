import { AsyncLocalStorage } from 'node:async_hooks';
import type { KyselyPlugin } from 'kysely';

/** Set while a work runs; `running` turns false at its end, for what it left behind (a timer, say). */
const current = new AsyncLocalStorage<{ running: boolean }>();

/** Runs a transaction's work such that `refuseInWork` knows of it. */
export async function asWork<T>(work: () => Promise<T>): Promise<T> {
  const mark = { running: true };
  try {
    return await current.run(mark, work);
  } finally {
    mark.running = false;
  }
}

/** Throws inside a work: on SQLite it would wait for itself for ever, on PostgreSQL it would not be undone with it. */
export function refuseInWork(what: string): void {
  if (current.getStore()?.running)
    throw new Error(`${what} inside a transaction's work: use the transaction that the work was given.`);
}

/** Makes `store.db` refuse queries from inside a work. */
export const outsideWork: KyselyPlugin = {
  transformQuery: ({ node }) => {
    refuseInWork('store.db was used');
    return node;
  },
  transformResult: async ({ result }) => result,
};
