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
import { begins, ends, openChat } from '../../support/meetings.ts';

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

  it('becomes one with what a colleague typed, though the time before took place', async () => {
    const belay = await house();
    await gives(belay, bram);
    await read(belay, events(event(at('2026-11-23T09:30:00Z'))));
    await belay.say(anna, direct, 'gesprek Acme morgen 10:00');
    belay.time.set('2026-11-23T11:00:00Z');
    await belay.press(bram, direct, 'conversations.raised', await idAt(belay, '2026-11-23T09:30'));
    await read(belay, events(atFive));
    expect(await answers(belay)).toEqual([
      ['2026-11-23T09:30', 'raised', null],
      ['2026-11-24T09:05', null, null],
    ]);
    expect(await peopleIn(belay)).toEqual(['anna', 'bram', 'bram']);
  });

  it('stays beside another one, however its calendar names it', async () => {
    const belay = await house();
    await belay.say(anna, direct, 'gesprek Acme morgen 10:00');
    await belay.say(anna, direct, 'gesprek Acme morgen 10:10');
    await gives(belay, anna);
    for (const title of ['Voortgang', 'Anders']) {
      await read(belay, events(event({ title })));
      belay.time.advance({ minutes: 20 });
    }
    expect(await kept(belay)).toEqual(['2026-11-24T09:00 Anders', '2026-11-24T09:10 null']);
  });

  it('is the one that was answered already when a calendar tells of it later', async () => {
    const belay = await house();
    const typed = await belay.say(anna, direct, 'gesprek Acme vandaag 9:00-9:30');
    await belay.press(anna, direct, 'conversations.raised', subjectOf(typed, 'conversations.raised'));
    await gives(belay, bram);
    await read(belay, events(event(at('2026-11-23T08:05:00Z'))));
    expect(await answers(belay)).toEqual([['2026-11-23T08:05', 'raised', 'asked']]);
    expect(await peopleIn(belay)).toEqual(['anna', 'bram']);
  });

  it('is not the talk just before it, answered or not, nor the meeting', async () => {
    for (const isAnswered of [true, false]) {
      const belay = await house();
      belay.time.set('2026-11-23T09:50:00Z');
      const text = 'gesprek Acme vandaag 10:45-10:50';
      const id = subjectOf(await belay.say(anna, direct, text), 'conversations.raised');
      if (isAnswered) await belay.press(anna, direct, 'conversations.raised', id);
      await gives(belay, bram);
      await read(belay, events(event(at('2026-11-23T09:52:00Z'))));
      expect(await kept(belay)).toEqual(['2026-11-23T09:45 null', '2026-11-23T09:52 Voortgang']);
    }
    const belay = await house();
    await openChat(belay, ['anna', 'daan']);
    await begins(belay, '09:25');
    await ends(belay, '09:40');
    belay.time.set('2026-11-23T09:45:00Z');
    await belay.say(anna, direct, 'gesprek Acme vandaag 10:55');
    expect(await kept(belay)).toEqual(['2026-11-23T09:25 Voortgang', '2026-11-23T09:55 null']);
  });

  it('is not what was answered before it begins', async () => {
    const belay = await house();
    const typed = await belay.say(anna, direct, 'gesprek Acme vandaag 9:55-10:55');
    belay.time.set('2026-11-23T08:57:00Z');
    const id = subjectOf(typed, 'conversations.change');
    await belay.press(anna, direct, 'conversations.raised', id);
    await gives(belay, bram);
    await read(belay, events(event(at('2026-11-23T09:05:00Z'))));
    expect(await kept(belay)).toHaveLength(2);
  });

  it('is the event nearest to it', async () => {
    const belay = await house();
    await belay.say(anna, direct, 'gesprek Acme morgen 10:00');
    await gives(belay, bram);
    const before = { ...at('2026-11-24T08:50:00Z'), end: Temporal.Instant.from('2026-11-24T09:05:00Z') };
    await read(belay, events(event({ uid: 'before', title: 'Eerst', ...before }), event()));
    expect(await kept(belay)).toEqual(['2026-11-24T08:50 Eerst', '2026-11-24T09:00 Voortgang']);
    expect(await peopleIn(belay)).toEqual(['anna', 'bram', 'bram']);
  });

  it('stays that of a calendar whatever the calendar of another knows', async () => {
    const belay = await house();
    await belay.say(anna, direct, 'gesprek Acme morgen 10:00');
    await belay.say(bram, direct, 'gesprek Acme morgen 10:00');
    await gives(belay, anna);
    await read(belay, events(atFive));
    await gives(belay, bram);
    await read(belay, events());
    belay.time.advance({ minutes: 20 });
    await read(belay, (person) => (person === 'anna' ? events(event(at('2026-11-24T14:00:00Z'))) : events()));
    expect(await kept(belay)).toEqual(['2026-11-24T14:00 Voortgang']);
  });

  it('is the meeting that is going on, when it is typed around it', async () => {
    const belay = await house();
    await openChat(belay, ['anna', 'daan']);
    await begins(belay, '09:45');
    await belay.say(anna, direct, 'gesprek Acme vandaag 10:00-12:00');
    expect(await kept(belay)).toHaveLength(1);
  });

  it('of a colleague can be untied from one’s own calendar', async () => {
    const belay = await house();
    await belay.say(anna, direct, 'gesprek Acme morgen 10:00');
    await gives(belay, bram);
    await read(belay, events(atFive));
    const agenda = await belay.say(bram, direct, 'agenda');
    await belay.press(bram, direct, 'conversations.untie-once', subjectOf(agenda, 'conversations.untie'));
    expect(await peopleIn(belay)).toEqual(['anna']);
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
    await read(belay, events(event({ uid: 'other', ...wholeDay }), event(at('2026-11-23T08:55:00Z'))));
    await ends(belay, '10:05');
    const ended = belay.store.db.selectFrom('conversation').select('ends_at').orderBy('starts_at');
    expect((await ended.execute()).map(({ ends_at }) => ends_at.slice(11, 16))).toEqual(['16:00', '10:05']);
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

  it('can be moved by hand when one’s own calendar tells of it no longer', async () => {
    const belay = await house();
    const typed = await belay.say(anna, direct, 'gesprek Acme morgen 10:00');
    await gives(belay, anna);
    await read(belay, events(atFive));
    belay.time.advance({ minutes: 20 });
    await read(belay, events());
    const id = subjectOf(typed, 'conversations.change');
    await belay.submit(anna, direct, 'conversations.change', id, { when: 'morgen 15:00' });
    expect(await kept(belay)).toEqual(['2026-11-24T14:00 Voortgang']);
  });

  it('stays one when one of two calendars tells of it no longer, or again', async () => {
    const belay = await house();
    await gives(belay, bram);
    await read(belay, events(atFive));
    await belay.say(anna, direct, 'gesprek Acme morgen 10:05');
    await belay.press(bram, direct, 'conversations.calendar-remove');
    await gives(belay, anna);
    await read(belay, events(atFive));
    expect(await kept(belay)).toEqual(['2026-11-24T09:05 Voortgang']);
    expect(await peopleIn(belay)).toEqual(['anna']);
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
    const asked = await belay.hear(belay.request(anna, direct, command));
    expect(JSON.stringify(asked)).toContain('"press":"conversations.raised"');
    expect(await kept(belay)).toEqual(['2026-11-23T09:15 null']);
    expect(await peopleIn(belay)).toEqual(['anna', 'bram']);
  });
});
