import type { Selectable } from 'kysely';
import { type Db, readsDoNotHold, type Tables, toStored } from '../../store/database.ts';
import { newId } from '../../store/id.ts';
import { keptQuery, type Values } from '../../store/kept-query.ts';
import type { FollowState, FollowUp, Owner } from './follow-ups.ts';

/** An answer that may be followed up: of which capability, to which question, of whom. */
type Which = Pick<FollowUp, 'kind' | 'subject' | 'person'>;

/** The follow-up of this person's answer; a new one, open and told once, when there is none. */
export async function openFollowUp(
  tx: Db,
  tenant: string,
  about: Which & Pick<FollowUp, 'owner' | 'timeZone'>,
  now: Temporal.Instant,
): Promise<{ followUp: FollowUp; isNew: boolean }> {
  const { kind, subject, person, timeZone } = about;
  const [added] = await insertFollowUp(tx, {
    ...{ tenant, id: newId(), kind, subject, person, timeZone, now: toStored(now) },
    ...ownerRow(about.owner),
  });
  if (added) return { followUp: followUpOf(added), isNew: true };
  const row = await followUpsOn(tx, tenant, about).executeTakeFirstOrThrow();
  return { followUp: followUpOf(row), isNew: false };
}

type NewFollowUp = Record<'tenant' | 'id' | 'kind' | 'subject' | 'person' | 'timeZone' | 'now', string> &
  ReturnType<typeof ownerRow>;

const insertFollowUp = keptQuery((tx, value: Values<NewFollowUp>) =>
  tx
    .insertInto('follow_up')
    .values({
      tenant_id: value('tenant'),
      id: value('id'),
      kind: value('kind'),
      subject: value('subject'),
      person_id: value('person'),
      owner_id: value('owner_id'),
      owner_name: value('owner_name'),
      time_zone: value('timeZone'),
      state: 'open',
      note: null,
      told: 1,
      opened_at: value('now'),
      changed_at: value('now'),
    })
    .onConflict((on) => on.columns(['tenant_id', 'kind', 'subject', 'person_id']).doNothing())
    .returningAll(),
);

/** What is done about this person's answer; undefined when there is nothing. */
export async function followUpOn(tx: Db, tenant: string, which: Which): Promise<FollowUp | undefined> {
  const row = await followUpsOn(tx, tenant, which).executeTakeFirst();
  return row && followUpOf(row);
}

/** The follow-up with this id. */
export async function findFollowUp(tx: Db, tenant: string, id: string): Promise<FollowUp | undefined> {
  const row = await followUps(tx, tenant).where('id', '=', id).executeTakeFirst();
  return row && followUpOf(row);
}

/** Keeps what has changed of it: returns it so, changed now. */
export async function changeFollowUp(
  tx: Db,
  tenant: string,
  followUp: FollowUp,
  now: Temporal.Instant,
): Promise<FollowUp> {
  const { id, owner, state, note, told } = followUp;
  await tx
    .updateTable('follow_up')
    .set({ ...ownerRow(owner), state, note: note ?? null, told, changed_at: toStored(now) })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .execute();
  return { ...followUp, changedAt: now };
}

/** How many of the unfavourable answers to a question are in which state. */
export async function countFollowUps(
  db: Db,
  tenant: string,
  { kind, subject }: Pick<FollowUp, 'kind' | 'subject'>,
): Promise<Record<FollowState, number>> {
  const rows = await db
    .selectFrom('follow_up')
    .select('state')
    .select((select) => select.fn.countAll().as('n'))
    .where('tenant_id', '=', tenant)
    .where('kind', '=', kind)
    .where('subject', '=', subject)
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

function followUpsOn(tx: Db, tenant: string, { kind, subject, person }: Which) {
  return followUps(tx, tenant)
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('person_id', '=', person);
}

function ownerRow({ id, name }: Owner) {
  return { owner_id: id, owner_name: name };
}

function followUpOf(row: Selectable<Tables['follow_up']>): FollowUp {
  return {
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    person: row.person_id,
    owner: { id: row.owner_id, name: row.owner_name },
    timeZone: row.time_zone,
    state: row.state,
    note: row.note ?? undefined,
    told: row.told,
    changedAt: Temporal.Instant.from(row.changed_at),
  };
}
