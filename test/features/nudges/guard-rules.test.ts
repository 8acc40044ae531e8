import { describe, expect, it } from 'vitest';
import type { Reason } from '../../../src/chat/contributions.ts';
import { stillToTell } from '../../../src/features/nudges/guard-rules.ts';
import { sendUntil } from '../../../src/features/nudges/moments-rules.ts';
import type { Kind, Reachable, Sent, Situation, Snooze, Talk } from '../../../src/features/nudges/nudges.ts';
import { talkKey } from '../../../src/features/nudges/nudges.ts';

const pace = { beforeMinutes: 30, afterMinutes: 10 };
const zone = 'Europe/Amsterdam';
/** '23 10:00' in November 2026, of which the 23rd is a Monday. */
const at = (text: string) => Temporal.PlainDateTime.from(`2026-11-${text}`).toZonedDateTime(zone).toInstant();

const anna: Reachable = {
  ...{ id: 'anna', timeZone: zone, workdays: [1, 2, 3, 4, 5], hours: { from: '09:00', to: '17:00' } },
  ...{ country: 'NL', pausedUntil: undefined, muted: [] },
};
const talk = (id: string, start: string, more: Partial<Talk> = {}): Talk => ({
  ...{
    id,
    client: 'acme',
    start: at(start).epochMilliseconds,
    end: at(start).add({ minutes: 60 }).epochMilliseconds,
    people: ['anna'],
  },
  ...{ asked: false, answered: false },
  ...more,
});
const reason = (key: string, more: Partial<Reason> = {}): Reason => ({
  ...{ key, client: 'acme', who: ['anna'], weight: 10, since: at('20 12:00') },
  ...more,
});
const sent = (kind: Kind, keys: string[], moment: string): Sent => ({
  ...{ person: 'anna', kind, keys },
  at: at(moment),
});
const snooze = (key: string, until: string): Snooze => ({ person: 'anna', key, until: at(until) });

function still(kind: Kind, keys: string[], now: string, more: Partial<Situation> = {}): string[] {
  const nothing = { people: [anna], talks: [], reasons: [], sent: [], snoozes: [] };
  return stillToTell({ person: 'anna', kind, keys }, { ...nothing, ...more }, at(now), pace);
}

/** Of each kind a message that is to come on Monday at 14:10. */
const [ahead, over] = [talk('t', '23 14:30'), talk('t', '23 13:00')];
const messages: [Kind, string, Partial<Situation>][] = [
  ['before', talkKey(ahead), { talks: [ahead] }],
  ['day', talkKey(ahead), { talks: [ahead] }],
  ['after', 't', { talks: [over] }],
  ['between', 'r', { reasons: [reason('r')] }],
  ['again', 'r', { reasons: [reason('r')], snoozes: [snooze('r', '23 14:00')] }],
];

describe.each(messages)('%s', (kind, key, about) => {
  const told = (now: string, more: Partial<Situation> = {}) => still(kind, [key], now, { ...about, ...more });
  const who = (more: Partial<Reachable>) => ({ people: [{ ...anna, ...more }] });

  it('is told in its time, and when the job ran a little after the end of the day', () => {
    expect(told('23 14:10')).toEqual([key]);
    expect(told('23 14:12', who({ hours: { from: '09:00', to: '14:10' } }))).toEqual([key]);
  });

  it.each<[string, string, Partial<Situation>]>([
    ['at night', '23 23:30', {}],
    ['in the weekend', '28 14:10', {}],
    ['minutes after the end of the day', '23 14:13', who({ hours: { from: '09:00', to: '14:10' } })],
    ['while paused', '23 14:10', who({ pausedUntil: '2026-11-24' })],
    ['of a client that was muted', '23 14:10', who({ muted: ['acme'] })],
    ['to who is not of the team any more', '23 14:10', { people: [] }],
    ['when it is gone', '23 14:10', { talks: [], reasons: [] }],
    [
      'when it is somebody else’s by now',
      '23 14:10',
      {
        talks: (about.talks ?? []).map((one) => ({ ...one, people: ['bram'] })),
        reasons: (about.reasons ?? []).map((one) => ({ ...one, who: ['bram'] })),
      },
    ],
  ])('is not told %s', (_, now, more) => {
    expect(told(now, more)).toEqual([]);
  });
});

