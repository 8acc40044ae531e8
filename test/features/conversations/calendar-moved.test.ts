import { expect, it } from 'vitest';
import { addClient } from '../../../src/features/clients/store.ts';
import { toStored } from '../../../src/store/database.ts';
import {
  address,
  answers,
  at,
  event,
  events,
  idAt,
  kept,
  openCalendarHouse,
  peopleIn,
  read,
} from '../../support/calendars.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient } from '../../support/expectation-house.ts';
import { anna, bram, direct } from '../../support/house.ts';

eachDatabase((_, open) => {
  const house = async () => openCalendarHouse(await open());

  it('opens again what did not take place and is put later', async () => {
    const belay = await house();
    await belay.say(anna, direct, `agenda ${address}`);
    await read(belay, events(event()));
    await belay.press(anna, direct, 'conversations.cancelled', await idAt(belay, '2026-11-24T09:00'));
    belay.time.advance({ minutes: 20 });
    // Nor does a colleague's calendar open it, which tells of it for the first time.
    await belay.say(bram, direct, `agenda ${address}`);
    await read(belay, events(event({ title: 'Anders' })));
    expect(await answers(belay)).toEqual([['2026-11-24T09:00', 'cancelled', null]]);
    await belay.press(bram, direct, 'conversations.calendar-remove');
    belay.time.advance({ minutes: 20 });
    await read(belay, events(event(at('2026-11-26T09:00:00Z'))));
    expect(await answers(belay)).toEqual([['2026-11-26T09:00', null, null]]);
    // What is put to a moment before the answer stays as it is.
    belay.time.advance({ hours: 24 * 3 });
    await belay.press(anna, direct, 'conversations.cancelled', await idAt(belay, '2026-11-26T09:00'));
    await read(belay, events(event(at('2026-11-26T08:00:00Z'))));
    expect(await answers(belay)).toEqual([['2026-11-26T09:00', 'cancelled', null]]);
  });

  it('leaves what took place, though its event is put later', async () => {
    const belay = await house();
    await belay.say(anna, direct, `agenda ${address}`);
    await read(belay, events(event()));
    belay.time.advance({ hours: 26 });
    await belay.press(anna, direct, 'conversations.raised', await idAt(belay, '2026-11-24T09:00'));
    for (const _ of [1, 2]) {
      await read(belay, events(event(at('2026-11-26T09:00:00Z'))));
      belay.time.advance({ minutes: 20 });
      expect(await answers(belay)).toEqual([
        ['2026-11-24T09:00', 'raised', null],
        ['2026-11-26T09:00', null, null],
      ]);
    }
  });

  it('is asked about again when it is put later after it was asked about', async () => {
    const belay = await house();
    await belay.say(anna, direct, `agenda ${address}`);
    await read(belay, events(event()));
    belay.time.advance({ hours: 25, minutes: 15 });
    await belay.store.db
      .updateTable('conversation')
      .set({ asked_at: toStored(belay.time.now()) })
      .execute();
    await read(belay, events(event({ title: 'Anders' })));
    expect(await answers(belay)).toEqual([['2026-11-24T09:00', null, 'asked']]);
    belay.time.advance({ minutes: 20 });
    await read(belay, events(event(at('2026-11-26T09:00:00Z'))));
    expect(await answers(belay)).toEqual([['2026-11-26T09:00', null, null]]);
  });

  it('tells of two conversations shortly after each other, both planned by hand', async () => {
    const belay = await house();
    await belay.say(anna, direct, 'gesprek Acme morgen 10:00-10:10');
    await belay.say(anna, direct, 'gesprek Acme morgen 10:10-10:20');
    await belay.say(anna, direct, `agenda ${address}`);
    const second = event({ uid: 'two', title: 'Twee', ...at('2026-11-24T09:10:00Z') });
    await read(belay, events(event(), second));
    expect(await kept(belay)).toEqual(['2026-11-24T09:00 Voortgang', '2026-11-24T09:10 Twee']);
  });

  it('leaves called off what was called off by hand', async () => {
    const belay = await house();
    await belay.say(anna, direct, 'gesprek Acme morgen 10:00');
    await belay.press(anna, direct, 'conversations.cancelled', await idAt(belay, '2026-11-24T09:00'));
    await belay.say(anna, direct, `agenda ${address}`);
    const late = events(event(at('2026-11-24T09:05:00Z')));
    for (const _ of [1, 2]) {
      await read(belay, late);
      belay.time.advance({ minutes: 20 });
      expect(await answers(belay)).toEqual([['2026-11-24T09:05', 'cancelled', null]]);
    }
  });

  it('is what was planned anew, and not what was called off', async () => {
    const belay = await house();
    await belay.say(anna, direct, 'gesprek Acme morgen 10:00');
    await belay.press(anna, direct, 'conversations.cancelled', await idAt(belay, '2026-11-24T09:00'));
    await belay.say(anna, direct, 'gesprek Acme morgen 10:00');
    await belay.say(anna, direct, `agenda ${address}`);
    await read(belay, events(event(at('2026-11-24T09:05:00Z'))));
    expect(await answers(belay)).toEqual([
      ['2026-11-24T09:00', 'cancelled', null],
      ['2026-11-24T09:05', null, null],
    ]);
  });

  it('stays untied when its client becomes a part of another', async () => {
    const belay = await house();
    await belay.say(anna, direct, `agenda ${address}`);
    await belay.store.transact((tx) => addClient(tx, 'T1', acmeClient(belay, { id: 'c2', name: 'Zonnig' })));
    await belay.say(anna, direct, 'klant domein Zonnig zonnig.example');
    // One with Acme alone, and one with both.
    const both = events(
      event(),
      event({ uid: 'both', attendees: ['daan@acme.example', 'x@zonnig.example'] }),
    );
    await read(belay, both);
    for (const { id } of await belay.store.db.selectFrom('conversation').select('id').execute())
      await belay.press(anna, direct, 'conversations.untie-once', id);
    await belay.press(anna, direct, 'clients.merge-now', 'c1/c2');
    belay.time.advance({ minutes: 20 });
    await read(belay, both);
    expect(await kept(belay)).toEqual([]);
    expect(belay.failures).toEqual([]);
  });

  it('takes nobody out whom it did not bring in', async () => {
    const belay = await house();
    await belay.say(anna, direct, `agenda ${address}`);
    await read(belay, events(event()));
    await belay.say(bram, direct, 'gesprek Acme morgen 10:00');
    await belay.say(bram, direct, `agenda ${address}`);
    await read(belay, events());
    expect(await peopleIn(belay)).toEqual(['anna', 'bram']);
    // Nor when his calendar told of it first, or tells of it later.
    belay.time.advance({ minutes: 20 });
    await read(belay, events(event()));
    await belay.say(anna, direct, 'gesprek Acme morgen 10:00');
    belay.time.advance({ minutes: 20 });
    await read(belay, events());
    expect(await peopleIn(belay)).toEqual(['anna', 'bram']);
  });

  it('takes out whom it brought into what a colleague planned by hand', async () => {
    const belay = await house();
    await belay.say(anna, direct, 'gesprek Acme morgen 10:00');
    for (const person of [anna, bram]) await belay.say(person, direct, `agenda ${address}`);
    await read(belay, events(event()));
    expect(await peopleIn(belay)).toEqual(['anna', 'bram']);
    belay.time.advance({ minutes: 20 });
    await read(belay, events());
    expect(await peopleIn(belay)).toEqual(['anna']);
  });
});
