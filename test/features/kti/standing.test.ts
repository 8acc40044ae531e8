import { describe, expect, it } from 'vitest';
import type { Reason } from '../../../src/chat/contributions.ts';
import { addClient } from '../../../src/features/clients/store.ts';
import { keepInside } from '../../../src/features/expectations/inside-store.ts';
import { invitationsOf } from '../../../src/features/kti/invitation-store.ts';
import { belowAverage, dailyStart } from '../../../src/features/kti/known-feature.ts';
import type { Kti } from '../../../src/features/kti/kti.ts';
import { itemsOf, runningRound } from '../../../src/features/kti/round-store.ts';
import { companyOf } from '../../../src/features/kti/store.ts';
import { type Db, toStored } from '../../../src/store/database.ts';
import { voice } from '../../../src/text/say.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient, toldTo as sentTo } from '../../support/expectation-house.ts';
import { anna, carla, daan, direct, eva, subjectOf, wordsOf } from '../../support/house.ts';
import { type KtiHouse, openKtiHouse } from '../../support/kti-house.ts';

const month = { hours: 24 * 30 };
const defaults = { language: 'nl', timeZone: 'Europe/Amsterdam' } as const;

function toldTo({ time }: KtiHouse, tx: Db, person = 'anna') {
  const words = { say: voice('nl'), ...defaults };
  return { tx, tenant: 'T1', platform: 'test', now: time.now(), defaults, person, voice: words };
}

const find = (belay: KtiHouse): Promise<Reason[]> =>
  belay.store.transact((tx) => belowAverage.find(toldTo(belay, tx)));
const tell = (belay: KtiHouse, kti: Kti, person?: string) =>
  belay.store.transact((tx) => belowAverage.tell(toldTo(belay, tx, person), `kti.below:${kti.id}`));
const said = async (belay: KtiHouse, text = 'kti overzicht Acme', person = anna) =>
  wordsOf(await belay.say(person, direct, text));

/** Its expectation is about Bram, and the manager has not said that it can be done. */
async function aboutBram(belay: KtiHouse, { about }: Kti): Promise<void> {
  const one = await belay.find(about);
  const person = { id: 'bram', name: 'Bram Bakker' };
  await belay.store.transact((tx) => keepInside(tx, 'T1', one, { ...one, about: 'person', person }));
}

