import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Db, Store } from '../../src/store/database.ts';
import { directory } from '../../src/store/directory.ts';
import { kernelMigrations } from '../../src/store/kernel-migrations.ts';
import { openStore } from '../../src/store/open.ts';

let folder: string;
let file: string;
const opened: Store[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belay-test-'));
  file = join(folder, 'deep', 'belay.db');
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
  rmSync(folder, { recursive: true, force: true });
});

async function open(): Promise<Store> {
  const store = await openStore(`sqlite:${file}`, kernelMigrations);
  opened.push(store);
  return store;
}

function note(tx: Db, key: string) {
  return tx.insertInto('inbox').values({ tenant_id: 'T1', key, received_at: '' }).execute();
}

async function noted(store: Store): Promise<string[]> {
  const rows = await store.db.selectFrom('inbox').select('key').orderBy('key').execute();
  return rows.map((row) => row.key);
}

/** The write-ahead log's frames that end a transaction, counted by another reader of the file. */
function commits(): number {
  const log = readFileSync(`${file}-wal`);
  const frame = 24 + log.readUInt32BE(8);
  let count = 0;
  for (let at = 32; at + frame <= log.length; at += frame) if (log.readUInt32BE(at + 4) > 0) count++;
  return count;
}

describe('the file', () => {
  it('is made with its folder at the first start, for nobody else to read', async () => {
    await open();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(`${file}-wal`).mode & 0o777).toBe(0o600);
  });

  it('is synced at every commit, and what is erased is gone from it', async () => {
    const store = await open();
    await store.transact((tx) => note(tx, 'planted-word'));
    await store.transact((tx) => tx.deleteFrom('inbox').execute());
    const settings = await sql<{ synchronous: number }>`pragma synchronous`.execute(store.db);
    expect(settings.rows).toEqual([{ synchronous: 2 }]);
    await store.close();
    expect(readFileSync(file).includes('planted-word')).toBe(false);
  });
});

describe('a file that cannot be used is refused and left as it was', () => {
  async function refused(code: string, ...words: string[]): Promise<void> {
    const opening = open();
    await expect(opening).rejects.toMatchObject({ name: 'StoreError', code });
    for (const word of [file, ...words]) await expect(opening).rejects.toThrow(word);
  }

  async function makeFile(): Promise<void> {
    const store = await open();
    for (let index = 0; index < 20; index++)
      await store.transact(async (tx) => {
        for (let row = 0; row < 50; row++) await note(tx, `${index}-${row}-${'x'.repeat(100)}`);
      });
    await store.close();
    opened.length = 0;
  }

  it('when it is no database', async () => {
    await makeFile();
    writeFileSync(file, 'A note that somebody put here, long enough to be read as a header. '.repeat(10));
    const before = readFileSync(file);
    await refused('damaged', 'restore a backup');
    expect(readFileSync(file)).toEqual(before);
  });

  it('when pages in its middle are damaged', async () => {
    await makeFile();
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 8192, 8192 * 4);
    writeFileSync(file, bytes);
    await refused('damaged');
    expect(readFileSync(file)).toEqual(bytes);
  });

  it('when its end is cut off', async () => {
    await makeFile();
    truncateSync(file, 4096 * 6);
    await refused('damaged');
    expect(statSync(file).size).toBe(4096 * 6);
  });

  it('when it is empty', async () => {
    await makeFile();
    truncateSync(file, 0);
    await refused('damaged', 'is empty');
    expect(statSync(file).size).toBe(0);
  });

  it('when it is gone, but its log is there', async () => {
    await makeFile();
    rmSync(file);
    writeFileSync(`${file}-wal`, 'log');
    await refused('damaged', 'is gone');
    expect(readFileSync(`${file}-wal`, 'utf8')).toBe('log');
  });

  it('when another program holds it', async () => {
    await makeFile();
    const other = new Database(file);
    other.pragma('locking_mode = EXCLUSIVE');
    other.exec('begin exclusive');
    await refused('locked', 'Another program');
    other.close();
  });

  it('when another program writes to it while it has to be brought up to date', async () => {
    await (await openStore(`sqlite:${file}`, {})).close();
    const other = new Database(file);
    other.exec('begin immediate');
    await refused('locked', 'Another program');
    other.close();
  });

  it('when its folder cannot be written', async () => {
    writeFileSync(join(folder, 'deep'), 'a file where the folder should be');
    await refused('unreachable', 'must be able to write');
  });
});

