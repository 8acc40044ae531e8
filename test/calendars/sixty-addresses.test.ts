import { afterAll, beforeAll, expect, it } from 'vitest';
import { isPublic } from '../../src/calendars/public-address.ts';
import { type CalendarReader, createCalendarReader } from '../../src/calendars/reader.ts';
import { certificate, startTlsServer, type TlsServer } from './tls-server.ts';
import { autumn, calendar } from './writing.ts';

/** What names mean whose owner wants to see the inside. */
const names: Record<string, string[]> = {
  'agenda.belay.example': ['127.0.0.9'],
  'inside.elders.example': ['127.0.0.1'],
  'inside6.elders.example': ['::1'],
  'mapped.elders.example': ['::ffff:127.0.0.1'],
  'mapped-hex.elders.example': ['::ffff:7f00:1'],
  'any.elders.example': ['0.0.0.0'],
  'any6.elders.example': ['::'],
  'lan.elders.example': ['192.168.1.1'],
  'ten.elders.example': ['10.0.0.1'],
  'metadata.elders.example': ['169.254.169.254'],
  'nat64.elders.example': ['64:ff9b::7f00:1'],
  'sixtofour.elders.example': ['2002:7f00:1::1'],
  'local.elders.example': ['fd00:ec2::254'],
  'link.elders.example': ['fe80::1%lo'],
  'mixed.elders.example': ['93.184.216.34', '127.0.0.1'],
  'mixed6.elders.example': ['2606:4700:4700::1111', '::1'],
  '127.0.0.1.elders.example': ['127.0.0.1'],
};

const hosts = [
  ...[
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '2130706433',
    '0x7f000001',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '017700000001',
  ],
  ...['127.0.0.1.', '0', '0.0.0.0', '127.255.255.254', '①②⑦.⓪.⓪.①', '127。0。0。1', '%31%32%37.0.0.1'],
  ...[
    '10.0.0.1',
    '10.1',
    '167772161',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '0xc0a80101',
    '192.168.257',
  ],
  ...['169.254.169.254', '2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '100.64.0.1', '100.100.100.200'],
  ...['168.63.129.16', '192.0.0.192', '198.18.0.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
  ...['[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]'],
  ...[
    '[64:ff9b::127.0.0.1]',
    '[64:ff9b::a9fe:a9fe]',
    '[2002:7f00:1::]',
    '[2001::1]',
    '[fe80::1]',
    '[fe80::1%25lo]',
  ],
  ...['[fc00::1]', '[fd00:ec2::254]', '[ff02::1]', '[2001:db8::1]', '[::ffff:169.254.169.254]'],
  ...[
    'localhost',
    'LOCALHOST',
    'localhost.',
    'router',
    '93.184.216.34@127.0.0.1',
    '127.0.0.1\\@agenda.belay.example',
  ],
  ...Object.keys(names).filter((name) => name.startsWith('127') || name.includes('elders')),
];

let outside: TlsServer;
let inside: TlsServer[];
let reader: CalendarReader;
let location = '';

beforeAll(async () => {
  outside = await startTlsServer((_, response) => {
    if (location) response.writeHead(302, { Location: location }).end();
    else response.end(calendar());
  }, '127.0.0.9');
  const open = (host: string) =>
    startTlsServer((_, response) => response.end(calendar()), host, outside.port);
  inside = [await open('127.0.0.1'), await open('::1')];
  reader = createCalendarReader({
    resolve: async (host) => names[host] ?? ['127.0.0.1'],
    // One address of this machine plays the open internet.
    isAllowed: (ip) => ip === '127.0.0.9' || isPublic(ip),
    port: outside.port,
    ca: certificate,
  });
});

afterAll(async () => {
  await Promise.all([reader, outside, ...inside].map((one) => one.stop()));
});

const read = (address: string) => reader.read(address, {}, autumn);

it('knows more than sixty ways inside, and can read outside', async () => {
  expect(new Set(hosts).size).toBeGreaterThan(60);
  expect(await read('https://agenda.belay.example/')).toMatchObject({ kind: 'events', events: [] });
  expect(outside.connections).toBe(1);
});

it.each(hosts)('opens nothing inside for %s', async (host) => {
  expect(await read(`https://${host}/x`)).toEqual({ kind: 'failed', reason: 'address' });
  expect(await read(`webcal://${host}/x`)).toEqual({ kind: 'failed', reason: 'address' });
  expect(inside.map(({ connections }) => connections)).toEqual([0, 0]);
});

it.each(hosts)('opens nothing inside for a redirect to %s', async (host) => {
  location = encodeURI(`https://${host}/x`).replaceAll(/%5B|%5D|%25|%5C/g, decodeURIComponent);
  const before = outside.connections;
  expect(await read('https://agenda.belay.example/')).toEqual({ kind: 'failed', reason: 'address' });
  expect(outside.connections).toBe(before + 1);
  expect(inside.map(({ connections }) => connections)).toEqual([0, 0]);
});