describe('before a talk', () => {
  const key = talkKey(ahead);

  it.each<[string, string, Partial<Situation>]>([
    ['once it has begun', '23 14:30', {}],
    ['when it has moved', '23 14:10', { talks: [talk('t', '23 14:35')] }],
    ['when he was told by another message', '23 14:10', { sent: [sent('day', [key], '23 14:08')] }],
    [
      'when he was told of nearly the same moment',
      '23 14:10',
      { sent: [sent('before', [talkKey(talk('t', '23 14:45'))], '23 14:08')] },
    ],
  ])('tells nothing %s', (_, now, more) => {
    expect(still('before', [key], now, { talks: [ahead], ...more })).toEqual([]);
  });

  it('leaves of a full day what he was told, and when that was another full day what can wait', () => {
    const talks = ['10:00', '11:00', '15:00'].map((time, index) => talk(`t${index}`, `23 ${time}`));
    const keys = talks.map(talkKey);
    const before = { sent: [sent('before', keys.slice(0, 1), '23 09:20')] };
    expect(still('day', keys, '23 09:31', { talks, ...before })).toEqual(keys.slice(1));
    const day = { sent: [sent('day', [talkKey(talk('other', '23 16:00'))], '23 09:20')] };
    expect(still('day', keys, '23 09:31', { talks, ...day })).toEqual(keys.slice(0, 1));
  });
});

describe('after a talk', () => {
  const asked = { talks: [{ ...over, asked: true }] };

  it.each<[string, string, Partial<Situation>]>([
    ['when somebody was asked by another message', '23 14:10', asked],
    ['when somebody has answered', '23 14:10', { talks: [{ ...over, answered: true }] }],
    ['when it took longer', '23 14:10', { talks: [{ ...over, end: at('23 14:01').epochMilliseconds }] }],
    ['more than three working days later', '27 09:00', {}],
    ['when he has put it off meanwhile', '23 14:10', { ...asked, snoozes: [snooze('t', '24 10:00')] }],
  ])('asks nothing %s', (_, now, more) => {
    expect(still('after', ['t'], now, { talks: [over], ...more })).toEqual([]);
  });

  it('asks again what he had put off', () => {
    expect(still('after', ['t'], '24 10:00', { ...asked, snoozes: [snooze('t', '24 10:00')] })).toEqual([
      't',
    ]);
  });
});

describe('between talks', () => {
  const reasons = [reason('r'), reason('other')];

  it.each<[string, Partial<Situation>]>([
    ['when he was told something today', { sent: [sent('between', ['x'], '23 10:05')] }],
    ['while he is in a talk', { talks: [talk('t', '23 13:30')] }],
    ['of what he has put off meanwhile', { snoozes: [snooze('r', '24 10:00'), snooze('other', '24 10:00')] }],
    ['of what he was told lately', { sent: [sent('again', ['r', 'other'], '23 14:00')] }],
  ])('tells nothing %s', (_, more) => {
    expect(still('between', ['r', 'other'], '23 14:10', { reasons, ...more })).toEqual([]);
  });

  it('tells again once, and not of a reason that began after he had put it off', () => {
    const more = { reasons, snoozes: [snooze('r', '23 14:00')] };
    const again = (one: Partial<Situation>) =>
      still('again', ['r', 'other'], '23 14:10', { ...more, ...one });
    expect(again({})).toEqual(['r']);
    expect(again({ sent: [sent('again', ['r'], '23 14:05')] })).toEqual([]);
    expect(again({ reasons: [reason('r', { since: at('23 14:05') })] })).toEqual([]);
  });
});

it.each([
  ['23 09:00', '23 13:00'],
  ['23 14:00', '23 17:00'],
  ['23 16:50', '23 17:05'],
  ['23 17:01', '23 17:16'],
])('what is sent at %s makes sense until %s', (now, until) => {
  expect(sendUntil(anna, at(now)).equals(at(until))).toBe(true);
});
