import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { renderForm, renderHome } from '../src/platforms/slack/modal.ts';
import { renderCard, withForm } from '../src/platforms/slack/render.ts';
import { picturesOf } from '../src/platforms/teams/pictures.ts';
import { renderAnswer, renderForm as renderTeamsForm } from '../src/platforms/teams/render.ts';
import { gallery } from './support/gallery.ts';
import { messageErrors, viewErrors } from './support/slack/block-kit.ts';
import { complaintsAbout } from './support/teams/adaptive-card.ts';

/** 40 KB of UTF-16 is what a Teams message may be; a third of that is left for what surrounds the card. */
const teamsUnits = 18_000;

describe.each(['nl', 'en'] as const)('every card and form in %s', (language) => {
  it.each(gallery(language).map((sight) => [sight.name, sight] as const))('%s', async (_, { card, form }) => {
    if (card) {
      const { text, blocks } = renderCard(withForm(card, form), () => 'F0123456789');
      expect(text).not.toBe('');
      expect(messageErrors(blocks)).toEqual([]);
      expect(viewErrors(renderHome(card))).toEqual([]);
    }
    if (form) expect(viewErrors(renderForm(form, 'C1'))).toEqual([]);
    const pictures = card && (await picturesOf(card, pino({ level: 'silent' })));
    const drawn = card ? renderAnswer(card, form, pictures) : form && renderTeamsForm(form);
    expect(complaintsAbout(drawn ?? {})).toEqual([]);
    expect(JSON.stringify(drawn).length).toBeLessThan(teamsUnits);
  });
});
