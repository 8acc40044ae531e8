import { expect, it } from 'vitest';
import type { Contact } from '../../../src/features/clients/clients.ts';
import { movePeople } from '../../../src/features/clients/merge-store.ts';
import { addContact, readListed } from '../../../src/features/clients/people-store.ts';
import { changeClient, mergeInto, readClients } from '../../../src/features/clients/store.ts';
import type { Db } from '../../../src/store/database.ts';
import { newId } from '../../../src/store/id.ts';
import { eachDatabase } from '../../support/databases.ts';
import { bram, direct, openHouse, refusalOf } from '../../support/house.ts';
import { meanwhile } from './meanwhile.ts';

type Kept = Partial<Omit<Contact, 'id' | 'listed'>> & { name: string };

eachDatabase((_, open) => {
  /** What the second of two clients keeps of contacts after the first became a part of it. */
  async function mergedContacts(from: Kept[], to: Kept[]): Promise<Kept[]> {
    const store = await open();
    const now = Temporal.Instant.from('2026-11-23T09:00:00Z');
    const nothing = { role: undefined, language: undefined, person: undefined, email: undefined };
    await store.transact(async (tx) => {
      for (const [client, contacts] of Object.entries({ from, to }))
        for (const contact of contacts)
          await addContact(tx, 'T1', { ...nothing, ...contact, id: newId(), client }, now);
      await movePeople(tx, 'T1', 'from', 'to');
    });
    expect(await readListed(store.db, 'T1', 'from')).toEqual([]);
    return (await readListed(store.db, 'T1', 'to')).map(({ name, role, language, person, email }) => ({
      name,
      role,
      language,
      person,
      email,
    }));
  }

  it('loses nothing of a contact whom both clients keep', async () => {
    const eva = { name: 'Eva Jansen', person: 'eva', email: 'eva@acme.example' };
    expect(
      await mergedContacts(
        [{ ...eva, role: 'Inkoper', language: 'en' }],
        [{ name: 'eva@acme.example', email: 'eva@acme.example' }],
      ),
    ).toEqual([{ ...eva, role: 'Inkoper', language: 'en' }]);
  });

  it('keeps what the client that stays says of a contact', async () => {
    const eva = { name: 'Eva', role: 'Hoofd inkoop', language: 'nl' as const, person: 'eva' };
    expect(
      await mergedContacts(
        [{ name: 'Eva Jansen', role: 'Inkoper', language: 'en', person: 'eva', email: 'eva@acme.example' }],
        [eva],
      ),
    ).toEqual([{ ...eva, email: 'eva@acme.example' }]);
  });

  it('takes two people with one address for two', async () => {
    const address = 'office@acme.example';
    const contacts = await mergedContacts(
      [{ name: 'Eva Jansen', person: 'eva', email: address }],
      [{ name: 'Daan Visser', person: 'daan', email: address }],
    );
    expect(contacts.map(({ person, email }) => [person, email]).toSorted()).toEqual([
      ['daan', address],
      ['eva', undefined],
    ]);
  });

  it('knows somebody by who he is before his address', async () => {
    const contacts = await mergedContacts(
      [{ name: 'Eva Jansen', person: 'eva', email: 'eva@acme.example' }],
      [
        { name: 'Eva', email: 'eva@acme.example' },
        { name: 'Eva Jansen', person: 'eva' },
      ],
    );
    expect(contacts.map(({ person, email }) => [person, email]).toSorted()).toEqual([
      [undefined, 'eva@acme.example'],
      ['eva', undefined],
    ]);
  });

  it('gives no client a name that another is being given', async () => {
    const belay = await openHouse(await open());
    for (const name of ['Acme', 'Support']) await belay.say(bram, direct, `klant toevoegen ${name}`);
    const [acme] = await readClients(belay.store.db, 'T1');
    if (!acme) throw new Error('Acme was not added.');
    const refused = await meanwhile(
      belay.store,
      (tx) => changeClient(tx, 'T1', { ...acme, name: 'Zuid' }, { by: 'anna', now: belay.time.now() }),
      () => belay.say(bram, direct, 'klant hernoemen Support: Zuid'),
    );
    expect(refusalOf(refused)).toContain('Zuid is er al');
    expect(belay.failures).toEqual([]);
    const names = (await readClients(belay.store.db, 'T1')).map(({ name }) => name);
    expect(names).toEqual(['Support', 'Zuid']);
  });

  it.each(['klacht Acme: te laat', 'gesprek Acme morgen 14:00', 'verbetering Acme: bellen'])(
    'loses nothing of “%s” while the client becomes a part of another, or is archived',
    async (typed) => {
      const belay = await openHouse(await open());
      for (const name of ['Acme', 'Support']) await belay.say(bram, direct, `klant toevoegen ${name}`);
      const [acme, support] = await readClients(belay.store.db, 'T1');
      if (!acme || !support) throw new Error('They were not added.');
      const by = { by: 'bram', now: belay.time.now() };
      const during = (work: (tx: Db) => Promise<unknown>) =>
        meanwhile(belay.store, work, () => belay.say(bram, direct, typed));
      const resting = await during((tx) => changeClient(tx, 'T1', { ...acme, archived: true }, by));
      expect(refusalOf(resting)).toContain('gearchiveerd');
      await belay.store.transact((tx) => changeClient(tx, 'T1', acme, by));
      await during((tx) => mergeInto(tx, 'T1', acme.id, support.id));
      for (const table of ['feedback', 'conversation', 'improvement'] as const) {
        const kept = await belay.store.db.selectFrom(table).select('client_id').execute();
        expect(kept.filter(({ client_id }) => client_id === acme.id)).toEqual([]);
      }
      expect(belay.failures).toEqual([]);
    },
  );
});
