import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, describe } from 'vitest';
import type { Migrations, Store } from '../../src/store/database.ts';
import { openStore } from '../../src/store/open.ts';
import { allMigrations } from './migrations.ts';
import { emptiedPostgresStore, filledPostgresDatabase, newPostgresDatabase } from './postgres.ts';

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

/** With all of Belay's tables and no rows: a copy, which costs a tenth of making them. */
const filledPlaces: Record<Store['kind'], () => Promise<Place>> = {
  sqlite: filledSqliteFile,
  postgres: filledPostgresDatabase,
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
      const store = await (name === 'postgres' && !more ? emptiedPostgresStore() : openFilled(more));
      opened.push(store);
      return store;
    }

    async function openFilled(more?: Migrations): Promise<Store> {
      const store = await openStore(await urlOf(filledPlaces[name]()), { ...allMigrations, ...more });
      // No test within a process needs what outlives the machine: to wait for the disk took most of its time.
      if (name === 'sqlite') await sql`pragma synchronous = off`.execute(store.db);
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

let filledFile: Promise<Buffer> | undefined;

async function filledSqliteFile(): Promise<Place> {
  filledFile ??= makeFilledFile();
  const place = await newSqliteFile();
  await writeFile(fileOf(place), await filledFile);
  return place;
}

async function makeFilledFile(): Promise<Buffer> {
  const place = await newSqliteFile();
  await (await openStore(place.url, allMigrations)).close();
  const bytes = await readFile(fileOf(place));
  await place.remove();
  return bytes;
}

function fileOf({ url }: Place): string {
  return url.slice('sqlite:'.length);
}
