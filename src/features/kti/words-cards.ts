import type { Card, Element } from '../../chat/card.ts';
import { besides } from '../../chat/card.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Say } from '../../text/say.ts';
import type { Grade } from './kti.ts';

/** How grades read. */

/** A mean, such as `7,3`; what one person gave is whole. */
export function gradeOf(mean: number | undefined, n: number, say: Say): string {
  if (mean === undefined) return '–';
  return n === 1 ? `${mean}` : decimal(mean, say);
}

/** A difference with its sign: `+0,4`, `−1,2`, `0,0`. */
export function differenceOf(by: number, say: Say): string {
  const sign = by > 0 ? '+' : by < 0 ? '−' : '';
  return `${sign}${decimal(Math.abs(by), say)}`;
}

function decimal(number: number, say: Say): string {
  return number.toFixed(1).replace('.', say('result.decimal'));
}

/** Why each gave which grade, in their own words, cut where they are only some of many. */
export function quotesOf(grades: Grade[], most: number): Element[] {
  const lines = grades.map(({ why = '', name, grade }) => {
    const words = shortened(why.replace(/\s+/g, ' ').trim(), most);
    return `${grade} · ${name}: ${words}`;
  });
  return lines.length === 0 ? [] : [{ kind: 'quote', text: lines.join('\n') }];
}

/** How an explanation begins, in a line of something else. */
export function firstWords(why: string): string {
  return shortened(why.replace(/\s+/g, ' ').trim(), 80);
}

export function heading(text: string): Element {
  return { kind: 'text', text, style: 'heading' };
}

export function plainText(text: string): Element {
  return { kind: 'text', text };
}

export function subtle(text: string): Element {
  return { kind: 'text', text, style: 'subtle' };
}

export function strong(text: string): Element {
  return { kind: 'text', text, style: 'strong' };
}

/** The same card where several read it: what its buttons bring comes beside it. */
export function posted(card: Card): Card {
  const elements = card.elements.map((element) =>
    element.kind === 'buttons' ? { ...element, buttons: element.buttons.map(besides) } : element,
  );
  return { ...card, elements };
}
