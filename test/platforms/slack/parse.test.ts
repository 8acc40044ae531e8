import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readChannelEvent } from '../../../src/platforms/slack/channel-events.ts';
import { readMarkup, unnamed, withoutMention } from '../../../src/platforms/slack/markup.ts';
import {
  readCommand,
  readHome,
  readMessage,
  readPress,
  readSubmit,
} from '../../../src/platforms/slack/parse.ts';

function fixture(name: string) {
  return JSON.parse(readFileSync(new URL(`../../fixtures/slack/${name}.json`, import.meta.url), 'utf8'));
}

const poll = '0192f000-0000-7000-8000-000000000001';

describe('payloads as Slack sends them', () => {
  test('a slash command', () => {
    expect(readCommand(fixture('slash-command'))).toEqual({
      key: 'slack:13345224609.738474920.8088930838d88f008e0',
      speaker: { id: 'U_ANNA', name: 'anna', team: 'T1' },
      where: { id: 'C_GENERAL' },
      what: { kind: 'command', raw: 'nps ask for 7 days about R&amp;D of <@U_BRAM|bram>' },
      trigger: '13345224609.738474920.8088930838d88f008e0',
    });
  });

  test('a mention', () => {
    expect(readMessage(fixture('app-mention'))).toMatchObject({
      key: 'slack:Ev0000000001',
      speaker: { id: 'U_ANNA', team: 'T1' },
      where: { id: 'C_GENERAL', direct: false },
      what: { kind: 'command' },
      installed: 'T1',
    });
  });

  test('a direct message', () => {
    expect(readMessage(fixture('message-im'))).toMatchObject({
      where: { id: 'D_U_ANNA', direct: true },
      what: { kind: 'command', raw: 'help' },
    });
  });

  test.each([
    ['a bot', { bot_id: 'B1' }],
    ['an edit', { subtype: 'message_changed' }],
    ['an edited mention', { edited: { user: 'U_ANNA', ts: '1' } }],
    ['a channel', { channel_type: 'channel' }],
    ['nobody', { user: undefined }],
  ])('a message of %s is not heard', (_name, change) => {
    const body = fixture('message-im');
    expect(readMessage({ ...body, event: { ...body.event, ...change } })).toBeUndefined();
  });

  test('a press on a message', () => {
    expect(readPress(fixture('block-actions-message'))).toMatchObject({
      key: 'slack:13345224610.738474920.8088930838d88f008e1',
      speaker: { id: 'U_BRAM', name: 'bram', team: 'T1' },
      where: { id: 'C_GENERAL' },
      what: { kind: 'press', name: 'polls.vote', detail: '7', subject: poll },
    });
  });

  test('a press on a message that one person sees', () => {
    expect(readPress(fixture('block-actions-ephemeral'))).toMatchObject({
      where: { id: 'C_GENERAL' },
      what: { name: 'polls.why', detail: undefined, subject: poll },
    });
  });

  test('a press on the home page has no place', () => {
    const said = readPress(fixture('block-actions-home'));
    expect(said).toMatchObject({ what: { name: 'polls.ask', subject: undefined }, installed: 'T1' });
    expect(said?.where).toBeUndefined();
  });

  test.each([
    ['polls.vote.7', 'polls.vote', '7'],
    ['polls.vote.7~2', 'polls.vote', '7'],
    ['polls.why~2', 'polls.why', undefined],
    ['daily-start.mood.very.good', 'daily-start.mood', 'very.good'],
  ])('the action id %s is read', (action_id, name, detail) => {
    const body = fixture('block-actions-message');
    expect(readPress({ ...body, actions: [{ action_id }] })?.what).toMatchObject({ name, detail });
  });

  test.each(['link', 'link~2', 'Polls.vote', '', 'polls.', '.vote'])(
    'the action id “%s” is left alone',
    (action_id) => {
      expect(readPress({ ...fixture('block-actions-message'), actions: [{ action_id }] })).toBeUndefined();
    },
  );

  test('a sent form', () => {
    const said = readSubmit(fixture('view-submission'));
    expect(said).toMatchObject({
      speaker: { id: 'U_BRAM', team: 'T1' },
      where: { id: 'C_GENERAL' },
      what: {
        kind: 'submit',
        name: 'polls.why',
        subject: poll,
        fields: { reason: 'You <listen> & think along' },
      },
      inputs: ['reason'],
      installed: 'T1',
    });
  });

  test('a form’s key tells nothing of what was answered', () => {
    const body = fixture('view-submission');
    const first = readSubmit(body).key;
    body.view.state.values.reason.reason.value = 'other';
    expect(readSubmit(body).key).toBe(first);
    body.view.hash = 'another';
    expect(readSubmit(body).key).not.toBe(first);
  });

  test('a form that an outsider sent', () => {
    expect(readSubmit(fixture('view-submission-outsider'))).toMatchObject({
      speaker: { id: 'U_DAAN', team: 'T2' },
      where: { id: 'C_ACME' },
      installed: 'T1',
    });
  });

  test('an empty answer is absent', () => {
    const body = fixture('view-submission');
    body.view.state.values = {
      reason: { reason: { type: 'plain_text_input', value: null } },
      who: { who: { type: 'users_select', selected_user: 'U_BRAM' } },
      period: { period: { type: 'static_select', selected_option: { text: {}, value: '7' } } },
    };
    expect(readSubmit(body).what).toMatchObject({ fields: { who: 'U_BRAM', period: '7' } });
  });

  test('the home page, and not its other tabs', () => {
    const body = fixture('app-home-opened');
    expect(readHome(body)).toMatchObject({ where: { id: 'D_U_ANNA', direct: true }, what: { name: 'home' } });
    expect(readHome({ ...body, event: { ...body.event, tab: 'messages' } })).toBeUndefined();
  });

  test('coming into a channel', () => {
    expect(readChannelEvent(fixture('member-joined-channel'))).toMatchObject({
      key: 'slack:Ev0000000004',
      user: 'U_BELAY',
      channel: 'C_GENERAL',
      inviter: 'U_ANNA',
    });
  });

  test.each(['slash-command', 'app-mention', 'block-actions-message'])(
    'nonsense instead of %s throws',
    () => {
      for (const read of [readCommand, readMessage, readPress, readSubmit, readHome])
        expect(() => read({ type: 'nonsense' })).toThrow();
    },
  );
});

