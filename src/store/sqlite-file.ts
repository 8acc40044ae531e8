import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { codeOf, StoreError } from './store-error.ts';

/** Opens the file, or makes it with its folder when there is nothing yet. Throws a StoreError and leaves it as it was. */
export function openFile(file: string): Database.Database {
  try {
    makeWhenAbsent(file);
    return openWhole(file);
  } catch (error) {
    throw storeErrorOf(error, file) ?? error;
  }
}

function makeWhenAbsent(file: string): void {
  if (existsSync(file)) {
    if (statSync(file).size === 0) throw damaged(file, 'is empty');
    return;
  }
  // SQLite would throw the rest of the database away and begin a new one.
  if (existsSync(`${file}-wal`)) throw damaged(file, `is gone, but ${file}-wal lies there still`);
  mkdirSync(dirname(file), { recursive: true });
  closeSync(openSync(file, 'a', 0o600));
}

function openWhole(file: string): Database.Database {
  const raw = new Database(file, { fileMustExist: true, timeout: 1000 });
  try {
    const found = raw.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw damaged(file, `is damaged (${found})`);
    raw.pragma('journal_mode = WAL');
    raw.pragma('synchronous = FULL');
    raw.pragma('foreign_keys = ON');
    // Erased words are to be gone from the file too.
    raw.pragma('secure_delete = ON');
    return raw;
  } catch (error) {
    raw.close();
    throw error;
  }
}

function damaged(file: string, what: string, cause?: unknown): StoreError {
  return new StoreError(
    'damaged',
    `The database ${file} ${what}. Belay left everything as it was: restore a backup in its place, or move it away to begin anew.`,
    { cause },
  );
}

/** What an error of SQLite or of the file system means for the whole database; undefined when it is about one query. */
export function storeErrorOf(error: unknown, file: string): StoreError | undefined {
  if (error instanceof StoreError) return error;
  const code = codeOf(error);
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code))
    return damaged(file, 'is damaged, or no database of Belay', error);
  if (/^SQLITE_(BUSY|LOCKED)/.test(code))
    return new StoreError('locked', `Another program holds the database ${file}. Stop that one first.`, {
      cause: error,
    });
  if (/^(SQLITE_(CANTOPEN|READONLY|PERM|IOERR)|E(ACCES|PERM|ROFS|NOTDIR|ISDIR|EXIST|NOENT)$)/.test(code))
    return new StoreError(
      'unreachable',
      `Belay cannot use the database ${file} (${code}). The account it runs as must be able to write this file and its folder.`,
      { cause: error },
    );
  return undefined;
}
