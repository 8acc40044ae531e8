import type { CalendarEvent } from '../../../src/calendars/calendar.ts';
import type { Person } from '../../../src/chat/request.ts';
import { bram, direct, type House } from '../../support/house.ts';

/** What people do in that month beside planning and answering: on a day of December, at a time in Amsterdam. */
export type Deed = { day: number; at: string; what(belay: House): Promise<unknown> };

const moment = (day: number, time: string) =>
  Temporal.PlainDateTime.from(`2026-12-${String(day).padStart(2, '0')}T${time}`)
    .toZonedDateTime('Europe/Amsterdam')
    .toInstant();

/** Bram sees trouble at Noord and asks his manager, who takes it on and settles it. */
function warning(manager: Person): Deed[] {
  const press = (name: string) => async (belay: House) => {
    const { id } = await belay.store.db.selectFrom('early_warning').select('id').executeTakeFirstOrThrow();
    await belay.press(manager, direct, `conversations.${name}`, id);
  };
  const fields = { person: manager.id, said: 'De planning van januari schuift twee weken.' };
  return [
    {
      day: 3,
      at: '11:30',
      what: (belay) => belay.submit(bram, direct, 'conversations.warn', 'noord.', fields),
    },
    { day: 3, at: '13:00', what: press('take') },
    { day: 7, at: '11:00', what: press('settle') },
  ];
}

/** Bram's conversation of that Thursday falls through, a quarter of an hour before it. */
const cancellation: Deed = {
  day: 17,
  at: '09:45',
  async what(belay) {
    const { id } = await belay.store.db
      .selectFrom('conversation')
      .select('id')
      .where('starts_at', '=', moment(17, '10:00').toString({ smallestUnit: 'millisecond' }))
      .where('client_id', '=', 'noord')
      .executeTakeFirstOrThrow();
    await belay.press(bram, direct, 'conversations.cancelled', id);
  },
};

/** A calendar has one conversation with West; it is moved by three hours after its briefing. */
function calendar(person: Person): Deed[] {
  const event = (from: string, until: string): CalendarEvent => ({
    uid: 'quarter@calendar',
    occurrence: moment(15, '11:00').toString(),
    start: moment(15, from),
    end: moment(15, until),
    title: 'Kwartaaloverleg West',
    attendees: [],
    recurring: false,
    allDay: false,
    cancelled: false,
  });
  const read = (from: string, until: string) => async (belay: House) => {
    const calendars = belay.features.find(({ name }) => name === 'conversations')?.calendars;
    const now = belay.time.now();
    for (const feed of (await calendars?.due(belay.store.db, now, 10)) ?? [])
      await belay.store.transact(async (tx) => {
        const at = { tx, now, platform: feed.platform, tenant: feed.tenant, subject: '' };
        const reading = { kind: 'events' as const, events: [event(from, until)] };
        await belay.carry(tx, at, (await calendars?.read({ ...belay.outside, ...at }, feed, reading)) ?? []);
      });
  };
  const give = (belay: House) => belay.say(person, direct, 'agenda https://calendar.example/basic.ics');
  return [
    { day: 10, at: '12:00', what: give },
    { day: 10, at: '12:05', what: read('11:00', '11:30') },
    { day: 15, at: '10:45', what: read('14:00', '14:30') },
  ];
}

/** All of them. */
export function deedsOf({ manager, withCalendar }: { manager: Person; withCalendar: Person }): Deed[] {
  return [...warning(manager), cancellation, ...calendar(withCalendar)];
}
