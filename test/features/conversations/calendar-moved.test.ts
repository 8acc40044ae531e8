import { expect, it } from 'vitest';
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
import { anna, bram, direct } from '../../support/house.ts';

eachDatabase((_, open) => {
  const house = async () => openCalendarHouse(await open());

  it('opens again what did not take place and is put later', async () => {
    const belay = await house();
    await belay.say(anna, direct, `agenda ${address}`);
    await read(belay, events(event()));
    await belay.press(anna, direct, 'conversations.cancelled', await idAt(belay, '2026-11-24T09:00'));
    belay.time.advance({ minutes: 20 });
    await read(belay, events(event({ title: 'Anders' })));
    expect(await answers(belay)).toEqual([['2026-11-24T09:00', 'cancelled', null]]);
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

  it('leaves called off what was called off by hand, and takes what was planned anew', async () => {
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
    await belay.say(anna, direct, 'gesprek Acme morgen 10:20');
    await read(belay, events(event({ uid: 'anew', ...at('2026-11-24T09:20:00Z') })));
    expect(await answers(belay)).toEqual([
      ['2026-11-24T09:05', 'cancelled', null],
      ['2026-11-24T09:20', null, null],
    ]);
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
