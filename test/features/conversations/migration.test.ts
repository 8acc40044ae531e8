import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { openStore } from '../../../src/store/open.ts';
import { newDatabase } from '../../support/databases.ts';
import { allMigrations } from '../../support/migrations.ts';

it.each(['sqlite', 'postgres'] as const)(
  'knows who joined by his calendar before that was kept: %s',
  async (kind) => {
    const database = await newDatabase(kind);
    const { '2026-11-29-conversations-joined': _, ...earlier } = allMigrations;
    const before = await openStore(database.url, earlier);
    for (const source of ['typed', 'calendar'])
      await before.transact(async (tx) => {
        await sql`insert into conversation (tenant_id, id, client_id, starts_at, ends_at, source, created_at)
        values ('T1', ${source}, 'c1', '2026-11-24T09:00:00.000Z', '2026-11-24T10:00:00.000Z', ${source},
        '2026-11-23T09:00:00.000Z')`.execute(tx);
        await sql`insert into conversation_person (tenant_id, conversation_id, platform, person_id, person_name)
        values ('T1', ${source}, 'test', 'anna', 'Anna de Vries')`.execute(tx);
      });
    await before.close();
    const after = await openStore(database.url, allMigrations);
    const joined = after.db.selectFrom('conversation_person').select(['conversation_id', 'joined']);
    expect(await joined.orderBy('conversation_id').execute()).toEqual([
      { conversation_id: 'calendar', joined: 'by-calendar' },
      { conversation_id: 'typed', joined: 'by-hand' },
    ]);
    await after.close();
    await database.remove();
  },
);
