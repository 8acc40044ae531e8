import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Request } from '../../../src/chat/request.ts';
import type { Gateway, Member } from '../../../src/platforms/teams/adapter.ts';
import { background } from '../../../src/platforms/teams/background.ts';
import { hearing } from '../../../src/platforms/teams/hear.ts';
import { activitySchema } from '../../../src/platforms/teams/parse.ts';
import { isOutsider } from '../../../src/platforms/teams/people.ts';
import type { World } from '../../../src/platforms/teams/scene.ts';
import { clock } from '../../support/clock.ts';
import { memoryDirectory } from '../../support/teams/directory.ts';

const tenant = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const teamId = '19:accountteam@thread.tacv2';
const annaId = '00000000-0000-0000-0000-0000000000a0';
const daanId = '00000000-0000-0000-0000-0000000000a3';

const insider = (id: string, aadObjectId: string): Member => ({
  id,
  aadObjectId,
  name: id,
  email: `${id}@ons.example`,
  userPrincipalName: `${id}@ons.example`,
  tenantId: tenant,
  userRole: 'user',
});
const anna = insider('29:1anna', annaId);
const guest = { ...insider('29:1daan', daanId), userRole: 'guest' };

function open() {
  const time = clock('2026-11-20T09:15:00Z');
  const memory = memoryDirectory();
  const gateway = {
    authenticate: vi.fn<Gateway['authenticate']>(),
    send: vi.fn<Gateway['send']>(),
    update: vi.fn<Gateway['update']>(),
    openPersonal: vi.fn<Gateway['openPersonal']>(),
    member: vi.fn<Gateway['member']>(async (_, __, id) => (id === guest.id ? guest : anna)),
    members: vi.fn<Gateway['members']>(async () => [anna]),
  };
  const log = pino({ level: 'silent' });
  const world: World = {
    gateway,
    directory: memory.directory,
    background: background(log),
    lookUps: new Map(),
    now: time.now,
    log,
    language: 'nl',
    sandbox: false,
  };
  const heard: Request[] = [];
  const hear = async (request: Request) => {
    heard.push(request);
    return { kind: 'nothing' } as const;
  };
  const handle = hearing(world, hear, async () => ({}), 'nl');
  return {
    ...memory,
    time,
    gateway,
    heard,
    world,
    async comes(name: string, changes: object = {}) {
      const file = new URL(`../../fixtures/teams/${name}.json`, import.meta.url);
      const body = { ...JSON.parse(readFileSync(file, 'utf8')), ...changes };
      const answer = await handle(tenant, activitySchema.parse(body), body);
      await world.background.settled();
      return answer;
    },
  };
}

let teams: ReturnType<typeof open>;
beforeEach(() => {
  teams = open();
});

test.each([
  ['a colleague', {}, false],
  ['a guest', { userRole: 'guest' }, true],
  ['somebody anonymous', { userRole: 'anonymous' }, true],
  ['another tenant’s person', { tenantId: 'other' }, true],
  ['a guest account', { userPrincipalName: 'd_acme.example#ext#@ons.example' }, true],
  ['somebody of whom no tenant is told', { tenantId: undefined }, true],
])('%s', (_, changes, outsider) => {
  expect(isOutsider({ ...anna, ...changes }, tenant, false)).toBe(outsider);
});

describe('people', () => {
  test('speak their own language, in their own time zone', async () => {
    await teams.comes('direct-message', { locale: 'en-GB', localTimezone: 'Europe/London' });
    await teams.comes('direct-message', { locale: 'fr-FR', localTimezone: 'Nowhere/At_all' });
    expect(teams.heard[0]?.person).toMatchObject({ id: annaId, language: 'en', timeZone: 'Europe/London' });
    expect(teams.heard[1]?.person).toMatchObject({ language: undefined, timeZone: 'Europe/London' });
  });

  test('keep their language when a meeting begins, whose language nobody speaks', async () => {
    await teams.comes('direct-message', { locale: 'nl-NL' });
    await teams.comes('meeting-begun', { locale: 'en-US' });
    expect(teams.heard.map(({ person }) => person.language)).toEqual(['nl', 'nl']);
    expect(teams.people.get(`${tenant} ${annaId}`)?.language).toBe('nl');
  });

  test('are outsiders while nobody knows who they are, and asked about again', async () => {
    teams.gateway.member.mockRejectedValueOnce(new Error('no answer'));
    await teams.comes('press');
    await teams.comes('press');
    expect(teams.heard[0]?.person).toEqual({
      id: daanId,
      name: 'Daan Visser',
      outsider: true,
      unknown: true,
      admin: false,
    });
    expect(teams.gateway.member).toHaveBeenCalledTimes(2);
  });

  test('are asked about once a day, without making anybody wait', async () => {
    await teams.comes('direct-message');
    teams.time.advance({ hours: 23 });
    await teams.comes('direct-message');
    expect(teams.gateway.member).toHaveBeenCalledTimes(1);
    teams.time.advance({ hours: 2 });
    teams.gateway.member.mockResolvedValueOnce({ ...anna, userRole: 'guest' });
    await teams.comes('direct-message');
    expect(teams.heard[2]?.person.outsider).toBe(false);
    await teams.comes('direct-message');
    expect(teams.heard[3]?.person.outsider).toBe(true);
  });

  test('whoever installs Belay in a team administers it, and stays so', async () => {
    await Promise.all([teams.comes('bot-added'), teams.comes('installed')]);
    expect(teams.gateway.member).toHaveBeenCalledTimes(1);
    expect(teams.people.get(`${tenant} ${annaId}`)?.admin).toBe(true);
    teams.time.advance({ hours: 48 });
    await teams.comes('direct-message');
    await teams.comes('direct-message');
    expect(teams.heard.at(-1)?.person.admin).toBe(true);
  });

  test('a guest who installs it does not, nor somebody who installs it for himself', async () => {
    await teams.comes('installed', { from: { id: guest.id, aadObjectId: daanId } });
    expect(teams.heard[0]?.person.admin).toBe(false);
    await teams.comes('installed-for-oneself', { from: { id: anna.id, aadObjectId: annaId } });
    expect(teams.heard[1]?.person.admin).toBe(false);
  });
});

