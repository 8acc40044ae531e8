import { describe, expect, it } from 'vitest';
import {
  excerpt,
  nextStates,
  readDay,
  readLink,
  readTyped,
  unnotedShare,
} from '../../../src/features/feedback/feedback.ts';

describe('what is typed', () => {
  it.each([
    ['Acme: te laat geleverd', { name: 'Acme', text: 'te laat geleverd' }],
    ['Acme : twee dingen: traag en duur', { name: 'Acme', text: 'twee dingen: traag en duur' }],
    ['Acme', { name: 'Acme', text: undefined }],
    ['Acme:', { name: 'Acme', text: undefined }],
    [': zomaar', { name: '', text: 'zomaar' }],
    ['zie https://acme.example/klacht', { name: 'zie https://acme.example/klacht', text: undefined }],
    ['', { name: '', text: undefined }],
  ])('%j', (typed, read) => {
    expect(readTyped(typed)).toEqual(read);
  });

  it.each([
    ['https://acme.example/opname?x=1', 'https://acme.example/opname?x=1'],
    [' http://acme.example ', 'http://acme.example/'],
    ['javascript:alert(1)', undefined],
    ['file:///etc/passwd', undefined],
    ['https://naam:wachtwoord@acme.example', undefined],
    ['acme.example', undefined],
    [`https://acme.example/${'x'.repeat(500)}`, undefined],
  ])('as a link, %j', (typed, link) => {
    expect(readLink(typed)).toBe(link);
  });
});

describe('what is kept of a message', () => {
  it.each([
    ['kort', 10, 'kort'],
    ['precies tien', 12, 'precies tien'],
    ['een woord te veel', 11, 'een woord…'],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 12, '👩‍👩‍👧‍👦…'],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 11, '…'],
    ['e\u0301e\u0301e\u0301', 4, 'e\u0301…'],
    ['', 5, ''],
  ])('is %j in %i', (text, most, shown) => {
    expect(excerpt(text, most)).toBe(shown);
    expect(excerpt(text, most).length).toBeLessThanOrEqual(most);
  });

  it.each([
    ['2026-11-23', '2026-11-23'],
    ['2025-02-28', '2025-02-28'],
    ['2026-11-24', undefined],
    ['2026-02-30', undefined],
    ['2026-00-00', undefined],
    ['-2026-1-1', undefined],
    ['23-11-2026', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('is of the day %j', (typed, day) => {
    expect(readDay(typed, Temporal.PlainDate.from('2026-11-23'))?.toString()).toBe(day);
  });
});

it('goes on, and never back', () => {
  expect(nextStates('new')).toEqual(['handling', 'answered', 'learned']);
  expect(nextStates('answered')).toEqual(['learned']);
  expect(nextStates('learned')).toEqual([]);
});

it('counts the complaints about what nobody had noted, among those of which that is known', () => {
  const one = (unnoted: boolean, expectation?: string, kind: 'complaint' | 'compliment' = 'complaint') => ({
    kind,
    unnoted,
    expectation,
  });
  const all = [one(true), one(false, 'e1'), one(false), one(true, undefined, 'compliment'), one(true)];
  expect(unnotedShare(all)).toEqual({ unnoted: 2, known: 3 });
  expect(unnotedShare([])).toEqual({ unnoted: 0, known: 0 });
});
