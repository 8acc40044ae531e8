import { readAddress } from './address.ts';
import type { CalendarReading, CalendarTrouble, CalendarWindow } from './calendar.ts';
import { createExpander, type ExpanderPorts } from './expander.ts';
import { type FetchPorts, fetchCalendar, type Known } from './fetch.ts';
import { isPublic } from './public-address.ts';
import { resolveHost } from './resolve.ts';
import { CalendarError } from './trouble.ts';

export type CalendarReader = {
  /**
   * What the calendar at an address holds in a window. `known` is what an earlier reading gave with its events: then an
   * unchanged calendar is not read again. Never rejects.
   */
  read(address: string, known: Known, window: CalendarWindow): Promise<CalendarReading>;
  /** Gives up what is under way, as unreachable. */
  stop(): Promise<void>;
};

/** For tests. `fetchWithinMs` is for names, redirects and the body together. */
export type CalendarPorts = FetchPorts & { fetchWithinMs: number; expander: Partial<ExpanderPorts> };

const usual: CalendarPorts = {
  resolve: resolveHost,
  isAllowed: isPublic,
  port: 443,
  fetchWithinMs: 10_000,
  expander: {},
};

/** Reads calendars of strangers at addresses of strangers: nothing inside is reached, nobody else waits for it. */
export function createCalendarReader(ports: Partial<CalendarPorts> = {}): CalendarReader {
  const { fetchWithinMs, expander: expanderPorts, ...fetchPorts } = { ...usual, ...ports };
  const expander = createExpander(expanderPorts);
  const stopping = new AbortController();

  async function events(address: string, known: Known, window: CalendarWindow): Promise<CalendarReading> {
    const url = readAddress(address);
    if (!url) throw new CalendarError('address');
    const late = AbortSignal.timeout(fetchWithinMs);
    const signal = AbortSignal.any([late, stopping.signal]);
    const fetched = await fetchCalendar(url, known, fetchPorts, signal).catch((error: unknown) => {
      throw late.aborted ? new CalendarError('too-slow') : error;
    });
    if (fetched.kind === 'unchanged') return fetched;
    const { body, etag, modified } = fetched;
    return { kind: 'events', events: await expander.expand(body, window), etag, modified };
  }

  return {
    async read(address, known, window) {
      try {
        return await events(address, known, window);
      } catch (error) {
        return { kind: 'failed', reason: reasonOf(error) };
      }
    },
    async stop() {
      stopping.abort();
      await expander.stop();
    },
  };
}

/** What is no CalendarError came from the network. Its message may name the host, so it goes no further. */
function reasonOf(error: unknown): CalendarTrouble {
  return error instanceof CalendarError ? error.reason : 'unreachable';
}
