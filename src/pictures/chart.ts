import { createRequire } from 'node:module';
import type { Element, Tone } from '../chat/card.ts';
import { palette } from './palette.ts';

type Chart = Extract<Element, { kind: 'chart' }>;
type Column = { label: string; value: number; tone: Tone };

const width = 640;
const margin = 24;
const uprightHeight = 280;
const rowHeight = 44;

const ink = '#1f2328';
const faint = '#59636e';

const require = createRequire(import.meta.url);
const fontFiles = ['400Regular/Inter_400Regular.ttf', '600SemiBold/Inter_600SemiBold.ttf'].map((file) =>
  require.resolve(`@expo-google-fonts/inter/${file}`),
);

/**
 * A PNG of the chart's bars at twice their size of 640 pixels wide: a white card that stands on any background. The
 * title is not in it: whoever shows it writes that above.
 */
export async function drawChart(chart: Chart): Promise<Buffer> {
  const svg = await chartSvg(chart);
  const { renderAsync } = await import('@resvg/resvg-js');
  const picture = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: 2 },
    // Only our own, so that it looks the same on every machine.
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'Inter' },
  });
  return picture.asPng();
}

/** The chart before it becomes pixels. */
export async function chartSvg(chart: Chart): Promise<string> {
  const columns = chart.bars.map(column);
  const upright = columns.every(({ label }) => length(label) <= uprightLetters(columns.length));
  const height = upright ? uprightHeight : 2 * margin + rowHeight * Math.max(columns.length, 1);
  // Loaded at the first chart: a quarter of a second that the start need not wait for.
  const { init } = await loadCharts();
  const canvas = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    canvas.setOption({
      animation: false,
      textStyle: { fontFamily: 'Inter' },
      graphic: {
        type: 'rect',
        shape: { x: 1, y: 1, width: width - 2, height: height - 2, r: 14 },
        style: sheet,
        z: -1,
      },
      ...(upright ? standing(columns) : lying(columns)),
    });
    return canvas.renderToSVGString();
  } finally {
    canvas.dispose();
  }
}

const sheet = { fill: '#ffffff', stroke: '#d1d9e0', lineWidth: 1.5 };
const noLines = { axisTick: { show: false }, splitLine: { show: false } };
const scale = { type: 'value', show: false, min: 0, max: ({ max }: { max: number }) => Math.max(max, 1) };

function standing(columns: Column[]) {
  return {
    grid: { left: margin, right: margin, top: margin + 32, bottom: margin + 32 },
    xAxis: names(columns, 26, { axisLine: { lineStyle: { color: faint, width: 1.5 } } }, { margin: 10 }),
    yAxis: scale,
    series: bars(columns, { position: 'top', barWidth: '74%', borderRadius: [5, 5, 0, 0] }),
  };
}

function lying(columns: Column[]) {
  return {
    grid: { left: 290, right: margin + 76, top: margin, bottom: margin },
    xAxis: scale,
    yAxis: names(
      columns,
      24,
      { inverse: true, axisLine: { show: false } },
      { align: 'left', margin: 290 - margin },
    ),
    series: bars(columns, { position: 'right', barWidth: '64%', borderRadius: [0, 5, 5, 0] }),
  };
}

function names(columns: Column[], fontSize: number, axis: object, label: object) {
  const data = columns.map(({ label }) => cut(label, 20));
  return {
    type: 'category',
    data,
    axisLabel: { interval: 0, fontSize, color: ink, ...label },
    ...noLines,
    ...axis,
  };
}

function bars(
  columns: Column[],
  { position, barWidth, borderRadius }: { position: string; barWidth: string; borderRadius: number[] },
) {
  const data = columns.map(({ value, tone }) => ({
    value,
    itemStyle: {
      color: palette[tone].fill,
      borderColor: palette[tone].line,
      borderWidth: value > 0 ? 1.5 : 0,
      borderRadius,
    },
    label: value > 0 ? { color: ink, fontWeight: 600 } : { color: faint },
  }));
  return { type: 'bar', barWidth, data, label: { show: true, position, fontSize: 26, distance: 6 } };
}

function column({ label, value, tone }: Chart['bars'][number]): Column {
  const shown = Number.isFinite(value) ? Math.max(0, Math.round(value * 10) / 10) : 0;
  return { label: clean(label), value: shown, tone };
}

/** How many letters fit below a standing bar. */
function uprightLetters(count: number): number {
  return Math.floor((width - 2 * margin) / Math.max(count, 1) / 16);
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function length(text: string): number {
  return [...graphemes.segment(text.slice(0, 1000))].length;
}

function cut(text: string, most: number): string {
  const letters = Array.from(graphemes.segment(clean(text).slice(0, 1000)), ({ segment }) => segment);
  const kept =
    letters.length > most
      ? `${letters
          .slice(0, most - 1)
          .join('')
          .trimEnd()}…`
      : letters.join('');
  // The charts' cache of measured texts is a plain object: `__proto__` as a label would write into every object.
  return kept in Object.prototype ? `${kept} ` : kept;
}

/** Without what XML forbids and what turns the reading direction of the text after it. */
function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cn}\p{Co}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim();
}

async function loadCharts() {
  const [{ init, use }, { BarChart }, { GridComponent, GraphicComponent }, { SVGRenderer }] =
    await Promise.all([
      import('echarts/core'),
      import('echarts/charts'),
      import('echarts/components'),
      import('echarts/renderers'),
    ]);
  use([BarChart, GridComponent, GraphicComponent, SVGRenderer]);
  return { init };
}
