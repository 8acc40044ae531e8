import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { line } from '../../../src/chat/card.ts';
import { type Rig, startRig } from '../../support/slack/belay.ts';
import type { Message } from '../../support/slack/workspace.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(async () => {
  vi.useRealTimers();
  await rig.stop();
});

const lists = () => rig.at.callsOf('users.list');
const infos = () => rig.at.callsOf('users.info');
const isShared = () => rig.places.get('T1/C_GENERAL')?.shared;

async function commands(channel = 'C_GENERAL') {
  await rig.at.command('U_ANNA', channel, 'x');
  const request = rig.heard.at(-1);
  if (!request) throw new Error('not heard');
  return request;
}

async function poll(): Promise<Message> {
  const card = {
    ...line('How likely?'),
    elements: [{ kind: 'buttons' as const, buttons: [{ press: 'polls.vote.7', subject: 'p1', label: '7' }] }],
  };
  const said = { id: 'm', tenant: 'T1', kind: 'post', place: 'C_GENERAL', audience: 'anyone', card } as const;
  await rig.platform.send(said);
  const message = rig.at.workspace.messages.at(-1);
  if (!message) throw new Error('not posted');
  return message;
}

/** What is seen after some of the made-up time. */
async function passing<T>(ms: number, seen: () => T): Promise<T> {
  await vi.advanceTimersByTimeAsync(ms);
  return seen();
}

const press = (people: string[], on: Message) =>
  Promise.all(people.map((user) => rig.at.press(user, on, 'polls.vote.7')));

describe('a channel of many whom Belay never met', () => {
  test('is internal at the first command, when all are our own', async () => {
    rig.newcomers(150, 'C_GENERAL');
    expect((await commands()).place).toMatchObject({ shared: false, members: 153 });
    expect(lists()).toHaveLength(1);
    expect(infos().length).toBeLessThan(10);
  });

  test('is known with the e-mail addresses of those who are in it', async () => {
    const [first = '', second = ''] = rig.newcomers(150, 'C_GENERAL');
    const { users } = rig.at.workspace;
    Object.assign(users.get(first) ?? {}, { email: 'Bram@ons.example' });
    await commands();
    expect(rig.people.get(`T1/${first}`)?.email).toBe('bram@ons.example');
    expect(rig.people.get(`T1/${second}`)).toMatchObject({ email: undefined, outsider: false });
  });

  test('is shared when one of them is a guest', async () => {
    rig.newcomers(150, 'C_GENERAL');
    rig.at.workspace.channels.get('C_GENERAL')?.members.add('U_GUEST');
    expect((await commands()).place.shared).toBe(true);
  });

  test('is read page by page, as far as needed, and not again for an hour', async () => {
    const [first = ''] = rig.newcomers(150, 'C_GENERAL');
    rig.newcomers(900);
    const others = rig.newcomers(20);
    expect((await commands()).place.shared).toBe(false);
    expect(lists().map(({ args }) => args)).toEqual([{ limit: '500', include_locale: 'true' }]);
    expect(rig.people.get(`T1/${first}`)).toMatchObject({ outsider: false, language: 'nl' });

    for (const id of others) rig.at.workspace.channels.get('C_ACME')?.members.add(id);
    const acme = rig.at.workspace.channels.get('C_ACME');
    if (acme) acme.extShared = false;
    for (const id of ['U_DAAN', 'U_EVA', 'U_FINN']) acme?.members.delete(id);
    expect((await commands('C_ACME')).place.shared).toBe(false);
    expect(lists().map(({ args }) => args.cursor)).toEqual([undefined, 'NTAw', 'MTAwMA==']);

    rig.newcomers(20, 'C_GENERAL');
    rig.clock.now = rig.clock.now.add({ minutes: 50 });
    await rig.at.event({ type: 'channel_unshared', channel: 'C_GENERAL', event_ts: '1.1' });
    expect(lists()).toHaveLength(3);
    expect((await commands()).place.shared).toBe(false);
  });

  test('keeps nothing of those who left and of bots that it never met', async () => {
    const [gone = '', bot = ''] = rig.newcomers(150, 'C_GENERAL');
    const { users, channels } = rig.at.workspace;
    for (const id of [gone, bot]) channels.get('C_GENERAL')?.members.delete(id);
    Object.assign(users.get(gone) ?? {}, { deleted: true });
    Object.assign(users.get(bot) ?? {}, { bot: true });
    await commands();
    expect(rig.people.has(`T1/${gone}`)).toBe(false);
    expect(rig.people.has(`T1/${bot}`)).toBe(false);
  });

  test('what an event told while the page was on its way stands', async () => {
    const [first = ''] = rig.newcomers(150, 'C_GENERAL');
    await rig.at.dm(first, 'x');
    const { promise, resolve } = Promise.withResolvers<void>();
    rig.at.settings.hold.set('users.list', promise);
    const command = rig.at.command('U_ANNA', 'C_GENERAL', 'x');
    await expect.poll(() => lists().length).toBe(1);
    rig.clock.now = rig.clock.now.add({ seconds: 1 });
    const member = rig.at.workspace.users.get(first);
    if (member) member.guest = true;
    await rig.at.userChange(first);
    if (member) member.guest = false;
    resolve();
    await command;
    expect(rig.people.get(`T1/${first}`)?.outsider).toBe(true);
  });
});

