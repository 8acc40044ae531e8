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

const secret = 'ab'.repeat(32);
const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const links = { PUBLIC_URL: 'https://belay.example.com/', BELAY_SECRET: secret };

it('makes links of a public address and a secret, and mails them with a server', () => {
  expect(
    readConfig({ ...slack, ...links, SMTP_URL: 'smtps://me:p%40ss@mail.example.com:465' }),
  ).toMatchObject({
    secret,
    publicUrl: 'https://belay.example.com',
    smtp: { url: 'smtps://me:p%40ss@mail.example.com:465', from: 'Belay <belay@belay.example.com>' },
  });
  const from = 'Team Ëlan <belay@elan.example>';
  expect(readConfig({ ...slack, ...links, SMTP_URL: 'smtp://x', SMTP_FROM: from }).smtp?.from).toBe(from);
  expect(readConfig(slack)).toMatchObject({ secret: undefined, publicUrl: undefined, smtp: undefined });
});

it('needs neither address nor secret in the sandbox, and takes those that are given', () => {
  expect(readConfig({ SMTP_URL: 'smtp://127.0.0.1:25' }).smtp?.from).toBe('Belay <belay@localhost>');
  expect(readConfig({ PUBLIC_URL: 'https://belay.example' }).publicUrl).toBe('https://belay.example');
  expect(readConfig({ BELAY_SECRET: secret }).secret).toBe(secret);
  expect(
    readConfig({ ...slack, BELAY_PLAYGROUND: 'on', PUBLIC_URL: 'https://a.example' }).secret,
  ).toBeUndefined();
});

it.each([
  [{ ...slack, PUBLIC_URL: links.PUBLIC_URL }, ['BELAY_SECRET is missing']],
  [{ ...slack, SMTP_URL: 'smtp://x' }, ['PUBLIC_URL is missing']],
  [{ ...app, ...links, SMTP_URL: 'https://x' }, ['SMTP_URL must be']],
  [{ ...slack, ...links, SMTP_FROM: 'Belay' }, ['SMTP_FROM must be']],
  [{ ...slack, ...links, SMTP_FROM: 'a@b, c@d' }, ['SMTP_FROM must be']],
  [{ ...slack, ...links, SMTP_FROM: 'Belay <a@b>\r\nBcc: c@d' }, ['SMTP_FROM must be']],
  [
    { ...slack, PUBLIC_URL: 'belay.example', SMTP_URL: 'x' },
    ['PUBLIC_URL must be', 'SMTP_URL must be', 'BELAY_SECRET'],
  ],
])('names what a link lacks: %j', (environment, named) => {
  const found = mistakes(environment);
  expect(found).toHaveLength(named.length);
  for (const name of named) expect(found.join('\n')).toContain(name);
});
