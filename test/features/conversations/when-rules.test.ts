import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { readWhen } from '../../../src/features/conversations/when-rules.ts';

const amsterdam = 'Europe/Amsterdam';
const thursday = '2026-11-26T09:20';
const names = [
  'Acme',
  'Acme 2026',
  'Jan & Zn 24',
  'April Bouw',
  'Maandag BV',
  'Studio 54',
  'May & Co',
  'De Morgen',
  'Bakkerij Half Acht',
  '3M',
];

const instant = (local: string, zone = amsterdam) => Temporal.PlainDateTime.from(local).toZonedDateTime(zone);

function read(text: string, { now = thursday, zone = amsterdam, known = names } = {}) {
  return readWhen(text, instant(now, zone).toInstant(), zone, known);
}

/** "2026-11-27 14:00", "2026-11-27 14:00-15:00", or "2026-11-27" for a whole day: as the clock on the wall says. */
function said(text: string, options: Parameters<typeof read>[1] = {}): string {
  const { when, wrong } = read(text, options);
  if (!when) return wrong === undefined ? 'nothing' : `wrong: ${wrong}`;
  const zone = options?.zone ?? amsterdam;
  const start = when.start.toZonedDateTimeISO(zone);
  if (when.dayOnly) return start.startOfDay().equals(start) ? start.toPlainDate().toString() : 'no whole day';
  const time = (moment: Temporal.ZonedDateTime) => moment.toPlainTime().toString({ smallestUnit: 'minute' });
  const end = when.end ? `-${time(when.end.toZonedDateTimeISO(zone))}` : '';
  return `${start.toPlainDate()} ${time(start)}${end}`;
}

describe('a time without a day is today, or tomorrow when it is past', () => {
  it.each([
    ['half drie', '14:30'],
    ['half 3', '14:30'],
    ['half three', '15:30'],
    ['half een', '12:30'],
    ['half zeven', '18:30'],
    ['kwart over 2', '14:15'],
    ['kwart voor 3', '14:45'],
    ['kwart voor 1', '12:45'],
    ['vijf over half drie', '14:35'],
    ['5 voor half 3', '14:25'],
    ['tien voor 3', '14:50'],
    ['10 over 2 uur', '14:10'],
    ['kwart over 2 uur', '14:15'],
    ['14u', '14:00'],
    ['14u30', '14:30'],
    ['14h30', '14:30'],
    ['14.30', '14:30'],
    ['14:30', '14:30'],
    ['14:30 uur', '14:30'],
    ['om 2 uur', '14:00'],
    ['om twee', '14:00'],
    ['om een uur', '13:00'],
    ['om één uur', '13:00'],
    ['één uur', '13:00'],
    ['vanaf 10', '10:00'],
    ['rond 3', '15:00'],
    ['2:00', '14:00'],
    ['6:45', '18:45'],
    ['om 10', '10:00'],
    ['12 uur', '12:00'],
    ["12 uur 's middags", '12:00'],
    ["8 uur 's avonds", '20:00'],
    ["'s avonds om 8", '20:00'],
    ["'s avonds 8", '20:00'],
    ['vanmiddag 7 uur', '19:00'],
    ['’s avonds om 8', '20:00'],
    ['at 2pm', '14:00'],
    ['2 p.m.', '14:00'],
    ["2 o'clock", '14:00'],
    ['at 3 in the afternoon', '15:00'],
    ['half past two', '14:30'],
    ['a quarter past two', '14:15'],
    ['twenty past 3', '15:20'],
    ['twenty-five past 2', '14:25'],
    ['ten to three', '14:50'],
    ['noon', '12:00'],
  ])('%s', (text, time) => {
    expect(said(text)).toBe(`2026-11-26 ${time}`);
  });

  it.each([
    ['9:20', '09:20'],
    ['8 uur', '08:00'],
    ['half acht', '07:30'],
    ['7am', '07:00'],
    ['02:00', '02:00'],
    ["2 uur 's nachts", '02:00'],
    ['vannacht om 2 uur', '02:00'],
    ["12 uur 's nachts", '00:00'],
    ['12:30 am', '00:30'],
    ['24:00', '00:00'],
    ['midnight', '00:00'],
    ['vanavond om 12 uur', '00:00'],
  ])('%s is tomorrow', (text, time) => {
    expect(said(text)).toBe(`2026-11-27 ${time}`);
  });
});

