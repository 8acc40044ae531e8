import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { findPoll, migrations } from '../../../src/features/polls/store.ts';
import { kernelMigrations } from '../../../src/store/kernel-migrations.ts';
import { openStore } from '../../../src/store/open.ts';
import { newDatabase } from '../../support/databases.ts';

/** What the first Belay had. */
const first = Object.fromEntries(Object.entries(migrations).filter(([name]) => name === '2026-11-21-polls'));

it.each(['sqlite', 'postgres'] as const)('takes over the polls of the first Belay: %s', async (kind) => {
  const database = await newDatabase(kind);
  const before = await openStore(database.url, { ...kernelMigrations, ...first });
  const insert = (id: string, language: string, state: string) =>
    before.transact((tx) =>
      sql`insert into poll (tenant_id, id, platform, place_id, shared, language, asker_id, asker_name, asker_language,
        time_zone, asked_at, closes_at, state) values ('T1', ${id}, 'test', 'general', 0, ${language}, 'anna',
        'Anna de Vries', 'nl', 'Europe/Amsterdam', '2026-11-20T09:00:00.000Z', '2026-11-27T09:00:00.000Z', ${state})`.execute(
        tx,
      ),
    );
  await insert('open', 'nl', 'open');
  await insert('closed', 'en', 'closed');
  await before.close();

  const after = await openStore(database.url, { ...kernelMigrations, ...migrations });
  expect(await findPoll(after.db, 'T1', 'open')).toMatchObject({
    kind: 'nps',
    anonymous: false,
    series: undefined,
    state: 'open',
    wording: { question: expect.stringContaining('Hoe waarschijnlijk'), low: 'zeer onwaarschijnlijk' },
  });
  expect(await findPoll(after.db, 'T1', 'closed')).toMatchObject({
    kind: 'nps',
    counts: undefined,
    wording: { question: expect.stringContaining('How likely'), high: 'very likely' },
  });
  await after.close();
  await database.remove();
});
