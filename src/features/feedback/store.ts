import type { Selectable } from 'kysely';
import { type Db, readsDoNotHold, type Tables, toStored } from '../../store/database.ts';
import { newId } from '../../store/id.ts';
import type { Colleague } from '../clients/clients.ts';
import type { Feedback, Kind } from './feedback.ts';
import type { Happened } from './tables-store.ts';

export { migrations } from './tables-store.ts';

type Where = { tenant: string; platform: string };
type Deed = { happened: Happened; by: Colleague; now: Temporal.Instant; text?: string | undefined };

/** Keeps what somebody brought. */
export async function addFeedback(tx: Db, { tenant, platform }: Where, one: Feedback): Promise<void> {
  await tx
    .insertInto('feedback')
    .values({ tenant_id: tenant, id: one.id, platform, ...columnsOf(one) })
    .execute();
  await noteDeed(tx, tenant, one.id, { happened: 'brought', by: one.by, now: one.at });
}

function columnsOf(one: Feedback) {
  return {
    kind: one.kind,
    client_id: one.client ?? null,
    text: one.text,
    said_by: one.saidBy ?? null,
    brought_by_id: one.by.id,
    brought_by_name: one.by.name,
    said_on: one.day.toString(),
    link: one.link ?? null,
    expectation_id: one.expectation ?? null,
    unnoted: one.unnoted ? 1 : 0,
    owner_id: one.owner?.id ?? null,
    owner_name: one.owner?.name ?? null,
    state: one.state ?? null,
    answered: one.answered ?? null,
    learned: one.learned ?? null,
    brought_at: toStored(one.at),
  };
}

/** Keeps it as it is now, and who changed what. `text`: the one that it had, when that is what was changed. */
export async function changeFeedback(tx: Db, tenant: string, one: Feedback, deed: Deed): Promise<void> {
  await tx
    .updateTable('feedback')
    .set(columnsOf(one))
    .where('tenant_id', '=', tenant)
    .where('id', '=', one.id)
    .execute();
  await noteDeed(tx, tenant, one.id, deed);
}

/** Keeps who did what with it. `text`: the words that belong to it. */
export async function noteDeed(tx: Db, tenant: string, feedback: string, deed: Deed): Promise<void> {
  const { happened, by, now, text } = deed;
  await tx
    .insertInto('feedback_event')
    .values({
      tenant_id: tenant,
      id: newId(),
      feedback_id: feedback,
      happened,
      person_id: by.id,
      person_name: by.name,
      text: text ?? null,
      happened_at: toStored(now),
    })
    .execute();
}

/** Who changed its words, or what else its form asks, each time that somebody did; the first before the others. */
export async function changesOf(db: Db, tenant: string, feedback: string): Promise<Colleague[]> {
  return db
    .selectFrom('feedback_event')
    .select(['person_id as id', 'person_name as name'])
    .where('tenant_id', '=', tenant)
    .where('feedback_id', '=', feedback)
    .where('happened', '=', 'changed')
    .orderBy('happened_at')
    .orderBy('id')
    .execute();
}

/** One by its id, held until the transaction ends. */
export async function findFeedback(tx: Db, tenant: string, id: string): Promise<Feedback | undefined> {
  const query = tx.selectFrom('feedback').selectAll().where('tenant_id', '=', tenant).where('id', '=', id);
  const row = await (readsDoNotHold(tx) ? query.forUpdate() : query).executeTakeFirst();
  return row && feedbackFrom(row);
}

/** What was brought since then (and before `until`), the oldest first; of some kinds, or of one client. */
export async function feedbackSince(
  db: Db,
  tenant: string,
  which: {
    since: Temporal.Instant;
    until?: Temporal.Instant | undefined;
    kinds?: Kind[] | undefined;
    client?: string | undefined;
  },
): Promise<Feedback[]> {
  const { since, until, kinds, client } = which;
  const rows = await db
    .selectFrom('feedback')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('brought_at', '>=', toStored(since))
    .$if(until !== undefined, (query) => query.where('brought_at', '<', toStored(until ?? since)))
    .$if(kinds !== undefined, (query) => query.where('kind', 'in', kinds ?? []))
    .$if(client !== undefined, (query) => query.where('client_id', '=', client ?? ''))
    .orderBy('brought_at')
    .orderBy('id')
    .execute();
  return rows.map(feedbackFrom);
}

/** Of one kind, the newest first; of one client, or of all. With `since`: what came since, and what is still open. */
export async function feedbackListed(
  db: Db,
  tenant: string,
  { kind, client, since }: { kind: Kind; client: string | undefined; since: Temporal.Instant | undefined },
): Promise<Feedback[]> {
  const rows = await db
    .selectFrom('feedback')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('kind', '=', kind)
    .$if(client !== undefined, (query) => query.where('client_id', '=', client ?? ''))
    .$if(since !== undefined, (query) =>
      query.where((where) =>
        where.or([
          where('brought_at', '>=', since ? toStored(since) : ''),
          where('state', 'in', ['new', 'handling']),
        ]),
      ),
    )
    .orderBy('brought_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(feedbackFrom);
}

/** The complaints that nobody has answered yet, the oldest first; of one client, or of all. */
export async function openComplaints(db: Db, tenant: string, client?: string): Promise<Feedback[]> {
  const rows = await db
    .selectFrom('feedback')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('state', 'in', ['new', 'handling'])
    .$if(client !== undefined, (query) => query.where('client_id', '=', client ?? ''))
    .orderBy('brought_at')
    .orderBy('id')
    .execute();
  return rows.map(feedbackFrom);
}

/** What is kept of one client becomes another's. */
export async function moveFeedback(tx: Db, tenant: string, from: string, to: string): Promise<void> {
  await tx
    .updateTable('feedback')
    .set({ client_id: to })
    .where('tenant_id', '=', tenant)
    .where('client_id', '=', from)
    .execute();
}

function feedbackFrom(row: Selectable<Tables['feedback']>): Feedback {
  return {
    id: row.id,
    kind: row.kind,
    client: row.client_id ?? undefined,
    text: row.text,
    saidBy: row.said_by ?? undefined,
    by: { id: row.brought_by_id, name: row.brought_by_name },
    day: Temporal.PlainDate.from(row.said_on),
    link: row.link ?? undefined,
    expectation: row.expectation_id ?? undefined,
    unnoted: row.unnoted === 1,
    owner: row.owner_id === null ? undefined : { id: row.owner_id, name: row.owner_name ?? '' },
    state: row.state ?? undefined,
    answered: row.answered ?? undefined,
    learned: row.learned ?? undefined,
    at: Temporal.Instant.from(row.brought_at),
  };
}
