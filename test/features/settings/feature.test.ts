import { expect, it } from 'vitest';
import { eachDatabase } from '../../support/databases.ts';
import { anna, bram, carla, daan, direct, general, openHouse, wordsOf } from '../../support/house.ts';

eachDatabase((_, open) => {
  const house = async () => openHouse(await open());

  it('shows what is set and offers what the reader may change', async () => {
    const belay = await house();
    const admin = wordsOf(await belay.say(anna, general, 'instellingen'));
    expect(admin).toMatch(/settings\.person.*settings\.place.*settings\.tenant.*settings\.add-admin/);
    for (const fact of [
      /"Hoe lang is een ronde cijfers open\?","value":"7 dagen"/,
      /welke cijfers de klant geeft\?","value":"nee"/,
      /"Verbeteringen tegelijk in een kolom","value":"3"/,
    ])
      expect(admin).toMatch(fact);
    const member = wordsOf(await belay.say(carla, general, 'settings'));
    expect(member).toMatch(/settings\.person.*settings\.place/);
    expect(member).not.toMatch(/settings\.tenant|add-admin/);
    expect(wordsOf(await belay.say(anna, direct, 'instellingen'))).not.toContain('settings.place');
  });

  it('keeps a time zone for the channel, by which times are told there', async () => {
    const belay = await house();
    await belay.submit(bram, general, 'settings.place', '', {
      language: 'automatic',
      timeZone: 'america/new_york',
    });
    expect(wordsOf(await belay.say(bram, general, 'instellingen'))).toContain('America/New_York');
    await belay.say(bram, general, 'nps vragen voor 2 uur');
    const [posted] = (await belay.settle()).filter(({ kind }) => kind === 'post');
    expect(wordsOf(posted ?? { kind: 'nothing' })).toContain('06:00');
  });

  it('appoints an administrator and takes it back', async () => {
    const belay = await house();
    expect(await belay.press(bram, general, 'settings.tenant')).toMatchObject({ kind: 'refused' });
    expect(
      wordsOf(await belay.submit(anna, general, 'settings.add-admin', '', { person: 'bram' })),
    ).toContain('Bram Bakker is nu beheerder');
    expect(await belay.press(bram, general, 'settings.tenant')).toMatchObject({ kind: 'ask' });
    await belay.submit(bram, general, 'settings.remove-admin', '', { person: 'bram' });
    expect(await belay.press(bram, general, 'settings.tenant')).toMatchObject({ kind: 'refused' });
  });

  it('offers as administrator who is none, and does not call gone who stays', async () => {
    const belay = await house();
    const form = wordsOf(await belay.press(anna, general, 'settings.add-admin'));
    expect(form).toMatch(/Bram Bakker.*Carla Smit/);
    expect(form).not.toContain('Anna');
    expect(wordsOf(await belay.say(bram, general, 'instellingen'))).toContain('Anna de Vries');
    await belay.submit(anna, general, 'settings.add-admin', '', { person: 'bram' });
    await belay.people.savePerson('T1', { ...bram, admin: true, checkedAt: '' });
    const outcome = await belay.submit(anna, general, 'settings.remove-admin', '', { person: 'bram' });
    expect(wordsOf(outcome)).toContain('blijft beheerder');
  });

  it('sets a channel from the private conversation, and nobody else’s', async () => {
    const belay = await house();
    await belay.submit(anna, direct, 'settings.place', 'general', { language: 'en' });
    expect(wordsOf(await belay.say(anna, general, 'instellingen'))).toContain('English');
    expect(await belay.submit(anna, direct, 'settings.place', 'elsewhere', { language: 'en' })).toMatchObject(
      {
        kind: 'refused',
      },
    );
  });

  it('shows what is set now, in the language that was just chosen', async () => {
    const belay = await house();
    const outcome = wordsOf(await belay.submit(anna, general, 'settings.person', '', { language: 'en' }));
    expect(outcome).toMatch(/Saved\..*Settings/);
  });

  it('makes a guest who works here a colleague, and a guest again', async () => {
    const belay = await house();
    await belay.submit(anna, general, 'settings.add-colleague', '', { person: 'daan' });
    expect(await belay.say(daan, general, 'instellingen')).toMatchObject({ kind: 'answer' });
    expect(await belay.press(daan, general, 'settings.tenant')).toMatchObject({ kind: 'refused' });
    await belay.submit(anna, general, 'settings.remove-colleague', '', { person: 'daan' });
    expect(await belay.say(daan, general, 'instellingen')).toMatchObject({ kind: 'refused' });
  });

  it('refuses what cannot be, at the field, and keeps what was', async () => {
    const belay = await house();
    for (const timeZone of ['Mars/Phobos', '+02:00', 'nowhere!', 'x'.repeat(200)])
      expect(await belay.submit(bram, general, 'settings.place', '', { timeZone })).toMatchObject({
        kind: 'refused',
        field: 'timeZone',
      });
    expect(await belay.submit(bram, general, 'settings.person', '', { language: 'tlh' })).toMatchObject({
      kind: 'refused',
      field: 'language',
    });
    for (const person of ['daan', 'nobody', ''])
      expect(await belay.submit(anna, general, 'settings.add-admin', '', { person })).toMatchObject({
        kind: 'refused',
        field: 'person',
      });
    expect(await belay.store.db.selectFrom('setting').selectAll().execute()).toEqual([]);
  });

  it('gives the form back with what was typed, when some of it cannot be', async () => {
    const belay = await house();
    await belay.submit(bram, general, 'settings.person', '', { 'nudges.days': 'ma-do' });
    const typed = {
      language: 'en',
      'nudges.days': 'di t/m vr',
      'nudges.hours': 'laat',
      'nudges.country': 'BE',
      'daily-start.remind': 'yes',
    };
    const refused = await belay.submit(bram, general, 'settings.person', '', typed);
    const form = refused.kind === 'refused' ? refused.form : undefined;
    expect(form).toMatchObject({ name: 'settings.person', language: 'nl' });
    expect(form?.fields.map(({ id, value }) => [id, value])).toEqual(Object.entries(typed));
  });

  it('lets a client set nothing but his own language', async () => {
    const belay = await house();
    expect(await belay.submit(daan, general, 'settings.place', '', { language: 'en' })).toMatchObject({
      kind: 'refused',
    });
    expect(await belay.submit(daan, general, 'settings.person', '', { language: 'en' })).toMatchObject({
      kind: 'answer',
    });
    expect(
      wordsOf(await belay.submit(daan, general, 'settings.person', '', { language: 'en' })),
    ).not.toContain('Anna');
    expect(wordsOf(await belay.say(daan, general, 'help'))).toContain('What you can type');
  });
});
