import { once } from 'node:events';
import { z } from 'zod';
import type { Contestant } from './contestants.ts';
import { countOf, voters } from './database.ts';
import type { Load, Measured } from './load.ts';
import { start } from './processes.ts';

/** What one run of one server gave. Memory in bytes. */
export type Run = {
  perSecond: number;
  p50: number;
  p99: number;
  memoryStart: number;
  memoryEnd: number;
  /** Milliseconds of the processor for each vote. */
  cpuMs: number;
  readyMs: number;
  /** Votes in the database, each of them acknowledged. */
  stored: number;
  /** Messages that had still to be sent when the last vote was acknowledged. */
  waiting: number;
};

export type Timing = { warmUpSeconds: number; seconds: number };

const connections = 50;

const measuredSchema = z.object({
  perSecond: z.number(),
  p50: z.number(),
  p99: z.number(),
  acknowledged: z.number(),
  wrong: z.number(),
  next: z.number(),
});

/** A process that casts votes, until `end`. */
export function startLoad() {
  const child = start({ script: new URL('./load.ts', import.meta.url) });
  child.stderr?.pipe(process.stderr);
  return {
    async cast(load: Omit<Load, 'connections'>): Promise<Measured> {
      child.send({ connections, ...load } satisfies Load);
      const gone = once(child, 'exit').then(() => {
        throw new Error('The process that casts votes has ended.');
      });
      const [answer]: unknown[] = await Promise.race([once(child, 'message'), gone]);
      return measuredSchema.parse(answer);
    },
    end: () => child.kill('SIGKILL'),
  };
}

/**
 * Casts votes at a server for a while, from number `from` on, and ends it. Throws when a vote was answered anything but 2xx, or when the
 * database does not hold exactly those that were acknowledged: such a run gives no figure.
 */
export async function measure(
  contestant: Contestant,
  { warmUpSeconds, seconds }: Timing,
  from = 1,
): Promise<Run> {
  const { server, votes, stored, database } = contestant;
  const load = startLoad();
  const storedBefore = (await stored?.()) ?? 0;
  const atStart = await server.use();
  const cast = (more: Parameters<typeof load.cast>[0]) => Promise.race([load.cast(more), server.lost]);
  const warm = await cast({ votes, from, seconds: warmUpSeconds });
  const before = await server.use();
  const measured = await cast({ votes, from: warm.next, seconds });
  const after = await server.use();
  const waiting = database ? await countOf(database, 'outbox') : 0;
  load.end();
  await server.kill();
  const acknowledged = warm.acknowledged + measured.acknowledged;
  const kept = stored ? (await stored()) - storedBefore : 0;
  const wrong = warm.wrong + measured.wrong;
  if (wrong > 0) throw new Error(`${wrong} votes were not answered 2xx.`);
  if (stored && measured.next > voters) throw new Error('There are too few voters for so fast a machine.');
  if (stored && kept !== acknowledged)
    throw new Error(`${acknowledged} votes were acknowledged, but ${kept} are stored.`);
  const { perSecond, p50, p99 } = measured;
  return {
    perSecond,
    p50,
    p99,
    memoryStart: atStart.memory,
    memoryEnd: after.memory,
    cpuMs: (after.cpuMs - before.cpuMs) / measured.acknowledged,
    readyMs: server.readyMs,
    stored: kept,
    waiting,
  };
}

/** The middle one. */
export function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return ((sorted[(sorted.length - 1) >> 1] ?? Number.NaN) + (sorted[sorted.length >> 1] ?? Number.NaN)) / 2;
}
