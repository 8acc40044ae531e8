import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { playgroundPath } from './service-url.ts';

export type PlaygroundErrorCode = 'not-installed' | 'port-taken' | 'died';

/** Why the Playground is not there. The message says what to do. */
export class PlaygroundError extends Error {
  readonly code: PlaygroundErrorCode;
  constructor(code: PlaygroundErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'PlaygroundError';
    this.code = code;
  }
}

export type Playground = {
  url: string;
  /** Ends it; resolves when it is gone. */
  stop(): Promise<void>;
  /** Its exit code, null when a signal ended it. Resolves after `stop` too. */
  exited: Promise<number | null>;
};

const patienceMs = 20_000;
const graceMs = 3_000;

/**
 * Starts Microsoft's local Teams client beside Belay, for this machine alone, and waits until its page answers.
 * It ends when this process does. Port 0 takes any free one. Throws a PlaygroundError.
 */
export async function startPlayground(options: {
  port: number;
  /** Where Belay hears Teams: `http://127.0.0.1:3978/api/messages`. */
  belayUrl: string;
  log: Logger;
}): Promise<Playground> {
  const program = findProgram();
  const port = await freePort(options.port);
  const folder = await mkdtemp(join(tmpdir(), 'belay-playground-'));
  const url = `http://127.0.0.1:${port}`;
  const child = run(program, { url, port, belayUrl: options.belayUrl, folder });
  const ended = ending(child);
  if (!(await answersInTime(`${url}/_debug/ping`, ended))) {
    await stop(child, ended);
    throw await died(folder);
  }
  options.log.debug({ url, pid: child.pid }, 'the Playground answers');
  const exited = ended.finally(() => remove(folder));
  return { url, exited, stop: () => stop(child, exited) };
}

function findProgram(): string {
  try {
    return createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');
  } catch (cause) {
    throw new PlaygroundError(
      'not-installed',
      'The Playground is not installed: it comes with the development dependencies. ' +
        'Run `npm ci`, or start with BELAY_PLAYGROUND=off to do without it.',
      cause,
    );
  }
}

/** The Playground would silently take another port, so the one asked for is tried first. */
async function freePort(port: number): Promise<number> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address ? address.port : port;
  } catch (cause) {
    throw new PlaygroundError(
      'port-taken',
      `Port ${port}, meant for the Playground, cannot be used: another program has it. ` +
        'Stop that program, or choose another port, such as BELAY_PLAYGROUND_PORT=56151.',
      cause,
    );
  } finally {
    server.close();
  }
}

function run(
  program: string,
  { url, port, belayUrl, folder }: { url: string; port: number; belayUrl: string; folder: string },
): ChildProcess {
  const guard = new URL('./playground-guard.ts', import.meta.url).href;
  const args = [
    '-e',
    belayUrl,
    '-c',
    'msteams',
    '--port',
    String(port),
    '--service-url',
    `${url}${playgroundPath}`,
    '--dt',
  ];
  return spawn(process.execPath, ['--import', guard, program, ...args], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // Nothing of ours: it needs no credentials, and a proxy would take even what goes to this machine.
    env: {
      TEAMSAPPTESTER_BROWSER: 'none',
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: fileURLToPath(new URL('./playground.yml', import.meta.url)),
      M365_AGENTS_PLAYGROUND_LOGFILE: join(folder, 'log'),
    },
  });
}

function ending(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', resolve);
  });
}

async function answersInTime(url: string, ended: Promise<number | null>): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  const gone = ended.then(() => 'gone' as const);
  while (performance.now() < deadline) {
    if (await answers(url)) return true;
    if ((await Promise.race([gone, pause(100)])) === 'gone') return false;
  }
  return false;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    return response.ok;
  } catch {
    return false;
  }
}

async function stop(child: ChildProcess, exited: Promise<number | null>): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await exited;
  clearTimeout(timer);
}

async function died(folder: string): Promise<PlaygroundError> {
  const said = existsSync(join(folder, 'log')) ? await readFile(join(folder, 'log'), 'utf8') : '';
  await remove(folder);
  return new PlaygroundError(
    'died',
    'The Playground did not start. Start Belay again, or with BELAY_PLAYGROUND=off to do without it.',
    new Error(said.trim() || 'It said nothing.'),
  );
}

function remove(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}