describe('a person’s e-mail address', () => {
  const kept = (id: string) => teams.people.get(`${tenant} ${id}`)?.email;
  const guestName = 'daan_acme.example#EXT#@ons.onmicrosoft.example';

  test.each<[string, Partial<Member>, string | undefined]>([
    ['a member', { email: 'Anna@Ons.example' }, 'anna@ons.example'],
    [
      'a member without a mailbox',
      { email: null, userPrincipalName: 'Anna@ons.example' },
      'anna@ons.example',
    ],
    ['a member with an empty one', { email: '', userPrincipalName: 'anna@ons.example' }, 'anna@ons.example'],
    ['a guest', { email: 'Daan@acme.example', userPrincipalName: guestName }, 'daan@acme.example'],
    ['a guest without one', { email: null, userPrincipalName: guestName }, undefined],
    ['a guest whose name is told twice', { email: guestName, userPrincipalName: guestName }, undefined],
    ['one of whom neither is told', { email: undefined, userPrincipalName: undefined }, undefined],
  ])('of %s', async (_name, told, address) => {
    teams.gateway.member.mockResolvedValue({ ...anna, ...told });
    await teams.comes('direct-message');
    expect(kept(annaId)).toBe(address);
  });

  test('is kept of a guest who has not said anything yet', async () => {
    const invited = { ...guest, email: 'Daan@acme.example', userPrincipalName: guestName };
    teams.gateway.members.mockResolvedValue([anna, invited]);
    await teams.comes('mention');
    expect(kept(daanId)).toBe('daan@acme.example');
  });

  test('stands when Teams does not tell it again, and when another is told is that one', async () => {
    await teams.comes('direct-message');
    const before = kept(annaId);
    expect(before).toBe('29:1anna@ons.example');
    const again = async (told: Partial<Member>) => {
      teams.gateway.member.mockResolvedValueOnce({ ...anna, ...told });
      teams.time.advance({ hours: 25 });
      await teams.comes('direct-message', { locale: 'en-GB' });
      return kept(annaId);
    };
    expect(await again({ email: null, userPrincipalName: guestName })).toBe(before);
    expect(await again({ email: undefined, userPrincipalName: undefined })).toBe(before);
    expect(await again({ email: 'anna.devries@ons.example' })).toBe('anna.devries@ons.example');
  });
});

