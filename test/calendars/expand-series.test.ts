import { expect, it } from 'vitest';
import { expand } from '../../src/calendars/expand.ts';
import { autumn, calendar, event, tell, told, windowOf } from './writing.ts';

const amsterdam = 'TZID=Europe/Amsterdam';
const weekly = [
  'DTSTART;TZID=Europe/Amsterdam:20261006T100000',
  'DURATION:PT1H',
  'RRULE:FREQ=WEEKLY;BYDAY=TU',
];
const three = windowOf('2026-10-19', '2026-11-08');

it.each([
  ['FREQ=MONTHLY', ['10-20 10:00', '11-20 10:00']],
  ['FREQ=MONTHLY;BYDAY=3TU', ['10-20 10:00', '11-17 10:00']],
  ['FREQ=MONTHLY;BYDAY=-1FR;COUNT=3', ['10-20 10:00', '10-30 10:00', '11-27 10:00']],
  ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', ['10-20 10:00', '10-30 10:00']],
  [
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=MO;UNTIL=20261105T090000Z',
    [...['10-20 10:00', '10-22 10:00', '11-03 10:00', '11-05 10:00']],
  ],
  ['FREQ=DAILY;UNTIL=20261022', ['10-20 10:00', '10-21 10:00', '10-22 10:00']],
  ['FREQ=DAILY;UNTIL=20261022T100000', ['10-20 10:00', '10-21 10:00', '10-22 10:00']],
  ['FREQ=DAILY;UNTIL=20261022T075959Z', ['10-20 10:00', '10-21 10:00']],
  ['FREQ=YEARLY', ['10-20 10:00']],
])('follows %s', (rule, starts) => {
  expect(told(calendar(event('1', `DTSTART;${amsterdam}:20261020T100000`, `RRULE:${rule}`)))).toEqual(starts);
});

it('says that they belong to each other, and which is which', () => {
  const events = expand(calendar(event('reeks', ...weekly), event('los', 'DTSTART:20261021T080000Z')), three);
  expect(events.map(({ uid, occurrence, recurring }) => [uid, occurrence, recurring])).toEqual([
    ['reeks', '2026-10-20T08:00:00Z', true],
    ['los', '2026-10-21T08:00:00Z', false],
    ['reeks', '2026-10-27T09:00:00Z', true],
    ['reeks', '2026-11-03T09:00:00Z', true],
  ]);
});

it.each([
  ['a time', 'EXDATE;TZID=Europe/Amsterdam:20261020T100000,20261103T100000'],
  ['a time of Windows', 'EXDATE;TZID=W. Europe Standard Time:20261020T100000,20261103T100000'],
  ['UTC', 'EXDATE:20261020T080000Z,20261103T090000Z'],
  ['days', 'EXDATE;VALUE=DATE:20261020,20261103'],
  [
    'garbage among them',
    'EXDATE;TZID=Europe/Amsterdam:20261020T100000,morgen,20261399T100000,20261103T100000',
  ],
])('leaves out what EXDATE names by %s', (_, exdate) => {
  expect(told(calendar(event('1', ...weekly, exdate)), three)).toEqual(['10-27 10:00 +PT1H']);
});

it('adds what RDATE names, once', () => {
  const rdate = 'RDATE;TZID=Europe/Amsterdam:20261020T100000,20261021T160000/PT2H';
  expect(told(calendar(event('1', ...weekly, rdate)), three)).toEqual([
    ...['10-20 10:00 +PT1H', '10-21 16:00 +PT1H', '10-27 10:00 +PT1H', '11-03 10:00 +PT1H'],
  ]);
});

const moved = (id: string, start: string, ...lines: string[]) =>
  event('1', id, `DTSTART;${amsterdam}:${start}`, 'DURATION:PT30M', ...lines);

