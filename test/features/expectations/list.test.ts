import { expect, it } from 'vitest';
import { addClient, changeClient } from '../../../src/features/clients/store.ts';
import { dossier, list } from '../../../src/features/expectations/list-feature.ts';
import { voice } from '../../../src/text/say.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient, openTeamHouse } from '../../support/expectation-house.ts';
import { acme, anna, bram, carla, daan, direct, refusalOf, wordsOf } from '../../support/house.ts';

const aboutCarla = { about: 'person', person: { id: 'carla', name: 'Carla Smit' } } as const;

eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());
  type House = Awaited<ReturnType<typeof house>>;
  const all = async (belay: House, person = anna, detail = '') =>
    wordsOf(await belay.press(person, direct, 'expectations.list', 'c1', detail));

  const change = (belay: House, more: Parameters<typeof acmeClient>[1]) =>
    belay.store.transact((tx) =>
      changeClient(tx, 'T1', acmeClient(belay, more), { by: 'anna', now: belay.time.now() }),
    );

  it('shows the open ones in order, with state, age and marks, and what we ask apart', async () => {
    const belay = await house();
    const first = await belay.plant('Sneller antwoord', { stage: 'confirmed' });
    await belay.plant('Een vast aanspreekpunt', { stage: 'sent' });
    await belay.plant('Een goede briefing', { direction: 'ours' });
    await belay.press(daan, acme, 'expectations.first', first);
    belay.time.advance({ hours: 24 * 20 });
    const said = await all(belay);
    expect(said).toMatch(
      /Wat Acme verwacht.*1\. Sneller antwoord, concreet.*bevestigd door Daan Visser op 23 november · 2 weken oud · weegt voor de klant nu het zwaarst/,
    );
    expect(said).toMatch(/2\. Een vast aanspreekpunt, concreet.*voorgelegd op 23 november/);
    expect(said).toMatch(/Wat we van Acme vragen.*1\. Een goede briefing.*noteerd door Anna/);
    expect(said).toMatch(/expectations\.note.*expectations\.order/);
    expect(said).not.toContain('expectations.over');
  });

  it('says when there is none, and what to do', async () => {
    const belay = await house();
    expect(await all(belay)).toMatch(/Er loopt nog geen verwachting.*expectations\.note/);
  });

  it('keeps those that are over behind a button', async () => {
    const belay = await house();
    const id = await belay.plant('Sneller antwoord', { stage: 'confirmed' });
    await belay.press(anna, direct, 'expectations.met', id);
    const said = await all(belay);
    expect(said).toContain('Afgerond (1)');
    expect(said).not.toContain('Sneller antwoord');
    expect(wordsOf(await belay.press(carla, direct, 'expectations.over', 'c1'))).toMatch(
      /Sneller antwoord.*"met on 23 November"/,
    );
  });

  it('says of what is over when that was, also where it is looked at and where it is pressed again', async () => {
    const belay = await house();
    const id = await belay.plant('Sneller antwoord', { stage: 'confirmed' });
    belay.time.advance({ hours: 24 * 10 });
    await belay.press(anna, direct, 'expectations.not-met', id);
    belay.time.advance({ hours: 24 * 40 });
    const over = wordsOf(await belay.press(anna, direct, 'expectations.over', 'c1'));
    expect(over).toContain('niet waargemaakt, afgesloten op 3 december 2026"');
    expect(over).not.toContain('oud');
    const shown = wordsOf(await belay.press(anna, direct, 'expectations.show', id));
    expect(shown).toContain('niet waargemaakt, afgesloten op 3 december 2026');
    expect(refusalOf(await belay.press(anna, direct, 'expectations.met', id))).toContain(
      'afgesloten op 3 december 2026',
    );
    expect((await belay.find(id)).endedAt?.toString()).toBe('2026-12-03T09:00:00Z');
  });

  it('turns pages, and takes any page for one that there is', async () => {
    const belay = await house();
    for (let at = 1; at <= 9; at += 1) await belay.plant(`Wens ${at}`);
    const first = await all(belay);
    expect(first).toMatch(/8\. Wens 8.*expectations\.list\.2.*Nog 1/);
    expect(first).not.toContain('Wens 9');
    expect(await all(belay, anna, '2')).toMatch(/9\. Wens 9.*expectations\.list\.1/);
    for (const detail of ['99', '-1', '1.5', 'x', 'NaN', '9'.repeat(400)])
      expect(await all(belay, anna, detail)).toContain('Wens ');
  });

  it('reads without buttons that write for a colleague', async () => {
    const belay = await house();
    const id = await belay.plant('Sneller antwoord', { stage: 'confirmed' });
    await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
    const said =
      (await all(belay, carla)) + wordsOf(await belay.press(carla, direct, 'expectations.show', id));
    expect(said).toContain('Sneller antwoord');
    expect(said).not.toMatch(/expectations\.(note|order|concrete|send|edit|withdraw|met|not-met)"/);
    for (const press of ['met', 'not-met', 'withdraw', 'up'])
      expect(refusalOf(await belay.press(carla, direct, `expectations.${press}`, id))).toContain(
        'Only the team of Acme',
      );
    for (const press of ['order', 'ask-first'])
      expect(refusalOf(await belay.press(carla, direct, `expectations.${press}`, 'c1'))).toContain(
        'Only the team of Acme',
      );
    expect((await belay.find(id)).state).toBe('confirmed');
  });

  it('does not list one about a person for those who may not see it, nor show it', async () => {
    const belay = await house();
    await change(belay, { manager: { id: 'carla', name: 'Carla Smit' } });
    const inside = { about: 'person', person: { id: 'anna', name: 'Anna de Vries' } } as const;
    const id = await belay.plant('Anna bij elk overleg', { inside });
    await belay.plant('Sneller antwoord');
    expect(await all(belay, carla)).toMatch(
      /Anna bij elk overleg.*about Anna de Vries · not judged feasible yet/,
    );
    const hidden = await all(belay, bram);
    expect(hidden).toContain('Sneller antwoord');
    expect(hidden).not.toContain('Anna bij');
    for (const press of ['show', 'history', 'met', 'withdraw', 'up', 'down', 'feasible', 'ask-manager']) {
      const refused = refusalOf(await belay.press(bram, direct, `expectations.${press}`, id));
      expect(refused).toBe(refusalOf(await belay.press(bram, direct, `expectations.${press}`, 'nothing')));
      expect(refused).toContain(' ');
    }
    await belay.press(carla, direct, 'expectations.feasible', `${id}.anna`);
    expect(await all(belay, bram)).toContain('Anna bij');
  });

  it('tells nothing to the client’s own people, and nothing in another workspace', async () => {
    const belay = await house();
    const id = await belay.plant('Sneller antwoord', { stage: 'confirmed' });
    for (const [press, subject] of [
      ['list', 'c1'],
      ['over', 'c1'],
      ['show', id],
      ['history', id],
      ['order', 'c1'],
      ['met', id],
    ]) {
      const outcome = await belay.press(daan, acme, `expectations.${press}`, subject);
      expect(outcome.kind).toBe('refused');
      expect(wordsOf(outcome)).not.toContain('Sneller');
      const elsewhere = await belay.press(anna, direct, `expectations.${press}`, subject, '', {
        tenant: 'T2',
      });
      expect(elsewhere.kind).toBe('refused');
    }
  });

  it('shows one with all that the team knows, and what can be done now', async () => {
    const belay = await house();
    const id = await belay.plant('Meer creativiteit', {
      stage: 'confirmed',
      seen: 'Elke maand een idee',
      inside: {
        why: 'De directie vergelijkt ons',
        importance: 5,
        kano: 'excitement',
        about: 'team',
        category: 'creativity',
        notes: 'Eva vraagt hiernaar',
      },
    });
    const said = wordsOf(await belay.press(anna, direct, 'expectations.show', id));
    for (const words of [
      'Meer creativiteit, concreet',
      'Elke maand een idee',
      'De directie vergelijkt ons',
      '5 van 5',
      'Verrassing',
      'creativiteit',
      'Eva vraagt hiernaar',
      '22 mei',
      'Anna de Vries noteerde tekst 1: “Meer creativiteit”',
      'Anna de Vries maakte het concreet in tekst 2: “Meer creativiteit, concreet”',
      'Anna de Vries legde tekst 2 voor.',
      'Daan Visser bevestigde tekst 2.',
    ])
      expect(said).toContain(words);
    for (const press of ['met', 'not-met', 'concrete', 'send', 'withdraw'])
      expect(said).toContain(`"expectations.${press}"`);
    await belay.press(anna, direct, 'expectations.withdraw', id);
    const over = wordsOf(await belay.press(anna, direct, 'expectations.show', id));
    expect(over).toContain('Anna de Vries trok dit in.');
    expect(over).not.toMatch(/expectations\.(met|not-met|concrete|send|edit|withdraw)"/);
  });

  it('keeps every wording in full in the history, over as many pages as that takes', async () => {
    const belay = await house();
    const long = 'Lang verhaal. '.repeat(140).trim();
    const id = await belay.plant(long, { stage: 'confirmed' });
    const shown = wordsOf(await belay.press(anna, direct, 'expectations.show', id));
    expect(shown).toContain('expectations.history');
    const page = (detail: string) => belay.press(anna, direct, 'expectations.history', id, detail);
    expect(wordsOf(await page(''))).toContain(long);
    for (const detail of ['99', '-1', 'x']) expect((await page(detail)).kind).toBe('answer');
  });

  it('offers nothing that writes once the client is archived', async () => {
    const belay = await house();
    await belay.plant('Sneller antwoord', { stage: 'sent' });
    await change(belay, { archived: true });
    const said = await all(belay);
    expect(said).toContain('Sneller antwoord');
    expect(said).not.toContain('expectations.note');
    expect(refusalOf(await belay.press(anna, direct, 'expectations.ask-first', 'c1'))).not.toBe('answer');
    expect(await belay.settle()).toEqual([]);
  });

  it('stands on the client’s card, with what is missing', async () => {
    const belay = await house();
    await belay.store.transact((tx) =>
      addClient(tx, 'T1', acmeClient(belay, { id: 'c2', name: 'General', owner: anna, manager: undefined })),
    );
    const on = (person = anna) =>
      belay.store.transact(async (tx) => {
        const say = voice('nl');
        const here = { language: 'nl', timeZone: 'Europe/Amsterdam' } as const;
        const asked = {
          tx,
          say,
          sayHere: say,
          tenant: 'T1',
          platform: 'test',
          now: belay.time.now(),
          link: () => undefined,
          mails: false,
          seal: () => undefined,
          defaults: here,
          person: { ...person, ...here },
          place: { ...direct, ...here },
        };
        const client = { id: 'c1', name: 'Acme' };
        const { elements, buttons } = await dossier.show(asked, client, person.id === 'anna');
        return {
          words: JSON.stringify(elements),
          presses: JSON.stringify(buttons),
          missing: await dossier.missing?.(asked, client),
          knows: await dossier.knows?.(asked, client),
          list: wordsOf((await list(asked, acmeClient(belay)))[0] ?? { kind: 'nothing' }),
        };
      });
    expect(await on()).toMatchObject({ missing: 'nog geen verwachting', knows: false });
    const hidden = await belay.plant('Carla bij elk overleg', { inside: aboutCarla });
    expect(await on({ ...carla, id: 'someone' })).toMatchObject({ missing: 'nog geen verwachting' });
    expect(await on()).toMatchObject({ missing: '1 nog niet bevestigd', knows: false });
    await belay.plant('Een goede briefing', { direction: 'ours', stage: 'confirmed' });
    await belay.plant('Sneller antwoord', { stage: 'confirmed' });
    await belay.press(anna, direct, 'expectations.withdraw', hidden);
    const now = await on();
    expect(now).toMatchObject({ missing: undefined, knows: true });
    expect(now.words).toMatch(/1\. Sneller antwoord.*2\. Een goede briefing.*wat wij vragen · /);
    expect(now.presses).toMatch(/expectations\.note.*expectations\.list/);
    expect(now.list).toContain('Sneller antwoord');
    expect((await on(carla)).presses).not.toContain('expectations.note');
  });
});
