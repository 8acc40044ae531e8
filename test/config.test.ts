import { expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

const app = {
  MicrosoftAppId: '00000000-0000-0000-0000-000000000001',
  MicrosoftAppPassword: 'p',
  MicrosoftAppTenantId: '00000000-0000-0000-0000-000000000002',
};

function mistakes(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
}

it('is the sandbox on this machine alone without any credential', () => {
  expect(readConfig({ HOST: '0.0.0.0' })).toMatchObject({
    port: 3978,
    host: '127.0.0.1',
    sandbox: { playgroundPort: 56150, cast: true },
    databaseUrl: 'sqlite:data/belay.db',
    language: 'nl',
  });
  expect(readConfig({ BELAY_PLAYGROUND: 'off' }).sandbox).toEqual({ playgroundPort: undefined, cast: true });
});

it('serves those platforms whose credentials are there, and then no Playground', () => {
  const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' };
  expect(readConfig({ ...slack, ...app })).toMatchObject({ sandbox: undefined, slack: {}, teams: {} });
  expect(readConfig(slack)).toMatchObject({ sandbox: undefined, teams: undefined, host: '0.0.0.0' });
  expect(readConfig({ ...slack, BELAY_PLAYGROUND: 'on' }).sandbox).toEqual({
    playgroundPort: 56150,
    cast: false,
  });
});

it('takes an empty variable for none', () => {
  expect(readConfig({ SLACK_BOT_TOKEN: '', PORT: ' ' }).port).toBe(3978);
});

it('names all mistakes at once, each by its variable', () => {
  const found = mistakes({
    PORT: 'x',
    DATABASE_URL: 'mysql://x',
    BELAY_LANGUAGE: 'fr',
    BELAY_TIME_ZONE: 'Mars/Phobos',
    BELAY_SECRET: 'short',
    SLACK_BOT_TOKEN: 'xoxp-1',
  }).join('\n');
  for (const name of [
    'PORT',
    'DATABASE_URL',
    'BELAY_LANGUAGE',
    'BELAY_TIME_ZONE',
    'BELAY_SECRET',
    'SLACK_BOT_TOKEN',
  ])
    expect(found).toContain(name);
});

it('names what is missing beside what is wrong, in plain words', () => {
  const found = mistakes({
    PORT: 'x',
    SLACK_SIGNING_SECRET: 's',
    MicrosoftAppId: 'x',
    DATABASE_URL: 'postgres://a:b/c@h/d',
  });
  for (const name of [
    'PORT must be',
    'SLACK_BOT_TOKEN',
    'MicrosoftAppId must be',
    'MicrosoftAppPassword',
    '%2F',
  ])
    expect(found.join('\n')).toContain(name);
  expect(found.join('\n')).not.toMatch(/NaN|expected|Invalid/);
});

it.each([
  [{ SLACK_SIGNING_SECRET: 's' }, ['SLACK_BOT_TOKEN']],
  [{ SLACK_BOT_TOKEN: 'xoxb-1' }, ['SLACK_SIGNING_SECRET']],
  [{ MicrosoftAppId: app.MicrosoftAppId }, ['MicrosoftAppPassword', 'MicrosoftAppTenantId']],
  [{ ...app, MicrosoftAppId: 'x' }, ['MicrosoftAppId']],
  [{ ...app, BELAY_PLAYGROUND: 'on' }, ['BELAY_PLAYGROUND']],
])('half a configuration is a mistake: %j', (environment, named) => {
  const found = mistakes(environment);
  expect(found).toHaveLength(named.length);
  for (const name of named) expect(found.join('\n')).toContain(name);
});
