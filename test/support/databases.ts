import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe } from 'vitest';
import { featuresOf } from '../../src/features/features.ts';
import type { Migrations, Store } from '../../src/store/database.ts';
import { kernelMigrations } from '../../src/store/kernel-migrations.ts';
import { openStore } from '../../src/store/open.ts';
import { newPostgresDatabase } from './postgres.ts';

/** Belay looks into the tables of all its capabilities: the hub asks whether there is a client, say. */
const ofFeatures: Migrations = Object.assign({}, ...featuresOf().map(({ migrations }) => migrations ?? {}));

/** A database of its own: `remove` takes it away. */
type Place = { url: string; remove(): Promise<void> };
/** Opens a fresh, empty database with the kernel's tables and `more`; it is closed and removed after the test. */
export type Open = (more?: Migrations) => Promise<Store>;

const places: Record<Store['kind'], () => Promise<Place>> = {
  sqlite: newSqliteFile,
  postgres: newPostgresDatabase,
};

/** A fresh, empty database, until it is removed. */
export function newDatabase(name: Store['kind']): Promise<Place> {
  return places[name]();
}

/**
 * Says of every database what `define` says. `newUrl` gives the address of a fresh, empty one, for a test that opens
 * it itself and then closes it.
 */
export function eachDatabase(
  define: (name: Store['kind'], open: Open, newUrl: () => Promise<string>) => void,
): void {
  describe.each(['sqlite', 'postgres'] as const)('%s', (name) => {
    const used: Place[] = [];
    const opened: Store[] = [];

    async function newUrl(): Promise<string> {
      const place = await places[name]();
      used.push(place);
      return place.url;
    }

    async function open(more: Migrations = {}): Promise<Store> {
      const store = await openStore(await newUrl(), { ...kernelMigrations, ...ofFeatures, ...more });
      opened.push(store);
      return store;
    }

    afterEach(async () => {
      await Promise.all(opened.splice(0).map((store) => store.close()));
      await Promise.all(used.splice(0).map((place) => place.remove()));
    });

    define(name, open, newUrl);
  });
}

async function newSqliteFile(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'belay-test-'));
  return {
    url: `sqlite:${join(folder, 'belay.db')}`,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
