import type { Element, GradeRow } from '../chat/card.ts';
import { type Spot, type Stretch, stretchesOf } from './grade-dots.ts';
import { edge, faint, ink, margin, paint, pixelsOf, text, width } from './paint.ts';
import { palette } from './palette.ts';
import { smallPng } from './png.ts';
import { sizeFor } from './trend-names.ts';
import { cut } from './words.ts';
import { wrapped } from './wrap.ts';

type Grades = Extract<Element, { kind: 'grades' }>;
/** Where a row's dots stand, from the top of the picture. */
type Strip = { top: number; height: number };

/** More would be a very high picture; the first are shown. */
const mostRows = 7;
/** With more they are lower, of one line each: the whole has to be seen on a phone, and to fit in a message. */
const fewRows = 4;

const badge = { width: 104, height: 64 };
const right = width - margin;
const plot = { left: margin + 36, right: right - badge.width - 14 };
const label = { fontSize: 27, lineHeight: 34, gap: 10 };
const betweenRows = 26;
const axisHeight = 40;
const dot = { r: 7.5, apart: 16, inset: 12 };
/** Between two wordings, with a dashed line in it. */
const gap = 14;

const ground = '#eef1f5';

/**
 * A PNG of the grades at twice its size of 640 pixels wide, on a white card. The title is not in it: it says what the
 * line through each row is.
 */
export async function drawGrades(grades: Grades): Promise<Buffer> {
  return (await pixelsOf(await gradesSvg(grades), 2)).asPng();
}

/** The same in as few bytes as can be: of its own colours and some between, `zoom` pixels for each of 640. */
export async function drawSmallGrades(grades: Grades, zoom: number): Promise<Buffer> {
  const tones = Object.values(palette).flatMap(({ fill, line }) => [fill, line]);
  // No grey but those: letters are half of its bytes, and each shade at their edges makes them more.
  return smallPng(await pixelsOf(await gradesSvg(grades), zoom), ['#ffffff', ink, ground, ...new Set(tones)]);
}

/** The grades before they become pixels. */
export function gradesSvg(grades: Grades): Promise<string> {
  const rows = grades.rows.slice(0, mostRows);
  const space = rows.length > fewRows ? { lines: 1, height: 104 } : { lines: 2, height: 122 };
  const graphic: object[] = [];
  let bottom = margin - 4;
  for (const row of rows) {
    const lines = wrapped(row.label, { room: right - margin, fontSize: label.fontSize, lines: space.lines });
    const top = bottom + lines.length * label.lineHeight + (lines.length > 0 ? label.gap : 0);
    const strip = { top, height: space.height };
    graphic.push(...drawLabel(lines, bottom), ...drawRow(row, grades, strip), ...drawBadge(row, strip));
    bottom = top + strip.height + betweenRows;
  }
  const axis = bottom - betweenRows + axisHeight / 2 + 4;
  return paint({ graphic: [...graphic, ...drawTime(grades, axis)] }, axis + axisHeight / 2 + 10);
}

function drawLabel(lines: string[], top: number): object[] {
  const { fontSize, lineHeight } = label;
  return lines.map((words, index) =>
    text(words, { x: margin, y: top + lineHeight * (index + 0.5), fontSize, fill: ink, align: 'left' }),
  );
}

function drawRow(row: GradeRow, { from, to }: Grades, strip: Strip): object[] {
  const heightOf = (grade: number) => {
    const share = to > from ? (grade - from) / (to - from) : 0;
    const least = strip.top + strip.height - dot.inset;
    return Math.round(least - (strip.height - 2 * dot.inset) * Math.min(Math.max(share, 0), 1));
  };
  const { left } = plot;
  const stretches = stretchesOf(row, { ...plot, apart: dot.apart, gap });
  const ends = [to, from].map((end) =>
    text(`${end}`, { x: left - 10, y: heightOf(end), fontSize: 20, fill: faint, align: 'right' }),
  );
  return [
    ...stretches.flatMap((stretch, index) => drawGround(stretch, strip, index < stretches.length - 1)),
    ...ends,
    ...stretches.slice(1).map(({ left }) => drawBeginning(left - gap / 2, strip)),
    ...drawAverage(row.average, stretches, heightOf),
    ...stretches.flatMap(({ dots }, index) => {
      const isFormer = index < stretches.length - 1;
      return dots.map((spot) => drawDot(spot, heightOf(spot.grade), row, isFormer));
    }),
  ];
}

/** Pale where a former wording was graded. */
function drawGround({ left, right }: Stretch, { top, height }: Strip, isFormer: boolean): object[] {
  if (right - left < 2) return [];
  const shape = { x: left, y: top, width: right - left, height, r: 8 };
  const style = isFormer ? { fill: '#ffffff', stroke: edge, lineWidth: 2 } : { fill: ground };
  return [{ type: 'rect', shape, style }];
}

/** A dashed line where another wording was graded from. */
function drawBeginning(x: number, { top, height }: Strip): object {
  const style = { stroke: faint, lineWidth: 2, lineDash: [6, 6] };
  return { type: 'line', shape: { x1: x, y1: top - 4, x2: x, y2: top + height + 4 }, style };
}

/** Through the grades of the present wording alone: those before it are not compared with. */
function drawAverage(
  average: number | undefined,
  stretches: Stretch[],
  heightOf: (grade: number) => number,
): object[] {
  const last = stretches.at(-1);
  if (!last || average === undefined || !Number.isFinite(average)) return [];
  const y = heightOf(average);
  const shape = { x1: last.left, y1: y, x2: last.right, y2: y };
  return [{ type: 'line', shape, style: { stroke: ink, lineWidth: 3 } }];
}

/** Of a former wording it is hollow. */
function drawDot({ x, apart }: Spot, y: number, { tone }: GradeRow, isFormer: boolean): object {
  const { fill, line } = palette[tone];
  // A whole ring would leave nothing of what it stands on in a crowd.
  const lineWidth = Math.min(2, apart / 5);
  const style = isFormer
    ? { fill: '#ffffff', stroke: line, lineWidth: 3 }
    : { fill, stroke: tone === 'neutral' ? line : '#ffffff', lineWidth };
  return { type: 'circle', shape: { cx: x, cy: y, r: isFormer ? dot.r - 1.5 : dot.r }, style };
}

function drawBadge({ shown, tone }: GradeRow, { top, height }: Strip): object[] {
  const { fill, line } = palette[tone];
  const y = top + (height - badge.height) / 2;
  const shape = { x: right - badge.width, y, width: badge.width, height: badge.height, r: 14 };
  const words = cut(shown, 8);
  return [
    { type: 'rect', shape, style: { fill, stroke: line, lineWidth: 1.5 } },
    text(words, {
      x: right - badge.width / 2,
      y: top + height / 2,
      fontSize: sizeFor([words], badge.width - 12, 40),
      fontWeight: 600,
      fill: tone === 'neutral' ? ink : '#ffffff',
    }),
  ];
}

function drawTime({ begin, end }: Grades, y: number): object[] {
  const style = { y, fontSize: 22, fill: faint };
  return [
    text(cut(begin, 16), { ...style, x: plot.left, align: 'left' }),
    text(cut(end, 16), { ...style, x: plot.right, align: 'right' }),
  ];
}
