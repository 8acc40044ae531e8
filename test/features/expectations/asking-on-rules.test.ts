import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askOn, containerWordsIn } from '../../../src/features/expectations/asking-on-rules.ts';
import { catalogue } from '../../../src/text/catalogue.ts';

const languages = ['nl', 'en'] as const;

/** The container words of a text, as it has them, each with the first word of its group. */
function found(text: string): string[] {
  return containerWordsIn(text, catalogue).map(({ word, group }) => `${word}: ${group.nl[0]}`);
}

describe('container words', () => {
  it.each([
    ['Meer creativiteit', 'creativiteit: creatief'],
    ['wij willen CREATIEVE plannen', 'CREATIEVE: creatief'],
    ['Iets creatiefs graag', 'creatiefs: creatief'],
    ['Jullie mogen proactiever zijn', 'proactiever: proactief'],
    ['pro-actief', 'pro actief: proactief'],
    ['Snellere reacties', 'Snellere: snel'],
    ['de snelste', 'snelste: snel'],
    ['een goedkopere oplossing', 'goedkopere: goedkoop'],
    ['serieuze mensen', 'serieuze: professioneel'],
    ['betrouwbaarder dan nu', 'betrouwbaarder: betrouwbaar'],
    ['Efficiente overleggen', 'Efficiente: efficiënt'],
    ['efficiënt', 'efficiënt: efficiënt'],
    ['Denk eens met ons mee', undefined],
    ['denk met ons mee!', 'denk met ons mee: meedenken'],
    ['We expect more creativity.', 'creativity: creatief'],
    ['be more proactively involved', 'proactively: proactief', 'involved: betrokken'],
    ['a friendlier tone', 'friendlier: prettig'],
    ['the simplest way', 'simplest: duidelijk'],
    ['lower prices', 'prices: goedkoop'],
    ['out-of-the-box', 'out of the box: creatief'],
  ])('%s', (text, ...groups) => {
    expect(found(text)).toEqual(groups.filter((group) => group !== undefined));
  });

  it('are whole words', () => {
    for (const text of [
      'recreatief',
      'de betere',
      'I bet on it',
      'duren',
      'breakfast',
      'diensten',
      'over',
      '',
    ])
      expect([text, found(text)]).toEqual([text, text === 'de betere' ? ['betere: beter'] : []]);
  });

  it('come in the order of the catalogue, one of each group', () => {
    expect(found('Beter, sneller en nog sneller')).toEqual(['sneller: snel', 'Beter: beter']);
  });
});

describe('asking on', () => {
  const [creative] = catalogue.containerWords;
  const general = catalogue.questions;

  it('asks about a container word, in the reader’s language, and says what others meant by it', () => {
    const { questions, suggestions } = askOn('Meer creativiteit', 'nl', catalogue, 0);
    expect(questions).toEqual(creative?.questions.nl.slice(0, 2));
    expect(suggestions).toHaveLength(5);
    expect(suggestions[1]).toBe('inspireren');
    const english = askOn('Meer creativiteit', 'en', catalogue, 0);
    expect(english.questions).toEqual(creative?.questions.en.slice(0, 2));
    expect(english.suggestions[1]).toBe('inspiring');
  });

  it('asks what always fits when the words are concrete, and suggests nothing', () => {
    expect(askOn('Elke maandag om 9 uur de cijfers', 'nl', catalogue, 0)).toEqual({
      questions: [general.nl[0], general.nl[1]],
      suggestions: [],
    });
  });

  it('asks about each of two container words', () => {
    const { questions } = askOn('Creatief en snel', 'nl', catalogue, 0);
    const snel = catalogue.containerWords.find(({ nl }) => nl.includes('snel'));
    expect(questions).toEqual([creative?.questions.nl[0], snel?.questions.nl[0]]);
  });

  it('has all questions about a word pass by, and never leaves the word out', () => {
    const turns = Array.from({ length: 4 }, (_, turn) => askOn('creatief', 'nl', catalogue, turn).questions);
    expect(turns.flat()).toEqual(expect.arrayContaining(creative?.questions.nl ?? []));
    for (const questions of turns)
      expect(questions.some((one) => creative?.questions.nl.includes(one))).toBe(true);
  });
});

const words = catalogue.containerWords.flatMap(({ nl, en }) => [...nl, ...en]);
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.oneof(fc.constantFrom(...words), fc.string())).map((parts) => parts.join(' ')),
);
const anyTurn = fc.nat(1000);
const anyLanguage = fc.constantFrom(...languages);

it('always asks two different questions, and suggests something just when there are container words', () => {
  fc.assert(
    fc.property(anyText, anyLanguage, anyTurn, (text, language, turn) => {
      const { questions, suggestions } = askOn(text, language, catalogue, turn);
      expect(new Set(questions).size).toBe(2);
      for (const question of questions) expect(question.trim()).not.toBe('');
      expect(new Set(suggestions).size).toBe(suggestions.length);
      expect(suggestions.length).toBeLessThanOrEqual(5);
      expect(suggestions.length > 0).toBe(containerWordsIn(text, catalogue).length > 0);
    }),
  );
});

it('never asks the same question twice in a row, whatever the texts', () => {
  fc.assert(
    fc.property(anyText, anyText, anyLanguage, anyTurn, (before, now, language, turn) => {
      const last = askOn(before, language, catalogue, turn).questions;
      const { questions } = askOn(now, language, catalogue, turn + 1);
      expect(questions.filter((one) => last.includes(one))).toEqual([]);
    }),
  );
});

it('finds every word of the catalogue, in capitals and without accents as well', () => {
  for (const group of catalogue.containerWords)
    for (const word of [...group.nl, ...group.en])
      for (const written of [word, word.toUpperCase(), word.normalize('NFD').replace(/\p{M}/gu, '')]) {
        const groups = containerWordsIn(`Zie: “${written}”.`, catalogue).map((one) => one.group);
        expect([written, groups.includes(group)]).toEqual([written, true]);
      }
});
