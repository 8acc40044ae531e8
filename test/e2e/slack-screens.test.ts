import { fileURLToPath } from 'node:url';
import type { AnyBlock, View } from '@slack/types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from '../support/browser.ts';
import { newDatabase } from '../support/databases.ts';
import { moveRoundsBack } from '../support/earlier-round.ts';
import { screenshotSlack } from '../support/look.ts';
import { type AtWork, acknowledged, eventually, startAtWork, wordsOf } from '../support/slack/at-work.ts';
import { messageErrors, viewErrors } from '../support/slack/block-kit.ts';
import { choice } from '../support/slack/conversations.ts';
import type { Message } from '../support/slack/workspace.ts';
import { type SlackSight, slackPage } from '../support/slack-preview.ts';

/** With LOOK=1 the pictures of the README are made anew. */
const looking = process.env.LOOK === '1';
const folder = fileURLToPath(new URL('../screenshots/', import.meta.url));

let work: AtWork;
let databaseUrl: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ url: databaseUrl, remove } = await newDatabase('sqlite'));
  work = await startAtWork({ databaseUrl });
});

afterAll(async () => {
  expect(await work.stop()).toBe(0);
  await remove();
});

function areBlocks(blocks: unknown[]): blocks is AnyBlock[] {
  return messageErrors(blocks).length === 0;
}

function isView(view: unknown): view is View {
  return viewErrors(view).length === 0;
}

/** What Slack would show of this message. */
function sightOf({ blocks, onlyFor }: Message): SlackSight {
  if (!areBlocks(blocks)) throw new Error(messageErrors(blocks).join('\n'));
  const pictures: Record<string, Buffer> = {};
  for (const [id, { bytes }] of work.at.workspace.files) if (bytes) pictures[id] = bytes;
  return { blocks, pictures, ephemeral: onlyFor !== undefined };
}

/** The window that was opened last. */
function sightOfWindow(): SlackSight {
  const view = work.at.callsOf('views.open').at(-1)?.args.view;
  if (!isView(view)) throw new Error(viewErrors(view).join('\n'));
  return { view };
}

async function look(screens: Record<string, SlackSight>): Promise<void> {
  for (const sight of Object.values(screens))
    expect(slackPage(sight, { theme: 'dark', width: 360 })).toContain('block');
  if (!looking) return;
  const browser = await launch();
  const page = await browser.page({ width: 800, height: 1600 });
  for (const [name, sight] of Object.entries(screens)) {
    await screenshotSlack(page, sight, { theme: 'light', width: 640 }, `${folder}slack-${name}-nl.png`);
    await screenshotSlack(page, sight, { theme: 'dark', width: 360 }, `${folder}slack-${name}-nl-phone.png`);
  }
  await browser.close();
}

const said = [
  ['U_DAAN', 9, 'Jullie denken mee en bellen terug.'],
  ['U_EVA', 6, 'De overgang duurde langer dan beloofd, en niemand zei het ons.'],
  ['U_FINN', 8, 'Goed werk. Het mag van mij vaker verrassen.'],
] as const;

test('a poll as one sees it in Slack: question, confirmation, what to do about a 6, and the result', async () => {
  const { at, sees, form } = work;
  const place = 'C_ACME';
  await acknowledged(at.command('U_ANNA', place, 'nps vragen over de samenwerking'));
  const question = await sees('U_DAAN', place, /polls\.vote/);
  for (const [person, grade, why] of said) {
    await acknowledged(at.press(person, question, `polls.vote.${grade}`));
    await acknowledged(at.submit(person, await form(person), { why }));
  }
  const thanked = await sees('U_EVA', place, /niemand zei het ons/);
  const follow = await sees('U_ANNA', 'D_U_ANNA', /Eva Jansen gaf een 6.*niemand zei het ons/);
  const screens = { poll: sightOf(question), thanks: sightOf(thanked), follow: sightOf(follow) };
  await acknowledged(at.command('U_ANNA', place, 'nps sluiten'));
  const result = sightOf(await sees('U_ANNA', 'D_U_ANNA', /Uitslag NPS/));
  expect(slackPage(result, { theme: 'light', width: 640 })).toContain('data:image/png;base64');
  await look({ ...screens, result });
}, 60_000);

test('an anonymous question and its window', async () => {
  const { at, sees, form, channel } = work;
  const place = channel({ client: true });
  await acknowledged(at.command('U_ANNA', place, 'csat vragen anoniem over de overgang'));
  const question = await sees('U_DAAN', place, /polls\.ballot/);
  await acknowledged(at.press('U_DAAN', question, 'polls.ballot.4'));
  await form('U_DAAN');
  await look({ anonymous: sightOf(question), 'anonymous-window': sightOfWindow() });
}, 60_000);

