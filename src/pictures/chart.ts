import type { Element, Tone } from '../chat/card.ts';
import { faint, ink, margin, paint, pixelsOf, plainColours, width } from './paint.ts';
import { palette } from './palette.ts';
import { smallPng } from './png.ts';
import { clean, cut, length } from './words.ts';

type Chart = Extract<Element, { kind: 'chart' }>;
type Column = { label: string; value: number; known: boolean; tone: Tone };

const uprightHeight = 280;
const rowHeight = 44;

/**
 * A PNG of the chart's bars at twice their size of 640 pixels wide: a white card that stands on any background. The
 * title is not in it: whoever shows it writes that above.
 */
export async function drawChart(chart: Chart): Promise<Buffer> {
  return (await pixelsOf(await chartSvg(chart), 2)).asPng();
}

/** The same in as few bytes as can be: of its own colours and one between, `zoom` pixels for each of 640. */
export async function drawSmallChart(chart: Chart, zoom: number): Promise<Buffer> {
  const bars = Object.values(palette).flatMap(({ fill, line }) => [fill, line]);
  return smallPng(await pixelsOf(await chartSvg(chart), zoom), [...plainColours, ...new Set(bars)]);
}

/** The chart before it becomes pixels. */
export function chartSvg(chart: Chart): Promise<string> {
  const columns = chart.bars.map(column);
  const upright = columns.every(({ label }) => length(label) <= uprightLetters(columns.length));
  const height = upright ? uprightHeight : 2 * margin + rowHeight * Math.max(columns.length, 1);
  return paint(upright ? standing(columns) : lying(columns), height);
}

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
  const data = columns.map(({ value, known, tone }) => ({
    value,
    itemStyle: {
      color: palette[tone].fill,
      borderColor: palette[tone].line,
      borderWidth: value > 0 ? 1.5 : 0,
      borderRadius,
    },
    label: { show: known, ...(value > 0 ? { color: ink, fontWeight: 600 } : { color: faint }) },
  }));
  return { type: 'bar', barWidth, data, label: { show: true, position, fontSize: 26, distance: 6 } };
}

function column({ label, value, tone }: Chart['bars'][number]): Column {
  const known = value !== undefined;
  const shown = known && Number.isFinite(value) ? Math.max(0, Math.round(value * 10) / 10) : 0;
  return { label: clean(label), value: shown, known, tone };
}

/** How many letters fit below a standing bar. */
function uprightLetters(count: number): number {
  return Math.floor((width - 2 * margin) / Math.max(count, 1) / 16);
}
