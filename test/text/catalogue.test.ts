import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { catalogue, readCatalogue } from '../../src/text/catalogue.ts';

const folder = mkdtempSync(join(tmpdir(), 'belay-catalogue-'));
afterAll(() => rmSync(folder, { recursive: true }));

const questions = (name: string) => ({
  nl: [1, 2, 3, 4].map((number) => `${name} ${number}, wat?`),
  en: [1, 2, 3, 4].map((number) => `${name} ${number}, what?`),
});

/** Files that are right, as small as can be. */
const right = {
  inspiration: [
    { id: 'creativity', nl: 'creativiteit', en: 'creativity' },
    { id: 'on-time', nl: 'op tijd', en: 'on time' },
  ],
  'container-words': [
    { nl: ['snel', 'vlot'], en: ['fast'], suggests: ['on-time'], questions: questions('snel') },
    { nl: ['creatief'], en: ['creative'], suggests: ['creativity'], questions: questions('creatief') },
  ],
  'asking-on': questions('algemeen'),
};
const [creativity, onTime] = right.inspiration;
const [fast, creative] = right['container-words'];

/** What is wrong when these files stand in place of the right ones; a text is a file as it is. */
function mistakes(files: Partial<Record<keyof typeof right, unknown>>): string[] {
  for (const [name, content] of Object.entries({ ...right, ...files }))
    writeFileSync(
      join(folder, `${name}.json`),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  try {
    readCatalogue(pathToFileURL(`${folder}/`));
    return [];
  } catch (error) {
    return error instanceof Error ? error.message.split('\n') : [];
  }
}

describe('the files in data', () => {
  const all = [...catalogue.containerWords.map((words) => words.questions), catalogue.questions];

  it('hold enough to choose from', () => {
    expect(catalogue.inspiration.length).toBeGreaterThanOrEqual(35);
    expect(catalogue.containerWords.length).toBeGreaterThanOrEqual(20);
    expect(catalogue.questions.nl.length).toBeGreaterThanOrEqual(8);
  });

  it('suggest five things for every container word', () => {
    for (const { nl, suggests } of catalogue.containerWords)
      expect([nl[0], suggests.length]).toEqual([nl[0], 5]);
  });

  it('ask the client politely, and briefly enough to be read on a telephone', () => {
    for (const question of all.flatMap(({ nl }) => nl))
      expect(question).not.toMatch(/\b(je|jij|jou|jouw|jullie)\b|!/i);
    for (const question of all.flatMap(({ nl, en }) => [...nl, ...en])) {
      expect(question).toMatch(/\?$/);
      expect(question.length).toBeLessThanOrEqual(120);
    }
  });
});

it('takes files that are right', () => {
  expect(mistakes({})).toEqual([]);
});

it.each<[string, Partial<Record<keyof typeof right, unknown>>, string]>([
  ['a file that is no JSON', { inspiration: '[{' }, 'data/inspiration.json cannot be read'],
  ['an object for a list', { inspiration: {} }, 'data/inspiration.json: must be a list between [ and ]'],
  [
    'a language that is missing',
    { inspiration: [creativity, { id: 'on-time', nl: 'op tijd' }] },
    'data/inspiration.json: 2, en is missing',
  ],
  [
    'a number for a text',
    { inspiration: [creativity, { ...onTime, nl: 5 }] },
    'data/inspiration.json: 2, nl must be a text',
  ],
  [
    'a text for an object',
    { inspiration: [creativity, onTime, 'quality'] },
    'data/inspiration.json: 3 must stand between { and }',
  ],
  [
    'an empty text',
    { inspiration: [creativity, { ...onTime, nl: ' ' }] },
    'data/inspiration.json: 2, nl must not be empty',
  ],
  [
    'an id with capitals',
    { inspiration: [creativity, onTime, { id: 'Good Price', nl: 'a', en: 'b' }] },
    'data/inspiration.json: 3, id must be small letters with hyphens, such as one-point-of-contact',
  ],
  [
    'an id that is there twice',
    { inspiration: [creativity, onTime, { id: 'on-time', nl: 'a', en: 'b' }] },
    'data/inspiration.json: id “on-time” is there twice',
  ],
  [
    'a label that is there twice',
    { inspiration: [creativity, onTime, { id: 'c', nl: 'Op tijd', en: 'b' }] },
    'data/inspiration.json: nl “Op tijd” is there twice',
  ],
  [
    'a misspelt name',
    { 'container-words': [creative, { ...fast, sugests: [] }] },
    'data/container-words.json: 2 has “sugests”, which does not belong there',
  ],
  [
    'a suggestion that is not in the list',
    { 'container-words': [creative, { ...fast, suggests: ['late'] }] },
    'data/container-words.json: “snel” suggests “late”, which data/inspiration.json has not',
  ],
  [
    'a suggestion that is there twice',
    { 'container-words': [creative, { ...fast, suggests: ['on-time', 'on-time'] }] },
    'data/container-words.json: “snel” suggests “on-time” twice',
  ],
  [
    'a word in two groups',
    { 'container-words': [creative, { ...fast, nl: ['snel', 'Creatief'] }] },
    'data/container-words.json: nl “Creatief” is there twice',
  ],
  [
    'a word without letters',
    { 'container-words': [creative, { ...fast, en: ['?'] }] },
    'data/container-words.json: 2, en, 1 must be a word',
  ],
  [
    'a group without words in a language',
    { 'container-words': [creative, { ...fast, en: [] }] },
    'data/container-words.json: 2, en must have at least one word',
  ],
  [
    'a question that was not translated',
    { 'asking-on': { ...right['asking-on'], en: [...right['asking-on'].en, 'And now?'] } },
    'data/asking-on.json: has 4 questions in nl and 5 in en',
  ],
  [
    'too few questions',
    { 'asking-on': { ...right['asking-on'], en: ['What?'] } },
    'data/asking-on.json: en must have at least 4, so that nobody reads the same one twice in a row',
  ],
  [
    'a question that is there twice',
    { 'asking-on': { ...right['asking-on'], nl: questions('snel').nl } },
    'data/container-words.json, data/asking-on.json: “snel 1, wat?” is there twice',
  ],
])('names %s', (_, files, mistake) => {
  expect(mistakes(files)[0]).toContain(mistake);
});

it('names all mistakes at once, and a file that is missing', () => {
  expect(mistakes({ inspiration: {}, 'asking-on': [] })).toHaveLength(2);
  rmSync(join(folder, 'asking-on.json'));
  expect(() => readCatalogue(pathToFileURL(`${folder}/`))).toThrow('data/asking-on.json cannot be read');
});
