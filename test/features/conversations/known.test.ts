import { describe, expect, it } from 'vitest';
import type { Reason } from '../../../src/chat/contributions.ts';
import { voiceOf } from '../../../src/features/clients/voice-store.ts';
import { sentenceOf } from '../../../src/text/nudges.ts';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse, type TeamHouse } from '../../support/expectation-house.ts';
import { acme, anna, bram, daan, direct, wordsOf } from '../../support/house.ts';

/** All reasons there are now, or what one of them says to somebody. */
function reasonsOf(belay: TeamHouse) {
  const all = belay.features.flatMap(({ reasons }) => reasons ?? []);
  const { defaults } = belay.outside;
  const at = () => ({ tenant: 'T1', platform: 'test', now: belay.time.now(), defaults });
  return {
    find: () =>
      belay.store.transact(async (tx) => {
        const found: Reason[] = [];
        for (const { find } of all) found.push(...(await find({ tx, ...at() })));
        return found.map(({ key, who }) => `${key.split(':')[0]} ${who.toSorted().join(' ')}`).toSorted();
      }),
    tell: (person: string, key: string) =>
      belay.store.transact(async (tx) => {
        const voice = await voiceOf({ tx, ...at() }, person);
        const told = await all
          .find(({ name }) => key.startsWith(`${name}:`))
          ?.tell({ tx, ...at(), person, voice }, key);
        return told?.text;
      }),
  };
}

const gone = (belay: TeamHouse, person: typeof anna) =>
  belay.people.savePerson('T1', { ...person, outsider: true, checkedAt: belay.time.now().toString() });
const raise = async (belay: TeamHouse) => {
  const asked = wordsOf(await belay.say(anna, direct, 'gesprek Acme'));
  const [, subject = ''] = /"conversations.raised","subject":"([^"]+)"/.exec(asked) ?? [];
  await belay.press(anna, direct, 'conversations.raised', subject);
};

/** Monday 23 November 2026, ten o'clock in Amsterdam. */
eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());

  it('counts days as a calendar does: yesterday afternoon is not today', async () => {
    const belay = await house();
    belay.time.set('2026-11-23T15:00:00Z');
    await raise(belay);
    const said = async () => wordsOf(await belay.say(anna, direct, 'klant Acme'));
    expect(await said()).toContain('vandaag ter sprake gebracht');
    belay.time.set('2026-11-24T08:30:00Z');
    expect(await said()).toContain('1 dag geleden ter sprake gebracht');
    belay.time.set('2026-11-29T08:30:00Z');
    expect(await said()).toContain('6 dagen geleden ter sprake gebracht');
    const { tell } = reasonsOf(belay);
    belay.time.set('2026-12-08T15:30:00Z');
    expect(await tell('anna', 'conversations.quiet:c1')).toContain('15 dagen');
  });

  it('counts the days of an expectation the same way', async () => {
    const belay = await house();
    belay.time.set('2026-11-23T15:00:00Z');
    const id = await belay.plant('Sneller', { stage: 'sent' });
    const listed = async () => wordsOf(await belay.say(anna, direct, 'verwacht Acme'));
    expect(await listed()).toContain('vandaag genoteerd');
    belay.time.set('2026-11-24T08:30:00Z');
    expect(await listed()).toContain('1 dag oud');
    belay.time.set('2026-12-01T15:30:00Z');
    const { tell } = reasonsOf(belay);
    expect(await tell('anna', `expectations.unconfirmed:${id}`)).toContain('8 dagen');
    belay.time.set('2026-12-02T09:00:00Z');
    expect(await tell('anna', `expectations.unconfirmed:${id}`)).toContain('9 dagen');
  });

  it('tells of what the client said no to when nobody has talked about it for a week', async () => {
    const belay = await house();
    const id = await belay.plant('Sneller', { stage: 'sent' });
    const { wording } = await belay.find(id);
    await belay.press(daan, acme, 'expectations.doubt', wording.id);
    const { find, tell } = reasonsOf(belay);
    belay.time.set('2026-11-29T09:00:00Z');
    expect(await find()).not.toContain('expectations.doubted anna');
    belay.time.set('2026-12-01T15:00:00Z');
    expect(await find()).toContain('expectations.doubted anna');
    expect(await tell('anna', `expectations.doubted:${id}`)).toMatch(/8 dagen.*Sneller/);
    await belay.press(anna, direct, 'expectations.withdraw', id);
    expect(await tell('anna', `expectations.doubted:${id}`)).toBeUndefined();
  });

  describe('who hears of a client', () => {
    async function waiting() {
      const belay = await house();
      await belay.plant('Sneller', { stage: 'sent' });
      belay.time.set('2026-12-08T09:00:00Z');
      return belay;
    }

    it('is its owner', async () => {
      const belay = await waiting();
      expect(await reasonsOf(belay).find()).toEqual([
        'conversations.quiet anna',
        'expectations.unconfirmed anna',
      ]);
    });

    it('is its manager when the owner has left, who reads it as his own', async () => {
      const belay = await waiting();
      await gone(belay, anna);
      const { find, tell } = reasonsOf(belay);
      expect(await find()).toEqual(['conversations.quiet bram', 'expectations.unconfirmed bram']);
      const own = sentenceOf('never', 'nl', 0, { client: 'Acme' });
      expect(await tell('bram', 'conversations.quiet:c1')).toBe(own);
    });

    it('is the whole team when both have', async () => {
      const belay = await waiting();
      for (const person of [anna, bram]) await gone(belay, person);
      expect(await reasonsOf(belay).find()).toEqual([
        'conversations.quiet carla',
        'expectations.unconfirmed carla',
      ]);
    });
  });

  it('tells the manager why silence comes to him, apart from the owner’s own sentence', async () => {
    const belay = await house();
    await raise(belay);
    belay.time.set('2026-12-22T09:00:00Z');
    const { find, tell } = reasonsOf(belay);
    expect(await find()).toContain('conversations.quiet anna bram');
    const values = { client: 'Acme', days: 29, owner: anna.name };
    expect(await tell('anna', 'conversations.quiet:c1')).toBe(sentenceOf('quiet', 'nl', 0, values));
    expect(await tell('bram', 'conversations.quiet:c1')).toBe(sentenceOf('quiet-manager', 'nl', 0, values));
  });

  it.each([
    [60, '2 maanden'],
    [180, '6 maanden'],
  ])('says how long ago it was confirmed: after %i days', async (days, months) => {
    const belay = await house();
    const reviewAt = belay.time.now().add({ hours: 24 * days });
    const id = await belay.plant('Sneller', { stage: 'confirmed', reviewAt });
    belay.time.set(reviewAt.add({ hours: 24 * 7 }).toString());
    const told = await reasonsOf(belay).tell('anna', `expectations.review:${id}`);
    expect(told).toBe(`Acme bevestigde “Sneller, concreet” ${months} geleden. Geldt dat nog?`);
  });
});
