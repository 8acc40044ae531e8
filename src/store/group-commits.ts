import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import type { Db, Store } from './database.ts';
import { storeErrorOf } from './sqlite-file.ts';
import { codeOf } from './store-error.ts';
import { asWork, refuseInWork } from './work.ts';

/** Works of one commit: more would keep the process from everything else for too long. */
const mostTogether = 200;
/** A writer in the way is waited for about a second: each attempt lasts SQLite's own busy_timeout, then the pause. */
const beginAttempts = 6;
const beginPauseMs = 100;

/** `run` never rejects: it returns how to tell the outcome, for when the commit is there. */
type Waiting = { run(tx: Db): Promise<() => void>; reject(error: unknown): void };
type Statements = ReturnType<typeof prepare>;

/**
 * SQLite has one writer, and a commit waits for the disk. So the works that wait together share a transaction, one
 * after the other, each in its own savepoint; all are told after the one commit. `file` names it in messages.
 */
export function groupCommits(
  raw: Database.Database,
  db: Db,
  file: string,
): { transact: Store['transact']; close(): Promise<void> } {
  const statements = prepare(raw);
  const queue: Waiting[] = [];
  let closed = false;
  let running: Promise<void> | undefined;

  async function runQueue(): Promise<void> {
    while (queue.length > 0) {
      await gathered(queue);
      await runGroup(raw, statements, db, file, queue.splice(0, mostTogether));
    }
    running = undefined;
  }

  return {
    transact: (work) =>
      new Promise((resolve, reject) => {
        refuseInWork('store.transact was called');
        if (closed) throw new Error('The database is closed.');
        const run = (tx: Db) =>
          inSavepoint(raw, statements, () => asWork(() => work(tx))).then(
            (result) => () => resolve(result),
            (error: unknown) => () => reject(error),
          );
        queue.push({ run, reject });
        running ??= runQueue();
      }),
    async close() {
      closed = true;
      await running;
    },
  };
}

/** Whatever else is heard now joins the group: each turn of the event loop that brought more is followed by another. */
async function gathered(queue: Waiting[]): Promise<void> {
  for (let before = 0; queue.length > before && queue.length < mostTogether; ) {
    before = queue.length;
    await nextTurn();
  }
}

function prepare(raw: Database.Database) {
  return {
    // Takes the write lock at once: a transaction that reads first could not get it any more.
    begin: raw.prepare('begin immediate'),
    commit: raw.prepare('commit'),
    rollback: raw.prepare('rollback'),
    savepoint: raw.prepare('savepoint work'),
    release: raw.prepare('release work'),
    undo: raw.prepare('rollback to work'),
  };
}

async function runGroup(
  raw: Database.Database,
  statements: Statements,
  db: Db,
  file: string,
  group: Waiting[],
): Promise<void> {
  try {
    for (let attempt = 1; ; attempt++) {
      // Holding Kysely's one connection keeps the readers of store.db out of the open transaction.
      const outcomes = await db.connection().execute(async (tx) => {
        if (!begin(statements, attempt < beginAttempts)) return undefined;
        return await runWorks(raw, statements, tx, group);
      });
      if (outcomes) {
        for (const tell of outcomes) tell();
        return;
      }
      await pause(beginPauseMs);
    }
  } catch (error) {
    for (const waiting of group) waiting.reject(storeErrorOf(error, file) ?? error);
  }
}

/** False when another writer is in the way and there will be another attempt. */
function begin(statements: Statements, again: boolean): boolean {
  try {
    statements.begin.run();
    return true;
  } catch (error) {
    if (again && codeOf(error).startsWith('SQLITE_BUSY')) return false;
    throw error;
  }
}

async function runWorks(
  raw: Database.Database,
  statements: Statements,
  tx: Db,
  group: Waiting[],
): Promise<(() => void)[]> {
  try {
    const outcomes: (() => void)[] = [];
    for (const waiting of group) {
      const tell = await waiting.run(tx);
      // A full or failing disk can make SQLite undo the whole transaction instead of the savepoint.
      if (!raw.inTransaction) {
        tell();
        throw new Error('The transaction was undone because of another work in it.');
      }
      outcomes.push(tell);
    }
    statements.commit.run();
    return outcomes;
  } finally {
    if (raw.inTransaction) statements.rollback.run();
  }
}

async function inSavepoint<T>(
  raw: Database.Database,
  statements: Statements,
  work: () => Promise<T>,
): Promise<T> {
  statements.savepoint.run();
  try {
    const result = await work();
    statements.release.run();
    return result;
  } catch (error) {
    if (raw.inTransaction) {
      statements.undo.run();
      statements.release.run();
    }
    throw error;
  }
}
