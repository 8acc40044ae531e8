import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Playground, startPlayground } from '../../src/platforms/teams/playground.ts';
import { voice } from '../../src/text/say.ts';
import { type BelayProcess, startBelay } from '../support/belay-process.ts';
import { type Looking, launch } from '../support/browser.ts';
import { moveRoundsBack } from '../support/earlier-round.ts';
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
    askAnonymously: 'csat vragen anoniem over de overgang',
    closeAnonymous: 'csat sluiten',
    askEase: 'ces vragen over de overgang',
    closeEase: 'ces sluiten',
    example: 'voorbeeld',
    score: '+17',
    all: '6 van 6',
    why: 'Jullie denken mee & bellen terug',
    complaint: 'De overgang duurde langer dan beloofd, en niemand zei het ons.',
  },
  en: {
    ask: 'nps ask about working together',
    close: 'nps close',
    askAnonymously: 'csat ask anonymously about the move',
    closeAnonymous: 'csat close',
    askEase: 'ces ask about the move',
    closeEase: 'ces close',
    example: 'example',
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
  const { ask, close, score, all, why, complaint, ...typed } = words[language];
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

  // Each in one language: the cards are looked at in both elsewhere.
  if (looking || language === 'nl')
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
      // Not the card with the words still in its field: that one goes while it is pressed.
      const explained = await page.card(say('polls.thanks'));
      expect(await explained.textContent()).toContain(why);
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

  if (looking || language === 'nl')
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

      await page.press(result, say('result.thank'));
      await page.press(await page.card(say('result.thank-title')), say('result.thank-yes'));
      await page.open('Accountteam Acme - Acme');
      await page.card(say('result.client-few'));
      expect(JSON.stringify(wire.messages.filter(inAcme))).not.toContain('Eva Jansen');
    }, 60_000);

  if (looking || language === 'nl')
    test('asks anonymously: a form with the grade in it, one final answer, and a result without names', async () => {
      await page.open('Accountteam Acme - General');
      await page.say(typed.askAnonymously);
      const question = await page.card(say('polls.csat.low'));
      await picture(question, 'anonymous');
      await page.press(question, say('polls.spoken', { grade: 4, to: 5 }));
      const ballot = await page.card(say('polls.ballot-grade'));
      expect(await ballot.getByRole('radio', { name: '4', exact: true }).isChecked()).toBe(true);
      await picture(ballot, 'anonymous-form');
      await page.fill(ballot, say('polls.ballot-why'), why);
      await page.press(ballot, say('polls.why-send'));
      const received = await page.card(say('polls.received'));
      expect(await received.textContent()).toBe(say('polls.received'));

      const posted = await wire.message(/polls\.ballot/, { conversation: 'team-id' });
      for (const [at, client] of (['user-1', 'user-2', 'user-3', 'user-4'] as const).entries()) {
        const answer = { id: idOf(posted), form: true, grade: String(2 + at), why: `${complaint} ${at}` };
        const told = JSON.stringify(await wire.invokeAs(client, posted, 'polls.ballot', answer));
        expect(told).toContain(say('polls.received'));
        expect(told).not.toContain(complaint);
      }
      const again = { id: idOf(posted), form: true, grade: '1' };
      expect(JSON.stringify(await wire.invokeAs('user-4', posted, 'polls.ballot', again))).toContain(
        say('error.poll-answered'),
      );
      await page.say(typed.closeAnonymous);
      const result = await page.card(say('result.title', { name: 'CSAT' }));
      const text = await result.textContent();
      expect(text).toContain(why);
      expect(text).toContain(`${complaint} 3`);
      expect(text).toContain(say('result.anonymous'));
      expect(text?.replaceAll('Anna de Vries', '')).not.toMatch(/Bram|Carla|Daan|Eva|Finn/);
    }, 60_000);

  if (looking || language === 'en')
    test('asks a client the CES, and tells who is not content to the one who asked, who calls him', async () => {
      await page.open('Accountteam Acme - Acme');
      await page.say(typed.askEase);
      const question = await page.card(say('polls.ces.low'));
      const grades = Array.from({ length: 7 }, (_, at) => say('polls.spoken', { grade: 1 + at, to: 7 }));
      for (const name of grades)
        expect(await question.getByRole('button', { name, exact: true }).count()).toBe(1);
      await page.say(typed.example);
      await page.open('Personal Chat');
      const title = say('follow.title', { name: 'Eva Jansen', grade: 3, to: 7 });
      const alert = await page.card(title);
      await picture(alert, 'follow');
      await page.press(alert, say('follow.call'));
      await page.card(say('follow.calling', { owner: 'Anna de Vries' }));
      await page.card(say('follow.calling', { owner: 'Anna de Vries' }));

      await page.open('Accountteam Acme - Acme');
      await page.say(typed.closeEase);
      await page.open('Personal Chat');
      const result = await page.card(say('result.title', { name: 'CES' }));
      const list = say('result.follow-calling', { count: 1 });
      expect(await result.textContent()).toContain(say('result.followed', { count: 1, list }));
      expect(JSON.stringify(wire.messages.filter(inAcme))).not.toContain('Eva Jansen');
    }, 60_000);

  if (looking)
    test('shows a trend over five months', async () => {
      const rounds = [
        [6, 7, 5, 8, 9, 4],
        [6, 7, 8, 8, 9, 5],
        [7, 8, 8, 9, 10, 6],
        [8, 9, 9, 9, 10, 6],
        [9, 10, 9, 9, 10, 7],
      ];
      await page.open('Accountteam Acme - General');
      const voters = ['user-0', 'user-1', 'user-2', 'user-3', 'user-4', 'user-5'] as const;
      for (const grades of rounds) {
        moveRoundsBack(belay.env.DATABASE_URL ?? '', 30);
        await page.say(ask);
        await page.card(say('polls.nps.low'));
        const poll = await wire.message(/polls\.vote/, { conversation: 'team-id' });
        for (const [at, by] of voters.entries()) await vote(by, poll, grades[at] ?? 0);
        await page.say(close);
        await page.card(say('result.title', { name: 'NPS' }));
        await page.gone(say('polls.nps.low'));
      }
      await picture(await page.card(say('result.trend', { name: 'NPS' })), 'trend');
    }, 60_000);
});
