import { createServer } from 'node:http';
import { pino } from 'pino';
import type { Hear, Outcome, Platform } from '../../../src/chat/platform.ts';
import type { Request } from '../../../src/chat/request.ts';
import type { TeamsConfig } from '../../../src/config.ts';
import { teams } from '../../../src/platforms/teams/teams.ts';
import { clock } from '../clock.ts';
import { acting } from './acting.ts';
import { startConnector } from './connector.ts';
import { memoryDirectory } from './directory.ts';

/** The Teams platform behind a real HTTP server, with a stand-in of the Bot Connector. `hear` may be replaced. */
export async function openTeams(config: TeamsConfig | 'sandbox' = 'sandbox') {
  const connector = await startConnector();
  const memory = memoryDirectory();
  const time = clock('2026-11-23T09:00:00Z');
  const heard: Request[] = [];
  const answer: { next: Hear } = { next: async () => nothing };
  const log: string[] = [];
  const platform: Platform = teams({
    config,
    directory: memory.directory,
    now: time.now,
    log: pino({ level: 'debug' }, { write: (line) => void log.push(line) }),
    language: 'nl',
    hear: (request) => {
      heard.push(request);
      return answer.next(request);
    },
  });
  const server = createServer((req, res) => {
    const route = platform.routes[`${req.method} ${req.url}`];
    if (route) void Promise.resolve(route(req, res));
    else res.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    connector,
    memory,
    time,
    heard,
    answer,
    log,
    platform,
    people: acting(url, connector.url),
    async close() {
      await platform.stop();
      await connector.stop();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const nothing: Outcome = { kind: 'nothing' };
