import { describe, expect, it } from 'vitest';
import { setMute } from '../../../src/features/nudges/store.ts';
import { writeSetting } from '../../../src/store/settings.ts';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse } from '../../support/expectation-house.ts';
import { anna, bram, direct, type House, wordsOf } from '../../support/house.ts';

const question = 'Erna krijg je één vraag: kwam de verwachting ter sprake?';
const at = { tenant: 'T1', platform: 'test' };

function pause(belay: House, until: string) {
  const whose = { ...at, scope: 'person', subject: 'anna' } as const;
  return belay.store.transact((tx) => writeSetting(tx, whose, 'nudges.paused', until));
}

/** Monday 23 November 2026, ten o'clock in Amsterdam. */
eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());
  const said = async (belay: House, when: string) =>
    wordsOf(await belay.say(anna, direct, `gesprek Acme ${when}`));

  describe('what comes by itself is promised as it is planned', () => {
    it('at the moment at which it comes', async () => {
      const belay = await house();
      for (const [when, says] of [
        ['morgen 14:00', `Je krijgt 30 minuten ervoor een briefing. ${question}`],
        ['over 30 minuten', `Je briefing komt zo. ${question}`],
        ['vandaag 9:30', `Het is al begonnen. ${question}`],
        ['woensdag 9:00', `Je briefing komt dinsdag 24 november om 17:00. ${question}`],
        ['zondag 14:00', `Je briefing komt vrijdag 27 november om 17:30. ${question}`],
        ['eerste kerstdag', 'begrijp ik niet'],
        ['25 december 11:00', `Je briefing komt donderdag 24 december om 17:30. ${question}`],
      ] as const)
        expect(await said(belay, when)).toContain(says);
    });

    it('and it comes then', async () => {
      const belay = await house();
      expect(await said(belay, 'morgen 9:00')).toContain('Je briefing komt maandag 23 november om 17:00');
      const heard = [];
      for (let quarter = 0; quarter < 30; quarter += 1) {
        if ((await belay.settle()).length > 0) heard.push(belay.time.now().toString());
        belay.time.advance({ minutes: 15 });
      }
      expect(heard).toEqual(['2026-11-23T16:00:00Z']);
      expect(await said(belay, 'morgen 9:00')).toContain('De briefing heb je al gekregen.');
      expect(belay.failures).toEqual([]);
    });

    it('as long before as the workspace has set', async () => {
      const belay = await house();
      const workspace = { ...at, scope: 'tenant', subject: '' } as const;
      await belay.store.transact((tx) => writeSetting(tx, workspace, 'conversations.before', '60'));
      expect(await said(belay, 'morgen 14:00')).toContain('Je krijgt 60 minuten ervoor een briefing.');
    });

    it('not while he has paused, and again from the day on which that is over', async () => {
      const belay = await house();
      await pause(belay, '2026-11-26');
      const resting = await said(belay, 'woensdag 14:00');
      expect(resting).toContain('Je seintjes staan op pauze tot 26 november; bekijk de briefing hier.');
      expect(resting).not.toContain('één vraag');
      expect(await said(belay, 'donderdag 14:00')).toContain('30 minuten ervoor');
      expect(await said(belay, 'donderdag 9:15')).toContain('donderdag 26 november om 08:30');
    });

    it('nor of a client of which he wants to hear nothing, nor out of his hours', async () => {
      const belay = await house();
      const muted = { person: 'anna', client: 'c1', mute: true };
      await belay.store.transact((tx) => setMute(tx, at, muted));
      const silent = await said(belay, 'morgen 14:00');
      expect(silent).toContain('Je seintjes over Acme staan uit; bekijk de briefing hier.');
      expect(silent).not.toContain('één vraag');
      await belay.store.transact((tx) => setMute(tx, at, { ...muted, mute: false }));
      belay.time.advance({ hours: 9 });
      expect(await said(belay, 'vandaag 21:00')).toContain('Tot dit gesprek werk je niet meer');
    });

    it('for all of a full day together, and one of those who take part is asked', async () => {
      const belay = await house();
      for (const time of ['10:00', '11:30', '13:00'])
        expect(await said(belay, `morgen ${time}`)).toContain('30 minuten ervoor');
      expect(await said(belay, 'morgen 15:00')).toMatch(
        /Je hebt die dag veel gesprekken: de briefing voor allemaal samen komt dinsdag 24 november om 0/,
      );
      const both = wordsOf(await belay.say(bram, direct, 'gesprek Acme morgen 15:00'));
      expect(both).toContain('30 minuten ervoor een briefing. Erna krijgt een van jullie één vraag');
    });
  });
});
