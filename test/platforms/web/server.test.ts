import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import type { Route } from '../../../src/chat/platform.ts';
import { ListenError, startServer, type WebServer } from '../../../src/platforms/web/server.ts';

const logged: unknown[] = [];
const log = { error: (...what: unknown[]) => void logged.push(what) };
const servers: WebServer[] = [];

async function start(routes: Record<string, Route>, port = 0): Promise<WebServer> {
  const server = await startServer({ port, host: '127.0.0.1', routes, log });
  servers.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  logged.length = 0;
  vi.useRealTimers();
});

const hello: Route = (_req, res) => void res.end('hello');

it('finds a route by method and path, whatever the query', async () => {
  const { port } = await start({ 'GET /hello': hello });
  const response = await fetch(`http://127.0.0.1:${port}/hello?a=/b`);
  expect([response.status, await response.text()]).toEqual([200, 'hello']);
});

it('answers 404 for a path it does not know, also one that every object has', async () => {
  const { port } = await start({ 'GET /hello': hello });
  for (const path of ['', '/', '/hello/', '/HELLO', '/constructor'])
    expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(404);
});

it('answers 405 for another method, and names those that it takes', async () => {
  const { port } = await start({ 'POST /slack/events': hello, 'GET /hello': hello });
  const response = await fetch(`http://127.0.0.1:${port}/slack/events`);
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
});

it('finds a route for any last part of a path, and one of its own before that', async () => {
  const { port } = await start({
    'GET /answer/:token': (_req, res) => void res.end('any'),
    'POST /answer/:token': hello,
    'GET /answer/help': (_req, res) => void res.end('own'),
  });
  const at = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${port}${path}`, { method });
  expect(await (await at('/answer/a.b-c_d?x=/y')).text()).toBe('any');
  expect(await (await at('/answer/help')).text()).toBe('own');
  expect((await at('/answer/abc', 'HEAD')).status).toBe(200);
  for (const path of ['/answer/', '/answer', '/answer/a/b', '/answers/a', '/a/answer/b'])
    expect([path, (await at(path)).status]).toEqual([path, 404]);
  const put = await at('/answer/abc', 'PUT');
  expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST']);
});

it('logs no token', async () => {
  const { port } = await start({
    'GET /answer/:token': () => {
      throw new Error('a bug');
    },
  });
  expect((await fetch(`http://127.0.0.1:${port}/answer/planted`)).status).toBe(500);
  expect(logged).toEqual([[{ err: new Error('a bug'), route: 'GET /answer/:token' }, 'A request failed.']]);
});

it('answers HEAD where it answers GET', async () => {
  const { port } = await start({ 'GET /hello': hello });
  const response = await fetch(`http://127.0.0.1:${port}/hello`, { method: 'HEAD' });
  expect([response.status, await response.text()]).toEqual([200, '']);
});

it('lets a page do nothing but show itself', async () => {
  const { port } = await start({ 'GET /hello': hello });
  const { headers } = await fetch(`http://127.0.0.1:${port}/hello`);
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
});

it('answers 500 when a route fails, logs where, and not what was sent', async () => {
  const { port } = await start({
    'POST /fails': async (req) => {
      for await (const _chunk of req);
      throw new Error('a bug');
    },
  });
  const response = await fetch(`http://127.0.0.1:${port}/fails?planted`, { method: 'POST', body: 'planted' });
  expect([response.status, await response.text()]).toEqual([500, '']);
  expect(logged).toEqual([[{ err: new Error('a bug'), route: 'POST /fails' }, 'A request failed.']]);
  expect(JSON.stringify(logged)).not.toContain('planted');
});

it('cuts an answer that fails half way', async () => {
  const { port } = await start({
    'GET /half': (_req, res) => {
      res.writeHead(200, { 'Content-Length': 10 }).write('hal');
      throw new Error('a bug');
    },
  });
  const text = fetch(`http://127.0.0.1:${port}/half`).then((response) => response.text());
  await expect(text).rejects.toThrow();
});

it('says which port is taken, and which variable sets another', async () => {
  const { port } = await start({});
  await expect(start({}, port)).rejects.toThrow(
    `Port ${port} is taken by another program. Stop that one, or set PORT`,
  );
});

it('says that HOST is no address of this machine', async () => {
  const options = { port: 0, host: '192.0.2.1', routes: {}, log };
  const starting = startServer(options);
  await expect(starting).rejects.toThrow(ListenError);
  await expect(starting).rejects.toThrow('Set HOST');
});

it('finishes what is under way when it stops, keeps no idle connection, and takes nothing more', async () => {
  let answer = (): void => undefined;
  let begun = (): void => undefined;
  const underWay = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const server = await start({
    'GET /hello': hello,
    'GET /slow': async (_req, res) => {
      await new Promise<void>((resolve) => {
        answer = resolve;
        begun();
      });
      res.end('finished');
    },
  });
  const base = `http://127.0.0.1:${server.port}`;
  const agent = new Agent({ keepAlive: true });
  const slow = new Promise<string>((resolve, reject) => {
    request(`${base}/slow`, { agent }, (response) => response.on('data', (data) => resolve(String(data))))
      .on('error', reject)
      .end();
  });
  const idle = connect(server.port, '127.0.0.1');
  idle.write('GET /hello HTTP/1.1\r\nHost: x\r\n\r\n');
  await new Promise((resolve) => idle.once('data', resolve));
  const idleClosed = new Promise((resolve) => idle.once('close', resolve));
  await underWay;
  const begin = performance.now();
  const stopped = server.stop();
  await idleClosed;
  await expect(fetch(`${base}/hello`)).rejects.toThrow();
  answer();
  expect(await slow).toBe('finished');
  await stopped;
  expect(performance.now() - begin).toBeLessThan(2_000);
  agent.destroy();
});

it('cuts after five seconds what does not end', async () => {
  let begun = (): void => undefined;
  const underWay = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const server = await start({ 'GET /endless': () => begun() });
  const cut = new Promise<string>((resolve) => {
    const asking = request(`http://127.0.0.1:${server.port}/endless`);
    asking.on('error', (error) => resolve(error.message)).end();
  });
  await underWay;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const stopped = server.stop();
  let known = false;
  void stopped.then(() => {
    known = true;
  });
  await vi.advanceTimersByTimeAsync(4_999);
  expect(known).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await stopped;
  expect(await cut).toContain('socket hang up');
});
