import { expect, it } from 'vitest';
import { addClient } from '../../../src/features/clients/store.ts';
import { reachableOf } from '../../../src/features/nudges/reach-rules.ts';
import { readMutes } from '../../../src/features/nudges/store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient, openTeamHouse } from '../../support/expectation-house.ts';
import { acme, anna, bram, daan, direct, refusalOf, wordsOf } from '../../support/house.ts';

it('makes of it when somebody can be reached', () => {
  const who = { id: 'anna', timeZone: 'Europe/Amsterdam', muted: [] };
  const usual = { hours: { from: '08:30', to: '17:30' }, workdays: [1, 2, 3, 4, 5], country: 'NL' };
  expect(reachableOf(who, new Map())).toMatchObject(usual);
  const own = new Map([
    ['nudges.days', '24'],
    ['nudges.hours', '10:00-15:00'],
    ['nudges.country', 'none'],
  ]);
  const changed = { hours: { from: '10:00', to: '15:00' }, workdays: [2, 4], country: '' };
  expect(reachableOf(who, own)).toMatchObject(changed);
});

eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());

  it('shows how one is nudged, and changes it for oneself alone', async () => {
    const belay = await house();
    expect(wordsOf(await belay.say(anna, direct, 'seintjes'))).toContain('ma di wo do vr, 08:30–17:30');
    const form = wordsOf(await belay.press(anna, direct, 'nudges.pause'));
    expect(form).toContain('7 dagen, tot 30 november');
    const paused = wordsOf(await belay.submit(anna, direct, 'nudges.pause', '', { until: '2026-11-30' }));
    expect(paused).toContain('Het is stil tot 30 november');
    expect(wordsOf(await belay.say(anna, direct, 'nudges'))).toContain('Weer aanzetten');
    expect(wordsOf(await belay.say(bram, direct, 'seintjes'))).not.toContain('30 november');
    expect(wordsOf(await belay.press(anna, direct, 'nudges.resume'))).toContain('staan weer aan');
    expect((await belay.submit(anna, direct, 'nudges.pause', '', { until: '2099-01-01' })).kind).toBe(
      'refused',
    );
    expect((await belay.say(daan, acme, 'seintjes')).kind).toBe('refused');
  });

  it('pauses until the day that is typed, and begins again when told so', async () => {
    const belay = await house();
    for (const [text, said] of [
      ['seintjes pauze tot 12 december', 'stil tot 12 december.'],
      ['seintjes uit t/m 12 december', 'stil tot 13 december.'],
      ['pauze 12 januari', 'stil tot 12 januari 2027.'],
      ['nudges pause until 12 December', 'stil tot 12 december.'],
      ['nudges off for 2 weeks', 'stil tot 7 december.'],
    ] as const) {
      expect(wordsOf(await belay.say(anna, direct, text))).toContain(said);
      expect(wordsOf(await belay.say(anna, direct, 'seintjes'))).toContain('Weer aanzetten');
      expect(wordsOf(await belay.say(anna, direct, 'seintjes aan'))).toContain('staan weer aan');
      expect(wordsOf(await belay.say(anna, direct, 'nudges'))).not.toContain('Weer aanzetten');
    }
  });

  it('refuses in words a day that is past, too far or none, and pauses nothing', async () => {
    const belay = await house();
    for (const [text, said] of [
      ['seintjes pauze tot 12 december 2025', 'niet later dan vandaag'],
      ['seintjes pauze vandaag', 'niet later dan vandaag'],
      ['seintjes uit tot 1 januari 2028', 'meer dan een jaar vooruit'],
      ['pauze tot de zomer', 'lees ik niet als een dag'],
    ] as const)
      expect(refusalOf(await belay.say(anna, direct, text))).toContain(said);
    expect(wordsOf(await belay.say(anna, direct, 'seintjes'))).not.toContain('Weer aanzetten');
  });

  it('asks until when, where no day is said, and takes one that is typed before one that is chosen', async () => {
    const belay = await house();
    for (const text of ['seintjes pauze', 'seintjes uit', 'pauze', 'nudges off'])
      expect(await belay.say(anna, direct, text)).toMatchObject({
        kind: 'ask',
        form: { name: 'nudges.pause' },
      });
    const send = (fields: Record<string, string>) => belay.submit(anna, direct, 'nudges.pause', '', fields);
    expect(refusalOf(await send({}))).toContain('Kies hoe lang');
    const typed = { until: '2026-11-30', day: 'ooit' };
    const refused = await send(typed);
    expect(refused).toMatchObject({ kind: 'refused', field: 'day' });
    const form = refused.kind === 'refused' ? refused.form : undefined;
    expect(form?.fields.map(({ id, value }) => [id, value])).toEqual(Object.entries(typed));
    expect(wordsOf(await send({ until: '2026-11-30', day: '12 december' }))).toContain(
      'stil tot 12 december',
    );
  });

  it('is silent about a client of one’s own, and hears of it again', async () => {
    const belay = await house();
    expect(refusalOf(await belay.press(anna, direct, 'nudges.unmute'))).toContain('geen klant');
    expect(wordsOf(await belay.submit(anna, direct, 'nudges.mute', '', { client: 'c1' }))).toContain(
      'Over Acme krijg je geen seintjes meer',
    );
    expect((await belay.submit(anna, direct, 'nudges.mute', '', { client: 'c1' })).kind).toBe('refused');
    expect(wordsOf(await belay.submit(anna, direct, 'nudges.unmute', '', { client: 'c1' }))).toContain(
      'Over Acme krijg je weer seintjes',
    );
  });

  it('is silent about a client of which another became a part, as it was about that one', async () => {
    const belay = await house();
    await belay.store.transact((tx) => addClient(tx, 'T1', acmeClient(belay, { id: 'c2', name: 'Zonnig' })));
    for (const client of ['c1', 'c2']) await belay.submit(anna, direct, 'nudges.mute', '', { client });
    await belay.submit(bram, direct, 'nudges.mute', '', { client: 'c1' });
    await belay.press(anna, direct, 'clients.merge-now', 'c1/c2');
    const mutes = await readMutes(belay.store.db, { tenant: 'T1', platform: 'test' });
    expect(mutes).toEqual(
      new Map([
        ['anna', ['c2']],
        ['bram', ['c2']],
      ]),
    );
    expect(belay.failures).toEqual([]);
  });

  it('keeps working days and hours with the other settings, and says what is wrong with them', async () => {
    const belay = await house();
    const send = (fields: Record<string, string>) =>
      belay.submit(anna, direct, 'settings.person', '', fields);
    const usual = { 'nudges.days': '', 'nudges.hours': '', 'nudges.country': 'NL' };
    expect(await send({ ...usual, 'nudges.hours': 'altijd' })).toMatchObject({
      kind: 'refused',
      field: 'nudges.hours',
    });
    expect(await send({ ...usual, 'nudges.days': 'om de dag' })).toMatchObject({ field: 'nudges.days' });
    await send({ ...usual, 'nudges.days': 'di t/m do', 'nudges.hours': 'van 9 tot 5' });
    expect(wordsOf(await belay.say(anna, direct, 'seintjes'))).toContain('di wo do, 09:00–17:00');
    await send({ ...usual, 'nudges.days': 'elke dag', 'nudges.hours': '0:00-24:00' });
    expect(wordsOf(await belay.say(anna, direct, 'seintjes'))).toContain('za zo, 00:00–23:59');
  });
});
