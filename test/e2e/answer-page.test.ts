import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { featuresOf } from '../../src/features/features.ts';
import type { Store } from '../../src/store/database.ts';
import { kernelMigrations } from '../../src/store/kernel-migrations.ts';
import { openStore } from '../../src/store/open.ts';
import { asking, migrations, openPages } from '../support/answer-page.ts';
import { type Looking, launch, type Theme } from '../support/browser.ts';
import { newDatabase } from '../support/databases.ts';
import { acme, anna, type House, openHouse } from '../support/house.ts';

/** With LOOK=1 the pictures of the README are made anew. */
const looking = process.env.LOOK === '1';
const folder = fileURLToPath(new URL('../screenshots/', import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];

const widths = { desktop: 800, phone: 320 };
const languages = ['nl', 'en'] as const;
const themes: Theme[] = ['light', 'dark'];
/** Each language, each theme and each width with each other: a fault of all three at once there is not. */
const looks: { language: (typeof languages)[number]; theme: Theme; width: number }[] = [
  { language: 'nl', theme: 'light', width: widths.desktop },
  { language: 'nl', theme: 'dark', width: widths.phone },
  { language: 'en', theme: 'light', width: widths.phone },
  { language: 'en', theme: 'dark', width: widths.desktop },
];

let browser: Looking;
let store: Store;
let remove: () => Promise<void>;
let house: House;
let belay: Awaited<ReturnType<typeof openPages>>;

beforeAll(async () => {
  const database = await newDatabase('sqlite');
  remove = database.remove;
  const features = [...featuresOf({ sandbox: true }), asking];
  const all = Object.assign({}, kernelMigrations, migrations, ...features.map((one) => one.migrations ?? {}));
  store = await openStore(database.url, all);
  belay = await openPages(store, features);
  house = await openHouse(store);
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
  await belay.stop();
  await store.close();
  await remove();
});

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate((values) => window.axe.run({ runOnly: { type: 'tag', values } }), rules);
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** A poll that the team asks its client, and the link of one of its contacts who is not in this chat. */
async function invited(command: string, language: 'nl' | 'en'): Promise<string> {
  const place = { ...acme, id: `acme-${command}-${language}` };
  await house.people.savePlace('T1', { ...place, checkedAt: house.time.now().toString() });
  await house.say({ ...anna, language }, place, command);
  const [poll] = (await sql<{ id: string }>`select id from poll order by id desc limit 1`.execute(store.db))
    .rows;
  // Each time another contact: nobody is asked as often as this.
  const fields = { addresses: `eva-${place.id.replaceAll(' ', '-')}@acme.example`, language };
  await house.submit(anna, place, 'polls.invite', poll?.id ?? '', fields);
  const sent = JSON.stringify(await house.settle());
  const [, invitation = ''] = /polls\.answer\/([\w-]+)/.exec(sent) ?? [];
  return belay.link(invitation, 'polls.answer');
}

/** What one can press and is smaller than a finger, and whether the page is wider than its window. */
async function tooSmall(page: Page): Promise<string[]> {
  const boxes = await page
    .locator('input, textarea, button, a')
    .evaluateAll((all) => all.map((one) => ({ html: one.outerHTML, box: one.getBoundingClientRect() })));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  const small = boxes.filter(({ box }) => box.width < 44 || box.height < 44);
  return [...small.map(({ html }) => html), ...(wide ? ['the page scrolls sideways'] : [])];
}

describe.each(looks)('in $language, $theme, $width px wide', ({ language, theme, width }) => {
  it('asks, refuses, thanks and says what does not work, so that everybody can use it', async () => {
    const page = await browser.page({ width, height: 700, theme });
    const subject = `${language}-${theme}-${width}`;
    await page.goto(belay.link(subject));
    const check = async () => {
      expect(await violations(page)).toEqual([]);
      expect(await tooSmall(page)).toEqual([]);
    };
    await check();
    await page.getByRole('radio', { name: /\b8\b/ }).check();
    await page.getByRole('textbox').fill('This is too much <b>for me</b>');
    await check();
    await page.locator('button').click();
    await page.locator('.wrong').waitFor();
    await check();
    await page.getByRole('textbox').fill('Well <b>done</b>');
    await page.locator('button').click();
    expect(await page.getByRole('blockquote').innerText()).toBe('Well <b>done</b>');
    await check();
    await page.goto(`${belay.link(subject)}x`);
    await check();
  });
});

it.each([
  ['nps vragen over de samenwerking', 11],
  ['ces vragen anoniem', 7],
  ['csat vragen over de overgang', 5],
])('asks a poll the whole way: %s', async (command, grades) => {
  const page = await browser.page({ width: 320, theme: 'dark' });
  const link = await invited(command, 'nl');
  await page.goto(link);
  expect(await page.getByRole('radio').count()).toBe(grades);
  expect([await violations(page), await tooSmall(page)]).toEqual([[], []]);
  await page.getByRole('radio').nth(2).check();
  await page.getByRole('textbox').fill('Omdat het kan');
  await page.locator('button').click();
  await page.locator('form').waitFor({ state: 'detached' });
  expect([await violations(page), await tooSmall(page)]).toEqual([[], []]);
  const thanks = await page.locator('main').innerText();
  expect(await page.locator('form').count()).toBe(0);
  await page.goto(link);
  expect(await page.locator('main').innerText()).toBe(thanks);
});

it('is answered by keyboard alone, without JavaScript', async () => {
  const page = await browser.page({ width: 800, javaScript: false });
  await page.goto(belay.link('en-keyboard'));
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await page.keyboard.type('By keyboard');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Thank you' }).waitFor();
  expect(await page.locator('main').innerText()).toContain('You answered 2.');
  await page.reload().catch(() => undefined);
});

it('changes its language and keeps the grade of the link; loading it again does not answer again', async () => {
  const page = await browser.page({ width: 320 });
  await page.goto(`${belay.link('nl-switch')}?grade=7`);
  await page.getByRole('link', { name: 'Read this in English' }).click();
  await page.locator('html[lang=en]').waitFor();
  expect(await page.getByRole('radio', { name: '7 out of 10' }).isChecked()).toBe(true);
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('heading', { name: 'Thank you' }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'Thank you' }).waitFor();
  expect(belay.logged).toEqual([]);
});

