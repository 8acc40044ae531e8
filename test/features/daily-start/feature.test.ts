import { describe, expect, it } from 'vitest';
import { type Outgoing, SendError } from '../../../src/chat/platform.ts';
import { limits } from '../../../src/platforms/slack/limits.ts';
import { renderCard } from '../../../src/platforms/slack/render.ts';
import { writeSetting } from '../../../src/store/settings.ts';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse, type TeamHouse } from '../../support/expectation-house.ts';
import {
  acme,
  anna,
  bram,
  carla,
  daan,
  direct,
  general,
  refusalOf,
  subjectOf,
  wordsOf,
} from '../../support/house.ts';

/** What stands in the channel now: the last card of each message there, the newest last. */
const cardsIn = (sent: Outgoing[]) =>
  sent.filter(({ place }) => place === 'general').map((one) => `${one.kind} ${wordsOf(one)}`);

/** Monday 23 November 2026, ten o'clock in Amsterdam. */
eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());

  /** The daily start has begun; its id, and what was said. */
  async function begun(belay: TeamHouse) {
    await belay.say(anna, general, 'dagstart nu');
    const sent = await belay.settle();
    return { id: subjectOf(sent, 'daily-start.mood'), sent };
  }

  describe('a daily start', () => {
    it('tells what came since the last one, what waits, and what the day brings', async () => {
      const belay = await house();
      await belay.say(bram, direct, 'klacht Acme: te laat geleverd');
      await belay.say(carla, direct, 'compliment Acme: snel geholpen');
      await belay.say(anna, direct, 'gesprek Acme vandaag 14:00');
      await belay.settle();
      belay.time.advance({ minutes: 5 });
      const { sent } = await begun(belay);
      const [card = ''] = cardsIn(sent);
      expect(card).toMatch(/^post .*Dagstart · maandag 23 november: 1 klacht, 1 compliment/);
      expect(card).toContain('Klacht van Acme: “te laat geleverd” (Bram Bakker)');
      expect(card).toContain('Compliment van Acme: “snel geholpen” (Carla Smit)');
      expect(card).toContain('14:00 gesprek met Acme: Anna de Vries');
      expect(card).toContain('"press":"clients.show.beside","subject":"c1"');
      expect(card).toContain('"signs":["😟","😕","😐","😊","😀"]');
      belay.time.set('2026-11-24T09:00:00Z');
      const [next = ''] = cardsIn((await begun(belay)).sent.filter(({ kind }) => kind === 'post'));
      expect(next).toContain('Wacht nog op antwoord');
      expect(next).not.toContain('snel geholpen');
      expect(belay.failures).toEqual([]);
    });

    it('shows what is brought as it comes, in the one card', async () => {
      const belay = await house();
      const { id } = await begun(belay);
      const form = await belay.press(bram, general, 'daily-start.complaint', id, 'beside');
      expect(form.kind).toBe('nothing');
      const [asked] = await belay.settle();
      expect(asked).toMatchObject({ kind: 'whisper', person: 'bram' });
      await belay.submit(bram, direct, 'daily-start.complaint', id, { client: 'c1', text: 'weer te laat' });
      const [card = '', ...more] = cardsIn(await belay.settle());
      expect(more).toEqual([]);
      expect(card).toMatch(/^update .*Vanochtend gemeld.*Klacht van Acme: “weer te laat” \(Bram Bakker\)/);
      expect(card).toContain('Meegedaan: Bram Bakker');
      await belay.press(carla, general, 'daily-start.nothing', id);
      expect(cardsIn(await belay.settle())).toEqual([
        expect.stringContaining('Meegedaan: Bram Bakker, Carla Smit'),
      ]);
    });

    it('shows how the team stands once it is over and nobody’s own, and what was pressed last counts', async () => {
      const belay = await house();
      const { id } = await begun(belay);
      const stands = async (person: typeof anna, face: string) => {
        await belay.press(person, general, 'daily-start.mood', id, face);
        return cardsIn(await belay.settle())[0] ?? '';
      };
      expect(await stands(anna, '1')).toContain('1 van ons zei');
      expect(await stands(bram, '4')).toContain('2 van ons zeiden');
      // Not while a count would move as a name comes.
      expect(await stands(carla, '5')).not.toContain('😟 1');
      expect(await stands(anna, '5')).toContain('3 van ons zeiden');
      for (const wrong of ['0', '6', '2.5', 'x'])
        expect(refusalOf(await belay.press(anna, general, 'daily-start.mood', id, wrong))).toContain('knop');
      await belay.press(anna, general, 'daily-start.close', id);
      expect(cardsIn(await belay.settle())[0]).toContain('Hoe we ervoor staan: 😊 1 · 😀 2');
      const other = (await begun(belay)).id;
      await belay.press(anna, general, 'daily-start.mood', other, '1');
      await belay.press(anna, general, 'daily-start.close', other);
      expect(cardsIn(await belay.settle()).at(-1)).not.toContain('😟 1');
    });

    it('shows what is brought elsewhere as it comes, where the client’s team starts the day', async () => {
      const belay = await house();
      await begun(belay);
      await belay.say(bram, direct, 'klacht Acme: te laat');
      const [card = '', ...more] = cardsIn(await belay.settle());
      expect(card).toMatch(/Vanochtend gemeld.*“te laat”.*Meegedaan: Bram Bakker/);
      expect(more).toEqual([]);
      await belay.people.saveMembers('T1', 'general', ['anna']);
      await belay.say(carla, direct, 'klant toevoegen Elders');
      await belay.say(carla, direct, 'klacht Elders: traag');
      expect(cardsIn(await belay.settle())).toEqual([]);
    });

    it('keeps its questions, however much there is to tell', async () => {
      const belay = await house();
      const words = 'a'.repeat(140);
      for (let at = 0; at < 8; at += 1) await belay.say(bram, direct, `klacht Acme: ${at} ${words}`);
      belay.time.advance({ hours: 25 });
      for (let at = 0; at < 8; at += 1) await belay.plant(`${at} ${words}`, { stage: 'confirmed' });
      for (let at = 0; at < 8; at += 1) await belay.say(bram, direct, `compliment Acme: ${at} ${words}`);
      belay.time.advance({ minutes: 30 });
      await belay.settle();
      for (let at = 0; at < 8; at += 1)
        await belay.say(anna, direct, `gesprek Acme vandaag ${at + 12}:00-${at + 12}:20`);
      const { id } = await begun(belay);
      for (let at = 0; at < 7; at += 1)
        await belay.submit(carla, direct, 'daily-start.compliment', id, {
          client: 'c1',
          text: `${at} ${words}`,
        });
      for (let at = 0; at < 9; at += 1)
        await belay.submit(bram, direct, 'daily-start.deed', id, {
          ...{ what: `${at} ${words}`, person: 'bram', until: '2026-11-26' },
        });
      for (let at = 0; at < 7; at += 1)
        await belay.submit(anna, direct, 'daily-start.learn', id, { text: words });
      const card = (await belay.settle()).findLast(({ place }) => place === 'general')?.card;
      if (!card) throw new Error('There is no card.');
      const { blocks } = renderCard(card, () => undefined);
      const shown = JSON.stringify(blocks);
      for (const text of [
        'Vanochtend gemeld',
        'Meegedaan',
        'Wat hoorde je',
        'Hoe staan we ervoor',
        'daily-start.close',
      ])
        expect(shown).toContain(text);
      expect(shown).not.toContain('"…"');
      expect(shown.length).toBeLessThan(limits.blocksJson);
      await belay.press(anna, general, 'daily-start.close', id);
      const over = (await belay.settle()).findLast(({ place }) => place === 'general')?.card;
      const summed = JSON.stringify(over && renderCard(over, () => undefined).blocks);
      for (const text of ['Wat we leerden', 'Wie doet wat', 'daily-start.learn'])
        expect(summed).toContain(text);
      expect(summed.length).toBeLessThan(limits.blocksJson);
    });

    it('is put at the bottom when somebody asks for it again', async () => {
      const belay = await house();
      const { id } = await begun(belay);
      expect(wordsOf(await belay.say(bram, general, 'dagstart nu'))).toContain('was al open');
      const sent = await belay.settle();
      expect(cardsIn(sent).map((card) => card.split(' ')[0])).toEqual(['update', 'post']);
      expect(subjectOf(sent, 'daily-start.mood')).toBe(id);
      // What comes is shown in the newest message.
      const { ref } = sent.find(({ kind }) => kind === 'update') ?? {};
      await belay.press(carla, general, 'daily-start.nothing', id);
      const [update] = await belay.settle();
      expect(update?.ref).not.toBe(ref);
    });

    it('closes by itself after an hour, or as it is set, with what it came to', async () => {
      const belay = await house();
      const where = { tenant: 'T1', platform: 'test', scope: 'place', subject: 'general' } as const;
      await belay.store.transact((tx) => writeSetting(tx, where, 'daily-start.minutes', '20'));
      const { id } = await begun(belay);
      await belay.submit(bram, direct, 'daily-start.compliment', id, { client: 'c1', text: 'fijn gesprek' });
      await belay.settle();
      belay.time.advance({ minutes: 19 });
      expect(cardsIn(await belay.settle())).toEqual([]);
      belay.time.advance({ minutes: 1 });
      const [summary = '', ...more] = cardsIn(await belay.settle());
      expect(summary).toMatch(/^update .*Gesloten om 10:20.*0 klachten, 1 compliment.*fijn gesprek/);
      expect(summary).toContain('Meegedaan: Bram Bakker');
      expect(more).toEqual([]);
      for (const press of ['mood', 'nothing', 'complaint'])
        expect(refusalOf(await belay.press(anna, general, `daily-start.${press}`, id, '3'))).toContain(
          'al gesloten',
        );
    });

    it('leaves where it stood each time that it is put below', async () => {
      const belay = await house();
      await begun(belay);
      for (const who of [bram, carla]) await belay.say(who, general, 'dagstart nu');
      const sent = await belay.settle();
      expect(cardsIn(sent).filter((card) => card.includes('staat nu hieronder'))).toHaveLength(2);
      expect(cardsIn(sent).filter((card) => card.startsWith('post'))).toHaveLength(2);
    });

    it('keeps once what was sent twice in a moment, and tells again on the same day only what is new', async () => {
      const belay = await house();
      const { id } = await begun(belay);
      const complaint = { client: 'c1', text: 'te laat' };
      const deed = { what: 'Bellen', person: 'bram', until: '2026-11-24' };
      for (const _ of [1, 2]) {
        await belay.submit(bram, direct, 'daily-start.complaint', id, complaint);
        await belay.submit(bram, direct, 'daily-start.deed', id, deed);
        await belay.submit(bram, direct, 'daily-start.learn', id, { text: 'Eerst nakijken' });
      }
      belay.time.advance({ minutes: 2 });
      await belay.press(anna, general, 'daily-start.close', id);
      const summary = cardsIn(await belay.settle()).at(-1) ?? '';
      expect(summary).toContain('1 klacht, 0 complimenten');
      expect(summary.match(/Bram Bakker: Bellen|Eerst nakijken/g)).toHaveLength(2);
      belay.time.advance({ minutes: 5 });
      await belay.say(carla, direct, 'compliment Acme: snel');
      belay.time.advance({ minutes: 5 });
      const again = cardsIn((await begun(belay)).sent).at(-1) ?? '';
      expect(again).toMatch(/Sinds de vorige keer.*“snel”/);
      expect(again).not.toMatch(/Klacht van Acme: “te laat”/);
      expect(again).toMatch(/Wacht nog op antwoord.*“te laat”/);
      belay.time.advance({ minutes: 2 });
      await belay.submit(bram, direct, 'feedback.complaint', 'c1', { text: 'te laat' });
      expect(await belay.store.db.selectFrom('feedback').select('id').execute()).toHaveLength(3);
    });

    it('is closed by one of two who do so at once', async () => {
      const belay = await house();
      const { id } = await begun(belay);
      await belay.press(anna, general, 'daily-start.nothing', id);
      await belay.settle();
      const both = await Promise.all([anna, bram].map((who) => belay.say(who, general, 'dagstart sluiten')));
      expect(both.map(({ kind }) => kind).toSorted()).toEqual(['answer', 'refused']);
      expect(cardsIn(await belay.settle())).toHaveLength(1);
    });

    it('keeps what was learned and who does what, until it is done or nobody is going to', async () => {
      const belay = await house();
      const { id } = await begun(belay);
      await belay.submit(bram, direct, 'daily-start.learn', id, { text: 'Bel voor je mailt' });
      expect(cardsIn(await belay.settle())[0]).toMatch(/Wat we leerden.*Bel voor je mailt \(Bram Bakker\)/);
      await belay.press(anna, general, 'daily-start.close', id);
      await belay.settle();
      const deed = { what: 'Acme bellen', person: 'carla', until: '2026-11-24' };
      await belay.submit(bram, direct, 'daily-start.deed', id, deed);
      const line = 'Carla Smit: Acme bellen, uiterlijk dinsdag 24 november';
      expect(cardsIn(await belay.settle())).toEqual([expect.stringContaining(line)]);
      await belay.submit(bram, direct, 'daily-start.deed', id, { ...deed, what: 'Taart halen' });
      belay.time.set('2026-11-25T08:00:00Z');
      const next = await begun(belay);
      expect(cardsIn(next.sent).at(-1)).toContain('Acme bellen, had dinsdag 24 november klaar moeten zijn');
      const list = await belay.press(carla, general, 'daily-start.deeds', next.id, 'beside');
      expect(list.kind).toBe('nothing');
      const [told] = await belay.settle();
      const done = subjectOf(told, 'daily-start.done');
      const left = await belay.press(carla, direct, 'daily-start.done', done);
      expect(wordsOf(left)).not.toContain('Acme bellen');
      const [morning = '', before = ''] = cardsIn(await belay.settle());
      expect(morning).not.toContain('Acme bellen');
      expect(before).toContain('uiterlijk dinsdag 24 november – gedaan');
      expect(refusalOf(await belay.press(anna, general, 'daily-start.done', done))).toContain('al gedaan');
      await belay.press(carla, direct, 'daily-start.drop', subjectOf(left, 'daily-start.drop'));
      expect(cardsIn(await belay.settle()).join()).not.toContain('Taart halen');
      for (const wrong of [{ what: ' ' }, { person: 'daan' }, { until: '2026-11-22' }, { until: 'x' }])
        expect(
          (
            await belay.submit(bram, direct, 'daily-start.deed', id, {
              ...deed,
              until: '2026-11-26',
              ...wrong,
            })
          ).kind,
        ).toBe('refused');
    });

    it('says afterwards what it said, whatever has changed since, with what was sent too late', async () => {
      const belay = await house();
      const { id } = await begun(belay);
      await belay.submit(bram, direct, 'daily-start.complaint', id, { client: 'c1', text: 'te laat' });
      await belay.press(anna, general, 'daily-start.close', id);
      await belay.settle();
      belay.time.advance({ minutes: 5 });
      await belay.say(bram, direct, 'klacht Acme: van later');
      await belay.settle();
      await belay.submit(carla, direct, 'daily-start.compliment', id, {
        client: 'c1',
        text: 'net te laat gestuurd',
      });
      const [late = ''] = cardsIn(await belay.settle());
      expect(late).toMatch(/1 klacht, 1 compliment.*te laat.*net te laat gestuurd/);
      expect(late).not.toContain('van later');
      await belay.press(anna, direct, 'clients.archive-now', 'c1');
      await belay.submit(anna, direct, 'daily-start.learn', id, { text: 'Bellen' });
      expect(cardsIn(await belay.settle())[0]).toMatch(/1 klacht, 1 compliment.*te laat/);
    });

    it('says what it came to in a message of its own, when nobody knows whether its card arrived', async () => {
      const belay = await house();
      const { send } = belay.platform;
      belay.platform.send = async (message) => {
        if (message.place === 'general') throw new SendError('unknown', 'cut');
        return send(message);
      };
      const before = belay.time.now();
      await belay.say(anna, general, 'dagstart nu');
      await belay.settle();
      belay.platform.send = send;
      await belay.say(bram, direct, 'klacht Acme: te laat');
      belay.time.set(before.add({ minutes: 61 }).toString());
      const cards = cardsIn(await belay.settle());
      expect(cards.filter((card) => card.startsWith('post'))).toEqual([
        expect.stringContaining('Gesloten om'),
      ]);
    });

    it('says nothing more where clients read along by now, and comes there no more', async () => {
      const belay = await house();
      await belay.say(anna, general, 'dagstart om 8:45');
      const { id } = await begun(belay);
      await belay.people.savePlace('T1', { ...general, shared: true, checkedAt: '2026-11-23T09:00:00Z' });
      for (const press of ['nothing', 'mood', 'complaint', 'learn', 'close'])
        expect(refusalOf(await belay.press(anna, general, `daily-start.${press}`, id, '3'))).toContain(
          'leest iemand van buiten mee',
        );
      belay.time.advance({ minutes: 61 });
      const sent = await belay.settle();
      expect(cardsIn(sent)).toEqual([expect.stringContaining('Deze dagstart is gestopt')]);
      expect(
        sent
          .filter(({ person }) => person === 'anna')
          .map(wordsOf)
          .join(),
      ).toContain('leest nu iemand van buiten mee');
      expect(belay.failures).toEqual([]);
    });

    it('shows at the end of the week how it went, with the story that was applauded most', async () => {
      const belay = await house();
      const days = ['23', '24', '25', '26', '27'];
      const told = await belay.say(bram, direct, 'verhaal Acme: De monteur bleef wachten');
      const story = subjectOf(told, 'feedback.details');
      await belay.press(carla, direct, 'feedback.cheer', story);
      await belay.say(bram, direct, 'verhaal Acme: Nog een');
      const summaries: string[] = [];
      let id = '';
      for (const day of days) {
        belay.time.set(`2026-11-${day}T10:00:00Z`);
        await belay.settle();
        id = (await begun(belay)).id;
        await belay.submit(anna, direct, 'daily-start.complaint', id, {
          client: 'c1',
          text: `klacht ${day}`,
        });
        for (const [person, face] of [
          [anna, '3'],
          [bram, '4'],
          [carla, day === '27' ? '5' : '3'],
        ] as const)
          await belay.press(person, general, 'daily-start.mood', id, face);
        await belay.say(anna, general, 'dagstart sluiten');
        summaries.push(cardsIn(await belay.settle()).at(-1) ?? '');
      }
      expect(summaries.map((card) => card.includes('"kind":"chart"'))).toEqual([
        false,
        false,
        false,
        false,
        true,
      ]);
      const last = summaries.at(-1) ?? '';
      expect(last).toContain('klachten 16 nov 0; klachten 23 nov 5');
      expect(last).toContain('23 nov 3,3; 24 nov 3,3; 25 nov 3,3; 26 nov 3,3; 27 nov 4,0');
      expect(last).toMatch(/Het verhaal van de week.*De monteur bleef wachten/);
      expect(last).not.toContain('Nog een');
      expect(last).not.toContain('daily-start.trend');
      belay.time.set('2026-11-30T10:00:00Z');
      expect(wordsOf(await belay.press(bram, general, 'daily-start.trend', id))).toContain('"kind":"trend"');
    });

    it('reminds whoever cannot be reached by half of its time as soon as he can', async () => {
      const belay = await house();
      const bramsOwn = { tenant: 'T1', platform: 'test', scope: 'person', subject: 'bram' } as const;
      await belay.store.transact((tx) => writeSetting(tx, bramsOwn, 'daily-start.remind', 'yes'));
      belay.time.set('2026-11-24T06:45:00Z');
      await begun(belay);
      belay.time.set('2026-11-24T07:15:00Z');
      expect(await belay.settle()).toEqual([]);
      belay.time.set('2026-11-24T07:30:00Z');
      expect((await belay.settle()).map(({ person }) => person)).toEqual(['bram']);
    });

    it('reminds only who wants it, has not taken part and can be reached, where nobody else sees it', async () => {
      const belay = await house();
      for (const person of ['anna', 'bram'])
        await belay.store.transact((tx) =>
          writeSetting(
            tx,
            { tenant: 'T1', platform: 'test', scope: 'person', subject: person },
            'daily-start.remind',
            'yes',
          ),
        );
      const { id } = await begun(belay);
      await belay.press(anna, general, 'daily-start.nothing', id);
      await belay.settle();
      belay.time.advance({ minutes: 30 });
      const sent = await belay.settle();
      expect(sent.map(({ person, place }) => [person, place])).toEqual([['bram', undefined]]);
      expect(wordsOf(sent[0] as never)).toContain('is open tot 11:00');
      await belay.press(bram, direct, 'daily-start.nothing', id);
      expect(cardsIn(await belay.settle())[0]).toContain('Bram Bakker');
    });
  });

  describe('who may', () => {
    it('is no client, and nowhere that clients read along', async () => {
      const belay = await house();
      const { id } = await begun(belay);
      for (const text of [
        'dagstart nu',
        'dagstart om 8:45',
        'dagstart',
        'dagstart sluiten',
        'dagstart uit',
      ]) {
        expect((await belay.say(daan, acme, text)).kind).toBe('refused');
        expect((await belay.say(daan, general, text)).kind).toBe('refused');
      }
      for (const text of ['dagstart nu', 'dagstart om 8:45', 'dagstart'])
        expect(refusalOf(await belay.say(anna, acme, text))).toContain('leest iemand van buiten mee');
      for (const press of ['complaint', 'nothing', 'mood', 'learn', 'deed', 'trend'])
        expect((await belay.press(daan, acme, `daily-start.${press}`, id, '3')).kind).toBe('refused');
      expect(cardsIn(await belay.settle())).toEqual([]);
    });

    it('is of the channel: nobody else, and nobody of another workspace', async () => {
      const belay = await house();
      const { id } = await begun(belay);
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      for (const press of ['nothing', 'complaint', 'learn', 'deed', 'trend'])
        expect(refusalOf(await belay.press(carla, direct, `daily-start.${press}`, id))).toContain(
          'not of your channel',
        );
      expect(
        refusalOf(await belay.press(anna, general, 'daily-start.nothing', id, '', { tenant: 'T2' })),
      ).toContain('niet van jouw kanaal');
      expect(cardsIn(await belay.settle())).toEqual([]);
    });

    it('reads of no client whose own people are in the channel', async () => {
      const belay = await house();
      await belay.say(bram, direct, 'klant toevoegen Inkoop');
      await belay.say(bram, direct, 'klant contact Inkoop @Carla Smit');
      await belay.say(bram, direct, 'klacht Inkoop: traag');
      await belay.say(bram, direct, 'klacht Acme: laat');
      belay.time.advance({ minutes: 1 });
      const [card = ''] = cardsIn((await begun(belay)).sent);
      expect(card).toContain('“laat”');
      expect(card).not.toContain('traag');
    });
  });
});
