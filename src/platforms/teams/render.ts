import type { CardElement, IAdaptiveCard } from '@microsoft/teams.cards';
import type { Card } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import { drawElement } from './elements.ts';
import { drawForm } from './form.ts';
import { limits } from './limits.ts';
import { paragraphs } from './text.ts';

/** A card, and a form under it in the same card. Never over Teams' size: long texts are cut, then left out. */
export function renderAnswer(card: Card, form?: Form): IAdaptiveCard {
  return fitting((max) => [
    ...card.elements.flatMap((element) => drawElement(element, max)),
    ...(form ? drawForm(form, max) : []),
  ]);
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

/** Leaves out texts from the end, where lists are, until the rest fits; what can be pressed or filled in stays. */
function shortened(body: CardElement[]): CardElement[] {
  const kept = [...body];
  for (let index = kept.length - 1; index > 0 && !fits(kept); index -= 1) {
    const type = kept[index]?.type;
    if (type === 'RichTextBlock' || type === 'Container' || type === 'ColumnSet') kept.splice(index, 1);
  }
  return [...kept, ...paragraphs('…', 1)];
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
