import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Card, type Element, line } from '../../../src/chat/card.ts';
import { type Outgoing, SendError } from '../../../src/chat/platform.ts';
import { toSendError } from '../../../src/platforms/slack/errors.ts';
import { gradeRow, gradesOf } from '../../support/grades.ts';
import { type Rig, startRig } from '../../support/slack/belay.ts';
import { nps, trend } from '../../support/trends.ts';

const chart: Element = {
  kind: 'chart',
  title: 'Answers',
  bars: [{ label: '9', value: 2, tone: 'good' }],
  alt: 'Two gave a 9.',
};
const withChart: Card = { summary: 'The result', elements: [chart] };

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.stop());

function outgoing(more: Partial<Outgoing>): Outgoing {
  return { id: 'm1', tenant: 'T1', kind: 'post', audience: 'anyone', card: line('Hello'), ...more };
}

async function failure(message: Partial<Outgoing>): Promise<SendError> {
  const sent = await rig.platform.send(outgoing(message)).catch((error: unknown) => error);
  if (!(sent instanceof SendError)) throw new Error(`no SendError but ${JSON.stringify(sent)}`);
  return sent;
}

describe('sending', () => {
  test('a post, found again by its reference and its link', async () => {
    const { ref, link } = await rig.platform.send(outgoing({ place: 'C_GENERAL' }));
    const [message] = rig.at.workspace.messages;
    expect(message).toMatchObject({ channel: 'C_GENERAL', text: 'Hello', edits: 0 });
    expect(JSON.parse(ref ?? '')).toEqual({ channel: 'C_GENERAL', ts: message?.ts });
    expect(link).toBe(`https://ons.slack.com/archives/C_GENERAL/p${message?.ts.replace('.', '')}`);

    await rig.platform.send(outgoing({ kind: 'update', ref, card: line('Changed') }));
    expect(message).toMatchObject({ text: 'Changed', edits: 1 });
  });

  test('a post to a person goes to the direct conversation, which is opened once', async () => {
    await rig.platform.send(outgoing({ person: 'U_ANNA' }));
    await rig.platform.send(outgoing({ person: 'U_ANNA' }));
    expect(rig.at.workspace.messages.map(({ channel }) => channel)).toEqual(['D_U_ANNA', 'D_U_ANNA']);
    expect(rig.at.callsOf('conversations.open')).toHaveLength(1);
  });

  test('a whisper is seen by one person where he spoke', async () => {
    await rig.platform.send(outgoing({ kind: 'whisper', place: 'C_ACME', person: 'U_DAAN' }));
    expect(rig.at.workspace.messages).toMatchObject([{ channel: 'C_ACME', onlyFor: 'U_DAAN' }]);
  });

  test.each([
    ['the person is not in the channel', 'C_GENERAL', 'U_GUEST'],
    ['Belay is not in the channel', 'C_PRIVATE', 'U_ANNA'],
    ['the channel is archived', 'C_OLD', 'U_ANNA'],
    ['he spoke in the direct conversation', 'D_U_ANNA', 'U_ANNA'],
  ])('a whisper goes to the person alone when %s', async (_why, place, person) => {
    await rig.platform.send(outgoing({ kind: 'whisper', place, person }));
    expect(rig.at.workspace.messages).toMatchObject([{ channel: `D_${person}`, text: 'Hello' }]);
  });

  test('the home page', async () => {
    await rig.platform.send(outgoing({ kind: 'home', person: 'U_ANNA' }));
    expect(rig.at.workspace.homes.get('U_ANNA')).toMatchObject({
      type: 'home',
      blocks: [{ type: 'section' }],
    });
  });

  test.each([
    ['an unknown channel', { place: 'C_NONE' }, 'channel_not_found'],
    ['a channel that Belay is not in', { place: 'C_PRIVATE' }, 'channel_not_found'],
    ['an archived channel', { place: 'C_OLD' }, 'is_archived'],
    ['an unknown person', { person: 'U_NONE' }, 'user_not_found'],
    ['a bot', { person: 'U_BELAY' }, 'cannot_dm_bot'],
    [
      'a message that is gone',
      { kind: 'update' as const, ref: '{"channel":"C_GENERAL","ts":"1.1"}' },
      'message_not_found',
    ],
  ])('to %s: never', async (_name, message, reason) => {
    expect(await failure(message)).toMatchObject({ failure: 'never', reason });
  });

  test('429: later, when Slack says', async () => {
    rig.at.fail({ method: 'chat.postMessage', how: 'limited', retryAfter: 7 });
    expect(await failure({ place: 'C_GENERAL' })).toMatchObject({ failure: 'later', afterMs: 7000 });
    expect(rig.at.callsOf('chat.postMessage')).toHaveLength(1);
  });

  test.each(['broken', 'drop'] as const)(
    '%s: nobody knows whether a post arrived; an update may be repeated',
    async (how) => {
      rig.at.fail(
        { method: 'chat.postMessage', how },
        { method: 'chat.update', how },
        { method: 'views.publish', how },
      );
      expect(await failure({ place: 'C_GENERAL' })).toMatchObject({ failure: 'unknown' });
      expect(rig.at.workspace.messages).toHaveLength(how === 'drop' ? 1 : 0);
      expect(rig.at.callsOf('chat.postMessage')).toHaveLength(1);
      const { ref } = await rig.platform.send(outgoing({ place: 'C_GENERAL' }));
      expect(await failure({ kind: 'update', ref })).toMatchObject({ failure: 'later' });
      expect(await failure({ kind: 'home', person: 'U_ANNA' })).toMatchObject({ failure: 'later' });
    },
  );

  test('nobody listens: later, because nothing left', async () => {
    await rig.platform.send(outgoing({ place: 'C_GENERAL' }));
    await rig.at.close();
    // The first call finds the kept connection cut, which proves nothing about what Slack did with it.
    expect(await failure({ place: 'C_GENERAL' })).toMatchObject({ failure: 'unknown' });
    expect(await failure({ place: 'C_GENERAL' })).toMatchObject({ failure: 'later', reason: 'econnrefused' });
    await rig.stop().catch(() => undefined);
    rig = await startRig();
  });

  test('a missing scope: never', async () => {
    rig.at.settings.scopes.delete('chat:write');
    expect(await failure({ place: 'C_GENERAL' })).toMatchObject({
      failure: 'never',
      reason: 'missing_scope',
    });
  });

  test('whatever else is thrown becomes a SendError', () => {
    expect(toSendError(new Error('oops'), false)).toMatchObject({ failure: 'unknown' });
    expect(toSendError(new Error('oops'), true)).toMatchObject({ failure: 'later' });
    expect(toSendError('oops', false)).toBeInstanceOf(SendError);
  });
});

