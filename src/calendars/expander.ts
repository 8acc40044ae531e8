import { Worker } from 'node:worker_threads';
import type { CalendarEvent, CalendarTrouble, CalendarWindow } from './calendar.ts';
import { CalendarError } from './trouble.ts';
import type { Answer, Job, Sent } from './worker.ts';

/** How calendars are expanded. All but tests leave these as they are. */
export type ExpanderPorts = {
  worker: URL;
  /** A calendar that takes longer is given up (ms). */
  withinMs: number;
  /** A worker without work is ended after this (ms). */
  idleMs: number;
};

export type Expander = {
  /** What happens in a window. Rejects with a CalendarError. */
  expand(body: Uint8Array, window: CalendarWindow): Promise<CalendarEvent[]>;
  /** Gives up what is under way. */
  stop(): Promise<void>;
};

const usual: ExpanderPorts = {
  worker: new URL('./worker.ts', import.meta.url),
  withinMs: 5_000,
  idleMs: 10_000,
};

/** A crash for want of memory is a worker's own; the process goes on. */
const resourceLimits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 };

/** Expands calendars in a worker thread, one after the other. The worker is kept while there is work, and made anew after a failure. */
export function createExpander(ports: Partial<ExpanderPorts> = {}): Expander {
  const { worker: script, withinMs, idleMs } = { ...usual, ...ports };
  let kept: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let stopped = false;

  async function end(): Promise<void> {
    const worker = kept;
    kept = undefined;
    clearTimeout(idle);
    await worker?.terminate();
  }

  function ready(): Worker {
    if (kept) return kept;
    const worker = startWorker(script);
    worker.once('exit', () => {
      if (kept === worker) kept = undefined;
    });
    kept = worker;
    return worker;
  }

  async function turn(job: Job): Promise<CalendarEvent[]> {
    if (stopped) throw new CalendarError('unreachable');
    clearTimeout(idle);
    const worker = ready();
    const outcome = await ask(worker, job, withinMs);
    if (typeof outcome === 'string') {
      await end();
      throw new CalendarError(stopped ? 'unreachable' : outcome);
    }
    // Neither the worker nor its timer keeps a process alive that has nothing else to do.
    worker.unref();
    idle = setTimeout(() => void end(), idleMs).unref();
    if (outcome.kind === 'no-calendar') throw new CalendarError('no-calendar');
    return outcome.events.map(received);
  }

  return {
    expand(body, { from, until, timeZone }) {
      const job = { body, from: from.epochMilliseconds, until: until.epochMilliseconds, timeZone };
      const result = last.then(() => turn(job));
      // Only its end is waited for: whoever asked hears what became of it.
      last = Promise.allSettled([result]);
      return result;
    },
    async stop() {
      stopped = true;
      await end();
      await last;
    },
  };
}

function startWorker(script: URL): Worker {
  // Without Belay's secrets, which are in the environment.
  const worker = new Worker(script, { resourceLimits, stdout: true, stderr: true, execArgv: [], env: {} });
  // What node-ical prints may be what somebody calls his meetings. Merely unread, it would keep the process alive.
  worker.stdout.destroy();
  worker.stderr.destroy();
  // Every error is followed by the exit, which is waited for; without a listener it would end the process.
  worker.on('error', () => undefined);
  return worker;
}

/** The worker's answer, or why there is none. */
function ask(worker: Worker, job: Job, withinMs: number): Promise<Answer | CalendarTrouble> {
  worker.ref();
  return new Promise((resolve) => {
    const late = setTimeout(() => settle('too-slow'), withinMs);
    const settle = (outcome: Answer | CalendarTrouble) => {
      clearTimeout(late);
      worker.off('message', settle).off('exit', crashed);
      resolve(outcome);
    };
    const crashed = () => settle('no-calendar');
    worker.on('message', settle).on('exit', crashed);
    worker.postMessage(job);
  });
}

function received({ start, end, ...rest }: Sent): CalendarEvent {
  return {
    ...rest,
    start: Temporal.Instant.fromEpochMilliseconds(start),
    end: Temporal.Instant.fromEpochMilliseconds(end),
  };
}
