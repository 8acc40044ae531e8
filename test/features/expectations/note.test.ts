import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Outgoing } from '../../../src/chat/platform.ts';
import { eachDatabase } from '../../support/databases.ts';
import {
  acme,
  anna,
  bram,
  carla,
  daan,
  direct,
  eva,
  general,
  type House,
  openHouse,
  refusalOf,
  subjectOf,
  wordsOf,
} from '../../support/house.ts';
import type { Row } from '../../support/rows.ts';

eachDatabase((_name, open) => {
  describe('an expectation from first words to the client', () => {
    let belay: House;

    beforeEach(async () => {
      belay = await openHouse(await open());
      await belay.say(anna, direct, 'klant toevoegen Acme');
    });
    afterEach(() => expect(belay.failures).toEqual([]));

    const rowsOf = async (query: string) => (await sql.raw<Row>(query).execute(belay.store.db)).rows;

    const said = (message: Outgoing | undefined) => (message ? wordsOf(message) : '');

    const states = async () =>
      (await rowsOf('select state from expectation order by position')).map((row) => row.state);

    const client = async () => (await rowsOf('select id from client'))[0]?.id;

    async function linked(): Promise<void> {
      await belay.say(anna, general, 'klant koppelen Acme intern');
      await belay.say(anna, acme, 'klant koppelen Acme gedeeld');
    }

    const newest = async () => `${(await rowsOf('select id from expectation order by id desc'))[0]?.id}`;

    async function noted(text = 'Sneller antwoord'): Promise<string> {
      return subjectOf(await belay.say(anna, direct, `verwacht Acme: ${text}`), 'expectations.concrete');
    }

    async function concrete(text = 'Binnen een dag antwoord'): Promise<string> {
      const id = await noted();
      const fields = { text, seen: 'Elke vraag heeft de volgende dag antwoord.', about: 'company' };
      await belay.submit(anna, direct, 'expectations.concrete', id, fields);
      return id;
    }

    it('is noted in the client’s own words, with two questions to ask on', async () => {
      const said = wordsOf(await belay.say(anna, direct, 'verwacht acme: Meer creativiteit'));
      expect(said).toContain('Genoteerd: dit verwacht Acme');
      expect(said).toContain('Meer creativiteit');
      expect(said.match(/• /g)).toHaveLength(2);
      expect(said).toContain('Anderen bedoelden hiermee');
      expect(await states()).toEqual(['noted']);
    });

    it('is what we ask of the client as well, and then nobody need ask on', async () => {
      const said = wordsOf(await belay.say(anna, direct, 'expect Acme from us: Answer within a week'));
      expect(said).toContain('Genoteerd: dit vragen wij van Acme');
      expect(said).not.toContain('• ');
      expect(await rowsOf('select direction from expectation')).toEqual([{ direction: 'ours' }]);
    });

    it('that we ask of the client is of none of us, whatever a form says', async () => {
      const said = await belay.say(anna, direct, 'wij verwachten van Acme: Een goede briefing');
      const id = subjectOf(said, 'expectations.concrete');
      const form = wordsOf(await belay.press(anna, direct, 'expectations.concrete', id));
      expect(form).toContain('Wat vragen we precies van de klant?');
      expect(form).not.toMatch(/"id":"(about|person|kano)"/);
      await belay.submit(anna, direct, 'expectations.concrete', id, {
        text: 'Een briefing van één kant',
        seen: 'Drie weken voor de start ligt hij er.',
        importance: '5',
        kano: 'basic',
        about: 'person',
        person: 'carla',
      });
      expect(await rowsOf('select about, person_id, kano, importance from expectation')).toEqual([
        { about: 'company', person_id: null, kano: null, importance: 5 },
      ]);
    });

    it('is what we ask of the client in plain words too', async () => {
      for (const text of ['wij verwachten van Acme: Antwoord binnen een week', 'we expect of acme: Answers'])
        expect(wordsOf(await belay.say(anna, direct, text))).toContain('Genoteerd: dit vragen wij van Acme');
      expect(await rowsOf('select distinct direction from expectation')).toEqual([{ direction: 'ours' }]);
      expect(wordsOf(await belay.say(daan, direct, 'wij verwachten van Acme: X'))).not.toContain('Genoteerd');
    });

    it('adds a client that is not there yet from the same form, with what was typed', async () => {
      const asked = await belay.say(bram, direct, 'verwacht Bakkerij Noord: Elke week contact');
      expect(wordsOf(asked)).toContain('Een klant “Bakkerij Noord” is er nog niet');
      const fields = { client: 'new.Bakkerij Noord', text: 'Elke week contact', direction: 'theirs' };
      expect(asked).toMatchObject({ kind: 'ask', form: { fields: expect.arrayContaining([]) } });
      expect(wordsOf(asked)).toContain('"value":"new.Bakkerij Noord"');
      for (const text of ['Elke week contact', 'Eén aanspreekpunt'])
        expect(
          wordsOf(await belay.submit(bram, direct, 'expectations.note', '', { ...fields, text })),
        ).toContain('Genoteerd: dit verwacht Bakkerij Noord');
      expect(await rowsOf('select name, owner_id from client order by id')).toEqual([
        { name: 'Acme', owner_id: 'anna' },
        { name: 'Bakkerij Noord', owner_id: 'bram' },
      ]);
      const bad = await belay.submit(bram, direct, 'expectations.note', '', { ...fields, client: 'new.a:b' });
      expect(bad).toMatchObject({ kind: 'refused', field: 'client' });
    });

    it('asks on once more where it is made concrete, with the questions of before', async () => {
      const said = wordsOf(await belay.say(anna, direct, 'verwacht Acme: Meer creativiteit'));
      const questions = [...said.matchAll(/• [^"]+/g)].map(([one]) => one);
      const form = wordsOf(await belay.press(anna, direct, 'expectations.concrete', await newest()));
      expect(questions).toHaveLength(2);
      for (const question of questions) expect(form).toContain(question);
    });

    it('finds a client by what it was called before', async () => {
      await belay.say(anna, direct, 'klant hernoemen Acme: Zuiderlicht');
      expect(wordsOf(await belay.say(anna, direct, 'verwacht Acme: Sneller'))).toContain(
        'Genoteerd: dit verwacht Zuiderlicht',
      );
      expect(wordsOf(await belay.say(anna, direct, 'klant ACME'))).toContain('Zuiderlicht');
    });

    it('takes all behind the colon for the client’s words in its own channel, with colons of their own', async () => {
      await linked();
      await belay.say(anna, general, 'verwacht: twee dingen: sneller en goedkoper');
      expect(await rowsOf('select text from expectation_wording')).toEqual([
        { text: 'twee dingen: sneller en goedkoper' },
      ]);
      const unknown = wordsOf(await belay.say(anna, general, 'verwacht Globex: sneller'));
      expect(unknown).toContain('Nieuwe klant: Globex');
      expect(unknown).toContain('"value":"Globex: sneller"');
    });

    it('finds a former name before a beginning of another, and what became a part of another', async () => {
      await belay.say(anna, direct, 'klant toevoegen Acme Zuid');
      await belay.say(anna, direct, 'klant toevoegen Noord');
      await belay.say(anna, direct, 'klant hernoemen Acme: Bakkerij');
      expect(wordsOf(await belay.say(anna, direct, 'klant Acme'))).toContain('Dossier van Bakkerij');
      expect(wordsOf(await belay.say(anna, direct, 'verwacht Acme: Sneller'))).toContain('verwacht Bakkerij');
      const [{ id: from }, { id: to }] = (await rowsOf(
        "select id from client where name in ('Noord', 'Acme Zuid') order by name desc",
      )) as [{ id: string }, { id: string }];
      await belay.press(anna, direct, 'clients.merge-now', `${from}/${to}`);
      expect(wordsOf(await belay.say(anna, direct, 'klant Noord'))).toContain('Dossier van Acme Zuid');
    });

    it('needs no name, and no colon, in the client’s own channel', async () => {
      await linked();
      await belay.say(anna, general, 'verwacht: Bel ons eerst');
      await belay.say(bram, general, 'verwacht Altijd dezelfde persoon');
      expect(await rowsOf('select text from expectation_wording order by written_at, id')).toEqual([
        { text: 'Bel ons eerst' },
        { text: 'Altijd dezelfde persoon' },
      ]);
    });

    it('keeps all that was typed in the client’s own channel, whatever it looks like', async () => {
      await linked();
      await belay.say(anna, general, 'verwacht Meer initiatief van ons');
      expect(
        await rowsOf(
          'select text, direction from expectation_wording w join expectation e on e.id = w.expectation_id',
        ),
      ).toEqual([{ text: 'Meer initiatief van ons', direction: 'theirs' }]);
      const asked = wordsOf(await belay.say(anna, general, 'verwacht Ze willen twee dingen: snel en goed'));
      expect(asked).toContain('"value":"Ze willen twee dingen: snel en goed"');
      await belay.say(anna, direct, 'klant toevoegen Acme Noord');
      const which = wordsOf(await belay.say(anna, general, 'verwacht acm'));
      expect(which).toContain('"label":"Acme Noord"');
      expect(await states()).toEqual(['noted']);
    });

    it('asks back which client is meant, and keeps what was typed', async () => {
      await belay.say(anna, direct, 'klant toevoegen Acme Noord');
      await belay.say(anna, direct, 'klant toevoegen Acme Zuid');
      const asked = await belay.say(anna, direct, 'verwacht acme n: Bel ons');
      expect(wordsOf(asked)).toContain('Genoteerd: dit verwacht Acme Noord');
      const which = wordsOf(await belay.say(anna, direct, 'verwacht Acm: Bel ons eerst'));
      for (const part of ['"label":"Acme Noord"', '"label":"Acme Zuid"', '"value":"Bel ons eerst"'])
        expect(which).toContain(part);
      expect(which).toContain('“Acm” kan op meer klanten slaan');
      expect(wordsOf(await belay.say(anna, direct, 'verwacht Zon'))).toContain('ken ik nog niet');
      const unknown = wordsOf(await belay.say(anna, direct, 'verwacht Zon: Bel ons eerst'));
      for (const part of ['Een klant “Zon” is er nog niet', '"value":"Bel ons eerst"'])
        expect(unknown).toContain(part);
      expect(await states()).toEqual(['noted']);
    });

    it('keeps nothing of an empty text, one too long, the same words again, or a colleague’s', async () => {
      await noted('Sneller antwoord.');
      expect(refusalOf(await belay.say(anna, direct, 'verwacht Acme: '))).toContain(
        'Hier hoort nog een tekst',
      );
      expect(refusalOf(await belay.say(anna, direct, `verwacht Acme: ${'a'.repeat(10_000)}`))).toContain(
        '2000',
      );
      const same = await belay.say(anna, direct, 'verwacht Acme: sneller  Antwoord');
      expect(refusalOf(same)).toContain('staat al open');
      expect(wordsOf(same)).toContain('expectations.show');
      expect(refusalOf(await belay.say(carla, direct, 'verwacht Acme: Iets anders'))).toContain(
        'Anna de Vries',
      );
      expect(await states()).toEqual(['noted']);
    });

    it('says so when more stand open than can be met', async () => {
      for (const text of ['Een', 'Twee', 'Drie'])
        expect(wordsOf(await belay.say(anna, direct, `verwacht Acme: ${text}`))).not.toContain(
          'vier van de zeven',
        );
      expect(wordsOf(await belay.say(anna, direct, 'verwacht Acme: Vier'))).toContain(
        'staan nu 4 verwachtingen open',
      );
    });

    it('is made concrete; the old words are kept', async () => {
      const id = await noted();
      const form = wordsOf(await belay.press(anna, direct, 'expectations.concrete', id));
      expect(form).toContain('"value":"Sneller antwoord"');
      await belay.submit(anna, direct, 'expectations.concrete', id, {
        text: 'Binnen een dag antwoord',
        seen: 'Elke vraag heeft de volgende dag antwoord.',
        why: 'Zijn eigen klant wacht ook.',
        importance: '5',
        kano: 'basic',
        about: 'team',
        category: 'nothing-of-ours',
      });
      expect(await states()).toEqual(['concrete']);
      expect(await rowsOf('select number, text from expectation_wording order by number')).toEqual([
        { number: 1, text: 'Sneller antwoord' },
        { number: 2, text: 'Binnen een dag antwoord' },
      ]);
      const [kept] = await rowsOf('select why, importance, kano, about, category from expectation');
      expect(kept).toMatchObject({
        why: 'Zijn eigen klant wacht ook.',
        kano: 'basic',
        about: 'team',
        category: null,
      });
      await belay.submit(anna, direct, 'expectations.concrete', id, {
        text: 'Binnen een dag antwoord',
        seen: 'Elke vraag heeft de volgende dag antwoord.',
        notes: 'Gebeld.',
        about: 'company',
      });
      expect(await rowsOf('select number from expectation_wording')).toHaveLength(2);
    });

    it('says to the client what we do about it, which he need not confirm', async () => {
      await linked();
      const id = await concrete();
      await belay.press(anna, direct, 'expectations.send', id);
      await belay.settle();
      await belay.submit(anna, direct, 'expectations.concrete', id, {
        text: 'Binnen een dag antwoord',
        seen: 'Elke vraag heeft de volgende dag antwoord.',
        doing: 'Carla leest elke ochtend de vragen.',
        notes: 'geheim',
        about: 'company',
      });
      expect(await belay.settle()).toEqual([]);
      expect(await states()).toEqual(['sent']);
      const view = wordsOf(await belay.press(daan, acme, 'expectations.mine'));
      expect(view).toMatch(/Wat wij hiervoor doen.*Carla leest elke ochtend/);
      expect(view).not.toContain('geheim');
      const page = await belay.pages.show(
        belay.linked('expectations.document', `${await client()}.person:daan`),
        'nl',
      );
      expect(JSON.stringify(page)).toContain('Carla leest elke ochtend');
    });

    it('is put before the client in the shared channel, after a warning when it is not concrete', async () => {
      await linked();
      const id = await noted();
      expect(wordsOf(await belay.press(anna, direct, 'expectations.send', id))).toContain(
        'Nog niet concreet',
      );
      expect(await states()).toEqual(['noted']);
      await belay.press(anna, direct, 'expectations.send-anyway', id);
      const [question] = await belay.settle();
      expect(question).toMatchObject({ kind: 'post', place: 'acme', audience: 'anyone' });
      expect(said(question)).toMatch(/Verwacht u dit van ons\?.*Sneller antwoord/);
      expect(await states()).toEqual(['sent']);
    });

    it('goes to a chosen contact where no channel is shared', async () => {
      const id = await concrete();
      const nobody = await belay.press(anna, direct, 'expectations.send', id);
      expect(refusalOf(nobody)).toContain('Ik weet niet wie ik bij Acme kan bereiken');
      expect(wordsOf(nobody)).toContain('clients.contact');
      await belay.say(anna, direct, 'klant contact Acme daan@acme.example');
      await belay.press(anna, direct, 'expectations.send', id);
      const [mail] = await belay.settle();
      expect(mail).toMatchObject({ person: 'daan@acme.example', audience: 'person' });
      expect(said(mail)).toContain('https://belay.example/expectations.answer/');
      expect(await states()).toEqual(['sent']);
    });

    it('gives the address to send on where Belay cannot mail, and says what is missing where it has none', async () => {
      await belay.say(anna, direct, 'klant contact Acme daan@acme.example');
      const id = await concrete();
      const { link } = belay.outside;
      belay.outside.mails = false;
      belay.outside.link = () => undefined;
      expect(refusalOf(await belay.press(anna, direct, 'expectations.send', id))).toContain('PUBLIC_URL');
      expect(await states()).toEqual(['concrete']);
      belay.outside.link = link;
      expect(wordsOf(await belay.press(anna, direct, 'expectations.send', id))).toMatch(
        /Stuur .*expectations\.answer/,
      );
    });

    it('takes its question back from the channel when the text changes meanwhile', async () => {
      await linked();
      const id = await concrete();
      await belay.press(anna, direct, 'expectations.send', id);
      await belay.settle();
      await belay.submit(anna, direct, 'expectations.edit', id, { text: 'Binnen twee dagen antwoord' });
      const [replaced] = await belay.settle();
      expect(replaced).toMatchObject({ kind: 'update', place: 'acme' });
      expect(said(replaced)).not.toContain('expectations.confirm');
      expect(await states()).toEqual(['concrete']);
    });

    it('of one person waits for the manager, and is nobody else’s business until then', async () => {
      await belay.say(anna, general, 'klant koppelen Acme intern');
      const id = await noted('Carla komt elke week langs');
      const form = { text: 'Carla komt elke week langs', seen: 'Elke week een bezoek.', about: 'person' };
      expect(refusalOf(await belay.submit(anna, direct, 'expectations.concrete', id, form))).toContain(
        'van wie dit verwacht',
      );
      await belay.submit(anna, direct, 'expectations.concrete', id, { ...form, person: 'carla' });
      expect(refusalOf(await belay.press(anna, direct, 'expectations.send', id))).toContain('klant manager');
      expect(refusalOf(await belay.press(bram, direct, 'expectations.show', id))).toContain('er niet (meer)');
      expect(wordsOf(await belay.say(bram, direct, 'verwacht Acme'))).not.toContain('Carla komt');
      expect(wordsOf(await belay.press(carla, direct, 'expectations.show', id))).toContain('Carla komt');
    });

    it('of one person says what comes next to whoever made it so, and offers him nothing that he may not', async () => {
      await belay.say(anna, general, 'klant koppelen Acme intern');
      const id = await noted('Carla komt elke week langs');
      const fields = { text: 'Elke week', seen: 'Een bezoek.', about: 'person', person: 'carla' };
      const said = wordsOf(await belay.submit(bram, direct, 'expectations.concrete', id, fields));
      expect(said).toMatch(/haalbaar.*Carla Smit en Anna de Vries/);
      expect(said).not.toMatch(/Leg het nu voor/);
      expect([...said.matchAll(/"press":"([^"]+)"/g)].map(([, press]) => press)).toEqual([
        // There is no manager yet; whoever is of the team may name one.
        'clients.manager',
        'expectations.list',
      ]);
      // The same words again are no news to him of what he may not see.
      expect(wordsOf(await belay.say(bram, general, 'verwacht: Elke week'))).toContain('Genoteerd');
      await belay.settle();
    });

    it('is nobody’s of elsewhere', async () => {
      const id = await concrete();
      for (const name of ['note', 'edit', 'concrete', 'send', 'send-anyway', 'show', 'withdraw'])
        for (const person of [daan, eva])
          expect((await belay.press(person, acme, `expectations.${name}`, id)).kind).toBe('refused');
      expect(await states()).toEqual(['concrete']);
    });
  });
});
