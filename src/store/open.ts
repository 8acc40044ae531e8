import type { Migrations, Store } from './database.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';

/**
 * Opens the database at `url` (`sqlite:PATH` or `postgres://…`) and brings it up to `migrations`. Throws a StoreError
 * when it cannot be used.
 */
export async function openStore(url: string, migrations: Migrations): Promise<Store> {
  if (url.startsWith('sqlite:')) return await openSqlite(url.slice('sqlite:'.length), migrations);
  return await openPostgres(url, migrations);
}
