import { describe, expect, it } from 'vitest';
import { type Outgoing, SendError } from '../../../src/chat/platform.ts';
import type { Person } from '../../../src/chat/request.ts';
import type { Contact } from '../../../src/features/clients/clients.ts';
import { addContact, changeContact, removeContact } from '../../../src/features/clients/people-store.ts';
import { spend } from '../../../src/features/fatigue/budget-store.ts';
import { followUpOn } from '../../../src/features/follow-ups/store.ts';
import { followed } from '../../../src/features/kti/followed-feature.ts';
import { changeInvitation, invitationsOf } from '../../../src/features/kti/invitation-store.ts';
import { findRound } from '../../../src/features/kti/round-store.ts';
import { voice } from '../../../src/text/say.ts';
import { eachDatabase, type Open } from '../../support/databases.ts';
import { toldIn, toldTo } from '../../support/expectation-house.ts';
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
import { openPlanHouse, type PlanHouse } from '../../support/kti-plan-house.ts';
import { somebodyWaits } from '../../support/waiting.ts';

const gijs: Person = { id: 'gijs', name: 'Gijs', outsider: true, admin: false };

/** A house in which the client has confirmed an expectation. */
async function openRoundHouse(open: Open) {
  const belay = await openPlanHouse(open);
  await belay.plant('Elke week bellen', { stage: 'confirmed' });
  return {
    ...belay,
    async ask(): Promise<Outgoing[]> {
      await belay.say(anna, general, 'kti vragen acme');
      return belay.settle();
    },
    /** The round that was asked last. */
    async round(): Promise<string> {
      const rounds = belay.store.db.selectFrom('kti_round').select('id').orderBy('id', 'desc');
      return (await rounds.executeTakeFirstOrThrow()).id;
    },
    async invitation(name: string) {
      const all = await invitationsOf(belay.store.db, 'T1', await this.round());
      const found = all.find((one) => one.name === name);
      if (!found) throw new Error(`${name} was not asked.`);
      return found;
    },
    /** The team keeps somebody as a contact. */
    async list(more: Partial<Contact>) {
      const contact = { ...nobody, client: 'c1', ...more };
      await belay.store.transact((tx) => addContact(tx, 'T1', contact, belay.time.now()));
      return contact;
    },
    /** These cannot be spoken to alone. */
    deaf(...people: string[]) {
      const { send } = belay.platform;
      belay.platform.send = async (message) => {
        if (message.kind === 'post' && people.includes(message.person ?? ''))
          throw new SendError('never', 'cannot_dm_user');
        return send(message);
      };
    },
  };
}

const nobody: Contact = {
  ...{ id: 'k1', name: 'Gijs', role: undefined, language: undefined, person: undefined, email: undefined },
  listed: true,
};

