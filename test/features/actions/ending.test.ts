import { describe, expect, it } from 'vitest';
import { SendError } from '../../../src/chat/platform.ts';
import { addClient } from '../../../src/features/clients/store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient, openTeamHouse, toldIn, toldTo } from '../../support/expectation-house.ts';
import { anna, bram, carla, direct, type House, refusalOf, wordsOf } from '../../support/house.ts';
import { gradeIn, plantKti, rowsOf, startFor } from './way.ts';

eachDatabase((_, open) => {
  async function begun(source: 'expectation' | 'question' = 'expectation') {
    const belay = await openTeamHouse(await open());
    const kti = await plantKti(belay, 'U krijgt binnen een dag antwoord', { source });
    const id = await startFor(belay, kti);
    await belay.settle();
    return { belay, kti, id };
  }

  describe('an action', () => {
    it('is done once, and asks whether the client saw it', async () => {
      const { belay, id } = await begun();
      const said = wordsOf(await belay.press(bram, direct, 'actions.done', id));
      expect(said).toMatch(/Heeft Acme het ook gemerkt\?.*actions\.tell.*actions\.noticed.*actions\.not-yet/);
      expect(await rowsOf(belay)).toMatchObject([{ state: 'done', ended_by_id: 'bram', shown: null }]);
      expect(refusalOf(await belay.press(anna, direct, 'actions.done', id))).toContain(
        'Bram Bakker heeft dit op 23 november al gedaan',
      );
      expect(await belay.settle()).toEqual([]);
    });

    it('of two who press done at once takes one', async () => {
      const { belay, id } = await begun();
      const outcomes = await Promise.all(
        [anna, bram].map((person) => belay.press(person, direct, 'actions.done', id)),
      );
      expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['answer', 'refused']);
    });

    it('can be opened again, unless the client was told of it', async () => {
      const { belay, id } = await begun();
      await belay.press(bram, direct, 'actions.done', id);
      await belay.press(bram, direct, 'actions.reopen', id);
      expect(await rowsOf(belay)).toMatchObject([{ state: 'open', done_at: null, ended_by_id: null }]);
      expect(refusalOf(await belay.press(bram, direct, 'actions.reopen', id))).toContain('loopt nog');
      await belay.press(bram, direct, 'actions.done', id);
      await belay.submit(bram, direct, 'actions.tell', id, { did: 'Gebeld' });
      expect(refusalOf(await belay.press(bram, direct, 'actions.reopen', id))).toContain('al verteld');
    });

    it('gets another owner, who hears of it, or another day', async () => {
      const { belay, id } = await begun();
      expect(wordsOf(await belay.press(anna, direct, 'actions.change', id))).toContain(`"subject":"${id}.1"`);
      const change = (fields: Record<string, string>, seen = 1) =>
        belay.submit(anna, direct, 'actions.change', `${id}.${seen}`, fields);
      expect(refusalOf(await change({ owner: 'carla', due: 'ooit' }))).toContain('lees ik niet');
      await change({ owner: 'carla', due: 'eind van de maand' });
      expect(await rowsOf(belay)).toMatchObject([{ owner_id: 'carla', due_day: '2026-11-30' }]);
      expect(toldTo(await belay.settle(), 'carla')).toContain('put this action in your name');
      const second = await change({ owner: 'bram', due: 'morgen' });
      expect(refusalOf(second)).toContain('Carla Smit doet het, klaar op 30 november');
      expect(wordsOf(second)).toContain(`"subject":"${id}.2"`);
      belay.time.set('2026-12-10T09:00:00Z');
      // As it stood in the form it may stay, although that day is past by now.
      expect((await change({ owner: 'bram', due: '30 november' }, 2)).kind).toBe('answer');
      expect(await rowsOf(belay)).toMatchObject([{ owner_id: 'bram', due_day: '2026-11-30' }]);
    });

    it('is dropped with a reason, and then neither done nor changed', async () => {
      const { belay, id } = await begun();
      expect(refusalOf(await belay.submit(anna, direct, 'actions.drop', id, { reason: ' ' }))).toContain(
        'waarom het niet doorgaat',
      );
      const said = await belay.submit(anna, direct, 'actions.drop', id, { reason: 'Acme wil het niet' });
      expect(wordsOf(said)).toContain('Anna de Vries: Acme wil het niet');
      for (const press of ['done', 'change', 'drop', 'tell', 'noticed'])
        expect(refusalOf(await belay.press(bram, direct, `actions.${press}`, id))).toContain(
          'Anna de Vries heeft deze actie laten vallen',
        );
    });

    it('is changed by its client’s team and its owner alone, and read by colleagues', async () => {
      const { belay, id } = await begun();
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      const read = wordsOf(await belay.press(carla, direct, 'actions.show', id));
      expect(read).toContain('Elke vrijdag bellen');
      expect(read).not.toContain('"actions.done"');
      expect(refusalOf(await belay.press(carla, direct, 'actions.done', id))).toContain('the team of Acme');
      await belay.submit(anna, direct, 'actions.change', `${id}.1`, { owner: 'carla', due: 'morgen' });
      const done = wordsOf(await belay.press(carla, direct, 'actions.done', id));
      expect(done).toContain('Did Acme notice');
      // Only its team speaks to a client.
      expect(done).not.toContain('actions.tell');
      expect((await belay.submit(carla, direct, 'actions.tell', id, { did: 'x' })).kind).toBe('refused');
      await belay.say(bram, direct, 'klant contact Acme @Carla Smit');
      expect(refusalOf(await belay.press(carla, direct, 'actions.show', id))).toContain('no longer there');
      expect(toldIn(await belay.settle(), 'acme')).toBe('');
    });

    it('of another tenant is none, and of an archived client is only read', async () => {
      const { belay, id } = await begun();
      await belay.store.db.updateTable('satisfaction_action').set({ tenant_id: 'T2' }).execute();
      expect(refusalOf(await belay.press(anna, direct, 'actions.done', id))).toContain('er niet meer');
      await belay.store.db.updateTable('satisfaction_action').set({ tenant_id: 'T1' }).execute();
      await belay.press(anna, direct, 'clients.archive-now', 'c1');
      expect(refusalOf(await belay.press(anna, direct, 'actions.done', id))).toContain('gearchiveerd');
      const read = wordsOf(await belay.press(anna, direct, 'actions.show', id));
      expect(read).not.toContain('"press":"actions.done"');
    });

    it('goes along when its client becomes a part of another, to the KTI that is kept of two alike', async () => {
      const { belay, id, kti } = await begun();
      const other = acmeClient(belay, { id: 'c2', name: 'Acme Noord' });
      await belay.store.transact((tx) => addClient(tx, 'T1', other));
      const question = { source: 'question', about: 'helpful', wording: undefined } as const;
      const [own, alike] = [
        await plantKti(belay, 'Behulpzaam?', question),
        await plantKti(belay, 'Behulpzaam?', { ...question, client: 'c2' }),
      ];
      const second = await startFor(belay, own, { title: 'Anders' });
      await belay.press(anna, direct, 'clients.merge-now', 'c1/c2');
      expect(await rowsOf(belay)).toMatchObject([
        { id, client_id: 'c2', kti_id: kti.id },
        { id: second, client_id: 'c2', kti_id: alike?.id },
      ]);
    });
  });

  describe('whether the client saw it', () => {
    const tell = (belay: House, id: string, fields = {}) =>
      belay.submit(anna, direct, 'actions.tell', id, {
        ...{ said: 'Antwoord binnen een dag', did: 'Wij bellen nu elke vrijdag.' },
        ...fields,
      });

    it('is told in his channel, in the words that were read before, once', async () => {
      const { belay, id } = await begun();
      expect(refusalOf(await tell(belay, id))).toContain('loopt nog');
      await belay.press(bram, direct, 'actions.done', id);
      const form = wordsOf(await belay.press(anna, direct, 'actions.tell', id));
      expect(form).toMatch(/elke vrijdag gebeld.*U krijgt binnen een dag antwoord.*U verwacht/);
      expect(await belay.settle()).toEqual([]);
      expect(refusalOf(await tell(belay, id, { did: '' }))).toContain('zoals de klant het mag lezen');
      await tell(belay, id);
      const sent = await belay.settle();
      expect(sent).toMatchObject([{ place: 'acme', audience: 'anyone' }]);
      expect(toldIn(sent, 'acme')).toMatch(
        /U verwacht.*Antwoord binnen een dag.*Wij hebben gedaan.*elke vrijdag/,
      );
      expect(toldIn(sent, 'acme')).not.toMatch(/Bram|Anna|Daan wordt|actions\./);
      expect(refusalOf(await tell(belay, id))).toContain('al verteld');
      expect(refusalOf(await belay.press(bram, direct, 'actions.noticed', id))).toContain('al verteld');
      expect(await belay.settle()).toEqual([]);
      expect(await rowsOf(belay)).toMatchObject([{ shown: 'told', shown_at: '2026-11-23T09:00:00.000Z' }]);
    });

    it('says of a question of ours that he graded it, not that he expects it', async () => {
      const { belay, id } = await begun('question');
      await belay.press(bram, direct, 'actions.done', id);
      expect(wordsOf(await belay.press(anna, direct, 'actions.tell', id))).toContain('U gaf een cijfer voor');
      await tell(belay, id);
      expect(toldIn(await belay.settle(), 'acme')).toContain('U gaf een cijfer voor');
    });

    it('can be told again when it could not be posted, and whoever told it hears so', async () => {
      const { belay, id } = await begun();
      await belay.press(bram, direct, 'actions.done', id);
      await belay.submit(bram, direct, 'actions.not-yet', id, { note: 'vrijdag' });
      const { send } = belay.platform;
      belay.platform.send = async (message) => {
        if (message.place === 'acme') throw new SendError('never', 'channel_not_found');
        return send(message);
      };
      await tell(belay, id);
      const sent = await belay.settle();
      expect(sent.map(({ person }) => person)).toEqual(['anna']);
      expect(toldTo(sent, 'anna')).toContain('kon niet in het gedeelde kanaal');
      expect(await rowsOf(belay)).toMatchObject([
        { shown: 'not-yet', shown_at: null, shown_note: 'vrijdag' },
      ]);
      belay.platform.send = send;
      await tell(belay, id);
      expect(toldIn(await belay.settle(), 'acme')).toContain('elke vrijdag');
    });

    it('needs a channel that the client shares', async () => {
      const { belay, id } = await begun();
      await belay.say(anna, { ...direct, id: 'acme', kind: 'channel', shared: true }, 'klant ontkoppelen');
      const said = wordsOf(await belay.press(bram, direct, 'actions.done', id));
      expect(said).not.toContain('actions.tell');
      expect(refusalOf(await tell(belay, id))).toContain('geen gedeeld kanaal');
    });

    it('is noted with a line: by what he noticed, or how he still will', async () => {
      const { belay, id } = await begun();
      await belay.press(bram, direct, 'actions.done', id);
      const note = (how: string, words: string) =>
        belay.submit(bram, direct, `actions.${how}`, id, { note: words });
      expect(refusalOf(await note('not-yet', ''))).toContain('nog gaat merken');
      expect(wordsOf(await note('not-yet', 'vrijdag aan tafel'))).toContain('nog niet: vrijdag aan tafel');
      expect(wordsOf(await belay.say(bram, direct, 'acties'))).toContain('Gedaan, nog niet gezien');
      expect(wordsOf(await note('noticed', 'Daan belde zelf'))).toContain('merkte het zelf: Daan belde zelf');
      expect(wordsOf(await belay.say(bram, direct, 'acties'))).not.toContain('Gedaan, nog niet gezien');
    });
  });

  it('shows what was graded before and after, without saying that the one led to the other', async () => {
    const { belay, kti, id } = await begun();
    await gradeIn(belay, kti, [7, 7, 8]);
    belay.time.set('2026-11-24T09:00:00Z');
    await belay.press(bram, direct, 'actions.done', id);
    const show = async () => wordsOf(await belay.press(bram, direct, 'actions.show', id));
    expect(await show()).not.toContain('Sinds');
    belay.time.set('2026-12-24T09:00:00Z');
    await gradeIn(belay, kti, [8, 8]);
    expect(await show()).toContain(
      'Sinds 24 november: 7,3 (n = 3) → 8,0 (n = 2). Met zo weinig antwoorden zegt dat weinig',
    );
  });
});
