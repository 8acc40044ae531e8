import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { voice } from '../../src/text/say.ts';
import { moveGradesBack } from '../support/earlier-grades.ts';
import { screenshotAdaptiveCard } from '../support/look.ts';
import type { Cast, Shown } from '../support/playground-wire.ts';
import { type TriedSandbox, trySandbox } from '../support/sandbox.ts';

/** Grades in the sandbox: the client is asked and answers, the team reads what it says, and what it does is shared. */

/** With LOOK=1 the pictures of the README are made anew. */
const looking = process.env.LOOK === '1';
const phone = 290;
const folder = fileURLToPath(new URL('../screenshots/', import.meta.url));

const say = voice('nl');
const [general, acme, own] = ['team-id', 'channel-acme', 'personal-chat-1'];
const channels = { team: 'Accountteam Acme - General', shared: 'Accountteam Acme - Acme' } as const;
const expected = 'Elk kwartaal drie nieuwe ideeën';
const missed = 'Dit kwartaal hoorden wij niets.';
const praise = 'Bram neemt altijd op.';
const promise = 'Drie ideeën op één blad, vóór de kerst.';

let browser: TriedSandbox['browser'];
let belay: TriedSandbox['belay'];
let wire: TriedSandbox['wire'];
let page: TriedSandbox['page'];
let close: TriedSandbox['close'];

beforeAll(async () => {
  if (looking) await mkdir(folder, { recursive: true });
  ({ browser, belay, wire, page, close } = await trySandbox());
}, 60_000);

afterAll(() => close());

/** The card that a press is answered with. */
const cardSchema = z.object({ value: z.looseObject({ type: z.literal('AdaptiveCard') }) });

function written(sight: unknown): string {
  return JSON.stringify(sight);
}

function saidIn(...places: string[]): string {
  return written(
    wire.messages.filter(({ conversation }) => places.some((at) => conversation.startsWith(at))),
  );
}

/** Presses a button of what somebody sees: of the message itself, or of the card that stands in its place for him. */
function press(by: Cast, on: Shown, verb: string, more: object = {}, seen: unknown = on.content) {
  const found = new RegExp(`"verb":"${verb}","data":\\{(?:"form":true,)?"id":"([^"]+)"`).exec(written(seen));
  return wire.invokeAs(by, on, verb, { ...(found && { id: found[1] }), ...more });
}

/** Somebody of the client's opens the questions from the card in his channel, and sends these answers. */
async function grade(by: Cast, card: Shown, answers: Record<string, string>): Promise<string> {
  const form = await press(by, card, 'kti.open');
  return written(await press(by, card, 'kti.grade', { form: true, ...answers }, form));
}

/** Writes into a form as a person does: after a click, before which the page may still draw it anew. */
async function write(form: Locator, label: string, text: string): Promise<void> {
  await form.getByLabel(label).click();
  await page.fill(form, label, text);
}

async function picture(card: Locator, name: string): Promise<void> {
  if (!looking) return;
  await page.screenshot(card, `${folder}teams-${name}-nl.png`);
  await page.screenshot(card, `${folder}teams-${name}-nl-phone.png`, phone);
}

/** The page is always Anna's, so what a client sees alone is drawn beside it. */
async function pictureOf(answer: unknown, name: string): Promise<void> {
  if (!looking) return;
  const sheet = await browser.page({ width: 800 });
  const card = cardSchema.parse(answer).value;
  for (const [theme, width, ending] of [
    ['light', 480, ''],
    ['dark', phone + 32, '-phone'],
  ] as const) {
    const path = `${folder}teams-${name}-nl${ending}.png`;
    await screenshotAdaptiveCard(sheet, card, { theme, width }, path);
  }
  await sheet.close();
}

