import { once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { CalendarPorts } from '../../src/calendars/reader.ts';
import { failed, start, text } from './reading.ts';

async function readFrom(answer: RequestListener, ports: Partial<CalendarPorts> = {}) {
  const { read } = await start(answer, ports);
  const began = performance.now();
  return { reading: await read(), ms: performance.now() - began };
}

/** Writes these bytes again and again, as fast as they are taken, until the other side hangs up. */
function endless(
  bytes: Buffer | string,
  headers: Record<string, string>,
): { answer: RequestListener; ended: Promise<number> } {
  const { promise: ended, resolve } = Promise.withResolvers<number>();
  const answer: RequestListener = async (_, response) => {
    response.writeHead(200, headers);
    const hungUp = once(response, 'close').then(() => true);
    let sent = 0;
    while (!response.destroyed) {
      sent += bytes.length;
      if (!response.write(bytes)) await Promise.race([once(response, 'drain'), hungUp]);
    }
    resolve(sent);
  };
  return { answer, ended };
}

const zeros = Buffer.alloc(10_000_000);

it.each<[string, (bytes: Buffer) => Buffer]>([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
])('stops at a megabyte of a bomb in %s', async (encoding, pack) => {
  const bomb = pack(zeros);
  const { reading, ms } = await readFrom((_, response) =>
    response.writeHead(200, { 'Content-Encoding': encoding }).end(bomb),
  );
  expect(reading).toEqual(failed('too-big'));
  expect([bomb.length < 60_000, ms < 3_000]).toEqual([true, true]);
});

it.each([
  ['without an end', 'X'.repeat(16_384), {}],
  [
    'of packs of nothing',
    Buffer.concat(Array<Buffer>(800).fill(gzipSync(''))),
    { 'Content-Encoding': 'gzip' },
  ],
])('stops at a megabyte of a body %s, and hangs up', async (_, bytes, headers) => {
  const { answer, ended } = endless(bytes, headers);
  const { reading } = await readFrom(answer);
  expect(reading).toEqual(failed('too-big'));
  // What the machine itself holds between the two is more than what was read.
  expect(await ended).toBeLessThan(20_000_000);
});

it('reads what is a megabyte, and nothing larger', async () => {
  const filled = (size: number) => text.replace('VERSION:2.0', `X:${'x'.repeat(size - text.length + 9)}`);
  expect(Buffer.byteLength(filled(1_000_000))).toBe(1_000_000);
  const sent = (size: number) => readFrom((_, response) => response.end(filled(size)));
  expect((await sent(1_000_000)).reading.kind).toBe('events');
  expect((await sent(1_000_001)).reading).toEqual(failed('too-big'));
});

const drip = (response: ServerResponse, drop: string | Buffer = 'X') => {
  const timer = setInterval(() => response.write(drop), 20);
  response.on('close', () => clearInterval(timer));
};

it.each<[string, RequestListener]>([
  ['says nothing', () => undefined],
  ['drips', (_, response) => drip(response.writeHead(200))],
  [
    'drips a pack',
    (_, response) => drip(response.writeHead(200, { 'Content-Encoding': 'gzip' }), gzipSync('')),
  ],
  [
    'redirects slowly',
    (_, response) => void setTimeout(() => response.writeHead(302, { Location: '/x' }).end(), 120),
  ],
])('waits no longer for a server that %s', async (_, answer) => {
  const { reading, ms } = await readFrom(answer, { fetchWithinMs: 300 });
  expect(reading).toEqual(failed('too-slow'));
  expect(ms).toBeLessThan(3_000);
});

it('waits no longer for the name', async () => {
  const resolve = (_: string, signal: AbortSignal) =>
    new Promise<string[]>((_done, fail) => signal.addEventListener('abort', () => fail(signal.reason)));
  const { reading } = await readFrom((_, response) => response.end(text), { resolve, fetchWithinMs: 100 });
  expect(reading).toEqual(failed('too-slow'));
});