/** The worst order: `first` has begun, and goes on once the press waits for it. Returns what came of the press. */
async function pressWhile(
  belay: PlanHouse,
  first: (wait: () => Promise<void>) => Promise<unknown>,
  press: () => Promise<unknown>,
) {
  const [begun, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const one = first(() => {
    begun.resolve();
    return go.promise;
  });
  await Promise.race([begun.promise, one]);
  const other = press();
  await Promise.race([somebodyWaits(belay), other]);
  go.resolve();
  await one;
  return other;
}

eachDatabase((database, open) => {
  const house = () => openRoundHouse(open);

  describe('a round that has not ended', () => {
    it('can be closed or withdrawn where one is told of it, by the client’s team alone', async () => {
      const belay = await house();
      const sent = await belay.ask();
      const again = await belay.say(bram, general, 'kti vragen acme');
      expect(refusalOf(again)).toMatch(/die ronde loopt nog/);
      const round = subjectOf(again, 'kti.close');
      expect(subjectOf(again, 'kti.cancel')).toBe(round);
      const summary = await belay.say(bram, general, 'kti overzicht acme');
      expect(subjectOf(summary, 'kti.close')).toBe(round);
      expect(subjectOf(summary, 'kti.cancel')).toBe(round);
      await belay.grade1(sent, daan, 8);
      const graded = wordsOf(await belay.say(bram, general, 'kti overzicht acme'));
      expect(graded).toContain('kti.close');
      expect(graded).not.toContain('kti.cancel');
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      expect(wordsOf(await belay.say(carla, direct, 'kti summary acme'))).not.toContain('kti.close');
      expect(wordsOf(await belay.press(bram, general, 'kti.close', round))).toContain('is gesloten');
    });

    it('is told to be predicted, not to be asked, with what one can do then', async () => {
      const belay = await house();
      await belay.predicts();
      await belay.ask();
      const refused = await belay.say(bram, general, 'kti vragen acme');
      expect(refusalOf(refused)).toMatch(/Acme is nog niet gevraagd: het team voorspelt eerst/);
      const summary = await belay.say(bram, general, 'kti overzicht acme');
      for (const press of ['kti.put', 'kti.forecast', 'kti.cancel'])
        for (const said of [refused, summary]) expect(subjectOf(said, press)).toBe(await belay.round());
    });
  });

  // On SQLite one transaction waits for the other's end.
  if (database === 'postgres')
    describe('two who work on a round at once', () => {
      it('lose no grade to a reminder', async () => {
        const belay = await house();
        const sent = await belay.ask();
        const round = await belay.round();
        const remind = (wait: () => Promise<void>) =>
          belay.store.transact(async (tx) => {
            await findRound(tx, 'T1', round);
            await wait();
            for (const one of await invitationsOf(tx, 'T1', round)) await changeInvitation(tx, 'T1', one);
          });
        const pressed = await pressWhile(belay, remind, () => belay.grade1(sent, daan, 7));
        expect(pressed).toMatchObject({ kind: 'answer' });
        expect(belay.failures).toEqual([]);
      });

      it('lose no grade to its follow-up', async () => {
        const belay = await house();
        const sent = await belay.ask();
        await belay.grade1(sent, daan, 3);
        const row = belay.store.db.selectFrom('follow_up').selectAll();
        const { subject, kind } = await row.executeTakeFirstOrThrow();
        const tell = (wait: () => Promise<void>) =>
          belay.store.transact(async (tx) => {
            await followUpOn(tx, 'T1', { kind, subject, person: 'daan' });
            await wait();
            const at = { ...belay.outside, tx, tenant: 'T1', platform: 'test', now: belay.time.now() };
            const words = { say: voice('nl'), language: 'nl', timeZone: 'Europe/Amsterdam' } as const;
            await followed.about(at, { subject, person: 'daan', reader: 'anna' }, words);
          });
        const pressed = await pressWhile(belay, tell, () => belay.grade1(sent, daan, 4));
        expect(pressed).toMatchObject({ kind: 'answer' });
        expect(belay.failures).toEqual([]);
      });
    });

  describe('who cannot be asked alone', () => {
    it('is asked by mail when he is not in the client’s channel', async () => {
      const belay = await house();
      await belay.contacts(['daan', 'eva']);
      await belay.list({ name: 'Finn Mulder', person: 'finn', email: 'finn@acme.example' });
      belay.deaf('finn');
      const sent = await belay.ask();
      expect(toldTo(sent, 'finn@acme.example')).toContain('https://belay.example/kti.answer/');
      expect(toldIn(sent, 'acme')).toBe('');
    });

    it('has not been asked when nothing reached him', async () => {
      const belay = await house();
      await belay.contacts([]);
      const contact = await belay.list({ name: 'Finn Mulder', person: 'finn' });
      belay.deaf('finn');
      belay.outside.link = () => undefined;
      expect(toldTo(await belay.ask(), 'anna')).toContain('kon niet gevraagd worden');
      await belay.press(anna, general, 'kti.cancel', await belay.round());
      belay.outside.link = (_, subject) => `https://belay.example/kti.answer/${subject}`;
      const known = { ...contact, email: 'finn@acme.example' };
      await belay.store.transact((tx) => changeContact(tx, 'T1', known));
      belay.time.advance({ minutes: 5 });
      expect(toldTo(await belay.ask(), 'finn@acme.example')).toContain('https://belay.example/kti.answer/');
    });
  });

  describe('who has not answered', () => {
    it('is reminded in the channel when he was asked there, and who asked hears of everybody', async () => {
      const belay = await house();
      belay.outside.mails = false;
      await belay.list({ name: 'Gijs', email: 'gijs@acme.example' });
      belay.deaf('daan');
      await belay.ask();
      belay.time.advance({ hours: 24 * 3 - 1 });
      const at = { tenant: 'T1', platform: 'test', now: belay.time.now() };
      await belay.store.transact((tx) => spend({ ...at, tx }, { person: 'eva' }, 'reminder'));
      belay.time.advance({ hours: 1 });
      const sent = await belay.settle();
      expect(toldIn(sent, 'acme')).toContain('Een herinnering');
      expect(toldTo(sent, 'finn')).toContain('Een herinnering');
      const told = toldTo(sent, 'anna');
      expect(told).toContain('4 van de 4 bij Acme gaven nog geen cijfers');
      expect(told).toMatch(/onder vier ogen: Finn Mulder\./);
      expect(told).toMatch(/in het gedeelde kanaal: Daan Visser\./);
      expect(told).toMatch(/al een bericht van mij: Eva Jansen\./);
      expect(told).toContain((await belay.invitation('Gijs')).id);
      await belay.press(anna, general, 'kti.close', await belay.round());
      const closed = (await belay.settle()).filter(({ kind }) => kind === 'update');
      expect(closed.map(({ place, person }) => place ?? person).toSorted()).toEqual([
        'acme',
        'acme',
        'eva',
        'finn',
        'finn',
      ]);
      expect(belay.failures.filter((one) => !String(one).includes('cannot_dm_user'))).toEqual([]);
    });

    it('is told of to the client’s owner once who asked has left, as is who could not be asked', async () => {
      const belay = await house();
      await belay.contacts(['daan']);
      await belay.list({ name: 'Finn Mulder', person: 'finn' });
      belay.deaf('finn');
      belay.outside.link = () => undefined;
      await belay.say(bram, general, 'kti vragen acme');
      await belay.people.savePerson('T1', {
        ...bram,
        outsider: true,
        checkedAt: belay.time.now().toString(),
      });
      const sent = await belay.settle();
      expect(toldTo(sent, 'anna')).toContain('Finn Mulder van Acme kon niet gevraagd worden');
      belay.time.advance({ hours: 24 * 3 });
      const later = await belay.settle();
      expect(toldTo(later, 'anna')).toContain('2 van de 2 bij Acme gaven nog geen cijfers');
      expect([...sent, ...later].filter(({ person }) => person === 'bram')).toEqual([]);
    });

    it('is waited for no longer than he can answer: not once he has left, nor when no way leads to him', async () => {
      const belay = await house();
      await belay.contacts(['daan', 'eva']);
      await belay.list({ name: 'Finn Mulder', person: 'finn' });
      belay.deaf('finn');
      belay.outside.link = () => undefined;
      await belay.ask();
      await belay.contacts(['daan']);
      const { id } = await belay.invitation('Daan Visser');
      await belay.submit(daan, direct, 'kti.grade', id, { 'grade-1': '8' });
      belay.time.advance({ minutes: 15 });
      expect(toldIn(await belay.settle(), 'general')).toContain('1 van de 3 antwoordde · gesloten');
    });

    it('is told of to the manager once who asked and the owner have left, as is the end where no channel is', async () => {
      const belay = await house();
      await belay.say(carla, general, 'kti ask acme');
      const sent = await belay.settle();
      await belay.leave(carla);
      await belay.leave(anna);
      await belay.grade1(sent, daan, 8);
      belay.time.advance({ hours: 24 * 3 });
      expect(toldTo(await belay.settle(), 'bram')).toContain('2 van de 3 bij Acme gaven nog geen cijfers');
      const checkedAt = belay.time.now().toString();
      await belay.people.savePlace('T1', { ...general, reachable: false, checkedAt });
      belay.time.advance({ hours: 24 * 4 });
      expect(toldTo(await belay.settle(), 'bram')).toContain('Cijfers van Acme');
    });

    it('is asked by neither card once he has answered', async () => {
      const belay = await house();
      await belay.ask();
      belay.time.advance({ hours: 24 * 3 });
      await belay.settle();
      const { id } = await belay.invitation('Daan Visser');
      await belay.submit(daan, direct, 'kti.grade', id, { 'grade-1': '8' });
      const updated = (await belay.settle()).filter(
        ({ kind, person }) => kind === 'update' && person === 'daan',
      );
      expect(updated).toHaveLength(2);
      expect(new Set(updated.map(({ ref }) => ref)).size).toBe(2);
    });
  });

  describe('a contact', () => {
    it('grades also when he administers this workspace', async () => {
      const belay = await house();
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      await belay.list({ name: carla.name, person: 'carla' });
      const sent = await belay.ask();
      const pressed = await belay.grade1(sent, { ...carla, admin: true }, 8);
      expect(wordsOf(pressed)).toContain('Your grade is saved');
      // Of the team itself nobody does, whoever lists him.
      await belay.list({ id: 'k2', name: bram.name, person: 'bram' });
      const card = await belay.press(bram, acme, 'kti.open', await belay.round());
      expect(refusalOf(card)).toMatch(/Ons eigen team/);
    });

    it('who is not content is told of again on a working day, not on Christmas Day', async () => {
      const belay = await house();
      belay.time.set('2026-12-23T09:00:00Z');
      await belay.grade1(await belay.ask(), daan, 3);
      expect(toldTo(await belay.settle(), 'anna')).toContain('gaf een 3');
      expect(toldTo(await belay.at('2026-12-25T09:00:00Z'), 'anna')).not.toContain('gaf een 3');
      expect(toldTo(await belay.at('2026-12-28T08:00:00Z'), 'anna')).toContain('gaf een 3');
    });

    it('is spoken to in the language that the team set for him', async () => {
      const belay = await house();
      await belay.list({ name: daan.name, person: 'daan', language: 'en' });
      const sent = await belay.ask();
      const { id } = await belay.invitation(daan.name);
      const said = [
        await belay.grade1(sent, daan, 7),
        await belay.press(daan, direct, 'kti.open', id),
        await belay.submit(daan, direct, 'kti.grade', id, { 'grade-1': '8' }),
      ].map(wordsOf);
      expect(said[0]).toContain('What makes it a grade of 7?');
      expect(said[1]).toContain('Your grades');
      expect(said[2]).toContain('Thank you');
    });

    it('is spoken to in his client’s language as long as his own is not known', async () => {
      const belay = await house();
      await belay.store.db.updateTable('client').set({ language: 'en' }).execute();
      await belay.people.savePerson('T1', {
        ...daan,
        language: 'nl',
        checkedAt: belay.time.now().toString(),
      });
      const sent = await belay.ask();
      expect(toldTo(sent, 'eva')).toContain('How are we doing?');
      expect(toldTo(sent, 'daan')).toContain('Hoe doen wij het?');
    });

    it('is one, also when he answered by mail before he came into the channel', async () => {
      const belay = await house();
      const { id: contact } = await belay.list({ name: 'Gijs', email: 'gijs@acme.example' });
      await belay.ask();
      const { id } = await belay.invitation('Gijs');
      await belay.pages.send(belay.linked('kti.answer', id), { 'grade-1': '9' }, undefined);
      const known = { ...gijs, email: 'Gijs@acme.example', checkedAt: belay.time.now().toString() };
      await belay.people.savePerson('T1', known);
      await belay.people.saveMembers('T1', 'acme', ['anna', 'daan', 'eva', 'finn', 'gijs']);
      // He is known by his address, also when nobody lists him any more.
      await belay.store.transact((tx) => removeContact(tx, 'T1', contact));
      const form = await belay.press(gijs, acme, 'kti.open', await belay.round());
      expect(wordsOf(form)).toContain('"value":9');
      await belay.submit(gijs, acme, 'kti.grade', id, { 'grade-1': '4' });
      const kept = await belay.store.db.selectFrom('kti_grade').select(['grader_id', 'grade']).execute();
      expect(kept).toEqual([{ grader_id: 'mail:gijs@acme.example', grade: 4 }]);
    });

    it('reads on his page that the question was withdrawn', async () => {
      const belay = await house();
      await belay.list({ name: 'Gijs', email: 'gijs@acme.example' });
      await belay.ask();
      const { id } = await belay.invitation('Gijs');
      await belay.press(anna, general, 'kti.cancel', await belay.round());
      const page = await belay.pages.show(belay.linked('kti.answer', id), undefined);
      expect(JSON.stringify(page)).toContain('Deze vraag is vervallen. U hoeft niets te doen.');
    });
  });
});
