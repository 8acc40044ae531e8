import { describe, expect, it } from 'vitest';
import { eachDatabase } from '../../support/databases.ts';
import { toldIn, toldTo } from '../../support/expectation-house.ts';
import { acme, anna, bram, daan, direct, general, refusalOf, wordsOf } from '../../support/house.ts';
import { type KtiHouse, openKtiHouse } from '../../support/kti-house.ts';

eachDatabase((_, open) => {
  const start = (belay: KtiHouse) => belay.press(bram, general, 'kti.weekly', 'on');
  const at = async (belay: KtiHouse, moment: string) => {
    belay.time.set(moment);
    return belay.settle();
  };

  describe('the weekly summary', () => {
    it('comes on Mondays at nine: how the clients stand, and once that nothing is new', async () => {
      const belay = await openKtiHouse(open);
      expect(wordsOf(await start(belay))).toContain('maandag 30 november om 09:00');
      await start(belay);
      belay.time.advance({ hours: 1 });
      await belay.plantClosed([{ kti: await belay.plantKti('Meedenken'), grade: 4 }]);
      expect(toldIn(await at(belay, '2026-11-30T07:59:00Z'), 'general')).toBe('');
      const told = toldIn(await at(belay, '2026-11-30T08:00:00Z'), 'general');
      expect(told).toMatch(/Acme: actie nodig".*Niet meer elke maandag/);
      expect(told.match(/Cijfers van onze klanten"/g)?.length).toBe(1);
      const quiet = toldIn(await at(belay, '2026-12-07T08:00:00Z'), 'general');
      expect(quiet).toContain('Geen nieuwe cijfers van klanten sinds 30 november.');
      expect(toldIn(await at(belay, '2026-12-14T08:00:00Z'), 'general')).toBe('');
      await belay.plantClosed([{ kti: await belay.plantKti('Meedenken'), grade: 9 }]);
      expect(toldIn(await at(belay, '2026-12-21T08:00:00Z'), 'general')).toContain('Laagste: “Meedenken” 9');
      await belay.press(anna, general, 'kti.weekly', 'off');
      expect(toldIn(await at(belay, '2026-12-28T08:00:00Z'), 'general')).toBe('');
      expect(belay.failures).toEqual([]);
    });

    it('is left out when Belay was away, and goes on the week after', async () => {
      const belay = await openKtiHouse(open);
      await start(belay);
      expect(toldIn(await at(belay, '2026-12-01T08:00:00Z'), 'general')).toBe('');
      await belay.plantClosed([{ kti: await belay.plantKti('Meedenken'), grade: 8 }]);
      expect(toldIn(await at(belay, '2026-12-07T08:00:00Z'), 'general')).toContain('“Meedenken” 8');
    });

    it.each([
      ['shared', { shared: true, reachable: true }, 'daar lezen nu mensen van buiten mee'],
      ['unreachable', { shared: false, reachable: false }, 'ik kan daar niets meer plaatsen'],
    ])('stops when its channel is %s, and tells who planned it', async (_, change, words) => {
      const belay = await openKtiHouse(open);
      await start(belay);
      await belay.people.savePlace('T1', { ...general, ...change, checkedAt: belay.time.now().toString() });
      const sent = await at(belay, '2026-11-30T08:00:00Z');
      expect([toldIn(sent, 'general'), toldTo(sent, 'bram').includes(words)]).toEqual(['', true]);
      await belay.people.savePlace('T1', { ...general, checkedAt: belay.time.now().toString() });
      expect(toldIn(await at(belay, '2026-12-07T08:00:00Z'), 'general')).toBe('');
    });

    it('is planned from a private answer too, for the channel that its button names', async () => {
      const belay = await openKtiHouse(open);
      const checkedAt = belay.time.now().toString();
      await belay.people.savePlace('T1', { ...general, name: 'het team', checkedAt });
      const said = wordsOf(await belay.say(bram, { ...general, name: 'het team' }, 'kti overzicht'));
      expect(said).toContain('Elke maandag in het team');
      const named = said.match(/on\.general/)?.[0];
      const set = wordsOf(await belay.press(bram, direct, 'kti.weekly', named));
      expect(set).toContain('in het team, voor het eerst maandag 30 november om 09:00');
      await belay.people.saveMembers('T1', 'general', ['anna', 'carla']);
      const press = (person: typeof anna, subject: string) =>
        belay.press(person, direct, 'kti.weekly', subject);
      for (const subject of ['on.general', 'off.general', 'on.nowhere', 'on'])
        expect(refusalOf(await press(bram, subject))).toContain('kanaal van het team zelf');
      expect(refusalOf(await press(anna, 'on.acme'))).toContain('kanaal van het team zelf');
      belay.time.advance({ hours: 1 });
      await belay.plantClosed([{ kti: await belay.plantKti('Meedenken'), grade: 8 }]);
      expect(toldIn(await at(belay, '2026-11-30T08:00:00Z'), 'general')).toContain('“Meedenken” 8');
      expect(wordsOf(await press(anna, 'off.general'))).toContain('niet meer elke maandag in het team');
    });

    it('is planned by nobody where clients read along', async () => {
      const belay = await openKtiHouse(open);
      expect(refusalOf(await belay.press(anna, acme, 'kti.weekly', 'on'))).toContain(
        'kanaal van het team zelf',
      );
      expect((await belay.press(daan, acme, 'kti.weekly', 'on')).kind).toBe('refused');
    });
  });
});
