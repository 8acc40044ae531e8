import type { Element, TrendPoint } from '../chat/card.ts';
import { edge, faint, ink, margin, paint, pixelsOf, plainColours, text, width } from './paint.ts';
import { palette } from './palette.ts';
import { smallPng } from './png.ts';
import { namesOf, sizeFor } from './trend-names.ts';
import { cut } from './words.ts';

type Trend = Extract<Element, { kind: 'trend' }>;
/** A point at its place in the picture; y counts down from the top. */
type Spot = { x: number; point: TrendPoint; mark?: { y: number; top: number; bottom: number } };
type Marked = Spot & Required<Pick<Spot, 'mark'>>;

/** More would stand in each other's way; the newest are shown. */
const mostPoints = 8;

const plot = { left: margin + 56, right: width - 14, top: margin + 40, bottom: margin + 260 };
const namesTop = plot.bottom + 16;
const stub = 26;

const line = palette.accent.line;
const band = '#d9e4f7';
/** Between the line and what is behind it. */
const softLine = '#84a0d6';
const halo = { stroke: '#ffffff', lineWidth: 6 };

/** A PNG of the trend at twice its size of 640 pixels wide, on a white card. The title is not in it. */
export async function drawTrend(trend: Trend): Promise<Buffer> {
  return (await pixelsOf(await trendSvg(trend), 2)).asPng();
}

/** The same in as few bytes as can be: of its own colours and two between, `zoom` pixels for each of 640. */
export async function drawSmallTrend(trend: Trend, zoom: number): Promise<Buffer> {
  const colours = [...plainColours, line, band, softLine];
  return smallPng(await pixelsOf(await trendSvg(trend), zoom), colours);
}

/** The trend before it becomes pixels. */
export function trendSvg(trend: Trend): Promise<string> {
  const points = trend.points.slice(-mostPoints);
  const room = (plot.right - plot.left) / Math.max(points.length, 1);
  const spots = spotsOf(trend, points, room);
  const lines = linesOf(spots);
  const names = namesOf(points, room);
  const bottom = namesTop + names.height;
  const places = spots.map(({ x }) => x);
  const size = sizeFor(points.map(shownOf), room, 28);
  const graphic = [
    ...lines.map(drawMargin),
    ...drawScale(trend),
    ...drawBeginnings(spots, bottom),
    ...lines.flatMap(drawLine),
    ...lines.flatMap((one) => one.flatMap((spot, index) => drawFigure(spot, isValley(one, index), size))),
    ...spots.flatMap(drawGap),
    ...names.draw(places, namesTop, plot.left - 10),
  ];
  return paint({ graphic }, bottom + margin - 8);
}

function spotsOf(trend: Trend, points: TrendPoint[], room: number): Spot[] {
  return points.map((point, index) => {
    const x = Math.round(plot.left + room * (index + 0.5));
    const { at, low, high } = point.value ?? { at: Number.NaN, low: Number.NaN, high: Number.NaN };
    if (![at, low, high].every(Number.isFinite)) return { x, point };
    const mark = { y: heightOf(trend, at), top: heightOf(trend, high), bottom: heightOf(trend, low) };
    return { x, point, mark };
  });
}

function heightOf({ from, to }: Trend, value: number): number {
  const share = to > from ? (value - from) / (to - from) : 0;
  return Math.round(plot.bottom - (plot.bottom - plot.top) * Math.min(Math.max(share, 0), 1));
}

function shownOf({ value }: TrendPoint): string {
  return cut(value?.shown ?? '', 8);
}

/** The points that one line goes through: it ends where a figure is missing, and where it begins anew. */
function linesOf(spots: Spot[]): Marked[][] {
  const lines: Marked[][] = [];
  let open = false;
  for (const { mark, ...spot } of spots) {
    if (!open || spot.point.anew) lines.push([]);
    if (mark) lines.at(-1)?.push({ ...spot, mark });
    open = mark !== undefined;
  }
  return lines.filter((one) => one.length > 0);
}

function drawMargin(spots: Marked[]): object {
  const [only] = spots;
  // A lone point has no width of its own to show its margin in.
  const sides =
    spots.length === 1 && only
      ? [-stub / 2, stub / 2].map((aside) => ({ ...only, x: only.x + aside }))
      : spots;
  const above = sides.map(({ x, mark }) => [x, mark.top]);
  const below = sides.map(({ x, mark }) => [x, mark.bottom]).reverse();
  return { type: 'polygon', shape: { points: [...above, ...below] }, style: { fill: band } };
}

/** From end to end always: a line may not look steep because its scale was cut. */
function drawScale(trend: Trend): object[] {
  const { from, to } = trend;
  const values = from < 0 && to > 0 ? [from, 0, to] : [from, to];
  return values.flatMap((value) => {
    const y = heightOf(trend, value);
    return [
      stroke([plot.left, y, width - margin, y], { stroke: edge, lineWidth: 1.5 }),
      text(`${value}`.replace('-', '−'), { x: plot.left - 10, y, fontSize: 20, fill: faint, align: 'right' }),
    ];
  });
}

/** A dashed line before each point where another question was asked. */
function drawBeginnings(spots: Spot[], bottom: number): object[] {
  return spots.flatMap(({ x, point }, index) => {
    const before = spots[index - 1];
    if (!point.anew || !before) return [];
    const middle = Math.round((before.x + x) / 2);
    const dashed = { stroke: faint, lineWidth: 2, lineDash: [6, 6] };
    return [stroke([middle, margin, middle, bottom], dashed)];
  });
}

function drawLine(spots: Marked[]): object[] {
  const points = spots.map(({ x, mark }) => [x, mark.y]);
  const style = { stroke: line, lineWidth: 4, fill: 'none', lineJoin: 'round' };
  return spots.length > 1 ? [{ type: 'polyline', shape: { points }, style }] : [];
}

/** Where the line would run through a figure above the point, and there is room below it. */
function isValley(spots: Marked[], index: number): boolean {
  const [before, here, after] = [spots[index - 1], spots[index], spots[index + 1]].map((one) => one?.mark.y);
  if (before === undefined || here === undefined || after === undefined) return false;
  return Math.max(before, after) < here - 8 && here + 40 < plot.bottom;
}

function drawFigure({ x, point, mark: { y } }: Marked, below: boolean, fontSize: number): object[] {
  const dot = { fill: line, stroke: '#ffffff', lineWidth: 3 };
  const look = { fontSize, fontWeight: 600, fill: ink, ...halo };
  return [
    { type: 'circle', shape: { cx: x, cy: y, r: 8 }, style: dot },
    text(shownOf(point), { x, y: below ? y + 28 : y - 28, ...look }),
  ];
}

function drawGap({ x, mark }: Spot): object[] {
  return mark ? [] : [text('–', { x, y: plot.bottom - 16, fontSize: 28, fill: faint })];
}

function stroke([x1, y1, x2, y2]: [number, number, number, number], style: object): object {
  return { type: 'line', shape: { x1, y1, x2, y2 }, style };
}
