import { describe, expect, it } from 'vitest';
import { waiting } from '../../../src/features/improvements/known-feature.ts';
import { voice } from '../../../src/text/say.ts';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse, toldTo } from '../../support/expectation-house.ts';
import { anna, bram, direct, type House } from '../../support/house.ts';
import { bringIdea, fillPlan, moveTo } from './way.ts';

const defaults = { language: 'nl', timeZone: 'Europe/Amsterdam' } as const;

eachDatabase((_, open) => {
  describe('an idea that stands in one column for a month', () => {
    const reasonsAt = (belay: House, at: string) =>
      belay.store.transact((tx) =>
        waiting.find({ tx, tenant: 'T1', platform: 'test', now: Temporal.Instant.from(at), defaults }),
      );

    it('is a reason to nudge its maker, or those who do it', async () => {
      const belay = await openTeamHouse(await open());
      const id = await bringIdea(belay);
      expect(await reasonsAt(belay, '2026-12-23T08:59:00Z')).toEqual([]);
      const reason = { key: `improvements.waiting:${id}`, client: 'c1', weight: 15 };
      expect(await reasonsAt(belay, '2026-12-23T09:00:00Z')).toMatchObject([{ ...reason, who: ['bram'] }]);
      await fillPlan(belay, id, { doer: 'carla', second: 'anna' });
      expect(await reasonsAt(belay, '2026-12-23T09:00:00Z')).toMatchObject([{ who: ['carla', 'anna'] }]);
      belay.time.set('2026-12-01T09:00:00Z');
      await moveTo(belay, id, 'plan');
      expect(await reasonsAt(belay, '2026-12-23T09:00:00Z')).toEqual([]);
    });

    it('is none any more once it is over, or its client archived', async () => {
      const belay = await openTeamHouse(await open());
      const id = await bringIdea(belay);
      await bringIdea(belay, 'nog een');
      await belay.submit(anna, direct, 'improvements.decline', id, { reason: 'te duur' });
      expect(await reasonsAt(belay, '2026-12-24T09:00:00Z')).toHaveLength(1);
      await belay.press(anna, direct, 'clients.archive-now', 'c1');
      expect(await reasonsAt(belay, '2026-12-24T09:00:00Z')).toEqual([]);
    });

    it('passes over whoever has left or is on the client’s side by now, and falls to its maker or its owner', async () => {
      const belay = await openTeamHouse(await open());
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      const id = await bringIdea(belay);
      await fillPlan(belay, id, { doer: 'carla', second: 'bram' });
      const whoHears = async () => (await reasonsAt(belay, '2026-12-23T09:00:00Z')).map(({ who }) => who);
      expect(await whoHears()).toEqual([['carla', 'bram']]);
      await belay.say(bram, direct, 'klant contact Acme @Carla Smit');
      expect(await whoHears()).toEqual([['bram']]);
      const gone = { outsider: true, checkedAt: belay.time.now().toString() };
      await belay.people.savePerson('T1', { ...bram, ...gone });
      expect(await whoHears()).toEqual([['anna']]);
      await belay.say(anna, direct, 'verbetering Betere koffie');
      expect(await whoHears()).toEqual([['anna'], ['anna']]);
      await belay.people.savePerson('T1', { ...anna, ...gone });
      expect((await whoHears()).flat()).toEqual([]);
    });

    it('is told to nobody who became a contact after it was found', async () => {
      const belay = await openTeamHouse(await open());
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      const id = await bringIdea(belay);
      await fillPlan(belay, id, { doer: 'carla' });
      const tellCarla = () =>
        belay.store.transact((tx) =>
          waiting.tell(
            {
              ...{ tx, tenant: 'T1', platform: 'test', now: Temporal.Instant.from('2026-12-23T09:00:00Z') },
              ...{ person: 'carla', voice: { say: voice('nl'), ...defaults } },
            },
            `improvements.waiting:${id}`,
          ),
        );
      expect((await tellCarla())?.text).toContain('eerder bellen');
      await belay.say(bram, direct, 'klant contact Acme @Carla Smit');
      expect(await tellCarla()).toBeUndefined();
    });

    it('is told once, and once more to whoever wanted to hear of it later; of no client too', async () => {
      const belay = await openTeamHouse(await open());
      await belay.jobs.ready();
      await belay.say(bram, direct, 'verbetering Betere koffie');
      const told: string[] = [];
      const from = Temporal.Instant.from('2026-12-22T06:00:00Z');
      for (let hours = 0; hours < 24 * 28; hours += 1) {
        const now = from.add({ hours });
        belay.time.set(now.toString());
        const text = toldTo(await belay.settle(), 'bram');
        if (!text.includes('Betere koffie')) continue;
        told.push(now.toString());
        const sent = /"nudges\.snooze\.week","subject":"([^"]+)"/.exec(text)?.[1] ?? '';
        if (told.length === 1) await belay.press(bram, direct, 'nudges.snooze', sent, 'week');
      }
      expect(told.map((at) => at.slice(0, 10))).toEqual(['2026-12-23', '2026-12-30']);
    });
  });
});
