import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Route } from '../../chat/platform.ts';

export type WebServer = {
  port: number;
  /** Takes no more requests, finishes those under way, and cuts what still runs after five seconds. */
  stop(): Promise<void>;
};

/** The address cannot be had. The message says why in plain words, and which variable sets another. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

type Options = {
  port: number;
  host: string;
  /** By `METHOD /path`. A path that ends in `/:token` stands for any last part; a path of its own goes before it. */
  routes: Record<string, Route>;
  log: Pick<Logger, 'error'>;
};

const stopWithinMs = 5_000;

/** What a page of Belay may do in a browser: nothing but show itself. A route that needs more says so. */
const headers = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** Listens on `host`:`port` (0: any free one). Throws a ListenError when it cannot. */
export async function startServer({ port, host, routes, log }: Options): Promise<WebServer> {
  const server = createServer(
    // Longer than a proxy in front keeps an idle connection, so that it never sends into a closing one.
    {
      headersTimeout: 10_000,
      requestTimeout: 10_000,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 5_000,
    },
    (req, res) => {
      res.once('finish', () => {
        // What was under way when the server stopped listening leaves an idle connection behind.
        if (!server.listening) setImmediate(() => server.closeIdleConnections());
      });
      void handle(routes, log, req, res);
    },
  );
  const taken = await listen(server, port, host);
  return { port: taken, stop: () => stop(server) };
}

async function handle(
  routes: Record<string, Route>,
  log: Pick<Logger, 'error'>,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  // A HEAD is a GET whose body Node leaves out.
  const method = req.method === 'HEAD' ? 'GET' : (req.method ?? '');
  const [path = '/'] = (req.url ?? '/').split('?', 1);
  const paths = [path, path.replace(/[^/]+$/, ':token')];
  const name = paths.map((one) => `${method} ${one}`).find((one) => Object.hasOwn(routes, one));
  const route = name === undefined ? undefined : routes[name];
  if (!route) {
    answerUnknown(routes, paths, res);
    return;
  }
  try {
    await route(req, res);
  } catch (err) {
    // The route's name, never its path: whoever has a token can answer with it.
    log.error({ err, route: name }, 'A request failed.');
    if (res.headersSent) res.destroy();
    else res.writeHead(500).end();
  }
}

function answerUnknown(routes: Record<string, Route>, paths: string[], res: ServerResponse): void {
  const allowed = Object.keys(routes).flatMap((name) => {
    const [method = '', at = ''] = name.split(' ');
    return paths.includes(at) ? [method] : [];
  });
  if (allowed.length === 0) res.writeHead(404).end();
  else res.writeHead(405, { Allow: allowed.join(', ') }).end();
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explained(error, port, host)));
    server.listen(port, host, () => resolve());
  });
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : port;
}

function explained(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const reasons: Record<string, string> = {
    EADDRINUSE: `Port ${port} is taken by another program. Stop that one, or set PORT to another number.`,
    EACCES: `This account may not use port ${port}. Set PORT to a number above 1023.`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Set HOST to one of its own, or leave it out.`,
  };
  const reason = reasons[error.code ?? ''];
  return reason ? new ListenError(reason, { cause: error }) : error;
}

async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), stopWithinMs);
  await closed;
  clearTimeout(cut);
}
