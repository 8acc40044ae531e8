import { contactsOf } from '../clients/access-store.ts';
import { newClient } from '../clients/clients.ts';
import { addContact } from '../clients/people-store.ts';
import { addClient } from '../clients/store.ts';
import { bringTo, markConfirmed, markSent, noteExpectation, reword } from '../expectations/change-store.ts';
import type { Expectation } from '../expectations/expectations.ts';
import { findExpectation } from '../expectations/store.ts';
import { type ClientExample, type ExampleSet, exampleId, inTurn, lastDays, timeOn } from './sandbox.ts';

/** Clients with what they expect, as far as each has come. */
export async function fillClients(set: ExampleSet): Promise<void> {
  const { tx, tenant } = set.asked;
  const [owner, manager] = set.team;
  if (!owner) return;
  for (const one of set.clients) {
    const days = daysOf(set, one);
    const createdAt = timeOn(inTurn(days, 0), '09:00', set);
    const client = newClient({ id: one.id, name: one.name, owner, createdAt });
    if (!one.isOwn) await addClient(tx, tenant, { ...client, manager, knowsNeed: true });
    await addContacts(set, one, createdAt);
    for (const [at, example] of one.expectations.entries()) await expect(set, days, one, example, at);
  }
}

/** The days since it is a client: what is graded from the first round on was confirmed before that. */
function daysOf(set: ExampleSet, { expectations }: ClientExample): Temporal.PlainDate[] {
  const rounds = Math.max(...expectations.map(({ given }) => given.length));
  return rounds > 2 ? lastDays(inTurn(set.days, 0)).slice(-30) : set.days;
}

/** Those who are none yet: one's own client may have them by its channel. */
async function addContacts({ asked }: ExampleSet, one: ClientExample, now: Temporal.Instant): Promise<void> {
  const there = await contactsOf(asked, one.id);
  for (const { id, name } of one.contacts) {
    if (there.some(({ person }) => person === id)) continue;
    const kept = { id: exampleId(), client: one.id, name, person: id };
    const unknown = { role: undefined, language: undefined, email: undefined };
    await addContact(asked.tx, asked.tenant, { ...kept, ...unknown }, now);
  }
}

type Example = ClientExample['expectations'][number];

/** Notes one, makes it concrete a week later, puts it before the client, and lets him confirm it, as far as it has come. */
async function expect(
  set: ExampleSet,
  days: Temporal.PlainDate[],
  { id: client, contact }: ClientExample,
  { words, concrete, stage }: Example,
  turn: number,
): Promise<void> {
  const { tx, tenant } = set.asked;
  const who = inTurn(set.team, turn);
  const on = (day: number) => timeOn(inTurn(days, turn * 6 + day), '10:30', set);
  const noted = await noteExpectation(
    tx,
    tenant,
    { client, direction: 'theirs', words },
    { who, now: on(2) },
    exampleId(),
  );
  const now = async (): Promise<Expectation> => (await findExpectation(tx, tenant, noted.id)) ?? noted;
  if (stage === 'noted') return;
  const wording = { text: concrete, seen: undefined, author: who, byClient: false };
  const made = { state: 'concrete', happened: 'make-concrete', wording } as const;
  await reword(tx, tenant, await now(), made, { who, now: on(7) });
  await bringTo(tx, tenant, await now(), { state: 'sent', happened: 'send' }, { who, now: on(8) });
  await markSent(tx, tenant, (await now()).wording.id, { place: set.place.id }, on(8));
  if (stage === 'sent') return;
  const answered = { who: contact, now: on(9) };
  const reviewAt = on(9).add({ hours: 24 * 180 });
  await markConfirmed(tx, tenant, (await now()).wording.id, answered);
  await bringTo(tx, tenant, await now(), { state: 'confirmed', happened: 'confirm', reviewAt }, answered);
}