describe('from when till when', () => {
  it.each([
    ['14:00-15:00', '14:00-15:00'],
    ['14:00 – 15:00 uur', '14:00-15:00'],
    ['14-15 uur', '14:00-15:00'],
    ['14-15', '14:00-15:00'],
    ['2-3 pm', '14:00-15:00'],
    ['2pm-3pm', '14:00-15:00'],
    ['van 14:00 tot 15:30', '14:00-15:30'],
    ['van kwart over 2 tot half 4', '14:15-15:30'],
    ['van 11 tot 1', '11:00-13:00'],
    ['van 9 tot 22 uur', '09:00-22:00'],
    ['van 6 tot 17 uur', '06:00-17:00'],
    ['tussen 2 en 3', '14:00-15:00'],
    ['between 2 and 3', '14:00-15:00'],
    ['from 2 to 3 pm', '14:00-15:00'],
    ['from 11 to 1 pm', '11:00-13:00'],
    ['from 7 to 8 pm', '19:00-20:00'],
    ['9am to 10pm', '09:00-22:00'],
    ['from 11 to 12:30 am', '23:00-00:30'],
    ['van 22:00 tot middernacht', '22:00-00:00'],
    ['10 to 11', '10:00-11:00'],
    ['vanavond 8 tot 10', '20:00-22:00'],
    ['22:00-01:00', '22:00-01:00'],
    ['9:00-10:00', '09:00-10:00'],
  ])('%s', (text, times) => {
    expect(said(text)).toBe(`2026-11-26 ${times}`);
  });

  it.each(['15:00-14:00', '10-10 uur', '14:00-25:00'])('%s is none', (text) => {
    expect(said(text)).toBe(`wrong: ${text}`);
  });
});

