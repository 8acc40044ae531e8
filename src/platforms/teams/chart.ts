import type { CardElement, IColumn, IImage } from '@microsoft/teams.cards';
import type { Bar, Element } from '../../chat/card.ts';
import { palette } from '../../pictures/palette.ts';
import { pixelPng } from '../../pictures/png.ts';
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
            url: `data:image/png;base64,${pixelPng(palette[tone].line).toString('base64')}`,
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

function heightOf(value: number | undefined): number {
  return value !== undefined && Number.isFinite(value) && value > 0 ? value : 0;
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
