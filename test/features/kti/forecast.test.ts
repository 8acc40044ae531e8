import { describe, expect, it } from 'vitest';
import { eachDatabase } from '../../support/databases.ts';
import { toldIn, toldTo } from '../../support/expectation-house.ts';
import {
  anna,
  bram,
  carla,
  daan,
  direct,
  eva,
  finn,
  general,
  type House,
  refusalOf,
  subjectOf,
  wordsOf,
} from '../../support/house.ts';
import { askedOf, openPlanHouse } from '../../support/kti-plan-house.ts';

const everybody = ['daan', 'eva', 'finn'];
const fields = (one: string, two?: string) => ({ 'grade-1': one, ...(two && { 'grade-2': two }) });

eachDatabase((_, open) => {
  /** The team of Acme predicts, and Bram asks: the question before the team, and its round. */
  async function predicting() {
    const belay = await openPlanHouse(open);
    await belay.predicts();
    await belay.plantExpected('Elke week bellen');
    const said = wordsOf(await belay.say(bram, general, 'kti vragen acme'));
    const sent = await belay.settle();
    const round = subjectOf(sent, 'kti.forecast');
    return { belay, said, sent, round };
  }
  const predict = ({ submit }: House, person: typeof anna, round: string, given: Record<string, string>) =>
    submit(person, general, 'kti.forecast', round, given);

  describe('the blind forecast', () => {
    it('is asked in the internal channel alone where its setting says so, and the client at ten the next working day', async () => {
      const { belay, said, sent } = await predicting();
      expect(said).toMatch(/voorspelt eerst wat Acme zal zeggen.*dinsdag 24 november om 10:00/);
      expect(said).not.toContain('in het interne kanaal');
      const before = wordsOf(await belay.say(bram, direct, 'kti overzicht acme'));
      expect([before.includes('eerst voorspelt het team'), before.includes('open tot')]).toEqual([
        true,
        false,
      ]);
      expect(toldIn(sent, 'general')).toMatch(
        /Wat gaat Acme zeggen\?.*Elke week bellen, concreet.*24 november om 10:00/,
      );
      expect([askedOf(sent), toldIn(sent, 'acme')]).toEqual([[], '']);
      expect(askedOf(await belay.at('2026-11-24T08:59:59Z'))).toEqual([]);
      const asked = await belay.at('2026-11-24T09:00:00Z');
      expect(askedOf(asked)).toEqual(everybody);
      expect(toldTo(asked, 'bram')).toContain('Acme is om cijfers gevraagd: 3 contactpersonen');
      expect(toldIn(asked, 'general')).toContain('Voorspellen kan niet meer');
      expect(belay.failures).toEqual([]);
    });

    it('is switched on in the channel’s settings', async () => {
      const belay = await openPlanHouse(open);
      await belay.plantExpected('Elke week bellen');
      const set = { language: 'automatic', timeZone: '', 'kti.predict': 'yes' };
      await belay.submit(bram, general, 'settings.place', '', set);
      expect(wordsOf(await belay.say(bram, general, 'kti vragen acme'))).toContain(
        'Het team voorspelt eerst',
      );
    });

    it('keeps each one’s own, which he can change; of others nobody sees more than how many, from three', async () => {
      const { belay, round } = await predicting();
      const form = async (person: typeof anna) =>
        wordsOf(await belay.press(person, general, 'kti.forecast', round));
      expect(wordsOf(await predict(belay, anna, round, fields('8', '6')))).toMatch(
        /voorspelling is bewaard.*"press":"kti\.forecast"/,
      );
      expect(await form(anna)).toMatch(/"label":"2\. Behulpzaam".*"value":6/);
      expect(await form(anna)).toMatch(/"value":8.*"value":6/);
      await predict(belay, anna, round, fields('9'));
      const own = await form(anna);
      expect([own.includes('"value":9'), own.includes('"value":6')]).toEqual([true, false]);
      await predict(belay, bram, round, fields('3'));
      expect(await form(carla)).not.toMatch(/"value":\d/);
      expect(toldIn(await belay.settle(), 'general')).not.toContain('hebben voorspeld');
      await predict(belay, carla, round, fields('5'));
      const card = toldIn(await belay.settle(), 'general');
      expect(card).toContain('3 collega’s hebben voorspeld.');
      expect(card).not.toMatch(/Anna|Bram|Carla/);
    });

    it('refuses what is no grade, who is not of the client’s team, and what comes too late', async () => {
      const { belay, round } = await predicting();
      for (const given of [{}, fields('11'), fields('x')])
        expect(await predict(belay, anna, round, given)).toMatchObject({ kind: 'refused', field: 'grade-1' });
      expect(await predict(belay, anna, round, fields('8', '0'))).toMatchObject({ field: 'grade-2' });
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      expect(refusalOf(await predict(belay, carla, round, fields('8')))).toContain('Anna de Vries');
      expect((await predict(belay, daan, round, fields('8'))).kind).toBe('refused');
      expect(refusalOf(await predict(belay, anna, 'r9', fields('8')))).not.toBe('answer');
      const put = wordsOf(await belay.press(bram, general, 'kti.put', round));
      expect(put).toContain('Acme is om cijfers gevraagd');
      expect(askedOf(await belay.settle())).toEqual(everybody);
      expect(refusalOf(await predict(belay, anna, round, fields('8')))).toMatch(
        /al gevraagd, dus voorspellen kan niet/,
      );
      expect(refusalOf(await belay.press(bram, general, 'kti.put', round))).toMatch(/al gevraagd/);
      expect(await belay.store.db.selectFrom('kti_forecast').selectAll().execute()).toEqual([]);
      expect(askedOf(await belay.at('2026-11-24T09:00:00Z'))).toEqual([]);
    });

    it('shows in the summary how far the team was off, from three who predicted', async () => {
      const gapAfter = async (forecasters: (typeof anna)[]) => {
        const { belay, round } = await predicting();
        for (const person of forecasters) await predict(belay, person, round, fields('9'));
        const asked = await belay.at('2026-11-24T09:00:00Z');
        for (const person of [daan, eva, finn]) await belay.grade1(asked, person, 7);
        await belay.press(bram, general, 'kti.close', round);
        return toldIn(await belay.settle(), 'general');
      };
      expect(await gapAfter([anna, bram])).not.toContain('verwachtte');
      const three = await gapAfter([anna, bram, carla]);
      expect(three).toContain('het team verwachtte 9,0: 2,0 te hoog');
      expect(three).not.toMatch(/Anna|Bram|Carla/);
    });

    it('goes on when the plan it began with is stopped, which is said with what can be done', async () => {
      const belay = await openPlanHouse(open);
      await belay.predicts();
      await belay.plantExpected('Elke week bellen');
      await belay.say(bram, direct, 'kti plannen acme maandelijks');
      const round = subjectOf(await belay.settle(), 'kti.forecast');
      const stopped = await belay.say(bram, direct, 'kti plannen acme uit');
      expect(wordsOf(stopped)).toContain('op dinsdag 24 november om 10:00 krijgt de klant de vragen');
      expect(subjectOf(stopped, 'kti.cancel')).toBe(round);
    });

    it('ends with a round that is withdrawn, or that nobody can be asked in by then', async () => {
      const { belay, round } = await predicting();
      await belay.press(bram, general, 'kti.cancel', round);
      expect(toldIn(await belay.settle(), 'general')).toContain('De voorspellingen vervallen.');
      expect(refusalOf(await predict(belay, anna, round, fields('8')))).toMatch(/ingetrokken/);
      await belay.say(bram, general, 'kti vragen acme');
      await belay.contacts([]);
      await belay.settle();
      const due = await belay.at('2026-11-24T09:00:00Z');
      expect(askedOf(due)).toEqual([]);
      expect(toldTo(due, 'bram')).toMatch(
        /niet om cijfers gevraagd; de ronde is vervallen.*geen contactpersoon.*clients\.contact/,
      );
      expect(toldIn(due, 'general')).toContain('De voorspellingen vervallen.');
      await belay.contacts(everybody);
      expect(wordsOf(await belay.say(bram, general, 'kti vragen acme'))).toContain(
        'Het team voorspelt eerst',
      );
    });

    it('is not begun when nobody could be asked after it, and goes on in the owner’s name when who asked has left', async () => {
      const { belay, round } = await predicting();
      await belay.leave(bram);
      const asked = await belay.at('2026-11-24T09:00:00Z');
      expect(toldTo(asked, 'anna')).toContain('Acme is om cijfers gevraagd');
      expect(toldTo(asked, 'daan')).toContain('Anna de Vries vraagt u');
      const reminded = toldTo(await belay.at('2026-11-27T09:00:00Z'), 'daan');
      expect([reminded.includes('Anna de Vries'), reminded.includes('Bram')]).toEqual([true, false]);
      await belay.press(anna, general, 'kti.close', round);
      expect(refusalOf(await belay.say(anna, direct, 'kti vragen acme'))).toMatch(
        /Niemand van Acme kan nu gevraagd/,
      );
    });
  });
});