it.each([
  ['a time', 'RECURRENCE-ID;TZID=Europe/Amsterdam:20261027T100000'],
  ['UTC', 'RECURRENCE-ID:20261027T090000Z'],
  ['a time of another zone', 'RECURRENCE-ID;TZID=Eastern Standard Time:20261027T050000'],
  ['a day', 'RECURRENCE-ID;VALUE=DATE:20261027'],
  ['a midnight', 'RECURRENCE-ID;TZID=Europe/Amsterdam:20261027T000000'],
])('moves the occurrence that RECURRENCE-ID names by %s', (_, id) => {
  const text = calendar(moved(id, '20261028T150000', 'SUMMARY:Verzet'), event('1', ...weekly));
  expect(told(text, three)).toEqual(['10-20 10:00 +PT1H', '10-28 15:00 +PT30M Verzet', '11-03 10:00 +PT1H']);
  expect(expand(text, three)[1]).toMatchObject({
    uid: '1',
    occurrence: '2026-10-27T09:00:00Z',
    recurring: true,
  });
});

it('moves an occurrence and all that follow it, and those again', () => {
  const from = (day: string) => `RECURRENCE-ID;RANGE=THISANDFUTURE;${amsterdam}:${day}T100000`;
  const later = moved(from('20261027'), '20261028T150000', 'SUMMARY:Verzet');
  const text = calendar(event('1', ...weekly), later);
  expect(told(text)).toEqual([
    ...['10-13 10:00 +PT1H', '10-20 10:00 +PT1H', '10-28 15:00 +PT30M Verzet', '11-04 15:00 +PT30M Verzet'],
    ...['11-11 15:00 +PT30M Verzet', '11-18 15:00 +PT30M Verzet', '11-25 15:00 +PT30M Verzet'],
  ]);
  // Each stays the same one, whatever it was moved to.
  expect(expand(text, three)[2]).toMatchObject({ occurrence: '2026-11-03T09:00:00Z', recurring: true });
  const back = moved(from('20261110'), '20261109T090000', 'SUMMARY:Eerder');
  const alone = moved(`RECURRENCE-ID;${amsterdam}:20261103T100000`, '20261103T110000', 'SUMMARY:Eenmaal');
  expect(told(calendar(event('1', ...weekly), back, alone, later))).toEqual([
    ...['10-13 10:00 +PT1H', '10-20 10:00 +PT1H', '10-28 15:00 +PT30M Verzet', '11-03 11:00 +PT30M Eenmaal'],
    ...['11-09 09:00 +PT30M Eerder', '11-16 09:00 +PT30M Eerder', '11-23 09:00 +PT30M Eerder'],
  ]);
});

it('moves what follows into the window and out of it, and keeps what is private so', () => {
  const all = (start: string, ...lines: string[]) =>
    moved(`RECURRENCE-ID;RANGE=THISANDFUTURE;${amsterdam}:20261013T100000`, start, ...lines);
  const week = windowOf('2026-11-09', '2026-11-13');
  expect(told(calendar(event('1', ...weekly), all('20261027T100000')), week)).toEqual(['11-10 10:00 +PT30M']);
  expect(told(calendar(event('1', ...weekly), all('20261003T100000')), week)).toEqual([]);
  const hidden = all('20261014T100000', 'SUMMARY:Geheim', 'CLASS:PRIVATE');
  expect(told(calendar(event('1', ...weekly), hidden), week)).toEqual(['11-11 10:00 +PT30M']);
  const gone = all('20261013T100000', 'STATUS:CANCELLED');
  expect(expand(calendar(event('1', ...weekly), gone), week).map(({ cancelled }) => cancelled)).toEqual([
    true,
  ]);
});

it('moves an occurrence out of the window, and into it', () => {
  const id = (day: string) => `RECURRENCE-ID;${amsterdam}:${day}T100000`;
  const out = calendar(event('1', ...weekly), moved(id('20261027'), '20261210T100000'));
  expect(told(out, three)).toEqual(['10-20 10:00 +PT1H', '11-03 10:00 +PT1H']);
  const into = calendar(event('1', ...weekly), moved(id('20261215'), '20261023T100000'));
  expect(told(into, windowOf('2026-10-22', '2026-10-28'))).toEqual([
    '10-23 10:00 +PT30M',
    '10-27 10:00 +PT1H',
  ]);
});

