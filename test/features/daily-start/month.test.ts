import { expect, it } from 'vitest';
import type { Outgoing } from '../../../src/chat/platform.ts';
import type { Language, Person } from '../../../src/chat/request.ts';
import { addClient } from '../../../src/features/clients/store.ts';
import { openStore } from '../../../src/store/open.ts';
import { writeSetting } from '../../../src/store/settings.ts';
import { newDatabase } from '../../support/databases.ts';
import { wordsIn } from '../../support/diary.ts';
import { acmeClient, openTeamHouse, type TeamHouse } from '../../support/expectation-house.ts';
import { anna, bram, carla, direct, general, subjectOf } from '../../support/house.ts';
import { allMigrations } from '../../support/migrations.ts';

/**
 * A month of a team's daily starts as it reads them in its channel: each morning's card as it comes and as it stands when
 * it closes, and the summary as it stands in the evening. `npx vitest run test/features/daily-start/month.test.ts -u`
 * writes it anew.
 */

const first = '2026-12-01';
const days = 31;

type Said = Record<Language, string>;
type Deed = { day: number; at: string; who: Person } & (
  | { say: Said }
  | { bring: 'complaint' | 'compliment'; client: string; text: Said }
  | { mood: number }
  | { nothing: true }
  | { learned: Said }
  | { does: Said; until: string }
  | { done: true }
  | { answered: Said; with: Said }
);

/** What the three do; whoever is not here has coffee. */
const deeds: Deed[] = [
  {
    day: 1,
    at: '08:47',
    who: bram,
    bring: 'complaint',
    client: 'c1',
    text: { nl: 'De factuur klopt weer niet', en: 'The invoice is wrong again' },
  },
  { day: 1, at: '08:49', who: carla, mood: 3 },
  { day: 1, at: '08:50', who: anna, mood: 4 },
  { day: 1, at: '08:52', who: bram, mood: 2 },
  {
    day: 1,
    at: '09:50',
    who: bram,
    learned: {
      nl: 'De prijslijst van de klant is van vorig jaar',
      en: 'The client’s price list is last year’s',
    },
  },
  {
    day: 1,
    at: '09:52',
    who: bram,
    does: { nl: 'Prijslijst vernieuwen', en: 'Renew the price list' },
    until: '2026-12-03',
  },
  {
    day: 1,
    at: '15:00',
    who: carla,
    say: {
      nl: 'compliment Zonnig: Fijn dat jullie zo snel terugbelden',
      en: 'compliment Zonnig: Good that you called back so fast',
    },
  },
  { day: 2, at: '08:46', who: anna, nothing: true },
  { day: 2, at: '08:58', who: carla, mood: 4 },
  { day: 3, at: '08:50', who: bram, done: true },
  {
    day: 3,
    at: '08:55',
    who: anna,
    bring: 'compliment',
    client: 'c1',
    text: { nl: 'Eindelijk een factuur zonder vragen', en: 'At last an invoice without questions' },
  },
  { day: 4, at: '08:50', who: anna, mood: 4 },
  { day: 4, at: '08:51', who: bram, mood: 4 },
  { day: 4, at: '08:53', who: carla, mood: 5 },
  { day: 4, at: '09:05', who: anna, say: { nl: 'dagstart sluiten', en: 'daily close' } },
  {
    day: 7,
    at: '08:50',
    who: carla,
    bring: 'complaint',
    client: 'c2',
    text: { nl: 'Drie keer doorverbonden', en: 'Put through three times' },
  },
  { day: 7, at: '08:51', who: carla, mood: 2 },
  { day: 7, at: '08:52', who: anna, mood: 3 },
  { day: 7, at: '08:53', who: bram, mood: 3 },
  {
    day: 8,
    at: '11:00',
    who: anna,
    answered: { nl: 'De factuur klopt weer niet', en: 'The invoice is wrong again' },
    with: { nl: 'Gebeld, en een nieuwe gestuurd', en: 'Called, and sent a new one' },
  },
  { day: 8, at: '08:50', who: bram, nothing: true },
  {
    day: 9,
    at: '12:00',
    who: anna,
    say: { nl: 'succes De nieuwe planning staat', en: 'success The new planning is there' },
  },
  { day: 10, at: '08:50', who: anna, nothing: true },
  { day: 10, at: '08:50', who: bram, nothing: true },
  { day: 10, at: '08:50', who: carla, nothing: true },
  { day: 11, at: '08:55', who: bram, say: { nl: 'dagstart nu', en: 'daily now' } },
  { day: 11, at: '08:56', who: bram, mood: 4 },
  { day: 11, at: '08:57', who: carla, mood: 4 },
  { day: 11, at: '08:58', who: anna, mood: 5 },
  {
    day: 14,
    at: '08:50',
    who: anna,
    does: { nl: 'Zonnig één nummer geven', en: 'Give Zonnig one number' },
    until: '2026-12-16',
  },
  { day: 16, at: '08:50', who: anna, done: true },
  {
    day: 16,
    at: '11:00',
    who: anna,
    answered: { nl: 'Drie keer doorverbonden', en: 'Put through three times' },
    with: { nl: 'Eén nummer gegeven, met een naam erbij', en: 'Gave one number, with a name' },
  },
  { day: 18, at: '08:50', who: anna, mood: 4 },
  { day: 18, at: '08:51', who: bram, mood: 5 },
  { day: 18, at: '08:52', who: carla, mood: 5 },
  {
    day: 24,
    at: '08:50',
    who: carla,
    bring: 'compliment',
    client: 'c2',
    text: { nl: 'Dank voor dit jaar', en: 'Thank you for this year' },
  },
];

