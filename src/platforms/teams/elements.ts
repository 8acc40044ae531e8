import type {
  CardElement,
  ChartColor,
  IColumn,
  IColumnSet,
  IContainer,
  IRichTextBlock,
  IVerticalBarChart,
} from '@microsoft/teams.cards';
import type { Element, Tone } from '../../chat/card.ts';
import { actionSets } from './actions.ts';
import { literal } from './escape.ts';
import { limits } from './limits.ts';
import { renderScale } from './scale.ts';
import { type Look, paragraphs } from './text.ts';

/** Draws an element with at most `max` graphemes a text. */
export function drawElement(element: Element, max: number): CardElement[] {
  switch (element.kind) {
    case 'text':
      return paragraphs(element.text, max, looks[element.style ?? 'plain']);
    case 'quote':
      return [quote(element, max)];
    case 'facts':
      return element.facts.map((fact, index) => factRow(fact, index, max));
    case 'figures':
      return [figures(element.figures)];
    case 'scale':
      return renderScale(element);
    case 'chart':
      return chart(element, max);
    case 'buttons':
      return actionSets(element.buttons);
    case 'divider':
      return [{ type: 'Container', separator: true, spacing: 'Medium', items: [] } satisfies IContainer];
  }
}

const looks: Record<'plain' | 'heading' | 'strong' | 'subtle', Look> = {
  plain: {},
  heading: { weight: 'Bolder', size: 'Large' },
  strong: { weight: 'Bolder' },
  subtle: { isSubtle: true, size: 'Small' },
};

function quote({ text, by }: Extract<Element, { kind: 'quote' }>, max: number): IContainer {
  return {
    type: 'Container',
    style: 'emphasis',
    roundedCorners: true,
    spacing: 'Small',
    items: [...paragraphs(text, max), ...(by ? paragraphs(by, limits.label, looks.subtle) : [])],
  };
}

function factRow({ label, value }: { label: string; value: string }, index: number, max: number): IColumnSet {
  const column = (items: IRichTextBlock[], width: number): IColumn => ({
    type: 'Column',
    width: `${width}`,
    items,
  });
  return {
    type: 'ColumnSet',
    ...(index > 0 && { spacing: 'Small' }),
    columns: [
      column(paragraphs(label, limits.label, { isSubtle: true }), 2),
      column(paragraphs(value, max), 3),
    ],
  };
}

function figures(all: { value: string; label: string }[]): IColumnSet {
  return {
    type: 'ColumnSet',
    spacing: 'Medium',
    columns: all.map(({ value, label }) => ({
      type: 'Column',
      width: 'stretch',
      style: 'emphasis',
      roundedCorners: true,
      items: [
        ...paragraphs(value, limits.title, { weight: 'Bolder', size: 'ExtraLarge' }),
        ...paragraphs(label, limits.label, looks.subtle).map((block) => ({
          ...block,
          spacing: 'None' as const,
        })),
      ],
    })),
  };
}

const colours: Record<Tone, ChartColor> = {
  good: 'good',
  neutral: 'warning',
  bad: 'attention',
  accent: 'categoricalBlue',
};

function chart({ title, bars, alt }: Extract<Element, { kind: 'chart' }>, max: number): CardElement[] {
  const drawn: IVerticalBarChart = {
    type: 'Chart.VerticalBar',
    showBarValues: true,
    data: bars.slice(0, limits.bars).map(({ label, value, tone }) => ({
      x: literal(label, limits.title),
      y: Number.isFinite(value) ? value : 0,
      color: colours[tone],
    })),
    fallback: { type: 'Container', items: paragraphs(alt, max, looks.subtle) },
  };
  return [...paragraphs(title, limits.label, looks.strong), drawn];
}
