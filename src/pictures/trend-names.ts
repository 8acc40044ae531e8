import type { TrendPoint } from '../chat/card.ts';
import { faint, ink, text } from './paint.ts';
import { cut } from './words.ts';

const largest = 25;
const smallest = 17;
const lineHeight = 30;

type Names = {
  /** What is drawn below the points, given their places from left to right and the lowest line above. */
  draw(places: number[], below: number, left: number): object[];
  height: number;
};

/** Under each point when it was and how many answered, in letters as large as `room` for each allows. */
export function namesOf(points: TrendPoint[], room: number): Names {
  const whole = points.map(({ label }) => [cut(label, 12)]);
  const counts = points.map(({ n }) => `n\u2009=\u2009${n}`);
  const isTight = sizeFor([...whole.flat(), ...counts], room) < largest;
  // Side by side they would be too small on a phone: the day above its month, and `n =` once for all.
  const labels = isTight ? points.map(({ label }) => inTwo(label, room)) : whole;
  const numbers = isTight ? points.map(({ n }) => `${n}`) : counts;
  const fontSize = sizeFor([...labels.flat(), ...numbers], room);
  const lines = Math.max(...labels.map(({ length }) => length), 1);
  return {
    height: (lines + 1) * lineHeight,
    draw: (places, below, left) => {
      const at = (line: number) => below + (line + 0.5) * lineHeight;
      const once = text('n\u2009=', { x: left, y: at(lines), fontSize, fill: faint, align: 'right' });
      return [
        ...(isTight ? [once] : []),
        ...places.flatMap((x, index) => [
          ...(labels[index] ?? []).map((part, line) => text(part, { x, y: at(line), fontSize, fill: ink })),
          text(numbers[index] ?? '', { x, y: at(lines), fontSize, fill: faint }),
        ]),
      ];
    },
  };
}

/** The size at which each of the texts has room, within reason. */
export function sizeFor(texts: string[], room: number, most = largest): number {
  const widest = Math.max(...texts.map(widthOf), 1);
  return Math.max(Math.min(Math.floor((room - 4) / widest), most), smallest);
}

/** About how many times wider than high its letters stand, as Inter has them. */
function widthOf(words: string): number {
  return [...words].reduce((sum, sign) => sum + (/\s/.test(sign) ? 0.25 : 0.6), 0);
}

/** Cut to what has room at the smallest size. */
function inTwo(label: string, room: number): string[] {
  const most = Math.max(Math.floor(room / smallest / 0.6), 1);
  const space = label.trim().lastIndexOf(' ');
  const parts = space > 0 ? [label.trim().slice(0, space), label.trim().slice(space + 1)] : [label];
  return parts.map((part) => cut(part, most));
}
