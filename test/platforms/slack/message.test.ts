import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { line } from '../../../src/chat/card.ts';
import type { Form } from '../../../src/chat/form.ts';
import { readShortcut } from '../../../src/platforms/slack/shortcut.ts';
import { type Rig, startRig } from '../../support/slack/belay.ts';
import { sign } from '../../support/slack/signing.ts';
import { tokens } from '../../support/slack/stand-in.ts';
import { belay, type Message } from '../../support/slack/workspace.ts';

function fixture() {
  return JSON.parse(
    readFileSync(new URL('../../fixtures/slack/message-action.json', import.meta.url), 'utf8'),
  );
}

describe('a shortcut on a message, as Slack sends it', () => {
  test('tells who, where, and which message', () => {
    expect(readShortcut(fixture())).toEqual({
      key: 'slack:13345224614.738474920.8088930838d88f008e5',
      speaker: { id: 'U_BRAM', name: 'bram', team: 'T1' },
      where: { id: 'C_ACME' },
      what: {
        kind: 'message',
        name: 'feedback.keep',
        message: {
          channel: 'C_ACME',
          ts: '1795298400.000700',
          raw: 'The delivery came late &amp; nobody called <@U_BRAM> &lt;again&gt;, see <https://acme.example/7|order 7>',
          author: 'U_DAAN',
          unfit: undefined,
        },
      },
      trigger: '13345224614.738474920.8088930838d88f008e5',
    });
  });

  test('may name no workspace but that of the one who used it', () => {
    const { team_id: _, ...user } = fixture().user;
    expect(readShortcut({ ...fixture(), user })?.speaker.team).toBe('T1');
    expect(readShortcut({ ...fixture(), user, team: null })?.speaker.team).toBeUndefined();
  });

  test.each([
    ['a bot', { bot_id: 'B1' }, 'app'],
    ['an app that speaks for a person', { bot_id: 'B1', user: 'U_BRAM' }, 'app'],
    ['an integration of old', { subtype: 'bot_message', user: undefined }, 'app'],
    ['nobody', { user: null }, 'app'],
    ['one that only its reader sees', { is_ephemeral: true, bot_id: 'B1' }, 'fleeting'],
  ])('says that the message is of %s', (_what, change, unfit) => {
    const body = fixture();
    const said = readShortcut({ ...body, message: { ...body.message, ...change } });
    expect(said?.what).toMatchObject({ message: { unfit } });
  });

  test('has no words when there are only files', () => {
    const body = fixture();
    const { text: _, ...message } = body.message;
    expect(readShortcut({ ...body, message })?.what).toMatchObject({ message: { raw: '' } });
  });

  test('of another shape is refused, of another name left alone', () => {
    expect(readShortcut({ ...fixture(), callback_id: 'elsewhere' })).toBeUndefined();
    for (const change of [{ message: {} }, { channel: null }, { trigger_id: 7 }])
      expect(() => readShortcut({ ...fixture(), ...change })).toThrow();
    for (const ts of ['now', '1e999', '1.', `${'9'.repeat(20)}.1`, 1795298400.1])
      expect(() => readShortcut({ ...fixture(), message: { ...fixture().message, ts } })).toThrow();
  });
});

