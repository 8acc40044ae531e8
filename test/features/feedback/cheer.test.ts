import { describe, expect, it } from 'vitest';
import { addClient } from '../../../src/features/clients/store.ts';
import { storyOfWeek } from '../../../src/features/feedback/cheer-store.ts';
import { mostCheered } from '../../../src/features/feedback/feedback.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient, openTeamHouse, type TeamHouse } from '../../support/expectation-house.ts';
import {
  acme,
  anna,
  bram,
  carla,
  daan,
  direct,
  type House,
  refusalOf,
  subjectOf,
  wordsOf,
} from '../../support/house.ts';

describe('the most applauded', () => {
  const one = (id: string, cheers: number, at: string) => ({
    one: { id, at: Temporal.Instant.from(`2026-11-${at}T09:00:00Z`) },
    cheers,
  });

  it.each([
    ['has the most', [one('a', 1, '20'), one('b', 3, '18'), one('c', 2, '21')], 'b'],
    ['is the newest of equals', [one('a', 2, '18'), one('b', 2, '20'), one('c', 2, '19')], 'b'],
    ['is none while nobody applauded', [one('a', 0, '18'), one('b', 0, '20')], undefined],
    ['is none of nothing', [], undefined],
  ])('%s', (_, all, id) => {
    expect(mostCheered(all)?.one.id).toBe(id);
  });
});

eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());
  const bring = async (belay: House, text = 'verhaal Acme: soep om zes uur', person = bram) =>
    subjectOf(await belay.say(person, direct, text), 'feedback.details');
  const cheers = async (belay: House) =>
    (await belay.store.db.selectFrom('feedback_cheer').select('person_id').execute())
      .map(({ person_id }) => person_id)
      .toSorted();

  describe('applause', () => {
    it('is counted once a person, and taken back by pressing again', async () => {
      const belay = await house();
      const id = await bring(belay);
      expect(wordsOf(await belay.press(anna, direct, 'feedback.show', id))).toContain('Applaus geven');
      const given = wordsOf(await belay.press(anna, direct, 'feedback.cheer', id));
      expect(given).toMatch(/Applaus van 1 collega".*Applaus terugnemen/);
      expect(wordsOf(await belay.press(carla, direct, 'feedback.cheer', id))).toContain('from 2 colleagues');
      expect(await cheers(belay)).toEqual(['anna', 'carla']);
      const back = wordsOf(await belay.press(anna, direct, 'feedback.cheer', id));
      expect(back).toMatch(/Applaus van 1 collega".*Applaus geven/);
      expect(await cheers(belay)).toEqual(['carla']);
    });

    it('is counted once where the same press is delivered twice', async () => {
      const belay = await house();
      const id = await bring(belay);
      await belay.press(anna, direct, 'feedback.cheer', id, '', { key: 'same' });
      await belay.press(anna, direct, 'feedback.cheer', id, '', { key: 'same' });
      expect(await cheers(belay)).toEqual(['anna']);
    });

    it('is for stories, compliments and successes of others, not for complaints nor for one’s own', async () => {
      const belay = await house();
      const own = await bring(belay);
      expect(wordsOf(await belay.press(bram, direct, 'feedback.show', own))).not.toContain('feedback.cheer');
      expect(refusalOf(await belay.press(bram, direct, 'feedback.cheer', own))).toContain('van je collega’s');
      const complaint = await bring(belay, 'klacht Acme: te laat');
      expect(wordsOf(await belay.press(anna, direct, 'feedback.show', complaint))).not.toContain('applaus');
      expect(refusalOf(await belay.press(anna, direct, 'feedback.cheer', complaint))).toContain(
        'geen applaus',
      );
      for (const text of ['compliment Acme: meegedacht', 'succes De audit is gehaald'])
        await belay.press(anna, direct, 'feedback.cheer', await bring(belay, text));
      expect(await cheers(belay)).toEqual(['anna', 'anna']);
    });

    it('comes from colleagues alone: not from the client, its contact or another workspace', async () => {
      const belay = await house();
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      await belay.say(bram, direct, 'klant contact Acme @Carla Smit');
      const id = await bring(belay);
      expect((await belay.press(daan, acme, 'feedback.cheer', id)).kind).toBe('refused');
      expect((await belay.press(carla, direct, 'feedback.cheer', id)).kind).toBe('refused');
      expect((await belay.press(anna, direct, 'feedback.cheer', id, '', { tenant: 'T2' })).kind).toBe(
        'refused',
      );
      await belay.press(anna, direct, 'clients.archive-now', 'c1');
      expect(refusalOf(await belay.press(anna, direct, 'feedback.cheer', id))).toContain('is gearchiveerd');
      expect(await cheers(belay)).toEqual([]);
    });

    it('may come from a colleague outside the client’s team, and stays where the words are changed', async () => {
      const belay = await house();
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      const id = await bring(belay);
      const card = wordsOf(await belay.press(carla, direct, 'feedback.cheer', id));
      expect(card).not.toContain('feedback.details');
      const fields = { text: 'soep om zeven uur', 'said-by': '', day: '2026-11-23', expectation: 'none' };
      const changed = wordsOf(await belay.submit(bram, direct, 'feedback.details', id, fields));
      expect(changed).toContain('Applaus van 1 collega');
    });

    it('stands in the lists', async () => {
      const belay = await house();
      const id = await bring(belay);
      await belay.press(anna, direct, 'feedback.cheer', id);
      for (const text of ['verhalen', 'verhalen Acme'])
        expect(wordsOf(await belay.say(bram, direct, text))).toMatch(/soep.*Applaus van 1 collega"/);
      await bring(belay, 'succes De audit is gehaald');
      expect(wordsOf(await belay.say(anna, direct, 'successen'))).not.toContain('Applaus van');
    });
  });

  describe('the story of the week', () => {
    const week = (belay: TeamHouse, clients = ['c1'], tenant = 'T1') => {
      const until = belay.time.now().add({ seconds: 1 });
      return storyOfWeek(belay.store.db, tenant, clients, until.subtract({ hours: 24 * 7 }), until);
    };

    it('is the one with the most applause of the last seven days, a story and not a compliment', async () => {
      const belay = await house();
      const soup = await bring(belay, 'verhaal Acme: soep');
      const cake = await bring(belay, 'verhaal Acme: taart');
      const praise = await bring(belay, 'compliment Acme: meegedacht');
      expect(await week(belay)).toBeUndefined();
      await belay.press(anna, direct, 'feedback.cheer', soup);
      await belay.press(anna, direct, 'feedback.cheer', cake);
      await belay.press(carla, direct, 'feedback.cheer', cake);
      for (const person of [anna, carla]) await belay.press(person, direct, 'feedback.cheer', praise);
      expect(await week(belay)).toMatchObject({ one: { id: cake, text: 'taart' }, cheers: 2 });
      belay.time.advance({ hours: 24 * 8 });
      expect(await week(belay)).toBeUndefined();
    });

    it('is of these clients alone, and of this workspace', async () => {
      const belay = await house();
      await belay.store.transact((tx) =>
        addClient(tx, 'T1', acmeClient(belay, { id: 'c2', name: 'Bakkerij' })),
      );
      const id = await bring(belay, 'verhaal Bakkerij: taart');
      await belay.press(anna, direct, 'feedback.cheer', id);
      expect(await week(belay)).toBeUndefined();
      expect(await week(belay, [])).toBeUndefined();
      expect(await week(belay, ['c1', 'c2'])).toMatchObject({ one: { id } });
      expect(await week(belay, ['c2'], 'T2')).toBeUndefined();
      await belay.press(anna, direct, 'clients.merge-now', 'c2/c1');
      expect(await week(belay)).toMatchObject({ one: { id, client: 'c1' } });
    });
  });
});
