import type { SqliteDatabase, SqliteStatement } from 'kysely';

const most = 500;

/**
 * Kysely prepares each query anew, which costs as much as running it; this keeps the statements by their SQL.
 * The longest unused one goes when there are too many; `forget` lets all go.
 */
export function keepStatements(database: SqliteDatabase): SqliteDatabase & { forget(): void } {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    forget: () => statements.clear(),
    prepare(sql) {
      const statement = statements.get(sql) ?? database.prepare(sql);
      // A map keeps the order of insertion: the first is the longest unused.
      statements.delete(sql);
      statements.set(sql, statement);
      const [oldest] = statements.keys();
      if (statements.size > most && oldest !== undefined) statements.delete(oldest);
      return statement;
    },
  };
}
