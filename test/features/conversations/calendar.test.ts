import { describe, expect, it } from 'vitest';
import type { CalendarEvent } from '../../../src/calendars/calendar.ts';
import { isUntied, nextReading, recogniser } from '../../../src/features/conversations/calendar-rules.ts';
import {
  address,
  at,
  event,
  events,
  keep,
  kept,
  openCalendarHouse,
  peopleIn,
  read,
  take,
} from '../../support/calendars.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acme, anna, bram, carla, daan, direct, general, refusalOf, wordsOf } from '../../support/house.ts';
import { begins, ends, openChat } from '../../support/meetings.ts';

describe('which client an event is with', () => {
  const clients = [
    { id: 'acme', name: 'Acme', domains: ['acme.example'], addresses: [] },
    { id: 'noord', name: 'Acme Noord', domains: [], addresses: ['eva@elders.example'] },
    { id: 'hr', name: 'HR-dienst', domains: [], addresses: ['anna@belay.example', 'dirk@belay.example'] },
    { id: 'ab', name: 'AB', domains: [], addresses: [] },
  ];
  const found = (more: Partial<CalendarEvent>) => recogniser(clients, 'anna@belay.example')(event(more));

  it.each([
    [{}, ['acme']],
    [{ attendees: ['anna@belay.example', 'eva@elders.example'] }, ['noord']],
    [{ attendees: ['daan@acme.example', 'eva@elders.example'] }, ['acme', 'noord']],
    [{ attendees: [], title: 'Kwartaal ACMÉ!' }, ['acme']],
    [{ attendees: [], title: 'bellen met acme noord' }, ['noord']],
    [{ attendees: [], title: 'Acmeteam' }, []],
    [{ attendees: [], title: 'AB-test' }, []],
    [{ attendees: ['anna@belay.example', 'bram@belay.example'], title: 'Intern over Acme' }, []],
    [{ attendees: ['x@elders.example'], title: 'Acme' }, ['acme']],
    [{ attendees: ['anna@belay.example'], title: 'Tandarts' }, []],
    [{ attendees: ['anna@belay.example', 'dirk@belay.example'] }, ['hr']],
    [{ allDay: true }, []],
    [{ cancelled: true }, []],
    [{ declined: ['anna@belay.example'] }, []],
    [{ declined: ['dirk@belay.example'] }, ['acme']],
    [{ attendees: ['eve@notacme.example'] }, []],
  ])('%j: %j', (more, ids) => {
    expect(found(more)).toEqual(ids);
  });

  it('is untied for one time, or for the whole series', () => {
    const one = event();
    const at = (occurrence: string | undefined) => [{ client: 'acme', uid: one.uid, occurrence }];
    const weekly = event({ recurring: true });
    expect(isUntied(weekly, 'acme', at(one.occurrence))).toBe(true);
    expect(isUntied(weekly, 'acme', at('2026-12-01T09:00:00Z'))).toBe(false);
    expect(isUntied(event({ occurrence: '2026-12-01T09:00:00Z' }), 'acme', at('once'))).toBe(true);
    expect(isUntied(one, 'acme', at(undefined))).toBe(true);
    expect(isUntied(one, 'noord', at(undefined))).toBe(false);
  });

  it('is read again after a quarter of an hour and a little, later and later after failures', () => {
    const now = Temporal.Instant.from('2026-11-24T09:00:00Z');
    const minutes = (failures: number, chance: number) =>
      Math.round(nextReading(now, failures, chance).since(now).total('minutes'));
    expect([minutes(0, 0), minutes(0, 1), minutes(1, 0), minutes(3, 0), minutes(50, 0)]).toEqual([
      15, 18, 30, 120, 360,
    ]);
  });
});

