import type Database from 'better-sqlite3';
import { SqliteAdapter } from 'kysely';

/** What Kysely knows of SQLite, and the way past it to the file. */
export class SqliteFileAdapter extends SqliteAdapter {
  readonly #raw: Database.Database;

  constructor(raw: Database.Database) {
    super();
    this.#raw = raw;
  }

  /** Kysely takes SQLite for a database that cannot undo a changed table. It can, so a migration is one transaction. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }

  get inTransaction(): boolean {
    return this.#raw.inTransaction;
  }

  /** A statement that gives rows when it is run; none where it has none to give. */
  prepare<R>(sql: string): (parameters: unknown[]) => R[] {
    const statement = this.#raw.prepare<unknown[], R>(sql);
    if (statement.reader) return (parameters) => statement.all(...parameters);
    return (parameters) => {
      statement.run(...parameters);
      return [];
    };
  }
}
