import { describe, expect, it } from 'vitest';
import { type Outgoing, SendError } from '../../../src/chat/platform.ts';
import { addContact } from '../../../src/features/clients/people-store.ts';
import { addClient } from '../../../src/features/clients/store.ts';
import { newId } from '../../../src/store/id.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient, openTeamHouse, type TeamHouse, toldTo } from '../../support/expectation-house.ts';
import {
  acme,
  anna,
  bram,
  carla,
  daan,
  direct,
  eva,
  finn,
  general,
  refusalOf,
  subjectOf,
  wordsOf,
} from '../../support/house.ts';

/** What each of the client's people got alone, by who it is. */
function askedOf(sent: Outgoing[]): string[] {
  return sent
    .filter(({ kind, person }) => kind === 'post' && person !== undefined)
    .map(({ person }) => person ?? '');
}

/** The subject of the first question's grades in what somebody was sent. */
function gradeIn(sent: Outgoing[], person: string): string {
  const found = /"kind":"scale","press":"kti\.grade","subject":"([^"]+)"/.exec(toldTo(sent, person));
  return found?.[1] ?? '';
}

async function asked(belay: TeamHouse): Promise<Outgoing[]> {
  await belay.plant('Elke week bellen', { stage: 'confirmed', inside: { importance: 5 } });
  await belay.plant('Vooruitdenken', { stage: 'confirmed' });
  await belay.say(anna, general, 'kti vragen acme');
  return belay.settle();
}

eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());

  describe('asking for grades', () => {
    it('stands on the hub, where a channel of one client is confirmed first', async () => {
      const belay = await house();
      const hub = async (place: typeof direct) => wordsOf(await belay.say(anna, place, 'menu'));
      expect(await hub(direct)).toContain('{"press":"kti.ask","label":"Cijfers vragen"}');
      expect(await hub(general)).toMatch(
        /"kti\.ask","subject":"c1".*contactpersonen van Acme krijgen de vragen meteen/,
      );
      expect(wordsOf(await belay.say(daan, direct, 'menu'))).not.toContain('kti.ask');
    });

    it('puts what the client confirmed, and two standard questions, before each contact alone', async () => {
      const belay = await house();
      const id = await belay.plant('Elke week bellen', { stage: 'confirmed' });
      await belay.plant('Nog niet bevestigd', { stage: 'sent' });
      const said = wordsOf(await belay.say(anna, general, 'kti vragen acme'));
      expect(said).toContain('Acme is om cijfers gevraagd: 3 contactpersonen');
      expect(said).toContain('Elke week bellen, concreet');
      expect(said).toContain('Behulpzaam');
      expect(said).not.toContain('Nog niet bevestigd');
      const sent = await belay.settle();
      expect(askedOf(sent).toSorted()).toEqual(['daan', 'eva', 'finn']);
      expect(toldTo(sent, 'daan')).toContain('Elke week bellen, concreet');
      expect(toldTo(sent, 'daan')).toContain('Daarna volgen nog 2 vragen.');
      expect(toldTo(sent, 'daan')).toContain('Het team ziet uw naam bij uw cijfers');
      expect(sent.every(({ audience }) => audience === 'person' || audience === 'internal')).toBe(true);
      expect((await belay.find(id)).state).toBe('confirmed');
      expect(belay.failures).toEqual([]);
    });

    it('speaks English to who speaks English, and takes the channel’s client without a name', async () => {
      const belay = await house();
      await belay.plant('Elke week bellen', { stage: 'confirmed' });
      const said = wordsOf(await belay.say(carla, general, 'kti ask'));
      expect(said).toContain('Acme was asked for grades: 3 contacts');
    });

    it('asks nothing, and says what to do, while something is missing', async () => {
      const belay = await house();
      expect(refusalOf(await belay.say(anna, general, 'kti vragen acme'))).toMatch(
        /nog geen verwachting bevestigd.*Leg er eerst een voor/,
      );
      await belay.plant('Elke week bellen', { stage: 'sent' });
      const waits = refusalOf(await belay.say(anna, general, 'kti vragen acme'));
      expect(waits).toMatch(/De vraag ligt bij de klant/);
      await belay.store.transact((tx) =>
        addClient(tx, 'T1', { ...acmeClient(belay, { id: 'c2', name: 'Bakkerij' }) }),
      );
      expect(refusalOf(await belay.say(anna, general, 'kti vragen bakkerij'))).toMatch(
        /nog geen contactpersoon/,
      );
      expect(refusalOf(await belay.say(anna, general, 'kti vragen zzz'))).toMatch(/zzz/);
      expect(await belay.settle()).toEqual([]);
    });

    it('asks a client once at a time, also when two ask in the same moment', async () => {
      const belay = await house();
      await belay.plant('Elke week bellen', { stage: 'confirmed' });
      const both = await Promise.all([
        belay.say(anna, general, 'kti vragen acme'),
        belay.say(bram, general, 'kti vragen acme'),
      ]);
      const refused = both.map(refusalOf).filter((text) => /die ronde loopt nog/.test(text));
      expect(refused).toHaveLength(1);
      expect(askedOf(await belay.settle())).toHaveLength(3);
    });

    it('does not ask again who was asked lately, and tells only the one who asks', async () => {
      const belay = await house();
      await asked(belay);
      await belay.press(anna, general, 'kti.close', await roundKept(belay));
      await belay.settle();
      belay.time.advance({ hours: 24 * 10 });
      const again = refusalOf(await belay.say(anna, general, 'kti vragen acme'));
      expect(again).toMatch(/Niemand van Acme kan nu gevraagd worden/);
      expect(again).toContain('Daan Visser');
      expect(await belay.settle()).toEqual([]);
      belay.time.advance({ hours: 24 * 21 });
      await belay.say(anna, general, 'kti vragen acme');
      expect(askedOf(await belay.settle())).toHaveLength(3);
    });

    it('mails who has no more than an address, and gives a link where it cannot mail', async () => {
      const belay = await house();
      await belay.plant('Elke week bellen', { stage: 'confirmed' });
      await listed(belay, 'gijs@acme.example');
      await belay.say(anna, general, 'kti vragen acme');
      const mail = (await belay.settle()).find(({ person }) => person === 'gijs@acme.example');
      expect(JSON.stringify(mail)).toContain('https://belay.example/kti.answer/');
      const other = await house();
      other.outside.mails = false;
      await other.plant('Elke week bellen', { stage: 'confirmed' });
      await listed(other, 'gijs@acme.example');
      const said = wordsOf(await other.say(anna, general, 'kti vragen acme'));
      expect(said).toContain('Eén link moet je zelf sturen.');
      const sent = await other.settle();
      // In a message of its own: what answers a command is gone when one looks for it.
      expect(toldTo(sent, 'anna')).toContain('https://belay.example/kti.answer/');
      expect(askedOf(sent)).toHaveLength(4);
    });

    it('goes to the client’s channel, once, for those who cannot be spoken to alone', async () => {
      const belay = await house();
      await belay.plant('Elke week bellen', { stage: 'confirmed' });
      const send = belay.platform.send;
      belay.platform.send = async (message) => {
        if (message.kind === 'post' && ['daan', 'eva'].includes(message.person ?? ''))
          throw new SendError('never', 'cannot_dm_user');
        return send(message);
      };
      await belay.say(anna, general, 'kti vragen acme');
      const sent = await belay.settle();
      const cards = sent.filter(({ place, kind }) => place === 'acme' && kind === 'post');
      expect(cards).toHaveLength(1);
      expect(JSON.stringify(cards)).not.toContain('Daan');
      const round = subjectOf(cards, 'kti.open');
      const form = wordsOf(await belay.press(daan, acme, 'kti.open', round));
      expect(form).toContain('Elke week bellen, concreet');
      const [, invitation = ''] = /"name":"kti\.grade","subject":"([^"]+)"/.exec(form) ?? [];
      const fields = { 'grade-1': '8', 'why-1': 'Jullie bellen echt' };
      expect(wordsOf(await belay.submit(daan, acme, 'kti.grade', invitation, fields))).toContain(
        'Dank u wel',
      );
      expect(refusalOf(await belay.press(anna, acme, 'kti.open', round))).toMatch(
        /alleen het cijfer van de klant/,
      );
    });

    it('is for the client’s team alone, and nothing of it for the client', async () => {
      const belay = await house();
      await belay.plant('Elke week bellen', { stage: 'confirmed' });
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      expect(refusalOf(await belay.say(carla, direct, 'kti vragen acme'))).toMatch(/Anna de Vries/);
      expect(refusalOf(await belay.say(daan, acme, 'kti vragen acme'))).not.toBe('answer');
      expect(await belay.settle()).toEqual([]);
    });
  });

  describe('giving grades', () => {
    it('keeps one press at once, and asks for what makes it so with the rest', async () => {
      const belay = await house();
      const sent = await asked(belay);
      const subject = gradeIn(sent, 'daan');
      const pressed = await belay.press(daan, direct, 'kti.grade', subject, '7');
      expect(wordsOf(pressed)).toContain(
        'Uw cijfer is bewaard. Schrijf er nog bij waarom; er zijn ook nog 3 vragen.',
      );
      expect(wordsOf(pressed)).toContain('Waarom geeft u een 7?');
      const [invitation = ''] = subject.split('.');
      const fields = { 'grade-1': '7', 'why-1': 'Het mag vaker', 'grade-2': '9' };
      const thanks = wordsOf(await belay.submit(daan, direct, 'kti.grade', invitation, fields));
      expect(thanks).toContain('Dank u wel, uw cijfers zijn binnen');
      expect(thanks).toContain('Het mag vaker');
      const updated = (await belay.settle()).filter(({ kind }) => kind === 'update');
      expect(updated.map(({ person }) => person)).toEqual(['daan']);
      const form = wordsOf(await belay.press(daan, direct, 'kti.open', invitation));
      expect(form).toContain('"value":7');
      expect(form).toContain('"value":9');
      expect(await gradesKept(belay)).toEqual([
        ['daan', 7, 'Het mag vaker'],
        ['daan', 9, null],
      ]);
    });

    it('refuses what is no grade, another’s question, another workspace’s and an explanation alone', async () => {
      const belay = await house();
      const subject = gradeIn(await asked(belay), 'daan');
      const [invitation = ''] = subject.split('.');
      for (const detail of ['0', '11', '7.5', 'x', ''])
        expect(refusalOf(await belay.press(daan, direct, 'kti.grade', subject, detail))).toMatch(
          /werkt niet/,
        );
      expect(refusalOf(await belay.press(eva, direct, 'kti.grade', subject, '1'))).toMatch(/niet voor u/);
      expect(refusalOf(await belay.press(anna, direct, 'kti.grade', subject, '10'))).not.toBe('answer');
      const elsewhere = await belay.press(daan, direct, 'kti.grade', subject, '1', { tenant: 'T2' });
      expect(refusalOf(elsewhere)).toMatch(/niet voor u/);
      const alone = { 'why-2': 'Zomaar' };
      expect(refusalOf(await belay.submit(daan, direct, 'kti.grade', invitation, alone))).toMatch(
        /Kies bij vraag 2/,
      );
      expect(refusalOf(await belay.submit(daan, direct, 'kti.grade', invitation, {}))).toMatch(
        /ten minste één cijfer/,
      );
      const long = { 'grade-1': '7', 'why-1': 'x'.repeat(1001) };
      expect(refusalOf(await belay.submit(daan, direct, 'kti.grade', invitation, long))).toMatch(/te lang/);
      expect(await gradesKept(belay)).toEqual([]);
    });

    it('takes nothing from a contact who left, nor once the round is closed', async () => {
      const belay = await house();
      const sent = await asked(belay);
      await belay.people.saveMembers('T1', 'acme', ['anna', 'bram', 'carla', 'eva', 'finn']);
      expect(refusalOf(await belay.press(daan, direct, 'kti.grade', gradeIn(sent, 'daan'), '7'))).toMatch(
        /niet meer bij de contactpersonen/,
      );
      belay.time.advance({ hours: 24 * 7 + 1 });
      expect(refusalOf(await belay.press(eva, direct, 'kti.grade', gradeIn(sent, 'eva'), '7'))).toMatch(
        /gesloten.*Zeg het gerust tegen degene die het vroeg/,
      );
      expect(await gradesKept(belay)).toEqual([]);
    });

    it('is followed up below six by the owner, and rises to the manager', async () => {
      const belay = await house();
      const subject = gradeIn(await asked(belay), 'daan');
      await belay.press(daan, direct, 'kti.grade', subject, '4');
      expect(toldTo(await belay.settle(), 'anna')).toContain('Daan Visser');
      belay.time.advance({ hours: 24 * 3 });
      await belay.settle();
      belay.time.advance({ hours: 24 * 5 });
      expect(toldTo(await belay.settle(), 'bram')).toContain('Daan Visser');
    });

    it('tells the owner once of all low grades of one contact, with another one in its place', async () => {
      const belay = await house();
      const [invitation = ''] = gradeIn(await asked(belay), 'daan').split('.');
      const send = (fields: Record<string, string>) =>
        belay.submit(daan, direct, 'kti.grade', invitation, fields);
      await send({ 'grade-1': '4', 'why-1': 'Niemand belt', 'grade-2': '8', 'grade-3': '3' });
      const first = (await belay.settle()).filter(({ person }) => person === 'anna');
      expect(first).toHaveLength(1);
      expect(first.map(wordsOf).join()).toMatch(
        /Daan Visser gaf 3 en 4 \(van 10\).*3 · Acme.*4 · Acme · Elke week bellen.*Niemand belt/,
      );
      await send({ 'grade-1': '4', 'why-1': 'Niemand belt', 'grade-2': '2', 'grade-3': '7' });
      const second = toldTo(await belay.settle(), 'anna');
      expect(second).toMatch(/"kind":"update".*gaf 2 en 4/);
      expect(second).not.toContain('"kind":"post"');
      await send({ 'grade-1': '9', 'grade-2': '8', 'grade-3': '7' });
      const raised = toldTo(await belay.settle(), 'anna');
      expect(raised).toMatch(/gaf 7, 8 en 9 .*Deze cijfers zijn intussen hoger. Opvolgen hoeft niet meer/);
      await send({ 'grade-3': '5' });
      expect(toldTo(await belay.settle(), 'anna')).toMatch(/"kind":"post".*gaf een 5/);
    });

    it('tells again of a low grade that comes after the first one was done', async () => {
      const belay = await house();
      const [invitation = ''] = gradeIn(await asked(belay), 'daan').split('.');
      await belay.submit(daan, direct, 'kti.grade', invitation, { 'grade-1': '4' });
      const followUp = subjectOf(await belay.settle(), 'follow-ups.done');
      await belay.submit(anna, direct, 'follow-ups.done', followUp, { note: 'Gebeld.' });
      await belay.settle();
      await belay.submit(daan, direct, 'kti.grade', invitation, { 'grade-1': '4', 'grade-2': '3' });
      expect(toldTo(await belay.settle(), 'anna')).toMatch(/"kind":"post".*gaf 3 en 4/);
    });

    it('hands a failure to none of the client’s own people', async () => {
      const belay = await house();
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      await listed(belay, 'carla@belay.example', 'carla');
      await belay.press(daan, direct, 'kti.grade', gradeIn(await asked(belay), 'daan'), '4');
      const followUp = subjectOf(await belay.settle(), 'follow-ups.hand');
      const offered = wordsOf(await belay.press(anna, direct, 'follow-ups.hand', followUp));
      expect([offered.includes('Bram'), offered.includes('Carla')]).toEqual([true, false]);
      const handed = await belay.submit(anna, direct, 'follow-ups.hand', followUp, { person: 'carla' });
      expect(handed).toMatchObject({ kind: 'refused', field: 'person' });
    });

    it('reminds nobody on a holiday or at night', async () => {
      const belay = await house();
      belay.time.set('2026-12-22T09:00:00Z');
      await asked(belay);
      for (const moment of ['2026-12-25T09:00:00Z', '2026-12-28T08:30:00Z', '2026-12-28T20:00:00Z']) {
        belay.time.set(moment);
        expect(askedOf(await belay.settle())).toEqual([]);
      }
      belay.time.set('2026-12-29T08:00:00Z');
      expect(askedOf(await belay.settle())).toEqual(expect.arrayContaining(['daan', 'eva', 'finn']));
    });

    it('reminds once, after three working days, who has not answered', async () => {
      const belay = await house();
      const sent = await asked(belay);
      await belay.press(daan, direct, 'kti.grade', gradeIn(sent, 'daan'), '8');
      await belay.settle();
      belay.time.advance({ hours: 24 * 3 });
      expect(
        askedOf(await belay.settle())
          .filter((id) => id !== 'anna')
          .toSorted(),
      ).toEqual(['eva', 'finn']);
      belay.time.advance({ hours: 24 * 3 });
      expect(askedOf(await belay.settle()).filter((id) => ['eva', 'finn'].includes(id))).toEqual([]);
    });

    it('closes a quarter of an hour after the last one has answered, and says so to who has not', async () => {
      const belay = await house();
      const sent = await asked(belay);
      for (const person of [daan, eva, finn]) {
        const [invitation = ''] = gradeIn(sent, person.id).split('.');
        await belay.submit(person, direct, 'kti.grade', invitation, { 'grade-1': '8' });
      }
      await belay.settle();
      expect(await statesKept(belay)).toEqual(['open']);
      belay.time.advance({ minutes: 16 });
      await belay.settle();
      expect(await statesKept(belay)).toEqual(['closed']);
    });

    it('is withdrawn as long as nobody graded', async () => {
      const belay = await house();
      const sent = await asked(belay);
      const round = await roundKept(belay);
      await belay.press(daan, direct, 'kti.grade', gradeIn(sent, 'daan'), '8');
      expect(refusalOf(await belay.press(anna, general, 'kti.cancel', round))).toMatch(/al cijfers gegeven/);
      const closed = wordsOf(await belay.press(anna, general, 'kti.close', round));
      expect(closed).toContain('gesloten');
      const after = await belay.settle();
      expect(toldTo(after, 'eva')).toContain('Deze vragen zijn gesloten');
    });
  });

  describe('a question withdrawn', () => {
    it('was a message to whom it was sent, and no survey', async () => {
      const belay = await house();
      await asked(belay);
      const withdrawn = await belay.press(anna, general, 'kti.cancel', await roundKept(belay));
      expect(wordsOf(withdrawn)).toContain('ingetrokken');
      const again = async () => wordsOf(await belay.say(anna, general, 'kti vragen acme'));
      expect(await again()).toMatch(/Daan.* al een bericht\. Dat kan weer vanaf/);
      belay.time.advance({ hours: 24 });
      expect(await again()).toMatch(/is om cijfers gevraagd/);
      belay.time.advance({ hours: 25 });
      await belay.press(anna, general, 'kti.cancel', await roundKept(belay));
      belay.time.advance({ hours: 24 });
      expect(await again()).toMatch(/Daan.* al een persoonlijke vraag/);
    });
  });

  describe('the page', () => {
    it('takes the grades of who has no chat, shows nothing of others, and can be changed', async () => {
      const belay = await house();
      await belay.plant('Elke week bellen', { stage: 'confirmed' });
      await listed(belay, 'gijs@acme.example');
      await belay.say(anna, general, 'kti vragen acme');
      const sent = await belay.settle();
      const id = /kti\.answer\/([\w-]+)/.exec(toldTo(sent, 'gijs@acme.example'))?.[1] ?? '';
      const at = belay.linked('kti.answer', id);
      const before = await belay.pages.show(at, undefined);
      expect(JSON.stringify(before)).toContain('Elke week bellen, concreet');
      const none = await belay.pages.send(at, {}, undefined);
      expect(none.refused?.text).toMatch(/ten minste één cijfer/);
      const { sheet } = await belay.pages.send(at, { 'grade-1': '9', 'why-1': 'Top' }, 'en');
      expect(JSON.stringify(sheet)).toContain('Thank you, your grade is in');
      expect(JSON.stringify(await belay.pages.show(at, undefined))).toContain('"value":9');
      belay.time.advance({ hours: 24 * 8 });
      await belay.settle();
      expect(JSON.stringify(await belay.pages.show(at, undefined))).toContain('Deze vragen zijn gesloten');
      expect(await gradesKept(belay)).toEqual([['mail:gijs@acme.example', 9, 'Top']]);
    });
  });
});

async function listed(belay: TeamHouse, email: string, person?: string): Promise<void> {
  await belay.store.transact((tx) =>
    addContact(
      tx,
      'T1',
      {
        id: newId(),
        client: 'c1',
        name: 'Gijs',
        email,
        person,
        role: undefined,
        language: undefined,
      },
      belay.time.now(),
    ),
  );
}

async function gradesKept(belay: TeamHouse) {
  const rows = await belay.store.db
    .selectFrom('kti_grade')
    .select(['grader_id', 'grade', 'why'])
    .orderBy('grade')
    .execute();
  return rows.map(({ grader_id, grade, why }) => [grader_id, grade, why]);
}

async function statesKept(belay: TeamHouse) {
  return (await belay.store.db.selectFrom('kti_round').select('state').execute()).map(({ state }) => state);
}

async function roundKept(belay: TeamHouse): Promise<string> {
  const rounds = belay.store.db.selectFrom('kti_round').select('id').orderBy('made_at', 'desc');
  return (await rounds.executeTakeFirstOrThrow()).id;
}
