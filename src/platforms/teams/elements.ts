import type {
  CardElement,
  IColumn,
  IColumnSet,
  IContainer,
  IRichTextBlock,
  ITextBlock,
} from '@microsoft/teams.cards';
import type { Element } from '../../chat/card.ts';
import { actionSets } from './actions.ts';
import { limits } from './limits.ts';
import { drawPictured, noPicture, type PictureOf } from './pictures.ts';
import { drawScale } from './scale.ts';
import { type Look, paragraphs } from './text.ts';

/** Draws elements with at most `max` graphemes a text. */
export function drawElements(
  elements: Element[],
  max: number,
  pictureOf: PictureOf = noPicture,
): CardElement[] {
  return elements.flatMap((element, index) => {
    const [first, ...rest] = drawElement(element, max, pictureOf);
    if (!first) return [];
    // A line of its own does not exist: it is drawn above what follows.
    const divided = elements[index - 1]?.kind === 'divider';
    return [divided ? { ...first, separator: true, spacing: 'Large' as const } : first, ...rest];
  });
}

function drawElement(element: Element, max: number, pictureOf: PictureOf): CardElement[] {
  switch (element.kind) {
    case 'text':
      return paragraphs(element.text, max, looks[element.style ?? 'plain']);
    case 'quote':
      return [quote(element, max)];
    case 'address':
      return address(element.url, max);
    case 'facts':
      return element.facts.map((fact, index) => factRow(fact, index, max));
    case 'figures':
      return [figures(element.figures)];
    case 'scale':
      return drawScale(element);
    case 'chart':
    case 'trend':
    case 'grades':
      return drawPictured(element, max, pictureOf);
    case 'buttons':
      return actionSets(element.buttons);
    case 'divider':
      return [];
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
    items: [...paragraphs(text, max), ...tight(by ? paragraphs(by, limits.label, looks.subtle) : [])],
  };
}

/**
 * A RichTextBlock breaks no long word, so this is the one text that stands in a TextBlock. That reads Markdown: of its
 * signs only underscores are in the addresses that Belay makes, and whatever has others stays a RichTextBlock.
 */
function address(url: string, max: number): (ITextBlock | IRichTextBlock)[] {
  if (!/^https?:\/\/[\w.:/-]{1,600}$/.test(url)) return paragraphs(url, max);
  return [{ type: 'TextBlock', text: url.replaceAll('_', '\\_'), wrap: true, size: 'Small' }];
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

function figures(all: { value: string; label: string }[]): IContainer {
  return {
    type: 'Container',
    spacing: 'Medium',
    layouts: [
      {
        type: 'Layout.Flow',
        itemFit: 'Fill',
        minItemWidth: '110px',
        columnSpacing: 'Small',
        rowSpacing: 'Small',
        horizontalItemsAlignment: 'Left',
      },
    ],
    items: all.map(({ value, label }) => ({
      type: 'Container',
      style: 'emphasis',
      roundedCorners: true,
      items: [
        ...paragraphs(value, limits.title, { weight: 'Bolder', size: 'ExtraLarge' }),
        ...tight(paragraphs(label, limits.label, looks.subtle)),
      ],
    })),
  };
}

function tight(blocks: IRichTextBlock[]): IRichTextBlock[] {
  return blocks.map((block) => ({ ...block, spacing: 'None' }));
}
