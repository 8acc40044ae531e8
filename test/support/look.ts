import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { adaptiveCardStyle, hostConfig } from './adaptive-card-style.ts';
import type { Theme } from './browser.ts';
import { fontFaces } from './fonts.ts';
import { type SlackSight, slackPage } from './slack-preview.ts';

/** `width` in CSS pixels: 640 is a desktop, 360 a phone. */
export type Look = { theme: Theme; width: number };

/** Writes a picture of a message, a modal or a home page as Slack would show it. */
export async function screenshotSlack(
  page: Page,
  sight: SlackSight,
  look: Look,
  path: string,
): Promise<void> {
  await page.setContent(slackPage(sight, look));
  await useFont(page, 'Lato');
  await shoot(page, path);
}

/**
 * Writes a picture of an Adaptive Card much as Teams would show it. Charts show their fallback. Throws when the card
 * cannot be rendered.
 */
export async function screenshotAdaptiveCard(
  page: Page,
  card: object,
  look: Look,
  path: string,
): Promise<void> {
  const style = `<style>${adaptiveCardStyle(look.theme)}</style>`;
  await page.setContent(
    `<!doctype html><meta charset="utf-8">${style}<body class="${look.theme}" style="width:${look.width}px"><main id="sight"></main>`,
  );
  await useFont(page, 'Segoe UI');
  await page.addScriptTag({ content: await renderer() });
  await page.evaluate(drawCard, { card, config: hostConfig(look.theme) });
  await shoot(page, path);
}

/** Beyond so many pixels a picture of twice the size breaks off. */
const highest = 8192;

async function shoot(page: Page, path: string): Promise<void> {
  const sight = page.locator('#sight');
  const { height = 0 } = (await sight.boundingBox()) ?? {};
  await sight.screenshot({ path, scale: 2 * height > highest ? 'css' : 'device' });
}

async function useFont(page: Page, family: string): Promise<void> {
  await page.addStyleTag({ content: fontFaces(family) });
  await page.evaluate(() => document.fonts.ready);
}

function renderer(): Promise<string> {
  return readFile(createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js'), 'utf8');
}

/** Runs in the page, where `AdaptiveCards` is a global. */
function drawCard({ card, config }: { card: object; config: object }): void {
  const { AdaptiveCard, HostConfig, SerializationContext, Versions } = window.AdaptiveCards;
  // Teams reads Markdown in text blocks; of that only what a card of ours may hold.
  AdaptiveCard.onProcessMarkdown = (text, result) => {
    const literal = text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
    result.outputHtml = literal.replace(/\*\*(.+?)\*\*/g, '<b>$1</b>').replace(/\n/g, '<br>');
    result.didProcess = true;
  };
  const drawn = new AdaptiveCard();
  drawn.hostConfig = new HostConfig(config);
  drawn.parse(card, new SerializationContext(Versions.v1_5));
  const element = drawn.render();
  if (!element) throw new Error('The Adaptive Card could not be rendered.');
  document.querySelector('#sight')?.append(element);
}

declare global {
  interface Window {
    AdaptiveCards: typeof import('adaptivecards');
  }
}
