import { batches } from '../../store/batches.ts';
import { type Db, toStored } from '../../store/database.ts';
import type { Talk } from '../nudges/nudges.ts';

/** Conversations as nudges are planned about them: those to come, and those about which somebody is to be asked. */

type Where = { tenant: string; platform: string };

/** Conversations this long ago are not asked about any more. */
const askedWithin = { hours: 24 * 8 };

/** The conversations of these people that are to come and begin before `until`, each with those of them who take part. */
export async function talksAhead(
  db: Db,
  at: Where,
  { now, until, people }: { now: Temporal.Instant; until: Temporal.Instant; people: string[] },
): Promise<Talk[]> {
  const rows: TalkRow[] = [];
  for (const some of batches(people))
    rows.push(
      ...(await talksOf(db, at)
        .where('person_id', 'in', some)
        .where('p.starts_at', '>=', toStored(now))
        .where('p.starts_at', '<', toStored(until))
        .execute()),
    );
  return talksFrom(rows, () => undefined);
}

/**
 * The conversations that have begun and of which nobody was asked yet, and those among `snoozed`, with all their people;
 * who looks after the client (`owner`) stands first, as he is asked before others are.
 */
export async function talksToAsk(
  db: Db,
  at: Where,
  {
    now,
    snoozed,
    owner,
  }: { now: Temporal.Instant; snoozed: string[]; owner: (client: string) => string | undefined },
): Promise<Talk[]> {
  const begun = () => talksOf(db, at).where('c.starts_at', '<', toStored(now));
  const rows = await begun()
    .where('c.starts_at', '>=', toStored(now.subtract(askedWithin)))
    .where('outcome', 'is', null)
    .where('asked_at', 'is', null)
    .execute();
  for (const ids of batches(snoozed)) rows.push(...(await begun().where('c.id', 'in', ids).execute()));
  return talksFrom(rows, owner);
}

function talksFrom(rows: TalkRow[], owner: (client: string) => string | undefined): Talk[] {
  const talks = new Map<string, Talk>();
  for (const row of rows) {
    const known = talks.get(row.id);
    if (!known) talks.set(row.id, talkFrom(row));
    // Snoozed before anybody was asked: it was found twice.
    else if (!known.people.includes(row.person_id)) known.people.push(row.person_id);
  }
  // Rows come in any order, and who is asked must not hang on it.
  for (const { people, client } of talks.values()) {
    const first = owner(client);
    people.sort((one, other) => Number(other === first) - Number(one === first) || (one < other ? -1 : 1));
  }
  return [...talks.values()];
}

function talksOf(db: Db, { tenant, platform }: Where) {
  return db
    .selectFrom('conversation_person as p')
    .innerJoin('conversation as c', (join) =>
      join.onRef('c.tenant_id', '=', 'p.tenant_id').onRef('c.id', '=', 'p.conversation_id'),
    )
    .select(['c.id', 'client_id', 'c.starts_at', 'ends_at', 'outcome', 'asked_at', 'person_id'])
    .where('c.tenant_id', '=', tenant)
    .where('p.tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where((where) => where.or([where('outcome', 'is', null), where('outcome', '!=', 'cancelled')]));
}

type TalkRow = Awaited<ReturnType<ReturnType<typeof talksOf>['execute']>>[number];

function talkFrom({ id, client_id, starts_at, ends_at, outcome, asked_at, person_id }: TalkRow): Talk {
  return {
    id,
    client: client_id,
    start: Date.parse(starts_at),
    end: Date.parse(ends_at),
    people: [person_id],
    asked: asked_at !== null,
    answered: outcome !== null,
  };
}

/** Keeps that somebody was asked about these. */
export async function noteAskedAbout(
  tx: Db,
  tenant: string,
  ids: string[],
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('conversation')
    .set({ asked_at: toStored(now) })
    .where('tenant_id', '=', tenant)
    .where('id', 'in', ids)
    .execute();
}

/** Takes back that somebody was asked about these at that moment. */
export async function forgetAskedAbout(
  tx: Db,
  tenant: string,
  ids: string[],
  at: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('conversation')
    .set({ asked_at: null })
    .where('tenant_id', '=', tenant)
    .where('id', 'in', ids)
    .where('asked_at', '=', toStored(at))
    .execute();
}

/** Those of these about which somebody was asked already. */
export async function askedAmong(db: Db, tenant: string, ids: string[]): Promise<Set<string>> {
  const asked = new Set<string>();
  for (const some of batches(ids)) {
    const rows = await db
      .selectFrom('conversation')
      .select('id')
      .where('tenant_id', '=', tenant)
      .where('id', 'in', some)
      .where('asked_at', 'is not', null)
      .execute();
    for (const { id } of rows) asked.add(id);
  }
  return asked;
}
