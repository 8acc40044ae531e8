import { expect, it } from 'vitest';
import { openStore } from '../../../src/store/open.ts';
import { newDatabase } from '../../support/databases.ts';
import { allMigrations } from '../../support/migrations.ts';

it.each(['sqlite', 'postgres'] as const)(
  'keeps the round that asks for a grade in a database of before that was asked: %s',
  async (kind) => {
    const database = await newDatabase(kind);
    const { '2026-11-29-improvements-grading': _, ...earlier } = allMigrations;
    const before = await openStore(database.url, earlier);
    const rounds = (store: typeof before) =>
      store.db.selectFrom('improvement').select('grading_round_id').execute();
    await expect(rounds(before)).rejects.toThrow();
    await before.close();
    const after = await openStore(database.url, allMigrations);
    expect(await rounds(after)).toEqual([]);
    await after.close();
    await database.remove();
  },
);
