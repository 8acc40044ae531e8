import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberIn } from '../../../src/chat/number-setting.ts';
import {
  type Period,
  type Periods,
  ranges,
  spentOf,
  type Touch,
  type What,
} from '../../../src/features/fatigue/fatigue.ts';
import { sayFewSkipped, sayLately, saySkipped } from '../../../src/features/fatigue/said-rules.ts';
import { voice } from '../../../src/text/say.ts';

const usual: Periods = { day: 1, survey: 30, nps: 180 };
const start = Temporal.Instant.from('2026-11-23T09:00:00Z');
const hours = (count: number) => start.add({ hours: count });
const whats: What[] = ['kti', 'nps', 'ces', 'csat', 'loyalty', 'reminder'];

describe('the budget of a person', () => {
  it.each<[What, What, number, Period | undefined]>([
    ['csat', 'kti', 23, 'survey'],
    ['csat', 'reminder', 23, 'day'],
    ['csat', 'reminder', 24, undefined],
    ['reminder', 'kti', 23, 'day'],
    ['reminder', 'kti', 24, undefined],
    ['csat', 'kti', 30 * 24 - 1, 'survey'],
    ['csat', 'kti', 30 * 24, undefined],
    ['csat', 'nps', 30 * 24, undefined],
    ['nps', 'csat', 30 * 24 - 1, 'survey'],
    ['nps', 'csat', 30 * 24, undefined],
    ['nps', 'nps', 30 * 24, 'nps'],
    ['nps', 'nps', 180 * 24 - 1, 'nps'],
    ['nps', 'nps', 180 * 24, undefined],
    ['nps', 'reminder', 24, undefined],
    ['reminder', 'reminder', 23, 'day'],
  ])('after %s, %s %i hours later: %s', (before, what, after, why) => {
    const spent = spentOf([{ what: before, at: start }], what, usual, hours(after));
    expect(spent?.why).toBe(why);
    if (spent) expect(spent.lastAt).toEqual(start);
  });

  it('names the reason that binds longest, with when it ends', () => {
    const touches: Touch[] = [
      { what: 'nps', at: start },
      { what: 'csat', at: hours(40 * 24) },
      { what: 'reminder', at: hours(60 * 24) },
    ];
    const now = hours(60 * 24 + 1);
    expect(spentOf(touches, 'nps', usual, now)).toEqual({
      ...{ why: 'nps', lastAt: start, againAt: hours(180 * 24) },
    });
    expect(spentOf(touches, 'kti', usual, now)).toEqual({
      ...{ why: 'survey', lastAt: hours(40 * 24), againAt: hours(70 * 24) },
    });
    expect(spentOf(touches, 'reminder', usual, now)).toEqual({
      ...{ why: 'day', lastAt: hours(60 * 24), againAt: hours(61 * 24) },
    });
  });

  const attempts = fc.array(
    fc.record({ what: fc.constantFrom(...whats), after: fc.integer({ min: 0, max: 40 * 24 }) }),
    { maxLength: 40 },
  );
  const chosen = fc.record({
    day: fc.integer({ min: ranges.day.from, max: ranges.day.to }),
    survey: fc.integer({ min: ranges.survey.from, max: 60 }),
    nps: fc.integer({ min: ranges.nps.from, max: 200 }),
  });

  it('is never overspent, whoever asks when, and never refused without a reason', () => {
    fc.assert(
      fc.property(attempts, chosen, (tries, days) => {
        const reached: Touch[] = [];
        let now = start;
        const near = (what: What[], count: number) =>
          reached.some((one) => what.includes(one.what) && now.since(one.at).total('hours') < count * 24);
        for (const { what, after } of tries) {
          now = now.add({ hours: after });
          const surveys = whats.filter((one) => one !== 'reminder');
          const blocked =
            near(whats, days.day) ||
            (what !== 'reminder' && near(surveys, days.survey)) ||
            (what === 'nps' && near(['nps'], days.nps));
          const spent = spentOf(reached, what, days, now);
          expect(spent !== undefined).toBe(blocked);
          if (!spent) reached.push({ what, at: now });
        }
      }),
    );
  });

  it('says truly from when on, and not an hour too late', () => {
    fc.assert(
      fc.property(attempts, chosen, fc.constantFrom(...whats), (tries, days, what) => {
        let at = start;
        const touches = tries.map((one): Touch => {
          at = at.add({ hours: one.after });
          return { what: one.what, at };
        });
        const spent = spentOf(touches, what, days, at);
        if (!spent) return;
        expect(spentOf(touches, what, days, spent.againAt)).toBeUndefined();
        expect(spentOf(touches, what, days, spent.againAt.subtract({ minutes: 1 }))).toBeDefined();
      }),
    );
  });
});

it.each<[Period, string, number | undefined]>([
  ['day', '1', 1],
  ['day', '0', undefined],
  ['day', '15', undefined],
  ['survey', '14', 14],
  ['survey', '13', undefined],
  ['survey', '366', undefined],
  ['nps', '90', 90],
  ['nps', '89', undefined],
  ['nps', '1.5', undefined],
  ['nps', '9'.repeat(400), undefined],
])('reads %s of %s', (period, text, days) => {
  expect(numberIn(ranges[period], text)).toBe(days);
});

describe('what the asker is told', () => {
  const words = (language: 'nl' | 'en') => ({
    ...{ say: voice(language), language, timeZone: 'Europe/Amsterdam' },
  });
  const skipped = (['day', 'survey', 'nps'] as const).map((why, index) => ({
    name: ['Daan', 'Eva', 'Finn'][index] ?? '',
    spent: { why, lastAt: start, againAt: hours([24, 30 * 24, 180 * 24][index] ?? 0) },
  }));

  it('is a line a person: who, why, and from when on', () => {
    expect(saySkipped(skipped, words('nl'), hours(1))).toEqual([
      'Daan kreeg op 23 november al een bericht. Dat kan weer vanaf dinsdag 24 november om 10:00.',
      'Eva kreeg op 23 november al een persoonlijke vraag. Dat kan weer vanaf 23 december.',
      'Finn kreeg op 23 november al de NPS-vraag. Dat kan weer vanaf 22 mei.',
    ]);
    expect(saySkipped(skipped, words('en'), hours(1))).toEqual([
      'Daan already got a message on 23 November. That is possible again from Tuesday 24 November at 10:00 on.',
      'Eva already got a personal question on 23 November. That is possible again from 23 December on.',
      'Finn already got the NPS question on 23 November. That is possible again from 22 May on.',
    ]);
  });

  it('names the hour on the last day, because until then it is refused', () => {
    expect(saySkipped(skipped.slice(1, 2), words('nl'), hours(29 * 24 + 1))[0]).toContain(
      'woensdag 23 december om 10:00',
    );
  });

  it('names ten, and counts the others', () => {
    const many = Array.from({ length: 12 }, (_, at) => ({ ...skipped[1], name: `p${at}` })).flatMap(
      ({ name, spent }) => (spent ? [{ name, spent }] : []),
    );
    const said = sayFewSkipped(many, words('nl'), start).split('\n');
    expect([said.length, said.at(-1)]).toEqual([11, 'En nog 2 personen.']);
  });

  it('counts who was asked lately, and says nothing of nobody', () => {
    expect(sayLately({ count: 2, of: 3, days: 30 }, words('nl'))).toBe(
      'Let op: 2 van de 3 kregen in de laatste 30 dagen al een vraag.',
    );
    expect(sayLately({ count: 0, of: 3, days: 30 }, words('nl'))).toBeUndefined();
  });
});
