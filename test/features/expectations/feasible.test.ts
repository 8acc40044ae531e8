import { expect, it } from 'vitest';
import { changeClient } from '../../../src/features/clients/store.ts';
import { askManager } from '../../../src/features/expectations/feasible-feature.ts';
import { keepInside } from '../../../src/features/expectations/inside-store.ts';
import { eventsOf } from '../../../src/features/expectations/store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient, openTeamHouse, toldTo } from '../../support/expectation-house.ts';
import { acme, anna, bram, carla, daan, direct, refusalOf, wordsOf } from '../../support/house.ts';

const aboutCarla = { about: 'person', person: { id: 'carla', name: 'Carla Smit' } } as const;

eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());
  type House = Awaited<ReturnType<typeof house>>;
  const planted = (belay: House) =>
    belay.plant('Carla bij elk overleg', { stage: 'concrete', inside: aboutCarla });
  const change = (belay: House, more: Parameters<typeof acmeClient>[1]) =>
    belay.store.transact((tx) =>
      changeClient(tx, 'T1', acmeClient(belay, more), { by: 'anna', now: belay.time.now() }),
    );
  const words = ({ store }: House, id: string) =>
    store.transact(async (tx) =>
      (await eventsOf(tx, 'T1', id)).map(({ happened }) => happened).filter((one) => /feasible/.test(one)),
    );

  it('is asked of the manager alone, who is believed', async () => {
    const belay = await house();
    const id = await planted(belay);
    const asked = await belay.press(anna, direct, 'expectations.ask-manager', id);
    expect(asked.kind).not.toBe('refused');
    const told = toldTo(await belay.settle(), 'bram');
    expect(told).toMatch(/Acme verwacht iets van Carla Smit. Is dat haalbaar.*Carla bij elk overleg/);
    const subject = /"expectations\.feasible","subject":"([^"]+)"/.exec(told)?.[1] ?? '';
    expect(wordsOf(await belay.press(bram, direct, 'expectations.feasible', subject))).toContain(
      'Bram Bakker: dit is haalbaar voor Carla Smit',
    );
    expect((await belay.find(id)).feasible).toBe(true);
    expect(toldTo(await belay.settle(), 'anna')).toMatch(/dit is haalbaar.*voorleggen/);
    // The same again changes nothing; another word does.
    await belay.press(bram, direct, 'expectations.feasible', subject);
    expect(await belay.settle()).toEqual([]);
    await belay.press(bram, direct, 'expectations.not-feasible', subject);
    expect(toldTo(await belay.settle(), 'anna')).toMatch(/dit is niet haalbaar.*wat wel kan/);
    expect((await belay.find(id)).feasible).toBe(false);
    expect(await words(belay, id)).toEqual(['feasible', 'not-feasible']);
    expect(belay.failures).toEqual([]);
  });

  it('is judged by nobody else, neither the owner nor whom it is about', async () => {
    const belay = await house();
    const id = await planted(belay);
    for (const person of [anna, carla])
      expect(refusalOf(await belay.press(person, direct, 'expectations.feasible', `${id}.carla`))).toContain(
        'Bram Bakker',
      );
    expect((await belay.press(daan, acme, 'expectations.feasible', `${id}.carla`)).kind).toBe('refused');
    expect((await belay.find(id)).feasible).toBeUndefined();
  });

  it('tells the owner how to name a manager, and then asks that one', async () => {
    const belay = await house();
    await change(belay, { manager: undefined });
    const id = await planted(belay);
    const one = await belay.find(id);
    const effects = await belay.store.transact((tx) =>
      askManager(
        {
          tx,
          tenant: 'T1',
          platform: 'test',
          now: belay.time.now(),
          link: () => undefined,
          mails: false,
          defaults: { language: 'nl', timeZone: 'Europe/Amsterdam' },
        },
        acmeClient(belay, { manager: undefined }),
        one,
      ),
    );
    expect(effects).toHaveLength(1);
    expect(effects[0]).toMatchObject({ do: 'post', to: { person: 'anna' }, audience: 'internal' });
    expect(JSON.stringify(effects)).toContain('"press":"clients.manager","subject":"c1"');
    expect(JSON.stringify(effects)).not.toContain('expectations.ask-manager');
    expect(refusalOf(await belay.press(anna, direct, 'expectations.ask-manager', id))).toContain(
      'klant manager Acme @naam',
    );
    expect(refusalOf(await belay.press(anna, direct, 'expectations.feasible', `${id}.carla`))).toContain(
      'geen manager',
    );
    await change(belay, {});
    await belay.press(anna, direct, 'expectations.ask-manager', id);
    expect(toldTo(await belay.settle(), 'bram')).toContain('Is dat haalbaar');
    // A manager who has left judges nothing.
    await belay.people.savePerson('T1', { ...bram, outsider: true, checkedAt: '' });
    expect(refusalOf(await belay.press(anna, direct, 'expectations.ask-manager', id))).toContain(
      'geen manager',
    );
  });

  it('does not take a word about one person for a word about another', async () => {
    const belay = await house();
    const id = await planted(belay);
    const inside = {
      why: undefined,
      importance: undefined,
      kano: undefined,
      category: undefined,
      notes: undefined,
    };
    const one = await belay.find(id);
    const keep = (person: { id: string; name: string } | undefined) =>
      belay.store.transact((tx) =>
        keepInside(tx, 'T1', one, { ...inside, about: person ? 'person' : 'company', person }),
      );
    await keep({ id: 'anna', name: 'Anna de Vries' });
    expect(refusalOf(await belay.press(bram, direct, 'expectations.feasible', `${id}.carla`))).toContain(
      'Anna de Vries',
    );
    for (const subject of [id, `${id}.`, `${id}.anna.x`, '.', ''])
      expect((await belay.press(bram, direct, 'expectations.feasible', subject)).kind).toBe('refused');
    await keep(undefined);
    expect(refusalOf(await belay.press(bram, direct, 'expectations.feasible', `${id}.anna`))).toContain(
      'niet over één persoon',
    );
    expect(await words(belay, id)).toEqual([]);
  });

  it('that was not feasible is asked again once its text has changed, and says so until then', async () => {
    const belay = await house();
    const id = await planted(belay);
    await belay.press(bram, direct, 'expectations.not-feasible', `${id}.carla`);
    await belay.settle();
    expect(refusalOf(await belay.press(anna, direct, 'expectations.send', id))).toMatch(
      /Bram Bakker.*niet haalbaar/,
    );
    for (const [name, text] of [
      ['edit', 'Carla eens per maand'],
      ['concrete', 'Carla eens per kwartaal'],
    ] as const) {
      const fields = { text, seen: 'Een bezoek.', about: 'person', person: 'carla' };
      const said = wordsOf(await belay.submit(anna, direct, `expectations.${name}`, id, fields));
      expect(said).toContain('Bram Bakker zegt eerst of dit haalbaar is voor Carla Smit');
      expect(toldTo(await belay.settle(), 'bram')).toContain(text);
      expect((await belay.find(id)).feasible).toBeUndefined();
      await belay.press(bram, direct, 'expectations.not-feasible', `${id}.carla`);
      await belay.settle();
    }
    // What the team alone reads does not make it feasible.
    const { wording } = await belay.find(id);
    const same = {
      text: wording.text,
      seen: 'Een bezoek.',
      about: 'person',
      person: 'carla',
      notes: 'Gebeld.',
    };
    await belay.submit(anna, direct, 'expectations.concrete', id, same);
    expect((await belay.find(id)).feasible).toBe(false);
    expect(await belay.settle()).toEqual([]);
  });

  it('says how to name a manager when there is none to wait for', async () => {
    const belay = await house();
    const id = await planted(belay);
    await change(belay, { manager: undefined });
    expect(refusalOf(await belay.press(anna, direct, 'expectations.send', id))).toContain(
      'klant manager Acme',
    );
  });

  it('is not judged any more when it is over', async () => {
    const belay = await house();
    const id = await planted(belay);
    await belay.press(anna, direct, 'expectations.withdraw', id);
    expect(refusalOf(await belay.press(bram, direct, 'expectations.feasible', `${id}.carla`))).toContain(
      'ingetrokken',
    );
    expect(refusalOf(await belay.press(anna, direct, 'expectations.ask-manager', id))).toContain(
      'ingetrokken',
    );
  });

  it('keeps one word when both are pressed at once', async () => {
    const belay = await house();
    const id = await planted(belay);
    await Promise.all([
      belay.press(bram, direct, 'expectations.feasible', `${id}.carla`),
      belay.press(bram, direct, 'expectations.feasible', `${id}.carla`),
      belay.press(bram, direct, 'expectations.feasible', `${id}.carla`),
    ]);
    expect(await words(belay, id)).toEqual(['feasible']);
    expect(belay.failures).toEqual([]);
  });

  it('is offered to the manager where he looks at it', async () => {
    const belay = await house();
    const id = await planted(belay);
    expect(wordsOf(await belay.press(bram, direct, 'expectations.show', id))).toContain(
      'expectations.feasible',
    );
    const forOwner = wordsOf(await belay.press(anna, direct, 'expectations.show', id));
    expect(forOwner).toContain('wacht op het oordeel van Bram Bakker');
    expect(forOwner).toContain('expectations.ask-manager');
    expect(forOwner).not.toContain('expectations.feasible');
    // It could not be sent yet.
    expect(forOwner).not.toContain('"expectations.send"');
    await belay.press(bram, direct, 'expectations.feasible', `${id}.carla`);
    expect(wordsOf(await belay.press(anna, direct, 'expectations.show', id))).toContain(
      '"expectations.send"',
    );
  });
});
