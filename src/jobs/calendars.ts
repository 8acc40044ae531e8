import { schedule } from 'node-cron';
import type { CalendarReading } from '../calendars/calendar.ts';
import type { Calendars, Feed, Outside } from '../chat/feature.ts';
import type { Store } from '../store/database.ts';
import type { CarryOut } from './effects.ts';

export type CalendarPorts = {
  store: Store;
  calendars: Calendars[];
  /** Reads one. Never rejects. */
  read(feed: Feed, window: { from: Temporal.Instant; until: Temporal.Instant }): Promise<CalendarReading>;
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
/** What of a calendar is looked at: what was just now, and five weeks ahead. */
const window = { back: { hours: 24 }, ahead: { hours: 24 * 35 } };

/** Reads the calendars whose time has come: `tick` once, or every half minute after `start`. */
export function createCalendarRound(ports: CalendarPorts) {
  let running: Promise<void> | undefined;
  let task: ReturnType<typeof schedule> | undefined;

  function tick(): Promise<void> {
    running ??= round(ports).finally(() => {
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
      await task?.stop();
      await running;
    },
  };
}

async function round(ports: CalendarPorts): Promise<void> {
  for (const calendars of ports.calendars) {
    const due = await calendars.due(ports.store.db, ports.now(), 200);
    // Each lane takes the next one as soon as it is free: a slow server holds up no more than its own.
    const lane = async () => {
      for (let feed = due.shift(); feed; feed = due.shift()) await readOne(ports, calendars, feed);
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
  }
}

async function readOne(ports: CalendarPorts, calendars: Calendars, feed: Feed): Promise<void> {
  const now = ports.now();
  const { tenant, platform } = feed;
  const span = { from: now.subtract(window.back), until: now.add(window.ahead) };
  const reading = await ports.read(feed, span);
  try {
    await ports.store.transact(async (tx) => {
      const due = { ...ports.outside(feed), tx, now: ports.now(), platform, tenant, subject: feed.person };
      await ports.carryOut(tx, { tenant, platform, now: due.now }, await calendars.read(due, feed, reading));
    });
    ports.wakeSender();
  } catch (error) {
    ports.troubled(error);
  }
}
