import type { CardElement, IAdaptiveCard } from '@microsoft/teams.cards';
import { type Card, lastButtons } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import { drawElements } from './elements.ts';
import { drawForm } from './form.ts';
import { limits } from './limits.ts';
import { noPicture, type PictureOf } from './pictures.ts';
import { paragraphs } from './text.ts';

/**
 * A card, and a form in it before its last buttons. Never over Teams' size: long texts are cut, then left out.
 * `pictures` are those drawn for it, from sharp to coarse.
 */
export function renderAnswer(card: Card, form?: Form, pictures: PictureOf[] = []): IAdaptiveCard {
  if (!form) return fitting((max, pictureOf) => drawElements(card.elements, max, pictureOf), pictures);
  // It came by message, with nothing around it: only its title says there what it is about.
  if (card.elements.length === 0) return renderForm(form);
  const { before, buttons } = lastButtons(card);
  return fitting(
    (max, pictureOf) => [...drawElements(before, max, pictureOf), ...drawForm(form, max, buttons)],
    pictures,
  );
}

/** A form as a card of its own. */
export function renderForm(form: Form): IAdaptiveCard {
  const title = paragraphs(form.title, limits.title, { weight: 'Bolder', size: 'Large' });
  return fitting((max) => [...title, ...drawForm(form, max)], []);
}

/** A form as the card of a dialog, which says its title itself. */
export function renderDialog(form: Form): IAdaptiveCard {
  return fitting((max) => drawForm(form, max), []);
}

function fitting(
  draw: (max: number, pictureOf: PictureOf) => CardElement[],
  pictures: PictureOf[],
): IAdaptiveCard {
  let body: CardElement[] = [];
  for (const max of limits.text)
    for (const pictureOf of pictures.length > 0 ? pictures : [noPicture]) {
      body = draw(max, pictureOf);
      if (fits(body)) return cardOf(body);
    }
  const shorter = withoutTexts(body);
  if (pictures.length > 0 && !fits(shorter)) return fitting(draw, []);
  return cardOf([...leftOut(shorter, () => true), ...paragraphs('…', 1)]);
}

const texts = new Set(['RichTextBlock', 'Container', 'ColumnSet']);

/** Leaves out texts from the end while it is too big, so that what can be pressed, filled in or seen stays. */
function withoutTexts(body: CardElement[]): CardElement[] {
  return leftOut(body, ({ type }) => texts.has(type));
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
