import { expect, it } from 'vitest';
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
import type { TeamHouse } from '../../support/expectation-house.ts';
import { anna, bram, direct, subjectOf } from '../../support/house.ts';
import { begins, openChat } from '../../support/meetings.ts';

/** However many tell of a meeting, and in whatever order, it is one conversation. Monday 23 November 2026, nine by UTC. */
eachDatabase((_, open) => {
  const house = async () => openCalendarHouse(await open());
  const gives = (belay: TeamHouse, who: typeof anna) => belay.say(who, direct, `agenda ${address}`);
  const atFive = event(at('2026-11-24T09:05:00Z'));

  it('is one that a colleague typed before a calendar told of it', async () => {
    const belay = await house();
    await belay.say(anna, direct, 'gesprek Acme morgen 10:00');
    await gives(belay, bram);
    await read(belay, events(atFive));
    expect(await kept(belay)).toEqual(['2026-11-24T09:05 Voortgang']);
    await gives(belay, anna);
    await read(belay, events(atFive));
    expect(await kept(belay)).toEqual(['2026-11-24T09:05 Voortgang']);
    expect(await peopleIn(belay)).toEqual(['anna', 'bram']);
  });

  it('is not one that a colleague called off', async () => {
    const belay = await house();
    await belay.say(anna, direct, 'gesprek Acme morgen 10:00');
    await belay.press(anna, direct, 'conversations.cancelled', await idAt(belay, '2026-11-24T09:00'));
    await gives(belay, bram);
    await read(belay, events(atFive));
    expect(await answers(belay)).toEqual([
      ['2026-11-24T09:00', 'cancelled', null],
      ['2026-11-24T09:05', null, null],
    ]);
  });

  it('becomes one when an event is moved to what a colleague typed', async () => {
    const belay = await house();
    await gives(belay, bram);
    await read(belay, events(event(at('2026-11-24T13:00:00Z'))));
    await belay.say(anna, direct, 'gesprek Acme morgen 10:00');
    expect(await kept(belay)).toHaveLength(2);
    belay.time.advance({ minutes: 20 });
    await read(belay, events(atFive));
    expect(await kept(belay)).toEqual(['2026-11-24T09:05 Voortgang']);
    expect(await peopleIn(belay)).toEqual(['anna', 'bram']);
  });

  it('stays two when the typed one has begun by then', async () => {
    const belay = await house();
    await gives(belay, bram);
    await read(belay, events(event(at('2026-11-24T13:00:00Z'))));
    await belay.say(anna, direct, 'gesprek Acme morgen 10:00');
    belay.time.set('2026-11-24T09:01:00Z');
    await read(belay, events(atFive));
    expect(await kept(belay)).toEqual(['2026-11-24T09:00 null', '2026-11-24T09:05 Voortgang']);
  });

  it('is joined by whoever types it at a moment close to it', async () => {
    const belay = await house();
    await gives(belay, bram);
    await read(belay, events(atFive));
    expect(JSON.stringify(await belay.say(anna, direct, 'gesprek Acme morgen 10:19'))).toContain('10:05');
    expect(await kept(belay)).toEqual(['2026-11-24T09:05 Voortgang']);
    expect(await peopleIn(belay)).toEqual(['anna', 'bram']);
    await belay.say(anna, direct, 'gesprek Acme morgen 10:20');
    expect(await kept(belay)).toHaveLength(2);
  });

  it('is another when the same person types it himself', async () => {
    const belay = await house();
    await belay.say(anna, direct, 'gesprek Acme morgen 10:00');
    await belay.say(anna, direct, 'gesprek Acme morgen 10:10');
    await belay.say(anna, direct, 'gesprek Acme morgen 10:10');
    expect(await kept(belay)).toHaveLength(2);
    // A colleague joins the nearer one.
    await belay.say(bram, direct, 'gesprek Acme morgen 10:12');
    expect(await kept(belay)).toHaveLength(2);
  });

  it('is a meeting that began half an hour from what a calendar tells later, or in the middle of that', async () => {
    const belay = await house();
    await openChat(belay, ['anna', 'daan']);
    await begins(belay, '09:25');
    await gives(belay, anna);
    const wholeDay = { ...at('2026-11-23T07:00:00Z'), end: Temporal.Instant.from('2026-11-23T16:00:00Z') };
    await read(belay, events(event(at('2026-11-23T08:55:00Z')), event({ uid: 'other', ...wholeDay })));
    expect(await kept(belay)).toEqual(['2026-11-23T07:00 Voortgang', '2026-11-23T08:55 Voortgang']);
    const other = await house();
    await openChat(other, ['anna', 'daan']);
    await begins(other, '09:25');
    await gives(other, anna);
    await read(other, events(event(wholeDay)));
    expect(await kept(other)).toEqual(['2026-11-23T07:00 Voortgang']);
  });

  it('is moved by hand again once no calendar tells of it', async () => {
    const belay = await house();
    const typed = await belay.say(anna, direct, 'gesprek Acme morgen 10:00');
    const id = subjectOf(typed, 'conversations.change');
    await gives(belay, bram);
    await read(belay, events(atFive));
    const moves = () => belay.submit(anna, direct, 'conversations.change', id, { when: 'morgen 15:00' });
    expect(await moves()).toMatchObject({ kind: 'refused' });
    belay.time.advance({ minutes: 20 });
    await read(belay, events());
    expect(await peopleIn(belay)).toEqual(['anna']);
    await moves();
    expect(await kept(belay)).toEqual(['2026-11-24T14:00 Voortgang']);
  });

  it('is the one that is just over when a colleague was there too', async () => {
    const belay = await house();
    await belay.say(anna, direct, 'gesprek Acme vandaag 10:15-10:45');
    belay.time.set('2026-11-23T09:50:00Z');
    const command = {
      kind: 'command' as const,
      text: 'gesprek Acme met @Bram',
      mentions: [{ id: 'bram', name: 'Bram' }],
    };
    await belay.hear(belay.request(anna, direct, command));
    expect(await kept(belay)).toEqual(['2026-11-23T09:15 null']);
    expect(await peopleIn(belay)).toEqual(['anna', 'bram']);
  });
});