eachDatabase((_, open) => {
  const house = async () => openCalendarHouse(await open());

  it('is given where nobody reads along, kept sealed, and read at once', async () => {
    const belay = await house();
    expect(refusalOf(await belay.say(anna, general, `agenda ${address}`))).toContain('privégesprek');
    expect(refusalOf(await belay.say(anna, direct, 'agenda http://127.0.0.1/x.ics'))).toContain(
      'openbare server',
    );
    expect(await belay.say(anna, direct, 'agenda')).toMatchObject({
      form: { name: 'conversations.calendar' },
    });
    expect((await belay.say(daan, acme, 'agenda')).kind).toBe('refused');
    const given = wordsOf(await belay.say(anna, direct, `agenda ${address}`));
    expect(given).toContain('Ik lees je agenda nu');
    expect(given).not.toContain('private-abc');
    const row = await belay.store.db.selectFrom('calendar').selectAll().executeTakeFirstOrThrow();
    expect(row.sealed).toBe(`sealed calendar ${address}`);
    expect(await read(belay, events(event()))).toBe(1);
    expect(wordsOf((await belay.settle())[0] as never)).toContain('1 klantgesprek');
    expect(await kept(belay)).toEqual(['2026-11-24T09:00 Voortgang']);
    // Not due again before a quarter of an hour.
    expect(await read(belay, events())).toBe(0);
    const shown = wordsOf(await belay.say(anna, direct, 'agenda'));
    expect(shown).toContain('Niet met Acme');
    expect(shown).not.toContain('private-abc');
  });

  it('follows what is moved, cancelled and gone, and leaves what was answered', async () => {
    const belay = await house();
    await belay.say(anna, direct, `agenda ${address}`);
    const second = event({
      uid: 'two',
      title: 'Bezoek',
      start: Temporal.Instant.from('2026-11-25T09:00:00Z'),
      end: Temporal.Instant.from('2026-11-25T10:00:00Z'),
    });
    await read(belay, events(event(), second));
    expect(await kept(belay)).toEqual(['2026-11-24T09:00 Voortgang', '2026-11-25T09:00 Bezoek']);
    belay.time.advance({ minutes: 20 });
    const moved = {
      start: Temporal.Instant.from('2026-11-24T13:00:00Z'),
      end: Temporal.Instant.from('2026-11-24T14:00:00Z'),
    };
    await read(belay, events(event(moved), { ...second, cancelled: true }));
    expect(await kept(belay)).toEqual(['2026-11-24T13:00 Voortgang']);
    belay.time.advance({ minutes: 20 });
    // A single event that is moved is the same one, whatever its calendar says of its occurrence.
    await read(belay, events(event({ ...moved, occurrence: '2026-11-24T13:00:00Z' })));
    expect(await kept(belay)).toEqual(['2026-11-24T13:00 Voortgang']);
    belay.time.advance({ minutes: 20 });
    await read(belay, { kind: 'unchanged' });
    expect(await kept(belay)).toHaveLength(1);
    belay.time.advance({ minutes: 20 });
    await read(belay, events());
    expect(await kept(belay)).toEqual([]);
  });

  it('is one conversation in two calendars, and with what was planned by hand', async () => {
    const belay = await house();
    await belay.say(anna, direct, 'gesprek Acme morgen 10:00');
    for (const person of [anna, bram]) await belay.say(person, direct, `agenda ${address}`);
    await read(belay, events(event()));
    expect(await kept(belay)).toEqual(['2026-11-24T09:00 Voortgang']);
    expect(await peopleIn(belay)).toEqual(['anna', 'bram']);
    // Bram takes his calendar away: Anna’s conversation stays.
    await belay.press(bram, direct, 'conversations.calendar-remove');
    expect(await kept(belay)).toHaveLength(1);
    expect(await belay.store.db.selectFrom('calendar').select('person_id').execute()).toEqual([
      { person_id: 'anna' },
    ]);
  });

  it('is one conversation with the meeting in which it is held, and does not set back when that ended', async () => {
    const belay = await house();
    await openChat(belay, ['anna', 'daan']);
    await belay.say(anna, direct, `agenda ${address}`);
    belay.time.set('2026-11-24T09:05:00Z');
    const spans = async () => {
      const all = await belay.store.db
        .selectFrom('conversation')
        .select(['starts_at', 'ends_at', 'source'])
        .orderBy('starts_at')
        .execute();
      return all.map(
        ({ starts_at, ends_at, source }) => `${starts_at.slice(11, 16)}–${ends_at.slice(11, 16)} ${source}`,
      );
    };
    // It began before his calendar told of it.
    await begins(belay, '24T09:02');
    expect(await spans()).toEqual(['09:02–10:02 meeting']);
    await read(belay, events(event()));
    expect(await spans()).toEqual(['09:00–10:00 meeting']);
    belay.time.set('2026-11-24T09:31:00Z');
    await ends(belay, '24T09:30');
    await read(belay, events(event()));
    expect(await spans()).toEqual(['09:00–09:30 meeting']);
    // Put to another day now, its event is the next one.
    belay.time.advance({ minutes: 20 });
    await read(belay, events(event(at('2026-11-26T09:00:00Z'))));
    expect(await spans()).toEqual(['09:00–09:30 meeting', '09:00–10:00 calendar']);
  });

  it('tells nobody of a client whose people he is of himself', async () => {
    const belay = await house();
    const checkedAt = belay.time.now().toString();
    await belay.people.savePerson('T1', { ...carla, email: 'Carla@belay.example', checkedAt });
    await belay.say(anna, direct, 'klant toevoegen HR');
    await belay.say(anna, direct, 'klant contact HR carla@belay.example');
    await belay.say(anna, direct, 'klant contact HR dirk@belay.example');
    await belay.say(carla, direct, `agenda ${address}`);
    const own = 'carla@belay.example';
    const all = events(
      event({ uid: '1', title: 'Tandarts', attendees: [own], ...at('2026-11-24T09:00:00Z') }),
      event({
        uid: '2',
        title: 'Weekstart',
        attendees: [own, 'anna@belay.example'],
        ...at('2026-11-24T10:00:00Z'),
      }),
      event({
        uid: '3',
        title: 'Beleid',
        attendees: [own, 'dirk@belay.example'],
        ...at('2026-11-24T11:00:00Z'),
      }),
      event({
        uid: '4',
        title: 'Klant',
        attendees: [own, 'daan@acme.example'],
        ...at('2026-11-24T12:00:00Z'),
      }),
    );
    await read(belay, all);
    expect(await kept(belay)).toEqual(['2026-11-24T12:00 Klant']);
    // To a colleague the same people of HR are the client.
    await belay.say(anna, direct, `agenda ${address}`);
    await read(
      belay,
      events(
        event({
          uid: '3',
          title: 'Beleid',
          attendees: ['dirk@belay.example'],
          ...at('2026-11-24T11:00:00Z'),
        }),
      ),
    );
    expect(await kept(belay)).toEqual(['2026-11-24T11:00 Beleid', '2026-11-24T12:00 Klant']);
  });

  it('is moved in the calendar that tells of it, and nowhere else', async () => {
    const belay = await house();
    await belay.say(anna, direct, `agenda ${address}`);
    await read(belay, events(event()));
    const { id } = await belay.store.db.selectFrom('conversation').select('id').executeTakeFirstOrThrow();
    const moved = await belay.submit(anna, direct, 'conversations.change', id, { when: 'morgen 15:00' });
    expect(refusalOf(moved)).toContain('staat in een agenda');
    expect(refusalOf(await belay.press(anna, direct, 'conversations.change', id))).toContain(
      'Verzet het daar',
    );
    expect(await kept(belay)).toEqual(['2026-11-24T09:00 Voortgang']);
  });

  it('is untied by the person, once or for good', async () => {
    const belay = await house();
    await belay.say(anna, direct, `agenda ${address}`);
    const next = event({
      occurrence: '2026-12-01T09:00:00Z',
      start: Temporal.Instant.from('2026-12-01T09:00:00Z'),
      end: Temporal.Instant.from('2026-12-01T10:00:00Z'),
      title: 'Volgende',
    });
    const both = events(event({ recurring: true }), next);
    await read(belay, both);
    const idOf = async (title: string) =>
      (
        await belay.store.db
          .selectFrom('conversation')
          .select('id')
          .where('title', '=', title)
          .executeTakeFirstOrThrow()
      ).id;
    const id = await idOf('Voortgang');
    expect((await belay.press(bram, direct, 'conversations.untie-once', id)).kind).toBe('refused');
    await belay.press(anna, direct, 'conversations.untie-once', id);
    expect(await kept(belay)).toEqual(['2026-12-01T09:00 Volgende']);
    belay.time.advance({ minutes: 20 });
    await read(belay, both);
    expect(await kept(belay)).toEqual(['2026-12-01T09:00 Volgende']);
    await belay.press(anna, direct, 'conversations.untie-series', await idOf('Volgende'));
    belay.time.advance({ minutes: 20 });
    await read(belay, both);
    expect(await kept(belay)).toEqual([]);
  });

  it('is planned by at once only when what changed is near', async () => {
    const belay = await house();
    await belay.say(anna, direct, `agenda ${address}`);
    // The first reading plans in any case: the workspace may be new.
    await read(belay, events());
    const hurries = async (...all: CalendarEvent[]) => {
      await belay.store.db.deleteFrom('job').where('name', '=', 'nudges.plan').execute();
      belay.time.advance({ minutes: 20 });
      await read(belay, events(...all));
      const jobs = await belay.store.db.selectFrom('job').select('subject').where('name', '=', 'nudges.plan');
      return (await jobs.execute()).map(({ subject }) => subject).filter((subject) => subject !== '');
    };
    expect(await hurries(event())).toEqual([]);
    expect(await hurries(event(at('2026-11-23T10:00:00Z')))).toEqual(['now']);
    expect(await hurries(event(at('2026-11-23T10:00:00Z')))).toEqual([]);
    expect(await hurries(event())).toEqual(['now']);
  });

  it('is read whole once a day, because days come into sight though nobody changed it', async () => {
    const belay = await house();
    await belay.say(anna, direct, `agenda ${address}`);
    await read(belay, { kind: 'events', events: [], etag: '"1"' });
    belay.time.advance({ minutes: 20 });
    const feeds = await take(belay);
    expect(feeds).toMatchObject([{ etag: '"1"' }]);
    for (const feed of feeds) await keep(belay, feed, { kind: 'unchanged' });
    belay.time.advance({ hours: 21 });
    expect((await take(belay)).map(({ etag }) => etag)).toEqual([undefined]);
  });

  it('tells of a later trouble when its owner can be reached, and not when it is over by then', async () => {
    const belay = await house();
    for (const person of [anna, bram]) await belay.say(person, direct, `agenda ${address}`);
    await read(belay, events());
    await belay.settle();
    // Saturday, half past six in the morning.
    belay.time.set('2026-11-28T05:30:00Z');
    for (let failures = 0; failures < 4; failures += 1) {
      expect(await read(belay, { kind: 'failed', reason: 'unreachable' })).toBe(2);
      belay.time.advance({ hours: 6 });
      expect(await belay.settle()).toEqual([]);
    }
    await belay.store.db
      .updateTable('calendar')
      .set({ trouble: null })
      .where('person_id', '=', 'bram')
      .execute();
    for (const quiet of ['2026-11-29T10:00:00Z', '2026-11-30T07:29:00Z']) {
      belay.time.set(quiet);
      expect(await belay.settle()).toEqual([]);
    }
    belay.time.set('2026-11-30T07:30:00Z');
    const told = await belay.settle();
    expect(told.map(({ person }) => person)).toEqual(['anna']);
    expect(wordsOf(told[0] as never)).toContain('niet te bereiken');
  });

  it('that could not be read at first tells that it was when its owner can be reached', async () => {
    const belay = await house();
    for (const person of [anna, bram]) await belay.say(person, direct, `agenda ${address}`);
    await read(belay, { kind: 'failed', reason: 'unreachable' });
    expect(await belay.settle()).toHaveLength(2);
    // Saturday, half past six in the morning.
    belay.time.set('2026-11-28T05:30:00Z');
    await read(belay, events(event(at('2026-12-01T09:00:00Z'))));
    expect(await belay.settle()).toEqual([]);
    // One that is taken away by then tells nothing, nor does another one in its place.
    await belay.press(bram, direct, 'conversations.calendar-remove');
    await belay.say(bram, direct, `agenda ${address}`);
    await read(belay, events());
    expect(wordsOf((await belay.settle())[0] as never)).toContain('0 klantgesprekken');
    belay.time.set('2026-11-30T07:30:00Z');
    const told = await belay.settle();
    expect(told.map((one) => `${one.person} ${wordsOf(one)}`)).toEqual([
      expect.stringMatching(/^anna .*is gelezen: 1 klantgesprek/),
    ]);
    expect(await belay.settle()).toEqual([]);
  });

  it('tells no trouble to whoever has left the team before he could be reached', async () => {
    const belay = await house();
    for (const person of [anna, bram]) await belay.say(person, direct, `agenda ${address}`);
    await read(belay, events());
    await belay.settle();
    // Saturday, half past six in the morning.
    belay.time.set('2026-11-28T05:30:00Z');
    for (let failures = 0; failures < 4; failures += 1) {
      await read(belay, { kind: 'failed', reason: 'unreachable' });
      belay.time.advance({ hours: 6 });
    }
    const checkedAt = belay.time.now().toString();
    await belay.people.savePerson('T1', { ...bram, outsider: true, checkedAt });
    belay.time.set('2026-11-30T07:30:00Z');
    expect((await belay.settle()).map(({ person }) => person)).toEqual(['anna']);
  });

  it('tells once that it cannot be read, and tries again later and later', async () => {
    const belay = await house();
    await belay.say(anna, direct, `agenda ${address}`);
    await read(belay, { kind: 'failed', reason: 'refused' });
    expect(wordsOf((await belay.settle())[0] as never)).toContain('geheime adres opnieuw');
    belay.time.advance({ minutes: 20 });
    expect(await read(belay, { kind: 'failed', reason: 'refused' })).toBe(0);
    belay.time.advance({ minutes: 20 });
    expect(await read(belay, { kind: 'failed', reason: 'refused' })).toBe(1);
    expect(await belay.settle()).toEqual([]);
    expect(wordsOf(await belay.say(anna, direct, 'agenda'))).toContain('geheime adres opnieuw');
  });
});
