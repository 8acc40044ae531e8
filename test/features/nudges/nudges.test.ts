import { describe, expect, it } from 'vitest';
import type { Reason } from '../../../src/chat/contributions.ts';
import {
  plan,
  type Reachable,
  type Sent,
  type Situation,
  type Snooze,
  type Talk,
  talkKey,
} from '../../../src/features/nudges/nudges.ts';

const pace = { beforeMinutes: 30, afterMinutes: 10 };
const zone = 'Europe/Amsterdam';
/** '23 10:00' in November 2026, of which the 23rd is a Monday; other months as '2026-12-25 10:00'. */
const at = (text: string) =>
  Temporal.PlainDateTime.from(text.length > 9 ? text : `2026-11-${text}`)
    .toZonedDateTime(zone)
    .toInstant();
const shown = (moment: Temporal.Instant) =>
  moment
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
    .replace('T', ' ')
    .replace('2026-11-', '');

const person = (id: string, more: Partial<Reachable> = {}): Reachable => ({
  id,
  timeZone: zone,
  workdays: [1, 2, 3, 4, 5],
  hours: { from: '09:00', to: '17:00' },
  country: 'NL',
  pausedUntil: undefined,
  muted: [],
  ...more,
});
const talk = (id: string, start: string, more: Partial<Talk> = {}): Talk => {
  const begins = at(start);
  const end = begins.add({ minutes: 60 });
  const timed = { start: begins.epochMilliseconds, end: end.epochMilliseconds };
  return { id, client: 'acme', ...timed, people: ['anna'], asked: false, answered: false, ...more };
};
const reason = (key: string, weight: number, more: Partial<Reason> = {}): Reason => ({
  key,
  client: 'acme',
  who: ['anna'],
  weight,
  since: at('20 12:00'),
  ...more,
});
const sent = (kind: Sent['kind'], keys: string[], moment: string, who = 'anna'): Sent => ({
  person: who,
  kind,
  keys,
  at: at(moment),
});
const snooze = (key: string, until: string, who = 'anna'): Snooze => ({ person: who, key, until: at(until) });
const situation = ({ talks = [], sent: rows = [], ...more }: Partial<Situation>): Situation => ({
  people: [person('anna')],
  // As the store says it: by what was sent.
  talks: talks.map((one) => ({
    ...one,
    asked: rows.some(({ kind, keys }) => kind === 'after' && keys.includes(one.id)),
  })),
  reasons: [],
  sent: rows,
  snoozes: [],
  ...more,
});

/** What is planned in a window, a line each: `23 09:30 before anna t1`. Keys of talks without their start. */
function planned(more: Partial<Situation>, from: string, until: string): string[] {
  return plan(situation(more), at(from), at(until), pace).map(
    ({ at: moment, kind, person: who, keys }) =>
      `${shown(moment)} ${kind} ${who} ${keys.map((key) => key.split('@')[0]).join(' ')}`,
  );
}

const briefed = (more: Partial<Situation>, from: string, until: string) =>
  planned(more, from, until).filter((line) => / (before|day) /.test(line));
const asked = (more: Partial<Situation>, from: string, until: string) =>
  planned(more, from, until).filter((line) => / after /.test(line));

/** The whole of that Monday and the evening before. */
const monday = ['22 20:00', '24 00:00'] as const;

