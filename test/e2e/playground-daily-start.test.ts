import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { voice } from '../../src/text/say.ts';
import { type Row, rowsOf } from '../support/rows.ts';
import { type TriedSandbox, trySandbox } from '../support/sandbox.ts';
import { eventually } from '../support/slack/at-work.ts';

/** The daily start in the sandbox as one tries it alone: with examples, from its first card to its summary. */

/** With LOOK=1 the pictures of the README are made anew. */
const looking = process.env.LOOK === '1';
const folder = fileURLToPath(new URL('../screenshots/', import.meta.url));

const say = voice('nl');
const general = 'Accountteam Acme - General';
const said = 'De chauffeur belde niet dat hij later kwam.';
const praise = 'Binnen een uur een antwoord, ook op vrijdagmiddag.';
const learned = 'Wie vooraf belt, krijgt geen klacht.';
const promised = 'Acme bellen over de levering';

let belay: TriedSandbox['belay'];
let wire: TriedSandbox['wire'];
let page: TriedSandbox['page'];
let close: TriedSandbox['close'];

beforeAll(async () => {
  if (looking) await mkdir(folder, { recursive: true });
  ({ belay, wire, page, close } = await trySandbox());
}, 60_000);

afterAll(() => close());

function written(sight: unknown): string {
  return JSON.stringify(sight);
}

function rows(query: string): Promise<Row[]> {
  return rowsOf(belay.env.DATABASE_URL ?? '', query);
}

async function picture(card: Locator, name: string): Promise<void> {
  if (looking) await page.screenshot(card, `${folder}teams-${name}-nl.png`);
}

/** The form that a button in the channel leads to, in the conversation with Belay alone, as Anna finds it there. */
async function formFrom(card: Locator, button: string, title: string): Promise<Locator> {
  await page.press(card, button);
  await page.card(say('teams.answered-privately'));
  await page.open('Personal Chat');
  return page.card(title);
}

/** Writes into the form as a person does: after a click, before which the page may still draw it anew. */
async function write(form: Locator, label: string, text: string): Promise<void> {
  await form.getByLabel(label).click();
  await page.fill(form, label, text);
  await page.press(form, say('settings.save'));
}

test('the start card fills the sandbox with examples', async () => {
  await page.open(general);
  await page.say('klant toevoegen Acme');
  await page.card(say('clients.added', { client: 'Acme' }));
  await page.say('klant koppelen Acme intern');
  await page.card(say('clients.linked-now-internal', { client: 'Acme' }));
  await page.say('');
  await page.press(await page.card(say('hub.title')), say('sandbox.fill'));
  const filled = await page.card(/Er staan nu drie maanden aan voorbeelden/);
  expect(await filled.textContent()).toContain('“dagstart nu” in dit kanaal');
  expect(await rows("select id from client where name <> 'Acme'")).not.toEqual([]);
}, 60_000);

test('the daily start is pressed in the channel, and its forms come in one’s own conversation', async () => {
  await wire.say('team-id', `compliment Acme: ${praise}`, 'user-1');
  await eventually(async () =>
    expect(await rows(`select * from feedback where text = '${praise}'`)).toHaveLength(1),
  );
  await page.open(general);
  await page.say('dagstart nu');
  const card = await page.card(say('daily-start.ask'));
  expect(await card.textContent()).toContain(`Compliment van Acme: “${praise}” (Bram Bakker)`);
  await page.press(card, 'goed');
  await page.card(say('daily-start.part', { names: 'Anna de Vries' }));
  await page.press(card, say('daily-start.nothing'));
  expect(await card.getByRole('textbox').count()).toBe(0);

  const form = await formFrom(card, say('daily-start.complaint'), say('feedback.form-complaint'));
  await form.getByRole('radio', { name: 'Acme', exact: true }).click();
  await write(form, say('feedback.text-complaint'), said);
  await page.card(say('feedback.brought-complaint', { client: 'Acme' }));

  await page.open(general);
  const came = await page.card(say('daily-start.came'));
  expect(await came.textContent()).toContain(`Klacht van Acme: “${said}” (Anna de Vries)`);
  expect(await came.textContent()).toContain(say('daily-start.ask'));
  await picture(came, 'daily-start');
}, 60_000);

test('it is closed with its summary, which people add to', async () => {
  await page.open(general);
  await page.say('dagstart sluiten');
  await page.card(say('daily-start.is-closed'));
  const summary = await page.card(/Gesloten om \d\d:\d\d/);
  expect(await summary.textContent()).toContain(said);
  await page.gone(say('daily-start.ask'));
  const learn = await formFrom(summary, say('daily-start.button-learn'), say('daily-start.form-learn'));
  await write(learn, say('daily-start.what-learned'), learned);
  await page.card(say('daily-start.learned-kept'));

  await page.open(general);
  const deed = await formFrom(
    await page.card(learned),
    say('daily-start.button-deed'),
    say('daily-start.form-deed'),
  );
  await write(deed, say('daily-start.what-deed'), promised);
  await page.card(/Anna de Vries doet het/);

  await page.open(general);
  const all = await page.card(promised);
  expect(await all.textContent()).toMatch(
    new RegExp(`${learned} \\(Anna de Vries\\).*Anna de Vries: ${promised}`),
  );
  await picture(all, 'daily-start-summary');
  expect(written(wire.messages.filter(({ conversation }) => /acme|group/.test(conversation)))).not.toMatch(
    /[Dd]agstart|daily-start|chauffeur/,
  );
}, 60_000);

test('the examples go as they came, and what one made oneself stays', async () => {
  await page.open('Personal Chat');
  await page.say('hoi');
  await page.press(await page.card(say('hub.title')), say('sandbox.clear'));
  await page.card(say('sandbox.cleared'));
  expect(await rows('select name from client')).toEqual([{ name: 'Acme' }]);
  const kept = await rows('select text from feedback order by text');
  expect(kept).toEqual([{ text: praise }, { text: said }]);
}, 60_000);
