import type { CardElement, IColumn, ITable, ITableCell } from '@microsoft/teams.cards';
import type { Element } from '../../chat/card.ts';
import { dataOf, execute } from './actions.ts';
import { label } from './escape.ts';
import { limits } from './limits.ts';
import { paragraphs } from './text.ts';

type Scale = Extract<Element, { kind: 'scale' }>;

/**
 * The numbers as a table whose cells are pressed: they stay in line, are wide enough for a thumb on a phone, and
 * say their spoken label to a screen reader. (Buttons in a row would hide the seventh behind "…".)
 */
export function drawScale(scale: Scale): CardElement[] {
  const cells = steps(scale).map((step) => cell(scale, step));
  const inRow = cells.length > limits.scaleInRow ? Math.ceil(cells.length / 2) : cells.length;
  return [table(cells, inRow), anchors(scale)];
}

function steps({ from, to, spoken, signs }: Scale) {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const number = from + index;
    const shown = signs?.[index] ?? `${number}`;
    return { number, shown, spoken: label(spoken[index] ?? shown, limits.title) };
  });
}

type Step = { number: number; shown: string; spoken: string };

function cell(scale: Scale, { number, shown, spoken }: Step): ITableCell {
  const press = { verb: `${scale.press}.${number}`, data: dataOf(scale.subject), title: spoken };
  return {
    type: 'TableCell',
    minHeight: '40px',
    verticalContentAlignment: 'Center',
    ...(number === scale.chosen && { style: 'accent' }),
    selectAction: execute(press, { associatedInputs: 'none' }),
    items: [
      {
        type: 'TextBlock',
        text: label(shown, limits.title),
        horizontalAlignment: 'Center',
        weight: 'Bolder',
        color: 'Accent',
      },
    ],
  };
}

function table(cells: ITableCell[], inRow: number): ITable {
  const rows = [];
  for (let start = 0; start < cells.length; start += inRow) {
    const row = cells.slice(start, start + inRow);
    // A row that is short of cells stretches the others out of line; a cell without content is not drawn.
    while (row.length < inRow)
      row.push({ type: 'TableCell', items: [{ type: 'TextBlock', text: '\u00a0' }] });
    rows.push({ type: 'TableRow' as const, cells: row });
  }
  return {
    type: 'Table',
    firstRowAsHeaders: false,
    showGridLines: true,
    gridStyle: 'accent',
    roundedCorners: true,
    columns: Array.from({ length: inRow }, () => ({ width: 1 })),
    rows,
  };
}

/** What the ends mean, in words, under the numbers. */
function anchors({ from, low, to, high, signs }: Scale): CardElement {
  const look = { isSubtle: true, size: 'Small' } as const;
  const column = (text: string, horizontalAlignment: 'Left' | 'Right'): IColumn => ({
    type: 'Column',
    width: 'stretch',
    items: paragraphs(text, limits.label, look).map((block) => ({ ...block, horizontalAlignment })),
  });
  const [first, last] = [signs?.[0] ?? from, signs?.at(-1) ?? to];
  const columns = [column(`${first} = ${low}`, 'Left'), column(`${last} = ${high}`, 'Right')];
  return { type: 'ColumnSet', spacing: 'Small', columns };
}
