import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refusal } from '../../../src/platforms/teams/admission.ts';
import { type Activity, activitySchema, conversationOf, read } from '../../../src/platforms/teams/parse.ts';
import { anna, bot, bram, daan } from '../../support/teams/connector.ts';
import { openTeams } from '../../support/teams/platform.ts';

type Name = 'meeting-begun' | 'meeting-over' | 'channel-meeting-begun';

const bodies = new Map<string, object>();

/** What Teams posts, with some of it changed. */
function posted(name: Name, changes: object = {}): object {
  const file = new URL(`../../fixtures/teams/${name}.json`, import.meta.url);
  const body: object = bodies.get(name) ?? JSON.parse(readFileSync(file, 'utf8'));
  bodies.set(name, body);
  return { ...body, ...changes };
}

const parsed = (name: Name, changes: object = {}): Activity => activitySchema.parse(posted(name, changes));
/** The fixture's value, with some of it changed. */
const withValue = (name: Name, changes: object) => ({
  value: { ...Object(parsed(name).value), ...changes },
});

const chat = '19:meeting_NTM3ZDJjOTUtZGRhOS00MzYxLTk5NDAtMzY4M2IzZWFjZGE1@thread.v2';
const id = Buffer.from(`1#${chat}#0`).toString('base64');

describe('reading what Teams tells of a meeting', () => {
  test('its beginning, to the millisecond', () => {
    const start = Temporal.Instant.from('2026-11-20T09:02:10.438Z');
    expect(read(parsed('meeting-begun'))).toEqual({
      kind: 'meeting',
      meeting: { id, title: 'Voortgang Acme', phase: 'begun', start },
    });
  });

  test('its end, which does not say when it began, unless it does', () => {
    const end = Temporal.Instant.from('2026-11-20T09:47:32.811Z');
    const meeting = { id, title: 'Voortgang Acme', phase: 'over', start: undefined, end };
    expect(read(parsed('meeting-over'))).toEqual({ kind: 'meeting', meeting });
    const start = Temporal.Instant.from('2026-11-20T09:02:10Z');
    const told = parsed('meeting-over', withValue('meeting-over', { StartTime: '2026-11-20T09:02:10Z' }));
    expect(read(told)).toEqual({ kind: 'meeting', meeting: { ...meeting, start } });
  });

  test('one in a channel is of that channel, has an id of its own, and may have no title', () => {
    const activity = parsed('channel-meeting-begun');
    expect(conversationOf(activity)).toBe('19:acme@thread.tacv2');
    const own = Buffer.from('1#19:acme@thread.tacv2#1763640000000').toString('base64');
    expect(read(activity)).toMatchObject({ meeting: { id: own, title: undefined } });
  });

  test.each([undefined, null, {}, { meeting: 'x' }, { meeting: { id: '' } }])(
    'where %j stands for its id, it is that of the chat',
    (channelData) => {
      expect(read(parsed('meeting-begun', { channelData }))).toMatchObject({ meeting: { id: chat } });
    },
  );

  test.each([
    ['no value', { value: undefined }],
    ['a value that is no object', { value: 'x' }],
    ['no id', withValue('meeting-begun', { Id: '' })],
    ['no beginning', withValue('meeting-begun', { StartTime: undefined })],
    ['a beginning that is no moment', withValue('meeting-begun', { StartTime: '20 november' })],
    ['a beginning without a zone', withValue('meeting-begun', { StartTime: '2026-11-20T09:02:10' })],
    ['a title that is no text', withValue('meeting-begun', { Title: 7 })],
  ])('with %s it is left', (_, changes) => {
    expect(read(parsed('meeting-begun', changes))).toEqual({ kind: 'ignored', unreadable: true });
  });

  test('an end without its moment is left, and so is every other event', () => {
    expect(read(parsed('meeting-over', withValue('meeting-over', { EndTime: null })))).toEqual({
      kind: 'ignored',
      unreadable: true,
    });
    const name = 'application/vnd.microsoft.readReceipt';
    expect(read(parsed('meeting-begun', { name }))).toEqual({ kind: 'ignored' });
  });

  test('NUL, which no database keeps, is taken out of its title', () => {
    const nul = parsed('meeting-begun', withValue('meeting-begun', { Title: ' a\0b ' }));
    expect(read(nul)).toMatchObject({ meeting: { title: 'ab' } });
  });

  test('of another tenant it is refused', () => {
    const config = { appId: 'app', password: 'word', tenantId: '7c9e6679-7425-40de-944b-e07fc1f90ae7' };
    expect(refusal(config, parsed('meeting-begun'))).toBeUndefined();
    expect(refusal({ ...config, tenantId: 'ours' }, parsed('meeting-begun'))).toBe('tenant');
    const channelData = { tenant: { id: 'ours' }, meeting: { id } };
    expect(refusal({ ...config, tenantId: 'ours' }, parsed('meeting-begun', { channelData }))).toBe('tenant');
  });
});

