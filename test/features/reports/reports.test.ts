import { describe, expect, it } from 'vitest';
import type { State } from '../../../src/features/expectations/expectations.ts';
import {
  type Facts,
  gapsOf,
  leastKnownFirst,
  levelsOf,
  stalest,
} from '../../../src/features/reports/reports.ts';
import { clientOf, complaintOf, daysAgo, knownTo, outlineOf, today } from '../../support/knowledge.ts';

const acme = clientOf('c1', 'Acme');
const lately = new Map([['c1', daysAgo(1)]]);
/** Nothing is missing but what a test leaves out. */
const wellKnown: Partial<Facts> = { raised: lately, withContact: new Set(['c1']) };

function one(state: State, days = 5, id: string = state, more = {}) {
  return outlineOf('c1', { id, text: id, state, days, ...more });
}

function known(facts: Partial<Facts>, person?: string) {
  const [acmes] = knownTo([acme], { ...wellKnown, ...facts }, person);
  if (!acmes) throw new Error('Acme is among them.');
  return acmes;
}

function gaps(facts: Partial<Facts>) {
  return gapsOf(known(facts), today, 'Europe/Amsterdam').map(({ why, count }) => `${why} ${count}`);
}

describe('what is not known of a client', () => {
  it.each<[string, State[], string[]]>([
    ['nothing is noted', [], ['nothing-noted 0']],
    ['nothing was ever put before him', ['noted', 'concrete'], ['nothing-put 2']],
    ['he has not said yes to anything', ['sent'], ['nothing-confirmed 1']],
    [
      'he wrote it otherwise, or says that it holds no longer',
      ['corrected', 'doubted'],
      ['nothing-confirmed 2'],
    ],
    ['one was not put before him', ['sent', 'noted'], ['nothing-confirmed 2', 'not-put 1']],
    ['some is confirmed, the rest waits for him', ['confirmed', 'sent'], []],
    ['all is confirmed', ['confirmed'], []],
  ])('%s', (_, states, told) => {
    expect(gaps({ expectations: states.map((state) => one(state)) })).toEqual(told);
  });

  it('says since when nobody raised it, from the client’s rhythm on and by the reader’s days', () => {
    const quiet = (raised: Temporal.Instant) =>
      gaps({ expectations: [one('confirmed')], raised: new Map([['c1', raised]]) });
    expect(quiet(daysAgo(13))).toEqual([]);
    expect(quiet(daysAgo(14))).toEqual(['quiet 14']);
    // 22:59 UTC is before midnight in Amsterdam, 23:00 is after it.
    expect(quiet(Temporal.Instant.from('2026-11-12T22:59:00Z'))).toEqual(['quiet 14']);
    expect(quiet(Temporal.Instant.from('2026-11-12T23:00:00Z'))).toEqual([]);
    expect(gaps({ expectations: [one('confirmed')], raised: new Map() })).toEqual(['never-raised 365']);
  });

  it('says that nobody is known there, and of what nobody had noted', () => {
    const facts = { expectations: [one('confirmed')], withContact: new Set<string>() };
    const complaints = [
      complaintOf('c1', { unnoted: true }),
      complaintOf('c1', { unnoted: true, open: false }),
      complaintOf('c1', { unnoted: true, lately: false }),
      complaintOf('c1', { expectation: 'e1' }),
      complaintOf('c2', { unnoted: true }),
    ];
    expect(gaps({ ...facts, complaints })).toEqual(['unnoted 2', 'no-contact 0']);
    expect(known({ complaints })).toMatchObject({ openComplaints: 3, share: { unnoted: 2, known: 3 } });
  });
});

describe('what is known of a client', () => {
  it('was heard of when it was noted, confirmed or spoken of, whichever was last; the oldest of all counts', () => {
    const expectations = [one('noted', 40, 'e1'), one('noted', 30, 'e2'), one('confirmed', 20, 'e3')];
    expect(stalest(known({ expectations }))).toEqual(daysAgo(40));
    const discussed = new Map([['e1', daysAgo(3)]]);
    expect(stalest(known({ expectations, discussed }))).toEqual(daysAgo(30));
    expect(stalest(known({}))).toBeUndefined();
  });

  it('leaves out what is about a person, but for that person, the manager and the owner', () => {
    const bram = { id: 'bram', name: 'Bram Bakker' };
    const expectations = [
      one('noted', 5, 'e1', { about: 'person', person: bram }),
      one('confirmed', 5, 'e2'),
    ];
    const seenBy = (person: string) => known({ expectations }, person).expectations.map(({ one }) => one.id);
    expect(seenBy('carla')).toEqual(['e2']);
    expect(seenBy('bram')).toEqual(['e1', 'e2']);
    expect(seenBy('anna')).toEqual(['e1', 'e2']);
  });
});

describe('all clients', () => {
  const names = ['alles', 'deels', 'voorgelegd', 'genoteerd', 'oud', 'niets'];
  const of = (client: string, id: string, state: State, days = 5) =>
    outlineOf(client, { id, text: id, state, days });
  const all = knownTo(
    names.map((name) => clientOf(name, name)),
    {
      expectations: [
        of('alles', 'e1', 'confirmed'),
        of('deels', 'e2', 'confirmed'),
        of('deels', 'e3', 'noted'),
        of('voorgelegd', 'e4', 'sent'),
        of('genoteerd', 'e5', 'noted'),
        of('oud', 'e6', 'noted', 50),
      ],
    },
  );

  it('come with the least known first, of equals the one quiet for longer', () => {
    const order = leastKnownFirst(all).map(({ client }) => client.name);
    expect(order).toEqual(['niets', 'oud', 'genoteerd', 'voorgelegd', 'deels', 'alles']);
  });

  it('count once each', () => {
    expect(levelsOf(all)).toEqual({ confirmed: 2, noted: 3, unknown: 1 });
    expect(levelsOf([])).toEqual({ confirmed: 0, noted: 0, unknown: 0 });
  });
});
