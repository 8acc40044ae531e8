import { newClient } from '../clients/clients.ts';
import { addContact } from '../clients/people-store.ts';
import { addClient } from '../clients/store.ts';
import { bringTo, markConfirmed, markSent, noteExpectation, reword } from '../expectations/change-store.ts';
import type { Expectation } from '../expectations/expectations.ts';
import { findExpectation } from '../expectations/store.ts';
import { type ExampleSet, exampleId, inTurn, timeOn } from './sandbox.ts';

/** Clients with what they expect, as far as each has come. */
export async function fillClients(set: ExampleSet): Promise<void> {
  const { tx, tenant } = set.asked;
  const [owner, manager] = set.team;
  const first = inTurn(set.days, 0);
  if (!owner) return;
  for (const { id, name, contact, expectations } of set.clients) {
    const client = newClient({ id, name, owner, createdAt: timeOn(first, '09:00', set) });
    await addClient(tx, tenant, { ...client, manager, knowsNeed: true });
    const kept = { id: exampleId(), client: id, name: contact.name, person: contact.id };
    const unknown = { role: undefined, language: undefined, email: undefined };
    await addContact(tx, tenant, { ...kept, ...unknown }, client.createdAt);
    for (const [at, one] of expectations.entries()) await expect(set, id, contact, one, at);
  }
}

type Example = ExampleSet['clients'][number]['expectations'][number];

/** Notes one, makes it concrete a week later, puts it before the client, and lets him confirm it, as far as it has come. */
async function expect(
  set: ExampleSet,
  client: string,
  contact: ExampleSet['clients'][number]['contact'],
  { words, concrete, stage }: Example,
  turn: number,
): Promise<void> {
  const { tx, tenant } = set.asked;
  const who = inTurn(set.team, turn);
  const on = (day: number) => timeOn(inTurn(set.days, turn * 6 + day), '10:30', set);
  const noted = await noteExpectation(
    tx,
    tenant,
    { client, direction: 'theirs', words },
    { who, now: on(2) },
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
