import type { Selectable } from 'kysely';
import { type Db, readsDoNotHold, type Tables } from '../../store/database.ts';
import { endedAtOf } from './event-store.ts';
import { type Expectation, isOpen, openStates, type Wording } from './expectations.ts';

export { migrations } from './tables-store.ts';

/** One as it is now; held until the transaction ends, so that what is decided by it still holds. */
export async function findExpectation(tx: Db, tenant: string, id: string): Promise<Expectation | undefined> {
  const query = tx.selectFrom('expectation').selectAll().where('tenant_id', '=', tenant).where('id', '=', id);
  const row = await (readsDoNotHold(tx) ? query.forUpdate() : query).executeTakeFirst();
  const wording = row && (await findWording(tx, tenant, row.wording_id));
  if (!wording) return undefined;
  const ended = await endedAtOf(tx, tenant, isOpen(row) ? [] : [id]);
  return expectationOf(row, wording, ended.get(id));
}

/** All of a client, the most important first; `open`: only those that are not over. */
export async function expectationsOf(
  db: Db,
  tenant: string,
  client: string,
  { open }: { open: boolean },
): Promise<Expectation[]> {
  const rows = await db
    .selectFrom('expectation')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('client_id', '=', client)
    .$if(open, (query) => query.where('state', 'in', openStates))
    .orderBy('position')
    .orderBy('id')
    .execute();
  if (rows.length === 0) return [];
  const wordings = await db
    .selectFrom('expectation_wording')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where(
      'id',
      'in',
      rows.map((row) => row.wording_id),
    )
    .execute();
  const over = rows.filter((row) => !isOpen(row)).map((row) => row.id);
  const ended = await endedAtOf(db, tenant, over);
  const byId = new Map(wordings.map((row) => [row.id, wordingOf(row)]));
  return rows.flatMap((row) => {
    const wording = byId.get(row.wording_id);
    return wording ? [expectationOf(row, wording, ended.get(row.id))] : [];
  });
}

/** All of a workspace that are not over. */
export async function openExpectations(db: Db, tenant: string): Promise<Expectation[]> {
  const rows = await db
    .selectFrom('expectation')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('state', 'in', openStates)
    .execute();
  const wordings = await db
    .selectFrom('expectation_wording')
    .innerJoin('expectation', (join) =>
      join
        .onRef('expectation.tenant_id', '=', 'expectation_wording.tenant_id')
        .onRef('expectation.wording_id', '=', 'expectation_wording.id'),
    )
    .selectAll('expectation_wording')
    .where('expectation.tenant_id', '=', tenant)
    .where('expectation.state', 'in', openStates)
    .execute();
  const byId = new Map(wordings.map((row) => [row.id, wordingOf(row)]));
  return rows.flatMap((row) => {
    const wording = byId.get(row.wording_id);
    return wording ? [expectationOf(row, wording)] : [];
  });
}

/** A wording, old or current. */
export async function findWording(db: Db, tenant: string, id: string): Promise<Wording | undefined> {
  const row = await db
    .selectFrom('expectation_wording')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && wordingOf(row);
}

/** All its wordings, the first one first. */
export async function wordingsOf(db: Db, tenant: string, expectation: string): Promise<Wording[]> {
  const rows = await db
    .selectFrom('expectation_wording')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('expectation_id', '=', expectation)
    .orderBy('number')
    .execute();
  return rows.map(wordingOf);
}

/** How many this person has noted, of any client. */
export async function countNotedBy(db: Db, tenant: string, person: string): Promise<number> {
  const row = await db
    .selectFrom('expectation')
    .select(({ fn }) => fn.countAll().as('n'))
    .where('tenant_id', '=', tenant)
    .where('noted_by_id', '=', person)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/** What happened to one, the first first. */
export async function eventsOf(db: Db, tenant: string, expectation: string) {
  const rows = await db
    .selectFrom('expectation_event')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('expectation_id', '=', expectation)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    happened: row.happened,
    who: { id: row.person_id, name: row.person_name },
    at: Temporal.Instant.from(row.happened_at),
    wording: row.wording_id,
  }));
}

function wordingOf(row: Selectable<Tables['expectation_wording']>): Wording {
  const { confirmed_by_id, confirmed_by_name, confirmed_at } = row;
  return {
    id: row.id,
    expectation: row.expectation_id,
    number: row.number,
    text: row.text,
    seen: row.seen ?? undefined,
    author: { id: row.author_id, name: row.author_name },
    byClient: row.by_client === 1,
    writtenAt: Temporal.Instant.from(row.written_at),
    sentAt: row.sent_at === null ? undefined : Temporal.Instant.from(row.sent_at),
    sentTo: { place: row.sent_place ?? undefined, person: row.sent_person ?? undefined },
    confirmed:
      confirmed_by_id !== null && confirmed_by_name !== null && confirmed_at !== null
        ? { by: { id: confirmed_by_id, name: confirmed_by_name }, at: Temporal.Instant.from(confirmed_at) }
        : undefined,
  };
}

function expectationOf(
  row: Selectable<Tables['expectation']>,
  wording: Wording,
  endedAt?: Temporal.Instant,
): Expectation {
  const { person_id, person_name } = row;
  return {
    id: row.id,
    client: row.client_id,
    direction: row.direction,
    state: row.state,
    position: row.position,
    wording,
    about: row.about,
    person: person_id !== null && person_name !== null ? { id: person_id, name: person_name } : undefined,
    feasible: row.feasible === null ? undefined : row.feasible === 1,
    why: row.why ?? undefined,
    importance: row.importance ?? undefined,
    kano: row.kano ?? undefined,
    category: row.category ?? undefined,
    notes: row.notes ?? undefined,
    doing: row.doing ?? undefined,
    notedBy: { id: row.noted_by_id, name: row.noted_by_name },
    notedAt: Temporal.Instant.from(row.noted_at),
    reviewAt: row.review_at === null ? undefined : Temporal.Instant.from(row.review_at),
    endedAt,
    firstAt: row.first_at === null ? undefined : Temporal.Instant.from(row.first_at),
  };
}