describe('picking a message', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await startRig();
  });
  afterEach(() => rig.stop());

  const form: Form = {
    name: 'feedback.keep',
    title: 'Keep',
    fields: [{ id: 'link', label: 'Link', kind: 'text', maxLength: 100 }],
    send: 'Save',
    cancel: 'Cancel',
  };
  const written = (text: string, by = 'U_DAAN', channel = 'C_ACME'): Message =>
    rig.at.write(by, channel, text);
  const opened = (count: number) =>
    vi.waitFor(() => {
      const view = rig.at.workspace.modals[count - 1];
      if (!view) throw new Error('no window');
      return view;
    });
  const use = (on: Message, by = 'U_BRAM') => rig.at.shortcut(by, on, 'feedback.keep');

  test('is heard with its plain words, its link, its author and its time', async () => {
    const on = written(
      'Late &amp; nobody called <@U_BRAM> &lt;again&gt;, see <https://acme.example/7|order 7>',
    );
    await use(on);
    expect(rig.heard).toEqual([
      {
        key: expect.stringMatching(/^slack:/),
        platform: 'slack',
        tenant: 'T1',
        person: expect.objectContaining({ id: 'U_BRAM', outsider: false }),
        place: expect.objectContaining({ id: 'C_ACME', shared: true }),
        what: {
          kind: 'message',
          name: 'feedback.keep',
          message: {
            text: 'Late & nobody called @Bram Bakker <again>, see order 7',
            link: `https://ons.slack.com/archives/C_ACME/p${on.ts.replace('.', '')}`,
            author: { name: 'Daan Visser', outsider: true },
            at: rig.clock.now,
            unfit: undefined,
          },
        },
        returns: 'form-first',
      },
    ]);
  });

  test('of a colleague, or of Belay itself, is told apart', async () => {
    await use(written('Well done', 'U_CARLA'));
    const card = line('Hello');
    await rig.platform.send({
      id: 'm',
      tenant: 'T1',
      kind: 'post',
      place: 'C_ACME',
      audience: 'anyone',
      card,
    });
    await use(rig.at.workspace.messages.at(-1) ?? written(''));
    expect(rig.heard.map(({ what }) => what)).toMatchObject([
      { message: { author: { name: 'Carla Smit', outsider: false }, unfit: undefined } },
      { message: { author: undefined, unfit: 'app' } },
    ]);
    expect(rig.at.callsOf('users.info').map(({ args }) => args.user)).not.toContain(belay.user);
  });

  test('opens its form in time', async () => {
    rig.next({ kind: 'ask', form });
    expect(await use(written('Late'))).toMatchObject({ status: 200 });
    expect(await opened(1)).toMatchObject({ user: 'U_BRAM', callback_id: 'feedback.keep' });
  });

  test('goes on without a link when Slack gives none, be it that Belay is not in the channel', async () => {
    rig.at.workspace.channels.get('C_PRIVATE')?.members.add('U_DAAN');
    rig.at.fail({ method: 'chat.getPermalink', how: 'refused', error: 'message_not_found' });
    await use(written('One'));
    await use(written('Two', 'U_DAAN', 'C_PRIVATE'));
    expect(rig.heard.map(({ what }) => what)).toMatchObject([
      { message: { text: 'One', link: undefined } },
      { message: { text: 'Two', link: undefined } },
    ]);
    expect(rig.heard[1]?.place).toMatchObject({ id: 'C_PRIVATE', shared: true, reachable: false });
  });

  test('does not wait for Slack longer than a form can', async () => {
    const held = Promise.withResolvers<void>();
    rig.at.settings.hold.set('chat.getPermalink', held.promise);
    rig.next({ kind: 'ask', form });
    const { elapsedMs } = await use(written('Late'));
    held.resolve();
    expect(elapsedMs).toBeLessThan(2900);
    expect(rig.heard[0]?.what).toMatchObject({ message: { text: 'Late', link: undefined } });
    await opened(1);
  });

  test('is answered in a window when it is refused, and so is what is pressed there', async () => {
    rig.next({
      kind: 'refused',
      text: 'An app wrote it.',
      card: {
        summary: 'x',
        elements: [{ kind: 'buttons', buttons: [{ press: 'feedback.show', subject: 'f1', label: 'See' }] }],
      },
    });
    const before = rig.at.workspace.messages.length;
    await use(written('Late'));
    const notice = await opened(1);
    rig.next({ kind: 'answer', card: line('There it is.') });
    await rig.at.press('U_BRAM', notice, 'feedback.show');
    expect(rig.heard[1]).toMatchObject({ returns: 'form-first', place: { id: 'C_ACME' } });
    expect(JSON.stringify((await opened(2)).blocks)).toContain('There it is.');
    expect(rig.at.workspace.messages).toHaveLength(before + 1);
  });

  test('unsigned, or signed by another, is heard by nobody', async () => {
    const body = new URLSearchParams({ payload: JSON.stringify(fixture()) }).toString();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const now = rig.clock.now.epochMilliseconds;
    expect(await rig.at.post(body, type)).toMatchObject({ status: 401 });
    expect(await rig.at.post(body, { ...type, ...sign('another', body, now) })).toMatchObject({
      status: 401,
    });
    expect(await rig.at.post(body, { ...type, ...sign(tokens.signingSecret, body, now) })).toMatchObject({
      status: 200,
    });
    expect(rig.heard).toHaveLength(1);
  });

  test('comes through the socket too', async () => {
    const other = await startRig('socket');
    other.next({ kind: 'ask', form });
    await other.at.shortcut('U_BRAM', other.at.write('U_DAAN', 'C_ACME', 'Late'), 'feedback.keep');
    expect(other.heard).toMatchObject([{ what: { kind: 'message', message: { text: 'Late' } } }]);
    await vi.waitFor(() => expect(other.at.workspace.modals).toHaveLength(1));
    await other.stop();
  });

  test('hostile markup stays words', async () => {
    await use(written(`<!channel> <https://a.example|<@U_BRAM>> ${'<@U_NOBODY>'.repeat(900)} \u0000`));
    const [heard] = rig.heard;
    if (heard?.what.kind !== 'message') throw new Error('not heard');
    expect(heard.what.message.text).toMatch(/^@!?channel/);
    expect(heard.what.message.text).not.toContain('\u0000');
    expect(rig.at.callsOf('users.info').length).toBeLessThan(5);
  });
});
