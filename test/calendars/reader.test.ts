import type { RequestListener, ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, it, vi } from 'vitest';
import type { CalendarPorts } from '../../src/calendars/reader.ts';
import { address, events, failed, redirects, sends, start, text } from './reading.ts';

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
