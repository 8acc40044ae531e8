import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codeOf, StoreError } from './store-error.ts';

/**
 * The secret that lies beside the database at `url`, 64 hexadecimal digits; made when there is none yet, and never
 * overwritten. For a database that is no file it lies under data. Throws a StoreError when it cannot be used.
 */
export function keptSecret(url: string): string {
  const folder = url.startsWith('sqlite:') ? dirname(url.slice('sqlite:'.length)) : 'data';
  const file = join(folder, 'secret');
  try {
    makeWhenAbsent(file);
    const secret = readFileSync(file, 'utf8').trim();
    if (!/^[0-9a-f]{64}$/i.test(secret))
      throw new StoreError(
        'damaged',
        `The secret in ${file} is not 64 hexadecimal digits. Restore it from a backup, or move it away for a new one: links that were sent before then stop working.`,
      );
    return secret;
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    throw new StoreError(
      'unreachable',
      `Belay cannot keep its secret in ${file} (${codeOf(cause)}). The account it runs as must be able to write this file and its folder.`,
      { cause },
    );
  }
}

/** Written under another name first: whoever finds the file finds all of it, and a second process does not replace it. */
function makeWhenAbsent(file: string): void {
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}
