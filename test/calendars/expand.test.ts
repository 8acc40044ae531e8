import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expand } from '../../src/calendars/expand.ts';
import { autumn, calendar, event, told, windowOf } from './writing.ts';

const at = 'DTSTART;TZID=Europe/Amsterdam:20261020T100000';
const only = (...lines: string[]) => expand(calendar(event('1', at, ...lines)), autumn)[0];

it.each([
  [['DTEND;TZID=Europe/Amsterdam:20261020T113000'], '10-20 10:00 +PT1H30M'],
  [['DTEND;TZID=Eastern Standard Time:20261020T050000'], '10-20 10:00 +PT1H'],
  [['DURATION:PT45M'], '10-20 10:00 +PT45M'],
  [['DURATION:P1W'], '10-20 10:00 +PT169H'],
  [[], '10-20 10:00'],
  [['DTEND;TZID=Europe/Amsterdam:20261020T100000'], '10-20 10:00'],
  [['DTEND;TZID=Europe/Amsterdam:20261020T090000'], '10-20 10:00'],
  [['DURATION:-PT45M'], '10-20 10:00'],
])('reads how long it lasts from %j', (lines, expected) => {
  expect(told(calendar(event('1', at, ...lines)))).toEqual([expected]);
});

it.each([
  ['DTEND;VALUE=DATE:20261023', '10-21 00:00 +PT48H'],
  ['DTEND;VALUE=DATE:20261021', '10-21 00:00 +PT24H'],
  ['DURATION:P3D', '10-21 00:00 +PT72H'],
  ['TRANSP:OPAQUE', '10-21 00:00 +PT24H'],
])('ends whole days before the day that is named: %s', (line, expected) => {
  expect(told(calendar(event('1', 'DTSTART;VALUE=DATE:20261021', line)))).toEqual([expected]);
  expect(told(calendar(event('1', 'DTSTART:20261021', line)))).toEqual([expected]);
});

it('reads the people once each, without what is no address', () => {
  const people = [
    'ORGANIZER;CN="de Vries, Anna: manager; Acme":mailto:Anna@belay.example',
    'ATTENDEE;CN=Anna de Vries;PARTSTAT=ACCEPTED:MAILTO:anna@Belay.example',
    'ATTENDEE;CN="Visser, Daan";PARTSTAT=DECLINED:daan@acme.example',
    'ATTENDEE;CN="Eva:mailto:eva@acme.example',
    'ATTENDEE;CN=Finn;EMAIL=finn@acme.example:/a1b2c3/principal/',
    'ATTENDEE;CN=Zaal 1:invalid:nomail',
    'ATTENDEE:mailto:<!channel>@acme.example',
    'ATTENDEE:',
  ];
  expect(only(...people)?.attendees).toEqual([
    ...['anna@belay.example', 'daan@acme.example', 'eva@acme.example', 'finn@acme.example'],
  ]);
  expect(only(...people)?.declined).toEqual(['daan@acme.example']);
});

it.each([
  ['with escapes', 'SUMMARY:Kwartaal\\, plan\\; en \\\\n\\nmeer', 'Kwartaal, plan; en \\n meer'],
  ['with a language', 'SUMMARY;LANGUAGE=nl-NL:Café 🍰 – Émile', 'Café 🍰 – Émile'],
  ['with colons and quotes', 'SUMMARY:12:30 lunch "Acme"', '12:30 lunch "Acme"'],
  ['with control characters', 'SUMMARY:a\u0000b\tc', 'a b c'],
  ['that is empty', 'SUMMARY:', ''],
  ['that is long', `SUMMARY:${'🍰'.repeat(5_000)}`, '🍰'.repeat(300)],
])('reads a title %s', (_, line, title) => {
  expect(only(line)?.title).toBe(title);
});

it.each(['PRIVATE', 'CONFIDENTIAL', 'private', 'X-DIRECTIE'])('hides what is %s', (kind) => {
  const lines = ['SUMMARY:Salaris', 'ATTENDEE:mailto:daan@acme.example'];
  expect(only(...lines, `CLASS:${kind}`)).toMatchObject({ title: '', attendees: [] });
  expect(only(...lines, 'CLASS:PUBLIC')).toMatchObject({
    title: 'Salaris',
    attendees: ['daan@acme.example'],
  });
});

it('hides a moved occurrence of a private series that does not say so itself', () => {
  const series = event('1', at, 'RRULE:FREQ=WEEKLY;COUNT=2', 'CLASS:PRIVATE');
  const moved = event('1', 'RECURRENCE-ID:20261027T090000Z', 'DTSTART:20261028T090000Z', 'SUMMARY:Salaris');
  expect(told(calendar(series, moved))).toEqual(['10-20 10:00', '10-28 10:00']);
});

it('keeps what does not take up time, and what was declined', () => {
  expect(only('X-MICROSOFT-CDO-BUSYSTATUS:FREE', 'TRANSP:TRANSPARENT')).toBeDefined();
  expect(only('X-MICROSOFT-CDO-ALLDAYEVENT:TRUE')?.allDay).toBe(true);
  expect(only('ATTENDEE;PARTSTAT=DECLINED:mailto:anna@belay.example')?.cancelled).toBe(false);
});

