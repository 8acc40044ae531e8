import { describe, expect, it } from 'vitest';
import { SendError } from '../../../src/chat/platform.ts';
import { addAction } from '../../../src/features/actions/store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { toldIn, toldTo } from '../../support/expectation-house.ts';
import { acme, anna, bram, carla, daan, direct, refusalOf, subjectOf, wordsOf } from '../../support/house.ts';
import { type KtiHouse, openKtiHouse } from '../../support/kti-house.ts';

eachDatabase((_, open) => {
  async function graded() {
    const belay = await openKtiHouse(open);
    const [all, few] = [await belay.plantKti('Meedenken'), await belay.plantKti('Bereikbaar')];
    const round = await belay.plantClosed([
      { kti: all, grade: 8 },
      { kti: all, by: 'eva', grade: 7 },
      { kti: all, by: 'finn', grade: 7, why: 'geheime reden' },
      { kti: few, grade: 4 },
      { kti: few, by: 'eva', grade: 5 },
    ]);
    return { belay, round };
  }
  const told = (belay: KtiHouse, round: string, words = 'Wij bellen binnen een uur.') =>
    belay.submit(anna, direct, 'kti.share', round, { said: 'Sneller bellen', words });

  describe('what the client is told of its grades', () => {
    it('has a figure only of three people, and no names, explanations or other words than were read', async () => {
      const { belay, round } = await graded();
      const summary = await belay.say(anna, direct, 'kti overzicht Acme');
      const form = wordsOf(await belay.press(anna, direct, 'kti.share', subjectOf(summary, 'kti.share')));
      expect(form).toContain('"facts":[{"label":"Meedenken","value":"7,3 (3 mensen)"}]');
      expect(wordsOf(await told(belay, round.id))).toContain('Staat in het gedeelde kanaal van Acme.');
      const card = toldIn(await belay.settle(), 'acme');
      expect(card).toContain('7,3 (3 mensen)');
      expect(card).toMatch(/Sneller bellen.*Wij bellen binnen een uur/);
      for (const hidden of ['geheime reden', 'Finn', 'Eva', 'Daan', 'Anna', '4,5', '5,0', 'gemiddelde'])
        expect(card).not.toContain(hidden);
    });

    it('is told once, by somebody of the team, of a round that is over', async () => {
      const { belay, round } = await graded();
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      expect(refusalOf(await belay.press(carla, direct, 'kti.share', round.id))).toContain('Only the team');
      expect((await belay.press(daan, acme, 'kti.share', round.id)).kind).toBe('refused');
      expect(refusalOf(await told(belay, round.id, ' '))).toContain('Schrijf wat we gaan doen');
      await told(belay, round.id);
      expect(refusalOf(await belay.press(bram, direct, 'kti.share', round.id))).toContain(
        'Anna de Vries heeft dit',
      );
      expect(refusalOf(await told(belay, round.id))).toContain('Anna de Vries heeft dit');
      expect(wordsOf(await belay.say(anna, direct, 'kti overzicht Acme'))).not.toContain(
        '"press":"kti.share"',
      );
      const next = await belay.plantRound([await belay.plantKti('Meedenken')]);
      expect(refusalOf(await told(belay, next.id))).toContain('loopt nog');
      await belay.close(next);
      expect(refusalOf(await told(belay, next.id))).toContain('gaf niemand');
      expect(refusalOf(await told(belay, 'nonsense'))).toContain('Deze cijfers zijn er niet');
    });

    it('can be told again when it could not be posted, with what was written', async () => {
      const { belay, round } = await graded();
      await told(belay, round.id);
      await belay.people.savePlace('T1', {
        ...acme,
        reachable: false,
        checkedAt: belay.time.now().toString(),
      });
      const send = belay.platform.send;
      belay.platform.send = async (message) => {
        if (message.place === 'acme') throw new SendError('never', 'gone');
        return send(message);
      };
      expect(toldTo(await belay.settle(), 'anna')).toMatch(
        /Acme heeft dit niet gekregen.*Wij bellen binnen een uur/,
      );
      belay.platform.send = send;
      const form = wordsOf(await belay.press(anna, direct, 'kti.share', round.id));
      expect(form).toMatch(/"value":"Sneller bellen".*"value":"Wij bellen binnen een uur\."/);
      await told(belay, round.id);
      expect(toldIn(await belay.settle(), 'acme')).toContain('Wij bellen binnen een uur.');
    });

    it('begins with how the client will notice what is being done', async () => {
      const { belay, round } = await graded();
      const by = { id: 'anna', name: 'Anna' };
      const none = {
        endedBy: undefined,
        doneAt: undefined,
        reason: undefined,
        shown: undefined,
        shownAt: undefined,
      };
      await belay.store.transact((tx) =>
        addAction(
          tx,
          { tenant: 'T1', platform: 'test' },
          {
            ...{ id: 'a1', client: 'c1', kti: 'k', catalogue: undefined, title: 'Bellen', owner: by },
            ...{
              due: Temporal.PlainDate.from('2026-12-01'),
              notice: 'U hoort ons binnen een uur',
              consulted: undefined,
            },
            ...{
              state: 'open',
              startedBy: by,
              startedAt: belay.time.now(),
              revision: 1,
              shownNote: undefined,
              ...none,
            },
          },
        ),
      );
      expect(wordsOf(await belay.press(anna, direct, 'kti.share', round.id))).toContain(
        '"value":"U hoort ons binnen een uur"',
      );
    });
  });
});
