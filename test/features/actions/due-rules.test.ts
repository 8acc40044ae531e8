import { expect, it } from 'vitest';
import { readDue } from '../../../src/features/actions/due-rules.ts';

/** A Monday. */
const now = Temporal.Instant.from('2026-11-23T09:00:00Z');

it.each([
  ['vandaag', '2026-11-23'],
  ['today', '2026-11-23'],
  ['vrijdag', '2026-11-27'],
  ['uiterlijk vrijdag', '2026-11-27'],
  ['vóór 12 december', '2026-12-12'],
  ['by 12 December', '2026-12-12'],
  ['2026-12-12', '2026-12-12'],
  ['over twee weken', '2026-12-07'],
  ['in two weeks', '2026-12-07'],
  ['binnen 3 weken', '2026-12-14'],
  ['deze week', '2026-11-27'],
  ['volgende week', '2026-12-04'],
  ['end of next week', '2026-12-04'],
  ['eind van de maand', '2026-11-30'],
  ['eind volgende maand', '2026-12-31'],
  ['einde van dit jaar', '2026-12-31'],
  ['eind van het jaar', '2026-12-31'],
  ['end of the month', '2026-11-30'],
  ['volgende week dinsdag', '2026-12-01'],
])('reads %s', (text, day) => {
  expect(readDue(text, now, 'Europe/Amsterdam')).toEqual({ day: Temporal.PlainDate.from(day) });
});

it.each([
  ['', 'unclear'],
  ['snel', 'unclear'],
  ['week', 'unclear'],
  ['31 februari', 'unclear'],
  ['vrijdag, of later', 'unclear'],
  ['gisteren', 'past'],
  ['20 november', 'past'],
  ['2028-01-01', 'far'],
])('tells of “%s” that it is %s', (text, wrong) => {
  expect(readDue(text, now, 'Europe/Amsterdam')).toEqual({ wrong });
});
