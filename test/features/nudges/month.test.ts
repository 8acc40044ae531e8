import { expect, it } from 'vitest';
import type { Outgoing } from '../../../src/chat/platform.ts';
import type { Person } from '../../../src/chat/request.ts';
import { newClient } from '../../../src/features/clients/clients.ts';
import { linkPlace } from '../../../src/features/clients/link-store.ts';
import { addColleague } from '../../../src/features/clients/people-store.ts';
import { addClient } from '../../../src/features/clients/store.ts';
import { openStore } from '../../../src/store/open.ts';
import { writeSetting } from '../../../src/store/settings.ts';
import { newDatabase } from '../../support/databases.ts';
import { wordsIn } from '../../support/diary.ts';
import { plantIn } from '../../support/expectation-house.ts';
import { anna, bram, carla, direct, general, type House, openHouse } from '../../support/house.ts';
import { allMigrations } from '../../support/migrations.ts';
import { deedsOf } from './month-deeds.ts';

/**
 * A month of a team of eight with three clients: every message that anybody got unasked, as readable text, to be read line
 * by line: would you want to receive this? `npx vitest run test/features/nudges/month.test.ts -u` writes it anew.
 */

const first = '2026-12-01';
const days = 31;

const others: Person[] = [4, 5, 6, 7, 8].map((number) => ({
  id: `colleague-${number}`,
  name: `Collega ${number}`,
  outsider: false,
  admin: false,
}));
const [four, five, six, seven, eight] = others as [Person, Person, Person, Person, Person];
const team = [anna, bram, carla, ...others];

/** What each answers afterwards; who is not here does not answer. */
const habits: Record<string, 'raised' | 'not-raised' | 'by-turns'> = {
  anna: 'raised',
  bram: 'by-turns',
  carla: 'raised',
  [four.id]: 'not-raised',
  [five.id]: 'raised',
  [eight.id]: 'raised',
};

/** Who puts a message off until tomorrow instead, on which days. */
const putOff = [`anna 8`, `${seven.id} 24`];

/** `planned`: on which day, when that is not the day before. */
type Talk = { day: number; at: string; client: string; who: Person[]; planned?: number };

/**
 * Each week: Anna sees Acme on Monday at nine, Bram on Thursday; others now and then; one day is full. Of some one is told
 * the evening before: one is planned before Christmas, which is on a Friday.
 */
const talks: Talk[] = [
  ...[1, 8, 15, 22].map((day) => ({ day, at: '14:00-15:00', client: 'Acme', who: [anna, four] })),
  ...[7, 14, 21].map((day) => ({ day, at: '9:00-9:45', client: 'Acme', who: [anna] })),
  { day: 28, at: '9:00-9:45', client: 'Acme', who: [anna], planned: 24 },
  { day: 11, at: '9:00-9:45', client: 'Noord', who: [bram] },
  ...[3, 10, 17].map((day) => ({ day, at: '10:00-11:00', client: 'Noord', who: [bram, five] })),
  ...[4, 18].map((day) => ({ day, at: '16:00-17:15', client: 'Noord', who: [bram] })),
  ...['9:00-9:30', '11:00-11:30', '13:00-13:30', '15:00-15:30'].map((at, index) => ({
    day: 16,
    at,
    client: ['Acme', 'West', 'West', 'Acme'][index] ?? 'Acme',
    who: [carla],
  })),
  ...['13:00-13:30', '14:00-14:30'].map((at) => ({ day: 9, at, client: 'West', who: [carla] })),
  { day: 11, at: '11:00-12:00', client: 'West', who: [six] },
  { day: 24, at: '10:00-11:00', client: 'West', who: [seven] },
];

async function fill(belay: House): Promise<void> {
  const { store, people, time } = belay;
  const now = time.now();
  for (const person of team)
    await people.savePerson('T1', { ...person, timeZone: 'Europe/Amsterdam', checkedAt: now.toString() });
  await people.saveMembers(
    'T1',
    'general',
    team.map(({ id }) => id),
  );
  await store.transact(async (tx) => {
    const owned = [
      ['Acme', anna],
      ['Noord', bram],
      ['West', carla],
    ] as const;
    for (const [name, owner] of owned) {
      const createdAt = now.subtract({ hours: 24 * 60 });
      const known = { id: name.toLowerCase(), name, owner: { id: owner.id, name: owner.name }, createdAt };
      await addClient(tx, 'T1', { ...newClient(known), manager: { id: eight.id, name: eight.name } });
      for (const one of others) await addColleague(tx, 'T1', known.id, one);
    }
    await linkPlace(
      tx,
      { tenant: 'T1', platform: 'test', place: 'general' },
      { client: 'acme', kind: 'internal' },
      now,
    );
    const whose = { tenant: 'T1', platform: 'test', scope: 'person', subject: six.id } as const;
    await writeSetting(tx, whose, 'nudges.paused', '2026-12-14');
  });
  const plant = plantIn(store, now.subtract({ hours: 24 * 20 }));
  await plant('Binnen een dag antwoord op vragen', { client: 'acme', stage: 'confirmed' });
  await plant('Meer meedenken', { client: 'acme', stage: 'sent' });
  await plant('Eén aanspreekpunt', { client: 'noord', stage: 'confirmed' });
  await plant('Minder verrassingen in de planning', { client: 'noord' });
}