describe('when the list takes long', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
  });

  /** Slack refuses the list for so long. No call is under way meanwhile, so that only our own clock is made up. */
  async function refused(seconds: number): Promise<Message> {
    rig.newcomers(150, 'C_GENERAL');
    const question = await poll();
    rig.at.fail({ method: 'users.list', how: 'limited', retryAfter: seconds });
    return question;
  }
  const waiting = () => expect.poll(() => rig.logged.join('')).toContain('lets the list of people wait');

  test('the command waits two seconds; the channel is settled behind it, when Slack’s Retry-After is over', async () => {
    await refused(30);
    const command = commands();
    await waiting();
    await vi.advanceTimersByTimeAsync(1900);
    expect(rig.heard).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(200);
    expect((await command).place.shared).toBe(true);
    await vi.advanceTimersByTimeAsync(27_800);
    expect(lists()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    await expect.poll(isShared).toBe(false);
    expect(lists()).toHaveLength(2);
    expect((await commands()).place.shared).toBe(false);
  });

  test('a press waits only at the begin, a command also for what began before it', async () => {
    const question = await refused(4);
    const first = press(['U_ANNA'], question);
    await waiting();
    await vi.advanceTimersByTimeAsync(2100);
    await first;
    const second = press(['U_ANNA'], question);
    await expect.poll(() => passing(1, () => rig.heard.length)).toBe(2);
    await second;
    const command = commands();
    await expect.poll(() => passing(20, isShared), { timeout: 5000 }).toBe(false);
    expect((await command).place.shared).toBe(false);
  });

  test('a list that fails is tried again after a minute', async () => {
    rig.newcomers(150, 'C_GENERAL');
    rig.at.fail({ method: 'users.list', how: 'broken' });
    expect((await commands()).place.shared).toBe(true);
    expect(infos()).toHaveLength(90);
    expect((await commands()).place.shared).toBe(true);
    expect(lists()).toHaveLength(1);
    rig.clock.now = rig.clock.now.add({ minutes: 1 });
    expect((await commands()).place.shared).toBe(false);
    expect(lists()).toHaveLength(2);
  });
});

describe('a burst of voters whom Belay never met', () => {
  test('nobody of our own is taken for an outsider because look-ups run short', async () => {
    const question = await poll();
    const voters = rig.newcomers(120);
    await press(voters, question);
    expect(rig.heard).toHaveLength(120);
    expect(rig.heard.filter(({ person }) => person.outsider)).toEqual([]);
    expect(infos().length).toBeLessThanOrEqual(90);
    expect(lists()).toHaveLength(1);
  });

  test('Slack’s own limit is no reason either', async () => {
    const question = await poll();
    rig.at.fail({ method: 'users.info', how: 'limited' });
    await press(rig.newcomers(1), question);
    expect(rig.heard[0]?.person.outsider).toBe(false);
  });

  test('who is in no list is an outsider', async () => {
    const question = await poll();
    const voters = rig.newcomers(120);
    await press(voters, question);
    rig.at.workspace.users.set('U_LATE', {
      id: 'U_LATE',
      team: 'T2',
      name: 'late',
      realName: 'Late',
      locale: 'nl-NL',
    });
    await rig.at.command('U_ANNA', 'C_ACME', 'ask <@U_LATE>');
    await press(['U_LATE'], question);
    expect(rig.heard.at(-1)?.person.outsider).toBe(true);
  });
});
