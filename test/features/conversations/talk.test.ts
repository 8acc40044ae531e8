import { describe, expect, it } from 'vitest';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse } from '../../support/expectation-house.ts';
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

async function rows(belay: House) {
  const all = await belay.store.db
    .selectFrom('conversation')
    .selectAll()
    .orderBy('created_at')
    .orderBy('starts_at')
    .execute();
  return all.map(({ client_id, starts_at, ends_at, outcome }) => ({
    client_id,
    starts_at,
    ends_at,
    outcome,
  }));
}

/** Monday 23 November 2026, ten o'clock in Amsterdam. */
eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());

  describe('a conversation by hand', () => {
    it('is planned as people say it, and shows what was understood', async () => {
      const belay = await house();
      const said = wordsOf(await belay.say(anna, direct, 'gesprek Acme morgen 14:00'));
      expect(said).toContain('Gesprek met Acme staat genoteerd');
      expect(said).toMatch(/dinsdag 24 november[^"]*14:00–15:00/);
      expect(await rows(belay)).toEqual([
        {
          client_id: 'c1',
          starts_at: '2026-11-24T13:00:00.000Z',
          ends_at: '2026-11-24T14:00:00.000Z',
          outcome: null,
        },
      ]);
      const english = wordsOf(
        await belay.say({ ...carla, language: 'en' }, general, 'talk acme tomorrow 2pm'),
      );
      // A colleague at the same time is in the same conversation.
      expect(english).toContain('Anna de Vries, Carla Smit');
      expect(await rows(belay)).toHaveLength(1);
      // Also who types at the same moment, or presses twice.
      await Promise.all([anna, bram, anna].map((who) => belay.say(who, direct, 'gesprek Acme morgen 17:00')));
      expect(await rows(belay)).toHaveLength(2);
      expect(belay.failures).toEqual([]);
    });

    it('needs no name in the client’s own channel, and asks for one elsewhere', async () => {
      const belay = await house();
      expect(wordsOf(await belay.say(anna, general, 'gesprek vrijdag half drie'))).toMatch(
        /vrijdag 27 november[^"]*14:30/,
      );
      expect(await belay.say(anna, direct, 'gesprek')).toMatchObject({
        kind: 'ask',
        form: { name: 'conversations.talk' },
      });
      expect(refusalOf(await belay.say(anna, direct, 'gesprek Zonnig morgen 14:00'))).toContain('Zonnig');
    });

    it('asks for a time where only a day was said, and for a moment where it is none', async () => {
      const belay = await house();
      const day = await belay.say(anna, direct, 'gesprek Acme morgen');
      expect(day).toMatchObject({
        kind: 'ask',
        form: { name: 'conversations.change', subject: 'client.c1' },
      });
      expect(wordsOf(day)).toContain('Hoe laat is het?');
      expect(wordsOf(await belay.say(anna, direct, 'gesprek Acme 31 februari 10:00'))).toContain(
        'is geen moment dat ik begrijp',
      );
      for (const [when, says] of [
        ['ooit', 'begrijp ik niet als moment'],
        ['morgen', 'hoort nog een tijd'],
        ['3 dec 2031 10:00', 'meer dan een jaar vooruit'],
        ['3 mei 2026 10:00', 'meer dan twee maanden geleden'],
      ] as const) {
        const sent = await belay.submit(anna, direct, 'conversations.change', 'client.c1', { when });
        expect(sent).toMatchObject({ kind: 'refused', field: 'when' });
        expect(refusalOf(sent)).toContain(says);
      }
      expect(await rows(belay)).toEqual([]);
      await belay.submit(anna, direct, 'conversations.change', 'client.c1', { when: 'morgen 9:30' });
      expect(await rows(belay)).toHaveLength(1);
    });

    it('is briefed in a workspace of this minute, where no planning in turn has begun yet', async () => {
      const belay = await house();
      await belay.say(anna, direct, 'gesprek Acme over 2 uur');
      const heard = [];
      for (let quarter = 0; quarter < 7; quarter += 1) {
        heard.push(...(await belay.settle()).map((message) => [quarter, message.person]));
        belay.time.advance({ minutes: 15 });
      }
      expect(heard).toEqual([[6, 'anna']]);
      expect(belay.failures).toEqual([]);
    });

    it('is briefed at any time for whoever looks: from its own card, and from the client’s', async () => {
      const belay = await house();
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      await belay.plant('Binnen een dag antwoord');
      expect(wordsOf(await belay.say(anna, direct, 'klant Acme'))).not.toContain('conversations.brief');
      const planned = await belay.say(anna, direct, 'gesprek Acme zaterdag 22:00');
      const dossier = await belay.say(bram, general, 'klant Acme');
      for (const [person, said] of [
        [anna, planned],
        [bram, dossier],
      ] as const) {
        const pressed = await belay.press(
          person,
          direct,
          'conversations.brief',
          subjectOf(said, 'conversations.brief.beside'),
        );
        expect(wordsOf(pressed)).toMatch(/Briefing voor je gesprek met Acme.*Binnen een dag antwoord/);
      }
      expect(wordsOf(await belay.say(carla, direct, 'client Acme'))).not.toContain('conversations.brief');
      expect(await belay.settle()).toEqual([]);
    });

    it('moves, and is called off', async () => {
      const belay = await house();
      const id = subjectOf(
        await belay.say(anna, direct, 'gesprek Acme morgen 14:00'),
        'conversations.change',
      );
      const moved = await belay.submit(anna, direct, 'conversations.change', id, {
        when: 'donderdag 10:00-10:30',
      });
      expect(wordsOf(moved)).toMatch(/donderdag 26 november[^"]*10:00–10:30/);
      expect(wordsOf(await belay.press(anna, direct, 'conversations.cancelled', id))).toContain(
        'telt niet mee',
      );
      expect(await rows(belay)).toMatchObject([{ outcome: 'cancelled' }]);
      // What is still to come takes place after all, and is not asked about yet.
      const after = wordsOf(await belay.press(anna, direct, 'conversations.ask', id));
      expect(after).toContain('stond er al');
      expect(after).not.toContain('conversations.raised');
      expect(await rows(belay)).toMatchObject([{ outcome: null }]);
    });

    it('is planned anew at the moment at which it was called off', async () => {
      const belay = await house();
      const planned = await belay.say(anna, direct, 'gesprek Acme morgen 14:00');
      await belay.press(anna, direct, 'conversations.cancelled', subjectOf(planned, 'conversations.change'));
      const again = await belay.say(anna, direct, 'gesprek Acme morgen 14:00');
      expect(wordsOf(again)).toContain('staat genoteerd');
      expect(await rows(belay)).toMatchObject([{ outcome: 'cancelled' }, { outcome: null }]);
      // Of what is over there is one, whoever tells of it.
      belay.time.advance({ hours: 48 });
      const id = subjectOf(again, 'conversations.change');
      await belay.press(anna, direct, 'conversations.raised', id);
      const asked = await belay.say(bram, direct, 'gesprek Acme gisteren 14:00');
      expect(subjectOf(asked, 'conversations.raised')).toBe(id);
      expect(await rows(belay)).toHaveLength(2);
    });

    it('is to come again when another moment is given to what was called off', async () => {
      const belay = await house();
      const planned = await belay.say(anna, direct, 'gesprek Acme morgen 14:00');
      const id = subjectOf(planned, 'conversations.change');
      const moveTo = (when: string) => belay.submit(anna, direct, 'conversations.change', id, { when });
      await belay.press(anna, direct, 'conversations.cancelled', id);
      expect(wordsOf(await moveTo('donderdag 10:00'))).toContain('staat genoteerd');
      expect(await rows(belay)).toMatchObject([{ starts_at: '2026-11-26T09:00:00.000Z', outcome: null }]);
      await belay.press(anna, direct, 'conversations.not-raised', id);
      await moveTo('vrijdag vorige week 15:00');
      expect(await rows(belay)).toMatchObject([{ outcome: 'not-raised' }]);
    });

    it('is for the client’s team alone', async () => {
      const belay = await house();
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      expect(refusalOf(await belay.say(carla, direct, 'talk Acme tomorrow 14:00'))).toContain(
        'Anna de Vries',
      );
      expect(refusalOf(await belay.say(daan, acme, 'gesprek Acme morgen 14:00'))).not.toContain('genoteerd');
      const id = subjectOf(
        await belay.say(anna, direct, 'gesprek Acme morgen 14:00'),
        'conversations.change',
      );
      for (const press of ['raised', 'more', 'not-raised', 'cancelled', 'brief', 'ask', 'change'])
        for (const person of [carla, daan])
          expect((await belay.press(person, direct, `conversations.${press}`, id)).kind).toBe('refused');
      expect(await rows(belay)).toMatchObject([{ outcome: null }]);
    });
  });

  describe('afterwards', () => {
    it('keeps nothing before one tap says what came of it, and one row however often it is tapped', async () => {
      const belay = await house();
      const asked = await belay.say(bram, general, 'gesprek');
      expect(wordsOf(asked)).toContain('Je sprak Acme.');
      expect(await rows(belay)).toEqual([]);
      const subject = subjectOf(asked, 'conversations.raised');
      for (const press of ['raised', 'raised', 'not-raised'])
        await belay.press(bram, general, `conversations.${press}`, subject);
      expect(await rows(belay)).toMatchObject([{ outcome: 'not-raised', client_id: 'c1' }]);
      expect(belay.failures).toEqual([]);
    });

    it('took place when it was told of, however late it is said what came of it', async () => {
      const belay = await house();
      const subject = subjectOf(await belay.say(anna, direct, 'gesprek Acme'), 'conversations.raised');
      const [, ...rest] = subject.split('.');
      belay.time.advance({ hours: 50 });
      const late = belay.time.now().add({ hours: 1 }).epochMilliseconds;
      // What cannot be, or is not told, is the moment of the press.
      for (const one of [
        subject,
        `two.${rest[0]}`,
        `three.${rest[0]}.${late}`,
        `four.${rest[0]}.900000000000`,
      ])
        await belay.press(anna, direct, 'conversations.raised', one);
      const [first, ...others] = (await rows(belay)).map(({ starts_at }) => starts_at);
      expect(first).toBe('2026-11-23T09:00:00.000Z');
      expect(others).toEqual(Array(3).fill('2026-11-25T11:00:00.000Z'));
    });

    it('asks of a moment that is over', async () => {
      const belay = await house();
      const asked = wordsOf(await belay.say(anna, direct, 'gesprek Acme vrijdag vorige week 15:00'));
      expect(asked).toMatch(/conversations\.raised/);
    });

    it('asks of a date that was just past, and says the year of one that is not in this', async () => {
      const belay = await house();
      const asked = wordsOf(await belay.say(anna, direct, 'gesprek Acme 20 november 15:00'));
      expect(asked).toMatch(/vrijdag 20 november, 15:00.*conversations\.raised/);
      const planned = wordsOf(await belay.say(anna, direct, 'gesprek Acme 12 maart 15:00'));
      expect(planned).toMatch(/staat genoteerd.*vrijdag 12 maart 2027, 15:00–16:00/);
    });

    it('notes what was said, with what follows from each kind', async () => {
      const belay = await house();
      const one = await belay.plant('Binnen een dag antwoord', { stage: 'confirmed' });
      const subject = subjectOf(await belay.say(anna, direct, 'gesprek Acme'), 'conversations.more');
      const form = wordsOf(await belay.press(anna, direct, 'conversations.more', subject));
      expect(form).toContain('Binnen een dag antwoord');
      const send = (fields: Record<string, string>) =>
        belay.submit(anna, direct, 'conversations.more', subject, { said: 'Het duurt te lang', ...fields });
      expect(await send({ kind: 'changed', expectation: 'none' })).toMatchObject({ field: 'expectation' });
      expect(await send({ kind: 'new', expectation: 'none', said: ' ' })).toMatchObject({ field: 'said' });
      expect(await send({ kind: 'new', expectation: 'none', said: 'x'.repeat(1001) })).toMatchObject({
        field: 'said',
      });
      expect(await rows(belay)).toEqual([]);
      for (const [kind, press] of [
        ['new', 'expectations.note'],
        ['changed', 'expectations.concrete'],
        ['met', 'expectations.met'],
        ['at-risk', 'conversations.warn'],
      ] as const)
        expect(wordsOf(await send({ kind, expectation: kind === 'new' ? 'none' : one }))).toContain(press);
      expect(await rows(belay)).toMatchObject([{ outcome: 'raised' }]);
      // What is sent twice is said once.
      expect(wordsOf(await send({ kind: 'met', expectation: one }))).toContain('expectations.met');
      const notes = await belay.store.db.selectFrom('conversation_note').selectAll().execute();
      expect(notes).toHaveLength(4);
    });

    it('asks of no expectation where none is open', async () => {
      const belay = await house();
      const subject = subjectOf(await belay.say(anna, direct, 'gesprek Acme'), 'conversations.more');
      const form = wordsOf(await belay.press(anna, direct, 'conversations.more', subject));
      expect(form).toContain('Een nieuwe verwachting');
      // Neither could be answered.
      expect(form).not.toMatch(/Over welke|Die is veranderd/);
      const filled = { kind: 'new', said: 'Bel ons vaker' };
      expect(wordsOf(await belay.submit(anna, direct, 'conversations.more', subject, filled))).toContain(
        'Leg de nieuwe verwachting van Acme meteen vast',
      );
    });

    it('is the one that has just ended, or is under way, and no second one', async () => {
      const belay = await house();
      await belay.say(anna, direct, 'gesprek Acme vandaag 11:00');
      for (const moment of ['2026-11-23T10:30:00Z', '2026-11-23T12:30:00Z']) {
        belay.time.set(moment);
        const asked = await belay.say(anna, direct, 'gesprek Acme');
        expect(wordsOf(asked)).toContain('11:00–12:00');
        expect(await rows(belay)).toHaveLength(1);
      }
      belay.time.set('2026-11-23T14:30:00Z');
      expect(subjectOf(await belay.say(anna, direct, 'gesprek Acme'), 'conversations.raised')).toContain(
        '.c1.',
      );
    });

    it('tells who was there too, and asks him nothing', async () => {
      const belay = await house();
      const id = subjectOf(
        await belay.say(anna, direct, 'gesprek Acme morgen 14:00'),
        'conversations.change',
      );
      await belay.say(bram, direct, 'gesprek Acme morgen 14:00');
      await belay.settle();
      await belay.press(anna, direct, 'conversations.raised', id);
      const sent = await belay.settle();
      expect(sent.map(({ person }) => person)).toEqual(['bram']);
      expect(wordsOf(sent[0] as never)).toContain('Anna de Vries gaf aan');
      await belay.press(bram, direct, 'conversations.not-raised', id);
      expect((await belay.settle()).map(({ person }) => person)).toEqual(['anna']);
    });
  });

  describe('the early warning', () => {
    async function warned(belay: Awaited<ReturnType<typeof house>>) {
      const fields = { person: 'bram', said: 'De planning schuift' };
      await belay.submit(anna, direct, 'conversations.warn', 'c1.', fields);
      const message = (await belay.settle()).find(({ person }) => person === 'bram');
      return { message, id: subjectOf(message, 'conversations.take') };
    }

    it('proposes the manager, and tells who is asked at once', async () => {
      const belay = await house();
      const form = await belay.press(anna, direct, 'conversations.warn', 'c1.');
      expect(wordsOf(form)).toContain('"value":"bram"');
      const { message } = await warned(belay);
      expect(message).toMatchObject({ person: 'bram', audience: 'internal' });
      expect(wordsOf(message as never)).toContain('De planning schuift');
    });

    it('is taken, given back and settled, and both see it', async () => {
      const belay = await house();
      const { id } = await warned(belay);
      expect(refusalOf(await belay.press(anna, direct, 'conversations.take', id))).toContain(
        'om hulp is gevraagd',
      );
      expect(refusalOf(await belay.press(carla, direct, 'conversations.settle', id))).toContain(
        'the one who',
      );
      // Each of the two has a message of his own, and hears what the other does.
      const both = async (told: string, says: RegExp) => {
        const sent = await belay.settle();
        expect(sent.map(({ kind, person }) => `${kind} ${person}`).toSorted()).toEqual([
          `post ${told}`,
          'update anna',
          'update bram',
        ]);
        for (const message of sent) expect(wordsOf(message)).toMatch(says);
        return sent;
      };
      await belay.press(bram, direct, 'conversations.take', id);
      await both('anna', /Bram Bakker pakt (het )?op/);
      await belay.press(bram, direct, 'conversations.pass-back', id);
      await both('anna', /geeft (het )?terug/);
      await belay.press(anna, direct, 'conversations.settle', id);
      for (const { card } of await both(
        'bram',
        /Afgehandeld\.|Anna de Vries heeft de hulplijn voor Acme afgehandeld/,
      ))
        expect(JSON.stringify(card)).not.toMatch(/conversations\.(take|pass-back|settle)/);
      const late = wordsOf(await belay.press(bram, direct, 'conversations.take', id));
      expect(late).toContain('Afgehandeld.');
      expect(await belay.settle()).toEqual([]);
      expect(belay.failures).toEqual([]);
    });
  });
});