describe('before a talk', () => {
  it.each<[string, string, string[], Partial<Reachable>]>([
    ['half an hour before', '24 11:00', ['24 10:30 before anna t'], {}],
    ['as the day begins', '24 09:30', ['24 09:00 before anna t'], {}],
    ['of an early one, the afternoon before', '24 09:29', ['23 17:00 before anna t'], {}],
    ['of an early one on Monday, on Friday', '23 09:00', ['20 17:00 before anna t'], {}],
    [
      'of an early one after a holiday, before that',
      '2026-12-28 09:00',
      ['2026-12-24 17:00 before anna t'],
      {},
    ],
    ['of one in the evening, as the day ends', '24 19:00', ['24 17:00 before anna t'], {}],
    ['of one in the weekend, on Friday', '28 14:00', ['27 17:00 before anna t'], {}],
    ['of one at Christmas, on the eve', '2026-12-25 14:00', ['2026-12-24 17:00 before anna t'], {}],
    [
      'as an earlier day ends',
      '24 09:00',
      ['23 16:00 before anna t'],
      { hours: { from: '08:00', to: '16:00' } },
    ],
    [
      'for who begins later',
      '24 10:00',
      ['23 17:00 before anna t'],
      { hours: { from: '10:00', to: '17:00' } },
    ],
    ['for who works on Mondays', '26 11:00', ['23 17:00 before anna t'], { workdays: [1] }],
    ['after a pause, at once', '24 09:15', ['24 09:00 before anna t'], { pausedUntil: '2026-11-24' }],
    ['not while paused', '24 11:00', [], { pausedUntil: '2026-11-25' }],
    ['not of a muted client', '24 11:00', [], { muted: ['acme'] }],
  ])('tells %s', (_, start, messages, more) => {
    const one = { people: [person('anna', more)], talks: [talk('t', start)] };
    expect(briefed(one, '19 08:00', '2027-01-10 08:00')).toEqual(messages);
  });

  it('tells all who take part, each by his own clock', () => {
    const people = [person('anna'), person('bram', { timeZone: 'America/New_York', country: 'US' })];
    const talks = [talk('t', '24 16:00', { people: ['anna', 'bram', 'stranger'] })];
    // Ten in New York, where half an hour before is in his hours too; nine is too early there.
    expect(briefed({ people, talks }, ...monday)).toEqual([]);
    expect(briefed({ people, talks }, '24 08:00', '24 20:00')).toEqual([
      '24 15:30 before anna t',
      '24 15:30 before bram t',
    ]);
    const early = [talk('t', '24 15:00', { people: ['anna', 'bram'] })];
    expect(briefed({ people, talks: early }, '23 08:00', '24 20:00')).toEqual([
      '23 23:00 before bram t',
      '24 14:30 before anna t',
    ]);
  });

  it.each([
    ['at once when the moment is past', '24 10:45', '24 11:00', ['24 10:45 before anna t']],
    ['not once it has begun', '24 11:00', '24 12:00', []],
    ['not before he may be reached again', '23 18:00', '23 23:00', []],
  ])('tells late: %s', (_, from, until, messages) => {
    expect(briefed({ talks: [talk('t', '24 11:00')] }, from, until)).toEqual(messages);
  });

  it.each([
    ['24 11:00', []],
    ['24 11:15', []],
    ['24 10:45', []],
    ['24 11:16', ['24 10:46 before anna t@home']],
    ['25 11:00', ['25 10:30 before anna t@home']],
  ])('tells again only when it moved by more than a quarter of an hour: %s', (start, messages) => {
    const told = [sent('before', [talkKey(talk('t@home', '24 11:00'))], '23 10:00')];
    const lines = plan(
      situation({ talks: [talk('t@home', start)], sent: told }),
      at('23 12:00'),
      at('25 23:00'),
      pace,
    )
      .filter(({ kind }) => kind === 'before')
      .map(({ at: moment, keys }) => `${shown(moment)} before anna ${keys[0]?.slice(0, 6)}`);
    expect(lines).toEqual(messages);
  });

  it('tells who works in the evening in the one before the last', () => {
    const people = [person('anna', { hours: { from: '18:00', to: '22:00' } })];
    expect(briefed({ people, talks: [talk('t', '25 09:00')] }, '23 21:45', '23 22:00')).toEqual([
      '23 22:00 before anna t',
    ]);
  });

  it('tells nobody twice who is named twice', () => {
    const twice = [talk('t', '24 11:00', { people: ['anna', 'anna'] })];
    expect(briefed({ talks: twice }, '24 08:00', '24 12:00')).toEqual(['24 10:30 before anna t']);
  });

  it('goes by the holidays of each', () => {
    const people = [person('anna', { country: 'US' }), person('bram')];
    const talks = [talk('t', '26 11:00', { people: ['anna', 'bram'] })];
    expect(briefed({ people, talks }, '25 08:00', '26 12:00')).toEqual([
      '25 17:00 before anna t',
      '26 10:30 before bram t',
    ]);
  });

  it('compares with what he was told last', () => {
    const told = ['24 11:00', '24 15:00'].map((start, index) =>
      sent('before', [talkKey(talk('t', start))], `23 1${index}:00`),
    );
    for (const rows of [told, told.toReversed()])
      expect(briefed({ talks: [talk('t', '24 11:00')], sent: rows }, '24 09:00', '24 12:00')).toHaveLength(1);
  });
});

