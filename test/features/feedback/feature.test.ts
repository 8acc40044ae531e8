import { describe, expect, it } from 'vitest';
import type { Person } from '../../../src/chat/request.ts';
import { setColleague } from '../../../src/store/people.ts';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse } from '../../support/expectation-house.ts';
import {
  acme,
  anna,
  bram,
  carla,
  daan,
  direct,
  finn,
  general,
  type House,
  refusalOf,
  subjectOf,
  wordsOf,
} from '../../support/house.ts';

async function rows(belay: House) {
  return belay.store.db.selectFrom('feedback').selectAll().orderBy('brought_at').orderBy('id').execute();
}

eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());

  describe('bringing', () => {
    it('keeps a complaint in the client’s words, and tells the owner at once', async () => {
      const belay = await house();
      const said = await belay.say(bram, direct, 'klacht Acme: weer te laat geleverd');
      expect(said).toMatchObject({ kind: 'answer' });
      expect(wordsOf(said)).toMatch(/De klacht van Acme is genoteerd.*weer te laat geleverd/);
      expect(await rows(belay)).toMatchObject([
        { kind: 'complaint', client_id: 'c1', state: 'new', owner_id: 'anna', brought_by_id: 'bram' },
      ]);
      const told = await belay.settle();
      expect(told).toMatchObject([{ person: 'anna', audience: 'internal' }]);
      expect(wordsOf(told[0] as never)).toContain('weer te laat geleverd');
      await belay.say(anna, direct, 'klacht Acme: nog een');
      expect(await belay.settle()).toEqual([]);
      const again = () => belay.submit(bram, direct, 'feedback.complaint', 'c1', { text: 'tegelijk' });
      await Promise.all([again(), again()]);
      expect(await rows(belay)).toHaveLength(3);
      const ofNone = (text: string) => belay.say(bram, direct, `succes ${text}`);
      for (const text of ['een', 'twee', 'drie']) await Promise.all([text, text, text, text].map(ofNone));
      expect(await rows(belay)).toHaveLength(6);
    });

    it('gives a complaint to whoever stands in for an owner who has left, and tells him', async () => {
      const belay = await house();
      const left = (person: Person) =>
        belay.people.savePerson('T1', { ...person, outsider: true, checkedAt: belay.time.now().toString() });
      await left(anna);
      await belay.say(carla, direct, 'klacht Acme: te laat');
      expect(await rows(belay)).toMatchObject([{ owner_id: 'bram', owner_name: bram.name }]);
      expect(await belay.settle()).toMatchObject([{ kind: 'post', person: 'bram', audience: 'internal' }]);
      await left(bram);
      await belay.say(carla, direct, 'klacht Acme: weer te laat');
      expect((await rows(belay)).map(({ owner_id }) => owner_id)).toEqual(['bram', 'carla']);
    });

    it('needs no name in the client’s own channel, and asks for one elsewhere with the words kept', async () => {
      const belay = await house();
      expect(wordsOf(await belay.say(anna, general, 'compliment: jullie dachten mee'))).toContain(
        'Het compliment van Acme',
      );
      const form = wordsOf(await belay.say(anna, direct, 'klacht Akmee: te duur'));
      expect(form).toMatch(/"name":"feedback\.complaint".*te duur/);
      expect(form).toContain('Akmee');
      const whole = wordsOf(await belay.say(anna, general, 'klacht Daan belde: te duur'));
      expect(whole).toContain('"value":"Daan belde: te duur"');
      expect(wordsOf(await belay.say(anna, direct, 'succes De audit is gehaald'))).toContain('Het succes is');
      expect((await rows(belay)).map(({ kind, client_id }) => [kind, client_id])).toEqual([
        ['compliment', 'c1'],
        ['success', null],
      ]);
    });

    it('keeps nothing of an archived client by its former name, which may be another’s beginning', async () => {
      const belay = await house();
      await belay.say(anna, direct, 'klant hernoemen Acme: Acme Groep');
      await belay.press(anna, direct, 'clients.archive-now', 'c1');
      for (const text of ['klacht Acme: te laat', 'klachten Acme', 'klacht Acme Groep: te laat'])
        expect(refusalOf(await belay.say(anna, direct, text))).toContain('Acme Groep is gearchiveerd');
      expect(refusalOf(await belay.say(anna, direct, 'verwacht Acme Groep: op tijd'))).toContain(
        'is gearchiveerd',
      );
      expect(await rows(belay)).toEqual([]);
      await belay.say(anna, direct, 'klant toevoegen Acme Zuid');
      expect(wordsOf(await belay.say(anna, direct, 'klacht Acme: te laat'))).toContain(
        'De klacht van Acme Zuid is genoteerd',
      );
    });

    it('is answered privately where the client reads along, and is nothing for the client', async () => {
      const belay = await house();
      const said = await belay.say(anna, acme, 'klacht Acme: te laat');
      expect(said.kind).toBe('answer');
      expect(wordsOf(said)).toContain('Alleen jij ziet dit antwoord');
      expect((await belay.settle()).filter(({ place }) => place === 'acme')).toEqual([]);
      for (const text of ['klacht Acme: te laat', 'klachten', 'succes wij'])
        expect((await belay.say(daan, acme, text)).kind).toBe('refused');
      const id = subjectOf(said, 'feedback.take');
      for (const press of ['take', 'show', 'details', 'answer', 'share'])
        expect((await belay.press(daan, acme, `feedback.${press}`, id)).kind).toBe('refused');
      expect(await rows(belay)).toHaveLength(1);
    });

    it('refuses what cannot be kept, in words', async () => {
      const belay = await house();
      const send = (fields: Record<string, string>, subject = 'c1') =>
        belay.submit(anna, direct, 'feedback.complaint', subject, fields);
      expect(refusalOf(await send({ text: ' ' }))).toContain('Schrijf er iets bij');
      expect(refusalOf(await send({ text: 'x'.repeat(1001) }))).toContain('1000');
      expect(refusalOf(await send({ text: 'a', link: 'javascript:1' }))).toContain('https://');
      expect(refusalOf(await send({ text: 'a' }, ''))).toContain('Kies een klant');
      expect(await rows(belay)).toEqual([]);
    });
  });

  describe('a complaint', () => {
    async function brought(belay: House) {
      return subjectOf(await belay.say(anna, direct, 'klacht Acme: te laat'), 'feedback.take');
    }

    it('is taken up, answered and learned from, and its owner’s card follows', async () => {
      const belay = await house();
      const id = subjectOf(await belay.say(bram, direct, 'klacht Acme: te laat'), 'feedback.take');
      await belay.settle();
      await belay.press(anna, direct, 'feedback.take', id);
      expect(wordsOf(await belay.press(anna, direct, 'feedback.answer', id))).toContain(
        'Wat heb je de klant',
      );
      const answered = await belay.submit(bram, direct, 'feedback.answer', id, {
        words: 'Morgen om tien uur',
      });
      expect(wordsOf(answered)).toContain('Morgen om tien uur');
      expect(await belay.settle()).toMatchObject([{ kind: 'update', person: 'anna' }]);
      await belay.submit(anna, direct, 'feedback.learn', id, { words: 'Bel vóór de klant belt' });
      expect(await rows(belay)).toMatchObject([
        { state: 'learned', answered: 'Morgen om tien uur', learned: 'Bel vóór de klant belt' },
      ]);
      await belay.submit(bram, direct, 'feedback.answer', id, { words: 'Ook gebeld' });
      expect(refusalOf(await belay.press(anna, direct, 'feedback.take', id))).toContain('al verder');
      const deeds = await belay.store.db
        .selectFrom('feedback_event')
        .select(['happened', 'text'])
        .orderBy('id')
        .execute();
      expect(deeds.map(({ happened, text }) => [happened, text])).toEqual([
        ['brought', null],
        ['handling', null],
        ['answered', null],
        ['learned', null],
        ['answered', 'Morgen om tien uur'],
      ]);
    });

    it('is handed over, and the other hears of it', async () => {
      const belay = await house();
      const id = await brought(belay);
      await belay.submit(anna, direct, 'feedback.hand', id, { person: 'bram' });
      expect(await belay.settle()).toMatchObject([{ person: 'bram', audience: 'internal' }]);
      expect(
        refusalOf(await belay.submit(anna, direct, 'feedback.hand', id, { person: 'daan' })),
      ).toBeTruthy();
      expect(await rows(belay)).toMatchObject([{ owner_id: 'bram' }]);
    });

    it('says on the card of the owner before that another has it, with what he may still do', async () => {
      const belay = await house();
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      const id = subjectOf(await belay.say(bram, direct, 'klacht Acme: te laat'), 'feedback.take');
      await belay.settle();
      await belay.press(bram, direct, 'feedback.take', id);
      const [renewed, ...others] = await belay.settle();
      expect(renewed).toMatchObject({ kind: 'update', person: 'anna', audience: 'internal' });
      expect(others).toEqual([]);
      expect(wordsOf(renewed as never)).toMatch(/in behandeling.*Bram Bakker.*feedback\.answer/);
      await belay.submit(anna, direct, 'feedback.hand', id, { person: 'carla' });
      await belay.settle();
      await belay.submit(anna, direct, 'feedback.hand', id, { person: 'bram' });
      const carlas = (await belay.settle()).find(({ person }) => person === 'carla');
      expect(carlas).toMatchObject({ kind: 'update', audience: 'internal' });
      expect(wordsOf(carlas as never)).toContain('Bram Bakker');
      expect(wordsOf(carlas as never)).not.toContain('feedback.answer');
    });

    it('reaches the client only on purpose, as it was written then', async () => {
      const belay = await house();
      const id = await brought(belay);
      await belay.submit(anna, direct, 'feedback.answer', id, { words: 'geheim: leverancier fout' });
      await belay.settle();
      await belay.submit(anna, direct, 'feedback.share', id, {
        said: 'te laat',
        words: 'Vanaf nu bellen wij vooraf.',
      });
      const [shared] = await belay.settle();
      expect(shared).toMatchObject({ place: 'acme', audience: 'anyone' });
      expect(wordsOf(shared as never)).toMatch(/te laat.*Vanaf nu bellen wij vooraf/);
      expect(wordsOf(shared as never)).not.toMatch(/geheim|Bram|Anna/);
    });

    it('touches an expectation, or one that nobody had noted, and the list counts those', async () => {
      const belay = await house();
      const id = await brought(belay);
      const form = wordsOf(await belay.press(anna, direct, 'feedback.details', id));
      expect(form).toContain('nog niet hadden genoteerd');
      const fields = { text: 'te laat', 'said-by': 'Daan', day: '2026-11-20', expectation: 'unnoted' };
      const card = wordsOf(await belay.submit(anna, direct, 'feedback.details', id, fields));
      expect(card).toMatch(/Daan, gebracht door Anna de Vries, 20 november/);
      expect(card).toContain('feedback.begin');
      const other = { ...fields, expectation: 'of-another-client' };
      expect((await belay.submit(anna, direct, 'feedback.details', id, other)).kind).toBe('refused');
      expect(wordsOf(await belay.say(anna, direct, 'klachten'))).toContain('1 van 1 gingen over');
      expect(wordsOf(await belay.say({ ...carla, language: 'en' }, direct, 'complaints Acme'))).toContain(
        'te laat',
      );
    });

    it('begins the expectation that nobody had noted with one press, and touches it from then on', async () => {
      const belay = await house();
      const id = await brought(belay);
      const unnoted = { text: 'te laat', expectation: 'unnoted' };
      await belay.submit(anna, direct, 'feedback.details', id, unnoted);
      expect(wordsOf(await belay.press(anna, direct, 'feedback.begin', id))).toMatch(
        /Wat verwacht de klant.*"value":"te laat"/,
      );
      const empty = await belay.submit(anna, direct, 'feedback.begin', id, { text: ' ' });
      expect(empty.kind).toBe('refused');
      const noted = await belay.submit(anna, direct, 'feedback.begin', id, { text: 'Op de dag geleverd' });
      expect(wordsOf(noted)).toMatch(/Op de dag geleverd.*expectations.concrete/);
      const card = wordsOf(await belay.press(anna, direct, 'feedback.show', id));
      expect(card).toMatch(/te laat.*Op de dag geleverd/);
      expect(card).not.toContain('feedback.begin');
      expect(wordsOf(await belay.say(anna, direct, 'klachten'))).toContain('1 van 1 gingen over');
      const twice = await belay.submit(anna, direct, 'feedback.begin', id, { text: 'Iets anders' });
      expect(refusalOf(twice)).toContain('al een verwachting');
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      expect((await belay.press(carla, direct, 'feedback.begin', id)).kind).toBe('refused');
    });

    it('comes again to whoever filled in what another has changed meanwhile', async () => {
      const belay = await house();
      const id = await brought(belay);
      const subject = /"subject":"([^"]+)"/.exec(
        wordsOf(await belay.press(anna, direct, 'feedback.details', id)),
      )?.[1];
      const send = (who: Person, at: string, fields: Record<string, string>) =>
        belay.submit(who, direct, 'feedback.details', at, { text: 'te laat', ...fields });
      await send(anna, subject ?? '', { 'said-by': 'Daan' });
      await send(bram, `${id}.1`, { expectation: 'unnoted' });
      const again = await send(anna, subject ?? '', { text: 'veel te laat' });
      expect(refusalOf(again)).toContain('Bram Bakker heeft dit intussen aangevuld');
      for (const said of ['een verwachting die we nog niet kenden', '"value":"veel te laat"', `${id}.2`])
        expect(wordsOf(again)).toContain(said);
      expect(await rows(belay)).toMatchObject([{ text: 'te laat', unnoted: 1 }]);
      expect((await send(anna, `${id}.2`, { text: 'veel te laat' })).kind).toBe('answer');
    });

    it('stays about what nobody had noted when that is noted since, and not when it was known all along', async () => {
      const belay = await house();
      const known = await belay.plant('Op tijd');
      belay.time.advance({ minutes: 1 });
      const id = await brought(belay);
      belay.time.advance({ minutes: 1 });
      const since = await belay.plant('Vooraf bellen');
      const share = async (expectation: string) => {
        await belay.submit(anna, direct, 'feedback.details', id, { text: 'te laat', expectation });
        return /\d van \d gingen over/.exec(wordsOf(await belay.say(anna, direct, 'klachten')))?.[0];
      };
      expect(await share('unnoted')).toBe('1 van 1 gingen over');
      expect(await share(since)).toBe('1 van 1 gingen over');
      expect(await share(known)).toBe('0 van 1 gingen over');
    });

    it('is none of another workspace’s', async () => {
      const belay = await house();
      const id = await brought(belay);
      const other = { tenant: 'T2' };
      for (const press of ['show', 'take', 'answer', 'details'])
        expect((await belay.press(anna, direct, `feedback.${press}`, id, '', other)).kind).toBe('refused');
    });

    it('is read by a colleague outside the client’s team, who may not change it', async () => {
      const belay = await house();
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      const id = await brought(belay);
      const kept = await rows(belay);
      const shown = wordsOf(await belay.press(carla, direct, 'feedback.show', id));
      expect(shown).toContain('te laat');
      expect(shown).not.toContain('feedback.take');
      const notHers = 'Only Anna de Vries can do that';
      const changes = ['hand', 'answer', 'learn', 'share', 'details'];
      for (const press of ['take', ...changes])
        expect(refusalOf(await belay.press(carla, direct, `feedback.${press}`, id))).toContain(notHers);
      const fields = { person: 'carla', words: 'Gebeld', text: 'anders' };
      for (const form of changes)
        expect(refusalOf(await belay.submit(carla, direct, `feedback.${form}`, id, fields))).toContain(
          notHers,
        );
      expect(await rows(belay)).toEqual(kept);
      expect(await belay.settle()).toEqual([]);
      // What she brought herself she brings further; to the client speaks its team alone.
      const own = subjectOf(await belay.say(carla, direct, 'complaint Acme: late'), 'feedback.take');
      await belay.submit(carla, direct, 'feedback.answer', own, { words: 'called' });
      const told = { said: 'late', words: 'called' };
      expect(refusalOf(await belay.submit(carla, direct, 'feedback.share', own, told))).toContain('team');
      expect((await belay.settle()).filter(({ place }) => place === 'acme')).toEqual([]);
    });

    it('stays as it is while its client is archived, and tells the client nothing', async () => {
      const belay = await house();
      const id = await brought(belay);
      await belay.press(anna, direct, 'clients.archive-now', 'c1');
      await belay.settle();
      for (const form of ['answer', 'learn', 'share', 'details'])
        expect(
          refusalOf(await belay.submit(anna, direct, `feedback.${form}`, id, { words: 'x', text: 'x' })),
        ).toContain('is gearchiveerd');
      expect(refusalOf(await belay.press(anna, direct, 'feedback.take', id))).toContain('is gearchiveerd');
      expect(await belay.settle()).toEqual([]);
      expect((await belay.press(anna, direct, 'feedback.show', id)).kind).toBe('answer');
    });

    it('can be taken over by whoever is of us, and by nobody on the client’s side', async () => {
      const belay = await house();
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      await belay.say(bram, direct, 'klant contact Acme @Carla Smit');
      await belay.store.transact((tx) => setColleague(tx, 'test', 'T1', 'finn', true));
      const asked = await belay.press(anna, direct, 'feedback.hand', await brought(belay));
      const form = JSON.stringify(asked);
      expect(form).toContain(finn.name);
      expect(form).not.toContain(carla.name);
      expect(form).not.toContain(daan.name);
    });

    it('is not there for a colleague who is a contact of the client', async () => {
      const belay = await house();
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      await belay.say(bram, direct, 'klant contact Acme @Carla Smit');
      const id = await brought(belay);
      for (const press of ['show', 'take'])
        expect(refusalOf(await belay.press(carla, direct, `feedback.${press}`, id))).toContain(
          'not there any more',
        );
    });

    it('stands in the briefing and on the client’s card while it is open', async () => {
      const belay = await house();
      const id = await brought(belay);
      expect(wordsOf(await belay.say(anna, direct, 'klant Acme'))).toContain('Open klachten');
      await belay.submit(anna, direct, 'feedback.answer', id, { words: 'gebeld' });
      expect(wordsOf(await belay.say(anna, direct, 'klant Acme'))).not.toContain('Open klachten');
    });
  });
});
