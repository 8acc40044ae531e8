import { crc32, deflateSync } from 'node:zlib';
import type { CardElement, IColumn, IImage } from '@microsoft/teams.cards';
import type { Bar, Element } from '../../chat/card.ts';
import { palette } from '../../pictures/palette.ts';
import { label as named } from './escape.ts';
import { limits } from './limits.ts';
import { paragraphs } from './text.ts';

const tallest = 110;
/** Eleven of them fit a phone. */
const barWidth = 18;

/**
 * Bars out of columns: a number, a stretched pixel, a label. Teams' own charts would show few answers on an axis of
 * fractions, lose their numbers on a phone, and take half a page.
 */
export function drawChart({ title, bars, alt }: Extract<Element, { kind: 'chart' }>): CardElement[] {
  const shown = bars.slice(0, limits.bars);
  const most = Math.max(...shown.map(({ value }) => heightOf(value)), 0);
  const columns = shown.map((bar) => column(bar, most));
  // What the picture says in words is read out with its first bar.
  const first = columns
    .flatMap(({ items }) => items ?? [])
    .find((item): item is IImage => item.type === 'Image');
  if (first) first.altText = named(alt, limits.alt);
  return [
    ...paragraphs(title, limits.label, { weight: 'Bolder' }),
    ...(columns.length > 0 ? [{ type: 'ColumnSet' as const, spacing: 'Medium' as const, columns }] : []),
  ];
}

function column({ label, value, tone }: Bar, most: number): IColumn {
  const bar: IImage[] =
    heightOf(value) > 0
      ? [
          {
            type: 'Image',
            url: pixel(palette[tone].line),
            altText: '',
            width: `${barWidth}px`,
            height: `${Math.max(Math.round(tallest * (heightOf(value) / most)), 2)}px`,
            horizontalAlignment: 'Center',
            spacing: 'None',
          },
        ]
      : [];
  return {
    type: 'Column',
    width: 1,
    spacing: 'None',
    verticalContentAlignment: 'Bottom',
    items: [
      text(bar.length > 0 ? String(value) : '\u00a0', { weight: 'Bolder', spacing: 'None' }),
      ...bar,
      text(named(label, limits.title), { isSubtle: true, size: 'Small', spacing: 'Small' }),
    ],
  };
}

function heightOf(value: number): number {
  return Number.isFinite(value) && value > 0 ? value : 0;
}

function text(
  words: string,
  look: { weight?: 'Bolder'; isSubtle?: boolean; size?: 'Small'; spacing: 'None' | 'Small' },
) {
  const { spacing, ...run } = look;
  return {
    type: 'RichTextBlock' as const,
    horizontalAlignment: 'Center' as const,
    spacing,
    inlines: [{ type: 'TextRun' as const, text: words, ...run }],
  };
}

/** A PNG of one pixel, as an address of its own: the smallest picture there is. `colour` is #rrggbb. */
function pixel(colour: string): string {
  const size = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1]);
  const header = Buffer.concat([size, Buffer.from([8, 2, 0, 0, 0])]);
  const line = deflateSync(Buffer.concat([Buffer.from([0]), Buffer.from(colour.slice(1), 'hex')]));
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const png = [signature, chunk('IHDR', header), chunk('IDAT', line), chunk('IEND', Buffer.alloc(0))];
  return `data:image/png;base64,${Buffer.concat(png).toString('base64')}`;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