test('an expectation: noted, put before the client, answered, in the file, and what the client sees of all', async () => {
  const { at, sees, form } = work;
  const [team, shared] = ['C_GENERAL', 'C_ACME'];
  for (const typed of ['toevoegen Acme', 'koppelen Acme intern'])
    await acknowledged(at.command('U_ANNA', team, `klant ${typed}`));
  await sees('U_ANNA', team, /interne kanaal van Acme/);
  await acknowledged(at.command('U_ANNA', shared, 'klant koppelen Acme gedeeld'));
  await acknowledged(at.command('U_ANNA', team, 'verwacht: Sneller antwoord'));
  await sees('U_ANNA', team, /Sneller antwoord/);
  await acknowledged(at.command('U_ANNA', team, 'verwacht: Meer creativiteit'));
  const noted = await sees('U_ANNA', team, /Genoteerd.*Meer creativiteit/);
  const screens = { 'expectation-noted': sightOf(noted) };

  await acknowledged(at.press('U_ANNA', noted, 'expectations.concrete'));
  const text = 'Elk kwartaal drie nieuwe ideeën voor ons magazijn.';
  const seen = 'Ze staan op één blad, met wat ze kosten en opleveren.';
  const inside = { why: 'De directeur vindt ons te afwachtend.', importance: '5', about: 'team' };
  await acknowledged(
    at.submit('U_ANNA', await form('U_ANNA', /Meer creativiteit/), { text, seen, ...inside }),
  );
  await acknowledged(
    at.press('U_ANNA', await sees('U_ANNA', team, /Concreet\. Leg het nu voor/), 'expectations.send'),
  );
  const posted = await sees('U_EVA', shared, /Verwacht u dit van ons/);
  const question = sightOf(posted);
  await acknowledged(at.press('U_EVA', posted, 'expectations.confirm'));
  const answered = await sees('U_DAAN', shared, /Bevestigd door Eva Jansen/);
  await sees('U_BRAM', team, /Eva Jansen van Acme bevestigt/);
  await acknowledged(at.command('U_ANNA', team, 'klant Acme'));
  const dossier = await sees('U_ANNA', team, /Contactpersonen/);
  await acknowledged(at.press('U_DAAN', answered, 'expectations.mine'));
  await form('U_DAAN', /hebben besproken/);
  await look({
    ...screens,
    'expectation-question': question,
    'expectation-answered': sightOf(answered),
    'expectation-dossier': sightOf(dossier),
    'expectation-mine': sightOfWindow(),
  });
}, 60_000);

test('a team’s daily start, with what came, who takes part and how they stand', async () => {
  const { at, sees, form, channel } = work;
  const team = channel();
  for (const typed of ['klant toevoegen Zonnig', 'klant koppelen Zonnig intern'])
    await acknowledged(at.command('U_ANNA', team, typed));
  await sees('U_ANNA', team, /interne kanaal van Zonnig/);
  const praise = 'compliment Zonnig: Binnen een uur een antwoord, ook op vrijdagmiddag.';
  await acknowledged(at.command('U_CARLA', team, praise));
  await acknowledged(at.command('U_ANNA', team, 'dagstart nu'));
  const card = await sees('U_BRAM', team, /Dagstart · .*Binnen een uur/);
  await acknowledged(at.press('U_BRAM', card, 'daily-start.complaint.beside'));
  const asked = await form('U_BRAM', /Een klacht laat zien/);
  const text = 'De chauffeur belde niet dat hij later kwam.';
  await acknowledged(at.submit('U_BRAM', asked, { client: choice(asked, 'Zonnig'), text }));
  for (const [person, mood] of [
    ['U_ANNA', 4],
    ['U_BRAM', 3],
    ['U_CARLA', 4],
  ] as const)
    await acknowledged(at.press(person, card, `daily-start.mood.${mood}`));
  expect(await sees('U_ANNA', team, /chauffeur.*3 van ons zeiden/)).toBe(card);
  await look({ 'daily-start': sightOf(card) });
}, 60_000);

if (looking)
  test('a trend over five months', async () => {
    const { at, sees, people, channel } = work;
    const voters = ['U_DAAN', 'U_EVA', 'U_FINN', ...people('T2', 9)];
    const place = channel({ client: true, more: voters.slice(3) });
    Object.assign(at.workspace.channels.get(place) ?? {}, { name: 'acme-beheer' });
    const rounds = [
      [6, 7, 5, 8, 9, 4, 7, 8, 6, 9],
      [6, 7, 8, 8, 9, 5, 7, 9, 6],
      [7, 8, 8, 9, 10, 6, 7, 9, 8, 9, 6],
      [8, 9, 9, 9, 10, 6, 8, 10, 9, 7],
      [9, 10, 9, 9, 10, 7, 9, 10, 8, 9, 10, 8],
    ];
    let result: Message | undefined;
    for (const [round, grades] of rounds.entries()) {
      if (round > 0) moveRoundsBack(databaseUrl, 30);
      await acknowledged(at.command('U_ANNA', place, 'nps vragen over het beheer'));
      const question = await sees('U_DAAN', place, /polls\.vote/);
      for (const [index, grade] of grades.entries())
        await acknowledged(at.press(voters[index] ?? '', question, `polls.vote.${grade}`));
      await acknowledged(at.command('U_ANNA', place, 'nps sluiten'));
      await eventually(() =>
        expect(wordsOf({ blocks: at.seenBy('U_DAAN', place) })).not.toContain('polls.vote'),
      );
      const score = new RegExp(`Uitslag NPS.*het beheer.*${grades.length} van 12`);
      result = await sees('U_ANNA', 'D_U_ANNA', score);
    }
    if (!result) throw new Error('There is no result.');
    expect(wordsOf(result)).toContain('door de tijd');
    await look({ trend: sightOf(result) });
  }, 120_000);
