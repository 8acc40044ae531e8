import { expect, it } from 'vitest';
import {
  clientOfPlace,
  clientsOfContact,
  contactsOf,
  findContact,
  placeOf,
  relationOf,
  teamOf,
} from '../../../src/features/clients/access-store.ts';
import type { Client } from '../../../src/features/clients/clients.ts';
import { linkPlace } from '../../../src/features/clients/link-store.ts';
import {
  addColleague,
  addContact,
  addDomain,
  readListed,
} from '../../../src/features/clients/people-store.ts';
import {
  addClient,
  changeClient,
  findClient,
  holdClient,
  mergeInto,
  readArchived,
  readClients,
} from '../../../src/features/clients/store.ts';
import type { Store } from '../../../src/store/database.ts';
import { newId } from '../../../src/store/id.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acme, anna, bram, carla, daan, eva, finn, openHouse } from '../../support/house.ts';

const now = Temporal.Instant.from('2026-11-23T09:00:00Z');

function clientNamed(name: string, more: Partial<Client> = {}): Client {
  return {
    id: newId(),
    name,
    owner: { id: 'bram', name: 'Bram Bakker' },
    manager: undefined,
    rhythmDays: 14,
    language: undefined,
    knowsNeed: undefined,
    archived: false,
    createdAt: now,
    ...more,
  };
}

