import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvOf } from '../../../src/features/polls/export-feature.ts';
import type { Answer, Poll } from '../../../src/features/polls/polls.ts';
import { eachDatabase } from '../../support/databases.ts';
import {
  acme,
  anna,
  askIn,
  bram,
  carla,
  daan,
  direct,
  eva,
  finn,
  general,
  type House,
  openHouse,
  refusalOf,
} from '../../support/house.ts';

const poll: Poll = {
  id: 'p1',
  kind: 'nps',
  wording: { question: '?', low: 'low', high: 'high' },
  anonymous: false,
  series: undefined,
  place: 'general',
  placeName: undefined,
  shared: false,
  topic: undefined,
  language: 'nl',
  asker: { id: 'anna', name: 'Anna de Vries', language: 'nl' },
  timeZone: 'Europe/Amsterdam',
  invited: undefined,
  askedAt: Temporal.Instant.from('2026-11-23T09:00:00Z'),
  closesAt: Temporal.Instant.from('2026-11-30T09:00:00Z'),
  state: 'closed',
  resultShared: false,
  counts: undefined,
  answered: undefined,
  reasons: undefined,
};

/** The cells of a CSV as a spreadsheet reads them. */
function cellsOf(csv: string, delimiter: string): string[][] {
  const rows: string[][] = [[]];
  const cell = new RegExp(`("(?:[^"]|"")*"|[^"\\r\\n${delimiter}]*)(${delimiter}|\\r\\n|$)`, 'gy');
  for (const [whole, text = '', end] of csv.replace(/^\ufeff/, '').matchAll(cell)) {
    if (whole === '') break;
    rows.at(-1)?.push(text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text);
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}

it('reads as people expect, in a Dutch and in an English spreadsheet', () => {
  const answers = [{ name: 'Eva Jansen', grade: 3, why: 'Te traag; "en" duur\nniemand belt' }];
  expect(cellsOf(csvOf(poll, answers, 'nl'), ';')).toEqual([
    ['Naam', 'NPS', 'Groep', 'Toelichting'],
    ['Eva Jansen', '3', 'negatief', 'Te traag; "en" duur\nniemand belt'],
  ]);
  expect(csvOf(poll, answers, 'en')).toMatch(/^\ufeff"Name","NPS","Group","Reason"\r\n/);
});

const formula = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

it('has no cell that begins a formula, whatever people are called and write', () => {
  const hostile = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '=1+1',
      '+cmd|',
      '-2',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '＝1',
      '";=1',
      ' =1',
      '\n=1',
      '"=1',
      'a,=1+1,',
      'a;\n @x',
      'a"=1',
    ),
  );
  const anyAnswer = fc.record({ name: hostile, grade: fc.nat(10), why: hostile });
  const anyAnswers = fc.array(anyAnswer, { maxLength: 8 });
  fc.assert(
    fc.property(anyAnswers, fc.constantFrom('nl' as const, 'en' as const), (answers: Answer[], language) => {
      const rows = cellsOf(csvOf(poll, answers, language), language === 'nl' ? ';' : ',');
      expect(rows).toHaveLength(answers.length + 1);
      for (const row of rows) {
        expect(row).toHaveLength(4);
        for (const cell of row) expect(cell).not.toMatch(formula);
      }
      // Nor where a spreadsheet parts cells by another sign, and so reads the quotes as text.
      for (const part of csvOf(poll, answers, language).split(/[,;\t\r\n"]/))
        expect(part.trim()).not.toMatch(formula);
    }),
    { numRuns: 1000 },
  );
});

eachDatabase((_, open) => {
  const house = async () => openHouse(await open());
  /** What the button under a result leads to. */
  async function fileOf(belay: House, id: string, person = anna) {
    await belay.press(person, direct, 'polls.export', id);
    // Beside the result, which stays.
    const [, subject = ''] = /polls\.export\/([\w.-]+)/.exec(JSON.stringify(await belay.settle())) ?? [];
    return belay.pages.download(belay.linked('polls.export', subject));
  }

  it('is had from the result as a file, in its reader’s language', async () => {
    const belay = await house();
    const id = await askIn(belay, acme);
    await belay.press(daan, acme, 'polls.vote', id, '9');
    await belay.submit(daan, acme, 'polls.why', id, { why: '=HYPERLINK("http://x")' });
    expect(refusalOf(await belay.press(anna, direct, 'polls.export', id))).toContain('niet meer');
    await belay.say(anna, acme, 'nps sluiten');
    expect(JSON.stringify(await belay.settle())).toContain('polls.export');
    const file = await fileOf(belay, id);
    expect(file).toMatchObject({ name: 'nps-2026-11-23.csv', type: 'text/csv; charset=utf-8' });
    expect(cellsOf(file.body, ';')).toEqual([
      ['Naam', 'NPS', 'Groep', 'Toelichting'],
      ['Daan Visser', '9', 'positief', '\'=HYPERLINK("http://x")'],
    ]);
    expect((await fileOf(belay, id, carla)).body).toContain('"Name","NPS"');
  });

  it('has no order and no names of an anonymous poll, and nothing below five answers', async () => {
    const belay = await house();
    const id = await askIn(belay, general, 'ces vragen anoniem');
    const everybody = [finn, eva, daan, carla, bram];
    for (const [at, person] of everybody.slice(0, 4).entries())
      await belay.submit(person, general, 'polls.ballot', id, { grade: String(7 - at), why: `reden ${at}` });
    await belay.say(anna, general, 'ces sluiten');
    expect(JSON.stringify(await belay.settle())).not.toMatch(/polls\.export|reden/);
    await expect(fileOf(belay, id)).rejects.toThrow('error.export-few');

    belay.time.advance({ hours: 1 });
    const second = await askIn(belay, general, 'ces vragen anoniem');
    for (const [at, person] of everybody.entries())
      await belay.submit(person, general, 'polls.ballot', second, {
        grade: String(7 - at),
        why: `reden ${at}`,
      });
    await belay.say(anna, general, 'ces sluiten');
    await belay.settle();
    expect(cellsOf((await fileOf(belay, second)).body, ';')).toEqual([
      ['CES', 'Groep', 'Toelichting'],
      ['3', 'negatief', 'reden 4'],
      ['4', 'ertussenin', 'reden 3'],
      ['5', 'positief', 'reden 2'],
      ['6', 'positief', 'reden 1'],
      ['7', 'positief', 'reden 0'],
    ]);
  });

  it('is not for a client, nor of another workspace, nor without an address of Belay’s own', async () => {
    const belay = await house();
    const id = await askIn(belay, acme);
    await belay.press(daan, acme, 'polls.vote', id, '9');
    await belay.say(anna, acme, 'nps sluiten');
    await belay.settle();
    expect(refusalOf(await belay.press(daan, acme, 'polls.export', id))).toContain('alleen voor het team');
    const abroad = { ...belay.linked('polls.export', `${id}.nl`), tenant: 'T2' };
    await expect(belay.pages.download(abroad)).rejects.toThrow('error.poll-gone');
    belay.outside.link = () => undefined;
    expect(refusalOf(await belay.press(anna, direct, 'polls.export', id))).toContain('PUBLIC_URL');
  });
});
