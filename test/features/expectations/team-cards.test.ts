import { describe, expect, it } from 'vitest';
import type { Card } from '../../../src/chat/card.ts';
import { renderCard } from '../../../src/platforms/slack/render.ts';
import { renderAnswer } from '../../../src/platforms/teams/render.ts';
import { teamSights } from '../../support/expectation-team-sights.ts';

/** How often each button stands in it, by label. */
function labelsIn(drawn: unknown, labels: string[]): number[] {
  const text = JSON.stringify(drawn);
  return labels.map((label) => text.split(JSON.stringify(label)).length - 1);
}

function labelsOf({ elements }: Card): string[] {
  return elements.flatMap((element) =>
    element.kind === 'buttons' ? element.buttons.map(({ label }) => label) : [],
  );
}

describe.each(['nl', 'en'] as const)('the team’s cards in %s', (language) => {
  const cards = teamSights(language).flatMap(({ name, card }) => (card ? [[name, card] as const] : []));

  it.each(cards)('%s loses no button and no text on either platform', (_, card) => {
    const labels = labelsOf(card);
    const wanted = labels.map((label) => labels.filter((other) => other === label).length);
    for (const drawn of [renderCard(card, () => 'F1').blocks, renderAnswer(card, undefined)]) {
      const found = labelsIn(drawn, labels);
      for (const [at, count] of wanted.entries()) expect(found[at]).toBeGreaterThanOrEqual(count);
      const text = JSON.stringify(drawn);
      for (const element of card.elements)
        if (element.kind === 'text' && element.text.trim() !== '')
          expect(text).toContain(JSON.stringify(element.text).slice(1, -1));
        else if (element.kind === 'quote') expect(text).toContain(JSON.stringify(element.text).slice(1, -1));
    }
  });
});