it('takes the newest of several versions', () => {
  const id = `RECURRENCE-ID;${amsterdam}:20261027T100000`;
  const text = calendar(
    event('1', ...weekly, 'SEQUENCE:3', 'SUMMARY:Nieuw'),
    event('1', 'DTSTART:20261020T050000Z', 'SEQUENCE:2', 'SUMMARY:Oud'),
    moved(id, '20261028T160000', 'SEQUENCE:2', 'SUMMARY:Laatste'),
    moved(id, '20261028T150000', 'SEQUENCE:1', 'SUMMARY:Eerste'),
  );
  expect(told(text, three)).toEqual([
    ...['10-20 10:00 +PT1H Nieuw', '10-28 16:00 +PT30M Laatste', '11-03 10:00 +PT1H Nieuw'],
  ]);
});

it('tells what is cancelled: one occurrence, or all', () => {
  const one = moved(`RECURRENCE-ID;${amsterdam}:20261027T100000`, '20261027T100000', 'STATUS:CANCELLED');
  const of = (text: string) => expand(text, three).map((each) => [tell(each), each.cancelled]);
  expect(of(calendar(event('1', ...weekly), one))).toEqual([
    ['10-20 10:00 +PT1H', false],
    ['10-27 10:00 +PT30M', true],
    ['11-03 10:00 +PT1H', false],
  ]);
  expect(of(calendar(event('1', ...weekly, 'STATUS:Cancelled'))).map(([, gone]) => gone)).toEqual([
    true,
    true,
    true,
  ]);
});

it('tells single occurrences of a series to which one was not invited', () => {
  const text = calendar(
    moved(`RECURRENCE-ID;${amsterdam}:20261020T100000`, '20261020T100000'),
    moved(`RECURRENCE-ID;${amsterdam}:20261027T100000`, '20261027T113000'),
  );
  expect(told(text)).toEqual(['10-20 10:00 +PT30M', '10-27 11:30 +PT30M']);
  expect(expand(text, autumn).map(({ recurring }) => recurring)).toEqual([true, true]);
});

it('repeats whole days, and lets one of them become a time', () => {
  const days = event(
    '1',
    'DTSTART;VALUE=DATE:20261024',
    'DTEND;VALUE=DATE:20261026',
    'RRULE:FREQ=WEEKLY;COUNT=4',
    'EXDATE;VALUE=DATE:20261107',
  );
  const text = calendar(days, moved('RECURRENCE-ID;VALUE=DATE:20261031', '20261031T100000'));
  expect(told(text)).toEqual(['10-24 00:00 +PT49H', '10-31 10:00 +PT30M', '11-14 00:00 +PT48H']);
  expect(expand(text, autumn).map(({ allDay }) => allDay)).toEqual([true, false, true]);
});

it('reads which day of a series is meant by a time in UTC', () => {
  const days = event(
    '1',
    'DTSTART;VALUE=DATE:20261024',
    'RRULE:FREQ=WEEKLY;COUNT=4',
    'EXDATE:20261106T230000Z',
  );
  const text = calendar(days, moved('RECURRENCE-ID:20261030T230000Z', '20261031T100000'));
  expect(told(text)).toEqual(['10-24 00:00 +PT24H', '10-31 10:00 +PT30M', '11-14 00:00 +PT24H']);
});

it('tells an occurrence that is under way when the window begins', () => {
  const long = event(
    '1',
    'DTSTART;TZID=Europe/Amsterdam:20260907T090000',
    'DURATION:PT80H',
    'RRULE:FREQ=WEEKLY',
  );
  expect(told(calendar(long), windowOf('2026-10-15', '2026-10-16'))).toEqual(['10-12 09:00 +PT80H']);
  expect(told(calendar(long), windowOf('2026-10-16', '2026-10-17'))).toEqual([]);
});

it('ends a series of whole days on the day that Outlook means by its midnight', () => {
  const until = ['DTSTART;VALUE=DATE:20261024', 'RRULE:FREQ=DAILY;UNTIL=20261025T220000Z;INTERVAL=1'];
  expect(told(calendar(event('1', ...until)))).toEqual(['10-24 00:00 +PT24H', '10-25 00:00 +PT25H']);
});