describe('what a person typed', () => {
  test('has mentions by name, and tells who they are', () => {
    const names = new Map([['U_BRAM', 'Bram Bakker']]);
    expect(unnamed('ask <@U_BRAM> and <@U_CARLA|carla>')).toEqual(['U_BRAM']);
    expect(readMarkup('ask <@U_BRAM> and <@U_CARLA|carla>', names)).toEqual({
      text: 'ask @Bram Bakker and @carla',
      mentions: [
        { id: 'U_BRAM', name: 'Bram Bakker' },
        { id: 'U_CARLA', name: 'carla' },
      ],
    });
  });

  test.each([
    ['a &lt;b&gt; &amp;amp; c', 'a <b> &amp; c'],
    ['<https://acme.example/x|acme.example/x>', 'acme.example/x'],
    ['<https://acme.example/?a=1&amp;b=2>', 'https://acme.example/?a=1&b=2'],
    ['<mailto:daan@acme.example|daan@acme.example>', 'daan@acme.example'],
    ['in <#C_ACME|acme>', 'in #acme'],
    ['<!here> and <!subteam^S1|@team>', '@here and @team'],
    ['“over” ‘plannen’', '“over” ‘plannen’'],
  ])('%s reads %s', (raw, text) => {
    expect(readMarkup(raw, new Map()).text).toBe(text);
  });

  test('lacks the mention of Belay itself', () => {
    expect(withoutMention('<@U_BELAY> help', 'U_BELAY')).toBe('help');
    expect(withoutMention('help <@U_BELAY|belay>', 'U_BELAY')).toBe('help');
  });
});
