import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSeal } from '../../src/store/seal.ts';

const secret = randomBytes(32).toString('hex');
const calendar = { tenant: 'T1', kind: 'calendar' };

it('opens what it sealed, whatever that is, and seals the same text differently each time', () => {
  const { seal, open } = createSeal(secret);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(open(calendar, seal(calendar, text))).toBe(text);
      expect(seal(calendar, text)).not.toBe(seal(calendar, text));
    }),
  );
});

it('opens nothing of another workspace, of another kind, of another secret, or with a changed bit', () => {
  const { seal, open } = createSeal(secret);
  const sealed = seal(calendar, 'https://calendar.example/private');
  expect(sealed).not.toContain('calendar');
  for (const other of [{ tenant: 'T2' }, { kind: 'token' }])
    expect(open({ ...calendar, ...other }, sealed)).toBeUndefined();
  expect(createSeal(randomBytes(32).toString('hex')).open(calendar, sealed)).toBeUndefined();
  const [id, body = ''] = sealed.split('.');
  const bytes = Buffer.from(body, 'base64url');
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    expect(open(calendar, `${id}.${changed.toString('base64url')}`)).toBeUndefined();
  }
  for (const broken of ['', '.', 'x.y', `${id}.`, sealed.slice(0, 30)])
    expect(open(calendar, broken)).toBeUndefined();
});
