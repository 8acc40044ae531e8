import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Playground, startPlayground } from '../../src/platforms/teams/playground.ts';
import { voice } from '../../src/text/say.ts';
import { type BelayProcess, startBelay } from '../support/belay-process.ts';
import { type Looking, launch } from '../support/browser.ts';
import { openPlayground, type PlaygroundPage } from '../support/playground.ts';
import { type Cast, openWire, type PlaygroundWire, type Shown } from '../support/playground-wire.ts';

/** With LOOK=1 the pictures of the README are made anew. */
const looking = process.env.LOOK === '1';
const phone = 290;
const folder = fileURLToPath(new URL('../screenshots/', import.meta.url));

const words = {
  nl: {
    ask: 'nps vragen over de samenwerking',
    close: 'nps sluiten',
    score: '+17',
    all: '6 van 6',
    why: 'Jullie denken mee & bellen terug',
    complaint: 'De overgang duurde langer dan beloofd, en niemand zei het ons.',
  },
  en: {
    ask: 'nps ask about working together',
    close: 'nps close',
    score: '+17',
    all: '6 of 6',
    why: 'You think along & call back',
    complaint: 'The move took longer than promised, and nobody told us.',
  },
};

let browser: Looking;

function inAcme({ conversation }: Shown): boolean {
  return conversation.startsWith('channel-acme');
}

beforeAll(async () => {
  browser = await launch();
  if (looking) await mkdir(folder, { recursive: true });
}, 60_000);

afterAll(() => browser.close());

describe.each(['nl', 'en'] as const)('somebody tries the sandbox, in %s', (language) => {
  const say = voice(language);
  const { ask, close, score, all, why, complaint } = words[language];
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
    await page.screenshot(card, `${folder}teams-${name}-${language}.png`);
    await page.screenshot(card, `${folder}teams-${name}-${language}-phone.png`, phone);
  }

  function idOf(poll: Shown): string {
    const [, id = ''] = /"id":"([0-9a-f-]{36})"/.exec(JSON.stringify(poll.content)) ?? [];
    return id;
  }

  async function vote(by: Cast, poll: Shown, grade: number): Promise<unknown> {
    return wire.invokeAs(by, poll, `polls.vote.${grade}`, { id: idOf(poll) });
  }

  test('asks, answers, says why, thinks again, closes and reads the result', async () => {
    await page.open('Accountteam Acme - General');
    await picture(await page.card(say('welcome.title')), 'welcome');
    await page.say(ask);
    const poll = await page.card(say('polls.nps.low'));
    await picture(poll, 'poll');
    if (looking) await screen.screenshot({ path: `${folder}sandbox-${language}.png` });
    await page.press(poll, say('polls.spoken', { grade: 8, to: 10 }));

    const voted = await page.card(say('polls.voted', { grade: 8 }));
    await picture(voted, 'voted');
    await page.fill(voted, say('polls.why-label', { grade: 8 }), why);
    await page.press(voted, say('polls.why-send'));
    const explained = await page.card(why);
    await page.press(explained, say('polls.change'));
    await page.press(await page.card(say('polls.nps.low')), say('polls.spoken', { grade: 9, to: 10 }));
    await page.card(say('polls.voted', { grade: 9 }));

    const posted = await wire.message(/polls\.vote/, { conversation: 'team-id' });
    const grades: [Cast, number][] = [
      ['user-1', 9],
      ['user-2', 10],
      ['user-3', 7],
      ['user-4', 6],
      ['user-5', 3],
    ];
    for (const [who, grade] of grades) await vote(who, posted, grade);
    await wire.invokeAs('user-5', posted, 'polls.why', { id: idOf(posted), form: true, why: complaint });
    await page.say(close);
    const result = await page.card(score);
    expect(await result.textContent()).toContain(all);
    expect(await result.textContent()).toContain(why);
    expect(await result.textContent()).toContain(complaint);
    await picture(result, 'result');
  }, 60_000);

  test('in a shared channel only the client votes, and the team reads the result first', async () => {
    await page.open('Accountteam Acme - Acme');
    await page.say(ask);
    const poll = await wire.message(/polls\.vote/, { conversation: 'channel-acme' });
    const refused = JSON.stringify(await vote('user-1', poll, 10));
    expect(refused).not.toContain(say('polls.voted', { grade: 10 }));
    for (const client of ['user-3', 'user-4', 'user-5'] as const)
      expect(JSON.stringify(await vote(client, poll, 9))).toContain('9');
    await page.say(close);
    await page.open('Personal Chat');
    await page.card(say('polls.closed-now-shared'));
    const result = await page.card(say('result.private'));
    await picture(result, 'private-result');
    expect(JSON.stringify(wire.messages.filter(inAcme))).not.toContain('Eva Jansen');

    await page.press(result, say('result.share'));
    await page.press(await page.card(say('result.share-title')), say('result.share-yes'));
    await page.open('Accountteam Acme - Acme');
    await page.card(say('result.client-few'));
    expect(JSON.stringify(wire.messages.filter(inAcme))).not.toContain('Eva Jansen');
  }, 60_000);
});
