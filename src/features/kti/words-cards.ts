import { besides, type Card, type Element } from '../../chat/card.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Grade } from './kti.ts';

/** How what was said with grades reads. */

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

/** The same card where several read it: what its buttons bring comes beside it. */
export function posted(card: Card): Card {
  const elements = card.elements.map((element) =>
    element.kind === 'buttons' ? { ...element, buttons: element.buttons.map(besides) } : element,
  );
  return { ...card, elements };
}