async function does(belay: TeamHouse, deed: Deed, id: string, language: Language): Promise<void> {
  const { who } = deed;
  if ('say' in deed)
    await belay.say(who, /dag|daily/.test(deed.say.nl) ? general : direct, deed.say[language]);
  else if ('bring' in deed)
    await belay.submit(who, direct, `daily-start.${deed.bring}`, id, {
      client: deed.client,
      text: deed.text[language],
    });
  else if ('mood' in deed) await belay.press(who, general, 'daily-start.mood', id, `${deed.mood}`);
  else if ('nothing' in deed) await belay.press(who, general, 'daily-start.nothing', id);
  else if ('answered' in deed) {
    const rows = belay.store.db
      .selectFrom('feedback')
      .select('id')
      .where('text', '=', deed.answered[language]);
    const { id: complaint } = await rows.executeTakeFirstOrThrow();
    await belay.submit(who, direct, 'feedback.answer', complaint, { words: deed.with[language] });
  } else if ('learned' in deed)
    await belay.submit(who, direct, 'daily-start.learn', id, { text: deed.learned[language] });
  else if ('does' in deed)
    await belay.submit(who, direct, 'daily-start.deed', id, {
      what: deed.does[language],
      person: who.id,
      until: deed.until,
    });
  else await belay.press(who, general, 'daily-start.done', await deedOf(belay));
}

async function house(language: Language): Promise<TeamHouse> {
  const store = await openStore((await newDatabase('sqlite')).url, allMigrations);
  const belay = await openTeamHouse(store);
  belay.time.set(`${first}T05:00:00Z`);
  await store.transact((tx) => addClient(tx, 'T1', acmeClient(belay, { id: 'c2', name: 'Zonnig' })));
  const place = { tenant: 'T1', platform: 'test', scope: 'place', subject: 'general' } as const;
  await store.transact((tx) => writeSetting(tx, place, 'language', language));
  await belay.say(anna, general, language === 'nl' ? 'dagstart om 8:45' : 'daily at 8:45');
  return belay;
}

/** What is to be done first. */
async function deedOf({ store }: TeamHouse): Promise<string> {
  const open = store.db.selectFrom('daily_start_deed').select('id').where('done_at', 'is', null);
  return (await open.orderBy('until_day').executeTakeFirstOrThrow()).id;
}

/** A message as it stands: when it was said, or last changed. */
function read({ card }: Outgoing, at: Temporal.Instant, what: string): string {
  const local = at.toZonedDateTimeISO('Europe/Amsterdam');
  const stamp = `${local.toPlainDate()} ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`;
  return [`${stamp}  ${what}`, ...card.elements.flatMap(wordsIn).map((line) => `    ${line}`)].join('\n');
}

it.each(['nl', 'en'] as const)(
  'is read in the channel for a month, in %s',
  { timeout: 60_000 },
  async (language) => {
    const belay = await house(language);
    const diary: string[] = [];
    for (let day = 1; day <= days; day += 1) {
      const morning = Temporal.PlainDate.from(first)
        .add({ days: day - 1 })
        .toZonedDateTime('Europe/Amsterdam');
      /** The day's card as it stands, while it is open and when it is over. */
      const standing = { open: '', over: '' };
      let id = '';
      for (let minutes = 8 * 60 + 40; minutes < 16 * 60; minutes += 1) {
        belay.time.set(morning.add({ minutes }).toInstant().toString());
        const time = morning.add({ minutes }).toPlainTime().toString({ smallestUnit: 'minute' });
        for (const deed of deeds.filter((one) => one.day === day && one.at === time))
          await does(belay, deed, id, language);
        if (minutes > 10 * 60 && minutes % 30 !== 0) continue;
        for (const message of (await belay.settle()).filter(({ place }) => place === 'general')) {
          const words = JSON.stringify(message.card);
          if (message.kind === 'post') diary.push(read(message, belay.time.now(), 'new'));
          else if (/Gesloten om|Closed at/.test(words))
            standing.over = read(message, belay.time.now(), 'over');
          else standing.open = read(message, belay.time.now(), 'as it stands');
          if (words.includes('daily-start.mood')) id = subjectOf(message, 'daily-start.mood');
        }
      }
      diary.push(...[standing.open, standing.over].filter((text) => text !== ''));
    }
    expect(belay.failures).toEqual([]);
    await expect(`${diary.join('\n\n')}\n`).toMatchFileSnapshot(`month-${language}.txt`);
    await belay.store.close();
  },
);
