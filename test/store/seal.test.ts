import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSeal } from '../../src/store/seal.ts';

const secret = randomBytes(32).toString('hex');

it('opens what it sealed, whatever that is, and seals the same text differently each time', () => {
  const { seal, open } = createSeal(secret);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(open('T1', seal('T1', text))).toBe(text);
      expect(seal('T1', text)).not.toBe(seal('T1', text));
    }),
  );
});

it('opens nothing of another workspace, of another secret, or with a changed bit', () => {
  const { seal, open } = createSeal(secret);
  const sealed = seal('T1', 'https://calendar.example/private');
  expect(sealed).not.toContain('calendar');
  expect(open('T2', sealed)).toBeUndefined();
  expect(createSeal(randomBytes(32).toString('hex')).open('T1', sealed)).toBeUndefined();
  const [id, body = ''] = sealed.split('.');
  const bytes = Buffer.from(body, 'base64url');
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    expect(open('T1', `${id}.${changed.toString('base64url')}`)).toBeUndefined();
  }
  for (const broken of ['', '.', 'x.y', `${id}.`, sealed.slice(0, 30)])
    expect(open('T1', broken)).toBeUndefined();
});