test('the client has confirmed what it expects, and was asked for grades a while ago', async () => {
  await wire.say(general, 'klant toevoegen Acme');
  await wire.message(/Acme is toegevoegd/);
  await wire.say(general, 'klant koppelen Acme intern');
  await wire.message(/interne kanaal van Acme/);
  await wire.say(acme, 'klant koppelen Acme gedeeld');
  await wire.message(/gedeelde kanaal/, { conversation: own });
  await wire.say(general, `verwacht: ${expected}`);
  const noted = await wire.message(/expectations\.send"/, { conversation: general });
  const anyway = await press('user-0', noted, 'expectations.send');
  await press('user-0', noted, 'expectations.send-anyway', {}, anyway);
  const question = await wire.message(/expectations\.confirm/, { conversation: acme });
  await press('user-3', question, 'expectations.confirm');

  await wire.say(general, 'kti vragen Acme');
  const card = await wire.message(/kti\.open/, { conversation: acme });
  await grade('user-3', card, { 'grade-1': '8', 'grade-2': '8' });
  await grade('user-4', card, { 'grade-1': '9' });
  await wire.say(general, 'kti overzicht Acme');
  const running = await wire.message(/kti\.close/, { conversation: own });
  await press('user-0', running, 'kti.close');
  await wire.message(/De eerste cijfers/, { conversation: general });
  await wire.message(new RegExp(say('kti.ended-closed')), { conversation: acme });
  await moveGradesBack(belay.env.DATABASE_URL ?? '', 'Acme', 60);
}, 60_000);

test('the client is asked in its channel, and each gives his grades alone', async () => {
  await page.open(channels.team);
  await page.say('kti vragen Acme');
  await page.card(say('kti.asked', { client: 'Acme', count: 3 }));
  await page.open(channels.shared);
  const shown = await page.card(say('kti.questions', { count: 3 }));
  await picture(shown, 'kti-question');
  await page.press(shown, say('kti.open'));

  const card = await wire.message(/kti\.open/, { conversation: acme });
  const form = await press('user-3', card, 'kti.open');
  expect(written(form).match(/"Input.ChoiceSet"/g)).toHaveLength(3);
  await pictureOf(form, 'kti-form');
  expect(await grade('user-3', card, { 'why-1': missed })).toContain(
    say('error.kti-why-alone', { number: 1 }),
  );
  const thanked = await grade('user-3', card, { 'grade-1': '5', 'why-1': missed });
  expect(thanked).toContain(say('kti.thanks', { count: 1 }));
  await grade('user-4', card, { 'grade-1': '7' });
  await grade('user-5', card, { 'grade-1': '8', 'grade-2': '9', 'why-2': praise });
  await page.open('Personal Chat');
  const alert = await page.card(say('follow.title', { name: 'Daan Visser', grade: 5, to: 10 }));
  expect(await alert.textContent()).toContain(missed);
  await page.press(alert, say('follow.call'));
  await page.card(say('follow.calling', { owner: 'Anna de Vries' }));
  expect(saidIn(acme, 'group-chat')).not.toMatch(/hoorden wij niets|neemt altijd op/);
}, 60_000);

test('the team reads what it says in its own channel, with a picture, and starts an action', async () => {
  await wire.say(own, 'kti overzicht Acme');
  await page.open('Personal Chat');
  const running = await page.card(say('kti.takeaway-action', { count: 1, of: 3 }));
  await page.press(running, say('kti.close'));
  await page.press(running, say('kti.close-yes'));
  await page.card(say('kti.closed-now', { client: 'Acme' }));
  await page.open(channels.team);
  const summary = await page.card(say('kti.takeaway-action', { count: 1, of: 3 }));
  const text = await summary.textContent();
  for (const words of [missed, praise, 'Daan Visser', say('kti.verdict-action')])
    expect(text).toContain(words);
  expect(await summary.getByRole('img').count()).toBe(1);
  await picture(summary, 'kti-summary');

  await page.press(summary, say('kti.summary-act'));
  await page.open('Personal Chat');
  const form = await page.card(say('actions.notice', { client: 'Acme' }));
  await picture(form, 'kti-action');
  await write(form, say('actions.due'), 'over twee weken');
  await write(form, say('actions.notice', { client: 'Acme' }), promise);
  await page.press(form, say('actions.start-send'));
  const started = await page.card(say('actions.started'));
  expect(await started.textContent()).toContain('De verwachting doorspreken met collega’s');
}, 60_000);

test('on purpose the client is told what becomes of its grades, without names', async () => {
  await page.open(channels.team);
  await page.press(await page.card(say('kti.verdict-action')), say('kti.share'));
  await page.open('Personal Chat');
  const form = await page.card(say('kti.share-about', { client: 'Acme' }));
  expect(await form.textContent()).toContain(promise);
  expect(await form.getByLabel(say('kti.share-words')).inputValue()).toBe('');
  await write(form, say('kti.share-words'), promise);
  await write(form, say('kti.share-said'), 'U mist nieuwe ideeën.');
  await picture(form, 'kti-share');
  await page.press(form, say('kti.share-send'));
  await page.card(say('kti.shared', { client: 'Acme' }));
  await page.open(channels.shared);
  const told = await page.card(say('kti.shared-title'));
  expect(await told.textContent()).toMatch(/6,7 \(3 mensen\).*U mist nieuwe ideeën.*vóór de kerst/);
  await picture(told, 'kti-shared');
  expect(saidIn(acme, 'group-chat')).not.toMatch(
    /hoorden wij niets|neemt altijd op|doorspreken|Cijfers van|gaf een|kti\.(share|close)/,
  );
}, 60_000);
