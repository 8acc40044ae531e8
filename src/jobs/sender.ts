import { type Failure, type Platform, SendError, type Sent } from '../chat/platform.ts';
import type { Store } from '../store/database.ts';
import { findMessage, keepMessage } from '../store/messages.ts';
import { headsOfLanes, markSending, putBack, takeOut, unfinished, type Waiting } from '../store/outbox.ts';
import { enqueue } from './queue.ts';

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

type Sender = {
  ports: SenderPorts;
  /** Lanes with a call under way. */
  busy: Map<string, Promise<void>>;
  /** When a lane may be used again: the platform's pace, or its Retry-After. */
  freeAt: Map<string, Temporal.Instant>;
  cancelWait: () => void;
  stopped: boolean;
};

/** Sends what the outbox holds: a queue a lane, at the platform's pace, each letter kept until it is settled. */
export function createSender(ports: SenderPorts) {
  const sender: Sender = { ports, busy: new Map(), freeAt: new Map(), cancelWait: () => {}, stopped: false };
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
  const now = ports.now();
  let next: Temporal.Instant | undefined;
  for (const letter of await headsOfLanes(ports.store.db, new Set(sender.busy.keys()))) {
    const free = later(letter.notBefore, sender.freeAt.get(letter.lane));
    if (Temporal.Instant.compare(free, now) > 0) {
      if (!next || Temporal.Instant.compare(free, next) < 0) next = free;
      continue;
    }
    sender.busy.set(
      letter.lane,
      settle(sender, letter)
        .catch((error: unknown) => {
          ports.troubled(error);
          pause(sender, letter.lane, troubleMs);
        })
        .finally(() => {
          sender.busy.delete(letter.lane);
          wake();
        }),
    );
  }
  if (next) sender.cancelWait = ports.wait(Math.ceil(next.since(now).total('milliseconds')), wake);
}

function later(one: Temporal.Instant, other: Temporal.Instant | undefined): Temporal.Instant {
  return other && Temporal.Instant.compare(other, one) > 0 ? other : one;
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
  await ports.store.transact((tx) => markSending(tx, letter.id));
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

function pause(sender: Sender, lane: string, ms: number): void {
  const now = sender.ports.now();
  for (const [old, until] of sender.freeAt)
    if (Temporal.Instant.compare(until, now) <= 0) sender.freeAt.delete(old);
  if (ms > 0) sender.freeAt.set(lane, now.add({ milliseconds: ms }));
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
    const { job: name, subject, platform = letter.platform } = letter.otherwise;
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
