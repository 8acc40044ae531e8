import { expect, it } from 'vitest';
import type { Asked } from '../../../src/chat/feature.ts';
import { Refusal } from '../../../src/chat/refusal.ts';
import { refusalCard } from '../../../src/chat/refusal-card.ts';
import type { Person, Place } from '../../../src/chat/request.ts';
import { mustRead, mustWrite } from '../../../src/features/clients/access-store.ts';
import type { Client } from '../../../src/features/clients/clients.ts';
import { nameClient } from '../../../src/features/clients/naming-store.ts';
import { readClients } from '../../../src/features/clients/store.ts';
import type { Db } from '../../../src/store/database.ts';
import { voice } from '../../../src/text/say.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acme, anna, bram, carla, daan, direct, general, openHouse } from '../../support/house.ts';

/** What whoever speaks is answered when he names a client, in all that he can see. */
eachDatabase((_, open) => {
  async function house() {
    const belay = await openHouse(await open());
    const asked = (tx: Db, person: Person, place: Place): Asked => ({
      link: () => undefined,
      mails: false,
      seal: () => undefined,
      defaults: { language: 'nl', timeZone: 'Europe/Amsterdam' },
      tx,
      now: belay.time.now(),
      platform: 'test',
      tenant: 'T1',
      person: { ...person, language: 'nl', timeZone: 'Europe/Amsterdam' },
      place: { ...place, language: 'nl', timeZone: 'Europe/Amsterdam' },
      say: voice('nl'),
      sayHere: voice('nl'),
    });
    const answered = async (
      person: Person,
      place: Place,
      work: (asked: Asked) => Promise<Client | undefined>,
    ) => {
      try {
        return (await belay.store.transact((tx) => work(asked(tx, person, place))))?.name ?? 'fine';
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return JSON.stringify(refusalCard(error, voice('nl')));
      }
    };
    return {
      belay,
      name: (person: Person, typed: string, place = direct) =>
        answered(person, place, (asked) => nameClient(asked, typed)),
      may: (person: Person, what: typeof mustRead, client: Client) =>
        answered(person, direct, async (asked) => {
          await what(asked, client);
          return undefined;
        }),
    };
  }

  it('is found among all clients by those of the workspace', async () => {
    const { belay, name } = await house();
    await belay.say(bram, direct, 'klant toevoegen Acme');
    await belay.say(bram, direct, 'klant toevoegen Zuidas');
    expect(await name(carla, 'zuid')).toBe('Zuidas');
    expect(await name(carla, '')).toContain('Over welke klant gaat het');
    await belay.say(bram, general, 'klant koppelen Zuidas intern');
    expect(await name(carla, '', general)).toBe('Zuidas');
  });

  it('is found by an outsider among his own alone, and no other is there for him', async () => {
    const { belay, name } = await house();
    await belay.say(bram, direct, 'klant toevoegen Acme');
    await belay.say(bram, direct, 'klant toevoegen Zuidas');
    const unknown = async (typed: string, place = direct) =>
      (await name(daan, typed, place)).replaceAll(typed, 'NAME');
    const nobody = await unknown('Bestaatniet');
    expect(await unknown('Acme')).toBe(nobody);
    expect(await name(daan, '')).toContain('alleen voor het team');
    await belay.say(bram, acme, 'klant koppelen Acme gedeeld');
    expect(await name(daan, 'acm')).toBe('Acme');
    for (const place of [direct, acme, general]) expect(await name(daan, '', place)).toBe('Acme');
    for (const typed of ['Zuidas', 'zuidas', 'Zuid', 'Zuidaz', 'Z'])
      expect(await unknown(typed)).toBe(nobody);
    // In a channel of another client, where he has come in, he learns no more.
    await belay.say(bram, general, 'klant koppelen Zuidas intern');
    expect(await name(daan, '', general)).toBe('Acme');
    expect(await unknown('Zuidas', general)).toBe(nobody);
    // Whoever cannot be known just now has no client at all.
    expect(await name({ ...daan, unknown: true }, 'Acme')).toBe(nobody.replaceAll('NAME', 'Acme'));
    await belay.say(bram, direct, 'klant contact Zuidas @Daan Visser');
    expect(await name(daan, 'zuid')).toBe('Zuidas');
    expect(await name(daan, '')).toContain('“Acme”, “Zuidas”');
    await belay.say(bram, direct, 'klant archiveren Acme');
    const [client] = await readClients(belay.store.db, 'T1');
    await belay.press(bram, direct, 'clients.archive-now', client?.id ?? '');
    expect(await unknown('Acme')).toBe(nobody);
    expect(await name(daan, '', acme)).toBe('Zuidas');
  });

  it('is read by colleagues and changed by its team', async () => {
    const { belay, may } = await house();
    await belay.say(bram, direct, 'klant toevoegen Acme');
    await belay.say(bram, acme, 'klant koppelen Acme gedeeld');
    const [client] = await readClients(belay.store.db, 'T1');
    if (!client) throw new Error('Acme was not added.');
    for (const person of [anna, bram]) expect(await may(person, mustWrite, client)).toBe('fine');
    expect(await may(carla, mustRead, client)).toBe('fine');
    expect(await may(carla, mustWrite, client)).toContain('Bram Bakker is eigenaar');
    for (const what of [mustRead, mustWrite])
      expect(await may(daan, what, client)).toContain('alleen voor het team');
  });
});
