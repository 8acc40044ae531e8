import type { Db } from '../../store/database.ts';
import { type Expectation, openStates, type Wording } from './expectations.ts';

/** As much of an expectation as is needed where very many are counted at once. */
export type Outline = Pick<
  Expectation,
  'id' | 'client' | 'state' | 'about' | 'person' | 'feasible' | 'notedAt'
> & {
  wording: Pick<Wording, 'text' | 'sentAt' | 'byClient'> & { confirmedAt: Temporal.Instant | undefined };
};

/** What clients expect of us that is not over, the most important first; of one client, or of all. */
export async function openOutlines(db: Db, tenant: string, client?: string): Promise<Outline[]> {
  const rows = await outlines(db, tenant, client).execute();
  return rows.map((row) => ({
    id: row.id,
    client: row.client_id,
    state: row.state,
    about: row.about,
    person:
      row.person_id !== null && row.person_name !== null
        ? { id: row.person_id, name: row.person_name }
        : undefined,
    feasible: row.feasible === null ? undefined : row.feasible === 1,
    notedAt: Temporal.Instant.from(row.noted_at),
    wording: {
      text: row.text,
      sentAt: row.sent_at === null ? undefined : Temporal.Instant.from(row.sent_at),
      byClient: row.by_client === 1,
      confirmedAt: row.confirmed_at === null ? undefined : Temporal.Instant.from(row.confirmed_at),
    },
  }));
}

function outlines(db: Db, tenant: string, client: string | undefined) {
  return db
    .selectFrom('expectation as e')
    .innerJoin('expectation_wording as w', (join) =>
      join.onRef('w.tenant_id', '=', 'e.tenant_id').onRef('w.id', '=', 'e.wording_id'),
    )
    .select(['e.id', 'client_id', 'state', 'about', 'person_id', 'person_name', 'feasible', 'noted_at'])
    .select(['text', 'sent_at', 'by_client', 'confirmed_at'])
    .where('e.tenant_id', '=', tenant)
    .where('direction', '=', 'theirs')
    .where('state', 'in', openStates)
    .$if(client !== undefined, (query) => query.where('client_id', '=', client ?? ''))
    .orderBy('position')
    .orderBy('e.id');
}

/** As much of an expectation as decides who may see it. */
export type Sight = Pick<Expectation, 'about' | 'feasible' | 'person'>;

/** Those about a person which the manager has not called feasible, over or not, by id; of one client, or of all. */
export async function personalSights(db: Db, tenant: string, client?: string): Promise<Map<string, Sight>> {
  const rows = await db
    .selectFrom('expectation')
    .select(['id', 'about', 'feasible', 'person_id', 'person_name'])
    .where('tenant_id', '=', tenant)
    .where('about', '=', 'person')
    .where((where) => where.or([where('feasible', 'is', null), where('feasible', '!=', 1)]))
    .$if(client !== undefined, (query) => query.where('client_id', '=', client ?? ''))
    .execute();
  return new Map(
    rows.map(({ id, about, feasible, person_id, person_name }) => [
      id,
      {
        ...{ about, feasible: feasible === null ? undefined : feasible === 1 },
        person: person_id !== null && person_name !== null ? { id: person_id, name: person_name } : undefined,
      },
    ]),
  );
}

/**
 * Of what clients expect of us that is not over the id of its present wording, by expectation, the most important of each
 * client first; of one client, or of all.
 */
export async function openWordings(db: Db, tenant: string, client?: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('expectation')
    .select(['id', 'wording_id'])
    .where('tenant_id', '=', tenant)
    .where('direction', '=', 'theirs')
    .where('state', 'in', openStates)
    .$if(client !== undefined, (query) => query.where('client_id', '=', client ?? ''))
    .orderBy('position')
    .orderBy('id')
    .execute();
  return new Map(rows.map((row) => [row.id, row.wording_id]));
}
