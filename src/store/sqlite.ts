import {
  type Dialect,
  Kysely,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Migrations, Store, Tables } from './database.ts';
import { groupCommits } from './group-commits.ts';
import { keepStatements } from './kept-statements.ts';
import { migrate } from './migrate.ts';
import { SqliteFileAdapter } from './sqlite-adapter.ts';
import { openFile, storeErrorOf } from './sqlite-file.ts';
import { outsideWork, refuseInWork } from './work.ts';

/**
 * Opens the database in `file`, making it when it is absent, and migrates it. Throws a StoreError when the file is
 * damaged, newer than the program, locked or out of reach; it is left as it was.
 */
export async function openSqlite(file: string, migrations: Migrations): Promise<Store> {
  const raw = openFile(file);
  const kept = keepStatements(raw);
  const db = new Kysely<Tables>({ dialect: dialect(kept, new SqliteFileAdapter(raw)) });
  try {
    await migrate(db, migrations, file);
  } catch (error) {
    raw.close();
    throw storeErrorOf(error, file) ?? error;
  }
  kept.forget();
  // A writer that is in the way is waited for between attempts instead, where others can go on (groupCommits).
  raw.pragma('busy_timeout = 100');
  const group = groupCommits(raw, db, file);
  return {
    kind: 'sqlite',
    db: db.withPlugin(outsideWork),
    transact: group.transact,
    wipe: async () => {
      // Deleted content is overwritten in the file itself (secure_delete).
      raw.pragma('wal_checkpoint(TRUNCATE)');
    },
    ping: async () => {
      raw.prepare('select 1').get();
    },
    close: async () => {
      refuseInWork('store.close was called');
      await group.close();
      await db.destroy();
    },
  };
}

function dialect(database: SqliteDatabase, adapter: SqliteFileAdapter): Dialect {
  return {
    createAdapter: () => adapter,
    createDriver: () => new SqliteDriver({ database }),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}
