import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { dateOf } from '../../src/features/expectations/cards.ts';
import { type Playground, startPlayground } from '../../src/platforms/teams/playground.ts';
import { voice } from '../../src/text/say.ts';
import { type BelayProcess, startBelay } from '../support/belay-process.ts';
import { type Looking, launch } from '../support/browser.ts';
import { screenshotAdaptiveCard } from '../support/look.ts';
import { openPlayground, type PlaygroundPage } from '../support/playground.ts';
import { type Cast, openWire, type PlaygroundWire, type Shown } from '../support/playground-wire.ts';

/** With LOOK=1 the pictures of the README are made anew. */
const looking = process.env.LOOK === '1';
const phone = 290;
const folder = fileURLToPath(new URL('../screenshots/', import.meta.url));

const words = {
  nl: {
    add: 'klant toevoegen Acme',
    linkInternal: 'klant koppelen Acme intern',
    linkShared: 'klant koppelen Acme gedeeld',
    expect: 'verwacht: Meer creativiteit',
    second: 'verwacht: Sneller antwoord',
    dossier: 'klant Acme',
    raw: 'Meer creativiteit',
    quicker: 'Sneller antwoord',
    text: 'Elk kwartaal drie nieuwe ideeën voor ons magazijn.',
    seen: 'Ze staan op één blad, met wat ze kosten en opleveren.',
    why: 'De directeur vindt ons te afwachtend.',
    other: 'Elk kwartaal drie nieuwe ideeën voor ons magazijn. Wij kiezen er één om te proberen.',
  },
  en: {
    add: 'client add Acme',
    linkInternal: 'client link Acme internal',
    linkShared: 'client link Acme shared',
    expect: 'expect: More creativity',
    second: 'expect: Quicker answers',
    dossier: 'client Acme',
    raw: 'More creativity',
    quicker: 'Quicker answers',
    text: 'Every quarter three new ideas for our warehouse.',
    seen: 'They are on one sheet, with what they cost and what they bring.',
    why: 'Their director thinks that we wait too much.',
    other: 'Every quarter three new ideas for our warehouse. We choose one of them to try.',
  },
};

let browser: Looking;

/** The card that a press is answered with. */
const cardSchema = z.object({ value: z.looseObject({ type: z.literal('AdaptiveCard') }) });

/** What a button of this message sends with it. */
function subjectOf(message: Shown, verb: string): string {
  const [, id = ''] =
    new RegExp(`"verb":"${verb}","data":{"id":"([0-9a-f-]{36})"`).exec(written(message)) ?? [];
  return id;
}

function written(sight: unknown): string {
  return JSON.stringify(sight);
}

beforeAll(async () => {
  browser = await launch();
  if (looking) await mkdir(folder, { recursive: true });
}, 60_000);

afterAll(() => browser.close());

/** In one language: the cards are looked at in both elsewhere. */
const spoken = looking ? (['nl', 'en'] as const) : (['nl'] as const);

