import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Bar, Tone } from '../../src/chat/card.ts';
import { chartSvg, drawChart } from '../../src/pictures/chart.ts';

const tones: Tone[] = ['good', 'neutral', 'bad', 'accent'];

function chart(bars: Bar[]) {
  return { kind: 'chart' as const, title: '', bars, alt: '' };
}

function scores(values: number[]) {
  return chart(values.map((value, score) => ({ label: String(score), value, tone: 'bad' })));
}

function size(png: Buffer) {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

/** What stands in the picture as text. */
function texts(svg: string) {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
}

test('a chart becomes a PNG of twice 640 pixels', async () => {
  const png = await drawChart(scores([1, 0, 2, 3, 1, 4, 6, 9, 12, 7, 3]));
  expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  expect(size(png)).toEqual({ width: 1280, height: 560 });
});

test('every bar shows its label and its value', async () => {
  const svg = await chartSvg(scores([31, 0, 32, 33, 34, 35, 36, 37, 38, 39, 40]));
  const shown = texts(svg);
  for (const label of ['0', '1', '2', '9', '10', '31', '38', '40']) expect(shown).toContain(label);
});

test('a poll without a single answer has a chart of zeros', async () => {
  expect(texts(await chartSvg(scores(Array(11).fill(0)))).filter((text) => text === '0')).toHaveLength(12);
});

test('names that are too long to stand below their bars stand beside them, cut', async () => {
  const bars: Bar[] = ['Keeps agreements', 'x'.repeat(10_000)].map((label) => ({
    label,
    value: 7.26,
    tone: 'good',
  }));
  const shown = texts(await chartSvg(chart(bars)));
  expect(shown).toContain('Keeps agreements');
  expect(shown).toContain(`${'x'.repeat(19)}…`);
  expect(shown.filter((text) => text === '7.3')).toHaveLength(2);
});

test('markup in a label stays text', async () => {
  const bars = ['</text><script>x', '<image href="//x"/>', 'a & {a|b}'].map(
    (label): Bar => ({ label, value: 1, tone: 'bad' }),
  );
  const svg = await chartSvg(chart(bars));
  expect(svg).not.toMatch(/<(script|image)/);
  expect(svg).toContain('&lt;/text&gt;&lt;script&gt;');
  expect(svg).toContain('&amp; {a|b}');
});

test('what XML forbids and what turns the reading direction is left out', async () => {
  const svg = await chartSvg(chart([{ label: 'a\u0000b\u202ec\ufffe\ud800', value: 1, tone: 'bad' }]));
  expect(texts(svg)).toContain('a b c \ufffd');
});

test('a label that is named like a property of every object leaves them alone', async () => {
  const keys = Object.getOwnPropertyNames(Object.prototype);
  for (const label of keys) await chartSvg(chart([{ label, value: 1, tone: 'bad' }]));
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(keys);
  for (const key of keys) expect(Object.keys(Reflect.get(Object.prototype, key) ?? {})).toEqual([]);
});

test('the four tones are four colours', async () => {
  const svg = await chartSvg(chart(tones.map((tone) => ({ label: tone, value: 3, tone }))));
  const fills = [...svg.matchAll(/<path[^>]*fill="(#[0-9a-f]{6})"/g)].map(([, fill]) => fill);
  expect(new Set(fills.filter((fill) => fill !== '#ffffff')).size).toBe(4);
});

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom('\u0000', ']]>', '<!--', '&#0;', '{value}', '__proto__', 'العربية', '👩‍👩‍👧‍👦', '\ud800'),
);
const bar = fc.record({ label: hostile, value: fc.double(), tone: fc.constantFrom(...tones) });

test('any labels and numbers give a picture', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(bar, { maxLength: 12 }), async (bars) => {
      const png = await drawChart(chart(bars));
      expect(size(png).width).toBe(1280);
    }),
    { numRuns: 100 },
  );
}, 60_000);