describe('days', () => {
  it.each([
    ['vandaag 8:00', '2026-11-26 08:00'],
    ['morgen 14:00', '2026-11-27 14:00'],
    ['morgen om half drie', '2026-11-27 14:30'],
    ['morgen 9', '2026-11-27 09:00'],
    ['morgen 14:00-15:00', '2026-11-27 14:00-15:00'],
    ['morgen 10-11', '2026-11-27 10:00-11:00'],
    ['tomorrow 2pm-3pm', '2026-11-27 14:00-15:00'],
    ['14:00 morgen', '2026-11-27 14:00'],
    ['overmorgen', '2026-11-28'],
    ['overmorgen 14:00', '2026-11-28 14:00'],
    ['the day after tomorrow at 2', '2026-11-28 14:00'],
    ['morgenochtend 9 uur', '2026-11-27 09:00'],
    ['morgenmiddag', '2026-11-27'],
    ['morgenochtend 12 uur', '2026-11-27 12:00'],
    ['morgenochtend 13:00', '2026-11-27 13:00'],
    ['tomorrow at midnight', '2026-11-28 00:00'],
    ['vanmorgen 8:30', '2026-11-26 08:30'],
    ['vanmiddag om 3', '2026-11-26 15:00'],
    ['vanavond 8 uur', '2026-11-26 20:00'],
    ['tonight at 8', '2026-11-26 20:00'],
    ['gisteren 15:00', '2026-11-25 15:00'],
    ['gisteravond 8 uur', '2026-11-25 20:00'],
    ['last night at 8', '2026-11-25 20:00'],
    ['eergisteren 15:00', '2026-11-24 15:00'],
    ['yesterday', '2026-11-25'],
    ['maandag 10:00', '2026-11-30 10:00'],
    ['ma 10:00', '2026-11-30 10:00'],
    ['ma 10', '2026-11-30 10:00'],
    ['ma 10-11', '2026-11-30 10:00-11:00'],
    ['do', '2026-12-03'],
    ['Tues 10am', '2026-12-01 10:00'],
    ['maandagmiddag 3 uur', '2026-11-30 15:00'],
    ['maandag morgen 10 uur', '2026-11-30 10:00'],
    ['donderdag 10:00', '2026-11-26 10:00'],
    ['donderdag 9:00', '2026-12-03 09:00'],
    ['donderdag 9:00-10:00', '2026-11-26 09:00-10:00'],
    ['zondag', '2026-11-29'],
    ['vrijdag 10:00', '2026-11-27 10:00'],
    ['komende vrijdag 10:00', '2026-11-27 10:00'],
    ['volgende vrijdag 10:00', '2026-12-04 10:00'],
    ['next Tuesday 9:30', '2026-12-01 09:30'],
    ['woensdag a.s. 10:00', '2026-12-02 10:00'],
    ['volgende week dinsdag 9:30', '2026-12-01 09:30'],
    ['Tuesday next week 9:30', '2026-12-01 09:30'],
    ['deze week vrijdag 3 uur', '2026-11-27 15:00'],
    ['deze week maandag 10:00', '2026-11-23 10:00'],
    ['volgende week zondag', '2026-12-06'],
    ['vorige week dinsdag', '2026-11-17'],
    ['vorige week vrijdag 10:00', '2026-11-20 10:00'],
    ['last Tuesday', '2026-11-24'],
    ['afgelopen donderdag 10:00', '2026-11-19 10:00'],
    ['dinsdag jl. 10:00', '2026-11-24 10:00'],
    ['dinsdag over een week', '2026-12-08'],
    ['donderdag over een week', '2026-12-03'],
    ['Tuesday week 9:30', '2026-12-08 09:30'],
    ['Friday week', '2026-12-04'],
    ['dinsdag 2 weken geleden', '2026-11-10'],
    ['a week on Tuesday', '2026-12-08'],
    ['over twee weken op dinsdag 10:00', '2026-12-08 10:00'],
    ['dinsdag over twee weken 10:00', '2026-12-15 10:00'],
    ['morgen over een week 10:00', '2026-12-04 10:00'],
  ])('%s', (text, expected) => {
    expect(said(text)).toBe(expected);
  });
});