const weekdays = ['ma', 'di', 'wo', 'do', 'vr', 'za', 'zo'];

/** A message as somebody reads it: its texts, and its buttons between brackets; * stands in place of an earlier one. */
function read({ kind, card, person = '', place }: Outgoing, at: Temporal.Instant): string {
  const local = at.toZonedDateTimeISO('Europe/Amsterdam');
  const who = team.find(({ id }) => id === person)?.name ?? `kanaal ${place}`;
  const stamp = `${weekdays[local.dayOfWeek - 1]} ${local.day} december ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`;
  return [
    `${stamp}  ${who}${kind === 'update' ? ' *' : ''}`,
    ...card.elements.flatMap(wordsIn).map((line) => `    ${line}`),
  ].join('\n');
}

/** Whoever is asked afterwards answers five minutes later, or never. */
async function answer(belay: House, message: Outgoing, turn: number): Promise<void> {
  const person = team.find(({ id }) => id === message.person);
  if (!person || message.kind !== 'post') return;
  const asked = message.card.elements.flatMap((element) =>
    element.kind === 'buttons' ? element.buttons : [],
  );
  const { day } = belay.time.now().toZonedDateTimeISO('Europe/Amsterdam');
  const later = asked.find((one) => 'press' in one && one.press === 'nudges.snooze.tomorrow');
  if (putOff.includes(`${person.id} ${day}`) && later && 'press' in later)
    await belay.press(person, direct, 'nudges.snooze', later.subject ?? '', 'tomorrow');
  const habit = habits[person.id];
  if (!habit) return;
  for (const button of asked) {
    if (!('press' in button) || button.press !== 'conversations.raised') continue;
    const press = habit === 'by-turns' ? (['raised', 'not-raised'] as const)[turn % 2] : habit;
    await belay.press(person, direct, `conversations.${press}`, button.subject ?? '');
  }
}

async function planTalks(belay: House, today: number): Promise<void> {
  for (const { day, at, client, who, planned = day - 1 } of talks.filter((talk) => talk.day > today))
    for (const person of planned === today ? who : []) {
      const when = day === today + 1 ? 'morgen' : `${day} december`;
      await belay.say(person, person === four ? general : direct, `gesprek ${client} ${when} ${at}`);
    }
}

function timeOf(minutes: number): Temporal.PlainTime {
  return new Temporal.PlainTime().add({ minutes });
}

it('is quiet: a month of a team of eight with three clients', { timeout: 120_000 }, async () => {
  const database = await newDatabase('sqlite');
  const store = await openStore(database.url, allMigrations);
  const belay = await openHouse(store);
  const start = Temporal.PlainDate.from(first).toZonedDateTime('Europe/Amsterdam');
  belay.time.set(start.toInstant().toString());
  await fill(belay);
  await belay.jobs.ready();
  const diary: string[] = [];
  const perDay = new Map<string, number>();
  let turn = 0;
  for (let day = 0; day < days; day += 1) {
    const morning = start.add({ days: day });
    // At noon each plans his conversations, mostly those of the next day.
    for (let minutes = 0; minutes < 24 * 60; minutes += minutes < 7 * 60 || minutes >= 18 * 60 ? 60 : 5) {
      belay.time.set(morning.add({ minutes }).toInstant().toString());
      if (minutes === 12 * 60) await planTalks(belay, day + 1);
      const deeds = deedsOf({ manager: eight, withCalendar: five }).filter((deed) => deed.day === day + 1);
      for (const { at, what } of deeds)
        if (Temporal.PlainTime.from(at).equals(timeOf(minutes))) await what(belay);
      for (const message of await belay.settle()) {
        if (message.kind === 'whisper') continue;
        diary.push(read(message, belay.time.now()));
        const key = `${message.person} ${day}`;
        if (JSON.stringify(message.card).includes('nudges.snooze.week'))
          perDay.set(key, (perDay.get(key) ?? 0) + 1);
        await answer(belay, message, turn);
        turn += 1;
      }
    }
  }
  expect(belay.failures).toEqual([]);
  expect(Math.max(...perDay.values())).toBe(1);
  await store.close();
  await database.remove();
  await expect(`${diary.join('\n\n')}\n`).toMatchFileSnapshot('month.txt');
});
