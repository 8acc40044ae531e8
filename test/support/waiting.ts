import { sql } from 'kysely';
import type { Store } from '../../src/store/database.ts';

/** Until something in this PostgreSQL database waits for something else. */
export async function somebodyWaits({ store }: { store: Store }): Promise<void> {
  const waiting = sql<{ n: number }>`select count(*) as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  while (!(await waiting.execute(store.db)).rows.some(({ n }) => n > 0));
}
