import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keptSecret } from '../../src/store/secret.ts';
import { StoreError } from '../../src/store/store-error.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belay-secret-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('makes a secret beside the database once, for its owner alone', () => {
  const url = `sqlite:${join(folder, 'deep', 'belay.db')}`;
  const made = keptSecret(url);
  expect(made).toMatch(/^[0-9a-f]{64}$/);
  expect(keptSecret(url)).toBe(made);
  expect(statSync(join(folder, 'deep', 'secret')).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'deep'))).toEqual(['secret']);
  expect(keptSecret(`sqlite:${join(folder, 'other', 'belay.db')}`)).not.toBe(made);
});

it('leaves a damaged one as it is, and says what to do', () => {
  const file = join(folder, 'secret');
  writeFileSync(file, 'abc');
  expect(() => keptSecret(`sqlite:${join(folder, 'belay.db')}`)).toThrow(StoreError);
  expect(() => keptSecret(`sqlite:${join(folder, 'belay.db')}`)).toThrow(
    /secret is not 64 hex.*move it away/,
  );
  expect(readFileSync(file, 'utf8')).toBe('abc');
});

it('says which file it cannot keep', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => keptSecret(`sqlite:${join(folder, 'file', 'belay.db')}`)).toThrow(
    /keep its secret in .*file\/secret \(E/,
  );
});
