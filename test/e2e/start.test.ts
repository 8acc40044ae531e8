import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kernelMigrations } from '../../src/store/kernel-migrations.ts';
import { openStore } from '../../src/store/open.ts';
import { freePort, startBelay, surroundings } from '../support/belay-process.ts';
import { slackEnvironment } from '../support/slack/at-work.ts';
import { type StandIn, startSlack } from '../support/slack/stand-in.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belay-start-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Starts Belay as a newcomer does, and expects that it ends at once: its one message, without a stack. */
async function refusedStart(env: Record<string, string>): Promise<string> {
  const settings = {
    PORT: '0',
    BELAY_PLAYGROUND: 'off',
    DATABASE_URL: `sqlite:${folder}/${randomUUID()}.db`,
    ...env,
  };
  const { promise, resolve } = Promise.withResolvers<{ code: unknown; stderr: string }>();
  execFile(
    process.execPath,
    ['src/start.js'],
    { cwd: root, env: { ...surroundings, ...settings }, timeout: 15_000 },
    (error, _stdout, stderr) => resolve({ code: error?.code ?? 0, stderr }),
  );
  const { code, stderr } = await promise;
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^Belay cannot start\. /) });
  expect(stderr).not.toMatch(/^\s+at /m);
  return stderr;
}

/** Sends Belay what somebody in Teams would have said to it. */
function tell(url: string, authorization?: string): Promise<Response> {
  const body = JSON.stringify({
    type: 'message',
    id: '1',
    text: 'help',
    channelId: 'msteams',
    // Nobody is there: the answer goes astray, the request is counted.
    serviceUrl: 'http://127.0.0.1:9/',
    from: { id: 'user-1', name: 'Bram Bakker', aadObjectId: '00000000-0000-0000-0000-000000000001' },
    recipient: { id: '28:belay', name: 'Belay' },
    conversation: { id: 'a:1', conversationType: 'personal', tenantId: 'tenant' },
    channelData: { tenant: { id: 'tenant' } },
  });
  const headers = { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) };
  return fetch(`${url}/api/messages`, { method: 'POST', body, headers });
}

it.concurrent('without credentials says where it listens, is healthy, counts what it hears, and ends in order', async () => {
  const belay = await startBelay();
  const port = belay.env.PORT;
  expect(await belay.waitFor(/listens/)).toBe(
    `Belay listens on http://127.0.0.1:${port} (Teams, without authentication).`,
  );
  expect((await fetch(`${belay.url}/healthz`)).status).toBe(200);
  expect((await tell(belay.url)).status).toBe(200);
  const metrics = await (await fetch(`${belay.url}/metrics`)).text();
  expect(metrics).toMatch(/^belay_requests_total\{platform="teams",kind="command",outcome="\w+"\} 1$/m);
  expect(await belay.stop()).toBe(0);
});

it.concurrent('soon after it is ready loads what draws pictures, by itself', async () => {
  const belay = await startBelay({ env: { LOG_LEVEL: 'debug' } });
  await belay.waitFor(/pictures can be drawn at once/);
  const [ready, drawn] = [/listens/, /pictures can/].map((said) =>
    belay.lines.findIndex((line) => said.test(line)),
  );
  expect(ready).toBeLessThan(drawn ?? -1);
  expect(await belay.stop()).toBe(0);
});

it('in the sandbox makes a secret once, and has the pages of links', async () => {
  const home = await mkdtemp(join(folder, 'sandbox-'));
  const env = { BELAY_SECRET: '', DATABASE_URL: `sqlite:${home}/belay.db` };
  const first = await startBelay({ env });
  const page = await fetch(`${first.url}/answer/nothing`);
  expect([page.status, await page.text()]).toEqual([404, expect.stringContaining('Deze link werkt niet')]);
  expect((await fetch(`${first.url}/download/nothing`)).status).toBe(404);
  expect(await first.stop()).toBe(0);
  const kept = await readFile(join(home, 'secret'), 'utf8');
  const second = await startBelay({ env });
  expect(await second.stop()).toBe(0);
  expect(await readFile(join(home, 'secret'), 'utf8')).toBe(kept);
});

