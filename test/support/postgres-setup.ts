import { createServer } from 'node:http';
import type { TestProject } from 'vitest/node';
import { openStore } from '../../src/store/open.ts';
import { allMigrations } from './migrations.ts';
import { execute, template } from './postgres-client.ts';
import { type PostgresServer, startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresStarter: string;
  }
}

/**
 * Once a run, in the main process: whoever asks first at this address starts PostgreSQL, everybody gets its address.
 * A run without a test on PostgreSQL does not wait for one.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let server: Promise<PostgresServer> | undefined;
  const starter = createServer((_request, response) => {
    server ??= startWithTemplate();
    server.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => starter.listen(0, '127.0.0.1', resolve));
  const address = starter.address();
  if (address === null || typeof address === 'string') throw new Error('The starter has no port.');
  project.provide('postgresStarter', `http://127.0.0.1:${address.port}`);
  return async () => {
    starter.close();
    starter.closeAllConnections();
    const running = await server;
    await running?.stop();
  };
}

/** Beside an empty server, a database with all of Belay's tables: a copy of it costs a fraction of making them anew. */
async function startWithTemplate(): Promise<PostgresServer> {
  const server = await startPostgres();
  await execute(server.url, `create database ${template}`);
  const store = await openStore(`${server.url}/${template}`, allMigrations);
  await store.close();
  return server;
}
