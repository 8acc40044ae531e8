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
