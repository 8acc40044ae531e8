import { schedule } from 'node-cron';
import type { CalendarReading, CalendarWindow } from '../calendars/calendar.ts';
import type { Calendars, Feed, Outside } from '../chat/feature.ts';
import type { Store } from '../store/database.ts';
import type { CarryOut } from './effects.ts';

export type CalendarPorts = {
  store: Store;
  calendars: Calendars[];
  /** Reads one. Never rejects. */
  read(feed: Feed, window: CalendarWindow): Promise<CalendarReading>;
  carryOut: CarryOut;
  now: () => Temporal.Instant;
  outside: (at: { tenant: string; platform: string }) => Outside;
  /** Something may have come into the outbox. */
  wakeSender: () => void;
  /** What was read could not be kept; it is read again later. */
  troubled: (error: unknown) => void;
};

/** So many are read at once: more would only wait for each other's worker. */
const atOnce = 8;
/** So many are taken at once: those that were taken and not read, because Belay was killed, wait for their next turn. */
const most = 200;
/** What of a calendar is looked at: what was just now, and five weeks ahead. */
const window = { back: { hours: 24 }, ahead: { hours: 24 * 35 } };

/** Whether Belay is about to stop. */
type State = { stopping: boolean };

/** Reads the calendars whose time has come: `tick` once, or every half minute after `start`. */
export function createCalendarRound(ports: CalendarPorts) {
  let running: Promise<void> | undefined;
  const state: State = { stopping: false };
  let task: ReturnType<typeof schedule> | undefined;

  function tick(): Promise<void> {
    running ??= round(ports, state).finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    tick,
    start(): void {
      task = schedule('*/30 * * * * *', () => tick().catch(ports.troubled), { suppressMissedWarning: true });
    },
    async stop(): Promise<void> {
      state.stopping = true;
      await task?.stop();
      await running;
    },
  };
}

async function round(ports: CalendarPorts, state: State): Promise<void> {
  for (const calendars of ports.calendars) {
    const take = () => ports.store.transact((tx) => calendars.due(tx, ports.now(), most));
    for (let due = await take(); due.length > 0; due = state.stopping ? [] : await take())
      await readAll(ports, calendars, due, state);
  }
}

/** Each lane takes the next one as soon as it is free: a slow server holds up no more than its own. */
async function readAll(ports: CalendarPorts, calendars: Calendars, due: Feed[], state: State): Promise<void> {
  const lane = async () => {
    for (let feed = due.shift(); feed && !state.stopping; feed = due.shift())
      await readOne(ports, calendars, feed, state);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

async function readOne(ports: CalendarPorts, calendars: Calendars, feed: Feed, state: State): Promise<void> {
  const now = ports.now();
  const { tenant, platform } = feed;
  const outside = ports.outside(feed);
  const timeZone = feed.timeZone ?? outside.defaults.timeZone;
  const span = { from: now.subtract(window.back), until: now.add(window.ahead), timeZone };
  const reading = await ports.read(feed, span);
  // Given up because Belay stops: that is no trouble of the calendar's.
  if (state.stopping && reading.kind === 'failed') return;
  try {
    await ports.store.transact(async (tx) => {
      const due = { ...outside, tx, now: ports.now(), platform, tenant, subject: feed.person };
      await ports.carryOut(tx, { tenant, platform, now: due.now }, await calendars.read(due, feed, reading));
    });
    ports.wakeSender();
  } catch (error) {
    ports.troubled(error);
  }
}