it.each(['\r\n', '\n', '\r'])('reads folded lines that end in %j', (end) => {
  const lines = [
    'SUMMARY:Kwartaalges',
    ' prek  met',
    '\t Acme',
    'ATTENDEE;CN="Vis',
    ' ser":mailto:daan@ac',
    ' me.example',
  ];
  const text = `\uFEFF${calendar(event('1', at, ...lines)).replaceAll('\r\n', end)}`;
  expect(expand(text, autumn)).toMatchObject([
    { title: 'Kwartaalgesprek met Acme', attendees: ['daan@acme.example'] },
  ]);
});

it.each([
  ...[
    'DTSTART:morgen',
    'DTSTART:20261035T080000Z',
    'DTSTART:20261020T250000Z',
    'DTSTART;TZID=Europe/Amsterdam:20261131T100000',
    'DTSTART:',
  ],
  ...[
    'DTEND:later',
    'DURATION:P',
    'DURATION:P99999999999D',
    'DTEND:99991231T000000Z',
    'RECURRENCE-ID:ooit',
    'UID:x',
  ],
])('leaves out an event with %s, and keeps the others', (line) => {
  const broken = event(line === 'UID:x' ? '' : '2', line, ...(line.startsWith('DTSTART') ? [] : [at]));
  expect(told(calendar(broken, event('1', at)))).toEqual(['10-20 10:00']);
});

it('reads two calendars in one text, and passes over what is no event', () => {
  const todo = ['BEGIN:VTODO', 'UID:3', 'DTSTART:20261021T080000Z', 'END:VTODO'];
  const alarm = ['BEGIN:VALARM', 'SUMMARY:Bel', 'DTSTART:20261022T080000Z', 'END:VALARM'];
  const text =
    calendar(todo, event('1', at, 'SUMMARY:Een', ...alarm)) + calendar(event('2', at, 'SUMMARY:Twee'));
  expect(told(text)).toEqual(['10-20 10:00 Een', '10-20 10:00 Twee']);
});

it('tells what touches the window: begins in it, or is under way when it begins', () => {
  const day = windowOf('2026-10-20', '2026-10-21');
  const from = (start: string, end: string) => event(start, `DTSTART:202610${start}Z`, `DTEND:202610${end}Z`);
  const text = calendar(
    from('19T200000', '19T220000'), // ends as the day begins
    from('19T210000', '19T230000'),
    from('19T220000', '19T220000'), // at its very beginning, of no length
    from('20T215959', '21T080000'),
    from('20T220000', '20T230000'), // begins as it ends
  );
  expect(told(text, day)).toEqual(['10-19 23:00 +PT2H', '10-20 00:00', '10-20 23:59 +PT10H1S']);
});

it.each([
  '',
  'Hallo',
  '<html>BEGIN:VCALENDAR</html>',
  'BEGIN:VCARD\nEND:VCARD',
  'BEGIN:VCALENDAR',
  '{}',
  '\u0000',
])('throws for %j, which is no calendar', (text) => {
  expect(() => expand(text, autumn)).toThrow(/calendar/);
});

it('throws for a calendar that was cut off', () => {
  const text = calendar(event('1', at), event('2', at));
  expect(() => expand(text + text.slice(0, -20), autumn)).toThrow(/end/);
  for (let length = 0; length < text.length - 2; length += 7)
    expect(() => expand(text.slice(0, length), autumn)).toThrow();
});

it('keeps what is right whatever stands beside it', () => {
  const name = fc.constantFrom(
    'DTSTART',
    'DTEND',
    'DURATION',
    'RRULE',
    'EXDATE',
    'RDATE',
    'RECURRENCE-ID',
    'ATTENDEE',
    'SUMMARY',
    'CLASS',
    'SEQUENCE',
    '__proto__',
  );
  const value = fc.oneof(
    fc.string().map((text) => text.replaceAll(/[\r\n]/g, '')),
    fc.constantFrom(
      '20261020',
      '20261020T100000',
      '00010101T000000Z',
      '99991231T235959',
      'PT1H',
      'P9999Y',
      'FREQ=DAILY',
      'FREQ=YEARLY;BYMONTH=13',
      'FREQ=DAILY;COUNT=-1',
      'FREQ=DAILY;INTERVAL=0',
      'FREQ=DAILY;UNTIL=99991231',
    ),
  );
  const lines = fc.array(
    fc.tuple(name, fc.constantFrom('', ';TZID=UTC', ';TZID="', ';VALUE=DATE', ';TZID=Raar'), value),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(lines, (odd) => {
      const broken = event('2', ...odd.map(([key, parameter, text]) => `${key}${parameter}:${text}`));
      const kept = expand(calendar(broken, event('1', at, 'SUMMARY:Goed')), autumn);
      return kept.some(({ uid, title }) => uid === '1' && title === 'Goed');
    }),
    { numRuns: 2_000 },
  );
});
