import type { RequestListener, ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, expect, it, vi } from 'vitest';
import type { CalendarReading } from '../../src/calendars/calendar.ts';
import { type CalendarPorts, type CalendarReader, createCalendarReader } from '../../src/calendars/reader.ts';
import { certificate, startTlsServer, type TlsServer } from './tls-server.ts';
import { autumn, calendar, event, tell } from './writing.ts';

const address = 'https://agenda.belay.example/ical/geheim-0a1b2c/basic.ics?sleutel=9z8y';
const text = calendar(event('1', 'DTSTART:20261020T080000Z', 'SUMMARY:Kwartaalgesprek'));
const running: (TlsServer | CalendarReader)[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

/** A server that answers so, and a reader to which every name is that server. */
async function start(answer: RequestListener, ports: Partial<CalendarPorts> = {}) {
  const server = await startTlsServer(answer);
  const reader = createCalendarReader({
    resolve: async () => ['127.0.0.1'],
    isAllowed: (ip) => ip === '127.0.0.1',
    port: server.port,
    ca: certificate,
    ...ports,
  });
  running.push(server, reader);
  return { server, reader, read: (known = {}, at = address) => reader.read(at, known, autumn) };
}

const failed = (reason: string) => ({ kind: 'failed', reason });
const events = (reading: CalendarReading) => (reading.kind === 'events' ? reading.events.map(tell) : reading);
const sends = (body: string | Buffer, headers: Record<string, string> = {}): RequestListener => {
  return (_, response) => response.writeHead(200, headers).end(body);
};
const redirects = (...locations: (string | undefined)[]): RequestListener => {
  return (_, response) => {
    const location = locations.shift();
    if (location === undefined) response.end(text);
    else response.writeHead(302, location === '' ? {} : { Location: location }).end();
  };
};

it('reads a calendar, asking for it by its name', async () => {
  const { server, read } = await start(
    sends(text, { ETag: '"v1"', 'Last-Modified': 'Tue, 20 Oct 2026 08:00:00 GMT' }),
  );
  const reading = await read();
  expect(events(reading)).toEqual(['10-20 10:00 Kwartaalgesprek']);
  expect(reading).toMatchObject({ etag: '"v1"', modified: 'Tue, 20 Oct 2026 08:00:00 GMT' });
  expect(server.requests[0]?.url).toBe('/ical/geheim-0a1b2c/basic.ics?sleutel=9z8y');
  expect(server.requests[0]?.headers).toMatchObject({ host: 'agenda.belay.example', 'user-agent': 'Belay' });
  expect(server.requests[0]?.headers).not.toHaveProperty('if-none-match');
  expect(server.names).toEqual(['agenda.belay.example']);
});

it('does not read again what has not changed', async () => {
  const { server, read } = await start((_, response) => response.writeHead(304).end());
  expect(await read({ etag: '"v1"', modified: 'Tue, 20 Oct 2026 08:00:00 GMT' })).toEqual({
    kind: 'unchanged',
  });
  expect(server.requests[0]?.headers).toMatchObject({
    'if-none-match': '"v1"',
    'if-modified-since': 'Tue, 20 Oct 2026 08:00:00 GMT',
  });
  expect(await read({ modified: 'x' })).toEqual({ kind: 'unchanged' });
  expect(await read()).toEqual(failed('unreachable'));
  expect(await read({ etag: 'a\r\nX-Eigen: 1' })).toEqual(failed('unreachable'));
});

it.each([
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
  ['GZIP', gzipSync],
  ['identity', Buffer.from],
])('unpacks %s', async (encoding, pack) => {
  const { server, read } = await start(sends(pack(Buffer.from(text)), { 'Content-Encoding': encoding }));
  expect(events(await read())).toEqual(['10-20 10:00 Kwartaalgesprek']);
  expect(server.requests[0]?.headers['accept-encoding']).toBe('gzip, deflate, br');
});

it.each([
  [401, 'refused'],
  [403, 'refused'],
  [404, 'refused'],
  [410, 'refused'],
  [204, 'unreachable'],
  [206, 'unreachable'],
  [300, 'unreachable'],
  [429, 'unreachable'],
  [500, 'unreachable'],
  [503, 'unreachable'],
])('takes %i for %s, whatever comes with it', async (status, reason) => {
  const { read } = await start((_, response) => response.writeHead(status).end(status === 204 ? '' : text));
  expect(await read()).toEqual(failed(reason));
});

it.each([
  ['a page', '<!doctype html><title>Aanmelden</title>'],
  ['nothing', ''],
  ['bytes', Buffer.from([0xff, 0xfe, 0, 1, 2])],
  ['half a calendar', text.slice(0, 60)],
])('tells that %s is no calendar', async (_, body) => {
  const { read } = await start(sends(body, { 'Content-Type': 'text/calendar' }));
  expect(await read()).toEqual(failed('no-calendar'));
});

it('follows three redirects, and no fourth', async () => {
  const three = ['/a?b=c', 'https://www.belay.example/x', '//cdn.acme.example/y'];
  const { server, read } = await start(redirects(...three));
  expect(events(await read())).toEqual(['10-20 10:00 Kwartaalgesprek']);
  expect(server.requests.map(({ headers, url }) => `${headers.host}${url}`)).toEqual([
    ...['agenda.belay.example/ical/geheim-0a1b2c/basic.ics?sleutel=9z8y', 'agenda.belay.example/a?b=c'],
    ...['www.belay.example/x', 'cdn.acme.example/y'],
  ]);
  const { read: once } = await start(redirects(...three, '/z'));
  expect(await once()).toEqual(failed('unreachable'));
});

it.each([
  ['http://agenda.belay.example/x', 'address'],
  ['https://127.0.0.2/x', 'address'],
  ['https://inside.belay.example/x', 'address'],
  ['https://anna:geheim@agenda.belay.example/x', 'address'],
  ['https://agenda.belay.example:8443/x', 'address'],
  ['file:///etc/passwd', 'address'],
  [`/${'x'.repeat(2_000)}`, 'address'],
  ['https://', 'address'],
  ['', 'unreachable'],
])('follows no redirect to %.40s', async (location, reason) => {
  const resolve = async (host: string) => (host.startsWith('inside') ? ['10.0.0.1'] : ['127.0.0.1']);
  const { server, read } = await start(redirects(location), { resolve });
  expect(await read()).toEqual(failed(reason));
  expect(server.connections).toBe(1);
});

it('connects to the address that was checked, though the name means another one by then', async () => {
  const { server, reader } = await start(sends(text));
  const inside = await startTlsServer(sends(text), '127.0.0.2', server.port);
  const answers = [['127.0.0.1'], ['127.0.0.2']];
  const resolve = vi.fn(async () => answers.shift() ?? []);
  const rebound = createCalendarReader({
    resolve,
    isAllowed: (ip) => ip === '127.0.0.1',
    port: server.port,
    ca: certificate,
  });
  running.push(inside, rebound);
  expect(events(await rebound.read(address, {}, autumn))).toEqual(['10-20 10:00 Kwartaalgesprek']);
  expect(await rebound.read(address, {}, autumn)).toEqual(failed('address'));
  expect([resolve.mock.calls.length, server.connections, inside.connections]).toEqual([2, 1, 0]);
  await reader.stop();
});

it('connects to nothing when one of several addresses is not public', async () => {
  const { server, read } = await start(sends(text), { resolve: async () => ['127.0.0.1', '10.0.0.1'] });
  expect(await read()).toEqual(failed('address'));
  expect(server.connections).toBe(0);
});

it('reads from the second address when the first does not answer', async () => {
  const resolve = async () => ['127.0.0.3', '127.0.0.1'];
  const { read } = await start(sends(text), { resolve, isAllowed: (ip) => ip.startsWith('127.0.0.') });
  expect(events(await read())).toEqual(['10-20 10:00 Kwartaalgesprek']);
});

it.each([
  ['a name that does not exist', { resolve: () => Promise.reject(new Error('ENOTFOUND')) }],
  ['a name without addresses', { resolve: async () => [] }],
  ['a port that is closed', { port: 1 }],
  ['a certificate that nobody vouches for', { ca: undefined }],
])('cannot reach %s', async (_, ports) => {
  const { read } = await start(sends(text), ports);
  expect(await read()).toEqual(failed('unreachable'));
});

it('cannot reach a server whose certificate is for other names', async () => {
  const { server, read } = await start(sends(text));
  expect(await read({}, 'https://agenda.elders.example/x')).toEqual(failed('unreachable'));
  expect(server.requests).toHaveLength(0);
});

it.each<[string, RequestListener]>([
  ['a connection that is cut', (_, response) => cut(response.writeHead(200, { 'Content-Length': '5000' }))],
  ['a pack that is cut off', sends(gzipSync(text).subarray(0, 40), { 'Content-Encoding': 'gzip' })],
  ['a pack that is none', sends(text, { 'Content-Encoding': 'br' })],
  ['a pack of an unknown kind', sends(text, { 'Content-Encoding': 'zstd' })],
  ['a pack within a pack', sends(gzipSync(gzipSync(text)), { 'Content-Encoding': 'gzip, gzip' })],
])('cannot read %s', async (_, answer) => {
  const { read } = await start(answer);
  expect(await read()).toEqual(failed('unreachable'));
});

function cut(response: ServerResponse): void {
  response.write(text, () => response.destroy());
}

it('gives up what is under way when it is stopped', async () => {
  const { server, reader, read } = await start(() => undefined);
  const reading = read();
  await vi.waitFor(() => expect(server.requests).toHaveLength(1));
  await reader.stop();
  expect(await reading).toEqual(failed('unreachable'));
  expect(await read()).toEqual(failed('unreachable'));
});

it('tells nobody the address', async () => {
  const printed = ['log', 'warn', 'error', 'info', 'debug'] as const;
  const spies = [...printed.map((name) => vi.spyOn(console, name)), vi.spyOn(process, 'emitWarning')];
  const tries: [RequestListener, Partial<CalendarPorts>][] = [
    [sends('niets'), {}],
    [(_, response) => response.writeHead(404).end(), {}],
    [redirects('http://agenda.belay.example/geheim-0a1b2c'), {}],
    [sends(text), { port: 1 }],
    [sends(text), { resolve: () => Promise.reject(new Error(address)) }],
  ];
  for (const [answer, ports] of tries) {
    const { read } = await start(answer, ports);
    expect(Object.keys(await read())).toEqual(['kind', 'reason']);
  }
  for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
