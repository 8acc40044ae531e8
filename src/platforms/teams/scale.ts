import type { CardElement, IActionSet, IColumn, ITable, ITableCell } from '@microsoft/teams.cards';
import type { Element } from '../../chat/card.ts';
import { dataOf, execute } from './actions.ts';
import { literal } from './escape.ts';
import { limits } from './limits.ts';
import { paragraphs } from './text.ts';

type Scale = Extract<Element, { kind: 'scale' }>;

const inRow = 6;

export function renderScale(scale: Scale): CardElement[] {
  return [...(process.env.SCALE === 'table' ? [table(scale)] : buttons(scale)), anchors(scale)];
}

function steps(scale: Scale) {
  return Array.from({ length: scale.to - scale.from + 1 }, (_, index) => {
    const number = scale.from + index;
    const spoken = literal(scale.spoken[index] ?? `${number}`, limits.label);
    return { number, spoken };
  });
}

function buttons(scale: Scale): IActionSet[] {
  const actions = steps(scale).map(({ number, spoken }) =>
    execute(
      { verb: `${scale.press}.${number}`, data: dataOf(scale.subject), title: `${number}` },
      { tooltip: spoken, associatedInputs: 'none', ...(number === scale.chosen && { style: 'positive' }) },
    ),
  );
  const rows: IActionSet[] = [];
  for (let start = 0; start < actions.length; start += inRow)
    rows.push({
      type: 'ActionSet',
      ...(start > 0 && { spacing: 'Small' }),
      actions: actions.slice(start, start + inRow),
    });
  return rows;
}

function table(scale: Scale): ITable {
  const cells = steps(scale).map(
    ({ number, spoken }): ITableCell => ({
      type: 'TableCell',
      verticalContentAlignment: 'Center',
      ...(number === scale.chosen && { style: 'accent' }),
      selectAction: execute(
        { verb: `${scale.press}.${number}`, data: dataOf(scale.subject), title: spoken },
        { tooltip: spoken, associatedInputs: 'none' },
      ),
      items: [
        {
          type: 'TextBlock',
          text: `${number}`,
          horizontalAlignment: 'Center',
          weight: 'Bolder',
          color: 'Accent',
        },
      ],
    }),
  );
  while (cells.length % inRow)
    cells.push({ type: 'TableCell', items: [{ type: 'TextBlock', text: '\u00a0' }] });
  const rows = [];
  for (let start = 0; start < cells.length; start += inRow)
    rows.push({ type: 'TableRow' as const, cells: cells.slice(start, start + inRow) });
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
function anchors({ from, low, to, high }: Scale): CardElement {
  const look = { isSubtle: true, size: 'Small' } as const;
  const column = (text: string, horizontalAlignment: 'Left' | 'Right'): IColumn => ({
    type: 'Column',
    width: 'stretch',
    items: paragraphs(text, limits.label, look).map((block) => ({ ...block, horizontalAlignment })),
  });
  const columns = [column(`${from} = ${low}`, 'Left'), column(`${to} = ${high}`, 'Right')];
  return { type: 'ColumnSet', spacing: 'Small', columns };
}
