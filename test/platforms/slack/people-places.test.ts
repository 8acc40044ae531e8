import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { line } from '../../../src/chat/card.ts';
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

describe('a person’s e-mail address', () => {
  const kept = (id: string) => rig.people.get(`T1/${id}`)?.email;
  const user = (id: string) => {
    const found = rig.at.workspace.users.get(id);
    if (!found) throw new Error(`no ${id}`);
    return found;
  };
  const nextDay = () => {
    rig.clock.now = rig.clock.now.add({ hours: 25 });
  };

  test.each([
    ['a member', 'U_BRAM', 'bram@ons.example'],
    ['another workspace’s person', 'U_DAAN', 'daan@acme.example'],
  ])('is kept of %s, in small letters', async (_name, id, address) => {
    user(id).email = address.toUpperCase();
    await says(id, 'C_ACME');
    await expect.poll(() => kept(id)).toBe(address);
  });

  test('is kept of a guest', async () => {
    user('U_GUEST').email = 'eva@acme.example';
    await says('U_GUEST', 'C_GENERAL');
    expect(kept('U_GUEST')).toBe('eva@acme.example');
  });

  test('is not told without its scope, and nothing else is missing then', async () => {
    rig.at.settings.scopes.delete('users:read.email');
    await says('U_BRAM', 'C_GENERAL');
    await rig.at.userChange('U_BRAM');
    expect(rig.people.get('T1/U_BRAM')).toMatchObject({ name: 'Bram Bakker', outsider: false });
    expect(kept('U_BRAM')).toBeUndefined();
  });

  test('changes with user_change', async () => {
    await says('U_BRAM', 'C_GENERAL');
    user('U_BRAM').email = 'Bram.Bakker@ons.example';
    await rig.at.userChange('U_BRAM');
    expect(kept('U_BRAM')).toBe('bram.bakker@ons.example');
  });

  test.each([{}, { email: null }, { email: '' }])('stands when Slack does not tell it: %j', async (told) => {
    await says('U_DAAN', 'C_ACME');
    await expect.poll(() => kept('U_DAAN')).toBe('daan@acme.example');
    const profile = { real_name: 'Daan V.', ...told };
    const changed = { id: 'U_DAAN', team_id: 'T2', name: 'daan', profile };
    expect((await rig.at.event({ type: 'user_change', user: changed, event_ts: '1.1' })).status).toBe(200);
    expect(rig.people.get('T1/U_DAAN')).toMatchObject({ name: 'Daan V.', email: 'daan@acme.example' });
  });

  test('stands when a person is looked up again without it, or is written to alone', async () => {
    for (const id of ['U_BRAM', 'U_DAAN']) await says(id, 'C_ACME');
    await expect.poll(() => kept('U_DAAN')).toBe('daan@acme.example');
    rig.at.settings.scopes.delete('users:read.email');
    nextDay();
    for (const id of ['U_BRAM', 'U_DAAN']) {
      user(id).realName = `${id} again`;
      await says(id, 'C_ACME');
      await expect.poll(() => rig.people.get(`T1/${id}`)?.name).toBe(`${id} again`);
      await rig.platform.send({
        id: 'm',
        tenant: 'T1',
        kind: 'post',
        person: id,
        audience: 'person',
        card: line('x'),
      });
    }
    expect([kept('U_BRAM'), kept('U_DAAN')]).toEqual(['bram@ons.example', 'daan@acme.example']);
  });

  test('of another workspace’s person is asked for again after a day', async () => {
    rig.at.fail({ method: 'users.info', how: 'broken' });
    await says('U_DAAN', 'C_ACME');
    await expect.poll(() => rig.logged.join('')).toContain('a person could not be looked up');
    await says('U_DAAN', 'C_ACME');
    expect(asked('U_DAAN')).toBe(1);
    nextDay();
    expect((await says('U_DAAN', 'C_ACME')).person).toMatchObject({ outsider: true });
    await expect.poll(() => kept('U_DAAN')).toBe('daan@acme.example');
    await says('U_DAAN', 'C_ACME');
    expect(asked('U_DAAN')).toBe(2);
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

describe('who is in it', () => {
  const ours = ['U_ANNA', 'U_BRAM', 'U_CARLA'];
  const theirs = ['U_DAAN', 'U_EVA', 'U_FINN'];
  const members = (channel: string) => rig.members.get(`T1/${channel}`)?.toSorted();
  const looks = () => rig.at.callsOf('conversations.members').length;
  const move = (channel: string, user: string, team = 'T1') => ({
    channel,
    user,
    team,
    channel_type: 'C',
    event_ts: '1.1',
  });
  const channel = (id: string) => {
    const found = rig.at.workspace.channels.get(id);
    if (!found) throw new Error(`no ${id}`);
    return found;
  };
  const user = (id: string) => {
    const found = rig.at.workspace.users.get(id);
    if (!found) throw new Error(`no ${id}`);
    return found;
  };

  async function comes(id: string, into: string) {
    channel(into).members.add(id);
    await rig.at.event({ type: 'member_joined_channel', ...move(into, id, user(id).team) });
  }

  async function leaves(id: string, from: string) {
    channel(from).members.delete(id);
    await rig.at.event({ type: 'member_left_channel', ...move(from, id, user(id).team) });
  }

  async function poll(id: string) {
    const buttons = [{ press: 'polls.vote.7', subject: 'p1', label: '7' }];
    const card = { ...line('How likely?'), elements: [{ kind: 'buttons' as const, buttons }] };
    await rig.platform.send({ id: 'm', tenant: 'T1', kind: 'post', place: id, audience: 'anyone', card });
    const message = rig.at.workspace.messages.at(-1);
    if (!message) throw new Error('not posted');
    return message;
  }

  test.each([
    ['our own channel', 'C_GENERAL', ours],
    ['a channel shared with another workspace', 'C_ACME', [...ours, ...theirs]],
  ])('is known after Belay was added to %s, a command there, or a press', async (_name, id, people) => {
    const spoken = [
      () => rig.at.invite('U_ANNA', id),
      () => rig.at.command('U_ANNA', id, 'x'),
      async () => rig.at.press('U_BRAM', await poll(id), 'polls.vote.7'),
    ];
    for (const speak of spoken) {
      rig.members.clear();
      rig.places.clear();
      await speak();
      await expect.poll(() => members(id)).toEqual(people);
    }
    expect(looks()).toBe(spoken.length);
  });

  test('is neither bots nor those who left', async () => {
    for (const id of rig.newcomers(2, 'C_GENERAL')) await rig.at.dm(id, 'x');
    const [bot = '', gone = ''] = [...channel('C_GENERAL').members].filter((id) => id.startsWith('U_NEW'));
    user(bot).bot = true;
    user(gone).deleted = true;
    for (const id of [bot, gone]) await rig.at.userChange(id);
    await says('U_ANNA', 'C_GENERAL');
    expect(members('C_GENERAL')).toEqual(ours);
  });

  test.each(['C_GENERAL', 'C_ACME'])('follows who comes to %s and who leaves it', async (id) => {
    await says('U_ANNA', id);
    const before = members(id) ?? [];
    await comes('U_GUEST', id);
    await expect.poll(() => members(id)).toEqual([...before, 'U_GUEST'].toSorted());
    await leaves('U_GUEST', id);
    await leaves('U_BRAM', id);
    await expect.poll(() => members(id)).toEqual(before.filter((one) => one !== 'U_BRAM'));
  });

  test('in a shared channel changes its numbers too, which a question asked there waits for', async () => {
    await says('U_ANNA', 'C_ACME');
    const { promise, resolve } = Promise.withResolvers<void>();
    rig.at.settings.hold.set('conversations.members', promise);
    await leaves('U_FINN', 'C_ACME');
    const command = rig.at.command('U_ANNA', 'C_ACME', 'x');
    await rig.at.dm('U_ANNA', 'x');
    resolve();
    await command;
    expect(rig.heard.find(({ returns }) => returns === 'either')?.place).toMatchObject({
      shared: true,
      members: 5,
      outsiders: 2,
    });
  });

  test('is looked at again when somebody leaves the workspace', async () => {
    await says('U_BRAM', 'C_ACME');
    await says('U_BRAM', 'C_GENERAL');
    user('U_BRAM').deleted = true;
    for (const id of ['C_ACME', 'C_GENERAL']) channel(id).members.delete('U_BRAM');
    await rig.at.userChange('U_BRAM');
    await expect.poll(() => members('C_GENERAL')).toEqual(['U_ANNA', 'U_CARLA']);
    await expect.poll(() => members('C_ACME')).toEqual(['U_ANNA', 'U_CARLA', ...theirs]);
  });

  test('is looked at again when somebody becomes a guest: the channel is shared at once', async () => {
    await says('U_BRAM', 'C_GENERAL');
    user('U_BRAM').guest = true;
    await rig.at.userChange('U_BRAM');
    expect(rig.places.get('T1/C_GENERAL')).toMatchObject({ shared: true, outsiders: 1 });
    expect(members('C_GENERAL')).toEqual(ours);
  });

  test('is not looked at when somebody only changes his name', async () => {
    await says('U_BRAM', 'C_GENERAL');
    await says('U_DAAN', 'C_ACME');
    const before = looks();
    for (const id of ['U_BRAM', 'U_DAAN']) await rig.at.userChange(id);
    await says('U_BRAM', 'C_GENERAL');
    expect(looks()).toBe(before);
  });

  test('an event about somebody who left is sent again when Slack does not tell', async () => {
    await says('U_BRAM', 'C_GENERAL');
    user('U_BRAM').deleted = true;
    channel('C_GENERAL').members.delete('U_BRAM');
    rig.at.fail({ method: 'conversations.info', how: 'broken' });
    expect((await rig.at.userChange('U_BRAM')).status).toBe(500);
    expect((await rig.at.again()).status).toBe(200);
    expect(members('C_GENERAL')).toEqual(['U_ANNA', 'U_CARLA']);
  });

  test('costs a vote nothing: not one call more, also when the members could not be looked through', async () => {
    rig.at.fail({ method: 'conversations.members', how: 'broken' });
    const question = await poll('C_ACME');
    await rig.at.press('U_BRAM', question, 'polls.vote.7');
    await expect.poll(() => rig.logged.join('')).toContain('members of a channel could not be looked up');
    const before = rig.at.calls.length;
    for (let time = 0; time < 5; time += 1) await rig.at.press('U_BRAM', question, 'polls.vote.7');
    expect(rig.at.calls.slice(before)).toEqual([]);
    await says('U_ANNA', 'C_ACME');
    expect(members('C_ACME')).toEqual([...ours, ...theirs]);
  });

  test('of 1,000 people is written at once', async () => {
    const many = rig.newcomers(1000, 'C_GENERAL');
    await says('U_ANNA', 'C_GENERAL');
    await expect.poll(() => members('C_GENERAL')).toEqual([...ours, ...many].toSorted());
  });
});