describe('dates', () => {
  it.each([
    ['3-12 14:00', '2026-12-03 14:00'],
    ['3/12 14:00', '2026-12-03 14:00'],
    ['3-12-2026 14:00', '2026-12-03 14:00'],
    ['3-12-26 14:00', '2026-12-03 14:00'],
    ['3.12.2026 14:00', '2026-12-03 14:00'],
    ['2026-12-03 14:00', '2026-12-03 14:00'],
    ['2026-12-03T14:00', '2026-12-03 14:00'],
    ['3 dec 14:00', '2026-12-03 14:00'],
    ['3 december 14', '2026-12-03 14:00'],
    ['3 May 14', '2027-05-03 14:00'],
    ['3 december 14 uur', '2026-12-03 14:00'],
    ['3 december 2026 14 uur', '2026-12-03 14:00'],
    ['3 dec 26 14:00', '2026-12-03 14:00'],
    ['de 3e december om 2 uur', '2026-12-03 14:00'],
    ['on 3 December at 2 pm', '2026-12-03 14:00'],
    ['December 3rd, 2026 at 2', '2026-12-03 14:00'],
    ['do 3-12 14:00', '2026-12-03 14:00'],
    ['do 3-12', '2026-12-03'],
    ['donderdag 3 december van 2 tot 3', '2026-12-03 14:00-15:00'],
    ['14:00 op 3/12', '2026-12-03 14:00'],
    ['12/25', '2026-12-25'],
    ['26 november', '2026-11-26'],
    ['26 november 9:00', '2026-11-26 09:00'],
    ['26 november 9:00-10:00', '2026-11-26 09:00-10:00'],
    ['25 november', '2026-11-25'],
    ['18 nov 13:00', '2026-11-18 13:00'],
    ['25 september 10:00', '2026-09-25 10:00'],
    ['24 september 10:00', '2027-09-24 10:00'],
    ['1 maart 10:00', '2027-03-01 10:00'],
    ['3 mei 14:00', '2027-05-03 14:00'],
    ['5 May 2027 at 2pm', '2027-05-05 14:00'],
    ['29 februari 10:00', '2028-02-29 10:00'],
    ['3 oktober', '2026-10-03'],
    ['12/3 2pm', '2027-03-12 14:00'],
    ['afgelopen 3 oktober 14:00', '2026-10-03 14:00'],
    ['gesproken 3 oktober', '2026-10-03'],
    ['spoke on 27 September', '2026-09-27'],
    ['spoke on 26 September', '2026-09-26'],
    ['gesproken 3 augustus 10:00', '2026-08-03 10:00'],
    ['over 3 dagen 10 uur', '2026-11-29 10:00'],
    ['over twee weken', '2026-12-10'],
    ['in 2 weeks at 10', '2026-12-10 10:00'],
    ['over een maand 10:00', '2026-12-26 10:00'],
    ['over 2 maanden', '2027-01-26'],
    ['3 dagen geleden 10 uur', '2026-11-23 10:00'],
    ['2 weeks ago', '2026-11-12'],
    ['over een uur', '2026-11-26 10:20'],
    ['over 2 uur', '2026-11-26 11:20'],
    ['in 2 hours', '2026-11-26 11:20'],
    ['over anderhalf uur', '2026-11-26 10:50'],
    ['over een kwartier', '2026-11-26 09:35'],
    ['in half an hour', '2026-11-26 09:50'],
    ['two hours from now', '2026-11-26 11:20'],
    ['een uur geleden', '2026-11-26 08:20'],
    ['nu', '2026-11-26 09:20'],
  ])('%s', (text, expected) => {
    expect(said(text)).toBe(expected);
  });
});

it('looks back over the turn of the year', () => {
  expect(said('20 december', { now: '2027-01-10T12:00' })).toBe('2026-12-20');
  expect(said('gesproken 20 december', { now: '2027-01-10T12:00' })).toBe('2026-12-20');
});

it('counts in whole minutes', () => {
  const { when } = read('over een uur', { now: '2026-11-26T09:20:45' });
  expect(when?.start).toEqual(instant('2026-11-26T10:20').toInstant());
});

it.each([
  ['31 februari 14:00', '31 februari'],
  ['14:00 on 31 February', 'on 31 February'],
  ['February 31', 'February 31'],
  ['32 december', '32 december'],
  ['0 december', '0 december'],
  ['31-2 14:00', '31-2'],
  ['31-2-2027', '31-2-2027'],
  ['2027-02-31 14:00', '2027-02-31'],
  ['25:00', '25:00'],
  ['morgen 14:75', '14:75'],
  ['3-5 december', '3-5 december'],
  ['di 3-12 14:00', 'di 3-12 14:00'],
  ['dinsdag 30 november 10:00', 'dinsdag 30 november 10:00'],
  ['volgende week', 'volgende week'],
  ['in half a day', 'in half a day'],
])('%s looks like a date or a time and is none', (text, wrong) => {
  expect(read(`Acme ${text}`)).toMatchObject({ rest: 'Acme', when: undefined, wrong });
});

