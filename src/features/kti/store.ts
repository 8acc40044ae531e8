import { type Selectable, sql } from 'kysely';
import { batches } from '../../store/batches.ts';
import { type Db, type Tables, toStored } from '../../store/database.ts';
import { newId } from '../../store/id.ts';
import type { Company } from './grade-rules.ts';
import { joinedInto } from './joined-store.ts';
import type { Kti } from './kti.ts';

export { migrations } from './migrations-store.ts';

/** What is put before a client: the same words again are the same KTI. */
export type Put = Pick<Kti, 'client' | 'source' | 'about' | 'text' | 'theme' | 'kind'> & {
  /** Of an expectation its wording's id; of a standard question none: it is known by its text. */
  wording: string | undefined;
};

/** The KTI of these words, a new one when they were never put before this client; notes that it is asked now. */
export async function putKti(
  tx: Db,
  tenant: string,
  put: Put,
  now: Temporal.Instant,
  id = newId(),
): Promise<Kti> {
  const { client, source, about, text, theme } = put;
  const same = (await ktisOf(tx, tenant, client)).find(
    (one) =>
      one.source === source &&
      one.about === about &&
      (put.wording === undefined
        ? one.text.nl === text.nl && one.text.en === text.en
        : one.wording === put.wording),
  );
  const facts = {
    theme_nl: theme?.nl ?? null,
    theme_en: theme?.en ?? null,
    kind: put.kind ?? null,
    asked_at: toStored(now),
  };
  if (same) {
    await tx
      .updateTable('kti')
      .set(facts)
      .where('tenant_id', '=', tenant)
      .where('id', '=', same.id)
      .execute();
    return { ...same, theme, kind: put.kind, askedAt: now };
  }
  const row = await tx
    .insertInto('kti')
    .values({
      ...{ tenant_id: tenant, id, client_id: client, source, about_id: about },
      ...{ wording_id: put.wording ?? id, text_nl: text.nl, text_en: text.en, made_at: toStored(now) },
      ...facts,
      ...{ last_round: null, last_at: null, last_n: 0, last_sum: 0 },
      ...{ before_n: 0, before_sum: 0, total_n: 0, total_sum: 0 },
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return ktiOf(row);
}

/** All of a client, those of earlier wordings too, the oldest first. */
export async function ktisOf(db: Db, tenant: string, client: string): Promise<Kti[]> {
  const rows = await ktis(db, tenant).where('client_id', '=', client).orderBy('id').execute();
  return rows.map(ktiOf);
}

/** One by its id, or by that of one for which it stands since clients became one. */
export async function findKti(db: Db, tenant: string, id: string): Promise<Kti | undefined> {
  const row = await ktis(db, tenant).where('id', '=', id).executeTakeFirst();
  if (row) return ktiOf(row);
  const other = await joinedInto(db, tenant, id);
  return other === undefined ? undefined : findKti(db, tenant, other);
}

/** Those of these ids. */
export async function findKtis(db: Db, tenant: string, ids: string[]): Promise<Kti[]> {
  const found: Kti[] = [];
  for (const some of batches(ids))
    found.push(...(await ktis(db, tenant).where('id', 'in', some).execute()).map(ktiOf));
  return found;
}

/** When a client gave its last grade, whatever for. */
export async function lastGraded(
  db: Db,
  tenant: string,
  client: string,
): Promise<Temporal.Instant | undefined> {
  const row = await db
    .selectFrom('kti')
    .select(({ fn }) => fn.max('last_at').as('at'))
    .where('tenant_id', '=', tenant)
    .where('client_id', '=', client)
    .executeTakeFirst();
  return row?.at ? Temporal.Instant.from(row.at) : undefined;
}

/**
 * What the other clients than one, of those not archived, gave for KTIs of these kinds in their last rounds since a moment, by kind: each client
 * weighs the same, however many answered.
 */
export async function companyOf(
  db: Db,
  tenant: string,
  { kinds, but, since }: { kinds: string[]; but: string; since: Temporal.Instant },
): Promise<Map<string, Company>> {
  const means = new Map<string, Company>();
  for (const some of batches(kinds)) {
    const clients = db
      .selectFrom('kti')
      .select(['kind', sql<number>`cast(sum(last_sum) as double precision) / sum(last_n)`.as('mean')])
      .where('tenant_id', '=', tenant)
      .where('kind', 'in', some)
      .where('client_id', '<>', but)
      .where('client_id', 'in', livingClients(db, tenant))
      .where('last_n', '>', 0)
      .where('last_at', '>=', toStored(since))
      .groupBy(['kind', 'client_id']);
    const rows = await db
      .selectFrom(clients.as('client'))
      .select(['kind', ({ fn }) => fn.countAll().as('clients'), ({ fn }) => fn.avg('mean').as('mean')])
      .groupBy('kind')
      .execute();
    for (const { kind, clients: count, mean } of rows)
      means.set(kind ?? '', { clients: Number(count), mean: Number(mean) });
  }
  return means;
}

/** The ids of the clients that are not archived, for a query about theirs. */
export function livingClients(db: Db, tenant: string) {
  return db
    .selectFrom('client')
    .select('id')
    .where('tenant_id', '=', tenant)
    .where('archived_at', 'is', null);
}

function ktis(db: Db, tenant: string) {
  return db.selectFrom('kti').selectAll().where('tenant_id', '=', tenant);
}

function ktiOf(row: Selectable<Tables['kti']>): Kti {
  const { theme_nl: nl, theme_en: en } = row;
  return {
    ...{
      id: row.id,
      client: row.client_id,
      source: row.source,
      about: row.about_id,
      wording: row.wording_id,
    },
    text: { nl: row.text_nl, en: row.text_en },
    theme: nl !== null && en !== null ? { nl, en } : undefined,
    kind: row.kind ?? undefined,
    madeAt: Temporal.Instant.from(row.made_at),
    askedAt: Temporal.Instant.from(row.asked_at),
    standing: {
      round: row.last_round ?? undefined,
      lastAt: row.last_at === null ? undefined : Temporal.Instant.from(row.last_at),
      last: { n: row.last_n, sum: row.last_sum },
      before: { n: row.before_n, sum: row.before_sum },
      total: { n: row.total_n, sum: row.total_sum },
    },
  };
}
