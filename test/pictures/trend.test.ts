import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TrendPoint } from '../../src/chat/card.ts';
import { drawSmallTrend, drawTrend, trendSvg } from '../../src/pictures/trend.ts';
import { anyTrend, nps, trend } from '../support/trends.ts';

/** What stands in the picture as text, and how far from the top. */
function texts(svg: string) {
  return [...svg.matchAll(/<text[^>]* y="([\d.]+)"[^>]*>([^<]*)<\/text>/g)].map(([, y, words = '']) => ({
    words: words.replaceAll('\u2009', ' '),
    y: Number(y),
  }));
}

async function shown(points: TrendPoint[], from = -100, to = 100) {
  return texts(await trendSvg(trend(points, from, to)));
}

/** The lines through points, the bands around them, and what is dashed: each as its corners. */
async function shapes(points: TrendPoint[], from = -100, to = 100) {
  const svg = await trendSvg(trend(points, from, to));
  const corners = (shape: RegExp) =>
    [...svg.matchAll(shape)].map(([, numbers = '']) => {
      const all = [...numbers.matchAll(/-?[\d.]+/g)].map(Number);
      return Array.from({ length: all.length / 2 }, (_, at) => all.slice(2 * at, 2 * at + 2));
    });
  return {
    lines: corners(/<polyline points="([^"]*)"/g),
    bands: corners(/<polygon points="([^"]*)"/g),
    dashed: corners(/<path d="([^"]*)"[^>]*stroke-dasharray/g),
  };
}

const four = [nps('1 feb', 8, 12), nps('1 mrt', 9, -20), nps('1 apr', 14, 25), nps('1 mei', 22, 48)];

function size(png: Buffer) {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

describe('the picture of a trend', () => {
  test('is a PNG of twice 640 pixels, or a small one', async () => {
    expect(size(await drawTrend(trend(four))).width).toBe(1280);
    expect(size(await drawSmallTrend(trend(four), 0.5)).width).toBe(320);
  });

  test('shows each figure, its day and its number of answers, and the ends of the scale', async () => {
    const words = (await shown(four)).map((one) => one.words);
    for (const { label, n, value } of four)
      expect(words).toEqual(expect.arrayContaining([label, `n = ${n}`, value?.shown]));
    expect(words).toEqual(expect.arrayContaining(['100', '0', '−100']));
  });

  test('has one line through the points and one band from low to high', async () => {
    const { lines, bands, dashed } = await shapes(four);
    expect(lines.map(({ length }) => length)).toEqual([4]);
    expect(bands.map((corners) => corners.length)).toEqual([8]);
    expect(dashed).toEqual([]);
  });

  test('has its scale whole, whatever the figures are', async () => {
    const heights = async (points: TrendPoint[]) => {
      const all = await shown(points, 0, 100);
      return ['0', '100'].map((end) => all.find(({ words }) => words === end)?.y);
    };
    const [bottom = 0, top = 0] = await heights([nps('a', 9, 50, 1), nps('b', 9, 51, 1)]);
    expect(await heights([nps('a', 9, 0), nps('b', 9, 100)])).toEqual([bottom, top]);
    const { lines } = await shapes([nps('a', 9, 25), nps('b', 9, 75)], 0, 100);
    expect(lines[0]?.map(([, y = 0]) => (bottom - y) / (bottom - top))).toEqual([0.25, 0.75]);
  });

  test('without a figure the line has a gap, and the day and the number stay', async () => {
    const points = [...four.slice(0, 2), nps('1 apr', 2), nps('1 mei', 9, 40), nps('1 jun', 9, 41)];
    const { lines, bands } = await shapes(points);
    expect(lines.map(({ length }) => length)).toEqual([2, 2]);
    expect(bands).toHaveLength(2);
    const words = (await shown(points)).map((one) => one.words);
    expect(words).toEqual(expect.arrayContaining(['1 apr', 'n = 2', '–']));
  });

  test('a lone point shows its margin as well', async () => {
    const { lines, bands } = await shapes([nps('1 feb', 9, 0, 30)]);
    expect(lines).toEqual([]);
    const heights = bands.flat().map(([, y]) => y);
    expect(new Set(heights).size).toBe(2);
    expect(new Set(bands.flat().map(([x]) => x)).size).toBe(2);
  });

  test('another question begins a new line behind a dashed one', async () => {
    const { lines, bands, dashed } = await shapes(
      four.map((point, index) => ({ ...point, anew: index === 2 })),
    );
    expect(lines.map(({ length }) => length)).toEqual([2, 2]);
    expect(bands).toHaveLength(2);
    const between = (before: number, x: number, after: number) => before < x && x < after;
    const [left = 0, right = 0] = [lines[0]?.at(-1)?.[0], lines[1]?.[0]?.[0]];
    expect(dashed).toHaveLength(1);
    for (const [x = 0] of dashed.flat()) expect(between(left, x, right)).toBe(true);
  });

  test('of eight points no day and no number stands in another', async () => {
    const eight = Array.from({ length: 8 }, (_, at) => nps(`2${at} sept`, 100 + at, at));
    const all = await shown(eight);
    const days = all.filter(({ words }) => words === 'sept');
    expect(days).toHaveLength(8);
    expect(all.filter(({ words }) => words === 'n =')).toHaveLength(1);
    for (const words of ['20', '27', '100', '107']) expect(all.map((one) => one.words)).toContain(words);
  });

  test('of more points the newest eight are shown', async () => {
    const words = (await shown(Array.from({ length: 11 }, (_, at) => nps(`r${at}`, 30, at)))).map(
      (one) => one.words,
    );
    expect(words).not.toContain('r2');
    expect(words).toEqual(expect.arrayContaining(['r3', 'r10']));
  });

  test('a label that is named like a property of every object leaves them alone', async () => {
    const keys = Object.getOwnPropertyNames(Object.prototype);
    for (const key of keys)
      for (const label of [key, `1 ${key}`]) await trendSvg(trend(Array(8).fill(nps(label, 9, 3))));
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(keys);
    for (const key of keys) expect(Object.keys(Reflect.get(Object.prototype, key) ?? {})).toEqual([]);
  });

  test('any texts and numbers give a picture, big and small', async () => {
    await fc.assert(
      fc.asyncProperty(anyTrend(fc.string({ unit: 'binary', maxLength: 60 })), async (any) => {
        expect(size(await drawTrend(any)).width).toBe(1280);
        expect(size(await drawSmallTrend(any, 0.5)).width).toBe(320);
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});

test('eight points are few bytes in the small picture', async () => {
  const points = [12, 36, -20, 25, 48, 52, 60, 100].map((at, index) =>
    nps(`12 ${'jfmamjja'[index]}an`, 118, at),
  );
  const units = async (zoom: number) => (await drawSmallTrend(trend(points), zoom)).toString('base64').length;
  expect(await units(0.7)).toBeLessThan(8000);
  expect(await units(0.5)).toBeLessThan(5000);
});
