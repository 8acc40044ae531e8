import { describe, expect, it } from 'vitest';
import { newClient } from '../../../src/features/clients/clients.ts';
import { addClient } from '../../../src/features/clients/store.ts';
import { writeSetting } from '../../../src/store/settings.ts';
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
import { bringIdea, fillPlan, moveTo, rowsOf } from './way.ts';

const verbs = ['show', 'vote', 'join', 'edit', 'plan', 'check', 'heard', 'done', 'tell', 'decline'];

eachDatabase((_, open) => {
  /** Carla is of no client's team here. */
  const house = async () => {
    const belay = await openTeamHouse(await open());
    await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
    return belay;
  };

  describe('an idea', () => {
    it('is of the channel’s client, of the one that is named, or of none', async () => {
      const belay = await house();
      const said = wordsOf(await belay.say(bram, general, 'verbetering Eerder bellen: de dag ervoor'));
      expect(said).toMatch(/Je idee staat op het bord.*Eerder bellen: de dag ervoor.*Acme/);
      await belay.say(carla, direct, 'idea Acme: call earlier');
      await belay.say(bram, direct, 'verbetering Betere koffie');
      await belay.say(bram, direct, 'verbetering: zonder naam');
      expect((await rowsOf(belay)).map(({ client_id, text, stage }) => [client_id, text, stage])).toEqual([
        ['c1', 'Eerder bellen: de dag ervoor', 'idea'],
        ['c1', 'call earlier', 'idea'],
        [null, 'Betere koffie', 'idea'],
        [null, 'zonder naam', 'idea'],
      ]);
    });

    it('asks for the client where one was probably meant, with the words kept', async () => {
      const belay = await house();
      const form = wordsOf(await belay.say(bram, direct, 'verbetering Akme: eerder bellen'));
      expect(form).toMatch(/"name":"improvements\.idea".*eerder bellen/);
      expect(wordsOf(await belay.say(bram, direct, 'verbetering'))).toContain('improvements.idea');
      expect(await rowsOf(belay)).toEqual([]);
      const fields = { client: 'c1', text: 'eerder bellen' };
      await belay.submit(bram, direct, 'improvements.idea', '', fields);
      expect(await rowsOf(belay)).toMatchObject([{ client_id: 'c1', text: 'eerder bellen' }]);
    });

    it('is kept once where its form is sent twice at the same moment', async () => {
      const belay = await house();
      const send = (text: string) =>
        belay.submit(bram, direct, 'improvements.idea', '', { client: 'c1', text });
      const both = await Promise.all(['bellen', 'bellen'].map(send));
      expect(both.map((said) => subjectOf(said, 'improvements.plan'))).toEqual(
        (await rowsOf(belay)).flatMap(({ id }) => [id, id]),
      );
      await send('mailen');
      belay.time.advance({ minutes: 2 });
      await send('bellen');
      expect(await rowsOf(belay)).toHaveLength(3);
      const ofNone = (text: string) =>
        belay.submit(bram, direct, 'improvements.idea', '', { client: 'none', text });
      for (const text of ['koffie', 'thee', 'water']) await Promise.all([text, text, text, text].map(ofNone));
      expect(await rowsOf(belay)).toHaveLength(6);
    });

    it('refuses what cannot be kept, in words', async () => {
      const belay = await house();
      const send = (text: string, client = 'c1') =>
        belay.submit(bram, direct, 'improvements.idea', '', { client, text });
      expect(refusalOf(await send(' '))).toContain('Schrijf je idee op');
      expect(refusalOf(await send('x'.repeat(501)))).toContain('500');
      expect(refusalOf(await send('x', 'c9'))).toContain('er niet meer');
      await belay.press(anna, direct, 'clients.archive-now', 'c1');
      expect(refusalOf(await belay.say(bram, direct, 'verbetering Acme: x'))).toContain('gearchiveerd');
      expect(await rowsOf(belay)).toEqual([]);
    });

    it('is answered privately where the client reads along', async () => {
      const belay = await house();
      const said = wordsOf(await belay.say(bram, acme, 'verbetering eerder bellen'));
      expect(said).toContain('Alleen jij ziet dit antwoord');
      expect(await belay.settle()).toEqual([]);
    });
  });

  describe('who may what', () => {
    it('is nothing for a contact', async () => {
      const belay = await house();
      const id = await bringIdea(belay);
      for (const text of ['verbetering x', 'bord', 'idea x', 'board'])
        expect((await belay.say(daan, acme, text)).kind).toBe('refused');
      for (const verb of [...verbs, 'move', 'back', 'board', 'column', 'idea'])
        expect((await belay.press(daan, acme, `improvements.${verb}`, id, 'plan')).kind).toBe('refused');
      const before = await rowsOf(belay);
      for (const form of ['idea', 'edit', 'plan', 'check', 'heard', 'done', 'tell', 'decline'])
        expect((await belay.submit(daan, acme, `improvements.${form}`, id, { text: 'x' })).kind).toBe(
          'refused',
        );
      expect(await rowsOf(belay)).toEqual(before);
    });

    it('is read and voted for by a colleague, who may not change what is somebody else’s', async () => {
      const belay = await house();
      const id = await bringIdea(belay);
      const before = await rowsOf(belay);
      expect(wordsOf(await belay.press(carla, direct, 'improvements.show', id))).not.toContain(
        'improvements.move',
      );
      for (const verb of ['edit', 'plan', 'decline', 'join'])
        expect(refusalOf(await belay.press(carla, direct, `improvements.${verb}`, id))).toContain(
          'This is Bram Bakker’s idea',
        );
      const fields = { text: 'x', reason: 'x', expects: 'x', serves: 'none' };
      for (const form of ['edit', 'plan', 'decline'])
        expect((await belay.submit(carla, direct, `improvements.${form}`, `${id}.1`, fields)).kind).toBe(
          'refused',
        );
      expect((await belay.press(carla, direct, 'improvements.move', id, 'plan')).kind).toBe('refused');
      expect(await rowsOf(belay)).toEqual(before);
      expect(wordsOf(await belay.press(carla, direct, 'improvements.vote', id))).toContain('1 vote');
    });

    it('is none of another workspace’s', async () => {
      const belay = await house();
      const id = await bringIdea(belay);
      for (const verb of [...verbs, 'move', 'back'])
        expect(
          (await belay.press(anna, direct, `improvements.${verb}`, id, 'plan', { tenant: 'T2' })).kind,
        ).toBe('refused');
      expect(wordsOf(await belay.say(anna, direct, 'bord', { tenant: 'T2' }))).toContain(
        'Er staat nog niets',
      );
    });

    it('is not there for a colleague who is a contact of that client', async () => {
      const belay = await house();
      const id = await bringIdea(belay);
      await belay.say(bram, direct, 'klant contact Acme @Carla Smit');
      for (const verb of ['show', 'vote', 'join'])
        expect(refusalOf(await belay.press(carla, direct, `improvements.${verb}`, id))).toContain(
          'not there any more',
        );
      expect(wordsOf(await belay.say(carla, direct, 'board'))).not.toContain('bellen');
      expect((await belay.say(carla, direct, 'board Acme')).kind).toBe('refused');
      expect((await belay.say(carla, direct, 'idea Acme: x')).kind).toBe('refused');
    });

    it('is for whoever joins, when it is of no client', async () => {
      const belay = await house();
      const said = await belay.say(bram, direct, 'verbetering Betere koffie');
      const id = subjectOf(said, 'improvements.plan');
      expect(refusalOf(await belay.press(carla, direct, 'improvements.move', id, 'plan'))).toContain(
        'I join in',
      );
      await belay.press(carla, direct, 'improvements.join', id);
      await belay.press(carla, direct, 'improvements.move', id, 'plan');
      expect(await rowsOf(belay)).toMatchObject([{ stage: 'plan', moved_by_id: 'carla' }]);
      await belay.press(carla, direct, 'improvements.join', id, 'off');
      expect((await belay.press(carla, direct, 'improvements.back', id, 'plan')).kind).toBe('refused');
    });

    it('rests while its client is archived', async () => {
      const belay = await house();
      const id = await bringIdea(belay);
      await belay.press(anna, direct, 'clients.archive-now', 'c1');
      for (const verb of ['edit', 'plan', 'decline', 'join'])
        expect(refusalOf(await belay.press(bram, direct, `improvements.${verb}`, id))).toContain(
          'gearchiveerd',
        );
      expect(refusalOf(await belay.press(bram, direct, 'improvements.move', id, 'plan'))).toContain(
        'gearchiveerd',
      );
      expect((await belay.press(bram, direct, 'improvements.show', id)).kind).toBe('answer');
    });
  });

  describe('the board', () => {
    it('shows each column with its count and limit, and puts first what colleagues and the client want', async () => {
      const belay = await house();
      const [first, second, third] = [
        await bringIdea(belay, 'een'),
        await bringIdea(belay, 'twee'),
        await bringIdea(belay, 'drie'),
      ];
      await belay.press(carla, direct, 'improvements.vote', second);
      const e = await belay.plant('Sneller', { inside: { importance: 4 } });
      await fillPlan(belay, third, { serves: `expectation:${e}` });
      await moveTo(belay, first, 'plan');
      const said = wordsOf(await belay.say(bram, general, 'bord'));
      expect(said).toMatch(
        /Verbeterbord van Acme.*Ideeën 2.*drie.*twee · 1 stem.*Plannen 1\/3.*een.*Doen 0\/3/,
      );
      expect(wordsOf(await belay.say({ ...carla, language: 'en' }, direct, 'board Acme'))).toContain(
        'Do 0/3',
      );
    });

    it('says no limit where it holds of several boards, and shows the rest of a column at a press', async () => {
      const belay = await house();
      for (const text of ['een', 'twee', 'drie', 'vier', 'vijf', 'zes']) await bringIdea(belay, text);
      await belay.say(bram, direct, 'verbetering Betere koffie');
      const said = wordsOf(await belay.say(bram, direct, 'bord'));
      expect(said).toMatch(/Ideeën 7.*een · Acme.*Nog 3.*Doen 0"/);
      const rest = wordsOf(await belay.press(bram, direct, 'improvements.column', '', 'idea'));
      expect(rest).toMatch(/zes · Acme.*Betere koffie/);
    });

    it('counts a vote once, none of the maker’s own, and takes it back', async () => {
      const belay = await house();
      const id = await bringIdea(belay);
      for (let again = 0; again < 2; again += 1)
        expect(wordsOf(await belay.press(anna, direct, 'improvements.vote', id))).toContain('1 stem');
      expect(refusalOf(await belay.press(bram, direct, 'improvements.vote', id))).toContain('je eigen idee');
      expect(wordsOf(await belay.press(anna, direct, 'improvements.vote', id, 'off'))).not.toContain(
        '1 stem',
      );
    });

    it('stands in the dossier of its client, and goes with it when two clients become one', async () => {
      const belay = await house();
      const id = await bringIdea(belay);
      await moveTo(belay, id, 'plan');
      await bringIdea(belay, 'nog een');
      expect(wordsOf(await belay.say(anna, direct, 'klant Acme'))).toContain('onderweg: 1 · ideeën: 1');
      const owner = { id: 'anna', name: 'Anna de Vries' };
      const other = newClient({ id: 'c2', name: 'Beta', owner, createdAt: belay.time.now() });
      await belay.store.transact((tx) => addClient(tx, 'T1', other));
      await belay.press(anna, direct, 'clients.merge-now', 'c1/c2');
      const kept = new Set((await rowsOf(belay)).map(({ client_id }) => client_id));
      expect(kept).toEqual(new Set(['c2']));
    });
  });

  describe('moving', () => {
    it('keeps each move, with who and when', async () => {
      const belay = await house();
      const id = await bringIdea(belay);
      await moveTo(belay, id, 'do');
      const events = await eventsOf(belay);
      expect(events.map(({ from_stage, to_stage, person_id }) => [from_stage, to_stage, person_id])).toEqual([
        [null, 'idea', 'bram'],
        ['idea', 'plan', 'anna'],
        ['plan', 'do', 'anna'],
      ]);
    });

    it('does not leave plan before it says what the client expects of it and what it serves', async () => {
      const belay = await house();
      const id = await bringIdea(belay);
      await belay.press(anna, direct, 'improvements.move', id, 'plan');
      const refused = await belay.press(anna, direct, 'improvements.move', id, 'do');
      expect(refusalOf(refused)).toContain('wat de klant ervan verwacht en welke verwachting of klacht');
      expect(wordsOf(refused)).toContain('improvements.plan');
      await fillPlan(belay, id, { serves: 'none', 'serves-words': '' });
      expect(refusalOf(await belay.press(anna, direct, 'improvements.move', id, 'do'))).toContain(
        'welke verwachting of klacht het dient',
      );
      expect(await rowsOf(belay)).toMatchObject([{ stage: 'plan' }]);
      await fillPlan(belay, id, { serves: 'words', 'serves-words': 'rust' });
      expect(wordsOf(await belay.press(anna, direct, 'improvements.move', id, 'do'))).toContain(
        'Stap 3 van 6: Doen',
      );
      const emptied = await fillPlan(belay, id, { expects: '', serves: 'words', 'serves-words': 'rust' });
      expect(refusalOf(emptied)).toContain('Vul eerst in wat de klant ervan verwacht');
    });

    it('refuses what does not fit, and names what stands there', async () => {
      const belay = await house();
      for (const text of ['een', 'twee', 'drie']) await moveTo(belay, await bringIdea(belay, text), 'plan');
      const fourth = await bringIdea(belay, 'vier');
      const refused = await belay.press(anna, direct, 'improvements.move', fourth, 'plan');
      expect(refusalOf(refused)).toContain('“Plannen” zit vol: er passen er 3 in');
      expect(refusalOf(refused)).toContain('“een”, “twee”, “drie”');
      const none = subjectOf(await belay.say(bram, direct, 'verbetering koffie'), 'improvements.plan');
      expect((await belay.press(bram, direct, 'improvements.move', none, 'plan')).kind).toBe('answer');
      const workspace = { tenant: 'T1', platform: 'test', scope: 'tenant', subject: '' } as const;
      await belay.store.transact((tx) => writeSetting(tx, workspace, 'improvements.limit', '4'));
      expect((await belay.press(anna, direct, 'improvements.move', fourth, 'plan')).kind).toBe('answer');
    });

    it('refuses to bring what is worked on to a client whose column is full by its plan', async () => {
      const belay = await house();
      const e = await belay.plant('Sneller');
      for (const text of ['een', 'twee', 'drie']) await moveTo(belay, await bringIdea(belay, text), 'plan');
      const said = await belay.say(anna, direct, 'verbetering Betere koffie');
      const id = subjectOf(said, 'improvements.plan');
      await moveTo(belay, id, 'plan');
      const refused = await fillPlan(belay, id, { serves: `expectation:${e}`, 'serves-words': '' });
      expect(refusalOf(refused)).toContain('“Plannen” zit vol: er passen er 3 in');
      const coffee = async () => (await rowsOf(belay)).find((one) => one.id === id);
      expect(await coffee()).toMatchObject({ client_id: null, expects: null });
      await belay.press(anna, direct, 'improvements.back', id, 'plan');
      await fillPlan(belay, id, { serves: `expectation:${e}`, 'serves-words': '' });
      expect(await coffee()).toMatchObject({ client_id: 'c1', stage: 'idea' });
    });

    it('tells whoever comes second where it is by now, and moves nothing', async () => {
      const belay = await house();
      const id = await bringIdea(belay);
      await fillPlan(belay, id);
      const both = await Promise.all([
        belay.press(anna, direct, 'improvements.move', id, 'plan'),
        belay.press(bram, direct, 'improvements.move', id, 'plan'),
      ]);
      expect(both.map(({ kind }) => kind).toSorted()).toEqual(['answer', 'refused']);
      const refused = both.map(refusalOf).find((text) => text !== 'answer');
      expect(refused).toMatch(/bracht het naar “Plannen”/);
      await moveTo(belay, id, 'check');
      // An old card in *plan* still shows the way to *do*.
      expect(refusalOf(await belay.press(bram, direct, 'improvements.move', id, 'do'))).toContain(
        'Anna de Vries bracht het naar “Checken”',
      );
      expect(refusalOf(await belay.press(bram, direct, 'improvements.back', id, 'do'))).toContain('Checken');
      expect(await rowsOf(belay)).toMatchObject([{ stage: 'check' }]);
    });

    it('does not overfill a column by two moves at once', async () => {
      const belay = await house();
      for (const text of ['een', 'twee']) await moveTo(belay, await bringIdea(belay, text), 'plan');
      const ids = [
        await bringIdea(belay, 'drie'),
        await bringIdea(belay, 'vier'),
        await bringIdea(belay, 'vijf'),
      ];
      const all = await Promise.all(
        ids.map((id) => belay.press(anna, direct, 'improvements.move', id, 'plan')),
      );
      expect(all.filter(({ kind }) => kind === 'answer')).toHaveLength(1);
      expect((await rowsOf(belay)).filter(({ stage }) => stage === 'plan')).toHaveLength(3);
      expect(belay.failures).toEqual([]);
    });

    it('goes nowhere that there is no way to', async () => {
      const belay = await house();
      const id = await bringIdea(belay);
      for (const detail of ['', 'idea', 'declined', 'elsewhere'])
        expect((await belay.press(anna, direct, 'improvements.move', id, detail)).kind).toBe('refused');
      for (const detail of ['', 'idea', 'done', 'declined'])
        expect((await belay.press(anna, direct, 'improvements.back', id, detail)).kind).toBe('refused');
      expect((await belay.press(anna, direct, 'improvements.move', id, 'done')).kind).toBe('refused');
      expect((await belay.submit(anna, direct, 'improvements.done', id, { words: 'x' })).kind).toBe(
        'refused',
      );
      expect(await rowsOf(belay)).toMatchObject([{ stage: 'idea' }]);
    });
  });

  describe('declining', () => {
    it('needs a reason, and tells the maker', async () => {
      const belay = await house();
      const id = await bringIdea(belay);
      const empty = await belay.submit(anna, direct, 'improvements.decline', id, { reason: ' ' });
      expect(refusalOf(empty)).toContain('Schrijf op waarom');
      expect(await rowsOf(belay)).toMatchObject([{ stage: 'idea' }]);
      await belay.submit(anna, direct, 'improvements.decline', id, { reason: 'Daar betaalt Acme niet voor' });
      const [told, ...others] = await belay.settle();
      expect(others).toEqual([]);
      expect(told).toMatchObject({ person: 'bram', audience: 'internal' });
      expect(wordsOf(told as never)).toMatch(
        /eerder bellen.*Anna de Vries legt uit waarom.*betaalt Acme niet/,
      );
      const again = await belay.submit(bram, direct, 'improvements.decline', id, { reason: 'x' });
      expect(refusalOf(again)).toContain('Anna de Vries heeft het afgewezen');
      expect(await belay.settle()).toEqual([]);
    });

    it('claims nothing about the work when that was done already', async () => {
      const belay = await house();
      const id = await bringIdea(belay);
      await moveTo(belay, id, 'act');
      await belay.submit(anna, direct, 'improvements.decline', id, { reason: 'het hielp niet' });
      const [told] = await belay.settle();
      expect(wordsOf(told as never)).toMatch(/We gaan niet verder met je idee.*het hielp niet/);
    });

    it('tells nobody of his own, and nobody who has left', async () => {
      const belay = await house();
      const own = await bringIdea(belay);
      await belay.submit(bram, direct, 'improvements.decline', own, { reason: 'bedacht me' });
      const left = await bringIdea(belay, 'nog een');
      const away = { ...bram, outsider: true, checkedAt: belay.time.now().toString() };
      await belay.people.savePerson('T1', away);
      await belay.submit(anna, direct, 'improvements.decline', left, { reason: 'te duur' });
      expect(await belay.settle()).toEqual([]);
      expect(belay.failures).toEqual([]);
    });
  });
});

async function eventsOf(belay: House) {
  return belay.store.db
    .selectFrom('improvement_event')
    .selectAll()
    .where('happened', 'in', ['made', 'moved'])
    .orderBy('id')
    .execute();
}
