import { describe, expect, it } from 'vitest';
import { mayBeReached } from '../../../src/features/nudges/moments-rules.ts';
import { reachableOf } from '../../../src/features/nudges/reach-rules.ts';
import { readDays, readHours } from '../../../src/features/nudges/work-rules.ts';

describe('working days as people type them', () => {
  it.each([
    ['12345', ['ma di wo do vr', 'ma-vr', 'ma – vr', 'Ma t/m Vr', 'maandag tot en met vrijdag', 'ma tot vr']],
    ['12345', ['mon-fri', 'monday to friday', 'from Monday through Friday', 'van maandag t.e.m. vrijdag']],
    ['12345', ['werkdagen', 'alle werkdagen', 'elke werkdag', 'doordeweeks', 'weekdays', 'working days']],
    ['1234567', ['elke dag', 'alle dagen', 'ma-zo', 'every day', 'all days', 'de hele week']],
    ['124', ['ma di do', 'ma, di en do', 'maandag, dinsdag, donderdag', 'Mo Tue th', 'mon, tue and thurs']],
    [
      '145',
      [
        'vrijdag maandag donderdag',
        'maandag, donderdag en vrijdag',
        'op ma. en op do/vr',
        'mondays, thu & fri',
      ],
    ],
    ['12346', ['ma t/m do en za', 'mon-thu, sat']],
    ['1567', ['vr-ma', 'friday to monday']],
    ['67', ['weekend', 'za en zo']],
    ['7', ['zo', 'zondag', 'Sundays']],
  ])('%s', (days, texts) => {
    expect(texts.map(readDays)).toEqual(texts.map(() => days));
  });

  it.each([
    ...['', '-', 'ma -', 'ma-ma', 'ma-wo-vr', '1-5', 'woord', 'maanden', 'altijd', 'vrij', 'ma di vrij'],
    ...[
      'elke maandag',
      'niet op woensdag',
      'werkdagen behalve wo',
      'ma di x',
      'om de week',
      'every other day',
    ],
  ])('refuses %j, of which not all is understood', (text) => {
    expect(readDays(text)).toBeUndefined();
  });
});

describe('working hours as people type them', () => {
  it.each([
    [
      '09:00-17:00',
      ['9 - 17', '9 tot 17 uur', '9u-17u', '9uur tot 17uur', '9am-5pm', '9 a.m. to 5 p.m.', '9-5pm'],
    ],
    ['09:00-17:00', ['van 9 tot 5', '9 to 5', 'tussen 9 en 17 uur', 'between 9 and 5', '09:00-5:00']],
    [
      '08:30-17:30',
      ['8:30-17:30', '0830-1730', '830-1730', '8.30 – 17.30', '8u30-17u30', '08h30 till 17h30'],
    ],
    ['08:00-16:30', ['8.00 tot 16.30', '8-4:30', '8am until 4:30 pm']],
    ['13:00-17:00', ['13-17', '1-5pm', '1pm-5pm']],
    ['06:00-14:00', ['6-14', '6-2', '6-2pm']],
    ['12:00-17:00', ['12-5', '12 tot 17', '12pm-5pm']],
    ['00:00-23:59', ['0:00-24:00', '0-24', '00:00–23:59', '12am-24:00']],
    ['22:00-23:59', ['22:00-24:00', '22-0:00', '10pm-12am']],
  ])('%s', (hours, texts) => {
    expect(texts.map(readHours)).toEqual(texts.map(() => hours));
  });

  it.each([
    ...['', 'altijd', '9', '9-', '9-9', '9-9:30', '17-9', '22-6', '9pm-5am', '09:00-05:00', '0:00-0:00'],
    ...['25-26', '9:75-17', '9-24:30', '24:00-25:00', '13pm-2pm', '9.5-17', '9-12 en 13-17', 'rond 9 tot 17'],
  ])('refuses %j, of which not all is understood or fits in a day', (text) => {
    expect(readHours(text)).toBeUndefined();
  });
});

it('reaches who works the whole day until its last minute, and from the first one of the next', () => {
  const own = new Map([
    ['nudges.days', readDays('elke dag') ?? ''],
    ['nudges.hours', readHours('0:00-24:00') ?? ''],
    ['nudges.country', 'none'],
  ]);
  const anna = reachableOf({ id: 'anna', timeZone: 'Europe/Amsterdam', muted: [] }, own);
  const at = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/Amsterdam]`).toInstant();
  for (const moment of ['2026-11-28T00:00', '2026-11-28T23:59', '2026-11-29T00:00'])
    expect(mayBeReached(anna, at(moment))).toBe(true);
});
