import { fileURLToPath } from 'node:url';
import type { AnyBlock } from '@slack/types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from '../support/browser.ts';
import { newDatabase } from '../support/databases.ts';
import { screenshotSlack } from '../support/look.ts';
import { type AtWork, acknowledged, startAtWork } from '../support/slack/at-work.ts';
import { messageErrors } from '../support/slack/block-kit.ts';
import type { Message } from '../support/slack/workspace.ts';
import { slackPage } from '../support/slack-preview.ts';

/** With LOOK=1 the pictures of the README are made anew. */
const looking = process.env.LOOK === '1';
const folder = fileURLToPath(new URL('../screenshots/', import.meta.url));

let work: AtWork;
let remove: () => Promise<void>;

beforeAll(async () => {
  const database = await newDatabase('sqlite');
  remove = database.remove;
  work = await startAtWork({ databaseUrl: database.url });
});

afterAll(async () => {
  expect(await work.stop()).toBe(0);
  await remove();
});

function areBlocks(blocks: unknown[]): blocks is AnyBlock[] {
  return messageErrors(blocks).length === 0;
}

/** What Slack would show of this message. */
function sightOf({ blocks, onlyFor }: Message) {
  if (!areBlocks(blocks)) throw new Error(messageErrors(blocks).join('\n'));
  const pictures: Record<string, Buffer> = {};
  for (const [id, { bytes }] of work.at.workspace.files) if (bytes) pictures[id] = bytes;
  return { blocks, pictures, ephemeral: onlyFor !== undefined };
}

test('a poll as one sees it in Slack: the question, the confirmation, the result with its picture', async () => {
  const { at, sees, form } = work;
  const place = 'C_ACME';
  await acknowledged(at.command('U_ANNA', place, 'nps vragen over de samenwerking'));
  const question = await sees('U_DAAN', place, /polls\.vote/);
  const said = [
    ['U_DAAN', 9, 'Jullie denken mee en bellen terug.'],
    ['U_EVA', 6, 'De overgang duurde langer dan beloofd, en niemand zei het ons.'],
    ['U_FINN', 8, 'Goed werk. Het mag van mij vaker verrassen.'],
  ] as const;
  for (const [person, grade, why] of said) {
    await acknowledged(at.press(person, question, `polls.vote.${grade}`));
    await acknowledged(at.submit(person, await form(person), { why }));
  }
  const thanked = await sees('U_EVA', place, /niemand zei het ons/);
  await acknowledged(at.command('U_ANNA', place, 'nps sluiten'));
  const result = await sees('U_ANNA', 'D_U_ANNA', /Uitslag NPS/);

  const screens = { poll: sightOf(question), thanks: sightOf(thanked), result: sightOf(result) };
  for (const sight of Object.values(screens))
    expect(slackPage(sight, { theme: 'dark', width: 360 })).toContain('Belay');
  expect(slackPage(screens.result, { theme: 'light', width: 640 })).toContain('data:image/png;base64');
  if (looking) await takePictures(screens);
}, 60_000);

async function takePictures(screens: Record<string, ReturnType<typeof sightOf>>): Promise<void> {
  const browser = await launch();
  const page = await browser.page({ width: 800, height: 1600 });
  for (const [name, sight] of Object.entries(screens)) {
    await screenshotSlack(page, sight, { theme: 'light', width: 640 }, `${folder}slack-${name}-nl.png`);
    await screenshotSlack(page, sight, { theme: 'dark', width: 360 }, `${folder}slack-${name}-nl-phone.png`);
  }
  await browser.close();
}