describe('hearing of a meeting', () => {
  let teams: Awaited<ReturnType<typeof openTeams>>;
  beforeEach(async () => {
    teams = await openTeams();
    teams.connector.members.set(chat, [anna, daan]);
  });
  afterEach(() => teams.close());

  const comes = (name: Name, changes: object = {}) => {
    const from = { id: anna.id, aadObjectId: anna.aadObjectId };
    const serviceUrl = teams.connector.url;
    return teams.people.post(posted(name, { serviceUrl, from, recipient: bot, ...changes }));
  };
  const there = () =>
    teams.memory.members.get(`7c9e6679-7425-40de-944b-e07fc1f90ae7 ${chat}`)?.toSorted() ?? [];

  test('it becomes a request of whoever began it, where it is', async () => {
    expect(await comes('meeting-begun')).toMatchObject({ status: 200 });
    expect(teams.heard).toMatchObject([
      {
        key: `teams:${chat}:meeting begun 2026-11-20T09:02:10.438Z`,
        tenant: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
        person: { id: anna.aadObjectId },
        place: { id: chat, shared: true, members: 2, outsiders: 1 },
        what: { kind: 'meeting', meeting: { id, phase: 'begun' } },
        returns: 'nothing',
      },
    ]);
    expect(teams.connector.messages).toEqual([]);
  });

  test('the same event again has the same key, whatever its id; its end has another', async () => {
    await comes('meeting-begun');
    await comes('meeting-begun', { id: 'another' });
    await comes('meeting-over');
    const [one, again, end] = teams.heard.map(({ key }) => key);
    expect(again).toBe(one);
    expect(end).not.toBe(one);
  });

  test('who is there is asked anew each time it begins, because others are asked to it', async () => {
    await comes('meeting-begun');
    expect(there()).toEqual([anna.aadObjectId, daan.aadObjectId]);
    teams.connector.members.set(chat, [anna, bram, daan]);
    await comes('meeting-begun');
    expect(there()).toEqual([anna.aadObjectId, bram.aadObjectId, daan.aadObjectId]);
  });

  test('when Teams does not tell who is there, what was known counts', async () => {
    await comes('meeting-begun');
    teams.connector.faults.push({ status: 403 });
    expect(await comes('meeting-begun')).toMatchObject({ status: 200 });
    expect(there()).toEqual([anna.aadObjectId, daan.aadObjectId]);
    expect(teams.heard[1]?.place).toMatchObject({ members: 2, reachable: true });
  });

  test('what nothing came of is logged with its reason, without a name and a word of the meeting', async () => {
    teams.answer.next = async () => ({ kind: 'nothing', ignored: 'meeting-not-begun' });
    await comes('meeting-over');
    await comes('meeting-begun', withValue('meeting-begun', { StartTime: 'onzin' }));
    const log = teams.log.join('');
    expect(log).toContain('meeting-not-begun');
    expect(log).toContain('Teams: an event could not be read');
    expect(log).not.toMatch(/Voortgang|Anna|onzin/);
  });
});
