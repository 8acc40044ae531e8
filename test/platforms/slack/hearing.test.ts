import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { line, type Pictured } from '../../../src/chat/card.ts';
import type { Form } from '../../../src/chat/form.ts';
import { gradeRow, gradesOf } from '../../support/grades.ts';
import { type Rig, refused, startRig } from '../../support/slack/belay.ts';
import { sign } from '../../support/slack/signing.ts';
import { tokens } from '../../support/slack/stand-in.ts';
import type { Message, View } from '../../support/slack/workspace.ts';
import { nps, trend } from '../../support/trends.ts';

const why: Form = {
  name: 'polls.why',
  subject: 'p1',
  title: 'Why?',
  fields: [{ id: 'reason', label: 'Why?', kind: 'text', maxLength: 100, optional: true }],
  send: 'Send',
  cancel: 'Cancel',
};

/** The first picture takes its time: the library that draws is loaded then. */
const patient = { timeout: 10_000 };

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.stop());

async function poll(channel: string): Promise<Message> {
  const card = {
    ...line('How likely?'),
    elements: [{ kind: 'buttons' as const, buttons: [{ press: 'polls.vote.7', subject: 'p1', label: '7' }] }],
  };
  await rig.platform.send({ id: 'm', tenant: 'T1', kind: 'post', place: channel, audience: 'anyone', card });
  return found(rig.at.workspace.messages.at(-1));
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('nothing there');
  return value;
}

const modal = (): View => found(rig.at.workspace.modals.at(-1));

describe('what is heard', () => {
  test('a command, with who, where and what', async () => {
    await rig.at.command('U_ANNA', 'C_GENERAL', 'client manager Acme <@U_BRAM|bram> R&amp;D');
    expect(rig.heard).toEqual([
      {
        key: expect.stringMatching(/^slack:/),
        platform: 'slack',
        tenant: 'T1',
        person: {
          id: 'U_ANNA',
          name: 'Anna de Vries',
          outsider: false,
          admin: true,
          language: 'nl',
          timeZone: 'Europe/Amsterdam',
        },
        place: {
          id: 'C_GENERAL',
          kind: 'channel',
          name: 'general',
          shared: false,
          reachable: true,
          members: 3,
          outsiders: 0,
        },
        what: {
          kind: 'command',
          text: 'client manager Acme @bram R&D',
          mentions: [{ id: 'U_BRAM', name: 'bram' }],
        },
        returns: 'either',
      },
    ]);
  });

  test('a mention, without Belay’s own name and with other people’s', async () => {
    await rig.at.mention('U_CARLA', 'C_GENERAL', 'ask <@U_BRAM>');
    expect(rig.heard[0]).toMatchObject({
      what: { text: 'ask @Bram Bakker', mentions: [{ id: 'U_BRAM', name: 'Bram Bakker' }] },
      person: { language: 'en', admin: false },
      returns: 'nothing',
    });
  });

  test('a direct message', async () => {
    await rig.at.dm('U_BRAM', 'help');
    expect(rig.heard[0]).toMatchObject({
      place: { id: 'D_U_BRAM', kind: 'direct', shared: false, reachable: true, members: 1 },
    });
  });

  test('a press of a member and of an outsider', async () => {
    const message = await poll('C_ACME');
    await rig.at.press('U_BRAM', message, 'polls.vote.7');
    await rig.at.press('U_DAAN', message, 'polls.vote.7');
    expect(rig.heard).toMatchObject([
      {
        person: { outsider: false },
        returns: 'form',
        what: { kind: 'press', name: 'polls.vote', detail: '7', subject: 'p1' },
      },
      {
        person: { id: 'U_DAAN', outsider: true, admin: false },
        returns: 'form-first',
        tenant: 'T1',
        place: { shared: true },
      },
    ]);
  });

  test('the home page, and a press on it', async () => {
    await rig.at.openHome('U_ANNA');
    const card = {
      summary: 's',
      elements: [{ kind: 'buttons' as const, buttons: [{ press: 'polls.ask', label: 'Ask' }] }],
    };
    await rig.platform.send({
      id: 'm',
      tenant: 'T1',
      kind: 'home',
      person: 'U_ANNA',
      audience: 'anyone',
      card,
    });
    await rig.at.press('U_ANNA', found(rig.at.workspace.homes.get('U_ANNA')), 'polls.ask');
    expect(rig.heard).toMatchObject([
      { what: { kind: 'event', name: 'home' }, place: { kind: 'direct' } },
      { what: { kind: 'press', name: 'polls.ask' }, place: { id: 'D_U_ANNA', kind: 'direct' } },
    ]);
  });

  test('joining a channel and leaving it', async () => {
    await rig.at.invite('U_ANNA', 'C_PRIVATE');
    expect(rig.heard[0]).toMatchObject({
      what: { kind: 'event', name: 'added' },
      person: { id: 'U_ANNA' },
      place: { id: 'C_PRIVATE', shared: false, reachable: true, members: 3 },
    });
    await rig.at.event({ type: 'group_left', channel: 'C_PRIVATE', actor_id: 'U_ANNA', event_ts: '1.2' });
    expect(rig.heard[1]).toMatchObject({
      what: { name: 'removed' },
      place: { id: 'C_PRIVATE', reachable: false },
    });
  });

  test('nothing of a link that was pressed', async () => {
    const link = {
      type: 'actions',
      elements: [{ type: 'button', action_id: 'link', text: { type: 'plain_text', text: 'x' } }],
    };
    const message = { ...(await poll('C_GENERAL')), blocks: [link] };
    expect((await rig.at.press('U_ANNA', message, 'link')).status).toBe(200);
    expect(rig.heard).toEqual([]);
  });

  test('nothing that was meant for another installation', async () => {
    const fixture = new URL('../../fixtures/slack/app-mention.json', import.meta.url);
    for (const team of ['T9', 'T1']) {
      const body = JSON.stringify({
        ...JSON.parse(readFileSync(fixture, 'utf8')),
        authorizations: [{ team_id: team }],
      });
      const signed = sign(tokens.signingSecret, body, rig.clock.now.epochMilliseconds);
      expect((await rig.at.post(body, { 'content-type': 'application/json', ...signed })).status).toBe(200);
    }
    expect(rig.heard).toHaveLength(1);
  });
});

