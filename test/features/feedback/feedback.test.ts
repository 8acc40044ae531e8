import { describe, expect, it } from 'vitest';
import { nextStates, readLink, readTyped, unnotedShare } from '../../../src/features/feedback/feedback.ts';

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
