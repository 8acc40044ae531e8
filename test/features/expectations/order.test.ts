import { expect, it } from 'vitest';
import { unlinkPlace } from '../../../src/features/clients/link-store.ts';
import { addClient } from '../../../src/features/clients/store.ts';
import { markFirst, moveExpectations } from '../../../src/features/expectations/order-store.ts';
import { expectationsOf } from '../../../src/features/expectations/store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient, openTeamHouse, toldIn, toldTo } from '../../support/expectation-house.ts';
import {
  acme,
  anna,
  bram,
  carla,
  daan,
  direct,
  eva,
  finn,
  general,
  refusalOf,
  wordsOf,
} from '../../support/house.ts';

eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());
  type House = Awaited<ReturnType<typeof house>>;
  const inOrder = ({ store }: House) =>
    store.transact(async (tx) => (await expectationsOf(tx, 'T1', 'c1', { open: true })).map(({ id }) => id));

  async function three(belay: House, stage: 'noted' | 'sent' = 'noted') {
    const a = await belay.plant('Snel', { stage });
    const b = await belay.plant('Goedkoop', { stage });
    const c = await belay.plant('Goed', { stage });
    return { a, b, c };
  }

  it('is put in order by the team, and answers with the new order', async () => {
    const belay = await house();
    const { a, b, c } = await three(belay);
    const card = wordsOf(await belay.press(anna, direct, 'expectations.order', 'c1'));
    expect(card).toMatch(/1\. Snel.*2\. Goedkoop.*3\. Goed/);
    expect(wordsOf(await belay.press(anna, direct, 'expectations.up', c))).toMatch(
      /1\. Snel.*2\. Goed".*3\. Goedkoop/,
    );
    await belay.press(bram, direct, 'expectations.down', a);
    expect(await inOrder(belay)).toEqual([c, a, b]);
    // At its end it stays.
    await belay.press(anna, direct, 'expectations.up', c);
    await belay.press(anna, direct, 'expectations.down', b);
    expect(await inOrder(belay)).toEqual([c, a, b]);
    const fresh = await belay.plant('Nieuw');
    expect((await inOrder(belay)).at(-1)).toBe(fresh);
  });

  it('moves it past what we ask, and past what the mover does not see', async () => {
    const belay = await house();
    const a = await belay.plant('Snel');
    const ours = await belay.plant('Een briefing', { direction: 'ours' });
    const hidden = await belay.plant('Bram belt', {
      inside: { about: 'person', person: { id: 'bram', name: 'Bram Bakker' } },
    });
    const b = await belay.plant('Goed');
    await belay.press(carla, general, 'expectations.up', b);
    expect(await inOrder(belay)).toEqual([b, ours, hidden, a]);
  });

  it('loses none of many, and shows where the moved one stands now', async () => {
    const belay = await house();
    for (let at = 1; at <= 11; at += 1) await belay.plant(`Wens ${at}`);
    const ids = await inOrder(belay);
    expect(wordsOf(await belay.press(anna, direct, 'expectations.order', 'c1', '2'))).toContain(
      '11. Wens 11',
    );
    const said = wordsOf(await belay.press(anna, direct, 'expectations.up', ids[10]));
    expect(said).toMatch(/10\. Wens 11.*Nog 1/);
    expect((await inOrder(belay)).toSorted()).toEqual(ids.toSorted());
    for (const detail of ['99', '-1', 'x'])
      expect((await belay.press(anna, direct, 'expectations.order', 'c1', detail)).kind).toBe('answer');
  });

  it('keeps all of them when many move at once', async () => {
    const belay = await house();
    const { a, b, c } = await three(belay);
    await Promise.all([
      belay.press(anna, direct, 'expectations.up', c),
      belay.press(bram, direct, 'expectations.down', a),
      belay.press(carla, direct, 'expectations.up', b),
      belay.press(anna, direct, 'expectations.down', b),
      belay.press(bram, direct, 'expectations.up', a),
    ]);
    expect((await inOrder(belay)).toSorted()).toEqual([a, b, c].toSorted());
    expect(belay.failures).toEqual([]);
  });

  it('moves none that is over, or that nobody knows', async () => {
    const belay = await house();
    const { a } = await three(belay);
    await belay.press(anna, direct, 'expectations.withdraw', a);
    expect((await belay.press(anna, direct, 'expectations.up', a)).kind).toBe('refused');
    for (const subject of ['', 'nothing', "'; drop table expectation; --", 'x'.repeat(3000)])
      expect((await belay.press(anna, direct, 'expectations.down', subject)).kind).toBe('refused');
  });

  it('asks the client which matters most, and tells the team', async () => {
    const belay = await house();
    const { a, b } = await three(belay, 'sent');
    await belay.plant('Nog intern');
    await belay.plant('Een briefing', { direction: 'ours', stage: 'sent' });
    const answered = await belay.press(anna, direct, 'expectations.ask-first', 'c1');
    expect(wordsOf(answered)).not.toContain('error');
    const question = toldIn(await belay.settle(), 'acme');
    expect(question).toMatch(/Wat is voor u nu het belangrijkst.*1\. Snel, concreet.*3\. Goed, concreet/);
    expect(question).not.toMatch(/intern|briefing/);

    const thanks = await belay.press(daan, acme, 'expectations.first', b);
    expect(wordsOf(thanks)).toMatch(/Dank u wel.*Goedkoop/);
    const sent = await belay.settle();
    expect(toldIn(sent, 'acme')).toMatch(
      /"kind":"update".*Daan Visser vindt dit nu het belangrijkst.*Goedkoop/,
    );
    expect(toldIn(sent, 'general')).toMatch(/Daan Visser van Acme: dit weegt nu het zwaarst.*Goedkoop/);
    expect((await belay.find(b)).firstAt).toBeDefined();

    // Again is nothing new; another one takes its place.
    await belay.press(eva, acme, 'expectations.first', b);
    expect(await belay.settle()).toEqual([]);
    await belay.press(eva, acme, 'expectations.first', a);
    expect((await belay.find(b)).firstAt).toBeUndefined();
    expect((await belay.find(a)).firstAt).toBeDefined();
    await belay.settle();
    expect(belay.failures).toEqual([]);
  });

  it('counts one as the most important when two choose at once', async () => {
    const belay = await house();
    const { a, b, c } = await three(belay, 'sent');
    await belay.press(anna, direct, 'expectations.ask-first', 'c1');
    await belay.settle();
    await Promise.all([
      belay.press(daan, acme, 'expectations.first', a),
      belay.press(eva, acme, 'expectations.first', b),
      belay.press(finn, acme, 'expectations.first', c),
      belay.press(anna, direct, 'expectations.up', c),
    ]);
    const chosen = [];
    for (const id of [a, b, c]) if ((await belay.find(id)).firstAt) chosen.push(id);
    expect(chosen).toHaveLength(1);
    await belay.settle();
    expect(belay.failures).toEqual([]);
  });

  it('is chosen by the client’s own people alone, and only what still stands', async () => {
    const belay = await house();
    const { a, b } = await three(belay, 'sent');
    const inside = await belay.plant('Nog intern');
    expect(refusalOf(await belay.press(anna, acme, 'expectations.first', a))).not.toBe('answer');
    await belay.store.transact((tx) => addClient(tx, 'T1', acmeClient(belay, { id: 'c2', name: 'Ander' })));
    const other = await belay.plant('Van een ander', { client: 'c2', stage: 'sent' });
    const gone = refusalOf(await belay.press(daan, acme, 'expectations.first', 'nothing'));
    expect(refusalOf(await belay.press(daan, acme, 'expectations.first', other))).toBe(gone);
    await belay.press(anna, direct, 'expectations.withdraw', a);
    await belay.settle();
    for (const id of [a, inside])
      expect((await belay.press(daan, acme, 'expectations.first', id)).kind).toBe('refused');
    expect(await belay.settle()).toEqual([]);
    expect((await belay.find(b)).firstAt).toBeUndefined();
  });

  it('keeps one about a person, not judged yet, out of the question, and out of the team’s channel', async () => {
    const belay = await house();
    const { a, b, c } = await three(belay, 'sent');
    const inside = { about: 'person', person: { id: 'carla', name: carla.name } } as const;
    const hidden = await belay.plant('Carla belt', { stage: 'sent', inside });
    await belay.press(anna, direct, 'expectations.ask-first', 'c1');
    expect(toldIn(await belay.settle(), 'acme')).not.toContain('Carla belt');
    for (const id of [a, b, c]) await belay.press(anna, direct, 'expectations.withdraw', id);
    await belay.settle();
    // It was asked before it was about her.
    expect(wordsOf(await belay.press(daan, acme, 'expectations.first', hidden))).toContain('Dank u wel');
    const sent = await belay.settle();
    expect(toldIn(sent, 'general')).toBe('');
    expect(toldTo(sent, 'anna')).toContain('Carla belt');
  });

  it('has one that matters most after two clients became one, and loses none', async () => {
    const belay = await house();
    await belay.store.transact((tx) => addClient(tx, 'T1', acmeClient(belay, { id: 'c2', name: 'Ander' })));
    const own = await belay.plant('Snel', { stage: 'sent' });
    const other = await belay.plant('Goed', { stage: 'sent', client: 'c2' });
    for (const id of [own, other]) {
      const one = await belay.find(id);
      const deed = { who: { id: 'daan', name: daan.name }, now: belay.time.now() };
      await belay.store.transact((tx) => markFirst(tx, 'T1', one, deed));
    }
    await belay.store.transact((tx) => moveExpectations(tx, 'T1', 'c2', 'c1'));
    expect(await inOrder(belay)).toEqual([own, other]);
    expect((await belay.find(own)).firstAt).toBeDefined();
    expect((await belay.find(other)).firstAt).toBeUndefined();
  });

  it('asks nothing where there is no choice, or no channel', async () => {
    const belay = await house();
    await belay.plant('Snel', { stage: 'sent' });
    await belay.plant('Nog intern');
    const ask = () => belay.press(anna, direct, 'expectations.ask-first', 'c1');
    expect(refusalOf(await ask())).toContain('minstens twee');
    await belay.plant('Goed', { stage: 'sent' });
    await belay.store.transact((tx) => unlinkPlace(tx, { tenant: 'T1', platform: 'test', place: 'acme' }));
    expect(refusalOf(await ask())).toContain('klant koppelen Acme gedeeld');
    expect(await belay.settle()).toEqual([]);
  });
});
