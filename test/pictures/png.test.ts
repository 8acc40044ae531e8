import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { pixelPng, smallPng } from '../../src/pictures/png.ts';

const { Resvg }: typeof import('@resvg/resvg-js') = createRequire(import.meta.url)('@resvg/resvg-js');

/** What somebody else's decoder sees in it: red, green, blue and how opaque, a pixel after another. */
function seen(png: Buffer, width: number, height: number): number[][] {
  const address = `data:image/png;base64,${png.toString('base64')}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}"><image width="${width}" height="${height}" image-rendering="optimizeSpeed" xlink:href="${address}"/></svg>`;
  const { pixels } = new Resvg(svg).render();
  return Array.from({ length: width * height }, (_, at) => [...pixels.subarray(4 * at, 4 * at + 4)]);
}

describe('a PNG', () => {
  test('of one pixel', () => {
    const png = pixelPng('#a8330a');
    expect(seen(png, 1, 1)).toEqual([[0xa8, 0x33, 0x0a, 255]]);
    expect(png.length).toBeLessThan(80);
  });

  test('of few colours shows each pixel in the nearest, and nothing where there is nothing', () => {
    const pixels = Buffer.from([
      ...[255, 255, 255, 255, 250, 10, 10, 255, 0, 0, 0, 0],
      // A white that is half see-through comes as if on black.
      ...[130, 130, 130, 130, 90, 90, 255, 255, 120, 130, 125, 255],
    ]);
    const png = smallPng({ width: 3, height: 2, pixels }, ['#ffffff', '#ff0000', '#0000ff', '#808080']);
    expect(seen(png, 3, 2)).toEqual([
      [255, 255, 255, 255],
      [255, 0, 0, 255],
      [0, 0, 0, 0],
      [255, 255, 255, 255],
      [0, 0, 255, 255],
      [128, 128, 128, 255],
    ]);
  });
});
