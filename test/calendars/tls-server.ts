import { readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';

const fixtures = join(import.meta.dirname, '../fixtures/calendars');

/** Made for these tests alone: of `*.belay.example` and `*.acme.example`, signed by itself. It opens nothing. */
export const certificate = readFileSync(join(fixtures, 'tls-certificate.pem'), 'utf8');
const key = readFileSync(join(fixtures, 'tls-key.pem'), 'utf8');

export type TlsServer = {
  port: number;
  /** How many connections there were, answered or not. */
  connections: number;
  requests: IncomingMessage[];
  /** The names that were asked for by SNI. */
  names: string[];
  stop(): Promise<void>;
};

/** Answers https on a free port, or on a given one, of an address of this machine. */
export async function startTlsServer(
  answer: RequestListener,
  host = '127.0.0.1',
  port = 0,
): Promise<TlsServer> {
  const requests: IncomingMessage[] = [];
  const names: string[] = [];
  const SNICallback = (name: string, done: (error: null) => void) => {
    names.push(name);
    done(null);
  };
  const server = createServer({ key, cert: certificate, SNICallback }, (request, response) => {
    requests.push(request);
    answer(request, response);
  });
  const started = {
    port,
    connections: 0,
    requests,
    names,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
  server.on('connection', () => {
    started.connections++;
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  started.port = address.port;
  return started;
}
