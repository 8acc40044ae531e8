import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { lookAheadQuestions, readNudges, sentenceOf } from '../../src/text/nudges.ts';

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
      sentenceOf('before', language, turn, { client: 'Acme {{time}}', time: '10:00' }),
    );
    expect(new Set(said).size).toBe(34);
    expect(said.every((text) => text.includes('Acme {{time}}') && text.includes('10:00'))).toBe(true);
    expect(sentenceOf('before', language, 34, { client: 'Acme {{time}}', time: '10:00' })).toBe(said[0]);
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
  expect(() => readNudges(uneven)).toThrow(/day has 11 sentences in nl and 12 in en/);
  const gone = await written((text) => JSON.stringify({ ...JSON.parse(text), quiet: undefined }));
  expect(() => readNudges(gone)).toThrow(/quiet/);
});
