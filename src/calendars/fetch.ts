import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { hostOf, readAddress } from './address.ts';
import { readBody } from './body.ts';
import { CalendarError } from './trouble.ts';

/** How a calendar's server is reached. All but tests leave these as they are. */
export type FetchPorts = {
  /** The IP addresses of a name. Rejects when there are none. */
  resolve(host: string, signal: AbortSignal): Promise<string[]>;
  /** Whether Belay may connect to an IP address. */
  isAllowed(ip: string): boolean;
  port: number;
  /** Certificates to trust in place of Node's. */
  ca?: string | undefined;
};

/** What the server said of its calendar when it was read before. */
export type Known = { etag?: string | undefined; modified?: string | undefined };

export type Fetched =
  | { kind: 'body'; body: Buffer; etag: string | undefined; modified: string | undefined }
  | { kind: 'unchanged' };

const maxRedirects = 3;
const maxBytes = 1_000_000;
const redirects = new Set([301, 302, 303, 307, 308]);
const refusals = new Set([401, 403, 404, 410]);

/** Fetches a calendar. Rejects with a CalendarError, or with whatever the network or `signal` says. */
export async function fetchCalendar(
  address: URL,
  known: Known,
  ports: FetchPorts,
  signal: AbortSignal,
): Promise<Fetched> {
  let url = address;
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const response = await open(url, known, ports, signal);
    try {
      const status = response.statusCode ?? 0;
      if (!redirects.has(status)) return await answerOf(response, status, known);
      url = redirected(response.headers.location, url);
    } finally {
      response.destroy();
    }
  }
  throw new CalendarError('unreachable');
}

function redirected(location: string | undefined, from: URL): URL {
  if (location === undefined) throw new CalendarError('unreachable');
  // As strict as with what a person typed: this one was chosen by a stranger.
  const address = readAddress(URL.parse(location, from)?.href ?? '');
  if (!address) throw new CalendarError('address');
  return address;
}

async function answerOf(response: IncomingMessage, status: number, known: Known): Promise<Fetched> {
  if (status === 304 && (known.etag ?? known.modified) !== undefined) return { kind: 'unchanged' };
  if (refusals.has(status)) throw new CalendarError('refused');
  if (status !== 200) throw new CalendarError('unreachable');
  const body = await readBody(response, maxBytes);
  const { etag, 'last-modified': modified } = response.headers;
  return { kind: 'body', body, etag, modified };
}

/** Connects only to an address that was checked: a name can mean another one when it is asked a second time. */
async function open(
  url: URL,
  known: Known,
  ports: FetchPorts,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const host = hostOf(url);
  const ips = isIP(host) === 0 ? await resolved(host, ports, signal) : [host];
  if (!ips.every((ip) => ports.isAllowed(ip))) throw new CalendarError('address');
  const options: RequestOptions = {
    host,
    port: ports.port,
    path: `${url.pathname}${url.search}`,
    // The name, not the address, is what the certificate must be for; an IP address has no SNI.
    servername: isIP(host) === 0 ? host : '',
    headers: headersFor(url, known),
    lookup: pinnedTo(ips),
    // A kept connection would belong to an earlier check.
    agent: false,
    signal,
    ca: ports.ca,
  };
  return new Promise((resolve, reject) => {
    const sent = request(options, resolve);
    // Stays, because an error after the response is told here too.
    sent.on('error', reject);
    sent.end();
  });
}

async function resolved(host: string, ports: FetchPorts, signal: AbortSignal): Promise<string[]> {
  const ips = await ports.resolve(host, signal);
  if (ips.length === 0) throw new CalendarError('unreachable');
  return ips;
}

function headersFor({ host }: URL, { etag, modified }: Known): Record<string, string> {
  return {
    Host: host,
    Accept: 'text/calendar, */*;q=0.1',
    'Accept-Encoding': 'gzip, deflate, br',
    'User-Agent': 'Belay',
    ...(etag === undefined ? {} : { 'If-None-Match': etag }),
    ...(modified === undefined ? {} : { 'If-Modified-Since': modified }),
  };
}

function pinnedTo(ips: string[]): LookupFunction {
  const addresses = ips.map((address) => ({ address, family: isIP(address) }));
  return (_host, { all }, answer) => {
    if (all) answer(null, addresses);
    else answer(null, addresses[0]?.address ?? '', addresses[0]?.family);
  };
}
