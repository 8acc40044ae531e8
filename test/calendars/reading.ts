import type { RequestListener } from 'node:http';
import { onTestFinished } from 'vitest';
import type { CalendarReading } from '../../src/calendars/calendar.ts';
import { type CalendarPorts, createCalendarReader } from '../../src/calendars/reader.ts';
import { certificate, startTlsServer } from './tls-server.ts';
import { autumn, calendar, event, tell } from './writing.ts';

export const address = 'https://agenda.belay.example/ical/geheim-0a1b2c/basic.ics?sleutel=9z8y';
export const text = calendar(event('1', 'DTSTART:20261020T080000Z', 'SUMMARY:Kwartaalgesprek'));

/** A server that answers so, and a reader to which every name is that server, until the test ends. */
export async function start(answer: RequestListener, ports: Partial<CalendarPorts> = {}) {
  const server = await startTlsServer(answer);
  const reader = createCalendarReader({
    resolve: async () => ['127.0.0.1'],
    isAllowed: (ip) => ip === '127.0.0.1',
    port: server.port,
    ca: certificate,
    ...ports,
  });
  onTestFinished(async () => {
    await Promise.all([reader.stop(), server.stop()]);
  });
  return { server, reader, read: (known = {}, at = address) => reader.read(at, known, autumn) };
}

export const failed = (reason: string) => ({ kind: 'failed', reason });

/** What was read, one line each. */
export const events = (reading: CalendarReading) =>
  reading.kind === 'events' ? reading.events.map(tell) : reading;

export function sends(body: string | Buffer, headers: Record<string, string> = {}): RequestListener {
  return (_, response) => response.writeHead(200, headers).end(body);
}

/** Redirects to one after the other, then sends the calendar. */
export function redirects(...locations: (string | undefined)[]): RequestListener {
  return (_, response) => {
    const location = locations.shift();
    if (location === undefined) response.end(text);
    else response.writeHead(302, location === '' ? {} : { Location: location }).end();
  };
}
