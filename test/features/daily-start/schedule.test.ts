import { expect, it } from 'vitest';
import { type Outgoing, SendError } from '../../../src/chat/platform.ts';
import { writeSetting } from '../../../src/store/settings.ts';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse, type TeamHouse } from '../../support/expectation-house.ts';
import { anna, bram, direct, general, refusalOf, wordsOf } from '../../support/house.ts';

const posts = (sent: Outgoing[]) =>
  sent.filter(({ kind, place }) => kind === 'post' && place === 'general').map(({ card }) => card.summary);
const place = { tenant: 'T1', platform: 'test', scope: 'place', subject: 'general' } as const;

/** Monday 23 November 2026, ten o'clock in Amsterdam. */
eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());
  const comesAt = async (belay: TeamHouse, moment: string) => {
    belay.time.set(moment);
    return posts(await belay.settle());
  };

  it('begins by itself on working days at the time of its channel, once a day', async () => {
    const belay = await house();
    expect(wordsOf(await belay.say(anna, general, 'dagstart om 8:45'))).toContain(
      'om 08:45 begint hier de dagstart, de eerste op dinsdag 24 november om 08:45',
    );
    expect(await comesAt(belay, '2026-11-24T07:44:00Z')).toEqual([]);
    expect(await comesAt(belay, '2026-11-24T07:45:00Z')).toEqual([
      expect.stringContaining('Dagstart · dinsdag 24 november'),
    ]);
    expect(await comesAt(belay, '2026-11-24T08:00:00Z')).toEqual([]);
    for (const [moment, count] of [
      ['2026-11-25T07:45:00Z', 1],
      ['2026-11-26T07:45:00Z', 1],
      ['2026-11-27T07:45:00Z', 1],
      ['2026-11-28T07:45:00Z', 0],
      ['2026-11-29T07:45:00Z', 0],
      ['2026-11-30T07:45:00Z', 1],
    ] as const)
      expect(await comesAt(belay, moment), moment).toHaveLength(count);
    expect(belay.failures).toEqual([]);
  });

  it('follows its channel to another clock, and still comes once a day', async () => {
    const belay = await house();
    await belay.say(anna, general, 'dagstart om 8:45');
    expect(await comesAt(belay, '2026-11-24T07:45:00Z')).toHaveLength(1);
    await belay.store.transact((tx) => writeSetting(tx, place, 'timeZone', 'America/New_York'));
    // What was planned by the old clock is planned anew when its moment comes: that is the middle of the night there.
    expect(await comesAt(belay, '2026-11-25T07:45:00Z')).toHaveLength(0);
    expect(await comesAt(belay, '2026-11-25T13:45:00Z')).toHaveLength(1);
    expect(await comesAt(belay, '2026-11-26T13:45:00Z')).toHaveLength(1);
  });

  it('comes up to two hours late, and is left out after that, which is counted and shown', async () => {
    const belay = await house();
    await belay.say(anna, general, 'dagstart om 8:45');
    expect(await comesAt(belay, '2026-11-24T09:45:00Z')).toHaveLength(1);
    expect(await comesAt(belay, '2026-11-25T09:46:00Z')).toEqual([]);
    expect(wordsOf(await belay.say(bram, general, 'dagstart'))).toContain('1 keer ging hij niet door');
    // Away for days: that of today and no other.
    expect(await comesAt(belay, '2026-12-03T08:00:00Z')).toHaveLength(1);
    expect(await comesAt(belay, '2026-12-04T07:45:00Z')).toHaveLength(1);
    expect(wordsOf(await belay.say(bram, general, 'dagstart'))).toContain('6 keer ging hij niet door');
  });

  it('does not come beside one that somebody began, and is set anew by whoever sets it last', async () => {
    const belay = await house();
    await belay.say(anna, general, 'dagstart om 8:45');
    await belay.say(bram, general, 'dagstart om 9:15');
    expect(await comesAt(belay, '2026-11-24T07:45:00Z')).toEqual([]);
    belay.time.set('2026-11-24T08:10:00Z');
    await belay.say(bram, general, 'dagstart nu');
    expect(posts(await belay.settle())).toHaveLength(1);
    expect(await comesAt(belay, '2026-11-24T08:15:00Z')).toEqual([]);
    expect(await comesAt(belay, '2026-11-25T08:15:00Z')).toHaveLength(1);
  });

  it('comes no more once it is off, though “now” always works', async () => {
    const belay = await house();
    await belay.say(anna, general, 'dagstart om 8:45');
    await belay.say(bram, general, 'dagstart uit');
    expect(await comesAt(belay, '2026-11-24T07:45:00Z')).toEqual([]);
    expect(refusalOf(await belay.say(bram, general, 'dagstart uit'))).toContain('geen dagstart vanzelf');
    // A Sunday evening.
    belay.time.set('2026-11-29T20:00:00Z');
    await belay.say(bram, general, 'dagstart nu');
    expect(posts(await belay.settle())).toHaveLength(1);
  });

  it('is not put on another holiday, when its channel keeps those of another country since', async () => {
    const belay = await house();
    await belay.store.transact((tx) => writeSetting(tx, place, 'daily-start.country', 'BE'));
    belay.time.set('2027-04-26T08:00:00Z');
    await belay.say(anna, general, 'dagstart om 8:45');
    await belay.store.transact((tx) => writeSetting(tx, place, 'daily-start.country', undefined));
    expect(wordsOf(await belay.say(anna, general, 'dagstart'))).toContain('woensdag 28 april');
    expect(await comesAt(belay, '2027-04-27T06:45:00Z')).toEqual([]);
    expect(await comesAt(belay, '2027-04-28T06:45:00Z')).toHaveLength(1);
  });

  it('comes once a day, whatever time it is set to after it has been', async () => {
    const belay = await house();
    await belay.say(anna, general, 'dagstart om 8:45');
    expect(await comesAt(belay, '2026-11-24T07:45:00Z')).toHaveLength(1);
    belay.time.set('2026-11-24T09:30:00Z');
    expect(wordsOf(await belay.say(bram, general, 'dagstart om 11:00'))).toContain(
      'de eerste op woensdag 25 november om 11:00',
    );
    expect(await comesAt(belay, '2026-11-24T10:00:00Z')).toEqual([]);
    expect(await comesAt(belay, '2026-11-25T10:00:00Z')).toHaveLength(1);
  });

  it('tells with the next one what nobody has seen, counts it, and says so to whoever began it', async () => {
    const belay = await house();
    await belay.say(anna, general, 'dagstart om 8:45');
    expect(await comesAt(belay, '2026-11-24T07:45:00Z')).toHaveLength(1);
    belay.time.set('2026-11-24T12:00:00Z');
    await belay.say(bram, direct, 'compliment Acme: fijn');
    await belay.settle();
    const { send } = belay.platform;
    belay.platform.send = async (message) => {
      if (message.kind === 'post' && message.place) throw new SendError('never', 'msg_too_long');
      return send(message);
    };
    expect(await comesAt(belay, '2026-11-25T07:45:00Z')).toEqual([]);
    belay.time.set('2026-11-25T08:00:00Z');
    await belay.say(bram, general, 'dagstart nu');
    const told = await belay.settle();
    expect(told.map(({ person }) => person)).toContain('bram');
    expect(JSON.stringify(told)).toContain('kon niet in');
    belay.platform.send = send;
    belay.time.set('2026-11-26T07:45:00Z');
    expect(JSON.stringify(await belay.settle())).toContain('Compliment van Acme: “fijn”');
    expect(wordsOf(await belay.say(bram, general, 'dagstart'))).toContain('1 keer ging hij niet door');
  });

  it('skips the holidays that its channel keeps', async () => {
    const belay = await house();
    await belay.store.transact((tx) => writeSetting(tx, place, 'daily-start.country', 'BE'));
    belay.time.set('2027-04-26T08:00:00Z');
    await belay.say(anna, general, 'dagstart om 8:45');
    // King's day is none in Belgium; Ascension day is one in both.
    expect(await comesAt(belay, '2027-04-27T06:45:00Z')).toHaveLength(1);
    expect(await comesAt(belay, '2027-05-05T06:45:00Z')).toHaveLength(1);
    expect(await comesAt(belay, '2027-05-06T06:45:00Z')).toHaveLength(0);
    expect(await comesAt(belay, '2027-05-07T06:45:00Z')).toHaveLength(1);
  });

  it('asks for a time that is one, in words, and changes nothing before', async () => {
    const belay = await house();
    expect(wordsOf(await belay.say(anna, general, 'dagstart half negen'))).toContain('om 08:30');
    await belay.say(anna, general, 'dagstart uit');
    for (const typed of ['25:00', 'straks', 'kwart voor'])
      expect(refusalOf(await belay.say(anna, general, `dagstart om ${typed}`))).toContain(
        'Schrijf hem zoals',
      );
    expect((await belay.say(anna, general, 'dagstart om')).kind).toBe('ask');
    expect(refusalOf(await belay.say(anna, direct, 'dagstart om 8:45'))).toContain('kanaal');
    expect(wordsOf(await belay.say(anna, general, 'dagstart'))).toContain('nog geen vaste dagstart');
  });

  it('stops where clients read along by now, or where Belay is no more, and says so once', async () => {
    for (const [change, words] of [
      [{ shared: true }, 'leest nu iemand van buiten mee'],
      [{ reachable: false }, 'niets meer plaatsen'],
    ] as const) {
      const belay = await house();
      await belay.say(anna, general, 'dagstart om 8:45');
      await belay.people.savePlace('T1', { ...general, ...change, checkedAt: '2026-11-24T07:00:00Z' });
      belay.time.set('2026-11-24T07:45:00Z');
      const sent = await belay.settle();
      expect(sent.map(({ person }) => person)).toEqual(['anna']);
      expect(wordsOf(sent[0] as never)).toContain(words);
      await belay.people.savePlace('T1', { ...general, checkedAt: '2026-11-24T07:00:00Z' });
      expect(await comesAt(belay, '2026-11-25T07:45:00Z')).toEqual([]);
    }
  });

  it('stops when its channel turns out to be deleted, and leaves nothing open there', async () => {
    const belay = await house();
    await belay.say(anna, general, 'dagstart om 8:45');
    const { send } = belay.platform;
    belay.platform.send = async (message) => {
      if (message.place !== 'general') return send(message);
      await belay.people.savePlace('T1', { ...general, reachable: false, checkedAt: '2026-11-24T07:00:00Z' });
      throw new SendError('never', 'channel_not_found');
    };
    belay.time.set('2026-11-24T07:45:00Z');
    const sent = await belay.settle();
    expect(sent.map(({ person }) => person)).toEqual(['anna']);
    const rows = await belay.store.db.selectFrom('daily_start').select('closed_at').execute();
    expect(rows.every(({ closed_at }) => closed_at !== null)).toBe(true);
    expect(await belay.store.db.selectFrom('daily_start_plan').selectAll().execute()).toEqual([]);
  });
});
