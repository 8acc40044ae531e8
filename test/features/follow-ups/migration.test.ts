import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { countFollowUps, followUpOn, openFollowUp } from '../../../src/features/follow-ups/store.ts';
import { openStore } from '../../../src/store/open.ts';
import { newDatabase } from '../../support/databases.ts';
import { allMigrations } from '../../support/migrations.ts';

it.each(['sqlite', 'postgres'] as const)(
  'takes over what was done when polls alone were followed up: %s',
  async (kind) => {
    const database = await newDatabase(kind);
    const { '2026-11-29-follow-ups': _, ...earlier } = allMigrations;
    const before = await openStore(database.url, earlier);
    await before.transact(async (tx) => {
      await sql`insert into poll (tenant_id, id, platform, place_id, shared, language, asker_id, asker_name, asker_language,
      time_zone, asked_at, closes_at, state) values ('T1', 'p1', 'test', 'general', 0, 'nl', 'anna', 'Anna de Vries', 'nl',
      'America/New_York', '2026-11-20T09:00:00.000Z', '2026-11-27T09:00:00.000Z', 'open')`.execute(tx);
      const rows = [
        ['p1', 'daan', 'done', 'Gebeld.'],
        ['p1', 'eva', 'open', null],
        ['lost', 'daan', 'calling', null],
      ] as const;
      for (const [poll, person, state, note] of rows)
        await sql`insert into follow_up (tenant_id, id, poll_id, person_id, owner_id, owner_name, owner_language, state,
        note, told, opened_at, changed_at) values ('T1', ${`${poll}-${person}`}, ${poll}, ${person}, 'bram', 'Bram Bakker',
        'nl', ${state}, ${note}, 2, '2026-11-23T09:00:00.000Z', '2026-11-24T09:00:00.000Z')`.execute(tx);
    });
    await before.close();

    const after = await openStore(database.url, allMigrations);
    const polls = { kind: 'polls', subject: 'p1' };
    expect(await followUpOn(after.db, 'T1', { ...polls, person: 'daan' })).toEqual({
      ...{ id: 'p1-daan', ...polls, person: 'daan', owner: { id: 'bram', name: 'Bram Bakker' } },
      ...{ timeZone: 'America/New_York', state: 'done', note: 'Gebeld.', told: 2 },
      changedAt: Temporal.Instant.from('2026-11-24T09:00:00Z'),
    });
    expect(await countFollowUps(after.db, 'T1', polls)).toEqual({ open: 1, calling: 0, done: 1, dropped: 0 });
    const lost = await followUpOn(after.db, 'T1', { kind: 'polls', subject: 'lost', person: 'daan' });
    expect(lost).toMatchObject({ state: 'calling', timeZone: 'UTC', note: undefined });

    const about = { ...polls, person: 'eva', owner: { id: 'anna', name: 'Anna' }, timeZone: 'UTC' };
    const openIt = (what: typeof about) =>
      after.transact((tx) => openFollowUp(tx, 'T1', what, Temporal.Instant.from('2026-11-29T09:00:00Z')));
    expect(await openIt(about)).toMatchObject({
      isNew: false,
      followUp: { id: 'p1-eva', owner: { id: 'bram' } },
    });
    expect(await openIt({ ...about, kind: 'kti' })).toMatchObject({ isNew: true, followUp: { told: 1 } });
    await after.close();
    await database.remove();
  },
);
