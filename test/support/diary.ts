import type { Element } from '../../src/chat/card.ts';

/** What an element of a card says, a line each, as somebody reads it; its buttons between brackets. */
export function wordsIn(element: Element): string[] {
  switch (element.kind) {
    case 'text':
      return element.text.split('\n');
    case 'quote':
      return [`“${element.text}”${element.by ? ` ${element.by}` : ''}`];
    case 'facts':
      return element.facts.map(({ label, value }) => `${label}: ${value}`);
    case 'buttons':
      return [element.buttons.map(({ label }) => `[${label}]`).join(' ')];
    case 'scale':
      return [`(${element.signs?.join(' ') ?? `${element.from}–${element.to}`})`];
    case 'chart':
    case 'trend':
    case 'grades':
      return [`{${element.alt}}`];
    default:
      return [];
  }
}