describe.each(spoken)('a client’s expectation in the sandbox, in %s', (language) => {
  const say = voice(language);
  const typed = words[language];
  const today = () => dateOf(Temporal.Now.instant(), { say, language, timeZone: 'Europe/Amsterdam' });
  let belay: BelayProcess;
  let playground: Playground;
  let wire: PlaygroundWire;
  let page: PlaygroundPage;
  let screen: Page;

  beforeAll(async () => {
    belay = await startBelay({ env: { BELAY_LANGUAGE: language } });
    const log = pino({ level: 'silent' });
    playground = await startPlayground({ port: 0, belayUrl: `${belay.url}/api/messages`, log });
    wire = await openWire(playground.url);
    screen = await browser.page({ width: 1280 });
    page = await openPlayground(screen, playground.url);
  }, 60_000);

  afterAll(async () => {
    wire.close();
    await playground.stop();
    expect(await belay.stop()).toBe(0);
  });

  async function picture(card: Locator, name: string): Promise<void> {
    if (!looking) return;
    const path = `${folder}teams-expectation-${name}-${language}`;
    await page.screenshot(card, `${path}.png`);
    await page.screenshot(card, `${path}-phone.png`, phone);
  }

  /** The page is always Anna's, so what a client sees alone is drawn beside it. */
  async function pictureOf(card: object, name: string): Promise<void> {
    if (!looking) return;
    const sheet = await browser.page({ width: 800 });
    const path = `${folder}teams-expectation-${name}-${language}`;
    for (const [width, ending] of [
      [480, ''],
      [phone + 32, '-phone'],
    ] as const) {
      await screenshotAdaptiveCard(sheet, card, { theme: 'light', width }, `${path}${ending}.png`);
      await sheet.locator('.ac-adaptiveCard').screenshot({ path: `${path}${ending}.png` });
    }
    await sheet.close();
  }

  /** The question as it stands before the client now. */
  function question(text: string): Promise<Shown> {
    return wire.message(new RegExp(`${text}.*expectations\\.confirm`), { conversation: 'channel-acme' });
  }

  /** What one of the cast is answered who presses a button of this message. */
  async function press(by: Cast, on: Shown, verb: string, more: object = {}): Promise<string> {
    return written(await wire.invokeAs(by, on, verb, { id: subjectOf(on, 'expectations.confirm'), ...more }));
  }

  function inAcme(): string {
    return written(wire.messages.filter(({ conversation }) => conversation.startsWith('channel-acme')));
  }

  test('adds the client, and links the channel of the team and the one that is shared', async () => {
    await page.open('Accountteam Acme - General');
    await page.say(typed.add);
    await page.card(say('clients.added', { client: 'Acme' }));
    await page.say(typed.linkInternal);
    await page.card(say('clients.linked-now-internal', { client: 'Acme' }));
    await page.open('Accountteam Acme - Acme');
    await page.say(typed.linkShared);
    await wire.message(new RegExp(say('teams.answered-privately')), { conversation: 'channel-acme' });
    await page.open('Personal Chat');
    await page.card(say('clients.linked-now-shared', { client: 'Acme' }));
  }, 60_000);

  test('notes what the client said, makes it concrete, and puts it before the client', async () => {
    await page.open('Accountteam Acme - General');
    await page.say(typed.expect);
    const noted = await page.card(say('expectations.noted-theirs', { client: 'Acme' }));
    expect(await noted.textContent()).toContain(typed.raw);
    expect(await noted.textContent()).toContain(say('expectations.ask-on'));
    await picture(noted, 'noted');
    await page.press(noted, say('expectations.concrete'));

    const form = await page.card(say('expectations.concrete-intro'));
    const own = form.getByLabel(say('expectations.concrete-text'));
    expect(await own.inputValue()).toBe(typed.raw);
    await page.fill(form, say('expectations.concrete-text'), typed.text);
    await page.fill(form, say('expectations.concrete-seen'), typed.seen);
    await page.fill(form, say('expectations.inside-why'), typed.why);
    await form.getByRole('radio', { name: say('expectations.importance-5') }).click();
    await page.press(form, say('settings.save'));
    const concrete = await page.card(say('expectations.now-concrete', { client: 'Acme' }));
    expect(await concrete.textContent()).toContain(typed.seen);
    await page.press(concrete, say('expectations.send'));
    await page.card(
      say('expectations.sent-in', { where: say('expectations.the-channel', { client: 'Acme' }) }),
    );
    await wire.say('team-id', typed.second, 'user-1');
  }, 60_000);

  test('is answered by the client alone, who words it otherwise', async () => {
    await page.open('Accountteam Acme - Acme');
    const asked = await page.card(say('confirm.title-theirs'));
    expect(await asked.textContent()).toContain(typed.seen);
    await picture(asked, 'question');

    const posted = await question(typed.text);
    expect(await press('user-1', posted, 'expectations.confirm')).toContain(
      say('error.expectation-own-team'),
    );
    await page.press(asked, say('confirm.yes'));
    await screen.getByText(say('error.expectation-own-team')).waitFor();
    expect(await asked.textContent()).toContain(say('confirm.title-theirs'));

    const form = await press('user-3', posted, 'expectations.correct');
    expect(form).toContain(say('confirm.what-instead'));
    expect(form).toContain(typed.text);
    const thanked = await press('user-3', posted, 'expectations.correct', { form: true, text: typed.other });
    expect(thanked).toContain(say('confirm.thanks-correct', { owner: 'Anna de Vries' }));
    const answered = await page.card(say('confirm.corrected', { name: 'Daan Visser', day: today() }));
    expect(await answered.textContent()).toContain(typed.other);

    await page.open('Accountteam Acme - General');
    const told = await page.card(say('expectations.told-corrected', { name: 'Daan Visser', client: 'Acme' }));
    expect(await told.textContent()).toContain(typed.text);
    expect(await told.textContent()).toContain(typed.other);
    await page.press(told, say('expectations.send-again'));
    await page.card(
      say('expectations.sent-in', { where: say('expectations.the-channel', { client: 'Acme' }) }),
    );
  }, 60_000);

  test('is put before the client again, confirmed, and told to the team', async () => {
    await page.open('Accountteam Acme - Acme');
    const asked = await page.card(say('confirm.title-theirs'));
    expect(await asked.textContent()).toContain(typed.other);
    const posted = await question(typed.other);
    expect(await press('user-4', posted, 'expectations.confirm')).toContain(
      say('confirm.thanks-theirs', { day: '' }).split('.')[0],
    );
    const answered = await page.card(say('confirm.confirmed', { name: 'Eva Jansen', day: today() }));
    expect(await answered.textContent()).toContain(typed.other);
    await picture(answered, 'answered');

    await page.open('Accountteam Acme - General');
    const confirmed = say('expectations.told-confirmed-theirs', { name: 'Eva Jansen', client: 'Acme' });
    await page.card(confirmed);
    await page.say(typed.dossier);
    const dossier = await page.card(say('clients.contacts'));
    const text = await dossier.textContent();
    for (const shown of [typed.other, 'Eva Jansen', 'Finn Mulder', typed.quicker])
      expect(text).toContain(shown);
    await picture(dossier, 'dossier');
  }, 60_000);

  test('shows a contact what was agreed, and nothing that is the team’s own', async () => {
    const answered = await wire.message(new RegExp(`${typed.other}.*Eva Jansen`), {
      conversation: 'channel-acme',
    });
    const own = cardSchema.parse(await wire.invokeAs('user-3', answered, 'expectations.mine', {})).value;
    const seen = written(own);
    const title = say('confirm.view-title', { client: 'Acme' });
    for (const shown of [title, typed.other, typed.seen, 'Eva Jansen']) expect(seen).toContain(shown);
    await pictureOf(own, 'mine');
    const [, link = ''] = /"url":"(http:[^"]+)"/.exec(seen) ?? [];
    const printed = await (await fetch(link)).text();
    expect(printed).toContain(typed.other);
    for (const inside of [typed.raw, typed.quicker, typed.why])
      for (const told of [seen, printed, inAcme()]) expect(told).not.toContain(inside);

    await page.open('Accountteam Acme - Acme');
    await page.press(
      await page.card(say('confirm.confirmed', { name: 'Eva Jansen', day: today() })),
      say('confirm.mine'),
    );
    const view = await page.card(say('confirm.view-team'));
    expect(await view.textContent()).toContain(typed.other);
  }, 60_000);
});
