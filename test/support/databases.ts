import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe } from 'vitest';
import type { Migrations, Store } from '../../src/store/database.ts';
import { openStore } from '../../src/store/open.ts';
import { allMigrations } from './migrations.ts';
import { emptiedPostgresDatabase, newPostgresDatabase } from './postgres.ts';

/** A database of its own: `remove` takes it away. */
type Place = { url: string; remove(): Promise<void> };
/**
 * Opens a database with all of Belay's tables and no rows; it is closed after the test. With `more`, even none, it is a
 * fresh one that no other test uses, so that it may be spoiled.
 */
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

    const newUrl = () => urlOf(places[name]());

    async function urlOf(made: Promise<Place>): Promise<string> {
      const place = await made;
      used.push(place);
      return place.url;
    }

    async function open(more?: Migrations): Promise<Store> {
      const url = await (name === 'postgres' && !more ? urlOf(emptiedPostgresDatabase()) : newUrl());
      const store = await openStore(url, { ...allMigrations, ...more });
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
