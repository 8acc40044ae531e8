import type { CardElement, IAdaptiveCard } from '@microsoft/teams.cards';
import { type Card, lastButtons } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import { drawElements } from './elements.ts';
import { drawForm } from './form.ts';
import { limits } from './limits.ts';
import { paragraphs } from './text.ts';

/** A card, and a form in it before its last buttons. Never over Teams' size: long texts are cut, then left out. */
export function renderAnswer(card: Card, form?: Form): IAdaptiveCard {
  if (!form) return fitting((max) => drawElements(card.elements, max));
  const { before, buttons } = lastButtons(card);
  return fitting((max) => [...drawElements(before, max), ...drawForm(form, max, buttons)]);
}

/** A form as a card of its own. */
export function renderForm(form: Form): IAdaptiveCard {
  const title = paragraphs(form.title, limits.title, { weight: 'Bolder', size: 'Large' });
  return fitting((max) => [...title, ...drawForm(form, max)]);
}

function fitting(draw: (max: number) => CardElement[]): IAdaptiveCard {
  let body: CardElement[] = [];
  for (const max of limits.text) {
    body = draw(max);
    if (fits(body)) return cardOf(body);
  }
  return cardOf(shortened(body));
}

const texts = new Set(['RichTextBlock', 'Container', 'ColumnSet']);

/** Leaves out from the end what does not fit: texts first, so that what can be pressed or filled in stays. */
function shortened(body: CardElement[]): CardElement[] {
  const withoutTexts = leftOut(body, ({ type }) => texts.has(type));
  return [...leftOut(withoutTexts, () => true), ...paragraphs('…', 1)];
}

function leftOut(body: CardElement[], mayGo: (element: CardElement) => boolean): CardElement[] {
  let kept = body;
  for (const element of body.slice(1).reverse())
    if (!fits(kept) && mayGo(element)) kept = kept.filter((other) => other !== element);
  return kept;
}

function fits(body: CardElement[]): boolean {
  return JSON.stringify(body).length <= limits.cardUnits;
}

function cardOf(body: CardElement[]): IAdaptiveCard {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body,
  };
}
