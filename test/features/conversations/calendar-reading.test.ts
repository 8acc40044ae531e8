import { expect, it } from 'vitest';
import type { Feed } from '../../../src/chat/feature.ts';
import { giveCalendar } from '../../../src/features/conversations/calendar-store.ts';
import { createCalendarRound } from '../../../src/jobs/calendars.ts';
import { writePeople } from '../../../src/store/people.ts';
import { writeSetting } from '../../../src/store/settings.ts';
import {
  address,
  at,
  calendarsOf,
  event,
  events,
  idAt,
  keep,
  kept,
  openCalendarHouse,
  peopleIn,
  read,
  take,
} from '../../support/calendars.ts';
import { eachDatabase } from '../../support/databases.ts';
import type { TeamHouse } from '../../support/expectation-house.ts';
import { anna, bram, direct } from '../../support/house.ts';
import { somebodyWaits } from '../../support/waiting.ts';

/** Keeps what came of the first calendar, and what came of the second before the first is committed. */
async function keepBoth(belay: TeamHouse, first: Feed, second: Feed): Promise<void> {
  const [kept, commit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const one = keep(belay, first, events(event()), () => {
    kept.resolve();
    return commit.promise;
  });
  await Promise.race([kept.promise, one]);
  const other = keep(belay, second, events(event()));
  await Promise.race([somebodyWaits(belay), other]);
  commit.resolve();
  await Promise.all([one, other]);
}

eachDatabase((database, open) => {
  async function house(...people: (typeof anna)[]) {
    const belay = await openCalendarHouse(await open());
    for (const person of people) await belay.say(person, direct, `agenda ${address}`);
    return belay;
  }

  // On SQLite one transaction waits for the other's end.
  if (database === 'postgres') {
    it('loses nobody of two calendars that tell of one event at once', async () => {
      const belay = await house(anna, bram);
      const [first, second] = await take(belay);
      if (!first || !second) throw new Error('Two calendars are due.');
      await keepBoth(belay, first, second);
      expect(await peopleIn(belay)).toEqual(['anna', 'bram']);
      expect(await kept(belay)).toHaveLength(1);
    });

    it('is kept once, though two read it at once', async () => {
      const belay = await house(anna);
      await belay.settle();
      const [feed] = await take(belay);
      if (!feed) throw new Error('A calendar is due.');
      await keepBoth(belay, feed, feed);
      expect(await belay.settle()).toHaveLength(1);
    });
  }

  it('is taken by one of several instances, and by another when that one is gone', async () => {
    const belay = await house(anna, bram);
    const taken = (await Promise.all([take(belay), take(belay)])).flat();
    expect(taken.map(({ person }) => person).toSorted()).toEqual(['anna', 'bram']);
    belay.time.advance({ minutes: 16 });
    const again = await take(belay);
    expect(again).toHaveLength(2);
    // The first one wakes up late: what it read is old.
    for (const feed of taken) await keep(belay, feed, events(event({ title: 'Oud' })));
    expect(await kept(belay)).toEqual([]);
    for (const feed of again) await keep(belay, feed, events(event()));
    expect(await kept(belay)).toEqual(['2026-11-24T09:00 Voortgang']);
  });

  it('is read, however many are due, in one round', async () => {
    const belay = await house();
    const now = belay.time.now();
    const people = Array.from({ length: 201 }, (_, index) => ({ ...bram, id: `p${index}` }));
    await belay.store.transact(async (tx) => {
      const checkedAt = now.toString();
      await writePeople(
        tx,
        'test',
        'T1',
        people.map((person) => ({ ...person, checkedAt })),
      );
      for (const { id: person, name } of people)
        await giveCalendar(tx, { tenant: 'T1', platform: 'test', person }, { name, sealed: address, now });
    });
    const asked: string[] = [];
    await roundOf(belay, asked).tick();
    expect(asked).toHaveLength(201);
  });

  function ports(belay: TeamHouse) {
    return {
      ...{ store: belay.store, calendars: [calendarsOf(belay)], carryOut: belay.carry, now: belay.time.now },
      ...{ outside: () => belay.outside, wakeSender: () => {} },
      troubled: (error: unknown) => void belay.failures.push(error),
    };
  }

  function roundOf(belay: TeamHouse, asked: string[]) {
    return createCalendarRound({
      ...ports(belay),
      read: async ({ person }, { timeZone }) => {
        asked.push(`${person} ${timeZone}`);
        return events();
      },
    });
  }

  it('is no trouble of a calendar’s that Belay stops while it is read', async () => {
    const belay = await house(anna, bram);
    const round = createCalendarRound({
      ...ports(belay),
      read: async () => {
        void round.stop();
        return { kind: 'failed', reason: 'unreachable' };
      },
    });
    await round.tick();
    const failures = belay.store.db.selectFrom('calendar').select('failures');
    expect(await failures.execute()).toEqual([{ failures: 0 }, { failures: 0 }]);
  });

  it('takes a time without a zone by the clock of the person, the workspace, or else the usual one', async () => {
    const belay = await house(anna);
    const asked: string[] = [];
    const round = roundOf(belay, asked);
    const next = () => belay.time.advance({ minutes: 20 });
    await round.tick();
    next();
    const workspace = { tenant: 'T1', platform: 'test', scope: 'tenant', subject: '' } as const;
    await belay.store.transact((tx) => writeSetting(tx, workspace, 'timeZone', 'Europe/Lisbon'));
    await round.tick();
    next();
    const checkedAt = belay.time.now().toString();
    await belay.people.savePerson('T1', { ...anna, timeZone: 'Europe/Athens', checkedAt });
    await round.tick();
    expect(asked).toEqual(['anna Europe/Amsterdam', 'anna Europe/Lisbon', 'anna Europe/Athens']);
  });

  it('is forgotten when its owner is of the team no more', async () => {
    const belay = await house(anna, bram);
    await read(belay, events(event()));
    belay.time.advance({ minutes: 20 });
    const checkedAt = belay.time.now().toString();
    await belay.people.savePerson('T1', { ...bram, outsider: true, checkedAt });
    expect((await take(belay)).map(({ person }) => person)).toEqual(['anna']);
    const left = await belay.store.db.selectFrom('calendar').select('person_id').execute();
    expect(left).toEqual([{ person_id: 'anna' }]);
    expect(await peopleIn(belay)).toEqual(['anna']);
  });

  it('is looked at anew as soon as clients are recognised by something else', async () => {
    const belay = await house(anna);
    const tagged = { ...events(), etag: '"1"' };
    for (const change of [
      'klant toevoegen Zonnig',
      'klant domein Zonnig zonnig.example',
      'klant contact Zonnig eva@elders.example',
      'klant hernoemen Zonnig: Zonneveld',
    ]) {
      await read(belay, tagged);
      belay.time.advance({ minutes: 20 });
      expect(
        (await take(belay)).map(({ etag }) => etag),
        'as it stood',
      ).toEqual(['"1"']);
      belay.time.advance({ minutes: 20 });
      await belay.say(anna, direct, change);
      const feeds = await take(belay);
      expect(
        feeds.map(({ etag }) => etag),
        change,
      ).toEqual([undefined]);
      belay.time.advance({ minutes: 20 });
    }
  });

  it('is told of a series no more at once, though the calendar does not change', async () => {
    const belay = await house(anna, bram);
    const weekly = (day: string, more = {}) => {
      const start = `2026-${day}T09:00:00Z`;
      return event({ recurring: true, occurrence: start, title: day, ...at(start), ...more });
    };
    const other = { uid: 'other', title: 'Ander' };
    const tagged = { ...events(weekly('11-24'), weekly('12-01'), weekly('12-08', other)), etag: '"1"' };
    await read(belay, (person) => (person === 'anna' ? tagged : events(weekly('12-01'))));
    await belay.press(anna, direct, 'conversations.untie-series', await idAt(belay, '2026-11-24T09:00'));
    // What a colleague's calendar tells of as well stays his.
    expect(await kept(belay)).toEqual(['2026-12-01T09:00 12-01', '2026-12-08T09:00 Ander']);
    expect(await peopleIn(belay)).toEqual(['anna', 'bram']);
    // And it is read whole now: another reading may have been under way.
    expect((await take(belay)).map(({ person, etag }) => [person, etag])).toEqual([['anna', undefined]]);
  });
});