describe('a full day', () => {
  const full = ['13:00', '10:00', '16:00', '11:30'].map((time, index) => talk(`t${index}`, `24 ${time}`));

  it('is told of at once, in its order, as the day begins', () => {
    expect(briefed({ talks: full }, '23 08:00', '25 08:00')).toEqual(['24 09:00 day anna t1 t3 t0 t2']);
    expect(briefed({ talks: full.slice(1) }, '23 08:00', '25 08:00')).toHaveLength(3);
  });

  it('is told of as the day begins too when its first talk is early but later than that', () => {
    const early = [talk('t4', '24 09:15'), ...full];
    expect(briefed({ talks: early }, '23 08:00', '25 08:00')).toEqual(['24 09:00 day anna t4 t1 t3 t0 t2']);
  });

  it('is told of the working evening before when a talk comes before the day begins', () => {
    const early = [talk('t4', '24 09:00'), ...full];
    expect(briefed({ talks: early }, '23 08:00', '25 08:00')).toEqual(['23 17:00 day anna t4 t1 t3 t0 t2']);
  });

  it('is told of in time for the first when he begins late', () => {
    const people = [person('anna', { hours: { from: '12:00', to: '20:00' } })];
    expect(briefed({ people, talks: full }, '23 08:00', '25 08:00')).toEqual([
      '23 17:00 day anna t1 t3 t0 t2',
    ]);
  });

  it('is told of on Friday when it is in the weekend', () => {
    const talks = ['13:00', '10:00', '16:00', '11:30'].map((time, at) => talk(`t${at}`, `28 ${time}`));
    expect(briefed({ talks }, '26 08:00', '30 08:00')).toEqual(['27 17:00 day anna t1 t3 t0 t2']);
  });

  it('does not count muted clients, nor talks of which he was told', () => {
    const people = [person('anna', { muted: ['acme'] })];
    const others = full.map((one, index) => (index === 0 ? one : { ...one, client: 'other' }));
    expect(briefed({ people, talks: others }, '23 08:00', '25 08:00')).toHaveLength(3);
    const told = [sent('before', full.slice(0, 1).map(talkKey), '23 10:00')];
    expect(
      briefed({ talks: full, sent: told }, '23 12:00', '25 08:00').map((line) => line.slice(0, 15)),
    ).toEqual(['24 09:30 before', '24 11:00 before', '24 15:30 before']);
  });

  it('is told of once; what is added or moved then comes by itself', () => {
    const told = [sent('day', full.map(talkKey), '24 09:00')];
    const more = [...full.slice(1), talk('t0', '24 14:00'), talk('new', '24 15:00')];
    expect(briefed({ talks: more, sent: told }, '24 09:15', '25 08:00')).toEqual([
      '24 13:30 before anna t0',
      '24 14:30 before anna new',
    ]);
  });

  it('is told of once, however many are added', () => {
    const told = [sent('day', full.map(talkKey), '24 09:00')];
    const added = ['14:00', '14:30', '15:00', '15:30'].map((time, index) =>
      talk(`new${index}`, `24 ${time}`),
    );
    const lines = briefed({ talks: [...full, ...added], sent: told }, '24 09:15', '25 08:00');
    expect(lines.map((line) => line.slice(0, 15))).toEqual([
      '24 13:30 before',
      '24 14:00 before',
      '24 14:30 before',
      '24 15:00 before',
    ]);
  });

  it('is told of late: all that has not begun, by itself when it is few', () => {
    expect(briefed({ talks: [...full, talk('t4', '24 15:00')] }, '24 10:30', '24 10:31')).toEqual([
      '24 10:30 day anna t3 t0 t4 t2',
    ]);
    expect(briefed({ talks: full }, '24 10:30', '24 12:45')).toEqual([
      '24 11:00 before anna t3',
      '24 12:30 before anna t0',
    ]);
  });
});