eachDatabase((_, open) => {
  describe('what holds now', () => {
    it('asks for action by its own last grade, also while a next round runs', async () => {
      const belay = await openKtiHouse(open);
      const good = await belay.plantExpected('Binnen een uur bellen');
      const [late, thinking] = [
        await belay.plantExpected('Op tijd leveren'),
        await belay.plantKti('Meedenken'),
      ];
      await belay.plantClosed([
        { kti: good, grade: 8 },
        { kti: late, grade: 4 },
        { kti: thinking, grade: 3 },
      ]);
      belay.time.advance(month);
      const round = await belay.plantRound([good, late]);
      await belay.grade(round, { kti: good, grade: 9 });
      expect((await find(belay)).map(({ key }) => key)).toEqual(
        expect.arrayContaining([`kti.below:${late.id}`, `kti.below:${thinking.id}`]),
      );
      const team = await said(belay, 'kti overzicht');
      expect(team).toContain('Acme: actie nodig bij 2 van 3');
      expect(team).toContain('"“Meedenken” 3"');
      const own = await said(belay);
      expect(own).toContain('Actie nodig bij 2 van de 3 vragen. Eén 9 of hoger: vier dat samen.');
      expect(own).toMatch(
        /Uit een eerdere ronde, en nog steeds: actie nodig.*"4 · Op tijd leveren.*Een onvoldoende · 1 cijfer, 23 november/,
      );
      for (const { id } of [late, thinking])
        expect(own).toContain(`"press":"actions.start","subject":"${id}"`);
      expect(own).toMatch(/Nog zonder cijfer in deze ronde: “Op tijd leveren, concreet” \(laatst 4\)/);
      // Once it is graded in the round that runs, it waits for the end of that.
      await belay.grade(round, { kti: late, grade: 4 });
      expect((await find(belay)).map(({ key }) => key)).toEqual([`kti.below:${thinking.id}`]);
      expect(await tell(belay, late)).toBeUndefined();
    });

    it('holds no longer when the expectation is over', async () => {
      const belay = await openKtiHouse(open);
      const kti = await belay.plantExpected('Op tijd leveren');
      await belay.plantClosed([{ kti, grade: 4 }]);
      expect(await said(belay, 'kti overzicht')).toContain('Bij de ene klant met cijfers is actie nodig.');
      await belay.store.db.updateTable('expectation').set({ state: 'withdrawn' }).execute();
      expect(await said(belay, 'kti overzicht')).toContain('Er zijn nog geen cijfers');
      expect([await find(belay), await tell(belay, kti)]).toEqual([[], undefined]);
    });

    it('is told in the words in which it was graded, until the new ones have a grade', async () => {
      const belay = await openKtiHouse(open);
      const kti = await belay.plantExpected('Snel bellen');
      await belay.plantClosed([{ kti, grade: 4 }]);
      await belay.plantKti('Binnen een uur bellen', await belay.reworded(kti, 'Binnen een uur bellen'));
      const dossier = wordsOf(await belay.press(anna, direct, 'known.dossier', 'c1'));
      expect(dossier).toContain('"value":"4 · Snel bellen, concreet (in eerdere woorden)"');
      expect(dossier).toContain('"summary":"niets"');
      expect(await said(belay, 'kti overzicht')).toContain('Snel bellen, concreet” 4 (in eerdere woorden)');
      await belay.store.db.updateTable('expectation').set({ state: 'withdrawn' }).execute();
      expect(wordsOf(await belay.press(anna, direct, 'known.dossier', 'c1'))).toContain('"summary":"niets"');
    });

    it('is kept from those who may not see the expectation yet, and not asked of the client', async () => {
      const belay = await openKtiHouse(open);
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      const kti = await belay.plantExpected('Bram belt terug');
      const other = await belay.plantExpected('Op tijd leveren');
      await belay.plantClosed([
        { kti, grade: 3, why: 'Bram is traag' },
        { kti: other, grade: 5 },
      ]);
      expect(await said(belay, 'kti overzicht Acme', carla)).toContain('Bram is traag');
      await aboutBram(belay, kti);
      for (const text of ['kti overzicht Acme', 'kti overzicht', 'klant Acme'])
        expect(await said(belay, text, carla)).not.toMatch(/Bram (is|belt)/);
      expect(await said(belay)).toContain('Bram is traag');
      expect((await belay.press(carla, direct, 'kti.reasons', `x.${kti.id}`)).kind).toBe('refused');
      const clients = [{ id: 'c1', name: 'Acme' }];
      const since = belay.time.now().subtract(month);
      await belay.store.transact(async (tx) => {
        const to = toldTo(belay, tx);
        const { news } = await dailyStart.show({ ...to, clients, people: [], since });
        expect(news).toEqual([expect.stringMatching(/^Acme: .*het laagste een 5 van Daan/)]);
      });
      expect(await tell(belay, kti)).toBeDefined();
      expect(await tell(belay, kti, 'carla')).toBeUndefined();
      await said(belay, 'kti vragen Acme');
      const round = await runningRound(belay.store.db, 'T1', 'c1');
      const asked = await itemsOf(belay.store.db, 'T1', round?.id ?? '');
      expect(asked.filter(({ source }) => source === 'expectation').map(({ id }) => id)).toEqual([other.id]);
    });

    it('is kept from whoever is to call about it, and a round of nothing else is not said to be empty', async () => {
      const belay = await openKtiHouse(open);
      const kti = await belay.plantExpected('Bram belt terug');
      const round = await belay.plantRound([kti]);
      const all = await belay.store.transact((tx) => invitationsOf(tx, 'T1', round.id));
      const { id } = all.find(({ grader }) => grader === 'daan') ?? { id: '' };
      const fields = { 'grade-1': '3', 'why-1': 'Bram is traag' };
      await aboutBram(belay, kti);
      await belay.submit(daan, direct, 'kti.grade', id, fields);
      const first = await belay.settle();
      const followUp = subjectOf(first, 'follow-ups.hand');
      await belay.submit(anna, direct, 'follow-ups.hand', followUp, { person: 'carla' });
      const sent = await belay.settle();
      expect(sentTo(first, 'anna')).toMatch(/Bram belt terug.*Bram is traag/);
      expect(sentTo(sent, 'carla')).toMatch(/answered 3.*Acme · something that you cannot see here/);
      expect(sentTo(sent, 'carla')).not.toMatch(/Bram (belt|is)|No reason given/);
      for (const is of ['running', 'closed']) {
        const kept = await said(belay, 'kti overzicht Acme', carla);
        expect([is, kept]).toEqual([is, expect.stringContaining('something that not everybody may see')]);
        expect(kept).not.toMatch(/nobody gave|no grade yet/);
        await belay.close(round);
      }
    });

    it('is told with what it was, a mean as a mean', async () => {
      const belay = await openKtiHouse(open);
      const kti = await belay.plantKti('Meedenken');
      await belay.plantClosed([
        { kti, grade: 6 },
        { kti, by: 'eva', grade: 7 },
      ]);
      await belay.plantClosed([{ kti, grade: 4 }]);
      expect(await said(belay, 'kti overzicht')).toContain('4 (was 6,5, eigen gemiddelde 6,5)');
    });
  });

  describe('what the team does about a grade', () => {
    it('stands in the summary, in whatever words it was graded when it began', async () => {
      const belay = await openKtiHouse(open);
      const kti = await belay.plantExpected('Snel bellen');
      await belay.plantClosed([{ kti, grade: 4 }]);
      const action = await belay.plantAction(kti);
      const put = await belay.reworded(kti, 'Binnen een uur bellen');
      const anew = await belay.plantKti('Binnen een uur bellen', put);
      await belay.plantClosed([{ kti: anew, grade: 5 }]);
      expect([await find(belay), await tell(belay, anew)]).toEqual([[], undefined]);
      const own = await said(belay);
      expect(own).toContain('Loopt: “Elke vrijdag bellen”, Anna de Vries, klaar op 4 december.');
      expect(own).toContain('Eén vraag vroeg om actie: daar wordt aan gewerkt.');
      expect(await said(belay, 'kti overzicht')).toContain('Acme: er wordt aan gewerkt');
      const later = acmeClient(belay, { id: 'c2', name: 'Zonnig' });
      await belay.store.transact((tx) => addClient(tx, 'T1', later));
      await belay.plantClosed([{ kti: await belay.plantKti('Meedenken', { client: 'c2' }), grade: 5 }], 'c2');
      expect(await said(belay, 'kti overzicht')).toMatch(/Zonnig: actie nodig.*Acme: er wordt aan gewerkt/);
      expect(own).toContain(`"press":"actions.show","subject":"${action}"`);
      expect(own).not.toContain('actions.start');
    });

    it('is told with what the next round says of it, once', async () => {
      const belay = await openKtiHouse(open);
      const kti = await belay.plantExpected('Snel bellen');
      await belay.plantClosed([{ kti, grade: 5 }]);
      const action = await belay.plantAction(kti, { state: 'done', doneAt: belay.time.now() });
      expect([await find(belay), await tell(belay, kti)]).toEqual([[], undefined]);
      expect(await said(belay)).toContain('Gedaan op 23 november: “Elke vrijdag bellen”, Anna de Vries.');
      belay.time.advance(month);
      await belay.plantClosed([{ kti, grade: 7 }]);
      const own = await said(belay);
      expect(own).toMatch(/Gedaan: “Elke vrijdag bellen”\. Sinds 23 november: 5 \(n.=.1\) → 7 \(n.=.1\)/);
      expect(own).toContain(`"press":"actions.show","subject":"${action}"`);
      belay.time.advance(month);
      await belay.plantClosed([{ kti, grade: 8 }]);
      expect(await said(belay)).not.toContain('Gedaan: ');
    });

    it('rests a nudge when whoever gave the grade was called', async () => {
      const belay = await openKtiHouse(open);
      const kti = await belay.plantKti('Meedenken');
      const round = await belay.plantRound([kti]);
      const given = await belay.store.transact((tx) => invitationsOf(tx, 'T1', round.id));
      for (const person of [daan, eva]) {
        const { id } = given.find(({ grader }) => grader === person.id) ?? { id: '' };
        await belay.press(person, direct, 'kti.grade', `${id}.${kti.id}`, person === daan ? '3' : '8');
      }
      const followUp = subjectOf(await belay.settle(), 'follow-ups.done');
      await belay.close(round);
      expect((await tell(belay, kti))?.text).toMatch(/onvoldoende|onder de maat/);
      expect(await find(belay)).toHaveLength(1);
      await belay.submit(anna, direct, 'follow-ups.done', followUp, { note: 'Gebeld.' });
      expect([await find(belay), await tell(belay, kti)]).toEqual([[], undefined]);
    });

    it('says below the average of a pass, and reads of one client alone', async () => {
      const belay = await openKtiHouse(open);
      const kti = await belay.plantKti('Meedenken');
      await belay.plantClosed([{ kti, grade: 9 }]);
      await belay.plantClosed([{ kti, grade: 7 }]);
      const reading = () =>
        belay.store.transact(async (tx) => {
          let rows = 0;
          const counted = tx.withPlugin({
            transformQuery: ({ node }) => node,
            transformResult: async ({ result }) => {
              rows += result.rows.length;
              return result;
            },
          });
          const told = await belowAverage.tell(toldTo(belay, counted), `kti.below:${kti.id}`);
          expect(told?.text).not.toContain('onvoldoende');
          return rows;
        });
      const alone = await reading();
      await belay.store.transact((tx) => addClient(tx, 'T1', acmeClient(belay, { id: 'c2', name: 'Beta' })));
      for (const text of ['Een', 'Twee', 'Drie'])
        await belay.plantClosed([{ kti: await belay.plantKti(text, { client: 'c2' }), grade: 4 }], 'c2');
      expect(await reading()).toBe(alone);
    });
  });

  describe('a grade', () => {
    it('is no part of the company’s average once its client is archived', async () => {
      const belay = await openKtiHouse(open);
      const more = { client: 'c2', kind: 'helpful' };
      await belay.store.transact((tx) => addClient(tx, 'T1', acmeClient(belay, { id: 'c2', name: 'Beta' })));
      await belay.plantClosed([{ kti: await belay.plantKti('Behulpzaam', more), grade: 6 }], 'c2');
      const since = belay.time.now().subtract(month);
      const company = () => companyOf(belay.store.db, 'T1', { kinds: ['helpful'], but: 'c1', since });
      expect(await company()).toEqual(new Map([['helpful', { clients: 1, mean: 6 }]]));
      const archived_at = toStored(belay.time.now());
      await belay.store.db.updateTable('client').set({ archived_at }).where('id', '=', 'c2').execute();
      expect(await company()).toEqual(new Map());
    });
  });

  describe('the morning', () => {
    it('has a line a round: failures first, then what is over, then the others', async () => {
      const belay = await openKtiHouse(open);
      const since = belay.time.now();
      belay.time.advance({ hours: 1 });
      for (const id of ['c2', 'c3'])
        await belay.store.transact((tx) => addClient(tx, 'T1', acmeClient(belay, { id, name: id })));
      const [a, b] = [await belay.plantKti('Meedenken'), await belay.plantKti('Bereikbaar')];
      const fine = await belay.plantKti('Meedenken', { client: 'c2' });
      const c = await belay.plantKti('Meedenken', { client: 'c3' });
      await belay.grade(await belay.plantRound([fine], 'c2'), { kti: fine, grade: 8 });
      await belay.plantClosed([{ kti: c, grade: 7 }], 'c3');
      const round = await belay.plantRound([a, b]);
      for (const by of ['daan', 'eva', 'finn']) await belay.grade(round, { kti: a, by, grade: 8 });
      await belay.grade(round, { kti: b, grade: 3, why: 'Niemand belde.' });
      const clients = ['c1', 'c2', 'c3'].map((id) => ({ id, name: id }));
      const { news } = await belay.store.transact((tx) =>
        dailyStart.show({ ...toldTo(belay, tx), clients, people: [], since }),
      );
      expect(news).toEqual([
        'c1: 4 cijfers, het laagste een 3 van Daan Visser voor “Bereikbaar”: “Niemand belde.”',
        'c3: de ronde cijfers is gesloten, 1 van de 3 antwoordde; het laagste een 7 van Daan Visser voor “Meedenken”',
        'c2: Daan Visser gaf een 8 voor “Meedenken”',
      ]);
    });
  });
});
