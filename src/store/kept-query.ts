import { type CompiledQuery, type Expression, sql } from 'kysely';
import type { Db } from './database.ts';
import { SqliteFileAdapter } from './sqlite-adapter.ts';
import { outsideWork, refuseInWork } from './work.ts';

type Value = string | number | null;

/** Stands in the query for a value that comes when it is run. */
export type Values<V> = <K extends keyof V & string>(name: K) => Expression<V[K]>;

class Slot {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** What is kept of a query for one database. */
type Kept<R> = { compiled: CompiledQuery<R>; run: ((parameters: unknown[]) => R[]) | undefined };

/**
 * A query that is built and compiled once for each database, and afterwards only run with other values: for what every
 * request does, where building it costs more than running it. Resolves to its rows.
 */
export function keptQuery<V extends Record<string, Value>, R>(
  build: (db: Db, value: Values<V>) => { compile(db: Db): CompiledQuery<R> },
): (db: Db, values: V) => Promise<R[]> {
  const kept = new WeakMap<object, Kept<R>>();

  function keep(db: Db): Kept<R> {
    const compiled = build(db, (name) => sql`${new Slot(name)}`).compile(db);
    const { adapter } = db.getExecutor();
    const run = adapter instanceof SqliteFileAdapter ? adapter.prepare<R>(compiled.sql) : undefined;
    return { compiled, run };
  }

  return async (db, values) => {
    const { adapter, plugins } = db.getExecutor();
    const isOutside = plugins.includes(outsideWork);
    if (isOutside) refuseInWork('store.db was used');
    let query = kept.get(adapter);
    if (!query) {
      query = keep(db);
      kept.set(adapter, query);
    }
    const { compiled, run } = query;
    const parameters = compiled.parameters.map((one) => (one instanceof Slot ? values[one.name] : one));
    // Outside a transaction that is open now Kysely makes it wait for the end of that.
    if (run && !(isOutside && adapter instanceof SqliteFileAdapter && adapter.inTransaction))
      return run(parameters);
    return (await db.executeQuery<R>({ ...compiled, parameters })).rows;
  };
}
