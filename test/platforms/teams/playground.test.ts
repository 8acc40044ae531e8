import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { PlaygroundError, startPlayground } from '../../../src/platforms/teams/playground.ts';

const log = pino({ level: 'silent' });
const belayUrl = 'http://127.0.0.1:9/api/messages';

async function refused(url: string): Promise<boolean> {
  return fetch(url).then(
    () => false,
    () => true,
  );
}

test('it serves the cast to this machine alone, and is gone after stop', async () => {
  const { url, stop, exited } = await startPlayground({ port: 0, belayUrl, log });
  onTestFinished(stop);
  expect(await (await fetch(url)).text()).toContain('<html');
  expect(await (await fetch(`${url}/_connector/v3/conversations/channel-acme/members`)).text()).toContain(
    'Daan Visser',
  );
  const others = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  for (const { address, family } of others.filter(({ internal }) => !internal))
    expect(await refused(url.replace('127.0.0.1', family === 'IPv6' ? `[${address}]` : address))).toBe(true);
  await stop();
  await exited;
  expect(await refused(url)).toBe(true);
}, 30_000);

test('a taken port is named, with what to do', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const failure = await startPlayground({ port, belayUrl, log }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(PlaygroundError);
  expect(failure).toMatchObject({
    code: 'port-taken',
    message: expect.stringMatching(`${port}.*BELAY_PLAYGROUND_PORT`),
  });
});

test('it ends with the process that started it, even when that is killed', async () => {
  const source = new URL('../../../src/platforms/teams/playground.ts', import.meta.url).href;
  const program = `
    import { startPlayground } from ${JSON.stringify(source)};
    const log = { debug() {} };
    const { url } = await startPlayground({ port: 0, belayUrl: ${JSON.stringify(belayUrl)}, log });
    console.log(url);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = await once(createInterface({ input: parent.stdout }), 'line');
  expect(await refused(url)).toBe(false);
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  for (let tries = 0; tries < 100 && !(await refused(url)); tries += 1) await pause(50);
  expect(await refused(url)).toBe(true);
}, 40_000);
