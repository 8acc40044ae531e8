import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grammar, plain, readPeriod } from '../../src/chat/grammar.ts';
import { featuresOf } from '../../src/features/features.ts';

const commands = featuresOf().flatMap((feature) => feature.commands ?? []);
const read = grammar(commands);
const name = (text: string) => {
  const reading = read(text);
  return reading.kind === 'command' ? reading.command.name : reading.kind;
};

describe('what is typed', () => {
  it('means the same in Dutch and in English', () => {
    for (const command of commands)
      for (const words of [...command.words.nl, ...command.words.en]) expect(name(words)).toBe(command.name);
  });

  it.each([
    ['nps vragen', 'polls.ask'],
    ['  NPS   Vragen ', 'polls.ask'],
    ['nps ask?', 'polls.ask'],
    ['hélp', 'help.show'],
    ['nps', 'polls.start'],
    ['', 'empty'],
    ['   ', 'empty'],
  ])('%j is read', (text, expected) => {
    expect(name(text)).toBe(expected);
  });

  it('keeps what follows as it was typed', () => {
    const reading = read('nps  vragen over  Onze “É” samenwerking\nen meer');
    expect(reading).toMatchObject({ rest: 'over  Onze “É” samenwerking\nen meer' });
  });

  it.each([
    ['nsp vragen', 'nps vragen'],
    ['hepl', 'help'],
    ['instelingen', 'instellingen'],
    ['settigns', 'settings'],
    ['nps zingen', 'nps sluiten'],
  ])('%j is near %j', (text, nearest) => {
    const reading = read(text);
    expect(reading.kind).toBe('unknown');
    if (reading.kind !== 'unknown') return;
    if (nearest === 'nps sluiten') expect(reading.nearest).toMatch(/^nps /);
    else expect(reading.nearest).toBe(nearest);
  });

  it('is near nothing when it is far from everything', () => {
    expect(read('qqqqqqqqqqqq')).toMatchObject({ kind: 'unknown', nearest: undefined });
  });

  it('is read without failing, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        expect(['command', 'empty', 'unknown']).toContain(read(text).kind);
      }),
    );
  });
});

it('compares words without case and accents', () => {
  expect(plain('Élan Ça')).toBe('elan ca');
});

describe('a period', () => {
  it.each([
    ['7 days', 'P7D'],
    ['7 dagen', 'P7D'],
    ['een week', 'P1W'],
    ['2 maanden', 'P2M'],
    ['24 uur', 'PT24H'],
    ['10', 'P10D'],
    ['3dagen', 'P3D'],
  ])('%s', (text, expected) => {
    expect(readPeriod(text)?.toString()).toBe(expected);
  });

  it.each(['', 'dagen', '0 days', '-1 day', '1.5 days', 'ever', '99999 days'])('%j is none', (text) => {
    expect(readPeriod(text)).toBeUndefined();
  });
});
