import { getPriority, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import type { CalendarEvent } from './calendar.ts';
import { expand } from './expand.ts';
import { decodeCalendar } from './lines.ts';

/** A thread of its own for what somebody else's calendar may do to a parser: run for ever, or fill the memory. */

/** What crosses between the threads: instants as milliseconds since 1970, because they cannot be sent. */
export type Job = { body: Uint8Array; from: number; until: number; timeZone: string };
export type Sent = Omit<CalendarEvent, 'start' | 'end'> & { start: number; end: number };
export type Answer = { kind: 'events'; events: Sent[] } | { kind: 'no-calendar' };

/** Niceness above the process's own: whoever waits for an answer goes first on a busy machine. */
const behind = 10;
const mostNice = 19;
// Elsewhere than on Linux it would be the whole process's. Less than a process was started with it may not ask for.
if (process.platform === 'linux') setPriority(Math.min(mostNice, getPriority() + behind));

parentPort?.on('message', (job: Job) => parentPort?.postMessage(answer(job)));

function answer({ body, from, until, timeZone }: Job): Answer {
  try {
    const window = { from: instant(from), until: instant(until), timeZone };
    const events = expand(decodeCalendar(body), window).map(({ start, end, ...rest }) => ({
      ...rest,
      start: start.epochMilliseconds,
      end: end.epochMilliseconds,
    }));
    return { kind: 'events', events };
  } catch {
    // Whatever it was, it came from this text; and a message could quote it.
    return { kind: 'no-calendar' };
  }
}

function instant(milliseconds: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(milliseconds);
}
