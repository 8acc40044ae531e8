import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newClient } from '../../../src/features/clients/clients.ts';
import { typedWhen } from '../../../src/features/conversations/cards.ts';
import { readTold, readTyped } from '../../../src/features/conversations/talk-rules.ts';
import { voice } from '../../../src/text/say.ts';

const zone = 'Europe/Amsterdam';
const now = Temporal.Instant.from('2026-11-26T08:20:00Z');
const owner = { id: 'anna', name: 'Anna de Vries' };
const clients = ['Acme', 'Acme Noord', 'Studio 54', 'De Morgen', 'Gemeente Westerhaven', 'Netwerk'].map(
  (name) => newClient({ id: name, name, owner, createdAt: now }),
);
const noord = clients[1];

/** "Acme Noord | 2026-11-27 14:00 | kwartaaloverleg": with whom, when and about what, or what is asked. */
function read(text: string, here = false): string {
  const { client, wanted, words } = readTyped(text, clients, here ? noord : undefined, now, zone);
  const { when, justNow, wrong, stray, title } = readTold(words, now, zone);
  const start = when?.start.toZonedDateTimeISO(zone).toPlainDateTime();
  const moment = when?.dayOnly
    ? start?.toPlainDate()
    : start?.toString({ smallestUnit: 'minute' }).replace('T', ' ');
  const asked = wrong ?? stray;
  const said = justNow ? 'just now' : asked === undefined ? `${moment}` : `“${asked}”?`;
  return [client?.name ?? `${wanted}?`, said, ...(asked === undefined && title ? [title] : [])].join(' | ');
}