it('shows hostile words as words', async () => {
  const page = await browser.page({ width: 320 });
  await page.goto(belay.link('en-hostile'));
  await page.getByRole('radio', { name: '3 out of 10' }).check();
  const hostile = `"><script>document.title='hacked'</script><img src=x onerror="document.title='hacked'"> too much </textarea><b>`;
  await page.getByRole('textbox').fill(hostile);
  await page.getByRole('button').click();
  await page.locator('.wrong').waitFor();
  expect(await page.getByRole('textbox').inputValue()).toBe(hostile);
  expect(await page.locator('script, img, b').count()).toBe(0);
  expect(await page.title()).not.toContain('hacked');
});

if (looking)
  it('is looked at', async () => {
    const commands = { nl: 'nps vragen over de overgang', en: 'nps ask about the move' };
    for (const language of languages) {
      const link = await invited(commands[language], language);
      for (const theme of themes)
        for (const [name, width] of Object.entries(widths)) {
          const page = await browser.page({ width, height: 600, theme });
          await page.goto(`${link}?grade=8`);
          const phone = name === 'phone';
          const kept = phone === (theme === 'dark');
          const path = kept
            ? `${folder}answer-page-${language}${phone ? '-phone' : ''}.png`
            : `${folder}../look/answer-page-${language}-${theme}-${width}.png`;
          await page.screenshot({ path, fullPage: true });
        }
    }
  }, 120_000);

declare global {
  interface Window {
    axe: typeof import('axe-core');
  }
}
