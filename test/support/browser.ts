import { setTimeout as pause } from 'node:timers/promises';
import packed from '@sparticuz/chromium';
import { type Browser, chromium, type Page } from 'playwright-core';

export type Theme = 'light' | 'dark';

export type Looking = {
  /** A new page with nothing of the others in it. Width and height in CSS pixels, drawn at twice that. */
  page(options: { width: number; height?: number; theme?: Theme; javaScript?: boolean }): Promise<Page>;
  close(): Promise<void>;
};

/** Starts the browser that comes with the npm packages. Throws when it cannot. */
export async function launch(): Promise<Looking> {
  const browser = await start(5);
  return {
    async page({ width, height = 900, theme = 'light', javaScript = true }) {
      const context = await browser.newContext({
        viewport: { width, height },
        deviceScaleFactor: 2,
        colorScheme: theme,
        locale: 'en-GB',
        javaScriptEnabled: javaScript,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      return page;
    },
    close: () => browser.close(),
  };
}

async function start(attempts: number): Promise<Browser> {
  try {
    const executablePath = await packed.executablePath();
    // Without a graphics card its stand-in would draw every frame twice as dearly as the browser does itself.
    const args = [...packed.args, '--disable-gpu'];
    return await chromium.launch({ args, executablePath, headless: true });
  } catch (cause) {
    // Its first use unpacks it into the temporary folder, and another process may be half-way with that.
    if (attempts > 1) return pause(2_000).then(() => start(attempts - 1));
    const message =
      'The browser for tests did not start (playwright-core with @sparticuz/chromium): run `npm ci`.';
    throw new Error(message, { cause });
  }
}