describe('a post to an outsider alone', () => {
  const toDaan = { person: 'U_DAAN', audience: 'person' } as const;

  test('goes to the direct conversation', async () => {
    await rig.platform.send(outgoing(toDaan));
    expect(rig.at.workspace.messages).toMatchObject([{ channel: 'D_U_DAAN', text: 'Hello' }]);
  });

  test.each([
    'cannot_dm_bot',
    'user_not_found',
    'user_not_visible',
    'user_disabled',
    'restricted_action',
    'invalid_user_combination',
    'app_cannot_join_channel',
    'method_not_supported_for_channel_type',
    'not_enough_users',
  ])('when Slack does not open it (%s): never', async (error) => {
    rig.at.fail({ method: 'conversations.open', how: 'refused', error });
    expect(await failure(toDaan)).toMatchObject({ failure: 'never', reason: error });
    expect(rig.at.workspace.messages).toEqual([]);
  });

  test.each(['channel_not_found', 'messages_tab_disabled', 'slack_connect_file_link_sharing_blocked'])(
    'when Slack does not take it there (%s): never',
    async (error) => {
      rig.at.fail({ method: 'chat.postMessage', how: 'refused', error });
      expect(await failure(toDaan)).toMatchObject({ failure: 'never', reason: error });
    },
  );

  test.each(['broken', 'drop'] as const)(
    'when opening it is %s: later, for nothing was sent',
    async (how) => {
      rig.at.fail({ method: 'conversations.open', how });
      expect(await failure(toDaan)).toMatchObject({ failure: 'later' });
      await rig.platform.send(outgoing(toDaan));
      expect(rig.at.workspace.messages).toHaveLength(1);
    },
  );
});

describe('what is internal', () => {
  test('is not posted in a shared channel, whatever was decided before', async () => {
    expect(await failure({ place: 'C_ACME', audience: 'internal' })).toMatchObject({
      failure: 'never',
      reason: 'internal_in_shared_channel',
    });
    expect(rig.at.workspace.messages).toEqual([]);
  });

  test('is not put in place of an earlier message of a channel that was shared since', async () => {
    const { ref } = await rig.platform.send(outgoing({ place: 'C_GENERAL', audience: 'internal' }));
    rig.at.workspace.channels.get('C_GENERAL')?.members.add('U_GUEST');
    await rig.at.event({
      type: 'member_joined_channel',
      user: 'U_GUEST',
      channel: 'C_GENERAL',
      channel_type: 'C',
      team: 'T1',
      event_ts: '1.1',
    });
    expect(await failure({ kind: 'update', ref, audience: 'internal' })).toMatchObject({
      reason: 'internal_in_shared_channel',
    });
  });

  test('is whispered to a member in a shared channel, and to no outsider anywhere', async () => {
    await rig.platform.send(
      outgoing({ kind: 'whisper', place: 'C_ACME', person: 'U_ANNA', audience: 'internal' }),
    );
    for (const kind of ['whisper', 'home', 'post'] as const)
      expect(await failure({ kind, person: 'U_DAAN', audience: 'internal' })).toMatchObject({
        failure: 'never',
        reason: 'internal_to_outsider',
      });
  });

  test('waits while Slack does not tell who reads there', async () => {
    rig.at.fail({ method: 'conversations.info', how: 'broken' });
    const later = { failure: 'later', reason: 'unknown_readers' };
    expect(await failure({ place: 'C_GENERAL', audience: 'internal' })).toMatchObject(later);
    rig.at.fail({ method: 'users.info', how: 'broken' });
    expect(await failure({ person: 'U_BRAM', audience: 'internal' })).toMatchObject(later);
  });

  test('is posted in a channel of our own', async () => {
    await rig.platform.send(outgoing({ place: 'C_GENERAL', audience: 'internal' }));
    expect(rig.at.workspace.messages).toHaveLength(1);
  });
});

