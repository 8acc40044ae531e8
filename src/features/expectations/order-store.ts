import type { Db } from '../../store/database.ts';

/**
 * Whose expectation it is, without holding it. Who changes several of a client holds the client first and then them:
 * two who do so in the same moment would wait for each other otherwise.
 */
export async function clientIdOf(db: Db, tenant: string, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('expectation')
    .select('client_id')
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.client_id;
}
