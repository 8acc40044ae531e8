import type { Due, Feed } from '../../chat/feature.ts';
import { type Db, toStored } from '../../store/database.ts';
import { readSome } from '../../store/people.ts';
import { readSettings } from '../../store/settings.ts';
import { dueCalendars, putOff } from './calendar-due-store.ts';
import { forgetAll } from './calendar-events-feature.ts';
import { stampOf } from './calendar-rules.ts';
import { recognisable, takeCalendar } from './calendar-store.ts';

/** Which calendars are read now, and by which of several instances. */

type At = Pick<Due, 'tx' | 'tenant' | 'platform' | 'now'>;
type Row = Awaited<ReturnType<typeof dueCalendars>>[number];

/** Whoever takes a calendar has so long to read it before another one does. */
const claim = { minutes: 15 };
/** One that does not change is read whole so often: it has days to come that were not looked at yet. */
const wholeAfter = { hours: 20 };

/** Takes the calendars whose time has come, at most so many. Those of people who are of the team no more are forgotten. */
export async function takeDue(tx: Db, now: Temporal.Instant, most: number): Promise<Feed[]> {
  const rows = await dueCalendars(tx, now, most);
  const feeds: Feed[] = [];
  const workspaces = Map.groupBy(rows, ({ tenant_id, platform }) => JSON.stringify([tenant_id, platform]));
  for (const some of workspaces.values()) {
    const [first] = some;
    if (first) feeds.push(...(await takeOf({ ...whereOf(first), tx, now }, some)));
  }
  return feeds;
}

function whereOf({ tenant_id: tenant, platform }: Row) {
  return { tenant, platform };
}

/** Takes those of one workspace. */
async function takeOf(at: At, rows: Row[]): Promise<Feed[]> {
  const { tx, tenant, platform, now } = at;
  const ids = rows.map(({ person_id }) => person_id);
  // As it is kept: what is kept is compared with it.
  const until = Temporal.Instant.from(toStored(now.add(claim)));
  await putOff(tx, at, ids, until);
  const people = new Map((await readSome(tx, platform, tenant, ids)).map((one) => [one.id, one]));
  const usual = (await readSettings(tx, at)).get('tenant.timeZone');
  const stamp = stampOf(await recognisable(tx, tenant));
  const feeds: Feed[] = [];
  for (const row of rows) {
    const person = people.get(row.person_id);
    if (!person || person.outsider) await forgetCalendar(at, row.person_id);
    else feeds.push({ ...feedOf(row, stamp, now), timeZone: person.timeZone ?? usual, until });
  }
  return feeds;
}

async function forgetCalendar(at: At, person: string): Promise<void> {
  await takeCalendar(at.tx, { ...at, person });
  await forgetAll(at, person);
}

/** With what is known of its version, when its events were looked at lately and by the same clients. */
function feedOf(row: Row, stamp: string, now: Temporal.Instant): Omit<Feed, 'timeZone' | 'until'> {
  const { person_id: person, sealed, etag, modified } = row;
  const isLookedAt = row.expanded_at !== null && row.expanded_at > toStored(now.subtract(wholeAfter));
  const known = { etag: etag ?? undefined, modified: modified ?? undefined };
  return { ...whereOf(row), person, sealed, ...(isLookedAt && row.recognised === stamp && known) };
}
