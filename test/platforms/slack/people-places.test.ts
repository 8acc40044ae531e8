import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Rig, startRig } from '../../support/slack/belay.ts';
import { belay } from '../../support/slack/workspace.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.stop());

const asked = (user: string) => rig.at.callsOf('users.info').filter(({ args }) => args.user === user).length;

async function says(user: string, channel: string) {
  await rig.at.mention(user, channel, 'x');
  const request = rig.heard.at(-1);
  if (!request) throw new Error('not heard');
  return request;
}

describe('who somebody is', () => {
  test.each([
    ['a member', 'U_BRAM', { outsider: false, admin: false, language: 'nl' }],
    ['an administrator', 'U_ANNA', { outsider: false, admin: true }],
    ['a guest', 'U_GUEST', { outsider: true, admin: false, language: 'en' }],
    ['another workspace’s person', 'U_DAAN', { outsider: true, admin: false }],
  ])('%s', async (_name, user, person) => {
    expect((await says(user, 'C_ACME')).person).toMatchObject(person);
  });

  test('is asked once, not for each thing he says', async () => {
    for (let time = 0; time < 5; time += 1) await says('U_BRAM', 'C_GENERAL');
    expect(asked('U_BRAM')).toBe(1);
  });

  test('is asked again after a day, while the answer does not wait for it', async () => {
    await says('U_BRAM', 'C_GENERAL');
    rig.clock.now = rig.clock.now.add({ hours: 25 });
    const bram = rig.at.workspace.users.get('U_BRAM');
    if (bram) bram.realName = 'Bram B.';
    expect((await says('U_BRAM', 'C_GENERAL')).person.name).toBe('Bram Bakker');
    await expect.poll(() => rig.people.get('T1/U_BRAM')?.name).toBe('Bram B.');
  });

  test('changes with user_change, without a look-up', async () => {
    await says('U_BRAM', 'C_GENERAL');
    const bram = rig.at.workspace.users.get('U_BRAM');
    if (bram) bram.guest = true;
    await rig.at.userChange('U_BRAM');
    expect((await says('U_BRAM', 'C_GENERAL')).person.outsider).toBe(true);
    expect(asked('U_BRAM')).toBe(1);
  });

  test('when it cannot be found out: an outsider, and not kept', async () => {
    rig.at.fail(...Array.from({ length: 9 }, () => ({ method: 'users.info', how: 'broken' as const })));
    await rig.at.command('U_ANNA', 'C_ACME', 'x');
    expect(rig.heard[0]?.person).toEqual({
      unknown: true,
      id: 'U_ANNA',
      name: 'anna',
      outsider: true,
      admin: false,
    });
    expect(rig.people.size).toBe(0);
  });

  test('another workspace’s person needs no look-up to be an outsider', async () => {
    rig.at.fail({ method: 'users.info', how: 'hang' });
    expect((await says('U_DAAN', 'C_ACME')).person).toMatchObject({ outsider: true });
  });

  test('at most 90 are asked in a minute', async () => {
    rig.at.settings.scopes.delete('users:read');
    const asking = Array.from({ length: 120 }, (_, n) => rig.at.dm(rig.newcomers(1)[0] ?? '', `${n}`));
    await Promise.all(asking);
    expect(rig.at.callsOf('users.info')).toHaveLength(90);
    rig.clock.now = rig.clock.now.add({ seconds: 61 });
    await rig.at.dm('U_ANNA', 'x');
    expect(rig.at.callsOf('users.info')).toHaveLength(91);
  });

  test('when it cannot be found out: he makes the channel shared for now, not for good', async () => {
    await says('U_ANNA', 'C_GENERAL');
    rig.at.settings.scopes.delete('users:read');
    const [newcomer = ''] = rig.newcomers(1);
    expect(await says(newcomer, 'C_GENERAL')).toMatchObject({
      person: { outsider: true },
      place: { shared: true },
    });
    expect((await says('U_ANNA', 'C_GENERAL')).place.shared).toBe(false);
  });
});

