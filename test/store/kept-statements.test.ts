import type { SqliteStatement } from 'kysely';
import { expect, it } from 'vitest';
import { keepStatements } from '../../src/store/kept-statements.ts';

function counting() {
  const prepared: string[] = [];
  const statement: SqliteStatement = {
    reader: true,
    all: () => [],
    run: () => ({ changes: 0, lastInsertRowid: 0 }),
    iterate: () => [].values(),
  };
  const kept = keepStatements({
    close: () => undefined,
    prepare: (sql) => {
      prepared.push(sql);
      return { ...statement };
    },
  });
  return { kept, prepared };
}

it('prepares the same query once', () => {
  const { kept, prepared } = counting();
  expect(kept.prepare('select 1')).toBe(kept.prepare('select 1'));
  expect(kept.prepare('select 2')).not.toBe(kept.prepare('select 1'));
  expect(prepared).toEqual(['select 1', 'select 2']);
});

it('lets the longest unused go when there are more than 500', () => {
  const { kept, prepared } = counting();
  for (let index = 0; index < 500; index++) kept.prepare(`select ${index}`);
  kept.prepare('select 0');
  kept.prepare('select 500');
  prepared.length = 0;
  kept.prepare('select 0');
  kept.prepare('select 1');
  expect(prepared).toEqual(['select 1']);
});

it('forgets all when told to', () => {
  const { kept, prepared } = counting();
  kept.prepare('select 1');
  kept.forget();
  kept.prepare('select 1');
  expect(prepared).toEqual(['select 1', 'select 1']);
});
