import { describe, expect, it } from 'vitest';
import { addClient } from '../../../src/features/clients/store.ts';
import { closingSummary } from '../../../src/features/kti/summary-feature.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient, toldIn } from '../../support/expectation-house.ts';
import {
  acme,
  anna,
  bram,
  carla,
  daan,
  direct,
  general,
  refusalOf,
  subjectOf,
  wordsOf,
} from '../../support/house.ts';
import { type KtiHouse, openKtiHouse } from '../../support/kti-house.ts';

const month = { hours: 24 * 30 };

eachDatabase((_, open) => {
  const summary = async (belay: KtiHouse, person = anna, text = 'kti overzicht Acme') =>
    wordsOf(await belay.say(person, direct, text));

  describe('the summary of a client', () => {
    it('says grade, change, number and average, asks for action, and quotes the lowest first, in both languages', async () => {
      const belay = await openKtiHouse(open);
      const kti = await belay.plantExpected('Binnen een uur bellen');
      await belay.plantClosed([
        { kti, grade: 8 },
        { kti, by: 'eva', grade: 7 },
      ]);
      belay.time.advance(month);
      await belay.plantClosed([
        { kti, grade: 6, why: 'Het duurde een dag.' },
        { kti, by: 'eva', grade: 5, why: 'Niemand belde.' },
      ]);
      const said = await summary(belay);
      expect(said).toContain('Bij de enige vraag met een cijfer is actie nodig.');
      expect(said).toMatch(
        /"5,5 · Binnen een uur.*2 cijfers: 5 en 6 · −2,0 sinds de vorige ronde · eigen gemiddelde 7,5/,
      );
      expect(said).toContain('Een onvoldoende: actie nodig.');
      expect(said).toMatch(/5 · Eva Jansen: Niemand belde\.\\n6 · Daan Visser: Het duurde een dag\./);
      expect(said.match(/Weinig cijfers/g)).toHaveLength(1);
      expect(said).toContain('2 van de 3 antwoordden · gesloten op 23 december');
      expect(subjectOf(JSON.parse(said), 'actions.start')).toContain(kti.id);
      expect(await summary(belay, carla, 'kti summary Acme')).toMatch(/needs action.*"5\.5 · .*−2\.0 since/);
    });

    it('names who gave a fail behind a mean that passes', async () => {
      const belay = await openKtiHouse(open);
      const kti = await belay.plantKti('Meedenken');
      await belay.plantClosed([
        { kti, grade: 4, why: 'Ik hoor niets.' },
        { kti, by: 'eva', grade: 9 },
        { kti, by: 'finn', grade: 8 },
      ]);
      const said = await summary(belay);
      expect(said).toContain('"text":"Daan Visser gaf een onvoldoende."');
      expect(said).toContain('3 cijfers: 4, 8 en 9');
    });

    it('is drawn, and said in words to whoever cannot see it', async () => {
      const belay = await openKtiHouse(open);
      const kti = await belay.plantExpected('Binnen een uur bellen');
      await belay.plantClosed([{ kti, grade: 8 }]);
      const first = await summary(belay);
      expect([first.includes('"kind":"grades"'), first.includes('De eerste cijfers')]).toEqual([false, true]);
      belay.time.advance(month);
      await belay.plantClosed([{ kti, grade: 9 }]);
      const said = await summary(belay);
      expect(said).toMatch(/"kind":"grades".*"begin":"nov 2026","end":"dec 2026"/);
      expect(said).toContain('“Binnen een uur bellen, concreet”: 8,0 → 9,0, gemiddelde 8,0.');
      expect(said).toContain('vier dat samen');
    });

    it('begins a new line for other words, and says what they were', async () => {
      const belay = await openKtiHouse(open);
      const kti = await belay.plantExpected('Snel bellen');
      await belay.plantClosed([{ kti, grade: 6 }]);
      belay.time.advance(month);
      const put = await belay.reworded(kti, 'Binnen een uur bellen');
      const anew = await belay.plantKti('Binnen een uur bellen', put);
      expect(anew.id).not.toBe(kti.id);
      belay.time.advance({ hours: 1 });
      await belay.plantClosed([{ kti: anew, grade: 9 }]);
      const said = await summary(belay);
      expect(said).toMatch(/Nieuwe formulering sinds 23 december.*“Snel bellen, concreet” een 6/);
      expect(said).toContain('9,0 (in eerdere woorden 6,0)');
      expect(said).toMatch(/"anew":\[0\.9/);
      expect(said).not.toContain('sinds de vorige ronde');
      expect(said).not.toContain('Eerder gevraagd');
    });

    it('lists what was asked earlier, is alive, and was not asked this time', async () => {
      const belay = await openKtiHouse(open);
      const [one, other] = [await belay.plantExpected('Snel bellen'), await belay.plantKti('Meedenken')];
      await belay.plantClosed([{ kti: other, grade: 6 }]);
      belay.time.advance(month);
      const round = await belay.plantRound([one, await belay.plantKti('Begrijpen')]);
      expect(await summary(belay)).toContain('gesloten op');
      await belay.grade(round, { kti: one, grade: 8 });
      const said = await summary(belay);
      expect(said).toMatch(/Eerder gevraagd.*"label":"Meedenken","value":"6 · 1 cijfer, 23 november"/);
      expect(said).toContain('Nog zonder cijfer in deze ronde: “Begrijpen”.');
      expect(said).toMatch(/1 van de 3 antwoordde · open tot 30 december/);
    });

    it('shows three explanations, and all of them behind a button', async () => {
      const belay = await openKtiHouse(open);
      const kti = await belay.plantKti('Meedenken');
      const many = Array.from({ length: 12 }, (_, at) => ({
        kti,
        by: `p${at}`,
        grade: 1 + (at % 9),
        why: `reden ${at}`,
      }));
      await belay.plantClosed([...many, { kti, grade: 7 }]);
      const said = await summary(belay);
      expect(said.match(/reden \d+/g)).toEqual(['reden 0', 'reden 9', 'reden 1']);
      expect(said).toContain('Nog 9 toelichtingen');
      const subject = subjectOf(JSON.parse(said), 'kti.reasons');
      const first = wordsOf(await belay.press(anna, direct, 'kti.reasons', subject));
      expect([first.match(/reden \d+/g)?.length, first.includes('Volgende')]).toEqual([10, true]);
      const last = wordsOf(await belay.press(anna, direct, 'kti.reasons', subject, '2'));
      expect([last.match(/reden \d+/g)?.length, last.includes('Daan Visser 7')]).toEqual([2, true]);
      expect(refusalOf(await belay.press(daan, acme, 'kti.reasons', subject))).not.toContain('reden');
      expect(refusalOf(await belay.press(anna, direct, 'kti.reasons', 'x.y'))).toContain(
        'Deze cijfers zijn er niet',
      );
    });

    it('shows what the team expected, but nobody’s own', async () => {
      const belay = await openKtiHouse(open);
      const kti = await belay.plantKti('Meedenken');
      const round = await belay.plantClosed([{ kti, grade: 6 }]);
      const foretell = (person_id: string, grade: number) =>
        belay.store.db
          .insertInto('kti_forecast')
          .values({ tenant_id: 'T1', round_id: round.id, kti_id: kti.id, person_id, grade, forecast_at: '' })
          .execute();
      await foretell('anna', 8);
      // Of two each would know the other's.
      await foretell('carla', 9);
      expect(await summary(belay)).not.toContain('verwachtte');
      await foretell('bram', 6);
      const said = await summary(belay);
      expect(said).toContain('het team verwachtte 7,7: 1,7 te hoog');
      expect(said).not.toContain('Bram');
    });

    it('says clearly what to do when there are no grades', async () => {
      const belay = await openKtiHouse(open);
      const never = await summary(belay);
      expect(never).toMatch(/Acme heeft nog geen cijfers gegeven.*kti\.ask/);
      const round = await belay.plantRound([await belay.plantKti('Meedenken')]);
      expect(await summary(belay)).toMatch(/De vragen staan uit tot 30 november.*0 van de 3 antwoordden/);
      await belay.close(round);
      expect(await summary(belay)).toContain('gaf niemand een cijfer');
    });

    it('is for the team and colleagues alone', async () => {
      const belay = await openKtiHouse(open);
      const kti = await belay.plantKti('Meedenken');
      await belay.plantClosed([{ kti, grade: 3, why: 'slecht' }]);
      for (const [person, place] of [
        [daan, acme],
        [daan, direct],
      ] as const)
        expect(refusalOf(await belay.say(person, place, 'kti overzicht Acme'))).not.toContain('slecht');
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      const asColleague = await summary(belay, carla);
      expect([asColleague.includes('slecht'), asColleague.includes('actions.start')]).toEqual([true, false]);
      await belay.say(anna, direct, 'klant contact Acme @Carla Smit');
      await belay.say(bram, direct, 'klant contact Acme @Carla Smit');
      expect(await summary(belay, anna, 'kti overzicht Onbekend')).toContain('ken ik nog niet');
    });

    it('is posted for the team when a round is over, also when a later one has grades', async () => {
      const belay = await openKtiHouse(open);
      const kti = await belay.plantKti('Meedenken');
      await belay.plantClosed([{ kti, grade: 8 }]);
      belay.time.advance(month);
      const round = await belay.plantClosed([{ kti, grade: 6 }]);
      belay.time.advance(month);
      await belay.plantClosed([{ kti, grade: 10 }]);
      const defaults = { language: 'nl', timeZone: 'Europe/Amsterdam' } as const;
      const at = { tenant: 'T1', platform: 'test', now: belay.time.now(), defaults };
      await belay.store.transact(async (tx) => {
        const effects = await closingSummary({ ...at, tx }, round);
        await belay.carry(tx, at, effects);
      });
      const told = toldIn(await belay.settle(), 'general');
      expect(told).toMatch(/"6 · Meedenken.*1 cijfer · −2,0 sinds de vorige ronde · eigen gemiddelde 8,0/);
      expect(told).toContain('"press":"kti.share.beside"');
      expect(belay.failures).toEqual([]);
    });
  });

  describe('the summary of all clients', () => {
    it('has the worst first, what changed, and ten a page', async () => {
      const belay = await openKtiHouse(open);
      for (let at = 10; at < 21; at += 1) {
        const id = `k${at}`;
        await belay.store.transact((tx) =>
          addClient(tx, 'T1', acmeClient(belay, { id, name: `Klant ${at}` })),
        );
        const kti = await belay.plantKti('Meedenken', { client: id });
        await belay.plantClosed([{ kti, grade: 8 }], id);
        await belay.plantClosed([{ kti, grade: at === 17 ? 4 : at === 12 ? 7 : 8 }], id);
      }
      const said = wordsOf(await belay.say(anna, direct, 'kti overzicht'));
      expect(said).toMatch(
        /Bij 2 van de 11 klanten is actie nodig.*Klant 17: actie nodig".*Klant 12.*Klant 10/,
      );
      expect(said).toContain('“Meedenken” 4 (was 8, eigen gemiddelde 8,0)');
      expect(said.match(/"press":"kti\.summary"/g)).toHaveLength(10);
      const second = wordsOf(await belay.press(anna, direct, 'kti.team', '', '2'));
      expect(second.match(/"press":"kti\.summary"/g)).toHaveLength(1);
      expect(second).toContain('Van 1 klant zijn er nu geen cijfers.');
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      expect(wordsOf(await belay.say(carla, direct, 'kti summary'))).toContain(
        '2 of 11 clients need action.',
      );
    });

    it('is that client’s own summary in the internal channel of a team with one client', async () => {
      const belay = await openKtiHouse(open);
      const said = wordsOf(await belay.say(bram, general, 'kti overzicht'));
      expect(said).toMatch(/Acme heeft nog geen cijfers gegeven.*Elke maandag hier/);
      expect(said).not.toContain('kti.team');
      for (const text of ['kti', 'kti sluiten acme', 'kti cancel acme', 'kti samenvatting acme'])
        expect(wordsOf(await belay.say(bram, general, text))).toContain(
          'Acme heeft nog geen cijfers gegeven',
        );
      const more = acmeClient(belay, {
        id: 'c2',
        name: 'Bakkerij',
        owner: { id: 'finn', name: 'Finn Mulder' },
        manager: undefined,
      });
      await belay.store.transact((tx) => addClient(tx, 'T1', more));
      await belay.plantClosed([{ kti: await belay.plantKti('Meedenken', { client: 'c2' }), grade: 8 }], 'c2');
      expect(wordsOf(await belay.say(bram, general, 'kti overzicht'))).toMatch(
        /"kti\.team","subject":"all","label":"Alle klanten"/,
      );
      expect(wordsOf(await belay.press(bram, direct, 'kti.team', 'all'))).toContain('Bakkerij');
      expect(wordsOf(await belay.say(anna, acme, 'kti overzicht'))).not.toContain('Elke maandag hier');
    });
  });
});