describe('where it is', () => {
  test.each([
    ['our own channel', 'U_ANNA', 'C_GENERAL', { shared: false, reachable: true, members: 3 }],
    [
      'a channel shared with another workspace',
      'U_ANNA',
      'C_ACME',
      { shared: true, reachable: true, members: 6 },
    ],
    ['an archived channel', 'U_ANNA', 'C_OLD', { reachable: false }],
  ])('%s', async (_name, user, channel, place) => {
    expect((await says(user, channel)).place).toMatchObject(place);
  });

  test('a channel that Belay is not in: not reachable, taken as shared, not kept', async () => {
    await rig.at.command('U_ANNA', 'C_PRIVATE', 'x');
    expect(rig.heard[0]?.place).toMatchObject({ reachable: false, shared: true });
    expect(rig.places.size).toBe(0);
  });

  test('a guest makes a channel shared, without any flag of Slack’s', async () => {
    rig.at.workspace.channels.get('C_GENERAL')?.members.add('U_GUEST');
    expect((await says('U_ANNA', 'C_GENERAL')).place.shared).toBe(true);
  });

  test('another bot does not', async () => {
    rig.at.workspace.users.set('U_BOT', {
      id: 'U_BOT',
      team: 'T1',
      name: 'b',
      realName: 'B',
      locale: 'en-US',
      bot: true,
    });
    rig.at.workspace.channels.get('C_GENERAL')?.members.add('U_BOT');
    expect((await says('U_ANNA', 'C_GENERAL')).place.shared).toBe(false);
  });

  test('follows who comes and goes', async () => {
    const channel = rig.at.workspace.channels.get('C_GENERAL');
    const move = { channel: 'C_GENERAL', user: 'U_GUEST', team: 'T1', channel_type: 'C', event_ts: '1.1' };
    await says('U_ANNA', 'C_GENERAL');
    channel?.members.add('U_GUEST');
    await rig.at.event({ type: 'member_joined_channel', ...move });
    expect((await says('U_ANNA', 'C_GENERAL')).place).toMatchObject({ shared: true, members: 4 });
    channel?.members.delete('U_GUEST');
    await rig.at.event({ type: 'member_left_channel', ...move });
    expect((await says('U_ANNA', 'C_GENERAL')).place).toMatchObject({ shared: false, members: 3 });
  });

  test('is shared when a guest comes while its members are being looked through', async () => {
    await rig.at.dm('U_ANNA', 'x');
    await rig.at.dm('U_GUEST', 'x');
    const { promise, resolve } = Promise.withResolvers<void>();
    rig.at.settings.hold.set('users.info', promise);
    const command = rig.at.command('U_ANNA', 'C_GENERAL', 'x');
    await expect.poll(() => rig.at.callsOf('users.info').length).toBe(4);
    rig.at.workspace.channels.get('C_GENERAL')?.members.add('U_GUEST');
    const move = { channel: 'C_GENERAL', user: 'U_GUEST', team: 'T1', channel_type: 'C', event_ts: '1.1' };
    const joined = rig.at.event({ type: 'member_joined_channel', ...move });
    await expect.poll(() => rig.at.callsOf('conversations.info').length).toBe(2);
    resolve();
    await Promise.all([command, joined]);
    expect((await says('U_ANNA', 'C_GENERAL')).place.shared).toBe(true);
  });

  test('an outsider who speaks there makes it shared', async () => {
    await says('U_ANNA', 'C_GENERAL');
    expect((await says('U_DAAN', 'C_GENERAL')).place.shared).toBe(true);
    expect((await says('U_ANNA', 'C_GENERAL')).place.shared).toBe(true);
  });

  test('an event about it that cannot be worked out is sent again', async () => {
    await says('U_ANNA', 'C_GENERAL');
    rig.at.fail({ method: 'conversations.info', how: 'broken' });
    const shared = { type: 'channel_shared', channel: 'C_GENERAL', connected_team_id: 'T2', event_ts: '1.1' };
    rig.at.workspace.channels.set('C_GENERAL', {
      id: 'C_GENERAL',
      name: 'general',
      members: new Set(['U_ANNA', belay.user]),
      extShared: true,
    });
    expect((await rig.at.event(shared)).status).toBe(500);
    expect((await rig.at.again()).status).toBe(200);
    expect((await says('U_ANNA', 'C_GENERAL')).place.shared).toBe(true);
  });

  test('an archived channel cannot be reached until it is taken out again', async () => {
    await says('U_ANNA', 'C_GENERAL');
    await rig.at.event({ type: 'channel_archive', channel: 'C_GENERAL', user: 'U_ANNA', event_ts: '1.1' });
    expect((await says('U_ANNA', 'C_GENERAL')).place.reachable).toBe(false);
    await rig.at.event({ type: 'channel_unarchive', channel: 'C_GENERAL', user: 'U_ANNA', event_ts: '1.2' });
    expect((await says('U_ANNA', 'C_GENERAL')).place.reachable).toBe(true);
  });

  test('a direct conversation with an outsider: nothing internal there', async () => {
    await rig.at.dm('U_DAAN', 'hello');
    expect(rig.heard[0]?.place).toMatchObject({ kind: 'direct', shared: true, reachable: true });
  });

  test('is asked once, not for each thing that is said there', async () => {
    for (let time = 0; time < 5; time += 1) await says('U_ANNA', 'C_GENERAL');
    expect(rig.at.callsOf('conversations.info')).toHaveLength(1);
    expect(rig.at.callsOf('conversations.members')).toHaveLength(1);
    expect(rig.at.callsOf('auth.test')).toHaveLength(1);
    expect(asked(belay.user)).toBe(0);
  });
});