describe('what is said beside it', () => {
  it.each(names)('the name %s', (name) => {
    expect(read(`${name} morgen 14:00`).rest).toBe(name);
    expect(said(`${name} morgen 14:00`)).toBe('2026-11-27 14:00');
    expect(read(`${name}, maandag`).rest).toBe(name);
    expect(said(`${name} 14:00`)).toBe('2026-11-26 14:00');
    expect(read(name)).toMatchObject({ rest: name, when: undefined });
  });

  it.each(names)('the name %s, which nobody knows, before a day and a time', (name) => {
    expect(read(`${name} morgen 14:00`, { known: [] }).rest).toBe(name);
    expect(said(`${name} morgen 14:00`, { known: [] })).toBe('2026-11-27 14:00');
  });

  it.each([
    ['acmé morgen 14:00', 'acmé', '2026-11-27 14:00'],
    ['  de   morgen morgen 14:00', 'de morgen', '2026-11-27 14:00'],
    ['Acme, morgen om 14.00 uur', 'Acme', '2026-11-27 14:00'],
    ['Acme - 3-12-2026 - 14:00', 'Acme', '2026-12-03 14:00'],
    ['Acme op maandag om 10', 'Acme', '2026-11-30 10:00'],
    ['Acme on 3 December at 2 pm', 'Acme', '2026-12-03 14:00'],
    ['Acme: morgen 14:00 met Jan', 'Acme met Jan', '2026-11-27 14:00'],
    ['Acme over de verlenging morgen 14:00', 'Acme over de verlenging', '2026-11-27 14:00'],
    ['Acme om 3 punten te bespreken morgen 14:00', 'Acme om 3 punten te bespreken', '2026-11-27 14:00'],
    ['Acme 14:00 over de planning in maart', 'Acme over de planning in maart', '2026-11-26 14:00'],
    [
      'Acme morgen 14:00 over de planning van maandag',
      'Acme over de planning van maandag',
      '2026-11-27 14:00',
    ],
    ['Acme maandag kennismaking 14:00', 'Acme kennismaking', '2026-11-30 14:00'],
    ['Acme 14:00 kennismaking maandag', 'Acme kennismaking', '2026-11-30 14:00'],
    [
      'Acme maandag of dinsdag kennismaking 14:00',
      'Acme maandag of dinsdag kennismaking',
      '2026-11-26 14:00',
    ],
    ['Acme last night at 8', 'Acme', '2026-11-25 20:00'],
    ['Acme a quarter past two', 'Acme', '2026-11-26 14:15'],
    ['Acme afgelopen 3 oktober', 'Acme', '2026-10-03'],
    ['Acme de 3e december', 'Acme', '2026-12-03'],
    ['Acme morgen een uur bellen', 'Acme een uur bellen', '2026-11-27'],
    ['Acme morgen over punt 9', 'Acme over punt 9', '2026-11-27'],
    ['Acme 3 morgen december', 'Acme 3 december', '2026-11-27'],
    ['Acme vandaag over een uur', 'Acme', '2026-11-26 10:20'],
    ['Acme nu morgen 14:00', 'Acme nu', '2026-11-27 14:00'],
    ['Acme 50/50 morgen 14:00', 'Acme 50/50', '2026-11-27 14:00'],
    ['morgen 14:00 Acme', 'Acme', '2026-11-27 14:00'],
    ['morgen 14:00', '', '2026-11-27 14:00'],
  ])('%s', (text, rest, when) => {
    expect(read(text).rest).toBe(rest);
    expect(said(text)).toBe(when);
  });

  it.each([
    '',
    'Acme',
    'Acme zo’n project',
    'Acme 10.000 euro',
    'Acme 40 uur',
    'Acme 14.75',
    'Acme maart',
    'Acme next day delivery',
    'Acme afdeling 9',
    'Acme 40 over 3',
    '.NET',
    'Acme 50/50',
  ])('nothing of when in “%s”', (text) => {
    expect(read(text)).toMatchObject({ rest: text, when: undefined });
    expect(read(text).wrong).toBeUndefined();
  });

  it('of two known names takes the longer one', () => {
    expect(read('Acme 2026 10:00', { known: ['Acme 2026', 'Acme'] }).rest).toBe('Acme 2026');
    expect(read('De Morgen morgen', { known: ['De', 'De Morgen'] }).rest).toBe('De Morgen');
  });

  it('leaves a day apart to a name that nobody knows', () => {
    expect(read('Maandag BV kennismaking 14:00', { known: [] }).rest).toBe('Maandag BV kennismaking');
    expect(said('Maandag BV kennismaking 14:00', { known: [] })).toBe('2026-11-26 14:00');
  });

  it('looks no further than three hundred characters, and keeps the rest', () => {
    const story = `Acme ${'bla '.repeat(80)}morgen 14:00`;
    expect(read(story)).toMatchObject({ rest: story, when: undefined });
  });
});

