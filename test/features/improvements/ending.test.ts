import { describe, expect, it } from 'vitest';
import { SendError } from '../../../src/chat/platform.ts';
import { spend } from '../../../src/features/fatigue/budget-store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse, type TeamHouse, toldIn } from '../../support/expectation-house.ts';
import {
  acme,
  anna,
  askIn,
  bram,
  carla,
  daan,
  direct,
  eva,
  general,
  type House,
  pollIn,
  refusalOf,
  subjectOf,
  wordsOf,
} from '../../support/house.ts';
import { bringIdea, fillPlan, moveTo, rowsOf } from './way.ts';

async function voteIn(belay: House, poll: string, grades: [typeof daan, number][]): Promise<void> {
  for (const [person, grade] of grades) await belay.press(person, acme, 'polls.vote', poll, `${grade}`);
  await belay.press(anna, acme, 'polls.close', poll);
  await belay.settle();
}

/** As far as *act*, serving this. */
async function finished(belay: TeamHouse, serves: string): Promise<string> {
  const id = await bringIdea(belay);
  await fillPlan(belay, id, { serves, 'serves-words': serves === 'words' ? 'rust' : '' });
  await moveTo(belay, id, 'act');
  return id;
}

async function complain(belay: House, text = 'weer te laat geleverd'): Promise<string> {
  const said = await belay.say(anna, direct, `klacht Acme: ${text}`);
  await belay.settle();
  return subjectOf(said, 'feedback.take');
}

eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());

  describe('the plan', () => {
    it('offers the client’s open expectations and complaints, and those that whoever plans may see', async () => {
      const belay = await house();
      await belay.plant('Sneller antwoord');
      await belay.plant('Wat wij van hem vragen', { direction: 'ours' });
      const person = { id: 'bram', name: 'Bram Bakker' };
      await belay.plant('Over Bram', { inside: { about: 'person', person } });
      await complain(belay);
      const id = await bringIdea(belay);
      const seen = wordsOf(await belay.press(anna, direct, 'improvements.plan', id));
      expect(seen).toMatch(/Verwachting: Sneller antwoord/);
      expect(seen).toMatch(/Klacht: weer te laat geleverd/);
      expect(seen).toContain('Over Bram');
      expect(seen).not.toContain('van hem vragen');
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      await belay.say(carla, direct, 'idea Acme: call earlier');
      const own = (await rowsOf(belay)).find(({ maker_id }) => maker_id === 'carla')?.id ?? '';
      const hers = wordsOf(await belay.press(carla, direct, 'improvements.plan', own));
      expect(hers).toContain('Expectation: Sneller antwoord');
      expect(hers).not.toContain('Over Bram');
    });

    it('keeps what was written at the same moment by another, and shows the words that were not kept', async () => {
      const belay = await house();
      const id = await bringIdea(belay);
      const plan = (expects: string) =>
        belay.submit(anna, direct, 'improvements.plan', `${id}.1`, { expects, serves: 'none' });
      expect((await plan('van Anna')).kind).toBe('answer');
      const second = await plan('van Bram');
      expect(refusalOf(second)).toContain('intussen veranderd');
      expect(wordsOf(second)).toContain('van Bram');
      expect(await rowsOf(belay)).toMatchObject([{ expects: 'van Anna' }]);
      // A form that comes back can be sent as it is: it shows who wrote what meanwhile.
      expect(wordsOf(second)).toMatch(/Anna de Vries heeft dit intussen aangepast.*Klant verwacht.*van Anna/);
      const edited = await belay.submit(bram, direct, 'improvements.edit', `${id}.1`, { text: 'van Bram' });
      expect(refusalOf(edited)).toContain('intussen veranderd');
      expect(wordsOf(edited)).toMatch(/Anna de Vries heeft dit intussen.*eerder bellen.*van Bram/);
    });

    it('is kept although somebody joined or stepped out meanwhile, and changes nothing of that', async () => {
      const belay = await house();
      const id = await bringIdea(belay);
      await fillPlan(belay, id, { doer: 'carla' });
      const subject =
        /"subject":"([^"]+)"/.exec(wordsOf(await belay.press(anna, direct, 'improvements.plan', id)))?.[1] ??
        '';
      await belay.press(bram, direct, 'improvements.join', id);
      await belay.press(carla, direct, 'improvements.join', id, 'off');
      await moveTo(belay, id, 'plan');
      const fields = { expects: 'van Anna', serves: 'none', doer: 'carla', second: 'anna' };
      expect((await belay.submit(anna, direct, 'improvements.plan', subject, fields)).kind).toBe('answer');
      expect(await rowsOf(belay)).toMatchObject([{ expects: 'van Anna' }]);
      const doers = await belay.store.db.selectFrom('improvement_doer').select('person_id').execute();
      expect(doers.map(({ person_id }) => person_id).toSorted()).toEqual(['anna', 'bram']);
    });

    it('takes none of another client’s, and makes an idea of no client that of the chosen one', async () => {
      const belay = await house();
      const e = await belay.plant('Sneller antwoord');
      const said = await belay.say(bram, direct, 'verbetering Eerder bellen');
      const id = subjectOf(said, 'improvements.plan');
      const send = (serves: string, more = {}) =>
        belay.submit(bram, direct, 'improvements.plan', `${id}.1`, { expects: 'x', serves, ...more });
      expect(refusalOf(await send('expectation:elsewhere'))).toContain('er niet meer');
      expect(refusalOf(await send('words'))).toContain('Schrijf erbij');
      expect(refusalOf(await send('none', { doer: 'daan' }))).toContain('ken ik nog niet');
      expect(await rowsOf(belay)).toMatchObject([{ client_id: null, expects: null }]);
      expect(wordsOf(await send(`expectation:${e}`, { doer: 'carla', second: 'bram' }))).toMatch(
        /Verbetering voor Acme.*Sneller antwoord.*Carla Smit en Bram Bakker/,
      );
      expect(await rowsOf(belay)).toMatchObject([{ client_id: 'c1', serves_id: e }]);
    });
  });

  describe('check', () => {
    it('asks the client one question in words that were written for him, and shows before and after', async () => {
      const belay = await house();
      await voteIn(belay, await askIn(belay, acme, 'csat vragen'), [
        [daan, 2],
        [eva, 4],
      ]);
      belay.time.set('2026-11-24T09:00:00Z');
      const id = await bringIdea(belay, 'Daan bellen want die klaagt');
      await moveTo(belay, id, 'check');
      const form = wordsOf(await belay.press(anna, direct, 'improvements.check', id));
      const at = { tx: belay.store.db, tenant: 'T1', platform: 'test', now: belay.time.now() };
      await spend(at, { person: 'eva' }, 'kti');
      expect(form).toContain('Hoe tevreden bent u over …?');
      const asked = await belay.submit(anna, direct, 'improvements.check', id, { topic: 'hoe wij bellen' });
      expect(wordsOf(asked)).toContain('gevraagd, 0 antwoorden tot nu toe');
      expect(wordsOf(asked)).toMatch(/1 van de 3[^"]*30 dagen/);
      const sent = await belay.settle();
      expect(toldIn(sent, 'acme')).toContain('Hoe tevreden bent u over hoe wij bellen?');
      expect(toldIn(sent, 'acme')).not.toMatch(/klaagt|Nooit meer|rust bij/);
      const again = await belay.submit(anna, direct, 'improvements.check', id, { topic: 'x' });
      expect(refusalOf(again)).toContain('al gevraagd');
      await voteIn(belay, pollIn(sent), [
        [daan, 5],
        [eva, 4],
      ]);
      const shown = wordsOf(await belay.press(bram, direct, 'improvements.show', id));
      expect(shown).toContain('CSAT 4, 2 van 5, uit 2 antwoorden, 23 november');
      expect(shown).toContain('CSAT 5, 4 van 5, uit 2 antwoorden, 24 november, over hoe wij bellen');
      expect(shown).toContain('zegt niet waardoor');
    });

    it('puts nothing beside a question that is open there, and takes the answer in words', async () => {
      const belay = await house();
      const running = await askIn(belay, acme, 'csat vragen');
      const id = await bringIdea(belay);
      await moveTo(belay, id, 'check');
      const refused = await belay.submit(anna, direct, 'improvements.check', id, { topic: 'x' });
      expect(refusalOf(refused)).toContain('staat al een CSAT-vraag open');
      expect(wordsOf(refused)).toContain('improvements.heard');
      expect(await rowsOf(belay)).toMatchObject([{ poll_id: null }]);
      expect(refusalOf(await belay.submit(anna, direct, 'improvements.heard', id, { words: 'x' }))).toContain(
        'Kies of het heeft geholpen',
      );
      const heard = { helped: 'partly', words: 'Het kan nog eerder' };
      expect(wordsOf(await belay.submit(anna, direct, 'improvements.heard', id, heard))).toMatch(
        /een beetje: “Het kan nog eerder”/,
      );
      await belay.press(anna, acme, 'polls.cancel', running);
      await belay.submit(anna, direct, 'improvements.check', id, { topic: 'x' });
      const question = pollIn(await belay.settle());
      await belay.press(anna, acme, 'polls.cancel', question);
      // What was withdrawn was not asked.
      expect(wordsOf(await belay.press(anna, direct, 'improvements.check', id))).toContain('Waarover vragen');
      // Nor was what nobody answered: its result says that he can be asked again.
      await belay.submit(anna, direct, 'improvements.check', id, { topic: 'x' });
      belay.time.advance({ hours: 24 * 8 });
      await belay.settle();
      expect(wordsOf(await belay.press(anna, direct, 'improvements.check', id))).toContain('Waarover vragen');
    });

    it('asks for the answer in words where the client has no channel, or there is no client', async () => {
      const belay = await house();
      await belay.say(anna, acme, 'klant ontkoppelen');
      const id = await bringIdea(belay);
      await moveTo(belay, id, 'check');
      expect(wordsOf(await belay.press(anna, direct, 'improvements.check', id))).toContain(
        'improvements.heard',
      );
      const refused = await belay.submit(anna, direct, 'improvements.check', id, { topic: 'x' });
      expect(refusalOf(refused)).toContain('geen gedeeld kanaal waarin ik Acme');
      expect((await belay.submit(anna, direct, 'improvements.heard', id, { helped: 'maybe' })).kind).toBe(
        'refused',
      );
    });

    it('is asked anew in another round, and what the client said before stays in the history', async () => {
      const belay = await house();
      const id = await bringIdea(belay);
      await moveTo(belay, id, 'check');
      await belay.submit(anna, direct, 'improvements.heard', id, { helped: 'no', words: 'Niets gemerkt' });
      await belay.press(anna, direct, 'improvements.move', id, 'act');
      await belay.press(anna, direct, 'improvements.back', id, 'act');
      expect(await rowsOf(belay)).toMatchObject([
        { stage: 'plan', helped: null, heard: null, began_at: null },
      ]);
      const events = await belay.store.db.selectFrom('improvement_event').select('text').execute();
      expect(events.map(({ text }) => text)).toContain('Niets gemerkt');
    });

    it('takes no answer before it is there', async () => {
      const belay = await house();
      const id = await bringIdea(belay);
      for (const form of ['check', 'heard', 'done', 'tell']) {
        const fields = { topic: 'x', helped: 'yes', words: 'x' };
        expect(refusalOf(await belay.submit(anna, direct, `improvements.${form}`, id, fields))).toContain(
          'bracht het naar “Ideeën”',
        );
      }
      expect(await belay.settle()).toEqual([]);
    });
  });

  describe('done', () => {
    it('becomes a success, celebrated in the internal channel with the names of those who did it', async () => {
      const belay = await house();
      const id = await finished(belay, 'words');
      await belay.press(carla, direct, 'improvements.join', id);
      expect(wordsOf(await belay.press(anna, direct, 'improvements.move', id, 'done'))).toContain(
        'Wat is er beter geworden?',
      );
      const empty = await belay.submit(anna, direct, 'improvements.done', id, { words: ' ' });
      expect(refusalOf(empty)).toContain('Schrijf op wat er beter is');
      await belay.submit(anna, direct, 'improvements.done', id, { words: 'Acme weet het een dag eerder' });
      const sent = await belay.settle();
      expect(sent).toMatchObject([{ place: 'general', audience: 'internal' }]);
      expect(toldIn(sent, 'general')).toMatch(
        /voor Acme is klaar.*een dag eerder.*Gedaan door Anna de Vries en Carla Smit.*Het idee kwam van Bram Bakker/,
      );
      expect(wordsOf(await belay.say(anna, direct, 'successen Acme'))).toContain(
        'Acme weet het een dag eerder',
      );
      const second = await belay.submit(bram, direct, 'improvements.done', id, { words: 'nog eens' });
      expect(refusalOf(second)).toContain('bracht het naar “Klaar”');
      expect(await belay.settle()).toEqual([]);
      expect(wordsOf(await belay.say(anna, general, 'bord'))).toContain('Klaar in drie maanden: 1');
    });

    it('is found again on the board for three months, with the way to tell the client', async () => {
      const belay = await house();
      const id = await finished(belay, `complaint:${await complain(belay)}`);
      await belay.submit(anna, direct, 'improvements.done', id, { words: 'beter' });
      const declined = await bringIdea(belay, 'te duur');
      await belay.submit(anna, direct, 'improvements.decline', declined, { reason: 'te duur' });
      for (const client of ['c1', '']) {
        const board = wordsOf(await belay.press(anna, direct, 'improvements.board', client));
        expect(board).toContain('"press":"improvements.column.done"');
        const list = await belay.press(anna, direct, 'improvements.column', client, 'done');
        expect(wordsOf(list)).toMatch(/Klaar in drie maanden: 1.*eerder bellen/);
        expect(wordsOf(list)).not.toContain('te duur');
        expect(subjectOf(list, 'improvements.show')).toBe(id);
      }
      expect(wordsOf(await belay.press(anna, direct, 'improvements.show', id))).toContain(
        'improvements.tell',
      );
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      await belay.say(bram, direct, 'klant contact Acme @Carla Smit');
      expect(wordsOf(await belay.press(carla, direct, 'improvements.column', '', 'done'))).not.toContain(
        'eerder bellen',
      );
      belay.time.set('2027-02-24T09:00:00Z');
      expect(wordsOf(await belay.press(anna, direct, 'improvements.board', 'c1'))).not.toContain('Klaar in');
    });

    it('is celebrated where the idea was typed when its client has no channel, and nowhere a client reads', async () => {
      const belay = await house();
      await belay.say(anna, general, 'klant ontkoppelen');
      const typed = subjectOf(await belay.say(bram, general, 'verbetering koffie'), 'improvements.plan');
      const shared = subjectOf(await belay.say(bram, acme, 'verbetering bellen'), 'improvements.plan');
      const later = subjectOf(await belay.say(bram, general, 'verbetering thee'), 'improvements.plan');
      const celebrate = async (id: string) => {
        await moveTo(belay, id, 'act');
        await belay.submit(anna, direct, 'improvements.done', id, { words: 'beter' });
      };
      await celebrate(typed);
      await celebrate(shared);
      // Of the client without a channel of the team whoever had a part in it hears it alone.
      const sent = await belay.settle();
      expect(sent.flatMap(({ place }) => place ?? [])).toEqual(['general']);
      expect(sent.flatMap(({ person }) => person ?? [])).toEqual(['bram']);
      const checkedAt = belay.time.now().toString();
      await belay.people.savePlace('T1', { ...general, shared: true, checkedAt });
      await celebrate(later);
      expect((await belay.settle()).map(({ place, person }) => [place, person])).toEqual([
        [undefined, 'bram'],
      ]);
      expect(belay.failures).toEqual([]);
    });
  });

  describe('you said, we did', () => {
    const tell = (belay: House, id: string, said = 'De levering kwam te laat.') =>
      belay.submit(anna, direct, 'improvements.tell', id, { words: 'Vanaf nu bellen wij vooraf.', said });

    async function doneServing(belay: TeamHouse, serves: string): Promise<string> {
      const id = await finished(belay, serves);
      await belay.submit(anna, direct, 'improvements.done', id, { words: 'geheim: leverancier fout' });
      await belay.settle();
      return id;
    }

    it('goes to the client who complained, on purpose, once, and as it was written then', async () => {
      const belay = await house();
      const id = await doneServing(belay, `complaint:${await complain(belay)}`);
      const form = wordsOf(await belay.press(anna, direct, 'improvements.tell', id));
      expect(form).toContain('weer te laat geleverd');
      expect(await belay.settle()).toEqual([]);
      await tell(belay, id);
      const sent = await belay.settle();
      expect(sent).toMatchObject([{ place: 'acme', audience: 'anyone' }]);
      expect(toldIn(sent, 'acme')).toMatch(/De levering kwam te laat.*Vanaf nu bellen wij vooraf/);
      expect(toldIn(sent, 'acme')).not.toMatch(/geheim|Anna|Bram|Nooit meer|weer te laat/);
      expect(refusalOf(await tell(belay, id))).toContain('al verteld');
      expect(await belay.settle()).toEqual([]);
    });

    it('quotes of an expectation only what was put before the client', async () => {
      const belay = await house();
      const noted = await doneServing(belay, `expectation:${await belay.plant('intern genoteerd')}`);
      expect(wordsOf(await belay.press(anna, direct, 'improvements.tell', noted))).not.toContain('intern');
      const sent = await belay.plant('Sneller antwoord', { stage: 'confirmed' });
      const done = await doneServing(belay, `expectation:${sent}`);
      expect(wordsOf(await belay.press(anna, direct, 'improvements.tell', done))).toContain(
        'Sneller antwoord, concreet',
      );
    });

    it('tells of a complaint once, by whichever way', async () => {
      const belay = await house();
      const complaint = await complain(belay);
      const id = await doneServing(belay, `complaint:${complaint}`);
      await tell(belay, id);
      await belay.settle();
      const share = () =>
        belay.submit(anna, direct, 'feedback.share', complaint, { said: 'te laat', words: 'gebeld' });
      expect(refusalOf(await share())).toContain('al met Acme gedeeld');
      const other = await complain(belay);
      const second = await doneServing(belay, `complaint:${other}`);
      await belay.submit(anna, direct, 'feedback.share', other, { said: 'te laat', words: 'gebeld' });
      expect(refusalOf(await tell(belay, second))).toContain('al met Acme gedeeld');
    });

    it('can be told again when it could not be posted, and whoever told it hears so', async () => {
      const belay = await house();
      const id = await doneServing(belay, `complaint:${await complain(belay)}`);
      const { send } = belay.platform;
      belay.platform.send = async (message) => {
        if (message.place === 'acme') throw new SendError('never', 'channel_not_found');
        return send(message);
      };
      await tell(belay, id);
      const sent = await belay.settle();
      expect(sent.map(({ person }) => person)).toEqual(['anna']);
      expect(wordsOf(sent[0] as never)).toContain('kon niet worden geplaatst');
      belay.platform.send = send;
      await tell(belay, id);
      expect(toldIn(await belay.settle(), 'acme')).toContain('Vanaf nu bellen wij vooraf');
    });

    it('is for the client’s team alone, as is asking him', async () => {
      const belay = await house();
      const id = await doneServing(belay, `complaint:${await complain(belay)}`);
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      const mine = subjectOf(await belay.say(carla, direct, 'verbetering Acme: bellen'), 'improvements.plan');
      await moveTo(belay, mine, 'check');
      for (const [press, of] of [
        ['tell', id],
        ['check', mine],
      ] as const)
        expect((await belay.press(carla, direct, `improvements.${press}`, of)).kind).toBe('refused');
      const asked = await belay.submit(carla, direct, 'improvements.check', mine, { topic: 'iets' });
      expect(asked.kind).toBe('refused');
      const told = await belay.submit(carla, direct, 'improvements.tell', id, { words: 'Carla' });
      expect(told.kind).toBe('refused');
      expect(toldIn(await belay.settle(), 'acme')).toBe('');
    });

    it('is for none that serves nobody, and for none that is not done', async () => {
      const belay = await house();
      const words = await doneServing(belay, 'words');
      expect(refusalOf(await tell(belay, words))).toContain('dient geen verwachting of klacht');
      const early = await finished(belay, `complaint:${await complain(belay)}`);
      expect(refusalOf(await tell(belay, early))).toContain('“Borgen”');
      expect(await belay.settle()).toEqual([]);
    });
  });
});