describe('works that wait together', () => {
  it('share one commit', async () => {
    const store = await open();
    await store.transact((tx) => note(tx, 'first'));
    const before = commits();
    await Promise.all(Array.from({ length: 50 }, (_, index) => store.transact((tx) => note(tx, `${index}`))));
    expect(commits() - before).toBe(1);
    expect(await noted(store)).toHaveLength(51);
  });

  it('run one after the other, in their order', async () => {
    const store = await open();
    const steps: string[] = [];
    await Promise.all(
      ['a', 'b', 'c'].map((key) =>
        store.transact(async (tx) => {
          steps.push(`${key} begins`);
          await note(tx, key);
          await noted({ ...store, db: tx });
          steps.push(`${key} ends`);
        }),
      ),
    );
    expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('are all rejected when SQLite undoes the whole transaction, and the next ones go on', async () => {
    const store = await open();
    const outcomes = await Promise.allSettled([
      store.transact((tx) => note(tx, 'a')),
      store.transact(async (tx) => {
        await note(tx, 'b');
        await sql`rollback`.execute(tx);
        throw new Error('the disk is full');
      }),
      store.transact((tx) => note(tx, 'c')),
    ]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(outcomes[1]).toMatchObject({ reason: new Error('the disk is full') });
    await store.transact((tx) => note(tx, 'd'));
    expect(await noted(store)).toEqual(['d']);
  });

  it('are all rejected when the commit fails, and the next ones go on', async () => {
    const store = await open();
    await sql`create table parent (id integer primary key)`.execute(store.db);
    await sql`create table child (id integer references parent deferrable initially deferred)`.execute(
      store.db,
    );
    const outcomes = await Promise.allSettled([
      store.transact((tx) => note(tx, 'a')),
      store.transact((tx) => sql`insert into child values (1)`.execute(tx)),
    ]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
    await store.transact((tx) => note(tx, 'b'));
    expect(await noted(store)).toEqual(['b']);
  });

  it('wait for another writer without keeping the process from everything else', async () => {
    const store = await open();
    const other = new Database(file);
    other.exec('begin immediate');
    const writing = store.transact((tx) => note(tx, 'a'));
    const free = await noted(store);
    other.exec('commit');
    await writing;
    other.close();
    expect(free).toEqual([]);
    expect(await noted(store)).toEqual(['a']);
  });

  it('are rejected when another writer stays for more than about a second', async () => {
    const store = await open();
    const other = new Database(file);
    other.exec('begin immediate');
    const begun = performance.now();
    await expect(store.transact((tx) => note(tx, 'a'))).rejects.toMatchObject({ code: 'locked' });
    expect(performance.now() - begun).toBeLessThan(3000);
    other.exec('commit');
    other.close();
    await store.transact((tx) => note(tx, 'b'));
    expect(await noted(store)).toEqual(['b']);
  });
});

it('answers rightly after a table has changed under a kept statement', async () => {
  const store = await open();
  await store.transact((tx) => note(tx, 'a'));
  const all = () => store.db.selectFrom('inbox').selectAll().execute();
  const before = await all();
  await sql`alter table inbox add column extra text default 'x'`.execute(store.db);
  expect(await all()).toEqual(before.map((row) => ({ ...row, extra: 'x' })));
});

it('writes of the members of a place only who came and who went', async () => {
  const store = await open();
  const { saveMembers } = directory(store, 'slack');
  const ids = Array.from({ length: 1000 }, (_, n) => `U${n}`);
  const written = async (people: string[]) => {
    const count = sql<{ changes: number }>`select total_changes() as changes`;
    const before = (await count.execute(store.db)).rows[0]?.changes ?? 0;
    await saveMembers('T1', 'C1', people);
    return ((await count.execute(store.db)).rows[0]?.changes ?? 0) - before;
  };
  expect(await written(ids)).toBe(1000);
  expect(await written(ids.toReversed())).toBe(0);
  expect(await written([...ids.slice(2), 'U_NEW'])).toBe(3);
});

it('keeps what was told as done when the process is killed', async () => {
  await (await open()).close();
  opened.length = 0;
  const source = pathToFileURL(join(import.meta.dirname, '../../src/store/')).href;
  const program = `
    const { openStore } = await import('${source}open.ts');
    const { kernelMigrations } = await import('${source}kernel-migrations.ts');
    const store = await openStore(process.argv[1], kernelMigrations);
    for (let n = 0; ; n++) await Promise.all([0, 1, 2, 3, 4].map(async (m) => {
      const key = n + '-' + m;
      await store.transact((tx) => tx.insertInto('inbox').values({ tenant_id: 'T1', key, received_at: '' }).execute());
      process.stdout.write(key + '\\n');
    }));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, `sqlite:${file}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const told: string[] = [];
  for await (const key of createInterface({ input: child.stdout })) {
    told.push(key);
    if (told.length === 200) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  const kept = new Set(await noted(await open()));
  expect(told.filter((key) => !kept.has(key))).toEqual([]);
});
