import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GradeRow } from '../../src/chat/card.ts';
import { drawGrades, drawSmallGrades, gradesSvg } from '../../src/pictures/grades.ts';
import { anyGrades, gradeRow, gradesOf } from '../support/grades.ts';
import { gradesSights } from '../support/grades-sights.ts';

/** What stands in the picture: its words, its dots and its straight lines, in its units. */
async function seen(...rows: GradeRow[]) {
  const svg = await gradesSvg(gradesOf(rows));
  const all = (shape: RegExp) => [...svg.matchAll(shape)].map(([, ...found]) => found);
  const numbers = (shape: RegExp) => all(shape).map((found) => found.map(Number));
  return {
    words: all(/<text[^>]* y="[\d.]+"[^>]*>([^<]*)<\/text>/g).flat(),
    ends: all(/<text[^>]*font-size:20px[^>]* y="([\d.]+)"/g).map(([y]) => Number(y)),
    dots: all(/<circle cx="([\d.]+)" cy="([\d.]+)" r="[\d.]+" fill="(#\w+)"/g).map(([x, y, fill]) => ({
      x: Number(x),
      y: Number(y),
      fill,
    })),
    averages: numbers(/<path d="M([\d.]+) ([\d.]+)L([\d.]+) [\d.]+"[^>]*stroke-width="3"/g),
    dashed: numbers(/<path d="M([\d.]+) [\d.]+L[^"]*"[^>]*stroke-dasharray/g).flat(),
  };
}

const at = (place: number, ...grades: number[]) => grades.map((grade) => ({ at: place, grade }));

