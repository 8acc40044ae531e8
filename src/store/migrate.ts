import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Migrations } from './database.ts';
import { StoreError } from './store-error.ts';

/**
 * Brings the database up to the program's version, each step in its own transaction: killed in between, it is at the
 * version before or after. `what` names the database in messages. Throws a StoreError ('newer') when a later program
 * has already changed it, and the step's own error when one fails.
 */
export async function migrate<T>(db: Kysely<T>, migrations: Migrations, what: string): Promise<void> {
  await refuseNewer(db, migrations, what);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    // Capabilities bring migrations of their own: a new one may stand before an old one in the alphabet.
    allowUnorderedMigrations: true,
  });
  for (let step = 0; step < Object.keys(migrations).length; step++) {
    const { error, results } = await migrator.migrateUp();
    if (error !== undefined) throw error;
    if (results?.length === 0) return;
  }
}

async function refuseNewer<T>(db: Kysely<T>, migrations: Migrations, what: string): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  const unknown = rows.filter(({ name }) => !(name in migrations)).map(({ name }) => name);
  if (unknown.length === 0) return;
  throw new StoreError(
    'newer',
    `${what} was used by a newer Belay (it has ${unknown.join(', ')}). Start that version, or restore a backup from before it.`,
  );
}
