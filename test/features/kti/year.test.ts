import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { openStore } from '../../../src/store/open.ts';
import { newDatabase } from '../../support/databases.ts';
import { allMigrations } from '../../support/migrations.ts';
import { wholeYear } from './year-deeds.ts';
import { openYear, readDiary } from './year-house.ts';

/**
 * A year of three clients and their team, as each of them reads it: `npx vitest run test/features/kti/year.test.ts -u`
 * writes it anew.
 */
it.each(['nl', 'en'] as const)('is read for a year, in %s', { timeout: 60_000 }, async (language) => {
  const place = await newDatabase('sqlite');
  const store = await openStore(place.url, allMigrations);
  await sql`pragma synchronous = off`.execute(store.db);
  const year = await openYear(store, language);
  await wholeYear(year);
  expect(year.failures).toEqual([]);
  await expect(readDiary(year.diary)).toMatchFileSnapshot(`year-${language}.txt`);
  await store.close();
  await place.remove();
});
