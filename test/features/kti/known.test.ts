import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findClient } from '../../../src/features/clients/store.ts';
import { standingsIn } from '../../../src/features/kti/current-store.ts';
import { keepGrade } from '../../../src/features/kti/grade-store.ts';
import { belowAverage, briefing, dailyStart } from '../../../src/features/kti/known-feature.ts';
import type { Round } from '../../../src/features/kti/kti.ts';
import { standingIn } from '../../../src/features/kti/summary-rules.ts';
import { summaryOf } from '../../../src/features/kti/summary-store.ts';
import type { Db } from '../../../src/store/database.ts';
import { voice } from '../../../src/text/say.ts';
import { eachDatabase } from '../../support/databases.ts';
import { anna, direct, wordsOf } from '../../support/house.ts';
import { type KtiHouse, openKtiHouse } from '../../support/kti-house.ts';

const defaults = { language: 'nl', timeZone: 'Europe/Amsterdam' } as const;
const words = { say: voice('nl'), ...defaults };
const acmes = { id: 'c1', name: 'Acme' };

function telling({ time }: KtiHouse, tx: Db, person = 'anna') {
  return { tx, tenant: 'T1', platform: 'test', now: time.now(), defaults, person, voice: words };
}

eachDatabase((_, open) => {
  describe('what grades tell elsewhere', () => {
    it('stands on the client’s card, and before a conversation', async () => {
      const belay = await openKtiHouse(open);
      const kti = await belay.plantExpected('Binnen een uur bellen');
      const dossierOf = async () => wordsOf(await belay.press(anna, direct, 'known.dossier', 'c1'));
      expect(await dossierOf()).toContain('"press":"kti.summary","subject":"c1"');
      expect(await dossierOf()).not.toContain('"label":"Cijfers"');
      await belay.plantClosed([{ kti, grade: 6, why: 'Niemand belde, en dat was al de derde keer.' }]);
      expect(await dossierOf()).toContain('"label":"Cijfers","value":"6 · Binnen een uur bellen, concreet"');
      const told = await belay.store.transact((tx) => briefing.show(telling(belay, tx), acmes));
      expect(JSON.stringify(told)).toMatch(
        /Laatste cijfers.*“Binnen een uur bellen, concreet”: een 6 van Daan Visser op 23 november: “Niemand belde/,
      );
    });

    it('is told before a conversation with all of a round: what asks for action first, the mean and the lowest', async () => {
      const belay = await openKtiHouse(open);
      const [ideas, calls] = [await belay.plantExpected('Drie ideeën'), await belay.plantExpected('Bellen')];
      const [help, fine] = [await belay.plantKti('Behulpzaam'), await belay.plantKti('Meedenken')];
      await belay.plantClosed([
        { kti: calls, grade: 8 },
        { kti: help, grade: 5 },
        { kti: fine, grade: 7 },
        { kti: ideas, grade: 4, why: 'Toch een 4' },
        { kti: ideas, by: 'eva', grade: 6, why: 'Kan beter' },
        { kti: ideas, by: 'finn', grade: 7 },
      ]);
      const told = await belay.store.transact((tx) => briefing.show(telling(belay, tx), acmes));
      const texts = told.flatMap((one) => ('text' in one ? [one.text] : []));
      expect(texts.slice(1)).toEqual([
        '“Behulpzaam”: een 5 van Daan Visser op 23 november',
        '“Drie ideeën, concreet”: gemiddeld 5,7 van 3 cijfers, 23 november; het laagste een 4 van Daan Visser: “Toch een 4”',
        '“Bellen, concreet”: een 8 van Daan Visser op 23 november',
      ]);
    });

    it('is missed when nothing was graded for a quarter', async () => {
      const belay = await openKtiHouse(open);
      const missing = async () => wordsOf(await belay.press(anna, direct, 'known.dossier', 'c1'));
      expect(await missing()).toContain('"summary":"nog nooit een cijfer gekregen"');
      await belay.plantClosed([{ kti: await belay.plantKti('Meedenken'), grade: 8 }]);
      belay.time.advance({ hours: 24 * 91 });
      expect(await missing()).toContain('"summary":"niets"');
      belay.time.advance({ hours: 24 * 2 });
      expect(await missing()).toContain('"summary":"laatste cijfer van 23 november"');
    });

    it('is told in the morning: each grade, and each round that is over', async () => {
      const belay = await openKtiHouse(open);
      const since = belay.time.now();
      belay.time.advance({ hours: 1 });
      const kti = await belay.plantKti('Meedenken');
      await belay.plantClosed([{ kti, grade: 4, why: 'Nooit iets gehoord.' }]);
      const morning = (clients: (typeof acmes)[], from: Temporal.Instant) =>
        belay.store.transact((tx) =>
          dailyStart.show({ ...telling(belay, tx), clients, people: [], since: from }),
        );
      expect(await morning([acmes], since)).toEqual({
        news: [
          'Acme: de ronde cijfers is gesloten, 1 van de 3 antwoordde; het laagste een 4 van Daan Visser voor “Meedenken”: “Nooit iets gehoord.”',
        ],
      });
      expect(await morning([acmes], belay.time.now())).toEqual({ news: [] });
      const round = await belay.plantRound([kti]);
      await belay.grade(round, { kti, by: 'eva', grade: 6 });
      belay.time.advance({ hours: 24 });
      const told = belay.time.now();
      belay.time.advance({ hours: 1 });
      await belay.grade(round, { kti, by: 'finn', grade: 7 });
      await belay.close(round);
      const { news } = await morning([acmes], told);
      expect(news?.[0]).toMatch(/2 van de 3 antwoordden; het laagste een 6 van Eva/);
      expect(await morning([{ id: 'c2', name: 'Bakkerij' }], since)).toEqual({ news: [] });
    });
  });

  describe('a grade below the average', () => {
    const find = (belay: KtiHouse) => belay.store.transact((tx) => belowAverage.find(telling(belay, tx)));
    const tell = (belay: KtiHouse, key: string, person = 'anna') =>
      belay.store.transact((tx) => belowAverage.tell(telling(belay, tx, person), key));

    it('is a reason to nudge the owner once the round is over, until there is an action', async () => {
      const belay = await openKtiHouse(open);
      const kti = await belay.plantExpected('Binnen een uur bellen');
      await belay.plantClosed([{ kti, grade: 8 }]);
      expect(await find(belay)).toEqual([]);
      belay.time.advance({ hours: 24 });
      const round = await belay.plantRound([kti]);
      await belay.grade(round, { kti, grade: 7 });
      expect(await find(belay)).toEqual([]);
      await belay.close(round);
      const [reason, ...more] = await find(belay);
      expect(more).toEqual([]);
      expect(reason).toMatchObject({ key: `kti.below:${kti.id}`, client: 'c1', who: ['anna'], weight: 65 });
      const told = await tell(belay, reason?.key ?? '');
      expect(told?.text).toContain('Binnen een uur bellen');
      expect(told?.buttons[0]).toMatchObject({ press: 'actions.start', subject: kti.id });
      expect(await tell(belay, reason?.key ?? '', 'carla')).toBeUndefined();
      await belay.plantAction(kti);
      expect(await find(belay)).toEqual([]);
      expect(await tell(belay, reason?.key ?? '')).toBeUndefined();
    });

    it('is none any more after a quarter', async () => {
      const belay = await openKtiHouse(open);
      await belay.plantClosed([{ kti: await belay.plantKti('Meedenken'), grade: 4 }]);
      expect(await find(belay)).toHaveLength(1);
      belay.time.advance({ hours: 24 * 93 });
      expect(await find(belay)).toEqual([]);
    });
  });

  describe('whatever is graded, and changed again', () => {
    const given = fc.record({ by: fc.integer({ min: 0, max: 5 }), grade: fc.integer({ min: 1, max: 10 }) });
    const rounds = fc.array(fc.array(given, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 });

    it('change and averages are as if counted anew from the last grade of each', async () => {
      const belay = await openKtiHouse(open);
      let count = 0;
      await fc.assert(
        fc.asyncProperty(rounds, async (all) => {
          count += 1;
          const kti = await belay.plantKti(`Vraag ${count}`);
          const last: Map<number, number>[] = [];
          let round: Round | undefined;
          for (const grades of all) {
            const open = await belay.plantRound([kti]);
            const kept = new Map<number, number>();
            await belay.store.transact(async (tx) => {
              for (const { by, grade } of grades) {
                belay.time.advance({ seconds: 1 });
                const one = {
                  round: open.id,
                  kti: kti.id,
                  grader: `g${by}`,
                  name: `G${by}`,
                  grade,
                  why: undefined,
                };
                await keepGrade(tx, 'T1', one, belay.time.now());
                kept.set(by, grade);
              }
            });
            last.push(kept);
            round = await belay.close(open);
          }
          await agrees(
            belay,
            round,
            last.map((kept) => [...kept.values()]),
          );
        }),
        { numRuns: 25 },
      );
    });

    async function agrees(belay: KtiHouse, round: Round | undefined, all: number[][]): Promise<void> {
      const tenths = (grades: number[]) =>
        Math.round((10 * grades.reduce((sum, one) => sum + one, 0)) / grades.length) / 10;
      const [now = [], then] = all.toReversed();
      const before = all.slice(0, -1).flat();
      const expected = {
        mean: tenths(now),
        n: now.length,
        change: then && Math.round((tenths(now) - tenths(then)) * 10) / 10,
        average: before.length > 0 ? { of: 'own', mean: tenths(before), n: before.length } : undefined,
      };
      await belay.store.transact(async (tx) => {
        const client = await findClient(tx, 'T1', 'c1');
        if (!client) throw new Error('Acme is gone.');
        const at = telling(belay, tx);
        const [row] = (await summaryOf(at, client, 'anna', round)).rows;
        expect(row).toMatchObject(expected);
        const [standing] = await standingsIn(at, [client], 'anna');
        expect(standing?.rows.find(({ id }) => id === row?.kti.id)).toMatchObject(expected);
        // Counted again from the grades themselves, as for an older round.
        const { total, last, before: earlier } = standingIn(row?.history ?? [], round?.id ?? '');
        expect(row?.kti.standing).toMatchObject({ total, last, before: earlier });
      });
    }
  });
});