describe('places', () => {
  test('a channel with only colleagues is internal', async () => {
    await teams.comes('mention');
    expect(teams.heard[0]?.place).toMatchObject({ shared: false, members: 1, outsiders: 0, reachable: true });
  });

  test('a channel with a guest is shared', async () => {
    teams.gateway.members.mockResolvedValue([anna, guest]);
    await teams.comes('mention');
    expect(teams.heard[0]?.place).toMatchObject({ shared: true, members: 2, outsiders: 1 });
  });

  test('a shared channel is shared whoever is in it', async () => {
    const channel = { id: '19:acme@thread.tacv2', type: 'shared' };
    await teams.comes('mention', { channelData: { tenant: { id: tenant }, channel } });
    expect(teams.heard[0]?.place.shared).toBe(true);
  });

  test('a place nobody could look into is shared until somebody could', async () => {
    teams.gateway.members.mockRejectedValueOnce(new Error('no answer'));
    await teams.comes('mention');
    expect(teams.heard[0]?.place).toMatchObject({ shared: true, reachable: true, members: undefined });
    await teams.comes('mention');
    await teams.comes('mention');
    expect(teams.heard[2]?.place).toMatchObject({ shared: false, members: 1 });
  });

  test('an outsider who speaks makes a channel shared', async () => {
    await teams.comes('mention');
    await teams.comes('press');
    expect(teams.heard[1]?.place.shared).toBe(true);
  });

  test('a guest who joins the team makes its channels shared at once', async () => {
    await teams.comes('installed');
    await teams.comes('mention');
    teams.gateway.members.mockResolvedValue([anna, guest]);
    await teams.comes('member-added');
    await teams.comes('mention');
    expect(teams.heard.at(-1)?.place).toMatchObject({ id: '19:acme@thread.tacv2', shared: true });
  });

  test('a direct conversation with an outsider is shared', async () => {
    await teams.comes('direct-message', { from: { id: guest.id, name: 'Daan', aadObjectId: daanId } });
    expect(teams.heard[0]?.place).toMatchObject({ kind: 'direct', shared: true });
  });

  test('a channel has the name that Teams last told, the first channel that of its team', async () => {
    await teams.comes('installed');
    expect(teams.places.get(`${tenant} ${teamId}`)?.name).toBe('Accountteam Acme');
    await teams.comes('channel-renamed');
    await teams.comes('mention');
    expect(teams.heard.at(-1)?.place.name).toBe('Acme en wij');
  });

  test('a deleted channel is out of reach, the team is not', async () => {
    await teams.comes('installed');
    await teams.comes('mention');
    expect(await teams.comes('channel-deleted')).toEqual({ status: 200 });
    expect(teams.places.get(`${tenant} 19:acme@thread.tacv2`)?.reachable).toBe(false);
    expect(teams.places.get(`${tenant} ${teamId}`)?.reachable).toBe(true);
    expect(teams.heard).toHaveLength(2);
  });
});

describe('who is in a place', () => {
  const acmeId = '19:acme@thread.tacv2';
  const bram = insider('29:1bram', '00000000-0000-0000-0000-0000000000a1');
  const members = (place: string) => teams.members.get(`${tenant} ${place}`);

  test('is everybody in its conversation but Belay', async () => {
    const belay = { ...insider('28:0f8fad5b-d9cb-469f-a165-70867728950e', 'belay') };
    teams.gateway.members.mockResolvedValue([anna, guest, belay]);
    await teams.comes('mention');
    expect(members(acmeId)).toEqual([annaId, daanId]);
  });

  test.each(['mention', 'press', 'installed'])('is known after: %s', async (name) => {
    await teams.comes(name);
    expect([...teams.members.values()]).toEqual([[annaId]]);
  });

  test('is not kept of a direct conversation', async () => {
    await teams.comes('direct-message');
    expect(teams.members.size).toBe(0);
  });

  test('follows who comes and goes, in the team’s channels too', async () => {
    await teams.comes('installed');
    await teams.comes('mention');
    teams.gateway.members.mockResolvedValue([anna, bram, guest]);
    await teams.comes('member-added');
    for (const place of [teamId, acmeId]) expect(members(place)).toEqual([annaId, bram.aadObjectId, daanId]);
    expect(teams.places.get(`${tenant} ${acmeId}`)).toMatchObject({ members: 3, outsiders: 1, shared: true });
    teams.gateway.members.mockResolvedValue([bram]);
    await teams.comes('member-added', { membersAdded: [], membersRemoved: [{ id: anna.id }] });
    for (const place of [teamId, acmeId]) expect(members(place)).toEqual([bram.aadObjectId]);
    // What showed an outsider something stays marked so until Teams is asked about that channel itself.
    expect(teams.places.get(`${tenant} ${acmeId}`)).toMatchObject({ members: 1, outsiders: 0, shared: true });
  });

  test('of a private channel is its own affair', async () => {
    await teams.comes('installed');
    const channel = { id: acmeId, type: 'private' };
    const channelData = { tenant: { id: tenant }, team: { id: teamId }, channel };
    await teams.comes('mention', { channelData });
    teams.gateway.members.mockResolvedValue([anna, bram]);
    await teams.comes('member-added');
    expect(members(teamId)).toEqual([annaId, bram.aadObjectId]);
    expect(members(acmeId)).toEqual([annaId]);
  });

  test('stays as it was while Teams does not tell', async () => {
    await teams.comes('installed');
    teams.gateway.members.mockRejectedValueOnce(new Error('no answer'));
    await teams.comes('member-added');
    expect(members(teamId)).toEqual([annaId]);
  });

  test('is asked about once a day where somebody speaks', async () => {
    await teams.comes('mention');
    teams.time.advance({ hours: 25 });
    teams.gateway.members.mockResolvedValue([anna, bram]);
    await teams.comes('press');
    expect(members(acmeId)).toEqual([annaId, bram.aadObjectId]);
  });
});
