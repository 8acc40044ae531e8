import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const check = pathToFileURL(join(import.meta.dirname, '../src/node-version.js')).href;

function run(before: string) {
  const program = `${before}; await import('${check}'); console.log('goes on');`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
}

it('lets this Node go on', () => {
  expect(run('')).toMatchObject({ status: 0, stdout: 'goes on\n', stderr: '' });
});

it('stops a Node that lacks what Belay needs, and says what to do', () => {
  const { status, stdout, stderr } = run('delete globalThis.Temporal');
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain('npm ci');
});