describe('a chart', () => {
  test('is drawn, uploaded and shown', async () => {
    await rig.platform.send(outgoing({ place: 'C_GENERAL', card: withChart }));
    const [[id, file] = []] = rig.at.workspace.files;
    expect(file?.bytes?.subarray(1, 4).toString()).toBe('PNG');
    expect(rig.at.workspace.messages[0]?.blocks).toMatchObject([
      { type: 'image', slack_file: { id }, alt_text: 'Two gave a 9.' },
    ]);
  });

  test('and a trend beside it are two pictures, each in its own place', async () => {
    const rounds = trend([nps('1 feb', 8, 12), nps('1 mrt', 9, 30)]);
    await rig.platform.send(
      outgoing({ place: 'C_GENERAL', card: { summary: 'The result', elements: [rounds, chart] } }),
    );
    const heights = [...rig.at.workspace.files].map(([id, { bytes }]) => [bytes?.readUInt32BE(20), id]);
    // Which is uploaded first does not matter.
    const idOf = (height: number) => heights.find(([one]) => one === height)?.[1];
    expect(rig.at.workspace.messages[0]?.blocks).toMatchObject([
      { type: 'image', slack_file: { id: idOf(752) }, alt_text: 'In woorden.' },
      { type: 'image', slack_file: { id: idOf(560) }, alt_text: 'Two gave a 9.' },
    ]);
  });

  test('and grades go the same way', async () => {
    const card = { summary: 'The result', elements: [gradesOf([gradeRow([7, 8])])] };
    await rig.platform.send(outgoing({ place: 'C_GENERAL', card }));
    const [[id, file] = []] = rig.at.workspace.files;
    expect(file?.bytes?.subarray(1, 4).toString()).toBe('PNG');
    expect(rig.at.workspace.messages[0]?.blocks).toMatchObject([
      { type: 'image', slack_file: { id }, alt_text: 'In woorden.' },
    ]);
  });

  test('waits until Slack has it ready, without a second upload', async () => {
    rig.at.settings.filesReadyAfter = 1;
    expect(await failure({ place: 'C_GENERAL', card: withChart })).toMatchObject({
      failure: 'later',
      afterMs: 2000,
    });
    await rig.platform.send(
      outgoing({ place: 'C_GENERAL', card: { ...withChart, elements: [{ ...chart }] } }),
    );
    expect(rig.at.workspace.files.size).toBe(1);
    expect(rig.at.workspace.messages[0]?.blocks).toMatchObject([{ type: 'image' }]);
  });

  test('goes in words when Slack never has it ready', async () => {
    rig.at.settings.filesReadyAfter = 100;
    for (let time = 0; time < 4; time += 1)
      expect(await failure({ place: 'C_GENERAL', card: withChart })).toMatchObject({ failure: 'later' });
    await rig.platform.send(outgoing({ place: 'C_GENERAL', card: withChart }));
    expect(JSON.stringify(rig.at.workspace.messages[0]?.blocks)).toContain('Two gave a 9.');
  });

  test('goes in words when Belay may not upload', async () => {
    rig.at.settings.scopes.delete('files:write');
    await rig.platform.send(outgoing({ place: 'C_GENERAL', card: withChart }));
    expect(rig.at.workspace.messages[0]?.blocks).toMatchObject([
      { type: 'rich_text' },
      { text: { text: 'Two gave a 9.' } },
    ]);
  });

  test('waits when the upload is refused for now', async () => {
    rig.at.fail({ method: 'files.getUploadURLExternal', how: 'limited', retryAfter: 3 });
    expect(await failure({ place: 'C_GENERAL', card: withChart })).toMatchObject({
      failure: 'later',
      afterMs: 3000,
    });
  });
});
