import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type Activity,
  activitySchema,
  conversationOf,
  read,
  tenantOf,
} from '../../../src/platforms/teams/parse.ts';

const folder = new URL('../../fixtures/teams/', import.meta.url);

function fixture(name: string, changes: object = {}): Activity {
  return activitySchema.parse({
    ...JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')),
    ...changes,
  });
}

describe('reading activities', () => {
  test('every fixture is an activity of its tenant', () => {
    const names = readdirSync(folder).map((file) => file.replace('.json', ''));
    expect(names.length).toBeGreaterThan(10);
    for (const name of names)
      expect(tenantOf(fixture(name)), name).toBe('7c9e6679-7425-40de-944b-e07fc1f90ae7');
  });

  test('a mention is taken off, other people stay by name, entities are decoded', () => {
    expect(read(fixture('mention'))).toEqual({
      kind: 'said',
      what: {
        kind: 'command',
        text: 'client manager Acme & Co @Bram Bakker',
        mentions: [{ id: '29:1bram', name: 'Bram Bakker' }],
      },
    });
  });

  test('a mention right before a word is still taken off', () => {
    expect(
      read(fixture('mention', { text: '<at>Belay</at>help', entities: fixture('mention').entities })),
    ).toEqual({
      kind: 'said',
      what: expect.objectContaining({ text: 'help' }),
    });
  });

  test('a direct message is a command', () => {
    expect(read(fixture('direct-message'))).toEqual({
      kind: 'said',
      what: { kind: 'command', text: 'help', mentions: [] },
    });
  });

  test('NUL and unknown entities do no harm', () => {
    const heard = read(fixture('direct-message', { text: 'a\0b &unknown; &#0;&#65;&#xA0;&#x1F600; c' }));
    expect(heard).toMatchObject({ what: { text: 'ab &unknown; A 😀 c' } });
  });

  test('a press has a name, a detail and a subject', () => {
    const press = { kind: 'press', name: 'polls.vote', detail: '7', subject: 'p1' };
    expect(read(fixture('press'))).toEqual({ kind: 'said', what: press });
    expect(read(fixture('submit-fallback'))).toEqual({ kind: 'said', what: press });
  });

  test('a form has its fields; an empty one is absent', () => {
    expect(read(fixture('submit'))).toEqual({
      kind: 'said',
      what: { kind: 'submit', name: 'polls.why', subject: 'p1', fields: { why: 'Snel & goed' } },
    });
  });

  test.each([
    ['a verb that is no name', { action: { verb: 'constructor', data: {} } }],
    ['no action', {}],
    ['data that is no object', { action: { verb: 'polls.vote.7', data: 'text' } }],
    ['an id that is no text', { action: { verb: 'polls.vote.7', data: { id: 7 } } }],
  ])('a press with %s is ignored', (_, value) => {
    expect(read(fixture('press', { value }))).toEqual({ kind: 'ignored' });
  });

  test.each([
    ['installed', 'added'],
    ['bot-added', 'added'],
    ['installed-for-oneself', 'added'],
    ['uninstalled', 'removed'],
    ['member-added', 'place-changed'],
    ['channel-renamed', 'place-changed'],
    ['channel-deleted', 'place-gone'],
  ])('%s means %s', (name, kind) => {
    expect(read(fixture(name))).toEqual({ kind });
  });

  test('an upgrade does not remove Belay', () => {
    expect(read(fixture('uninstalled', { action: 'remove-upgrade' }))).toEqual({ kind: 'ignored' });
  });

  test('what is not for Belay is ignored', () => {
    expect(read(fixture('direct-message', { type: 'typing' }))).toEqual({ kind: 'ignored' });
    expect(read(fixture('press', { name: 'task/fetch' }))).toEqual({ kind: 'ignored' });
  });

  test('the place is the channel, not the thread; of news about a channel that channel', () => {
    expect(conversationOf(fixture('press'))).toBe('19:acme@thread.tacv2');
    expect(conversationOf(fixture('channel-renamed'))).toBe('19:acme@thread.tacv2');
    expect(conversationOf(fixture('member-added'))).toBe('19:accountteam@thread.tacv2');
  });

  test('two different tenants in one activity are none', () => {
    const channelData = { tenant: { id: 'another' } };
    expect(tenantOf(fixture('direct-message', { channelData }))).toBeUndefined();
  });
});
