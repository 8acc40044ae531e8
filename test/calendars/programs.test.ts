import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { expand } from '../../src/calendars/expand.ts';
import { decodeCalendar } from '../../src/calendars/lines.ts';
import { told, windowOf } from './writing.ts';

const fixtures = join(import.meta.dirname, '../fixtures/calendars');
const read = (name: string) => decodeCalendar(readFileSync(join(fixtures, `${name}.ics`)));
const weeks = windowOf('2026-10-19', '2026-11-08');

it('reads a calendar by Google’s private address', () => {
  const text = read('google-private-address');
  expect(told(text, weeks)).toEqual([
    '10-21 14:00 +PT1H Weekoverleg Acme (verzet)',
    '10-22 09:30 +PT1H Kwartaalgesprek Acme – tevredenheid, wensen; en hoe wij Émile’s team volgend jaar beter helpen',
    '10-23 13:00 +PT1H',
    '10-26 00:00 +PT96H Vakantie',
    '10-27 10:00 +PT45M Weekoverleg Acme',
    '11-03 10:00 +PT45M Weekoverleg Acme',
  ]);
  const [moved, meeting, dentist, , , gone] = expand(text, weeks);
  expect(moved?.occurrence).toBe('2026-10-20T08:00:00Z');
  expect(meeting?.attendees).toEqual(['anna@belay.example', 'daan@acme.example', 'eva@acme.example']);
  expect([dentist?.title, dentist?.attendees, gone?.cancelled]).toEqual(['', [], true]);
});

it('reads a calendar that Outlook publishes, with zones that it does not define', () => {
  const text = read('outlook-published');
  expect(told(text, weeks)).toEqual([
    '10-20 00:00 +PT24H Thuis',
    '10-22 10:00 +PT1H Voortgang Acme',
    '10-23 00:00 +PT24H Thuis',
    '10-26 08:00 +PT30M Ontbijt',
    '10-27 00:00 +PT24H Thuis',
    '10-29 00:00 +PT24H Thuis',
    '10-30 13:30 +PT1H Voortgang Acme',
    '11-02 09:30 +PT2H30M Bezoek aan Parijs',
    '11-03 00:00 +PT24H Thuis',
    '11-05 00:00 +PT24H Thuis',
    '11-05 10:00 +PT1H Voortgang Acme',
  ]);
  expect(told(text, windowOf('2026-11-09', '2026-12-31')).filter((one) => one.endsWith('Acme'))).toEqual(
    ['11-19', '11-26', '12-03', '12-10'].map((day) => `${day} 10:00 +PT1H Voortgang Acme`),
  );
});

it('reads a calendar that Outlook saved, with a custom zone and people in quotes', () => {
  const text = read('exchange-custom-zone');
  expect(told(text, weeks)).toEqual([
    '10-22 13:00 +PT1H Contract verlengen',
    '10-26 09:00 +PT45M',
    '10-29 13:00 +PT1H Contract verlengen',
    '11-05 13:00 +PT1H Contract verlengen',
  ]);
  expect(expand(text, weeks).map(({ attendees }) => attendees.length)).toEqual([3, 0, 3, 3]);
});

it('joins lines that were folded in the middle of a letter', () => {
  const text =
    'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261020T080000Z\r\nSUMMARY:Café 🍰\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';
  const bytes = Buffer.from(text);
  const at = bytes.indexOf(Buffer.from('🍰')) + 2;
  const folded = Buffer.concat([bytes.subarray(0, at), Buffer.from('\r\n '), bytes.subarray(at)]);
  expect(told(decodeCalendar(folded), weeks)).toEqual(['10-20 10:00 Café 🍰']);
});
