import { type Kysely, PostgresAdapter } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * All tables. Each module that owns tables adds its own by declaration merging
 * (`declare module '.../store/database.ts' { interface Tables { … } }`).
 * Instants are UTC text of fixed length (see `toStored`), booleans 0 or 1.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface Tables {}

/** The database, or a transaction on it: what a store function takes first. */
export type Db = Kysely<Tables>;

export type Migrations = Record<string, Migration>;

export type Store = {
  kind: 'sqlite' | 'postgres';
  /** For reading outside a transaction. */
  db: Db;
  /**
   * Runs `work` in a transaction; it is durable when the promise resolves, undone when it rejects. On SQLite
   * works that wait together share one commit, so `work` awaits nothing but the database. PostgreSQL may run it again,
   * when it was ended because another waited for it and it for that one.
   */
  transact<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /**
   * Wipes from the disk what the rows of these tables held before, as far as the database itself keeps it: PostgreSQL's
   * old rows, SQLite's write-ahead log. PostgreSQL leaves what a running transaction may still read: the next time takes it.
   */
  wipe(tables: (keyof Tables)[]): Promise<void>;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Whether reading a row does not keep others from changing it before this transaction ends, so that what is decided
 * by it must be read `for share`. On SQLite there is one writer at a time.
 */
export function readsDoNotHold(db: Db): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** An instant as the database keeps it: sortable text with milliseconds. */
export function toStored(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'millisecond' });
}
