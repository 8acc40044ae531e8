import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readName } from '../../../src/features/clients/clients.ts';
import {
  listed,
  nearestVerb,
  readAddress,
  readDomain,
  readKind,
  readPair,
  verbOf,
} from '../../../src/features/clients/typing-rules.ts';

it('knows its verbs in both languages', () => {
  expect(['klant koppelen', 'client link'].map(verbOf)).toEqual(['link', 'link']);
  expect(verbOf('klant acme')).toBeUndefined();
});

it('takes a verb typed wrong for that verb, and a name for a name', () => {
  expect(nearestVerb('kopellen Acme intern')).toBe('koppelen');
  expect(nearestVerb('arcive Acme')).toBe('archive');
  expect(nearestVerb('Acme')).toBeUndefined();
  expect(nearestVerb('Zuiderzee Groep')).toBeUndefined();
});

describe('a name for a client', () => {
  it.each([
    ['Acme', 'Acme'],
    ['  Acme \n Nederland ', 'Acme Nederland'],
    ['“Acme”', 'Acme'],
    ["'t Hof", "'t Hof"],
    ['x'.repeat(80), 'x'.repeat(80)],
  ])('%s is kept as %s', (typed, name) => expect(readName(typed)).toEqual({ name }));

  it.each([
    ['', 'empty'],
    [' “” ', 'empty'],
    ['\u200b\u202e\0', 'empty'],
    ['x'.repeat(81), 'too-long'],
    ['x'.repeat(10_000), 'too-long'],
    ['Acme: Nederland', 'colon'],
  ])('%s is refused: %s', (typed, mistake) => expect(readName(typed)).toBe(mistake));

  it('is read anew as it was read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const read = readName(text);
        if (typeof read === 'object' && !/["“”'‘’]/u.test(text)) expect(readName(read.name)).toEqual(read);
      }),
    );
  });
});

it('reads as what a channel is linked', () => {
  expect(readKind('Acme Nederland intern')).toEqual({ name: 'Acme Nederland', kind: 'internal' });
  expect(readKind('SHARED')).toEqual({ name: '', kind: 'shared' });
  expect(readKind('Acme')).toEqual({ name: 'Acme', kind: undefined });
});

it('reads two names with a colon between them', () => {
  expect(readPair('Acme: Acme Groep')).toEqual({ name: 'Acme', other: 'Acme Groep' });
  expect(readPair(': Acme Groep')).toEqual({ name: '', other: 'Acme Groep' });
  expect([readPair('Acme'), readPair('Acme: ')]).toEqual([undefined, undefined]);
});

it('reads an address beside words', () => {
  expect(readAddress('Acme Eva Jansen <Eva@acme.example>')).toEqual({
    address: 'eva@acme.example',
    rest: 'Acme Eva Jansen',
  });
  expect(readAddress('Acme @Eva')).toEqual({ address: undefined, rest: 'Acme @Eva' });
});

describe('an e-mail domain', () => {
  it.each([
    'acme.example',
    '@Acme.example',
    'eva@acme.example',
    'https://www.acme.example/nl?x=1',
    'acme.example.',
  ])('%s is acme.example', (typed) => expect(readDomain(typed)).toEqual({ domain: 'acme.example' }));

  it.each(['', 'acme', 'a b.example', '*.example', '.example', 'x'.repeat(300)])('%s is none', (typed) =>
    expect(readDomain(typed)).toBe('none'),
  );

  it.each(['gmail.com', 'daan@Hotmail.com', 'ziggo.nl'])('%s is everybody’s', (typed) =>
    expect(readDomain(typed)).toBe('public'),
  );

  it('is one of a list', () => {
    expect(listed(' acme.example,\n acme.test ; ')).toEqual(['acme.example', 'acme.test']);
  });
});
