import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Page } from 'playwright-core';
import { isPictured } from '../src/chat/card.ts';
import { drawPicture } from '../src/pictures/draw.ts';
import { renderForm, renderHome } from '../src/platforms/slack/modal.ts';
import { renderCard, withForm } from '../src/platforms/slack/render.ts';
import { picturesOf } from '../src/platforms/teams/pictures.ts';
import { renderAnswer, renderForm as renderTeamsForm } from '../src/platforms/teams/render.ts';
import { launch, type Theme } from './support/browser.ts';
import { gallery, type Sight } from './support/gallery.ts';
import { screenshotAdaptiveCard, screenshotSlack } from './support/look.ts';
import type { SlackSight } from './support/slack-preview.ts';

/**
 * `npm run look [NAME…]`: pictures of every card and form, or of those named, on both platforms, in both languages, light
 * and dark, at a desktop's and a phone's width, for people to look at. They are not kept.
 */
const folder = new URL('./look/', import.meta.url).pathname;
const widths = { slack: [640, 360], teams: [480, 290] };
const themes: Theme[] = ['light', 'dark'];

async function main(names: string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const looking = await launch();
  const page = await looking.page({ width: 800, height: 2400 });
  for (const language of ['nl', 'en'] as const)
    for (const sight of gallery(language))
      if (names.length === 0 || names.includes(sight.name)) await lookAt(page, language, sight);
  await looking.close();
  process.stdout.write(`Look into ${folder}\n`);
}

async function lookAt(page: Page, language: string, sight: Sight): Promise<void> {
  for (const theme of themes) {
    const path = (platform: string, width: number) =>
      join(folder, `${sight.name}-${platform}-${language}-${theme}-${width}.png`);
    for (const width of widths.slack)
      await screenshotSlack(page, await onSlack(sight), { theme, width }, path('slack', width));
    for (const width of widths.teams)
      await screenshotAdaptiveCard(page, await onTeams(sight), { theme, width }, path('teams', width));
  }
}

async function onSlack({ name, card, form }: Sight): Promise<SlackSight> {
  if (!card) return { view: form ? renderForm(form, 'C1') : renderHome({ summary: '', elements: [] }) };
  const pictures: Record<string, Buffer> = {};
  for (const element of card.elements.filter(isPictured)) pictures[element.kind] = await drawPicture(element);
  const { blocks } = renderCard(withForm(card, form), ({ kind }) => kind);
  return { blocks, pictures, ephemeral: /voted|thanks|asked|private|refused|settings/.test(name) };
}

async function onTeams({ card, form }: Sight): Promise<object> {
  if (card) return renderAnswer(card, form, await picturesOf(card, pino({ level: 'silent' })));
  if (form) return renderTeamsForm(form);
  throw new Error('There is nothing to look at.');
}

await main(process.argv.slice(2));
