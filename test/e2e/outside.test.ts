import { expect, it } from 'vitest';
import { startBelay } from '../support/belay-process.ts';
import { newDatabase } from '../support/databases.ts';
import { rowsOf } from '../support/rows.ts';
import { acknowledged, eventually, slackEnvironment, wordsOf } from '../support/slack/at-work.ts';
import { startSlack } from '../support/slack/stand-in.ts';
import type { Message } from '../support/slack/workspace.ts';
import { startSmtp } from '../support/smtp.ts';

it('asks somebody outside the chat by mail: the link opens, only his answer is stored, and no log has the link', async () => {
  const [at, box, database] = await Promise.all([startSlack(), startSmtp(), newDatabase('sqlite')]);
  const belay = await startBelay({
    env: {
      ...slackEnvironment(at, 'http'),
      DATABASE_URL: database.url,
      PUBLIC_URL: 'https://belay.example/behind/',
      SMTP_URL: box.url,
      SMTP_FROM: 'Belay <belay@belay.example>',
      LOG_LEVEL: 'trace',
    },
  });
  at.deliverTo(`${belay.url}/slack/events`);
  const sees = (user: string, channel: string, words: RegExp): Promise<Message> =>
    eventually(() => {
      const found = at.seenBy(user, channel).findLast((message) => words.test(wordsOf(message)));
      if (!found) throw new Error(`${user} does not see ${words}`);
      return found;
    });

  await acknowledged(at.command('U_ANNA', 'C_ACME', 'nps vragen over de overgang'));
  await acknowledged(at.press('U_ANNA', await sees('U_ANNA', 'C_ACME', /polls\.invite/), 'polls.invite'));
  const form = await eventually(() => {
    const view = at.workspace.modals.findLast(({ user }) => user === 'U_ANNA');
    if (!view) throw new Error('There is no form.');
    return view;
  });
  await acknowledged(at.submit('U_ANNA', form, { addresses: 'eva@acme.example', language: 'en' }));

  const { email, to } = await eventually(() => {
    const [first] = box.received;
    if (!first) throw new Error('There is no mail.');
    return first;
  });
  expect(to).toEqual(['eva@acme.example']);
  expect(email.html).toContain('<html lang="en">');
  const [link = ''] = /https:\/\/belay\.example\/behind\/answer\/\S+/.exec(email.text ?? '') ?? [];
  const token = link.split('/').at(-1) ?? '';
  const page = `${belay.url}/answer/${token}`;
  const votes = () => rowsOf(database.url, 'select grade, why from vote');

  const shown = await fetch(page);
  expect([shown.status, await shown.text()]).toEqual([200, expect.stringContaining('<html lang="en">')]);
  expect(await votes()).toEqual([]);
  const body = new URLSearchParams({ grade: '8', why: 'planted words' });
  const answered = await fetch(page, { method: 'POST', body });
  expect([answered.status, await answered.text()]).toEqual([200, expect.not.stringContaining('<form')]);
  expect(await votes()).toEqual([{ grade: 8, why: 'planted words' }]);
  expect((await fetch(page, { method: 'POST', body: new URLSearchParams({ grade: '1' }) })).status).toBe(200);
  expect(await votes()).toHaveLength(1);

  expect(await belay.stop()).toBe(0);
  expect(belay.lines.filter((line) => /planted|eva@acme/.test(line) || line.includes(token))).toEqual([]);
  await Promise.all([at.close(), box.stop(), database.remove()]);
}, 60_000);
