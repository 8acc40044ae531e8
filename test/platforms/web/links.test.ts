import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLinks, type Target } from '../../../src/platforms/web/links.ts';

const now = Temporal.Instant.from('2026-11-23T09:00:00Z');
const links = createLinks('ab'.repeat(32));
const target: Target = {
  platform: 'teams',
  tenant: '00000000-0000-0000-0000-000000000001',
  name: 'polls.answer',
  subject: '019ab5f0-0000-7000-8000-000000000001',
  until: now.add({ hours: 24 }),
};
const token = links.sign('page', target);

it('reads what it signed, and is short enough for a mail', () => {
  expect(links.read('page', token, now)).toEqual({ kind: 'valid', target });
  expect(token).toMatch(/^[\w-]+\.[\w-]{43}$/);
  expect(token.length).toBeLessThan(220);
});

it('takes no token in which anything was changed', () => {
  const bit = fc.record({ at: fc.nat(token.length - 1), mask: fc.integer({ min: 1, max: 127 }) });
  fc.assert(
    fc.property(bit, ({ at, mask }) => {
      const changed = String.fromCharCode(token.charCodeAt(at) ^ mask);
      const forged = token.slice(0, at) + changed + token.slice(at + 1);
      return links.read('page', forged, now).kind === 'forged';
    }),
    { numRuns: 10_000 },
  );
});

it('takes no other writing of the same bytes', () => {
  const [payload = '', signed = ''] = token.split('.');
  const bytes = Buffer.from(signed, 'base64url');
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const same = [...letters].map((last) => signed.slice(0, -1) + last);
  const alike = same.filter((one) => Buffer.from(one, 'base64url').equals(bytes) && one !== signed);
  expect(alike).toHaveLength(3);
  for (const one of [...alike, `${signed}=`, bytes.toString('base64'), `${signed}.`, ` ${signed}`])
    expect(links.read('page', `${payload}.${one}`, now).kind).toBe('forged');
});

it.each(['', '.', '..', 'x', 'é.é', `${token}.${token}`, token.split('.')[0] ?? ''])(
  'takes no %j',
  (forged) => {
    expect(links.read('page', forged, now)).toEqual({ kind: 'forged' });
  },
);

it('tells an expired link from a forged one, to the second', () => {
  const until = { ...target, until: now };
  expect(links.read('page', links.sign('page', until), now)).toEqual({ kind: 'expired' });
  expect(links.read('page', token, now.add({ hours: 23, minutes: 59, seconds: 59 })).kind).toBe('valid');
  expect(links.read('page', token, now.add({ hours: 24 })).kind).toBe('expired');
});

it('opens no page with the token of a download, and nothing with another secret', () => {
  expect(links.read('download', token, now)).toEqual({ kind: 'forged' });
  expect(createLinks('cd'.repeat(32)).read('page', token, now)).toEqual({ kind: 'forged' });
});
