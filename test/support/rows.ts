import Database from 'better-sqlite3';
import pg from 'pg';

export type Row = Record<string, unknown>;

/** Looks into the database of a running Belay, past its program: every row of a query. */
export async function rowsOf(databaseUrl: string, query: string): Promise<Row[]> {
  if (databaseUrl.startsWith('sqlite:')) {
    const raw = new Database(databaseUrl.slice('sqlite:'.length), { readonly: true, timeout: 1000 });
    try {
      return raw.prepare<[], Row>(query).all();
    } finally {
      raw.close();
    }
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(query)).rows;
  } finally {
    await client.end();
  }
}

/** Changes what a running Belay keeps, past its program: what took months there is made so. */
export async function changeRows(databaseUrl: string, statements: string[]): Promise<void> {
  if (databaseUrl.startsWith('sqlite:')) {
    const raw = new Database(databaseUrl.slice('sqlite:'.length), { timeout: 5000 });
    try {
      raw.exec(`begin immediate; ${statements.join('; ')}; commit`);
    } finally {
      raw.close();
    }
    return;
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(statements.join('; '));
  } finally {
    await client.end();
  }
}
