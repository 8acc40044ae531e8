import { type RawBuilder, sql } from 'kysely';
import { batches } from './batches.ts';
import type { Db } from './database.ts';

/** With this the id of an example begins, and of nothing else. */
export const exampleMark = 'example-';

type Table = { name: string; ids: string[]; isOwn: boolean };

/**
 * Deletes every example of a workspace, and whatever hangs on one: rows whose own id is an example's, or that name one in a
 * column that ends in `_id`; and what hangs on those.
 */
export async function removeExamples(tx: Db, tenant: string): Promise<void> {
  const tables = await tablesOf(tx);
  let gone = await removeWhere(tx, tenant, tables, (id) => sql`${id} like ${`${exampleMark}%`}`);
  while (gone.length > 0) {
    const hanging: string[] = [];
    for (const some of batches(gone)) {
      const ids = sql.join(some);
      hanging.push(...(await removeWhere(tx, tenant, tables, (id) => sql`${id} in (${ids})`)));
    }
    gone = hanging;
  }
}

/** Those of a workspace, with their columns that name something. */
async function tablesOf(tx: Db): Promise<Table[]> {
  return (await tx.introspection.getTables()).flatMap(({ name, columns }) => {
    const names = columns.map((column) => column.name);
    const ids = names.filter((one) => one === 'id' || (one.endsWith('_id') && one !== 'tenant_id'));
    return names.includes('tenant_id') && ids.length > 0 ? [{ name, ids, isOwn: names.includes('id') }] : [];
  });
}

/** Deletes the rows of which one of these columns is so; the ids of those that are found by nothing else. */
async function removeWhere(
  tx: Db,
  tenant: string,
  tables: Table[],
  is: (column: RawBuilder<unknown>) => RawBuilder<unknown>,
): Promise<string[]> {
  const gone: string[] = [];
  for (const { name, ids, isOwn } of tables) {
    const some = sql.join(
      ids.map((id) => is(sql.ref(id))),
      sql` or `,
    );
    const where = sql`tenant_id = ${tenant} and (${some})`;
    if (isOwn) {
      const { rows } = await sql<{ id: string }>`select id from ${sql.table(name)} where ${where}`.execute(
        tx,
      );
      gone.push(...rows.map(({ id }) => id).filter((id) => !id.startsWith(exampleMark)));
    }
    await sql`delete from ${sql.table(name)} where ${where}`.execute(tx);
  }
  return gone;
}