function size(png: Buffer) {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

function apart(places: number[]) {
  const sorted = [...places].sort((a, b) => a - b);
  return sorted.slice(1).map((x, index) => x - (sorted[index] ?? 0));
}

describe('the picture of grades', () => {
  test('is a PNG of twice 640 pixels, or a small one, higher with each row', async () => {
    const heights = await Promise.all(
      [1, 3, 5, 7].map(async (count) => {
        const big = size(await drawGrades(gradesOf(Array(count).fill(gradeRow([7])))));
        expect(big.width).toBe(1280);
        return big.height;
      }),
    );
    expect(heights.toSorted((a, b) => a - b)).toEqual(heights);
    expect(new Set(heights).size).toBe(4);
    expect(size(await drawSmallGrades(gradesOf([gradeRow([7])]), 0.5)).width).toBe(320);
  });

  test('says of each row what it is and what stands at its end, and of the time its ends once', async () => {
    const { words } = await seen(
      gradeRow([7]),
      gradeRow([9], { label: 'Rapportage', shown: '9' }),
      gradeRow([]),
    );
    expect(words).toEqual(expect.arrayContaining(['Bereikbaarheid', '7,5', 'Rapportage', '9']));
    for (const end of ['jan 2026', 'nov 2026']) expect(words.filter((one) => one === end)).toHaveLength(1);
    for (const end of ['1', '10']) expect(words.filter((one) => one === end)).toHaveLength(3);
  });

  test('has a dot for each grade, at its height between the ends of the scale and at its place in time', async () => {
    const { dots, ends } = await seen(gradeRow([1, 5.5, 10]));
    const [top = 0, bottom = 0] = ends;
    expect(dots.map(({ y }) => y)).toEqual([bottom, (top + bottom) / 2, top]);
    const [first = 0, second = 0] = apart(dots.map(({ x }) => x));
    expect(first).toBe(second);
  });

  test('has the average as a line from end to end, and none without an average', async () => {
    const { averages, dots } = await seen(gradeRow([7, 8, 9], { average: 8 }));
    const [[left = 0, y, right = 0] = []] = averages;
    expect(averages).toHaveLength(1);
    expect(y).toBe(dots[1]?.y);
    for (const { x } of dots) expect(left < x && x < right).toBe(true);
    for (const average of [undefined, Number.NaN])
      expect((await seen(gradeRow([7], { average }))).averages).toEqual([]);
  });

  test('of several grades in one place each dot is seen', async () => {
    const { dots } = await seen(gradeRow([], { dots: [...at(0.5, 8, 8, 7, 8), ...at(0.51, 8)] }));
    expect(dots).toHaveLength(5);
    const eights = dots.filter(({ y }) => y === Math.min(...dots.map((dot) => dot.y)));
    expect(eights).toHaveLength(4);
    for (const distance of apart(eights.map(({ x }) => x))) expect(distance).toBeGreaterThanOrEqual(15);
  });

  test('of neighbouring grades in one place each is covered from one side only', async () => {
    const { dots } = await seen(gradeRow([], { dots: at(0.5, 7, 6, 8) }));
    const heights = dots.map(({ y }) => y);
    expect(heights).toEqual(heights.toSorted((a, b) => b - a));
  });

  test('a crowd in one place stays near it and inside the row', async () => {
    const { dots, averages } = await seen(gradeRow([], { dots: at(1, ...Array(30).fill(8)) }));
    const places = dots.map(({ x }) => x);
    expect(dots).toHaveLength(30);
    expect(Math.max(...places) - Math.min(...places)).toBeLessThan(100);
    expect(Math.max(...places)).toBeLessThan(averages[0]?.[2] ?? 0);
  });

  test('from another wording on the row begins anew: behind a dashed line, with the average, filled', async () => {
    const { dashed, averages, dots } = await seen(gradeRow([6, 7, 8, 9], { anew: [0.6] }));
    const [between = 0] = dashed;
    expect(dashed).toHaveLength(1);
    expect(dots.filter(({ x }) => x < between).map(({ fill }) => fill)).toEqual(['#ffffff', '#ffffff']);
    const present = dots.filter(({ x }) => x > between).map(({ fill }) => fill);
    expect(present).toHaveLength(2);
    expect(present).not.toContain('#ffffff');
    expect(averages).toHaveLength(1);
    expect(averages[0]?.[0]).toBeGreaterThan(between);
    expect((await seen(gradeRow([6, 7], { anew: [0] }))).dashed).toEqual([]);
    expect((await seen(gradeRow([6, 7], { anew: [0.4, 0.4, 0.8] }))).dashed).toHaveLength(2);
  });

  test('grades of two wordings on one day do not mix', async () => {
    const both = [...at(0.499, 7, 7, 7, 7), ...at(0.5, 7, 7, 7, 7)];
    const { dashed, dots } = await seen(gradeRow([], { dots: both, anew: [0.5] }));
    const [between = 0] = dashed;
    expect(dots.filter(({ x }) => x < between)).toHaveLength(4);
    for (const { x, fill } of dots) expect(fill === '#ffffff').toBe(x < between);
  });

  test('of a long label two lines are shown, of five rows one', async () => {
    const label = 'Iedere wijziging in productie wordt vooraf afgestemd en achteraf besproken '.repeat(3);
    const lines = async (count: number) =>
      (await seen(...Array(count).fill(gradeRow([7], { label })))).words.filter((one) => one.length > 12);
    const [first = '', second = '', ...more] = await lines(1);
    expect(more).toEqual([]);
    expect(label.startsWith(`${first} ${second.replace('…', '')}`)).toBe(true);
    expect(second).toMatch(/\p{L}…$/u);
    expect(await lines(5)).toHaveLength(5);
  });

  test('of more rows the first seven are shown', async () => {
    const rows = Array.from({ length: 9 }, (_, index) =>
      gradeRow([7], { label: `Verwachting ${index + 1}` }),
    );
    const { words } = await seen(...rows);
    expect(words).toContain('Verwachting 7');
    expect(words).not.toContain('Verwachting 8');
  });

  test('a label that is named like a property of every object leaves them alone', async () => {
    const keys = Object.getOwnPropertyNames(Object.prototype);
    for (const key of keys) await gradesSvg(gradesOf([gradeRow([7], { label: key, shown: key })]));
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(keys);
    for (const key of keys) expect(Object.keys(Reflect.get(Object.prototype, key) ?? {})).toEqual([]);
  });

  test('any texts and numbers give a picture, big and small', async () => {
    await fc.assert(
      fc.asyncProperty(anyGrades(fc.string({ unit: 'binary', maxLength: 150 })), async (any) => {
        expect(size(await drawGrades(any)).width).toBe(1280);
        expect(size(await drawSmallGrades(any, 0.5)).width).toBe(320);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  test('a word without end, and one of 40,000 letters, give a picture', async () => {
    for (const label of ['x'.repeat(40_000), `z${'\u0301'.repeat(40_000)}`, '\u202e']) {
      const { words } = await seen(gradeRow([7], { label }));
      expect(words).toContain('7,5');
    }
  });
});

test('seven rows are few bytes in the small picture', async () => {
  const [grades] = gradesSights('nl').at(-1)?.card.elements.slice(1) ?? [];
  if (grades?.kind !== 'grades') throw new Error('The gallery shows no grades.');
  expect(grades.rows).toHaveLength(7);
  const units = async (zoom: number) => (await drawSmallGrades(grades, zoom)).toString('base64').length;
  expect(await units(0.7)).toBeLessThan(20_000);
  expect(await units(0.5)).toBeLessThan(12_000);
});