eachDatabase((_, open) => {
  async function started(...names: string[]) {
    const store = await open();
    const clients = names.map((name) => clientNamed(name));
    for (const client of clients) await store.transact((tx) => addClient(tx, 'T1', client));
    const [first = clientNamed('?'), second = clientNamed('?')] = clients;
    return { store, first, second };
  }

  it('gives back what it keeps, to its own workspace alone', async () => {
    const { store, first } = await started('Acme');
    expect(await findClient(store.db, 'T1', first.id)).toEqual(first);
    expect(await findClient(store.db, 'T2', first.id)).toBeUndefined();
    const full: Client = {
      ...first,
      manager: { id: 'carla', name: 'Carla Smit' },
      rhythmDays: 30,
      language: 'en',
      knowsNeed: false,
      owner: { id: 'anna', name: 'Anna de Vries' },
    };
    await store.transact((tx) => changeClient(tx, 'T1', full, { by: 'anna', now }));
    expect(await readClients(store.db, 'T1')).toEqual([full]);
    await store.transact((tx) => changeClient(tx, 'T2', first, { by: 'anna', now }));
    expect(await findClient(store.db, 'T1', first.id)).toEqual(full);
  });

  it('keeps no two of one name, also when they come at once', async () => {
    const { store } = await started();
    const names = ['Café', 'CAFE', ' café ', 'cafe'];
    const kept = await Promise.all(
      names.map((name) => store.transact((tx) => addClient(tx, 'T1', clientNamed(name)))),
    );
    expect(kept.filter(Boolean)).toHaveLength(1);
    expect(await store.transact((tx) => addClient(tx, 'T2', clientNamed('Café')))).toBe(true);
  });

  it('frees the name of an archived one, and keeps what one was called before', async () => {
    const { store, first } = await started('Acme');
    await store.transact((tx) => changeClient(tx, 'T1', { ...first, archived: true }, { by: 'anna', now }));
    expect(await readClients(store.db, 'T1')).toEqual([]);
    expect(await readArchived(store.db, 'T1')).toEqual([{ ...first, archived: true }]);
    const second = clientNamed('Acme');
    expect(await store.transact((tx) => addClient(tx, 'T1', second))).toBe(true);
    await store.transact((tx) => changeClient(tx, 'T1', { ...second, name: 'Zeta' }, { by: 'anna', now }));
    const before = await store.db.selectFrom('client_name').selectAll().execute();
    expect(before).toMatchObject([{ client_id: second.id, name: 'Acme', changed_by: 'anna' }]);
  });

  it('finds one that was merged under the other, also after that was merged too', async () => {
    const { store, first, second } = await started('Acme', 'Support');
    const third = clientNamed('Zeta');
    await store.transact((tx) => addClient(tx, 'T1', third));
    await store.transact((tx) => mergeInto(tx, 'T1', first.id, second.id));
    await store.transact((tx) => mergeInto(tx, 'T1', second.id, third.id));
    expect(await findClient(store.db, 'T1', first.id)).toEqual(third);
    expect(await store.transact((tx) => holdClient(tx, 'T1', first.id))).toBeUndefined();
    expect(await readClients(store.db, 'T1')).toEqual([third]);
  });

  it('ties a place to one client, and a client to one place of a kind', async () => {
    const { store, first, second } = await started('Acme', 'Support');
    const tie = (place: string, client: Client, kind: 'internal' | 'shared', platform = 'test') =>
      store.transact((tx) =>
        linkPlace(tx, { tenant: 'T1', platform, place }, { client: client.id, kind }, now),
      );
    const raced = await Promise.all([tie('p1', first, 'internal'), tie('p1', second, 'internal')]);
    expect(raced.toSorted()).toEqual([false, true]);
    const [owner, other] = raced[0] ? [first, second] : [second, first];
    expect(await tie('p2', owner, 'internal')).toBe(false);
    expect(await tie('p2', owner, 'shared')).toBe(true);
    expect(await tie('p3', owner, 'internal', 'other')).toBe(true);
    const at = { tx: store.db, tenant: 'T1', platform: 'test' };
    expect(await clientOfPlace(at, 'p1')).toEqual({ client: owner, kind: 'internal' });
    expect(await clientOfPlace({ ...at, tenant: 'T2' }, 'p1')).toBeUndefined();
    expect(await placeOf(at, owner.id, 'shared')).toBe('p2');
    // An archived client's channel is free again.
    await store.transact((tx) => changeClient(tx, 'T1', { ...owner, archived: true }, { by: 'anna', now }));
    expect(await clientOfPlace(at, 'p1')).toBeUndefined();
    expect(await tie('p1', other, 'internal')).toBe(true);
  });

  /** Acme with Bram as owner, in the channels General (internal) and Acme (shared). */
  async function linkedHouse() {
    const store = await open();
    const belay = await openHouse(store);
    const client = clientNamed('Acme');
    await store.transact(async (tx) => {
      await addClient(tx, 'T1', client);
      const at = { tenant: 'T1', platform: 'test' };
      await linkPlace(tx, { ...at, place: 'acme' }, { client: client.id, kind: 'shared' }, now);
      await linkPlace(tx, { ...at, place: 'general' }, { client: client.id, kind: 'internal' }, now);
    });
    await belay.people.saveMembers('T1', 'general', ['bram']);
    await belay.people.saveMembers('T1', 'acme', ['anna', 'bram', 'carla', 'daan']);
    return { belay, store, client, at: { tx: store.db, tenant: 'T1', platform: 'test' } };
  }

  const list = (store: Store, client: Client, contact: { person?: string; email?: string; name: string }) =>
    store.transact((tx) =>
      addContact(
        tx,
        'T1',
        {
          role: undefined,
          language: undefined,
          person: undefined,
          email: undefined,
          ...contact,
          id: newId(),
          client: client.id,
        },
        now,
      ),
    );

  it('knows what somebody is to a client', async () => {
    const { belay, store, client, at } = await linkedHouse();
    const relation = (person: {
      id: string;
      outsider: boolean;
      admin: boolean;
      unknown?: boolean | undefined;
    }) => relationOf(at, person, client);
    expect(await relation(bram)).toBe('team');
    expect(await relation(anna)).toBe('team');
    expect(await relation(carla)).toBe('colleague');
    expect(await relation(daan)).toBe('contact');
    expect(await relation(eva)).toBe('none');
    for (const person of [daan, bram, anna])
      expect(await relation({ ...person, unknown: true })).toBe('none');
    await list(store, client, { name: 'Carla Smit', person: 'carla' });
    expect(await relation(carla)).toBe('contact');
    await store.transact((tx) => addColleague(tx, 'T1', client.id, carla));
    expect(await relation(carla)).toBe('team');
    await list(store, client, { name: 'Eva Jansen', email: 'eva@acme.example' });
    expect(await relation(eva)).toBe('none');
    await belay.people.savePerson('T1', { ...eva, email: 'Eva@acme.example', checkedAt: '' });
    expect(await relation(eva)).toBe('contact');
    await belay.people.savePerson('T1', { ...finn, email: 'finn@ACME.example', checkedAt: '' });
    expect(await relation(finn)).toBe('none');
    await store.transact((tx) => addDomain(tx, 'T1', client.id, 'acme.example'));
    expect(await relation(finn)).toBe('contact');
    expect(await clientsOfContact(at, finn)).toEqual([client]);
    expect(await clientsOfContact(at, { ...finn, unknown: true })).toEqual([]);
    await store.transact((tx) => changeClient(tx, 'T1', { ...client, archived: true }, { by: '', now }));
    expect(await clientsOfContact(at, finn)).toEqual([]);
  });

  it('takes whoever speaks in the shared channel for one who is in it, and nobody else', async () => {
    const { at, client } = await linkedHouse();
    const spoken = { ...at, person: { id: 'eva' }, place: { id: 'acme' } };
    expect(await relationOf(spoken, eva, client)).toBe('contact');
    expect(await relationOf(spoken, finn, client)).toBe('none');
    expect(await relationOf({ ...spoken, place: { id: 'general' } }, eva, client)).toBe('none');
  });

  it('makes no team of an internal channel that outsiders have come into', async () => {
    const { belay, at, client } = await linkedHouse();
    await belay.people.saveMembers('T1', 'general', ['bram', 'carla', 'eva']);
    expect(await relationOf(at, carla, client)).toBe('team');
    await belay.people.savePlace('T1', { ...acme, id: 'general', checkedAt: '' });
    expect(await placeOf(at, client.id, 'internal')).toBeUndefined();
    expect(await relationOf(at, carla, client)).toBe('colleague');
    expect(await teamOf(at, client)).toEqual([{ id: 'bram', name: 'Bram Bakker' }]);
  });

  it('names the contacts once each, the listed ones first', async () => {
    const { belay, store, client, at } = await linkedHouse();
    await belay.people.savePerson('T1', { ...eva, email: 'eva@acme.example', checkedAt: '' });
    await belay.people.savePerson('T1', { ...finn, email: 'finn@acme.example', checkedAt: '' });
    await list(store, client, { name: 'Eva', email: 'eva@acme.example' });
    await store.transact((tx) => addDomain(tx, 'T1', client.id, 'acme.example'));
    const contacts = await contactsOf(at, client.id);
    expect(contacts.map(({ name, person, listed }) => [name, person, listed])).toEqual([
      ['Eva', 'eva', true],
      ['Daan Visser', 'daan', false],
      ['Finn Mulder', 'finn', false],
    ]);
    expect(await findContact(at, client.id, 'person:daan')).toMatchObject({ person: 'daan' });
    expect(await findContact(at, client.id, 'person:eva')).toMatchObject({ name: 'Eva' });
    expect(await findContact(at, client.id, 'person:anna')).toBeUndefined();
    expect(await findContact({ ...at, tenant: 'T2' }, client.id, 'person:daan')).toBeUndefined();
    expect(await list(store, client, { name: 'Eva', email: 'eva@acme.example' })).toBe(false);
    expect(await readListed(store.db, 'T1', client.id)).toHaveLength(1);
  });

  it('names the team once each, without whoever has left', async () => {
    const { belay, store, client, at } = await linkedHouse();
    await belay.people.saveMembers('T1', 'general', ['bram', 'anna']);
    await store.transact((tx) => addColleague(tx, 'T1', client.id, carla));
    const team = await teamOf(at, client);
    expect(team.map(({ id }) => id)).toEqual(['bram', 'carla', 'anna']);
    await belay.people.savePerson('T1', { ...carla, outsider: true, checkedAt: '' });
    expect((await teamOf(at, client)).map(({ id }) => id)).toEqual(['bram', 'anna']);
  });
});
