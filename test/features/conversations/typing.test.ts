import { describe, expect, it } from 'vitest';
import type { Place } from '../../../src/chat/request.ts';
import { setEvent } from '../../../src/features/conversations/events-store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse } from '../../support/expectation-house.ts';
import {
  anna,
  bram,
  carla,
  direct,
  eva,
  general,
  type House,
  refusalOf,
  wordsOf,
} from '../../support/house.ts';

/** The subjects of a button in what was said. */
function subjectsOf(said: unknown, press: string): string[] {
  return [...JSON.stringify(said).matchAll(new RegExp(`"press":"${press}","subject":"([^"]+)"`, 'g'))].map(
    ([, subject = '']) => subject,
  );
}

async function rows(belay: House) {
  const all = await belay.store.db.selectFrom('conversation').selectAll().orderBy('starts_at').execute();
  return all.map(({ starts_at, ends_at, title }) => [starts_at.slice(0, 16), ends_at.slice(11, 16), title]);
}

async function peopleOf(belay: House): Promise<string[]> {
  const all = await belay.store.db.selectFrom('conversation_person').select('person_id').execute();
  return all.map(({ person_id }) => person_id).toSorted();
}

const unlinked: Place = { id: 'lunch', kind: 'channel', shared: false, reachable: true };

/** Monday 23 November 2026, ten o'clock in Amsterdam. */
eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());

  describe('what is typed of a conversation', () => {
    it('is understood with the words that people put around it', async () => {
      const belay = await house();
      for (const text of [
        'gesprek met Acme morgen om 16:00',
        'gesprek dinsdag 12:00 met Acme kwartaaloverleg',
        'talk with Acme tomorrow 1pm',
      ])
        expect(wordsOf(await belay.say(anna, direct, text))).toMatch(/staat genoteerd/);
      expect(wordsOf(await belay.say(anna, direct, 'gesprek Acme zojuist'))).toContain('Je sprak Acme.');
      expect(await rows(belay)).toEqual([
        ['2026-11-24T11:00', '12:00', 'kwartaaloverleg'],
        ['2026-11-24T12:00', '13:00', null],
        ['2026-11-24T15:00', '16:00', null],
      ]);
    });

    it('brings in the colleagues of the team whom it names, and says who is not of it', async () => {
      const belay = await house();
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      const mentions = [{ id: 'bram', name: bram.name }];
      const text = `gesprek Acme morgen 17:00 met @${bram.name} en @${carla.name} @${eva.name}`;
      const asked = belay.request(anna, direct, { kind: 'command', text, mentions });
      const said = wordsOf(await belay.hear(asked));
      expect(said).toContain(`${anna.name}, ${bram.name}`);
      expect(said).toContain(`${carla.name}, ${eva.name} horen niet bij het team van Acme`);
      expect(await peopleOf(belay)).toEqual(['anna', 'bram']);
      expect(await rows(belay)).toEqual([['2026-11-24T16:00', '17:00', null]]);
      // Who was there just now is kept before the answer, as a card carries no people.
      await belay.say(anna, direct, `gesprek Acme net met @${bram.name}`);
      expect(await peopleOf(belay)).toEqual(['anna', 'anna', 'bram', 'bram']);
      const about = `gesprek Acme woensdag 10:00 samen met @${bram.name} en @${anna.name} over de planning`;
      expect(wordsOf(await belay.say(anna, direct, about))).toContain('"value":"de planning"');
    });

    it('is asked for where it is not understood, with all that was typed of it kept', async () => {
      const belay = await house();
      for (const [text, value, says] of [
        ['Acme elke maandag 10:00', 'elke maandag 10:00', '“elke” begrijp ik niet. Wanneer is het precies?'],
        ['Acme volgende maand', 'volgende maand', '“volgende maand” begrijp ik niet'],
        ['29-02-2027 10:00 Acme', '29-02-2027 10:00', '“29-02-2027” is geen moment'],
        ['Acme morgen 25:00', 'morgen 25:00', '“25:00” is geen moment'],
        ['Acme morgen 14:00 gaat niet door', 'morgen 14:00 gaat niet door', 'Laten vervallen doe je bij'],
        ['Acme gaat niet door', 'gaat niet door', 'Laten vervallen doe je bij'],
        [`Acme morgen @${bram.name}`, `morgen @${bram.name}`, 'Hoe laat is het?'],
      ] as const) {
        const asked = await belay.say(anna, direct, `gesprek ${text}`);
        expect(asked).toMatchObject({ kind: 'ask', form: { subject: 'client.c1', fields: [{ value }] } });
        expect(wordsOf(asked)).toContain(says);
      }
      const send = (when: string) =>
        belay.submit(anna, direct, 'conversations.change', 'client.c1', { when });
      expect(refusalOf(await send('elke maandag 10:00'))).toContain('“elke” begrijp ik niet');
      await send(`morgen 10:00 @${bram.name} demo`);
      expect(await rows(belay)).toEqual([['2026-11-24T09:00', '10:00', 'demo']]);
      expect(await peopleOf(belay)).toEqual(['anna', 'bram']);
    });

    it('is kept while the client is chosen, where no channel says which', async () => {
      const belay = await house();
      for (const place of [direct, unlinked])
        expect(await belay.say(anna, place, 'gesprek morgen 17:00')).toMatchObject({
          kind: 'ask',
          form: {
            name: 'conversations.talk',
            fields: [{ id: 'client' }, { id: 'when', value: 'morgen 17:00' }],
          },
        });
      await belay.submit(anna, direct, 'conversations.talk', '', { client: 'c1', when: 'morgen 17:00' });
      expect(wordsOf(await belay.say(anna, general, 'gesprek morgen 12:00 demo'))).toContain('demo');
      expect(await rows(belay)).toHaveLength(2);
    });

    it('counts as asked where the question follows at once', async () => {
      const belay = await house();
      const asked = await belay.say(anna, direct, 'gesprek Acme vrijdag vorige week 15:00');
      expect(wordsOf(asked)).toContain('conversations.raised');
      // By this it is planned anew what everybody is told now.
      await belay.say(anna, direct, 'gesprek Acme morgen 10:00');
      expect(await belay.settle()).toEqual([]);
      belay.time.advance({ minutes: 15 });
      expect(await belay.settle()).toEqual([]);
      expect(belay.failures).toEqual([]);
    });
  });

  describe('one that stands there already', () => {
    it('is not noted twice, and takes the end and the subject that were typed', async () => {
      const belay = await house();
      const say = async (text: string) =>
        wordsOf(await belay.say(anna, direct, `gesprek Acme morgen ${text}`));
      expect(await say('10:00')).toContain('staat genoteerd');
      expect(await say('10:00')).toContain('Gesprek met Acme stond er al');
      expect(await say('10:00-10:30 demo')).toMatch(/stond er al.*10:00–10:30/);
      expect(await say('10:00')).toMatch(/stond er al.*10:00–10:30.*demo/);
      expect(await rows(belay)).toEqual([['2026-11-24T09:00', '09:30', 'demo']]);
    });

    it('keeps what a calendar tells of it', async () => {
      const belay = await house();
      const planned = await belay.say(anna, direct, 'gesprek Acme morgen 10:00');
      const [id = ''] = subjectsOf(planned, 'conversations.change');
      await belay.store.transact((tx) => setEvent(tx, 'T1', id, 'event once'));
      const said = wordsOf(await belay.say(bram, direct, 'gesprek Acme morgen 10:00-10:30 demo'));
      expect(said).toMatch(/stond er al.*10:00–11:00.*Anna de Vries, Bram Bakker/);
      expect(await rows(belay)).toEqual([['2026-11-24T09:00', '10:00', null]]);
    });
  });

  describe('another moment', () => {
    it('is asked for with the present one, and without an end it takes as long as before', async () => {
      const belay = await house();
      const planned = await belay.say(anna, direct, 'gesprek Acme morgen 10:00-10:30 demo');
      const [id = ''] = subjectsOf(planned, 'conversations.change');
      const form = await belay.press(anna, direct, 'conversations.change', id);
      expect(form).toMatchObject({
        kind: 'ask',
        form: { fields: [{ value: '24 november 2026 10:00–10:30' }] },
      });
      expect(wordsOf(form)).toContain('Nu staat het op dinsdag 24 november, 10:00–10:30.');
      const moved = (when: string) => belay.submit(anna, direct, 'conversations.change', id, { when });
      expect(wordsOf(await moved('donderdag 12:00'))).toMatch(/donderdag 26 november, 12:00–12:30.*demo/);
      expect(wordsOf(await moved('vrijdag vorige week 10:00'))).toContain(
        'Verzet naar vrijdag 20 november, 10:00–10:30. Kwam de verwachting van Acme ter sprake?',
      );
      expect(refusalOf(await moved('net'))).toContain('begrijp ik niet');
      expect(await rows(belay)).toEqual([['2026-11-20T09:00', '09:30', 'demo']]);
    });
  });

  describe('one’s own conversations', () => {
    it('stand in a list, with what one does about each', async () => {
      const belay = await house();
      expect(wordsOf(await belay.say(anna, direct, 'gesprekken'))).toContain('geen klantgesprekken');
      for (const when of ['vandaag 9:30-11:00', 'morgen 14:00 demo', '5 december 10:00', '20 december 10:00'])
        await belay.say(anna, direct, `gesprek Acme ${when}`);
      await belay.say(bram, direct, 'gesprek Acme woensdag 14:00');
      const list = await belay.say(anna, direct, 'gesprekken');
      expect(wordsOf(list)).toMatch(/maandag 23 november, 09:30.*Acme · demo.*24 november.*5 december/);
      expect(wordsOf(list)).not.toMatch(/25 november|20 december/);
      expect(wordsOf(list)).toContain('conversations.report');
      const ids = subjectsOf(list, 'conversations.cancelled');
      expect(ids).toEqual(subjectsOf(list, 'conversations.change'));
      expect(ids).toEqual(subjectsOf(list, 'conversations.brief.beside'));
      await belay.press(anna, direct, 'conversations.cancelled', ids[1]);
      expect(wordsOf(await belay.say(anna, general, 'talks acme'))).not.toContain('demo');
      expect(refusalOf(await belay.say(anna, direct, 'gesprekken Zonnig'))).toContain('Zonnig');
      expect(wordsOf(await belay.say(anna, direct, 'gesprek overzicht'))).toContain('In hoeveel gesprekken');
    });
  });
});
