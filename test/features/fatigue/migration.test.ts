import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { openStore } from '../../../src/store/open.ts';
import { newDatabase } from '../../support/databases.ts';
import { allMigrations } from '../../support/migrations.ts';

it.each(['sqlite', 'postgres'] as const)(
  'takes over whom polls asked before it was counted: %s',
  async (kind) => {
    const database = await newDatabase(kind);
    const { '2026-11-29-survey-touch': _, ...earlier } = allMigrations;
    const before = await openStore(database.url, earlier);
    await before.transact(async (tx) => {
      for (const [id, what] of [
        ['p1', 'nps'],
        ['p2', 'trust'],
      ] as const) {
        await sql`insert into poll (tenant_id, id, platform, place_id, shared, language, asker_id, asker_name, asker_language,
        time_zone, asked_at, closes_at, state, kind) values ('T1', ${id}, 'slack', ${id}, 0, 'nl', 'anna', 'Anna de Vries', 'nl',
        'Europe/Amsterdam', '2026-11-20T09:00:00.000Z', '2026-11-27T09:00:00.000Z', 'open', ${what})`.execute(
          tx,
        );
        await sql`insert into poll_invitation (tenant_id, id, poll_id, address, name, language, invited_at)
        values ('T1', ${`i-${id}`}, ${id}, 'Daan@acme.example', 'Daan', 'nl', '2026-11-20T09:00:00.000Z')`.execute(
          tx,
        );
      }
    });
    await before.close();

    const after = await openStore(database.url, allMigrations);
    const at = '2026-11-20T09:00:00.000Z';
    const known = { tenant_id: 'T1', platform: 'slack', person_id: null, email: 'daan@acme.example', at };
    expect(await after.db.selectFrom('survey_touch').selectAll().orderBy('id').execute()).toEqual([
      { ...known, id: 'i-p1', what: 'nps' },
      { ...known, id: 'i-p2', what: 'loyalty' },
    ]);
    await after.close();
    await database.remove();
  },
);
