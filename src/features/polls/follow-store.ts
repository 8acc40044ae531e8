import type { Selectable } from 'kysely';
import { type Db, type Migrations, readsDoNotHold, type Tables, toStored } from '../../store/database.ts';
import { newId } from '../../store/id.ts';
import { keptQuery, type Values } from '../../store/kept-query.ts';
import type { Asker } from './polls.ts';

/** open: nobody has taken it up. calling: the owner will call. dropped: the grade was raised before anybody did. */
export type FollowState = 'open' | 'calling' | 'done' | 'dropped';

declare module '../../store/database.ts' {
  interface Tables {
    /** An unfavourable answer, and what is done about it. */
    follow_up: {
      tenant_id: string;
      id: string;
      poll_id: string;
      person_id: string;
      owner_id: string;
      owner_name: string;
      owner_language: string;
      state: FollowState;
      /** What came of it. */
      note: string | null;
      /** How often it has been told: to the owner, again, to an admin. */
      told: number;
      opened_at: string;
      changed_at: string;
    };
  }
}

export const followMigrations: Migrations = {
  '2026-11-22-poll-follow-ups': {
    async up(db) {
      await db.schema
        .createTable('follow_up')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('poll_id', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('owner_id', 'text', (column) => column.notNull())
        .addColumn('owner_name', 'text', (column) => column.notNull())
        .addColumn('owner_language', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('note', 'text')
        .addColumn('told', 'integer', (column) => column.notNull())
        .addColumn('opened_at', 'text', (column) => column.notNull())
        .addColumn('changed_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('follow_up_pk', ['tenant_id', 'id'])
        .addUniqueConstraint('follow_up_once', ['tenant_id', 'poll_id', 'person_id'])
        .execute();
    },
  },
};

export type FollowUp = {
  id: string;
  poll: string;
  person: string;
  owner: Asker;
  state: FollowState;
  note: string | undefined;
  told: number;
  changedAt: Temporal.Instant;
};

/** The follow-up of this person's answer; a new one, open and told once, when there is none. */
export async function openFollowUp(
  tx: Db,
  tenant: string,
  about: { poll: string; person: string; owner: Asker },
  now: Temporal.Instant,
): Promise<{ followUp: FollowUp; isNew: boolean }> {
  const id = newId();
  const [added] = await insertFollowUp(tx, {
    ...{ tenant, id, poll: about.poll, person: about.person, now: toStored(now) },
    ...ownerRow(about.owner),
  });
  if (added) return { followUp: followUpOf(added), isNew: true };
  const row = await followUps(tx, tenant)
    .where('poll_id', '=', about.poll)
    .where('person_id', '=', about.person)
    .executeTakeFirstOrThrow();
  return { followUp: followUpOf(row), isNew: false };
}

type NewFollowUp = Record<'tenant' | 'id' | 'poll' | 'person' | 'now', string> & ReturnType<typeof ownerRow>;

const insertFollowUp = keptQuery((tx, value: Values<NewFollowUp>) =>
  tx
    .insertInto('follow_up')
    .values({
      tenant_id: value('tenant'),
      id: value('id'),
      poll_id: value('poll'),
      person_id: value('person'),
      owner_id: value('owner_id'),
      owner_name: value('owner_name'),
      owner_language: value('owner_language'),
      state: 'open',
      note: null,
      told: 1,
      opened_at: value('now'),
      changed_at: value('now'),
    })
    .onConflict((on) => on.columns(['tenant_id', 'poll_id', 'person_id']).doNothing())
    .returningAll(),
);

/** What is done about this person's answer. */
export async function followUpOn(
  tx: Db,
  tenant: string,
  poll: string,
  person: string,
): Promise<FollowUp | undefined> {
  const row = await followUps(tx, tenant)
    .where('poll_id', '=', poll)
    .where('person_id', '=', person)
    .executeTakeFirst();
  return row && followUpOf(row);
}

export async function findFollowUp(tx: Db, tenant: string, id: string): Promise<FollowUp | undefined> {
  const row = await followUps(tx, tenant).where('id', '=', id).executeTakeFirst();
  return row && followUpOf(row);
}

/** Keeps what has changed of it. */
export async function changeFollowUp(
  tx: Db,
  tenant: string,
  { id, owner, state, note, told }: Omit<FollowUp, 'changedAt'>,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('follow_up')
    .set({ ...ownerRow(owner), state, note: note ?? null, told, changed_at: toStored(now) })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .execute();
}

/** How many of a poll's unfavourable answers are in which state. */
export async function countFollowUps(
  db: Db,
  tenant: string,
  poll: string,
): Promise<Record<FollowState, number>> {
  const rows = await db
    .selectFrom('follow_up')
    .select('state')
    .select((select) => select.fn.countAll().as('n'))
    .where('tenant_id', '=', tenant)
    .where('poll_id', '=', poll)
    .groupBy('state')
    .execute();
  const counted = { open: 0, calling: 0, done: 0, dropped: 0 };
  for (const { state, n } of rows) counted[state] = Number(n);
  return counted;
}

/** Held: who decides by it writes the whole of it back. */
function followUps(tx: Db, tenant: string) {
  const query = tx.selectFrom('follow_up').selectAll().where('tenant_id', '=', tenant);
  return readsDoNotHold(tx) ? query.forUpdate() : query;
}

function ownerRow({ id, name, language }: Asker) {
  return { owner_id: id, owner_name: name, owner_language: language };
}

function followUpOf(row: Selectable<Tables['follow_up']>): FollowUp {
  return {
    id: row.id,
    poll: row.poll_id,
    person: row.person_id,
    owner: { id: row.owner_id, name: row.owner_name, language: row.owner_language === 'en' ? 'en' : 'nl' },
    state: row.state,
    note: row.note ?? undefined,
    told: row.told,
    changedAt: Temporal.Instant.from(row.changed_at),
  };
}
