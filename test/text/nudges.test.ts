import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { type Group, lookAheadQuestions, readNudges, sentenceOf } from '../../src/text/nudges.ts';

const folders: string[] = [];
afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true }))));

/** The file as it is, changed by this. */
async function written(change: (text: string) => string): Promise<URL> {
  const folder = await mkdtemp(join(tmpdir(), 'belay-nudges-'));
  folders.push(folder);
  const text = await readFile(new URL('../../data/nudges.json', import.meta.url), 'utf8');
  await writeFile(join(folder, 'nudges.json'), change(text));
  return pathToFileURL(`${folder}/`);
}

it('says each sentence of a group before one comes again, filled in', () => {
  for (const language of ['nl', 'en'] as const) {
    const said = Array.from({ length: 34 }, (_, turn) =>
      sentenceOf('before', language, turn, { client: 'Acme {{time}}', time: 'om 10:00' }),
    );
    expect(new Set(said).size).toBe(34);
    expect(said.every((text) => text.includes('Acme {{time}}') && text.includes('om 10:00'))).toBe(true);
    expect(sentenceOf('before', language, 34, { client: 'Acme {{time}}', time: 'om 10:00' })).toBe(said[0]);
  }
});

/**
 * Nobody reads the same sentence twice within two weeks, who looks after ten clients: each matter comes once a week, so
 * twenty in two weeks, and one more as the same hour counts. `day`: one on each of fourteen days. `look-ahead`: ten in a
 * month. `before`, `after`: three on each of ten working days.
 */
const needed: [Group, number][] = [
  ['before', 31],
  ['day', 15],
  ['day-before', 15],
  ['after', 31],
  ['after-several', 21],
  ['between', 21],
  ['quiet', 21],
  ['never', 21],
  ['quiet-manager', 21],
  ['unconfirmed', 21],
  ['doubted', 12],
  ['unsent', 21],
  ['review', 21],
  ['look-ahead', 11],
  ['warning', 10],
  ['complaint', 12],
  ['improvement', 10],
  ['grade', 21],
  ['action', 21],
];

it.each(needed)('has sentences enough in %s: %i', (group, count) => {
  for (const language of ['nl', 'en'] as const) {
    const said = Array.from({ length: count }, (_, turn) => sentenceOf(group, language, turn));
    expect(new Set(said).size).toBe(count);
  }
});

it('says the moment once, whether today or not', () => {
  for (const [language, word] of [
    ['nl', 'om'],
    ['en', 'at'],
  ] as const)
    for (let turn = 0; turn < 34; turn += 1) {
      const text = sentenceOf('before', language, turn, { client: 'Acme', time: `${word} 10:00` });
      expect(text).not.toMatch(/\b(vanaf|straks|om|at|from|for|voor) (om|at) 10:00/i);
      // It begins with a small letter, so it begins no sentence.
      expect(text).not.toMatch(/(^|[.?] )(om|at) 10:00/);
    }
});

it('asks three other questions each time', () => {
  const asked = [0, 1, 2].flatMap((turn) => lookAheadQuestions('nl', turn));
  expect(new Set(asked).size).toBe(9);
});

it('names what is wrong in the file', async () => {
  const lacking = await written((text) => text.replace('{{client}}', 'iemand'));
  expect(() => readNudges(lacking)).toThrow(/data\/nudges\.json: before: “.*iemand.*” lacks \{\{client\}\}/);
  const uneven = await written((text) => {
    const all = JSON.parse(text);
    all.day.nl.pop();
    return JSON.stringify(all);
  });
  expect(() => readNudges(uneven)).toThrow(/day has 14 sentences in nl and 15 in en/);
  const gone = await written((text) => JSON.stringify({ ...JSON.parse(text), quiet: undefined }));
  expect(() => readNudges(gone)).toThrow(/quiet/);
});
