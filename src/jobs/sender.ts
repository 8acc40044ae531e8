import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Failure, type Platform, SendError, type Sent } from '../chat/platform.ts';
import type { Store } from '../store/database.ts';
import { findMessage, keepMessage } from '../store/messages.ts';
import {
  markSending,
  nextWorkspace,
  putBack,
  takeOut,
  unfinished,
  type Waiting,
  type Workspace,
} from '../store/outbox.ts';
import { enqueue } from './queue.ts';
import { choose, pause, type Space, spaceOf, type Turns, whispersOf } from './turns.ts';

/** Milliseconds until the next attempt after the first, second … refusal; the last one is repeated. */
const waits = [1_000, 5_000, 30_000, 120_000, 600_000];

/** Milliseconds until the database is tried again. */
const troubleMs = 1_000;

type SendOutcome = 'sent' | Failure | 'expired';

export type SenderPorts = {
  store: Store;
  platforms: ReadonlyMap<string, Platform>;
  now: () => Temporal.Instant;
  /** Calls `then` after `ms`; returns how to call it off. */
  wait: (ms: number, then: () => void) => () => void;
  observe: (letter: Waiting, outcome: SendOutcome, reason: string) => void;
  /** The database could not be used; it is tried again. */
  troubled: (error: unknown) => void;
};

type Sender = Turns & { ports: SenderPorts; cancelWait: () => void };

/** Sends what the outbox holds: a queue a lane, at the platform's pace, each letter kept until it is settled. */
export function createSender(ports: SenderPorts) {
  const sender: Sender = {
    ports,
    db: ports.store.db,
    now: ports.now,
    platforms: ports.platforms,
    busy: new Map(),
    freeAt: new Map(),
    spaces: new Map(),
    cancelWait: () => {},
    stopped: false,
  };
  let looking: Promise<void> | undefined;
  let again = false;

  /** Starts what can be sent now. Cheap to call often: a call during another makes that one look once more. */
  function wake(): Promise<void> {
    again = true;
    looking ??= (async () => {
      while (again && !sender.stopped) {
        again = false;
        try {
          await startWhatCan(sender, wake);
        } catch (error) {
          ports.troubled(error);
          sender.cancelWait = ports.wait(troubleMs, wake);
        }
      }
      // At once after the last look: a wake that came any later would find nobody looking, and start anew.
      looking = undefined;
    })();
    return looking;
  }

  return {
    wake,
    /** Settles what was under way when the last process ended. Before the first `wake`. */
    recover: () => recover(ports),
    /** Resolves when nothing is under way; what waits for its time still waits. */
    async idle(): Promise<void> {
      await wake();
      while (sender.busy.size > 0) {
        await Promise.all(sender.busy.values());
        await wake();
      }
    },
    async stop(): Promise<void> {
      sender.stopped = true;
      sender.cancelWait();
      await looking;
      await Promise.all(sender.busy.values());
    },
  };
}

async function startWhatCan(sender: Sender, wake: () => void): Promise<void> {
  const { ports } = sender;
  sender.cancelWait();
  // Requests come first.
  await nextTurn();
  const waits: number[] = [];
  let workspace = await nextWorkspace(ports.store.db);
  while (workspace && !sender.stopped) {
    waits.push(await startIn(sender, workspace, wake));
    workspace = await nextWorkspace(ports.store.db, workspace);
  }
  const soonest = Math.min(...waits);
  if (soonest < Number.POSITIVE_INFINITY) sender.cancelWait = ports.wait(soonest, wake);
}

/** Starts what can be sent to a workspace; returns the milliseconds until more can, without end when nothing waits. */
async function startIn(sender: Sender, workspace: Workspace, wake: () => void): Promise<number> {
  const { ports } = sender;
  const space = spaceOf(sender, workspace);
  const { chosen, waitMs } = await choose(sender, workspace, space);
  if (chosen.length === 0) return waitMs;
  const letters = await ports.store.transact(async (tx) => {
    const marked: Waiting[] = [];
    for (const { id } of chosen) {
      const letter = await markSending(tx, id);
      if (letter) marked.push(letter);
    }
    return marked;
  });
  for (const letter of letters) start(sender, space, letter, wake);
  return waitMs;
}

function start(sender: Sender, space: Space, letter: Waiting, wake: () => void): void {
  const { ports } = sender;
  space.underWay += 1;
  const settled = settle(sender, letter)
    .catch((error: unknown) => {
      ports.troubled(error);
      pause(sender, letter.lane, troubleMs);
    })
    .finally(() => {
      space.underWay -= 1;
      sender.busy.delete(letter.lane);
      wake();
    });
  sender.busy.set(letter.lane, settled);
}

