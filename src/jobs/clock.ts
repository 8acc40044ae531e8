import { schedule } from 'node-cron';
import type { Effect } from '../chat/effect.ts';
import type { Due, Job, Outside } from '../chat/feature.ts';
import type { Store } from '../store/database.ts';
import { workspaces } from '../store/people.ts';
import type { CarryOut } from './effects.ts';
import { type DueJob, dueJobs, enqueue, retryOrSetAside, take } from './queue.ts';

/** Minutes until the next attempt, after the first, second … failure; after the last the job is set aside. */
const waits = [1, 5, 30, 120];
const batch = 100;
/** A tick that is missed on a busy machine is made up for by the next; its warning would be no line of our log. */
const quietly = { suppressMissedWarning: true };

export type ClockPorts = {
  store: Store;
  /** Names of jobs of which one always waits for each workspace. */
  regular: string[];
  /** By full name, `polls.close`. */
  jobs: ReadonlyMap<string, Job>;
  carryOut: CarryOut;
  now: () => Temporal.Instant;
  outside: (at: { tenant: string; platform: string }) => Outside;
  /** Once an hour: forgets what is not needed any more. */
  tidy: () => Promise<void>;
  /** Something may have come into the outbox. */
  wakeSender: () => void;
  /** An attempt failed; `last` when the job is now set aside. */
  failed: (job: { name: string; id: string }, error: unknown, last: boolean) => void;
  /** The database could not be used; the next tick tries again. */
  troubled: (error: unknown) => void;
};

/** Runs due work: `tick` once, or every second after `start`. */
export function createClock(ports: ClockPorts) {
  let running: Promise<void> | undefined;
  let tasks: ReturnType<typeof schedule>[] = [];

  /** Does all work that is due; a call during another waits for that one. */
  function tick(): Promise<void> {
    running ??= runDue(ports).finally(() => {
      running = undefined;
    });
    return running;
  }

  /** Sees to it that the regular work waits for each workspace: for those of before, and for new ones. */
  function ready(): Promise<void> {
    return ports.store.transact(async (tx) => {
      for (const { tenant, platform } of await workspaces(tx))
        for (const name of ports.regular)
          await enqueue(
            tx,
            { tenant, platform, name, subject: '', at: ports.now(), once: true },
            ports.now(),
          );
    });
  }

  return {
    tick,
    ready,
    start(): void {
      ready().catch(ports.troubled);
      tasks = [
        schedule('* * * * * *', () => tick().catch(ports.troubled), quietly),
        schedule('17 * * * *', () => ports.tidy().catch(ports.troubled), quietly),
        schedule('11 * * * *', () => ready().catch(ports.troubled), quietly),
      ];
    },
    async stop(): Promise<void> {
      for (const task of tasks) await task.stop();
      await running;
    },
  };
}

async function runDue(ports: ClockPorts): Promise<void> {
  for (;;) {
    const due = await dueJobs(ports.store.db, ports.now(), batch);
    for (const job of due) await runOne(ports, job);
    // With nothing due too: what another instance has put out is found within a second.
    ports.wakeSender();
    if (due.length < batch) return;
  }
}

async function runOne(ports: ClockPorts, job: DueJob): Promise<void> {
  const now = ports.now();
  try {
    await ports.store.transact(async (tx) => {
      if (!(await take(tx, job.id))) return;
      const { platform, tenant, subject } = job;
      const due: Due = { ...ports.outside({ platform, tenant }), tx, now, platform, tenant, subject };
      const effects: Effect[] = await handlerOf(ports, job.name).run(due);
      await ports.carryOut(tx, { tenant: job.tenant, platform: job.platform, now }, effects);
    });
  } catch (error) {
    const wait = waits[job.attempts];
    const again = wait === undefined ? undefined : now.add({ minutes: wait });
    await ports.store.transact((tx) => retryOrSetAside(tx, job, String(error), again));
    ports.failed(job, error, again === undefined);
  }
}

function handlerOf(ports: ClockPorts, name: string): Job {
  const handler = ports.jobs.get(name);
  if (!handler) throw new Error(`No feature has a job ${name}.`);
  return handler;
}