describe('refuses to start, with one short message', { concurrent: true, timeout: 60_000 }, () => {
  let at: StandIn;
  beforeAll(async () => {
    at = await startSlack();
  });
  afterAll(() => at.close());

  it('that names every mistake of the environment', async () => {
    const said = await refusedStart({
      PORT: 'eighty',
      DATABASE_URL: 'mysql://localhost',
      BELAY_LANGUAGE: 'fr',
      BELAY_TIME_ZONE: 'Mars/Phobos',
      MicrosoftAppId: 'x',
    });
    const wrong = ['PORT', 'DATABASE_URL', 'BELAY_LANGUAGE', 'BELAY_TIME_ZONE', 'MicrosoftAppId'];
    const missing = ['MicrosoftAppPassword', 'MicrosoftAppTenantId'];
    for (const name of [...wrong, ...missing]) expect(said).toMatch(new RegExp(`^  - ${name} `, 'm'));
    expect(said.trim().split('\n')).toHaveLength(8);
  });

  it('that names what is missing of the credentials', async () => {
    const said = await refusedStart({ SLACK_SIGNING_SECRET: 's', MicrosoftAppPassword: 'secret word' });
    expect(said).toMatch(/SLACK_BOT_TOKEN is missing/);
    expect(said).toMatch(/MicrosoftAppId is missing/);
    expect(said).toMatch(/MicrosoftAppTenantId is missing/);
    expect(said).not.toContain('secret word');
  });

  it('for a damaged database, which it leaves as it was', async () => {
    const file = join(folder, 'damaged.db');
    writeFileSync(file, 'this is no database, but somebody’s letter'.repeat(200));
    const before = await readFile(file);
    expect(await refusedStart({ DATABASE_URL: `sqlite:${file}` })).toMatch(/damaged\.db is damaged/);
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  it('for a database that a newer Belay has used', async () => {
    const url = `sqlite:${join(folder, 'newer.db')}`;
    const later = { '2099-01-01-later': { up: async () => undefined } };
    await (await openStore(url, { ...kernelMigrations, ...later })).close();
    expect(await refusedStart({ DATABASE_URL: url })).toMatch(/used by a newer Belay.*2099-01-01-later/);
  });

  it('for a PostgreSQL that is not there, without its password', async () => {
    const url = `postgres://belay:hidden@127.0.0.1:${await freePort()}/belay`;
    const said = await refusedStart({ DATABASE_URL: url });
    expect(said).toMatch(/PostgreSQL at 127\.0\.0\.1.*DATABASE_URL/);
    expect(said).not.toContain('hidden');
  });

  it('for a port that is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    expect(await refusedStart({ PORT: String(port) })).toMatch(new RegExp(`Port ${port} is taken.*PORT`));
    taken.close();
  });

  it('when Slack refuses its tokens, or is out of reach', async () => {
    const http = slackEnvironment(at, 'http');
    expect(await refusedStart({ ...http, SLACK_BOT_TOKEN: 'xoxb-wrong' })).toMatch(/Slack.*invalid_auth/);
    const socket = slackEnvironment(at, 'socket');
    expect(await refusedStart({ ...socket, SLACK_APP_TOKEN: 'xapp-wrong' })).toMatch(/Slack.*invalid_auth/);
    const away = `http://127.0.0.1:${await freePort()}/api/`;
    expect(await refusedStart({ ...http, SLACK_API_URL: away })).toMatch(/Slack/);
  });

  it('when the Playground is not installed', async () => {
    const hook = new URL('../support/without-playground.js', import.meta.url);
    const settings = { BELAY_PLAYGROUND: '', BELAY_PLAYGROUND_PORT: String(await freePort()) };
    const said = await refusedStart({ ...settings, NODE_OPTIONS: `--import ${hook.href}` });
    expect(said).toMatch(/The Playground is not installed.*npm ci.*BELAY_PLAYGROUND=off/);
  });

  it('when the port of the Playground is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = String(typeof address === 'object' ? address?.port : undefined);
    const said = await refusedStart({ BELAY_PLAYGROUND: 'on', BELAY_PLAYGROUND_PORT: port });
    expect(said).toMatch(new RegExp(`Port ${port}.*BELAY_PLAYGROUND_PORT=`));
    taken.close();
  });
});

it.concurrent('takes no activity of Teams without a token when it has an app', async () => {
  const belay = await startBelay({
    env: {
      HOST: '127.0.0.1',
      MicrosoftAppId: '00000000-0000-0000-0000-000000000001',
      MicrosoftAppPassword: 'p',
      MicrosoftAppTenantId: '00000000-0000-0000-0000-000000000002',
    },
  });
  expect((await tell(belay.url)).status).toBe(401);
  expect((await tell(belay.url, 'Bearer nonsense')).status).toBe(401);
  expect(await (await fetch(`${belay.url}/metrics`)).text()).not.toMatch(/^belay_requests_total\{/m);
  expect(await belay.stop()).toBe(0);
});
