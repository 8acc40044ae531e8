import { expect, it } from 'vitest';
import type { Client } from '../../../src/features/clients/clients.ts';
import { addClient, changeClient, readClients } from '../../../src/features/clients/store.ts';
import { newId } from '../../../src/store/id.ts';
import { writePeople } from '../../../src/store/people.ts';
import { eachDatabase } from '../../support/databases.ts';
import { bram, direct, general, openHouse, refusalOf, wordsOf } from '../../support/house.ts';

const nameOf = (at: number) => `Klant ${`${at}`.padStart(3, '0')}`;

/** More than a menu or a card holds. */
eachDatabase((_, open) => {
  async function house(count: number, archived = false) {
    const belay = await openHouse(await open());
    const now = belay.time.now();
    await belay.store.transact(async (tx) => {
      for (let at = 1; at <= count; at += 1) {
        const client: Client = {
          id: newId(),
          name: nameOf(at),
          owner: bram,
          manager: undefined,
          rhythmDays: 14,
          language: undefined,
          knowsNeed: undefined,
          archived: false,
          createdAt: now,
        };
        await addClient(tx, 'T1', client);
        if (archived) await changeClient(tx, 'T1', { ...client, archived }, { by: 'bram', now });
      }
    });
    const all = await readClients(belay.store.db, 'T1');
    return { belay, id: (at: number) => all.find(({ name }) => name === nameOf(at))?.id ?? '' };
  }

  it('asks which client by its name, and keeps the one that was chosen', async () => {
    const { belay, id } = await house(102);
    expect(wordsOf(await belay.press(bram, general, 'clients.link', id(101)))).toContain(
      `"value":"${nameOf(101)}"`,
    );
    // All but itself are still too many.
    const form = wordsOf(await belay.press(bram, direct, 'clients.merge', id(1)));
    expect(form).toContain('"kind":"text","id":"into"');
    for (const into of [id(101), 'klant 101'])
      expect(wordsOf(await belay.submit(bram, direct, 'clients.merge', id(1), { into }))).toContain(
        `Alles van ${nameOf(1)} gaat over naar ${nameOf(101)}`,
      );
    const unknown = await belay.submit(bram, direct, 'clients.merge', id(1), { into: 'Zebra' });
    expect(refusalOf(unknown)).toContain('ken ik nog niet');
  });

  it('shows some of the archived, and finds the others by name', async () => {
    const { belay } = await house(22, true);
    const shown = wordsOf(await belay.press(bram, direct, 'clients.archived'));
    expect(shown).toMatch(/Klant 020.*En nog 2\. Typ/);
    expect(shown).not.toContain('Klant 021');
    const named = await belay.say(bram, direct, 'klant klant 021');
    expect(refusalOf(named)).toContain('Klant 021 is gearchiveerd');
    expect(wordsOf(named)).toContain('clients.show');
  });

  it('holds the manager in the menu, and names some of a large team', async () => {
    const { belay, id } = await house(1);
    const people = Array.from({ length: 150 }, (_, at) => ({
      id: `colleague-${at}`,
      name: `Collega ${`${at}`.padStart(3, '0')}`,
      outsider: false,
      admin: false,
      checkedAt: '',
    }));
    await belay.store.transact((tx) => writePeople(tx, 'test', 'T1', people));
    await belay.people.saveMembers('T1', 'general', ['bram', ...people.map((one) => one.id)]);
    await belay.say(bram, general, 'klant koppelen Klant 001 intern');
    await belay.submit(bram, direct, 'clients.manager', id(1), { person: 'colleague-149' });
    const form = wordsOf(await belay.press(bram, direct, 'clients.change', id(1)));
    expect(form).toMatch(/"value":"colleague-149","label":"Collega 149".*"value":"colleague-149"/);
    const shown = wordsOf(await belay.say(bram, direct, 'klant Klant 001'));
    expect(shown).toContain('Collega 014, en nog 134');
  });
});
