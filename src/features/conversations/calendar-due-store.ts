import type { Selectable } from 'kysely';
import { batches } from '../../store/batches.ts';
import { type Db, readsDoNotHold, type Tables, toStored } from '../../store/database.ts';
import type { Whose } from './calendar-store.ts';

/** Those whose time has come, the longest waiting first; not those that another instance is taking. */
export async function dueCalendars(
  tx: Db,
  now: Temporal.Instant,
  most: number,
): Promise<Selectable<Tables['calendar']>[]> {
  const query = tx
    .selectFrom('calendar')
    .selectAll()
    .where('next_at', '<=', toStored(now))
    .orderBy('next_at')
    .limit(most);
  return (readsDoNotHold(tx) ? query.forUpdate().skipLocked() : query).execute();
}

/** These people's calendars are due again then, unless they are read before. */
export async function putOff(
  tx: Db,
  { tenant, platform }: Omit<Whose, 'person'>,
  people: string[],
  until: Temporal.Instant,
): Promise<void> {
  for (const some of batches(people))
    await tx
      .updateTable('calendar')
      .set({ next_at: toStored(until) })
      .where('tenant_id', '=', tenant)
      .where('platform', '=', platform)
      .where('person_id', 'in', some)
      .execute();
}

/** Somebody's calendar is read at once, and whole, though it may not have changed. */
export async function readAnew(
  tx: Db,
  { tenant, platform, person }: Whose,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('calendar')
    .set({ expanded_at: null, next_at: toStored(now) })
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('person_id', '=', person)
    .execute();
}
