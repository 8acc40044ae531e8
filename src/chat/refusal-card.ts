import type { Say } from '../text/say.ts';
import { type Card, line } from './card.ts';
import type { Refusal } from './refusal.ts';

/** What a person is shown: what is wrong, and what to do next. */
export function refusalCard(refusal: Refusal, say: Say): Card {
  const card = line(say(refusal.code, refusal.values));
  if (refusal.buttons.length > 0) card.elements.push({ kind: 'buttons', buttons: refusal.buttons });
  return card;
}
