import { expect, it, onTestFinished, vi } from 'vitest';
import { events, failed, redirects, sends, start, text } from './reading.ts';
import { startTlsServer } from './tls-server.ts';

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
  ['https://', 'address'],
  ['', 'unreachable'],
])('follows no redirect to %s', async (location, reason) => {
  const resolve = async (host: string) => (host.startsWith('inside') ? ['10.0.0.1'] : ['127.0.0.1']);
  const { server, read } = await start(redirects(location), { resolve });
  expect(await read()).toEqual(failed(reason));
  expect(server.connections).toBe(1);
});

it('connects to the address that was checked, though the name means another one by then', async () => {
  const answers = [['127.0.0.1'], ['127.0.0.2']];
  const resolve = vi.fn(async () => answers.shift() ?? []);
  const { server, read } = await start(sends(text), { resolve });
  const inside = await startTlsServer(sends(text), '127.0.0.2', server.port);
  onTestFinished(() => inside.stop());
  expect(events(await read())).toEqual(['10-20 10:00 Kwartaalgesprek']);
  expect(resolve).toHaveBeenCalledTimes(1);
  expect(await read()).toEqual(failed('address'));
  expect([server.connections, inside.connections]).toEqual([1, 0]);
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
