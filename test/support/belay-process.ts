import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What each process has of this machine. The second one need not compile what the first has. */
export const surroundings = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  NODE_NO_WARNINGS: '1',
  NODE_COMPILE_CACHE: join(tmpdir(), 'belay-test-compiled'),
};

export type BelayProcess = {
  /** Where it hears HTTP: `http://127.0.0.1:PORT`. */
  url: string;
  /** What it was started with: give it to `startBelay` again to start anew on the same database and port. */
  env: Record<string, string>;
  /** All it said so far, both streams, a line each. */
  lines: string[];
  /** Resolves with the first line that matches, said already or to come. Rejects after 20 s or at its end. */
  waitFor(pattern: RegExp): Promise<string>;
  /** Resolves with the exit code when it ends, by itself too. */
  ended: Promise<number | null>;
  /** SIGTERM or another; resolves with the exit code and clears its folder. Rejects when it is not gone after 15 s. */
  stop(signal?: 'SIGTERM' | 'SIGINT'): Promise<number | null>;
  /** SIGKILL; its database stays. */
  kill(): Promise<void>;
};

const running = new Set<ChildProcess>();

/** A test that fails leaves its Belay running: that ends with the file of tests. */
export function endAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/**
 * Starts Belay as a process of its own, as the sandbox without the Playground unless `env` says more, and waits until
 * it is healthy. Throws with all it said when it ends before that.
 */
export async function startBelay({ env = {} }: { env?: Record<string, string> } = {}): Promise<BelayProcess> {
  const folder = env.DATABASE_URL ? undefined : await mkdtemp(join(tmpdir(), 'belay-test-'));
  const settings = {
    PORT: env.PORT ?? String(await freePort()),
    BELAY_PLAYGROUND: 'off',
    BELAY_SECRET: 'ab'.repeat(32),
    ...(folder ? { DATABASE_URL: `sqlite:${join(folder, 'belay.db')}` } : {}),
    ...env,
  };
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    env: { ...surroundings, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const ended = once(child, 'exit').then(([code]: (number | null)[]) => {
    running.delete(child);
    return code ?? null;
  });
  const { lines, waitFor } = listen(child, ended);
  const url = `http://127.0.0.1:${settings.PORT}`;
  if (!(await healthy(url, ended))) {
    child.kill('SIGKILL');
    throw new Error(`Belay is not healthy:\n${lines.join('\n')}`);
  }
  return {
    url,
    env: settings,
    lines,
    waitFor,
    ended,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      const code = await within(15_000, ended, () => `Belay did not stop:\n${lines.join('\n')}`);
      if (folder) await rm(folder, { recursive: true, force: true });
      return code;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/**
 * A port that nobody has now, and that nobody gets by chance: below those that systems hand out, and each process of
 * the tests looks in a range of its own.
 */
export async function freePort(): Promise<number> {
  const mine = 20_000 + (Number(process.env.VITEST_POOL_ID ?? 0) % 6) * 2_000;
  for (;;) {
    const port = mine + Math.floor(Math.random() * 2_000);
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') continue;
      throw error;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
}

function listen(child: ChildProcess & { stdout: Readable; stderr: Readable }, ended: Promise<unknown>) {
  const lines: string[] = [];
  const waiting = new Set<(line: string) => void>();
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      for (const hear of waiting) hear(line);
    });
  async function waitFor(pattern: RegExp): Promise<string> {
    const said = lines.find((line) => pattern.test(line));
    if (said !== undefined) return said;
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const hear = (line: string) => pattern.test(line) && resolve(line);
    waiting.add(hear);
    void ended.then(() => reject(new Error(`Belay ended and never said ${pattern}:\n${lines.join('\n')}`)));
    const late = () => `Belay did not say ${pattern}:\n${lines.join('\n')}`;
    return within(20_000, promise, late).finally(() => waiting.delete(hear));
  }
  return { lines, waitFor };
}

async function healthy(url: string, ended: Promise<unknown>): Promise<boolean> {
  const deadline = performance.now() + 20_000;
  const gone = ended.then(() => true);
  while (performance.now() < deadline) {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) }).catch(
      () => undefined,
    );
    if (response?.ok) return true;
    if (await Promise.race([gone, pause(50, false)])) return false;
  }
  return false;
}

/** The promise's value, or an error that says so when it takes longer. */
export async function within<T>(ms: number, promise: Promise<T>, late: () => string): Promise<T> {
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(late())), ms);
  return Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
}
