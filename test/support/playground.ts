import type { Locator, Page } from 'playwright-core';
import { fontFaces } from './fonts.ts';

type Conversation =
  | 'Personal Chat'
  | 'Accountteam'
  | 'Accountteam Acme - General'
  | 'Accountteam Acme - Acme';

export type PlaygroundPage = {
  open(conversation: Conversation): Promise<void>;
  /** Types and sends, in a channel as a new post that mentions Belay. `@Eva Jansen` becomes a mention. */
  say(text: string): Promise<void>;
  /** The newest card in the open conversation that shows this text; waits for it. */
  card(text: string | RegExp): Promise<Locator>;
  /** Waits until no card in the open conversation shows this text. */
  gone(text: string): Promise<void>;
  /** Presses a button of the card by its visible name, or else by its spoken one. */
  press(card: Locator, name: string): Promise<void>;
  /** Fills the card's text field with this label. */
  fill(card: Locator, label: string, value: string): Promise<void>;
  /** Writes a picture of the card, as wide as on a phone when asked. */
  screenshot(card: Locator, path: string, width?: number): Promise<void>;
};

/** On a narrower page the list of conversations slides out of sight. */
const size = { width: 1280, height: 900 };

/** The Playground's page at `url`, with Anna at the keys. Belay must be running: the page waits for it. */
export async function openPlayground(page: Page, url: string): Promise<PlaygroundPage> {
  await page.setViewportSize(size);
  await page.goto(url);
  await page.getByRole('treeitem', { name: 'Personal Chat' }).waitFor({ timeout: 30_000 });
  // Its style sheets name these beside Segoe UI; without it they would end at a font much wider than Teams'.
  for (const family of ['-apple-system', 'Tahoma']) await page.addStyleTag({ content: fontFaces(family) });
  await page.getByRole('button', { name: 'Hide log panel' }).click();
  let here: Conversation = 'Personal Chat';
  const inChannel = () => here.startsWith('Accountteam Acme');
  return {
    async open(conversation) {
      await page.getByRole('treeitem', { name: conversation, exact: true }).click();
      here = conversation;
      const button = inChannel() ? 'Post' : 'Send Message';
      await page.getByRole('button', { name: button, exact: true }).last().waitFor();
    },
    async say(text) {
      const editors = page.locator('[data-lexical-editor=true]');
      // The editor of a new post stands above the threads, that of a chat below its messages.
      await (inChannel() ? editors.first() : editors.last()).click();
      if (here !== 'Personal Chat') await mention(page, 'Belay', ' ');
      await type(page, text);
      const send = inChannel()
        ? page.getByRole('button', { name: 'Post', exact: true })
        : page.getByRole('button', { name: 'Send Message' });
      await send.click();
    },
    async card(text) {
      // Newest thread first in a channel, newest message last in a chat.
      const card = page.locator('.ac-adaptiveCard').filter({ hasText: text });
      const found = inChannel() ? card.first() : card.last();
      await found.waitFor();
      return found;
    },
    async gone(text) {
      await page.locator('.ac-adaptiveCard').filter({ hasText: text }).first().waitFor({ state: 'detached' });
    },
    async press(card, name) {
      await card.getByRole('button', { name, exact: true }).first().click();
    },
    async fill(card, label, value) {
      await card.getByLabel(label).fill(value);
    },
    async screenshot(card, path, width) {
      const style = width ? `.ac-preview-panel { width: ${width}px !important; }` : '';
      // The page scrolls inside itself, so what does not fit would be cut off.
      await page.setViewportSize({ ...size, height: 3000 });
      await card.screenshot({ path, style });
      await page.setViewportSize(size);
    },
  };
}

/** Types a text, its `@Name`s by the menu, as a person does. */
async function type(page: Page, text: string): Promise<void> {
  const parts = text.split(/@(Bram Bakker|Carla Smit|Daan Visser|Eva Jansen|Finn Mulder)/);
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 1) await mention(page, part, '');
    else if (part) await page.keyboard.insertText(part);
  }
}

async function mention(page: Page, name: string, after: string): Promise<void> {
  await page.keyboard.type('@');
  await page.getByRole('menuitem', { name }).click();
  if (after) await page.keyboard.insertText(after);
}