describe('with whom, and when', () => {
  it.each([
    ['Acme', 'Acme | just now'],
    ['met Acme morgen om 16:00', 'Acme | 2026-11-27 16:00'],
    ['morgen 14:00 met Acme', 'Acme | 2026-11-27 14:00'],
    ['with Acme tomorrow 2pm', 'Acme | 2026-11-27 14:00'],
    ['bij Acme Noord, morgen 14:00', 'Acme Noord | 2026-11-27 14:00'],
    ['morgen met Acme om 14:00', 'Acme | 2026-11-27 14:00'],
    ['morgen 14:00 met Studio 54.', 'Studio 54 | 2026-11-27 14:00'],
    ['Studio 54 54 minuten geleden', 'Studio 54 | 2026-11-26 08:26'],
    ['de morgen morgen 9 uur', 'De Morgen | 2026-11-27 09:00'],
    ['Acmé nu', 'Acme | 2026-11-26 09:20'],
    ['Acme as we speak', 'Acme | 2026-11-26 09:20'],
    ['Acme right now', 'Acme | 2026-11-26 09:20'],
    ['Acme net', 'Acme | just now'],
    ['Acme zojuist gesproken', 'Acme | just now'],
    ['just now with Acme', 'Acme | just now'],
    ['Acme morgen', 'Acme | 2026-11-27'],
    ['gem morgen 14:00', 'Gemeente Westerhaven | 2026-11-27 14:00'],
    ['met gem net', 'gem net? | “gem net”?'],
    ['net', '? | just now'],
    ['morgen 17:00', '? | 2026-11-27 17:00'],
    ['Zonnig morgen 17:00 overleg', 'Zonnig? | “Zonnig”?'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

describe('what it is about stands behind the moment', () => {
  it.each([
    ['Acme morgen 14:00 kwartaaloverleg', 'Acme | 2026-11-27 14:00 | kwartaaloverleg'],
    ['Acme morgen 14:00 geannuleerde orders', 'Acme | 2026-11-27 14:00 | geannuleerde orders'],
    ['morgen 14:00 Acme kwartaaloverleg', 'Acme | 2026-11-27 14:00 | kwartaaloverleg'],
    ['morgen 14:00 kwartaaloverleg Acme', 'Acme | 2026-11-27 14:00 | kwartaaloverleg'],
    ['gem morgen 14:00 overleg', 'Gemeente Westerhaven | 2026-11-27 14:00 | overleg'],
    ['Acme maandag kennismaking 10:00', 'Acme | 2026-11-30 10:00 | kennismaking'],
    ['Acme morgen 14:00 over de planning van maandag', 'Acme | 2026-11-27 14:00 | de planning van maandag'],
    ['Acme morgen 14:00 met Jan en', 'Acme | 2026-11-27 14:00 | met Jan'],
    ['Acme 17:00 met', 'Acme | 2026-11-26 17:00'],
    ['Acme gisteren 14:00 ging niet door', 'Acme | 2026-11-25 14:00'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

describe('what is not understood is asked for, whatever else is', () => {
  it.each([
    ['Acme volgende maand', 'Acme | “volgende maand”?'],
    ['Acme annuleren', 'Acme | “annuleren”?'],
    ['Acme elke maandag 10:00', 'Acme | “elke”?'],
    ['Acme maandag 10:00 elke week', 'Acme | “elke week”?'],
    ['Acme morgen 14:00 gaat niet door', 'Acme | “gaat niet door”?'],
    ['Acme morgen 14:00 gaat niet meer door', 'Acme | “gaat niet meer door”?'],
    ['Acme tomorrow 2pm is off', 'Acme | “is off”?'],
    ['Acme tomorrow 2pm is called off', 'Acme | “is called off”?'],
    ['Acme volgende maand 10:00', 'Acme | “volgende maand”?'],
    ['Acme 14:00 maandag of dinsdag', 'Acme | “of dinsdag”?'],
    ['Acme 14:00 overleg maandag of dinsdag', 'Acme | “overleg maandag of dinsdag”?'],
    ['Acme 29-02-2027 10:00', 'Acme | “29-02-2027”?'],
    ['even Acme bellen', 'Acme | “even bellen”?'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

describe('in a client’s own channel', () => {
  it.each([
    ['morgen 14:00', 'Acme Noord | 2026-11-27 14:00'],
    ['morgen 14:00 kwartaaloverleg', 'Acme Noord | 2026-11-27 14:00 | kwartaaloverleg'],
    ['morgen 14:00 met Acme', 'Acme | 2026-11-27 14:00'],
    ['net', 'Acme Noord | just now'],
    ['volgende maand', 'Acme Noord | “volgende maand”?'],
    ['Akme morgen 14:00', 'Akme? | “Akme”?'],
  ])('%s', (text, expected) => {
    expect(read(text, true)).toBe(expected);
  });
});

it('does not toil over a story', () => {
  const started = performance.now();
  for (const story of [',', ' ', 'met ', 'Acme, ', '14:00 '].map((words) => `${words.repeat(40_000)}x`))
    read(story);
  expect(performance.now() - started).toBeLessThan(2000);
});

it('reads whatever is typed, and a title never holds the whole name that it found', () => {
  const words = 'Acme|Noord|met|morgen|14:00|maandag|elke|net|over|-|,|en|3-12|25:00|overleg|De|Morgen'.split(
    '|',
  );
  const soup = fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'grapheme' })), {
    maxLength: 10,
  });
  fc.assert(
    fc.property(soup, fc.boolean(), (some, here) => {
      const text = some.join(' ');
      expect(read(text, here)).toMatch(/\|/);
      expect(read(`Acme Noord ${text}`)).toMatch(/^Acme Noord \|/);
    }),
    { numRuns: 500 },
  );
});

it.each(['nl', 'en'] as const)(
  'reads the moment that a form begins with, as it stands there in %s',
  (language) => {
    const minutes = fc.integer({ min: -60 * 24 * 60, max: 365 * 24 * 60 });
    fc.assert(
      fc.property(minutes, fc.integer({ min: 1, max: 600 }), (from, takes) => {
        const start = now.add({ minutes: from });
        // The hour that the clock has twice cannot be told apart by what it shows.
        fc.pre(start.toZonedDateTimeISO(zone).hour > 3);
        const one = { start, end: start.add({ minutes: takes }) };
        const typed = typedWhen(one, { say: voice(language), language, timeZone: zone });
        const { when, stray, title } = readTold(typed, now, zone);
        const isTold = when?.end === undefined || when.end.equals(one.end);
        expect([when?.start, isTold, stray, title]).toEqual([start, true, undefined, undefined]);
      }),
      { numRuns: 500 },
    );
  },
);