describe('after a talk', () => {
  const people = ['anna', 'bram', 'carla'].map((id) => person(id));
  const both = { people: ['anna', 'bram', 'stranger'] };

  it.each<[string, Partial<Situation>, string[]]>([
    ['the first of its people', {}, ['23 11:10 after anna t']],
    ['nobody when it is answered', { talks: [talk('t', '23 10:00', { answered: true })] }, []],
    ['nobody twice', { sent: [sent('after', ['t'], '23 11:10', 'carla')] }, []],
    [
      'the next when the first is paused',
      { people: [person('anna', { pausedUntil: '2026-11-25' }), person('bram')] },
      ['23 11:10 after bram t'],
    ],
    [
      'the next when the first has muted the client',
      { people: [person('anna', { muted: ['acme'] }), person('bram')] },
      ['23 11:10 after bram t'],
    ],
    [
      'the next when the first never works',
      { people: [person('anna', { workdays: [] }), person('bram')] },
      ['23 11:10 after bram t'],
    ],
    ['nobody when all are paused', { people: [person('anna', { pausedUntil: '2026-11-25' })] }, []],
    ['as his day begins', { talks: [talk('t', '23 16:00', both)] }, ['24 09:00 after anna t']],
  ])('asks %s', (_, more, messages) => {
    const matter = { people, talks: [talk('t', '23 10:00', both)], ...more };
    expect(asked(matter, '23 11:01', '24 12:00')).toEqual(messages);
  });

  it('asks about those that end within two hours at once, at the last end', () => {
    const talks = ['10:00', '11:00', '12:00', '12:01', '14:30'].map((time, index) =>
      talk(`t${index}`, `23 ${time}`),
    );
    expect(asked({ talks }, '23 11:00', '23 17:00')).toEqual([
      '23 13:10 after anna t0 t1 t2',
      '23 13:11 after anna t3',
      '23 15:40 after anna t4',
    ]);
    expect(asked({ talks: talks.slice(0, 3) }, '23 11:00', '23 13:10')).toEqual([]);
  });

  it('asks at once about all that he could not be asked about before', () => {
    const talks = ['25 18:00', '25 21:00', '26 07:00'].map((start, index) => talk(`t${index}`, start));
    expect(asked({ talks }, '25 20:00', '26 12:00')).toEqual(['26 09:00 after anna t0 t1 t2']);
  });

  it.each([
    ['20 16:00', '25 16:00', ['25 16:00 after anna t']],
    ['20 16:00', '26 09:00', []],
    ['28 12:00', '2026-12-02 16:00', ['2026-12-02 16:00 after anna t']],
    ['28 12:00', '2026-12-03 09:00', []],
    // Over Christmas.
    ['2026-12-22 12:00', '2026-12-28 16:00', ['2026-12-28 16:00 after anna t']],
    ['2026-12-22 12:00', '2026-12-29 16:00', []],
  ])('lets go what ended more than three working days ago: %s, at %s', (start, from, messages) => {
    const until = shown(at(from).add({ minutes: 15 }));
    expect(asked({ talks: [talk('t', start)] }, from, until)).toEqual(messages);
  });

  it('counts the working days of the one who is asked', () => {
    const mondays = person('bram', { workdays: [1] });
    const old = (id: string) => [talk('t', '20 14:00', { people: [id] })];
    const both = { people: [person('anna'), mondays] };
    expect(asked({ ...both, talks: old('bram') }, '30 10:00', '30 10:15')).toEqual(['30 10:00 after bram t']);
    expect(asked({ ...both, talks: old('anna') }, '30 10:00', '30 10:15')).toEqual([]);
  });

  it('lets go too what should have come back more than three working days ago', () => {
    const matter = { talks: [talk('t', '19 10:00')], sent: [sent('after', ['t'], '19 11:10')] };
    const back = (from: string, until: string) =>
      asked({ ...matter, snoozes: [snooze('t', '20 10:00')] }, from, until);
    expect(back('25 16:45', '25 17:00')).toEqual(['25 16:45 after anna t']);
    expect(back('26 09:00', '26 09:15')).toEqual([]);
  });

  it('asks again when he wanted to hear of it later, and nobody meanwhile', () => {
    const matter = {
      people,
      talks: [talk('t', '23 10:00', both)],
      sent: [sent('after', ['t'], '23 11:10', 'bram')],
      snoozes: [snooze('t', '25 18:00', 'bram')],
    };
    expect(asked(matter, '23 12:00', '30 12:00')).toEqual(['26 09:00 after bram t']);
    const again = [...matter.sent, sent('after', ['t'], '26 09:00', 'bram')];
    expect(asked({ ...matter, sent: again }, '26 09:15', '30 12:00')).toEqual([]);
    const forgotten = { ...matter, sent: [] };
    expect(asked(forgotten, '23 12:00', '30 12:00')).toEqual(['26 09:00 after bram t']);
    const answered = [talk('t', '23 10:00', { ...both, answered: true })];
    expect(asked({ ...matter, talks: answered }, '23 12:00', '30 12:00')).toEqual([]);
  });
});

