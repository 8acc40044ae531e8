import type { Updateable } from 'kysely';
import { type Db, type Tables, toStored } from '../../store/database.ts';
import { newId } from '../../store/id.ts';
import type { Colleague } from '../clients/clients.ts';
import type { Direction, Expectation, State } from './expectations.ts';
import { findExpectation } from './store.ts';
import type { Happened } from './tables-store.ts';

/** What a new wording says, before it has a number. */
export type NewWording = {
  text: string;
  seen: string | undefined;
  author: Colleague;
  byClient: boolean;
};

/** Who did something, and when. */
export type Deed = { who: Colleague; now: Temporal.Instant };

/** Keeps a new one in the client's own words, as the least important so far. Returns it. */
export async function noteExpectation(
  tx: Db,
  tenant: string,
  { client, direction, words }: { client: string; direction: Direction; words: string },
  { who, now }: Deed,
  id = newId(),
): Promise<Expectation> {
  const wording = await addWording(
    tx,
    tenant,
    { id, number: 0 },
    { text: words, seen: undefined, author: who, byClient: false },
    now,
  );
  await tx
    .insertInto('expectation')
    .values({
      tenant_id: tenant,
      id,
      client_id: client,
      direction,
      state: 'noted',
      position: await nextPosition(tx, tenant, client),
      wording_id: wording.id,
      about: 'company',
      person_id: null,
      person_name: null,
      feasible: null,
      why: null,
      importance: null,
      kano: null,
      category: null,
      notes: null,
      doing: null,
      noted_by_id: who.id,
      noted_by_name: who.name,
      noted_at: toStored(now),
      review_at: null,
      first_at: null,
    })
    .execute();
  await addEvent(tx, tenant, { expectation: id, wording: wording.id }, 'note', { who, now });
  const found = await findExpectation(tx, tenant, id);
  if (!found) throw new Error('An expectation that was just noted is not there.');
  return found;
}

/** After the least important one of a client. */
export async function nextPosition(tx: Db, tenant: string, client: string): Promise<number> {
  const row = await tx
    .selectFrom('expectation')
    .select(({ fn }) => fn.max('position').as('last'))
    .where('tenant_id', '=', tenant)
    .where('client_id', '=', client)
    .executeTakeFirst();
  return Number(row?.last ?? 0) + 1;
}

/** Gives it a new wording beside a new state; the old wording is kept. */
export async function reword(
  tx: Db,
  tenant: string,
  { id, wording, feasible }: Expectation,
  to: { state: State; happened: Happened; wording: NewWording },
  deed: Deed,
): Promise<void> {
  const fresh = await addWording(tx, tenant, { id, number: wording.number }, to.wording, deed.now);
  await tx
    .updateTable('expectation')
    .set({
      state: to.state,
      wording_id: fresh.id,
      review_at: null,
      // What was not feasible may be so in other words: that is judged anew.
      ...(feasible === false && { feasible: null }),
    })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .execute();
  await addEvent(tx, tenant, { expectation: id, wording: fresh.id }, to.happened, deed);
}

/** Brings it into another state, and notes who did that. */
export async function bringTo(
  tx: Db,
  tenant: string,
  { id, wording }: Expectation,
  to: { state: State; happened: Happened; reviewAt?: Temporal.Instant | undefined },
  deed: Deed,
): Promise<void> {
  await tx
    .updateTable('expectation')
    .set({ state: to.state, review_at: to.reviewAt ? toStored(to.reviewAt) : null })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .execute();
  await addEvent(tx, tenant, { expectation: id, wording: wording.id }, to.happened, deed);
}

/** Notes where the present wording was put before the client. */
export function markSent(
  tx: Db,
  tenant: string,
  wording: string,
  to: { place?: string | undefined; person?: string | undefined },
  now: Temporal.Instant,
): Promise<void> {
  const sent = { sent_at: toStored(now), sent_place: to.place ?? null, sent_person: to.person ?? null };
  return markWording(tx, tenant, wording, sent);
}

/** Notes that the client confirmed this wording. */
export function markConfirmed(tx: Db, tenant: string, wording: string, { who, now }: Deed): Promise<void> {
  const confirmed = { confirmed_by_id: who.id, confirmed_by_name: who.name, confirmed_at: toStored(now) };
  return markWording(tx, tenant, wording, confirmed);
}

async function markWording(
  tx: Db,
  tenant: string,
  wording: string,
  marks: Updateable<Tables['expectation_wording']>,
): Promise<void> {
  await tx
    .updateTable('expectation_wording')
    .set(marks)
    .where('tenant_id', '=', tenant)
    .where('id', '=', wording)
    .execute();
}

async function addWording(
  tx: Db,
  tenant: string,
  after: { id: string; number: number },
  { text, seen, author, byClient }: NewWording,
  now: Temporal.Instant,
): Promise<{ id: string }> {
  const id = newId();
  await tx
    .insertInto('expectation_wording')
    .values({
      tenant_id: tenant,
      id,
      expectation_id: after.id,
      number: after.number + 1,
      text,
      seen: seen ?? null,
      author_id: author.id,
      author_name: author.name,
      by_client: byClient ? 1 : 0,
      written_at: toStored(now),
      sent_at: null,
      sent_place: null,
      sent_person: null,
      confirmed_by_id: null,
      confirmed_by_name: null,
      confirmed_at: null,
    })
    .execute();
  return { id };
}

/** Notes what happened to one: that is never changed. */
export async function addEvent(
  tx: Db,
  tenant: string,
  { expectation, wording }: { expectation: string; wording: string },
  happened: Happened,
  { who, now }: Deed,
): Promise<void> {
  await tx
    .insertInto('expectation_event')
    .values({
      tenant_id: tenant,
      id: newId(),
      expectation_id: expectation,
      wording_id: wording,
      happened,
      person_id: who.id,
      person_name: who.name,
      happened_at: toStored(now),
    })
    .execute();
}
