import { describe, expect, it } from 'vitest';
import type { Person } from '../../../src/chat/request.ts';
import { unanswered } from '../../../src/features/feedback/known-feature.ts';
import { writeSetting } from '../../../src/store/settings.ts';
import { voice } from '../../../src/text/say.ts';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse } from '../../support/expectation-house.ts';
import { anna, bram, direct, type House, subjectOf } from '../../support/house.ts';

/** He is of the team no more. */
function left(belay: House, person: Person) {
  return belay.people.savePerson('T1', { ...person, outsider: true, checkedAt: belay.time.now().toString() });
}

const defaults = { language: 'nl', timeZone: 'Europe/Amsterdam' } as const;

eachDatabase((_, open) => {
  describe('a complaint that waits for its answer', () => {
    const reasonsAt = (belay: House, at: string) =>
      belay.store.transact((tx) =>
        unanswered.find({ tx, tenant: 'T1', platform: 'test', now: Temporal.Instant.from(at), defaults }),
      );

    it('is told to its owner after two working days, and not once it is answered', async () => {
      const belay = await openTeamHouse(await open());
      const id = subjectOf(await belay.say(bram, direct, 'klacht Acme: te laat'), 'feedback.take');
      expect(await reasonsAt(belay, '2026-11-25T08:59:00Z')).toEqual([]);
      expect(await reasonsAt(belay, '2026-11-25T09:00:00Z')).toMatchObject([
        { key: `feedback.unanswered:${id}`, client: 'c1', who: ['anna'] },
      ]);
      await belay.press(anna, direct, 'feedback.take', id);
      await belay.submit(anna, direct, 'feedback.answer', id, { words: 'Morgen om tien uur' });
      expect(await reasonsAt(belay, '2026-11-27T09:00:00Z')).toEqual([]);
    });

    it('is told to whoever stands in once its owner has left the team', async () => {
      const belay = await openTeamHouse(await open());
      const id = subjectOf(await belay.say(bram, direct, 'klacht Acme: te laat'), 'feedback.take');
      const tellTo = (person: string) =>
        belay.store.transact((tx) => {
          const at = {
            tx,
            tenant: 'T1',
            platform: 'test',
            now: Temporal.Instant.from('2026-11-25T09:00:00Z'),
          };
          const words = { say: voice('nl'), language: 'nl' as const, timeZone: 'Europe/Amsterdam' };
          return unanswered.tell({ ...at, person, voice: words }, `feedback.unanswered:${id}`);
        });
      expect(await tellTo('bram')).toBeUndefined();
      await left(belay, anna);
      expect(await reasonsAt(belay, '2026-11-25T09:00:00Z')).toMatchObject([{ who: ['bram'] }]);
      expect(JSON.stringify(await tellTo('bram'))).toContain('feedback.answer');
      expect(await tellTo('carla')).toBeUndefined();
      await left(belay, bram);
      expect(await reasonsAt(belay, '2026-11-25T09:00:00Z')).toMatchObject([{ who: ['carla'] }]);
    });

    it('counts the working days by the clock of the workspace', async () => {
      const belay = await openTeamHouse(await open());
      const workspace = { tenant: 'T1', platform: 'test', scope: 'tenant', subject: '' } as const;
      await belay.store.transact((tx) => writeSetting(tx, workspace, 'timeZone', 'Pacific/Auckland'));
      await belay.say(bram, direct, 'klacht Acme: te laat');
      // Monday ten in the evening there, so that its two days end when Thursday's work begins.
      expect(await reasonsAt(belay, '2026-11-25T19:59:00Z')).toEqual([]);
      expect(await reasonsAt(belay, '2026-11-25T20:00:00Z')).toHaveLength(1);
    });
  });
});
