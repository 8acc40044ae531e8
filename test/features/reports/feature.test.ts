import type { KyselyPlugin } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Asked } from '../../../src/chat/feature.ts';
import { contactsOf } from '../../../src/features/clients/access-store.ts';
import { clientsWithContact } from '../../../src/features/clients/contact-store.ts';
import { addClient, readClients } from '../../../src/features/clients/store.ts';
import { reports } from '../../../src/features/reports/feature.ts';
import type { Db } from '../../../src/store/database.ts';
import { voice } from '../../../src/text/say.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient, openTeamHouse, type TeamHouse } from '../../support/expectation-house.ts';
import {
  acme,
  anna,
  bram,
  carla,
  daan,
  direct,
  general,
  type House,
  refusalOf,
  subjectOf,
  wordsOf,
} from '../../support/house.ts';

/** Beside Acme a second client, which nobody knows anything of. */
async function withBakery(belay: TeamHouse, owner = 'anna'): Promise<void> {
  const bakery = acmeClient(belay, { id: 'c2', name: 'Bakkerij', owner: { id: owner, name: 'Bram Bakker' } });
  await belay.store.transact((tx) => addClient(tx, 'T1', { ...bakery, manager: undefined }));
}

async function touching(belay: House, expectation: string, text = 'te laat'): Promise<void> {
  const id = subjectOf(await belay.say(anna, direct, `klacht Acme: ${text}`), 'feedback.details');
  const fields = { text, 'said-by': 'Daan', day: '2026-11-20', expectation };
  await belay.submit(anna, direct, 'feedback.details', id, fields);
}

/** What the offered file holds, for whom it was offered. */
async function fileOf(belay: House, person = anna) {
  await belay.press(person, direct, 'reports.export');
  const [, subject = ''] = /reports\.export\/([\w.-]+)"/.exec(JSON.stringify(await belay.settle())) ?? [];
  return belay.pages.download(belay.linked('reports.export', subject));
}

function linesOf(body: string): string[] {
  return body
    .replace(/^\ufeff/, '')
    .trim()
    .replaceAll('"', '')
    .split('\r\n');
}

eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());

  describe('the report of all clients', () => {
    it('shows of whom the least is known first, in both languages', async () => {
      const belay = await house();
      await withBakery(belay);
      await belay.plant('Elke week bellen', { stage: 'confirmed' });
      await belay.plant('Vooruitdenken');
      const said = wordsOf(await belay.say(anna, direct, 'rapport'));
      expect(said).toContain(
        'Van 1 van de 2 klanten is een verwachting bevestigd. Van 1 is nog niets genoteerd.',
      );
      expect(said).toMatch(/Bakkerij.*nog geen verwachting genoteerd.*Acme.*1 bevestigd, 1 genoteerd/);
      expect(said).toContain('Wat nog mist: 1 nog niet voorgelegd');
      const english = wordsOf(await belay.say(carla, direct, 'report'));
      expect(english).toMatch(/for 1 of 2 clients.*1 confirmed, 1 noted/);
      expect(wordsOf(await belay.say(carla, direct, 'rapport'))).toBe(english);
    });

    it('counts open complaints, and those about what nobody had noted', async () => {
      const belay = await house();
      const id = await belay.plant('Op tijd');
      await touching(belay, 'unnoted', 'te laat');
      await touching(belay, id, 'weer te laat');
      const said = wordsOf(await belay.say(anna, direct, 'rapport'));
      expect(said).toContain('niemand had genoteerd: 1 van 2, in de laatste drie maanden');
      expect(said).toContain('2 open klachten');
      belay.time.advance({ hours: 24 * 93 });
      const later = wordsOf(await belay.say(anna, direct, 'rapport'));
      expect(later).not.toContain('niemand had genoteerd');
      expect(later).toContain('2 open klachten');
    });

    it('has ten clients in a card, and the rest behind a button', async () => {
      const belay = await house();
      for (let at = 10; at < 31; at += 1)
        await belay.store.transact((tx) =>
          addClient(tx, 'T1', acmeClient(belay, { id: `k${at}`, name: `Klant ${at}` })),
        );
      const shown = (said: string) => said.match(/"press":"reports\.client"/g)?.length;
      const first = wordsOf(await belay.say(anna, direct, 'rapport'));
      expect([shown(first), first.includes('Pagina 1 van 3')]).toEqual([10, true]);
      const last = wordsOf(await belay.press(anna, direct, 'reports.all', '', '3'));
      expect([shown(last), last.includes('reports.all.2')]).toEqual([2, true]);
      for (const detail of ['99', '-1', 'x'])
        expect((await belay.press(anna, direct, 'reports.all', '', detail)).kind).toBe('answer');
    });

    it('asks the database the same few things however many clients there are', async () => {
      const belay = await house();
      await belay.plant('Op tijd', { stage: 'confirmed' });
      // The first time some statements are made that are kept.
      await countQueries(belay);
      const few = await countQueries(belay);
      expect(few).toBeGreaterThan(8);
      expect(few).toBeLessThan(16);
      for (let at = 10; at < 40; at += 1) {
        await belay.store.transact((tx) =>
          addClient(tx, 'T1', acmeClient(belay, { id: `k${at}`, name: `Klant ${at}` })),
        );
        await belay.plant('Snel', { client: `k${at}`, stage: 'sent' });
      }
      expect(await countQueries(belay)).toBe(few);
    });

    it('is there with one client, and without any, too', async () => {
      const belay = await house();
      const only = wordsOf(await belay.say(anna, direct, 'rapport'));
      expect(only).toContain('Van je enige klant is nog geen verwachting bevestigd."');
      await belay.press(anna, direct, 'clients.archive-now', 'c1');
      expect(wordsOf(await belay.say(anna, direct, 'rapport'))).toContain('Er is nog geen klant.');
    });
  });

  describe('the report of one client', () => {
    it('shows each expectation with its state, when it was spoken of, and from which complaint', async () => {
      const belay = await house();
      await belay.plant('Elke week bellen', { stage: 'confirmed' });
      await touching(belay, await belay.plant('Op tijd'));
      belay.time.advance({ hours: 24 * 20 });
      const said = wordsOf(await belay.say(anna, direct, 'rapport Acme'));
      expect(said).toMatch(/1\. Elke week bellen, concreet.*bevestigd op 23 november/);
      expect(said).toMatch(/2\. Op tijd.*nog niet voorgelegd · uit: klacht van 20 november/);
      expect(said).toContain('– nog nooit ter sprake gebracht');
      expect(said).toContain('de oudste 2 weken geleden gehoord');
      expect(wordsOf(await belay.press(anna, direct, 'reports.client', 'c1'))).toBe(said);
      expect(refusalOf(await belay.say(anna, direct, 'rapport Akme'))).toContain('Acme');
    });

    it('says what another capability misses or heard, where it tells', async () => {
      const belay = await house();
      const id = await belay.plant('Op tijd');
      const dossier = {
        show: async () => ({ elements: [], buttons: [] }),
        missing: async () => 'nog geen cijfer',
        sources: async () => new Map([[id, ['verbetering van 3 maart']]]),
      };
      const [command] = reports([{ name: 'kti', dossier }]).commands ?? [];
      const effects = await belay.store.transact(async (tx) =>
        command?.run(askedOf(belay, tx), typed('Acme')),
      );
      expect(JSON.stringify(effects)).toMatch(/– nog geen cijfer.*uit: verbetering van 3 maart/);
    });

    it('is that of the client which it was merged into, with the expectations of both', async () => {
      const belay = await house();
      await withBakery(belay);
      await belay.plant('Vers brood', { client: 'c2', stage: 'confirmed' });
      await belay.press(anna, direct, 'clients.merge-now', 'c2/c1');
      const said = wordsOf(await belay.press(anna, direct, 'reports.client', 'c2'));
      expect(said).toMatch(/Wat we weten van Acme.*Vers brood/);
    });
  });

  describe('the file', () => {
    it('has a row for each expectation and for each client of whom nothing is known', async () => {
      const belay = await house();
      await withBakery(belay);
      await touching(belay, await belay.plant('Elke week; ook in de zomer', { stage: 'confirmed' }));
      await belay.plant('=1+1', { stage: 'noted' });
      belay.time.advance({ hours: 48 });
      const file = await fileOf(belay);
      expect(file).toMatchObject({ name: 'rapport-2026-11-25.csv', type: 'text/csv; charset=utf-8' });
      expect(linesOf(file.body)).toEqual([
        'Klant;Verwachting;Stand;Bevestigd op;Leeftijd in dagen;Laatst besproken;Uit;Wat nog mist',
        'Bakkerij;;;;;;;nog geen verwachting genoteerd, nog geen contactpersoon',
        'Acme;Elke week; ook in de zomer, concreet;bevestigd;2026-11-23;2;;klacht van 20 november;1 nog niet voorgelegd',
        "Acme;'=1+1;genoteerd;;2;;;1 nog niet voorgelegd",
      ]);
      expect(linesOf((await fileOf(belay, carla)).body)[0]).toContain('Client,Expectation,State');
    });

    it('holds what its reader may see at that moment, and nothing for whoever has left', async () => {
      const belay = await house();
      const inside = { about: 'person' as const, person: { id: 'bram', name: bram.name } };
      await belay.plant('Bram sneller', { inside });
      expect((await fileOf(belay, bram)).body).toContain('Bram sneller');
      expect((await fileOf(belay, carla)).body).not.toContain('Bram sneller');
      const kept = { ...carla, outsider: true, checkedAt: belay.time.now().toString() };
      await belay.people.savePerson('T1', kept);
      const again = belay.pages.download(belay.linked('reports.export', 'carla'));
      await expect(again).rejects.toThrow('error.link-gone');
      const unknown = belay.pages.download(belay.linked('reports.export', 'nobody'));
      await expect(unknown).rejects.toThrow('error.link-gone');
    });

    it('is none without an address of Belay’s own, and says so', async () => {
      const belay = await house();
      belay.outside.link = () => undefined;
      expect(refusalOf(await belay.press(anna, direct, 'reports.export'))).toContain('PUBLIC_URL');
    });
  });

  describe('who may read it', () => {
    it('is nothing for the client’s people, whatever they type or press', async () => {
      const belay = await house();
      await belay.plant('Op tijd');
      for (const text of ['rapport', 'rapport Acme', 'report'])
        expect((await belay.say(daan, acme, text)).kind).toBe('refused');
      for (const press of ['all', 'client', 'export'])
        expect((await belay.press(daan, acme, `reports.${press}`, 'c1')).kind).toBe('refused');
      expect(await belay.settle()).toEqual([]);
    });

    it('is for whoever asks alone, where the client or colleagues read along', async () => {
      const belay = await house();
      await belay.plant('Op tijd');
      for (const place of [acme, general]) {
        await belay.say(anna, place, 'rapport', { returns: 'nothing' });
        const sent = await belay.settle();
        expect(sent).toMatchObject([{ kind: 'whisper', person: 'anna', audience: 'person' }]);
      }
    });

    it('leaves out a client for a colleague who is its contact, in card and file', async () => {
      const belay = await house();
      await withBakery(belay);
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      await belay.say(bram, direct, 'klant contact Acme @Carla Smit');
      await belay.plant('Geheim van Acme');
      const said = wordsOf(await belay.say(carla, direct, 'rapport'));
      expect(said).toContain('Bakkerij');
      expect(said).not.toContain('Acme');
      expect(refusalOf(await belay.say(carla, direct, 'rapport Acme'))).not.toContain('Geheim');
      expect((await belay.press(carla, direct, 'reports.client', 'c1')).kind).toBe('refused');
      const { body } = await fileOf(belay, carla);
      expect(body).toContain('Bakkerij');
      expect(body).not.toContain('Acme');
    });

    it('leaves out what is about a person, for who may not see it, in all its ways', async () => {
      const belay = await house();
      const inside = { about: 'person' as const, person: { id: 'bram', name: bram.name } };
      await touching(belay, await belay.plant('Bram sneller', { inside }));
      for (const text of ['rapport', 'rapport Acme']) {
        const said = wordsOf(await belay.say(carla, direct, text));
        expect(said).toContain('no expectation noted yet');
        expect(said).not.toContain('Bram sneller');
      }
      expect(wordsOf(await belay.say(bram, direct, 'rapport Acme'))).toContain('Bram sneller');
    });

    it('is none of another workspace’s', async () => {
      const belay = await house();
      await belay.plant('Op tijd');
      expect(wordsOf(await belay.say(anna, direct, 'rapport', { tenant: 'T2' }))).not.toContain('Acme');
      const other = { tenant: 'T2' };
      expect((await belay.press(anna, direct, 'reports.client', 'c1', '', other)).kind).toBe('refused');
      const abroad = { ...belay.linked('reports.export', 'anna'), tenant: 'T2' };
      await expect(belay.pages.download(abroad)).rejects.toThrow('error.link-gone');
    });
  });

  it('knows of the same clients as their own cards whether anybody is known there', async () => {
    const belay = await house();
    await belay.people.saveMembers('T1', 'acme', ['anna', 'daan']);
    const make = (id: string) =>
      belay.store.transact((tx) => addClient(tx, 'T1', acmeClient(belay, { id, name: `Klant ${id}` })));
    for (const id of ['none', 'listed', 'domain', 'empty']) await make(id);
    await belay.people.savePlace('T1', { ...acme, id: 'leeg', checkedAt: belay.time.now().toString() });
    await belay.people.saveMembers('T1', 'leeg', ['anna', 'bram']);
    await belay.link('leeg', 'shared', 'empty');
    await belay.say(anna, direct, 'klant contact Klant listed eva@acme.example');
    await belay.people.savePerson('T1', {
      ...{ id: 'eva', name: 'Eva Jansen', outsider: true, admin: false, email: 'Eva@Domein.example' },
      checkedAt: belay.time.now().toString(),
    });
    await belay.say(anna, direct, 'klant domein Klant domain domein.example');
    const at = { tx: belay.store.db, tenant: 'T1', platform: 'test' };
    const each: string[] = [];
    for (const { id } of await readClients(at.tx, 'T1'))
      if ((await contactsOf(at, id)).length > 0) each.push(id);
    expect(each.toSorted()).toEqual(['c1', 'domain', 'listed']);
    expect([...(await clientsWithContact(at.tx, at))].toSorted()).toEqual(each.toSorted());
  });
});

/** As Anna asks it in a conversation of her own. */
function askedOf({ outside, time }: House, tx: Db): Asked {
  const say = voice('nl');
  return {
    ...{ ...outside, link: () => undefined, tx, now: time.now(), platform: 'test', tenant: 'T1' },
    ...{ say, sayHere: say },
    person: { ...anna, language: 'nl', timeZone: 'Europe/Amsterdam' },
    place: { ...direct, language: 'nl', timeZone: 'Europe/Amsterdam' },
  };
}

const typed = (text: string) => ({ words: 'rapport', colon: false, text, mentions: [] });

/** How many statements the report of all clients takes. */
async function countQueries(belay: House): Promise<number> {
  let count = 0;
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => {
      count += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const report = belay.features
    .flatMap(({ commands }) => commands ?? [])
    .find(({ words }) => words.nl.includes('rapport'));
  await belay.store.transact(async (tx) => report?.run(askedOf(belay, tx.withPlugin(counting)), typed('')));
  return count;
}