async function settle(sender: Sender, letter: Waiting): Promise<void> {
  const { ports } = sender;
  if (Temporal.Instant.compare(letter.expiresAt, ports.now()) < 0) {
    await giveUp(ports, letter, 'expired', 'too late');
    return;
  }
  const platform = ports.platforms.get(letter.platform);
  if (!platform) {
    await giveUp(ports, letter, 'never', 'platform_not_configured');
    return;
  }
  const message =
    letter.kind === 'update' && letter.key
      ? await findMessage(ports.store.db, letter, letter.key)
      : undefined;
  try {
    const sent = await deliver(platform, letter, message?.ref);
    pause(sender, letter.lane, letter.kind === 'whisper' ? 0 : platform.pace.laneGapMs);
    await surely(sender, () => keepSent(ports, letter, sent));
    ports.observe(letter, 'sent', '');
  } catch (error) {
    await surely(sender, () => settleFailure(sender, letter, error));
  }
}

/** What has happened on the platform is recorded as soon as the database can: forgetting it would send it twice. */
async function surely(sender: Sender, record: () => Promise<void>): Promise<void> {
  // Once at least: what was under way when Belay is told to stop is recorded too.
  do {
    try {
      await record();
      return;
    } catch (error) {
      sender.ports.troubled(error);
      await new Promise<void>((resolve) => sender.ports.wait(troubleMs, resolve));
    }
  } while (!sender.stopped);
}

async function deliver(platform: Platform, letter: Waiting, ref: string | undefined): Promise<Sent> {
  const { id, tenant, kind, place, person, thread, audience, card, form } = letter;
  if (kind === 'update' && !ref) throw new SendError('never', 'nothing_to_update');
  return platform.send({ id, tenant, kind, place, person, thread, audience, card, form, ref });
}

async function keepSent(ports: SenderPorts, letter: Waiting, sent: Sent): Promise<void> {
  await ports.store.transact(async (tx) => {
    await takeOut(tx, letter.id);
    if (!letter.key || letter.kind !== 'post') return;
    const at = { tenant: letter.tenant, platform: letter.platform, place: letter.place, now: ports.now() };
    await keepMessage(tx, at, letter.key, { ref: sent.ref, link: sent.link });
  });
}

async function settleFailure(sender: Sender, letter: Waiting, error: unknown): Promise<void> {
  const { ports } = sender;
  // A platform throws nothing but SendErrors; anything else is a mistake of ours that no attempt mends.
  const failed = error instanceof SendError ? error : new SendError('never', String(error), { cause: error });
  if (failed.failure === 'never' || (failed.failure === 'unknown' && !letter.resend)) {
    await giveUp(ports, letter, failed.failure, failed.reason);
    return;
  }
  const ms = failed.afterMs ?? waits[Math.min(letter.attempts, waits.length - 1)] ?? 0;
  pause(sender, letter.lane, ms);
  const together = ports.platforms.get(letter.platform)?.pace.whispersTogether;
  if (together && letter.kind === 'whisper' && failed.failure === 'later' && failed.afterMs !== undefined)
    pause(sender, whispersOf(letter), ms);
  await ports.store.transact((tx) =>
    putBack(tx, letter, {
      attempts: letter.attempts + 1,
      notBefore: ports.now().add({ milliseconds: ms }),
      // A post whose fate is unknown is sent once more, not forever; an update may be repeated.
      resend: letter.resend && (failed.failure === 'later' || letter.kind !== 'post'),
    }),
  );
  ports.observe(letter, failed.failure, failed.reason);
}

async function giveUp(
  ports: SenderPorts,
  letter: Waiting,
  outcome: SendOutcome,
  reason: string,
): Promise<void> {
  await ports.store.transact(async (tx) => {
    await takeOut(tx, letter.id);
    // What may have arrived after all is not reported as lost.
    if (!letter.otherwise || outcome === 'unknown') return;
    const { job: name, subject, only, platform = letter.platform } = letter.otherwise;
    if (only && only !== outcome) return;
    const { tenant } = letter;
    await enqueue(tx, { tenant, platform, name, subject, at: ports.now() }, ports.now());
  });
  ports.observe(letter, outcome, reason);
}

async function recover(ports: SenderPorts): Promise<void> {
  for (const letter of await unfinished(ports.store.db)) {
    if (!letter.resend) {
      await giveUp(ports, letter, 'unknown', 'the process ended while sending');
      continue;
    }
    const again = { attempts: letter.attempts + 1, notBefore: ports.now(), resend: letter.kind !== 'post' };
    await ports.store.transact((tx) => putBack(tx, letter, again));
    ports.observe(letter, 'unknown', 'the process ended while sending');
  }
}