describe('between talks', () => {
  const reasons = [
    reason('light', 10),
    reason('heavy', 90, { client: undefined }),
    reason('new', 50, { since: at('22 12:00') }),
    reason('old', 50),
    reason('least', 5),
  ];

  it('tells the four heaviest, then the longest waiting, at ten on each working day', () => {
    expect(planned({ reasons }, '20 18:00', '25 00:00')).toEqual([
      '23 10:00 between anna heavy old new light',
      '24 10:00 between anna least',
    ]);
  });

  it.each<[string, Partial<Reachable>, string[]]>([
    ['as he begins, later', { hours: { from: '11:30', to: '17:00' } }, ['23 11:30 between anna heavy']],
    ['as he ends, earlier', { hours: { from: '06:00', to: '09:30' } }, ['23 09:30 between anna heavy']],
    ['not while paused', { pausedUntil: '2026-11-24' }, []],
    ['of no client too when all are muted', { muted: ['acme'] }, ['23 10:00 between anna heavy']],
  ])('tells %s', (_, more, messages) => {
    expect(planned({ people: [person('anna', more)], reasons: reasons.slice(1, 2) }, ...monday)).toEqual(
      messages,
    );
  });

  it('tells nothing of a muted client', () => {
    expect(planned({ people: [person('anna', { muted: ['acme'] })], reasons }, ...monday)).toEqual([
      '23 10:00 between anna heavy',
    ]);
  });

  it.each([
    ['once a day', sent('between', ['other'], '23 10:00'), '23 10:15', []],
    [
      'again seven days later, late as it was then',
      sent('between', ['light'], '16 16:00'),
      '23 10:00',
      ['23 10:00 between anna light'],
    ],
    ['not six days later', sent('between', ['light'], '17 10:00'), '23 10:00', []],
    ['late on its day', sent('between', ['other'], '20 10:00'), '23 16:45', ['23 16:45 between anna light']],
    ['once on a day that he has twice', sent('between', ['other'], '22 23:30'), '23 10:00', []],
  ])('tells %s', (_, row, from, messages) => {
    expect(
      planned({ reasons: reasons.slice(0, 1), sent: [row] }, from, shown(at(from).add({ minutes: 15 }))),
    ).toEqual(messages);
  });

  it('waits until the next morning with what came up after ten', () => {
    const late = { reasons: [reason('late', 50, { since: at('23 10:01') })] };
    expect(planned(late, '23 10:05', '25 00:00')).toEqual(['24 10:00 between anna late']);
  });

  it('tells the briefing first when both are due', () => {
    const talks = [talk('t', '23 10:30')];
    expect(planned({ talks, reasons: reasons.slice(0, 1) }, '23 09:45', '23 10:15')).toEqual([
      '23 10:00 before anna t',
      '23 10:00 between anna light',
    ]);
  });

  it.each<[string, Partial<Talk>[], string[]]>([
    ['after the talk that he is in', [{}], ['23 10:30 between anna heavy']],
    [
      'after those that follow each other',
      [{}, { start: at('23 10:30').epochMilliseconds, end: at('23 12:00').epochMilliseconds }],
      ['23 12:00 between anna heavy'],
    ],
    [
      'between two talks',
      [{}, { start: at('23 10:45').epochMilliseconds, end: at('23 12:00').epochMilliseconds }],
      ['23 10:30 between anna heavy'],
    ],
    [
      'on the next day when he talks until he stops',
      [{ end: at('23 17:15').epochMilliseconds }],
      ['24 10:00 between anna heavy'],
    ],
    ['at once when it is a colleague’s', [{ people: ['bram'] }], ['23 10:00 between anna heavy']],
    [
      'at once when it begins then and is over',
      [{ end: at('23 10:00').epochMilliseconds }],
      ['23 10:00 between anna heavy'],
    ],
    ['after one of a client that he has muted', [{ client: 'muted' }], ['23 10:30 between anna heavy']],
  ])('tells %s', (_, more, messages) => {
    const talks = more.map((one, index) =>
      talk(`t${index}`, '23 09:30', { end: at('23 10:30').epochMilliseconds, answered: true, ...one }),
    );
    const people = [person('anna', { muted: ['muted'] }), person('bram')];
    const all = planned({ people, talks, reasons: reasons.slice(1, 2) }, '23 09:45', '24 10:15');
    expect(all.filter((line) => line.includes('between'))).toEqual(messages);
  });

  it('tells again what he wanted to hear of later, together, beside the one of the day', () => {
    const more = {
      reasons: reasons.slice(0, 4),
      sent: [sent('between', ['light', 'old'], '20 10:00')],
      snoozes: [snooze('light', '22 12:00'), snooze('old', '23 08:00'), snooze('new', '25 12:00')],
    };
    expect(planned(more, '20 12:00', '26 00:00')).toEqual([
      '23 09:00 again anna old light',
      '23 10:00 between anna heavy',
      '25 12:00 again anna new',
    ]);
    const told = [...more.sent, sent('again', ['old', 'light'], '23 09:00')];
    expect(planned({ ...more, sent: told }, '23 09:15', '24 00:00')).toEqual(['23 10:00 between anna heavy']);
    expect(planned({ ...more, sent: told, snoozes: more.snoozes.slice(2) }, '23 09:15', '24 00:00')).toEqual([
      '23 10:00 between anna heavy',
    ]);
  });

  it('does not mind what was put off of a reason that has ended since and come back', () => {
    const more = { reasons: reasons.slice(0, 3), snoozes: [snooze('light', '10 12:00')] };
    expect(planned(more, '23 08:00', '24 00:00')).toEqual(['23 10:00 between anna heavy new light']);
  });

  it('goes by the last snooze of several', () => {
    const snoozes = [snooze('light', '24 12:00'), snooze('light', '23 12:00')];
    for (const rows of [snoozes, snoozes.toReversed()])
      expect(planned({ reasons: reasons.slice(0, 1), snoozes: rows }, '23 08:00', '25 00:00')).toEqual([
        '24 12:00 again anna light',
      ]);
  });
});

describe('a window', () => {
  it('leaves what is due at its end to the next, but for the last moment of a day', () => {
    const talks = [talk('noon', '24 12:30'), talk('early', '24 09:00')];
    expect(briefed({ talks }, '24 11:45', '24 12:00')).toEqual([]);
    expect(briefed({ talks }, '24 12:00', '24 12:15')).toEqual(['24 12:00 before anna noon']);
    expect(briefed({ talks }, '23 16:45', '23 17:00')).toEqual(['23 17:00 before anna early']);
    const reasons = [reason('r', 10)];
    expect(planned({ reasons }, '23 09:45', '23 10:00')).toEqual([]);
    expect(planned({ reasons }, '23 10:00', '23 10:15')).toEqual(['23 10:00 between anna r']);
  });
});
