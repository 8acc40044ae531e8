import pg from 'pg';

/** The database that has all of Belay's tables, to be copied. */
export const template = 'belay_template';

/** Runs one statement in a database of the server at this address; the number of its rows. */
export async function execute(server: string, sql: string, database = 'postgres'): Promise<number> {
  const client = new pg.Client({ connectionString: `${server}/${database}` });
  await client.connect();
  try {
    return (await client.query(sql)).rowCount ?? 0;
  } finally {
    await client.end();
  }
}
