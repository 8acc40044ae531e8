import { describe, expect, it } from 'vitest';
import { briefing } from '../../../src/features/actions/known-feature.ts';
import { dailyStart } from '../../../src/features/actions/morning-feature.ts';
import { overdue } from '../../../src/features/actions/overdue-feature.ts';
import { voice } from '../../../src/text/say.ts';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse, toldTo } from '../../support/expectation-house.ts';
import { anna, bram, carla, direct, type House, wordsOf } from '../../support/house.ts';
import { plantKti, startFor } from './way.ts';

const defaults = { language: 'nl', timeZone: 'Europe/Amsterdam' } as const;
const words = { say: voice('nl'), ...defaults };
const at = { tenant: 'T1', platform: 'test' };
const acme = { id: 'c1', name: 'Acme' };

eachDatabase((_, open) => {
  async function begun() {
    const belay = await openTeamHouse(await open());
    const kti = await plantKti(belay, 'Antwoord binnen een dag');
    const id = await startFor(belay, kti, { owner: 'carla' });
    await belay.settle();
    return { belay, kti, id };
  }

  describe('an action whose day is past', () => {
    const reasonsAt = (belay: House, now: string) =>
      belay.store.transact((tx) => overdue.find({ tx, ...at, now: Temporal.Instant.from(now), defaults }));

    it('is a reason for its owner from the second day on, until it is done', async () => {
      const { belay, id } = await begun();
      expect(await reasonsAt(belay, '2026-11-28T22:00:00Z')).toEqual([]);
      const reason = { key: `actions.overdue:${id}`, client: 'c1', who: ['carla'] };
      expect(await reasonsAt(belay, '2026-11-28T23:00:00Z')).toMatchObject([
        { ...reason, since: Temporal.Instant.from('2026-11-28T23:00:00Z') },
      ]);
      await belay.press(anna, direct, 'actions.done', id);
      expect(await reasonsAt(belay, '2026-12-01T09:00:00Z')).toEqual([]);
    });

    it('falls to whoever hears of the client when its owner may not read it, and rests with its client', async () => {
      const { belay } = await begun();
      const whoHears = async () => (await reasonsAt(belay, '2026-12-01T09:00:00Z')).map(({ who }) => who);
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      expect(await whoHears()).toEqual([['carla']]);
      await belay.say(bram, direct, 'klant contact Acme @Carla Smit');
      expect(await whoHears()).toEqual([['anna']]);
      await belay.press(anna, direct, 'clients.archive-now', 'c1');
      expect(await whoHears()).toEqual([]);
    });

    it('is told to him alone, in his language, with what he can do', async () => {
      const { belay, id } = await begun();
      const tell = (person: string, now = '2026-12-01T09:00:00Z') =>
        belay.store.transact((tx) =>
          overdue.tell(
            { tx, ...at, now: Temporal.Instant.from(now), person, voice: words },
            `actions.overdue:${id}`,
          ),
        );
      const told = await tell('carla');
      expect(told?.text).toMatch(/Elke vrijdag bellen.*Acme|Acme.*Elke vrijdag bellen/);
      expect(told?.text).toContain('4 dagen');
      expect(told?.buttons).toMatchObject([{ press: 'actions.done' }, { press: 'actions.show' }]);
      expect(await tell('anna')).toBeUndefined();
      expect(await tell('carla', '2026-11-28T09:00:00Z')).toBeUndefined();
    });

    it('comes with what is told between, once a week', async () => {
      const { belay } = await begun();
      await belay.jobs.ready();
      const days: string[] = [];
      const from = Temporal.Instant.from('2026-11-23T06:00:00Z');
      for (let hours = 0; hours < 24 * 16; hours += 1) {
        const now = from.add({ hours });
        belay.time.set(now.toString());
        if (toldTo(await belay.settle(), 'carla').includes('Elke vrijdag bellen'))
          days.push(now.toString().slice(0, 10));
      }
      expect(days).toEqual(['2026-11-30', '2026-12-07']);
    });
  });

  it('stands on the client’s card, with its day', async () => {
    const { belay, id } = await begun();
    const card = wordsOf(await belay.say(bram, direct, 'klant Acme'));
    expect(card).toMatch(/Acties die lopen.*Elke vrijdag bellen · Carla Smit · vrijdag 27 november/);
    expect(card).toContain('actions.list');
    await belay.press(bram, direct, 'actions.done', id);
    expect(wordsOf(await belay.say(bram, direct, 'klant Acme'))).toMatch(
      /1 actie gedaan, op 23 november\..*"actions\.list".*"actions\.client"/,
    );
    await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
    expect(wordsOf(await belay.say(carla, direct, 'client Acme'))).not.toContain('actions.client');
  });

  it('can be mentioned in a conversation: what is under way, and what was done unseen', async () => {
    const { belay, kti, id } = await begun();
    await startFor(belay, kti, { title: 'Langsgaan', due: '18 december' });
    await belay.press(bram, direct, 'actions.done', id);
    const show = () =>
      belay.store.transact((tx) =>
        briefing.show({ tx, ...at, now: belay.time.now(), person: 'bram', voice: words }, acme),
      );
    expect(JSON.stringify(await show())).toMatch(
      /voor Acme.*misschien nog niet gezien: Elke vrijdag bellen \(Carla Smit\).*Antwoord binnen een dag.*Langsgaan \(Bram Bakker\)/,
    );
    await belay.submit(bram, direct, 'actions.noticed', id, {});
    expect(JSON.stringify(await show())).not.toContain('Elke vrijdag bellen');
  });

  it('names an expectation about a person only to those who may see it', async () => {
    const { belay } = await begun();
    const person = { id: 'bram', name: bram.name };
    const kti = await plantKti(belay, 'Bram is traag', { inside: { about: 'person', person } });
    await startFor(belay, kti, { title: 'Samen plannen', due: 'morgen' });
    const show = (reader: string) =>
      belay.store.transact((tx) =>
        briefing.show({ tx, ...at, now: belay.time.now(), person: reader, voice: words }, acme),
      );
    expect(JSON.stringify(await show('bram'))).toContain('Bram is traag');
    expect(JSON.stringify(await show('carla'))).toMatch(/^(?!.*traag).*Samen plannen/);
  });

  it('is told in the morning of the day it is due, and when it was finished', async () => {
    const { belay, id } = await begun();
    const since = belay.time.now();
    const morning = (now: string, clients = [acme]) =>
      belay.store.transact((tx) =>
        dailyStart.show({
          ...{ tx, ...at, now: Temporal.Instant.from(now), voice: words, clients, people: ['bram'], since },
        }),
      );
    expect(await morning('2026-11-26T08:00:00Z')).toEqual({ today: [], news: [] });
    expect((await morning('2026-11-27T08:00:00Z')).today).toEqual([
      'Actie: Elke vrijdag bellen · Acme · Carla Smit · vandaag (vrijdag 27 november)',
    ]);
    expect((await morning('2026-11-30T08:00:00Z')).today?.[0]).toContain('3 dagen te laat');
    await belay.press(anna, direct, 'actions.done', id);
    expect(await morning('2026-11-30T08:00:00Z')).toEqual({
      today: [],
      news: ['Actie gedaan voor Acme: Elke vrijdag bellen (Anna de Vries)'],
    });
    expect(await morning('2026-11-30T08:00:00Z', [])).toEqual({ today: [], news: [] });
  });
});
