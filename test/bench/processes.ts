import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** For everything that the bench keeps on the disk; gone at its end. Also where its processes run, away from any `.env`. */
export const folder = mkdtempSync(join(tmpdir(), 'belay-bench-'));

const children = new Set<ChildProcess>();

/** What else has to be stopped when the bench is interrupted. */
export const onInterrupt = new Set<() => Promise<void>>();

process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    void Promise.allSettled([...onInterrupt].map((stop) => stop())).then(() => process.exit(130));
  });

export type Server = {
  url: string;
  /** Milliseconds from its start until it said that it listens. */
  readyMs: number;
  /** Rejects when it ends before it is told to. */
  lost: Promise<never>;
  /** What it holds and has used by now. */
  use(): Promise<Use>;
  /** At once: what it acknowledged must be stored already. */
  kill(): Promise<void>;
  /** In order, so that a profile is written. */
  stop(): Promise<void>;
};

/** Bytes of memory, and milliseconds of the processor since its start. */
type Use = z.infer<typeof useSchema>;

export type Started = {
  script: URL;
  args?: string[];
  env?: Record<string, string>;
  nodeArgs?: string[];
};

const preload = new URL('./watched.ts', import.meta.url).href;

/** Starts a process of this Node's that can be spoken to. */
export function start({ script, args = [], env = {}, nodeArgs = [] }: Started): ChildProcess {
  const file = fileURLToPath(script);
  const child = spawn(process.execPath, ['--no-warnings', '--import', preload, ...nodeArgs, file, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Starts a server, and waits until it says `listens on URL`. Throws with what it said when it ends before that. */
export async function startServer(what: Started): Promise<Server> {
  const began = performance.now();
  const child = start(what);
  const { url, lost } = listening(child, basename(what.script.pathname));
  return {
    url: await Promise.race([url, lost]),
    lost,
    readyMs: performance.now() - began,
    use: () => useOf(child),
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGTERM'),
  };
}

function listening(child: ChildProcess, name: string): { url: Promise<string>; lost: Promise<never> } {
  const said: string[] = [];
  const { promise: url, resolve } = Promise.withResolvers<string>();
  const { promise: lost, reject } = Promise.withResolvers<never>();
  for (const stream of [child.stdout, child.stderr])
    if (stream)
      createInterface({ input: stream }).on('line', (line) => {
        const found = /listens on (http:[\w./:]+\d)/.exec(line)?.[1];
        if (found) resolve(found);
        // All is read, or the process would wait; only the beginning is kept.
        if (said.length < 100) said.push(line);
      });
  child.once('exit', () => reject(new Error(`${name} ended:\n${said.join('\n')}`)));
  // Nobody may wait for it any more when it is ended.
  lost.catch(() => undefined);
  return { url, lost };
}

const useSchema = z.object({ memory: z.number(), cpuMs: z.number() });

async function useOf(child: ChildProcess): Promise<Use> {
  child.send('use');
  const [message]: unknown[] = await once(child, 'message');
  return useSchema.parse(message);
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}