describe('what comes back', () => {
  test('to a command: an answer that only he sees, with its form behind a button', async () => {
    rig.next({ kind: 'answer', card: line('Noted'), form: why });
    await rig.at.command('U_ANNA', 'C_GENERAL', 'x');
    const [message] = rig.at.seenBy('U_ANNA', 'C_GENERAL');
    expect(message).toMatchObject({ onlyFor: 'U_ANNA', text: 'Noted' });
    rig.next({ kind: 'ask', form: why });
    await rig.at.press('U_ANNA', found(message), 'polls.why');
    await expect.poll(() => rig.at.workspace.modals.length, patient).toBe(1);
    expect(modal()).toMatchObject({ user: 'U_ANNA', callback_id: 'polls.why' });
  });

  test('to a command: a form, and its sending', async () => {
    rig.next({ kind: 'ask', form: why });
    expect(await rig.at.command('U_ANNA', 'C_GENERAL', 'x')).toMatchObject({ status: 200, body: '' });
    await expect.poll(() => rig.at.workspace.modals.length, patient).toBe(1);
    await rig.at.submit('U_ANNA', modal(), { reason: 'They <listen>' });
    expect(rig.heard[1]).toMatchObject({
      what: { kind: 'submit', name: 'polls.why', subject: 'p1', fields: { reason: 'They <listen>' } },
      place: { id: 'C_GENERAL' },
      returns: 'nothing',
    });
    expect(rig.at.workspace.modals).toEqual([]);
  });

  test('to an outsider’s form: the same, in the tenant where Belay is installed', async () => {
    const message = await poll('C_ACME');
    rig.next({ kind: 'ask', form: why });
    await rig.at.press('U_DAAN', message, 'polls.vote.7');
    await expect.poll(() => rig.at.workspace.modals.length, patient).toBe(1);
    await rig.at.submit('U_DAAN', modal(), { reason: 'x' });
    expect(rig.heard.at(-1)).toMatchObject({
      tenant: 'T1',
      person: { outsider: true },
      place: { id: 'C_ACME', shared: true },
    });
  });

  test('refused input stays in the form, at its field or else the first', async () => {
    for (const field of ['reason', undefined, 'elsewhere']) {
      rig.next({ kind: 'ask', form: why });
      await rig.at.command('U_ANNA', 'C_GENERAL', 'x');
      await expect.poll(() => rig.at.workspace.modals.length, patient).toBeGreaterThan(0);
      rig.next(refused('Too late', field));
      const result = await rig.at.submit('U_ANNA', modal(), { reason: 'x' });
      expect(result.body).toEqual({ response_action: 'errors', errors: { reason: 'Too late' } });
    }
  });

  test('refusals are told to the one who spoke', async () => {
    rig.next(refused('No'));
    await rig.at.command('U_ANNA', 'C_GENERAL', 'x');
    rig.next(refused('Not here'));
    await rig.at.mention('U_BRAM', 'C_GENERAL', 'x');
    rig.next(refused('Closed'));
    await rig.at.press('U_DAAN', await poll('C_ACME'), 'polls.vote.7');
    await expect
      .poll(() => rig.at.workspace.messages.filter(({ onlyFor }) => onlyFor), patient)
      .toMatchObject([
        { onlyFor: 'U_ANNA', text: 'No' },
        { onlyFor: 'U_BRAM', text: 'Not here' },
      ]);
    // A private message may not reach somebody of another organisation: he gets a window.
    await expect.poll(() => JSON.stringify(modal().blocks), patient).toContain('Closed');
  });

  const bars = [{ label: '9', value: 1, tone: 'good' as const }];
  const pictured: Pictured[] = [
    { kind: 'chart', title: 't', bars, alt: 'a' },
    trend([nps('1 feb', 8, 12)]),
    gradesOf([gradeRow([7, 8])]),
  ];

  test.each(pictured)('an answer with a picture comes after its upload: $kind', async (element) => {
    rig.next({ kind: 'answer', card: { summary: 'r', elements: [element] } });
    expect((await rig.at.command('U_ANNA', 'C_GENERAL', 'x')).body).toBe('');
    await expect
      .poll(() => rig.at.seenBy('U_ANNA', 'C_GENERAL'), patient)
      .toMatchObject([{ onlyFor: 'U_ANNA', blocks: [{ type: 'image' }] }]);
  });
});
