import type { Card, Element } from '../../chat/card.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Say } from '../../text/say.ts';
import type { Client } from '../clients/clients.ts';
import { type Column, columns, type Entry, inOrder, isInHand } from './improvements.ts';

/** `client`: named where the board is of several. */
type Of = { client: Pick<Client, 'id' | 'name'> | undefined };
/** An improvement on the board. */
export type Item = Entry & Of;

export type Board = {
  /** Whose board it is; undefined: all that the reader may read. */
  client: Pick<Client, 'id' | 'name'> | undefined;
  items: Item[];
  /** Undefined where it holds of several boards together, which have a limit each. */
  limit: number | undefined;
  /** What was done lately, the last first. */
  done: (Of & { one: Item['one'] })[];
};

/** As many of a column as one message has room for. */
const shownOf: Record<'idea' | 'inHand', number> = { idea: 4, inHand: 3 };
/** As many letters of an idea as read well on a phone. */
const inLine = 90;

/** The board: a column below the other, each with what stands in it. */
export function boardCard(board: Board, say: Say): Card {
  const { client, items, done } = board;
  const title = client ? say('improvements.board-of', { client: client.name }) : say('improvements.board');
  const open = columns.filter((column) => column !== 'done');
  const isEmpty = items.length === 0 && done.length === 0;
  return {
    summary: `${title}: ${say('improvements.on-board', { count: items.length })}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...(isEmpty
        ? [{ kind: 'text' as const, text: say('improvements.board-empty') }]
        : open.flatMap((column, at) => [
            ...(at > 0 ? [{ kind: 'divider' as const }] : []),
            ...columnOn(column, board, say),
          ])),
      ...doneOn(board, say),
      {
        kind: 'buttons',
        buttons: [
          {
            press: 'improvements.idea',
            subject: client?.id,
            label: say('improvements.new'),
            ...(isEmpty && { style: 'primary' as const }),
          },
        ],
      },
    ],
  };
}

/** How many were done lately, and the way to them. */
function doneOn({ client, done }: Board, say: Say): Element[] {
  if (done.length === 0) return [];
  const press = 'improvements.column.done';
  const button = { press, subject: client?.id, label: say('improvements.show-done') };
  return [
    { kind: 'divider' },
    { kind: 'text', text: say('improvements.done-lately', { count: done.length }), style: 'strong' },
    { kind: 'buttons', buttons: [button] },
  ];
}

function columnOn(column: Column, board: Board, say: Say): Element[] {
  const there = inColumn(column, board);
  const shown = there.slice(0, isInHand(column) ? shownOf.inHand : shownOf.idea);
  const more = there.length - shown.length;
  const button = {
    press: `improvements.column.${column}`,
    subject: board.client?.id,
    label: say('improvements.more', { count: more }),
  };
  return [
    { kind: 'text', text: headOf(column, there.length, board, say), style: 'strong' },
    ...shown.flatMap((item) => lineOf(item, board, say)),
    ...(more > 0 ? [{ kind: 'buttons' as const, buttons: [button] }] : []),
  ];
}

function inColumn(column: Column, { items, done }: Board): Item[] {
  // What it was good for, and who was for it, orders only what is still to come.
  if (column === 'done') return done.map((item) => ({ ...item, votes: 0, importance: 0 }));
  const byId = new Map(items.map((item) => [item.one.id, item]));
  return inOrder(items.filter(({ one }) => one.stage === column)).flatMap(
    ({ one }) => byId.get(one.id) ?? [],
  );
}

/** `Doen 2/3`, `Ideeën 5`, or `Klaar in drie maanden: 4`. */
function headOf(column: Column, count: number, { limit }: Board, say: Say): string {
  if (column === 'done') return say('improvements.done-lately', { count });
  const of = isInHand(column) && limit !== undefined ? `/${limit}` : '';
  return `${say(`improvements.stage-${column}`)} ${count}${of}`;
}

function lineOf({ one, votes, client }: Item, board: Board, say: Say): Element[] {
  const parts = [
    shortened(one.text.replace(/\s+/g, ' '), inLine),
    ...(client && !board.client ? [client.name] : []),
    ...(votes > 0 ? [say('improvements.votes', { count: votes })] : []),
  ];
  return [
    { kind: 'text', text: parts.join(' · ') },
    {
      kind: 'buttons',
      buttons: [{ press: 'improvements.show', subject: one.id, label: say('improvements.show') }],
    },
  ];
}

/** As many as one message has room for. */
const inPage = 15;

/** One column with all that stands in it, a page at a time. */
export function columnCard(column: Column, page: number, board: Board, say: Say): Card {
  const there = inColumn(column, board);
  const from = (page - 1) * inPage;
  const more = Math.max(there.length - from - inPage, 0);
  const title = headOf(column, there.length, board, say);
  const subject = board.client?.id;
  const next = {
    press: `improvements.column.${column}.${page + 1}`,
    subject,
    label: say('improvements.more', { count: more }),
  };
  const back = { press: 'improvements.board', subject, label: say('improvements.to-board') };
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...there.slice(from, from + inPage).flatMap((item) => lineOf(item, board, say)),
      { kind: 'buttons', buttons: [...(more > 0 ? [next] : []), back] },
    ],
  };
}
