import fc from 'fast-check';
import { expect, it } from 'vitest';
import { autumn, calendar, event, spring, told, windowOf, zone } from './writing.ts';

const weekly = 'RRULE:FREQ=WEEKLY';

it.each([
  ['a zone of IANA', 'DTSTART;TZID=Europe/Amsterdam:20261020T100000'],
  ['in small letters', 'dtstart;tzid=europe/amsterdam:20261020t100000'],
  ['with a source before it', 'DTSTART;TZID=/mozilla.org/20050126_1/Europe/Amsterdam:20261020T100000'],
  ['a zone of Windows', 'DTSTART;TZID=W. Europe Standard Time:20261020T100000'],
  ['in quotes', 'DTSTART;TZID="W. Europe Standard Time":20261020T100000'],
  ['numbered by Exchange', 'DTSTART;TZID=Eastern Standard Time 1:20261020T040000'],
  [
    'by the cities in it',
    'DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna":20261020T100000',
  ],
  [
    'by the cities, neither in quotes nor in English',
    'DTSTART;TZID=(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien:20261020T100000',
  ],
  ['UTC', 'DTSTART:20261020T080000Z'],
  ['UTC as Microsoft calls it', 'DTSTART;TZID=tzone://Microsoft/Utc:20261020T080000'],
  ['no zone', 'DTSTART:20261020T100000'],
  ['a zone that nobody knows', 'DTSTART;TZID=Atlantis/Centrum:20261020T100000'],
  ['colons for a zone', 'DTSTART;TZID=:::20261020T100000'],
  ['a custom zone without its rules', 'DTSTART;TZID=tzone://Microsoft/Custom:20261020T100000'],
])('reads a time with %s', (_, start) => {
  expect(told(calendar(event('1', start)))).toEqual(['10-20 10:00']);
});

it.each([
  ['Customized Time Zone', '+0100', '+0200', ['10-20 10:00', '10-27 10:00']],
  ['tzone://Microsoft/Custom', '+0100', '+0200', ['10-20 10:00', '10-27 10:00']],
  // Helsinki's rules, not Cairo's: there summer time ends on the Thursday after.
  ['Customized Time Zone 1', '+0200', '+0300', ['10-20 09:00', '10-27 09:00']],
  ['Mijn tijd', '+0000', '+0100', ['10-20 11:00', '10-27 11:00']],
])('reads %s by its rules (%s, in summer %s)', (tzid, winter, summer, starts) => {
  const text = calendar(
    zone(tzid, winter, summer),
    event('1', `DTSTART;TZID=${tzid}:20261020T100000`, `${weekly};COUNT=2`),
  );
  expect(told(text)).toEqual(starts);
});

it('reads a time whatever its zone is called', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const tzid = name.replaceAll(/[\r\n]/g, '');
      return told(calendar(event('1', `DTSTART;TZID=${tzid}:20261020T100000`))).length === 1;
    }),
    { numRuns: 500 },
  );
});

it('reads a custom zone without summer time, and one whose rules are garbage', () => {
  const standard = [
    'BEGIN:STANDARD',
    'DTSTART:16010101T000000',
    'TZOFFSETFROM:+0530',
    'TZOFFSETTO:+0530',
    'END:STANDARD',
  ];
  const india = ['BEGIN:VTIMEZONE', 'TZID:Kantoor', ...standard, 'END:VTIMEZONE'];
  const text = calendar(
    india,
    zone('Raar', 'een', 'twee'),
    event('1', 'DTSTART;TZID=Kantoor:20261020T133000'),
    event('2', 'DTSTART;TZID=Raar:20261021T100000'),
  );
  expect(told(text)).toEqual(['10-20 10:00', '10-21 10:00']);
});

it('takes times without a zone for those of X-WR-TIMEZONE, whole days for those of the reader', () => {
  const text = (own: string) =>
    calendar(
      `X-WR-TIMEZONE:${own}`,
      event('1', 'DTSTART:20261020T100000'),
      event('2', 'DTSTART;VALUE=DATE:20261021'),
    );
  expect(told(text('America/New_York'))).toEqual(['10-20 16:00', '10-21 00:00 +PT24H']);
  expect(told(text('GMT Standard Time'))).toEqual(['10-20 11:00', '10-21 00:00 +PT24H']);
  expect(told(text('Nergens'))).toEqual(['10-20 10:00', '10-21 00:00 +PT24H']);
});

it('keeps a weekly meeting at ten by the clock when summer time ends and begins', () => {
  const text = calendar(
    event(
      '1',
      'DTSTART;TZID=Europe/Amsterdam:20260106T100000',
      'DTEND;TZID=Europe/Amsterdam:20260106T110000',
      weekly,
    ),
  );
  expect(told(text, windowOf('2026-10-18', '2026-11-01'))).toEqual([
    '10-20 10:00 +PT1H',
    '10-27 10:00 +PT1H',
  ]);
  expect(told(text, windowOf('2027-03-22', '2027-04-01'))).toEqual([
    '03-23 10:00 +PT1H',
    '03-30 10:00 +PT1H',
  ]);
});

it('keeps a meeting of New York there, in the weeks between the two ends of summer time too', () => {
  const text = calendar(event('1', 'DTSTART;TZID=Eastern Standard Time:20261006T090000', weekly));
  expect(told(text, windowOf('2026-10-18', '2026-11-08'))).toEqual([
    '10-20 15:00',
    '10-27 14:00',
    '11-03 15:00',
  ]);
});

it('moves a meeting that is written in UTC with summer time, as it says', () => {
  const text = calendar(event('1', 'DTSTART:20261020T080000Z', `${weekly};COUNT=2`));
  expect(told(text)).toEqual(['10-20 10:00', '10-27 09:00']);
});

it('gives an hour that comes twice the first time, and one that is left out an hour later', () => {
  const at = (start: string) => calendar(event('1', `DTSTART;TZID=Europe/Amsterdam:${start}`));
  expect(told(at('20261025T023000'))).toEqual(['10-25 02:30']);
  expect(told(at('20270328T023000'), spring)).toEqual(['03-28 03:30']);
  const nightly = calendar(
    event('1', 'DTSTART;TZID=Europe/Amsterdam:20270327T023000', 'RRULE:FREQ=DAILY;COUNT=3'),
  );
  expect(told(nightly, spring)).toEqual(['03-27 02:30', '03-28 03:30', '03-29 02:30']);
});

it('gives a day its own length: 25 hours, or 23', () => {
  const text = (day: string) => calendar(event('1', `DTSTART;VALUE=DATE:${day}`));
  expect(told(text('20261025'))).toEqual(['10-25 00:00 +PT25H']);
  expect(told(text('20270328'), spring)).toEqual(['03-28 00:00 +PT23H']);
});

it('means the same by a calendar whatever the machine’s own zone is', () => {
  const text = calendar(event('1', 'DTSTART:20261020T100000', weekly, 'EXDATE:20261027T100000'));
  const before = process.env.TZ;
  const seen = ['Pacific/Auckland', 'America/Los_Angeles', 'UTC'].map((TZ) => {
    process.env.TZ = TZ;
    return told(text, autumn).slice(0, 2);
  });
  // An empty one is no zone, for all tests that this worker runs after this.
  if (before === undefined) delete process.env.TZ;
  else process.env.TZ = before;
  expect(seen).toEqual(Array(3).fill(['10-20 10:00', '11-03 10:00']));
});
