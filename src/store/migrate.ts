import { type Kysely, sql } from 'kysely';
import { type MigrationResultSet, Migrator } from 'kysely/migration';
import type { Migrations } from './database.ts';
import { StoreError } from './store-error.ts';

/**
 * Brings the database up to the program's version, each step in its own transaction: killed in between, it is at the
 * version before or after. A new database gets all steps in one: nothing lies between none and the newest, and it is
 * ready in a tenth of the time. `what` names the database in messages. Throws a StoreError ('newer') when a later
 * program has already changed it, and the step's own error when one fails.
 */
export async function migrate<T>(db: Kysely<T>, migrations: Migrations, what: string): Promise<void> {
  const done = await readDone(db);
  if (done) refuseNewer(done, migrations, what);
  const missing = Object.keys(migrations).filter((name) => !done?.includes(name));
  if (missing.length === 0) return;
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    // Capabilities bring migrations of their own: a new one may stand before an old one in the alphabet.
    allowUnorderedMigrations: true,
  });
  if (!done) return refuseFailed(await migrator.migrateToLatest());
  // Another instance may do some of them meanwhile; a step that finds none left does nothing.
  for (const _ of missing) refuseFailed(await migrator.migrateUp());
}

function refuseFailed({ error }: MigrationResultSet): void {
  if (error !== undefined) throw error;
}

/** The names of the steps that were done; undefined in a new database. */
async function readDone<T>(db: Kysely<T>): Promise<string[] | undefined> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return undefined;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}

function refuseNewer(done: string[], migrations: Migrations, what: string): void {
  const unknown = done.filter((name) => !(name in migrations));
  if (unknown.length === 0) return;
  throw new StoreError(
    'newer',
    `${what} was used by a newer Belay (it has ${unknown.join(', ')}). Start that version, or restore a backup from before it.`,
  );
}
