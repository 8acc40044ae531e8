import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/chat/platform.ts';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse } from '../../support/expectation-house.ts';
import {
  anna,
  bram,
  carla,
  daan,
  direct,
  general,
  type House,
  refusalOf,
  subjectOf,
  wordsOf,
} from '../../support/house.ts';

/** The numbers that end the texts in a list, in its order. */
function numbersIn(outcome: Outcome): number[] {
  return [...wordsOf(outcome).matchAll(/nummer (\d+)"/g)].map(([, number]) => Number(number));
}

eachDatabase((_, open) => {
  describe('a list of what was brought', () => {
    const house = async () => openTeamHouse(await open());
    async function bringMany(belay: House, word: string, count: number) {
      for (let number = 1; number <= count; number += 1) {
        await belay.say(bram, direct, `${word} Acme: nummer ${number}`);
        belay.time.advance({ minutes: 1 });
      }
    }

    it('goes on page by page, the newest first, forwards and back', async () => {
      const belay = await house();
      await bringMany(belay, 'klacht', 10);
      const first = await belay.say(carla, direct, 'klachten Acme');
      expect(numbersIn(first)).toEqual([10, 9, 8, 7, 6, 5, 4, 3]);
      expect(subjectOf(first, 'feedback.list-complaint.2')).toBe('c1');
      const turn = (detail: string) => belay.press(carla, direct, 'feedback.list-complaint', 'c1', detail);
      expect(numbersIn(await turn('2'))).toEqual([2, 1]);
      expect(wordsOf(await turn('2'))).toContain('feedback.list-complaint.1');
      for (const beyond of ['9', '9999']) expect(numbersIn(await turn(beyond))).toEqual([2, 1]);
      for (const forged of ['0', '-1', 'x', '1e9']) expect(numbersIn(await turn(forged))).toHaveLength(8);
    });

    it('goes on with all clients where it began with all', async () => {
      const belay = await house();
      await bringMany(belay, 'compliment', 9);
      await belay.say(anna, direct, 'succes: nummer 1');
      expect(wordsOf(await belay.say(anna, direct, 'complimenten'))).toContain('feedback.list-compliment.2');
      // In a client's own channel too, in which the list would be of that client.
      const second = await belay.press(anna, general, 'feedback.list-compliment', '', '2');
      expect(numbersIn(second)).toEqual([1]);
      expect(wordsOf(second)).not.toContain('van Acme, laatste drie maanden');
      expect(wordsOf(await belay.say(anna, direct, 'successen'))).not.toContain('feedback.list-success');
    });

    it('has a complaint that is open whatever its age, and one that was answered for three months', async () => {
      const belay = await house();
      const id = subjectOf(await belay.say(bram, direct, 'klacht Acme: nummer 1'), 'feedback.take');
      await belay.say(bram, direct, 'compliment Acme: nummer 2');
      belay.time.advance({ hours: 24 * 400 });
      for (const text of ['klachten', 'klachten Acme'])
        expect(numbersIn(await belay.say(anna, direct, text))).toEqual([1]);
      expect(wordsOf(await belay.say(anna, direct, 'klachten'))).toContain('23 november 2026');
      await belay.submit(anna, direct, 'feedback.answer', id, { words: 'Gebeld' });
      expect(wordsOf(await belay.say(anna, direct, 'klachten'))).toContain('Er is geen klacht open');
      expect(wordsOf(await belay.say(anna, direct, 'complimenten Acme'))).toContain(
        'De laatste drie maanden kwam er van Acme geen compliment',
      );
    });

    it('is a collection of all stories and successes of a client, and of all clients of the newest', async () => {
      const belay = await house();
      await belay.say(bram, direct, 'verhaal Acme: nummer 1');
      await belay.say(bram, direct, 'succes Acme: nummer 2');
      belay.time.advance({ hours: 24 * 400 });
      await belay.say(bram, direct, 'verhaal Acme: nummer 3');
      expect(numbersIn(await belay.say(anna, direct, 'verhalen Acme'))).toEqual([3, 1]);
      expect(numbersIn(await belay.say(anna, direct, 'successen Acme'))).toEqual([2]);
      expect(numbersIn(await belay.say(anna, direct, 'verhalen'))).toEqual([3]);
    });

    it('turns to nothing of a client that somebody may not read of, of another workspace, or archived', async () => {
      const belay = await house();
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      await belay.say(bram, direct, 'klant contact Acme @Carla Smit');
      await bringMany(belay, 'klacht', 9);
      const turn = (person = carla, more = {}) =>
        belay.press(person, direct, 'feedback.list-complaint', 'c1', '1', more);
      for (const refused of [await turn(), await belay.say(carla, direct, 'complaints Acme')])
        expect(refusalOf(refused)).toContain('Acme');
      expect((await turn(daan)).kind).toBe('refused');
      expect((await turn(anna, { tenant: 'T2' })).kind).toBe('refused');
      expect(numbersIn(await turn(anna))).toHaveLength(8);
      await belay.press(anna, direct, 'clients.archive-now', 'c1');
      expect(refusalOf(await turn(anna))).toContain('is gearchiveerd');
    });
  });
});