describe('when the clock is changed', () => {
  it.each([
    ['2027-03-27T12:00', 'morgen 02:30', '2027-03-28T03:30+02:00'],
    ['2027-03-27T12:00', 'zondag 10:00', '2027-03-28T10:00+02:00'],
    ['2027-03-27T23:30', 'over 3 uur', '2027-03-28T03:30+02:00'],
    ['2027-03-27T12:00', 'morgen', '2027-03-28T00:00+01:00'],
    ['2026-10-24T12:00', 'morgen 02:30', '2026-10-25T02:30+02:00'],
    ['2026-10-24T12:00', 'tomorrow 10am', '2026-10-25T10:00+01:00'],
    ['2026-10-24T23:30', 'in 3 hours', '2026-10-25T02:30+02:00'],
    ['2026-10-24T23:30', 'in 4 hours', '2026-10-25T02:30+01:00'],
    ['2026-10-24T12:00', 'over een week 12:00', '2026-10-31T12:00+01:00'],
  ])('at %s, %s', (now, text, expected) => {
    expect(read(text, { now }).when?.start).toEqual(Temporal.Instant.from(expected));
  });

  it('an end is after its beginning, in the hour that is skipped too', () => {
    const { when } = read('morgen 02:30-03:00', { now: '2027-03-27T12:00' });
    expect(when?.start).toEqual(Temporal.Instant.from('2027-03-28T03:30+02:00'));
    expect(when?.end).toEqual(Temporal.Instant.from('2027-03-28T04:00+02:00'));
  });
});

describe('in New York', () => {
  it.each([
    ['2026-11-25T22:00', 'morgen 14:00', '2026-11-26 14:00'],
    ['2026-11-25T22:00', 'tomorrow', '2026-11-26'],
    ['2026-11-25T22:00', 'at 11pm', '2026-11-25 23:00'],
    ['2026-11-25T22:00', 'wednesday 11 pm', '2026-11-25 23:00'],
    ['2026-11-25T22:00', '3/12 2pm', '2026-12-03 14:00'],
    ['2026-10-31T22:00', 'in 4 hours', '2026-11-01 01:00'],
    ['2027-03-13T12:00', 'tomorrow 02:30', '2027-03-14 03:30'],
  ])('at %s, %s', (now, text, expected) => {
    expect(said(text, { now, zone: 'America/New_York' })).toBe(expected);
  });
});

/** The same in both languages. */
const pairs: [dutch: string, english: string][] = [
  ['vandaag 10:00', 'today 10:00'],
  ['morgen half drie', 'tomorrow half past two'],
  ['overmorgen kwart voor 3', 'the day after tomorrow quarter to 3'],
  ['eergisteren', 'the day before yesterday'],
  ['gisteren 15 uur', 'yesterday 3pm'],
  ['maandag 10 uur', 'Monday at 10'],
  ['di 14u', 'Tue 2pm'],
  ['woensdagmiddag 3 uur', 'Wednesday afternoon at 3'],
  ['volgende donderdag 12 uur', 'next Thursday at noon'],
  ['komende vrijdag 9:30', 'this Friday 9:30'],
  ['volgende week zaterdag', 'next week Saturday'],
  ['vorige week zondag 10 uur', 'last week Sunday 10am'],
  ['afgelopen maandag', 'last Monday'],
  ['dinsdag over een week 10:00', 'Tuesday week 10:00'],
  ['over 3 dagen 10 uur', 'in 3 days at 10'],
  ['over twee weken', 'in two weeks'],
  ['over een uur', 'in an hour'],
  ['over een half uur', 'in half an hour'],
  ['twee weken geleden', 'two weeks ago'],
  ['van 2 tot half 4', 'from 2 to half past 3'],
  ['vanavond 8 uur', 'tonight at 8'],
  ['tien voor drie', 'ten to three'],
];
const dated: [dutch: string, english: string][] = [
  ['3 maart 2027', 'March 3rd, 2027'],
  ['3 mei om 2 uur', 'on 3 May at 2pm'],
  ['vrijdag 16 oktober 2026 10 uur', 'Friday 16 October 2026 at 10'],
];

