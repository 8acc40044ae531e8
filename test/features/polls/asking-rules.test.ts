import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitsRhythm, readAsking, readEvery, readSubject } from '../../../src/features/polls/asking-rules.ts';

describe('what is typed after "nps ask"', () => {
  const said = (text: string) => {
    const read = readAsking(text);
    if (typeof read === 'string') return read;
    const { period, topic, anonymous } = read;
    return { period: period.toString(), topic, ...(anonymous && { anonymous }) };
  };

  it.each([
    ['', { period: 'P7D', topic: undefined }],
    ['for 3 days', { period: 'P3D', topic: undefined }],
    ['voor 2 weken', { period: 'P2W', topic: undefined }],
    ['voor een maand', { period: 'P1M', topic: undefined }],
    ['for 12 hours', { period: 'PT12H', topic: undefined }],
    ['for 5', { period: 'P5D', topic: undefined }],
    ['about the move', { period: 'P7D', topic: 'the move' }],
    ['over de overgang', { period: 'P7D', topic: 'de overgang' }],
    ['for 3 days about the move', { period: 'P3D', topic: 'the move' }],
    ['about our support for 3 days', { period: 'P3D', topic: 'our support' }],
    ['over wat u voor ons doet', { period: 'P7D', topic: 'wat u voor ons doet' }],
    ['about working for a friend', { period: 'P7D', topic: 'working for a friend' }],
    ['anoniem', { period: 'P7D', topic: undefined, anonymous: true }],
    ['Anonymous for 3 days', { period: 'P3D', topic: undefined, anonymous: true }],
    ['voor 3 dagen anoniem over de overgang', { period: 'P3D', topic: 'de overgang', anonymous: true }],
    ['over de overgang anoniem', { period: 'P7D', topic: 'de overgang', anonymous: true }],
    ['about the move for 3 days anonymously', { period: 'P3D', topic: 'the move', anonymous: true }],
    ['about the move anonymous for 3 days', { period: 'P3D', topic: 'the move', anonymous: true }],
    ['about our anonymous mailbox', { period: 'P7D', topic: 'our anonymous mailbox' }],
  ])('%s', (text, expected) => {
    expect(said(text)).toEqual(expected);
  });

  it.each([
    ['maybe', 'not-understood'],
    ['anoniem misschien', 'not-understood'],
    ['for ever', 'no-period'],
    ['for 0 days', 'no-period'],
    ['for -3 days', 'no-period'],
    ['voor drie appels', 'no-period'],
    ['for 91 days', 'period-too-long'],
    ['voor 3 maanden', 'period-too-long'],
    ['for 9999 weeks', 'period-too-long'],
    [`about ${'x'.repeat(151)}`, 'topic-too-long'],
  ])('%s is a mistake', (text, mistake) => {
    expect(said(text)).toBe(mistake);
  });

  it('is read or refused, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = readAsking(text);
        if (typeof read !== 'string') expect(read.period.sign).toBe(1);
      }),
    );
  });
});

it.each([
  ['month', 'month', ''],
  ['elke maand'.split(' ')[1] ?? '', 'month', ''],
  ['Kwartaal anoniem over de overgang', 'quarter', 'anoniem over de overgang'],
  ['off', 'off', ''],
  ['uit', 'off', ''],
])('reads how often: %s', (text, rhythm, rest) => {
  expect(readEvery(text)).toEqual({ rhythm, rest });
});

it.each(['', 'week', 'monthly?', '2 months'])('reads no rhythm from “%s”', (text) => {
  expect(readEvery(text)).toBeUndefined();
});

it('knows what a command is about by its first word', () => {
  expect(['nps vragen', 'ces ask', 'csat', 'loyaliteit vragen', 'loyalty ask'].map(readSubject)).toEqual([
    'nps',
    'ces',
    'csat',
    'loyalty',
    'loyalty',
  ]);
});

it('lets a round be over well before the next', () => {
  const days = (count: number) => Temporal.Duration.from({ days: count });
  expect([fitsRhythm(days(21), 'month'), fitsRhythm(days(22), 'month')]).toEqual([true, false]);
  expect([fitsRhythm(days(70), 'quarter'), fitsRhythm(days(71), 'quarter')]).toEqual([true, false]);
});
