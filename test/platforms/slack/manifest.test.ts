import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { featuresOf } from '../../../src/features/features.ts';
import { emailScope, eventScopes, methodScopes } from '../../support/slack/scopes.ts';

const folder = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, folder), 'utf8');

const schema = z.object({
  features: z.object({
    slash_commands: z.array(z.looseObject({ command: z.string() })),
    // By Slack's reference of the manifest, and its page on making shortcuts for the name.
    shortcuts: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(24),
          type: z.enum(['global', 'message']),
          callback_id: z.string().max(255),
          description: z.string().min(1).max(150),
        }),
      )
      .max(10),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()) }),
    socket_mode_enabled: z.boolean(),
  }),
});
const manifest = schema.parse(JSON.parse(read('manifests/slack/manifest.json')));
const { bot: scopes } = manifest.oauth_config.scopes;
const { bot_events: events } = manifest.settings.event_subscriptions;

const source = readdirSync(new URL('src/platforms/slack/', folder))
  .map((file) => read(`src/platforms/slack/${file}`))
  .join('\n');
const families = 'auth|chat|conversations|files|users|views';
const methods = [...source.matchAll(new RegExp(`client\\.((?:${families})\\.\\w+)\\(`, 'g'))].map(
  ([, name]) => name ?? '',
);
const handled = [...source.matchAll(/app\.event\('(\w+)'|for \(const name of \[([^\]]+)\]/g)].flatMap(
  ([, one, several]) =>
    one ? [one] : [...(several ?? '').matchAll(/'(\w+)'/g)].map(([, name]) => name ?? ''),
);

describe('the Slack manifest', () => {
  test('subscribes to exactly the events that are handled', () => {
    const named = handled.map((event) => (event === 'message' ? 'message.im' : event));
    expect([...events].sort()).toEqual(named.sort());
  });

  test('asks for exactly the scopes that are used', () => {
    expect(methods.length).toBeGreaterThan(8);
    const ofMethods = methods.map((method) => methodScopes[method] ?? [`no scope is known for ${method}`]);
    const ofEvents = events.map((event) => eventScopes[event] ?? [`no scope is known for ${event}`]);
    const ofFields = source.includes('profile?.email') ? [emailScope] : [];
    const needed = new Set([...ofMethods.flat(), ...ofEvents.flat(), ...ofFields, 'commands']);
    expect([...scopes].sort()).toEqual([...needed].sort());
  });

  test('offers on a message exactly what can be done with one', () => {
    const names = featuresOf().flatMap(({ messages }) => Object.keys(messages ?? {}));
    const offered = manifest.features.shortcuts.filter(({ type }) => type === 'message');
    expect(offered.map(({ callback_id }) => callback_id).sort()).toEqual(names.sort());
    expect(offered).toHaveLength(manifest.features.shortcuts.length);
  });

  test('for HTTP is the same but for the addresses', () => {
    const { settings, ...http } = schema.parse(JSON.parse(read('manifests/slack/manifest.http.json')));
    expect(settings).toEqual({ ...manifest.settings, socket_mode_enabled: false });
    expect(http.oauth_config).toEqual(manifest.oauth_config);
    expect(http.features.shortcuts).toEqual(manifest.features.shortcuts);
    expect(manifest.features.slash_commands[0]).toMatchObject({ command: '/belay', should_escape: true });
    expect(http.features.slash_commands[0]).toMatchObject({
      ...manifest.features.slash_commands[0],
      url: 'https://belay.example.com/slack/events',
    });
  });
});