const nows = fc
  .integer({ min: 0, max: 2_000_000 })
  .map((minutes) => instant('2026-01-05T00:00').add({ minutes }));

it.each([...pairs, ...dated])('“%s” is “%s”', (dutch, english) => {
  fc.assert(
    fc.property(nows, (now) => {
      const [one, other] = [dutch, english].map((text) => readWhen(text, now.toInstant(), amsterdam));
      expect(one).toEqual(other);
      expect(one?.when).toBeDefined();
    }),
    { numRuns: 25 },
  );
});

it.each(pairs.flat())('“%s” is so many weeks later when it is said so much later', (text) => {
  fc.assert(
    fc.property(nows, fc.integer({ min: 1, max: 60 }), (now, weeks) => {
      // The hours in which the clock is changed are no week apart.
      fc.pre(now.hour > 4 && now.hour < 22);
      const [one, other] = [now, now.add({ weeks })].map(
        (then) => readWhen(text, then.toInstant(), amsterdam).when,
      );
      expect(one?.start.toZonedDateTimeISO(amsterdam).add({ weeks }).toInstant()).toEqual(other?.start);
      expect(one?.dayOnly).toBe(other?.dayOnly);
    }),
    { numRuns: 25 },
  );
});

it.each(['UTC', 'America/New_York', 'Pacific/Kiritimati', 'America/Santiago'])(
  'does not depend on the zone of the process: %s',
  (zone) => {
    const now = '2026-09-05T23:50';
    const texts = [...pairs, ...dated].flat();
    const expected = texts.map((text) => said(text, { now }));
    vi.stubEnv('TZ', zone);
    try {
      expect(new Date(2026, 8, 6, 12).getTime()).toBe(instant('2026-09-06T12:00', zone).epochMilliseconds);
      expect(texts.map((text) => said(text, { now }))).toEqual(expected);
    } finally {
      vi.unstubAllEnvs();
    }
  },
);

const words =
  'Acme|morgen|overmorgen|maandag|di|do|volgende|week|next|last|over|een|half|kwart|voor|3|12|31|0|2026|3-12|31-2|' +
  "14:00|25:00|14u30|2pm|van|tot|-|to|from|uur|dagen|weken|geleden|ago|in|de|the|'s|avonds|vanavond|noon|nu|1e|" +
  'december|dec|February|maand|999|voor Christus|2026-12-03|0000-00-00|12/25/0001|am|at|om|/|.|,|:|İ|\u0301';
const soup = fc
  .array(fc.oneof(fc.constantFrom(...words.split('|')), fc.string({ unit: 'grapheme' })), { maxLength: 12 })
  .map((some) => some.join(' '));
const someZone = fc.constantFrom(amsterdam, 'America/New_York', 'Pacific/Apia', 'Australia/Lord_Howe');

it('reads or refuses whatever is typed', () => {
  fc.assert(
    fc.property(soup, nows, someZone, (text, now, zone) => {
      const { when, wrong } = readWhen(text, now.toInstant(), zone, ['Acme']);
      if (when) expect(wrong).toBeUndefined();
      if (wrong !== undefined) expect(wrong).toMatch(/\S/);
      if (when?.end) expect(Temporal.Instant.compare(when.end, when.start)).toBe(1);
      if (when?.dayOnly) expect(when.end).toBeUndefined();
    }),
    { numRuns: 2000 },
  );
});

it('never loses a word of a known name', () => {
  const someName = fc
    .oneof(fc.constantFrom(...names), soup, fc.string())
    .map((name) => name.trim().replace(/\s+/g, ' ').slice(0, 60).trim())
    .filter((name) => name !== '');
  fc.assert(
    fc.property(someName, soup, nows, (name, text, now) => {
      const { rest } = readWhen(`${name} ${text}`, now.toInstant(), amsterdam, [...names, name]);
      expect(`${rest} `.startsWith(`${name} `)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
