import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Platform } from '../chat/platform.ts';
import type { Db } from '../store/database.ts';
import { type Head, headsOfLanes, type Workspace } from '../store/outbox.ts';
import { type Allowance, createAllowance } from './allowance.ts';

/** Calls under way at once for one workspace: one that hangs holds up no other. */
const mostUnderWay = 4;

/** Lanes that are read together. */
const page = 50;

/** What decides whose turn it is to be sent. */
export type Turns = {
  db: Db;
  now: () => Temporal.Instant;
  platforms: ReadonlyMap<string, Platform>;
  /** Lanes with a call under way. */
  busy: Map<string, Promise<void>>;
  /** When a lane, or all private answers of a workspace, may go on: the platform's pace, or its Retry-After. */
  freeAt: Map<string, Temporal.Instant>;
  /** Workspaces that were sent to. */
  spaces: Map<string, Space>;
  stopped: boolean;
};

/** A workspace as the sender goes through it. */
export type Space = {
  allowance: Allowance;
  underWay: number;
  /** The lane that was looked at last: the next look goes on after it, so that each gets its turn. */
  last: string | undefined;
};

/** The letters whose turn it is, as many as may leave now, and the milliseconds until there may be more. */
export async function choose(turns: Turns, workspace: Workspace, space: Space) {
  const now = turns.now();
  const chosen: Head[] = [];
  let waitMs = Number.POSITIVE_INFINITY;
  // While nothing may leave nothing is read: votes wake the sender all the time.
  if (space.underWay >= mostUnderWay) return { chosen, waitMs };
  const empty = space.allowance.waitMs(now.epochMilliseconds);
  if (empty > 0) return { chosen, waitMs: empty };
  for await (const head of headsInTurn(turns, workspace, space)) {
    // The end of one that is under way wakes the turns.
    if (space.underWay + chosen.length >= mostUnderWay || turns.stopped) break;
    const full = space.allowance.waitMs(now.epochMilliseconds);
    if (full > 0) return { chosen, waitMs: Math.min(waitMs, full) };
    space.last = head.lane;
    if (turns.busy.has(head.lane)) continue;
    const free = freeFrom(turns, workspace, head).since(now).total('milliseconds');
    if (free > 0) {
      waitMs = Math.min(waitMs, Math.ceil(free));
      continue;
    }
    space.allowance.take(now.epochMilliseconds);
    chosen.push(head);
  }
  return { chosen, waitMs };
}

/** A workspace, known from its first letter on. */
export function spaceOf(turns: Turns, { platform, tenant }: Workspace): Space {
  const name = `${platform}/${tenant}`;
  const known = turns.spaces.get(name);
  if (known) return known;
  // For a platform that Belay does not speak to, nothing leaves.
  const limits = turns.platforms.get(platform)?.pace ?? { burst: page, perSecond: page };
  const space = { allowance: createAllowance(limits), underWay: 0, last: undefined };
  turns.spaces.set(name, space);
  return space;
}

/** Once through all lanes, from the one after the last that was looked at; between pages others go on. */
async function* headsInTurn(turns: Turns, workspace: Workspace, { last }: Space): AsyncGenerator<Head> {
  const { db } = turns;
  const seen = new Set<string>();
  for (let after: string | undefined = last, isRest = last !== undefined; ; ) {
    const heads = await headsOfLanes(db, workspace, { after, most: page });
    for (const head of heads) {
      // Round: here it began.
      if (seen.has(head.lane)) return;
      seen.add(head.lane);
      yield head;
    }
    if (heads.length < page && !isRest) return;
    // At the end, the first lanes follow.
    if (heads.length < page) isRest = false;
    after = heads.length < page ? undefined : heads.at(-1)?.lane;
    await nextTurn();
  }
}

function freeFrom(turns: Turns, workspace: Workspace, head: Head): Temporal.Instant {
  const times = [head.notBefore, turns.freeAt.get(head.lane)];
  if (head.kind === 'whisper') times.push(turns.freeAt.get(whispersOf(workspace)));
  return times.reduce<Temporal.Instant>(
    (latest, time) => (time && Temporal.Instant.compare(time, latest) > 0 ? time : latest),
    head.notBefore,
  );
}

/** Under this name, which is no lane's, all private answers of a workspace wait. */
export function whispersOf({ platform, tenant }: Workspace): string {
  return `${platform}/${tenant}`;
}

/** Nothing leaves by this lane for so many milliseconds. */
export function pause(turns: Turns, lane: string, ms: number): void {
  const now = turns.now();
  for (const [old, until] of turns.freeAt)
    if (Temporal.Instant.compare(until, now) <= 0) turns.freeAt.delete(old);
  if (ms > 0) turns.freeAt.set(lane, now.add({ milliseconds: ms }));
}
