import { expect, it } from 'vitest';
import { readPause } from '../../../src/features/nudges/pause-rules.ts';

/** Monday 23 November 2026, half past eleven in the evening in Amsterdam. */
const now = Temporal.Instant.from('2026-11-23T22:30:00Z');

it.each([
  ['2026-11-24', ['morgen', 'until tomorrow', '24 november']],
  ['2026-12-12', ['tot 12 december', 'until 12 December', '12-12', '12/12/2026', '2026-12-12']],
  ['2026-12-13', ['t/m 12 december', 'tot en met 12 december', 'through 12 December']],
  ['2026-11-30', ['maandag', 'until Monday', 'een week', 'for a week', 'volgende week maandag']],
  ['2026-12-07', ['2 weken', 'voor 2 weken', 'over twee weken']],
  ['2027-01-12', ['12 januari']],
  ['2027-11-23', ['23 november 2027']],
])('%s', (until, texts) => {
  const read = texts.map((text) => readPause(text, now, 'Europe/Amsterdam'));
  expect(read.map((one) => ('until' in one ? `${one.until}` : one.wrong))).toEqual(texts.map(() => until));
});

it.each([
  ['past', ['vandaag', 'today', 'gisteren', '12 december 2025', '23 november', '12 november']],
  ['far', ['24 november 2027', '12 december 2027', '99 maanden', '9999-12-31', '9999 maanden']],
  ['unclear', ['', 'tot', '12', '3 uur', 'altijd', 'de zomer', '31 februari', 'volgende week']],
  ['unclear', ['12 december 14:00', '12 december graag', 'vrijdag 28 november']],
])('refuses as %s', (wrong, texts) => {
  expect(texts.map((text) => readPause(text, now, 'Europe/Amsterdam'))).toEqual(texts.map(() => ({ wrong })));
});
