import { expect, it } from 'vitest';
import type { Store } from '../../../src/store/database.ts';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse, type TeamHouse } from '../../support/expectation-house.ts';
import { acme, anna, bram, direct, general, refusalOf, subjectOf, wordsOf } from '../../support/house.ts';

/** How many rows each table holds; what was heard and is to be sent or done is left out. */
async function rowsIn({ db }: Store): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name } of await db.introspection.getTables()) {
    if (['inbox', 'outbox', 'job', 'message'].includes(name) || name.includes('migration')) continue;
    const table = name as 'client';
    const { n } = await db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll().as('n'))
      .executeTakeFirstOrThrow();
    counts[name] = Number(n);
  }
  return counts;
}

/** Monday 23 November 2026, ten o'clock in Amsterdam. */
eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());
  const fills = (belay: TeamHouse) => belay.press(anna, general, 'sandbox.fill');

  it('fill three months, so that every summary and picture has something to show', async () => {
    const belay = await house();
    expect(wordsOf(await belay.say(anna, general, ''))).toContain('sandbox.fill');
    const filled = await fills(belay);
    expect(wordsOf(filled)).toContain('Zonnedauw, Noorderhaven');
    expect(wordsOf(filled)).toContain('“dagstart nu” in dit kanaal,');
    const client = subjectOf(filled, 'clients.show');
    expect(wordsOf(await belay.press(anna, general, 'clients.show', client))).toContain('Zonnedauw');
    const report = wordsOf(await belay.say(anna, direct, 'gesprek overzicht'));
    expect(report).toMatch(/"kind":"(chart|trend)"/);
    expect(report).toContain('Noorderhaven');
    expect(wordsOf(await belay.say(anna, direct, 'klachten'))).toMatch(
      /gingen over een verwachting die niemand/,
    );
    expect(wordsOf(await belay.say(anna, general, 'nps uitslag'))).toMatch(/"kind":"trend"/);
    expect(wordsOf(await belay.say(anna, direct, 'bord'))).toContain(
      'Vooraf bellen als een levering later komt',
    );
    expect(wordsOf(await belay.say(anna, direct, 'rapport Zonnedauw'))).toMatch(/klacht van .*verbetering “/);
    await belay.say(anna, general, 'dagstart nu');
    const start = subjectOf(await belay.settle(), 'daily-start.mood');
    const trend = wordsOf(await belay.press(bram, general, 'daily-start.trend', start));
    expect(trend).toMatch(/"kind":"chart".*"kind":"trend"/);
    belay.time.set('2026-11-27T09:00:00Z');
    await belay.press(anna, general, 'daily-start.close', start);
    await belay.settle();
    expect(wordsOf(await belay.say(anna, direct, 'verhalen'))).toContain('2');
    expect(belay.failures).toEqual([]);
  });

  it('are there once, and go again without a trace, while what somebody made stays', async () => {
    const belay = await house();
    await belay.plant('Van ons zelf', { stage: 'confirmed' });
    await belay.say(bram, direct, 'klacht Acme: te laat');
    const before = await rowsIn(belay.store);
    await fills(belay);
    expect((await rowsIn(belay.store)).client).toBe(3);
    expect(refusalOf(await fills(belay))).toContain('staan er al');
    expect(wordsOf(await belay.say(anna, general, ''))).toContain('sandbox.clear');
    await belay.press(anna, general, 'sandbox.clear');
    expect(await rowsIn(belay.store)).toEqual(before);
    await fills(belay);
    expect((await rowsIn(belay.store)).client).toBe(3);
  });

  it('are filled while a daily start is open too, and leave no channel to an example that has gone', async () => {
    const belay = await house();
    await belay.say(anna, general, 'dagstart nu');
    await belay.settle();
    const filled = await fills(belay);
    const starts = belay.store.db.selectFrom('daily_start').select('id').where('id', 'like', 'example-%');
    expect((await starts.execute()).length).toBeGreaterThan(50);
    await belay.link('elders', 'shared', subjectOf(filled, 'clients.show'));
    await belay.press(anna, general, 'sandbox.clear');
    expect(await belay.store.db.selectFrom('client_place').select('place_id').execute()).toHaveLength(2);
  });

  it('are no client’s to fill, and are put in a channel of the team', async () => {
    const belay = await house();
    // That channel has no name here.
    expect(wordsOf(await belay.press(anna, acme, 'sandbox.fill'))).toContain('in het kanaal van je team,');
    await belay.press(anna, direct, 'sandbox.fill');
    const places = belay.store.db.selectFrom('daily_start').select('place_id').distinct();
    expect(await places.execute()).toEqual([{ place_id: 'general' }]);
  });

  it('promise nothing for a weekend', async () => {
    const belay = await house();
    belay.time.set('2026-11-27T09:00:00Z');
    await fills(belay);
    const deeds = await belay.store.db.selectFrom('daily_start_deed').select('until_day').execute();
    expect(deeds).toEqual([{ until_day: '2026-11-30' }]);
    const last = belay.store.db.selectFrom('conversation').select('starts_at').orderBy('starts_at', 'desc');
    expect((await last.limit(1).execute())[0]?.starts_at).toContain('2026-11-30');
  });
});
