import { describe, expect, it } from 'vitest';
import { addClient } from '../../../src/features/clients/store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient, openTeamHouse, toldTo } from '../../support/expectation-house.ts';
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
import { filledIn, gradeIn, plantKti, rowsOf, startFor } from './way.ts';

eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());

  describe('what is proposed', () => {
    it('is three actions for the KTI that asks for one most, with how it stands', async () => {
      const belay = await house();
      const fine = await plantKti(belay, 'Op tijd leveren');
      const fallen = await plantKti(belay, 'Sneller antwoord', { kind: 'giving-information' });
      await gradeIn(belay, fine, [7]);
      await gradeIn(belay, fallen, [9, 9]);
      belay.time.set('2026-11-30T09:00:00Z');
      await gradeIn(belay, fallen, [7, 8]);
      const said = await belay.say(bram, general, 'actie');
      expect(wordsOf(said)).toMatch(/voor Acme\?.*Sneller antwoord.*7,5 \(n = 2\).*gemiddeld 9,0/);
      expect(wordsOf(said).match(/"actions\.start","subject":"[^".]+\.(?!own)/g)).toHaveLength(3);
      expect(subjectOf(said, 'actions.propose.1')).toBe(fallen.id);
      const next = await belay.press(bram, general, 'actions.propose', fallen.id, '1');
      const proposed = (one: unknown) =>
        [...JSON.stringify(one).matchAll(/"actions\.start","subject":"[^".]+\.([^".]+)/g)].map(
          ([, entry]) => entry,
        );
      expect(proposed(next).filter((entry) => proposed(said).includes(entry))).toEqual(['own']);
      const [, own = ''] = /"actions\.start","subject":"([^".]+\.own[^"]*)"/.exec(wordsOf(next)) ?? [];
      const start = JSON.stringify(await belay.press(bram, general, 'actions.start', own));
      expect([...start.matchAll(/"value":"([a-z-]+)","label"/g)].map(([, entry]) => entry)).toEqual(
        proposed(next),
      );
      const form = wordsOf(await belay.press(bram, general, 'actions.kti', 'c1'));
      expect(form).toMatch(/7,5 · Sneller antwoord.*7 · Op tijd leveren/);
      const chosen = await belay.submit(bram, direct, 'actions.kti', 'c1', { kti: fine.id });
      expect(wordsOf(chosen)).toContain('Op tijd leveren');
    });

    it('says of what was graded lower that it is worked on, with the way to it', async () => {
      const belay = await house();
      const low = await plantKti(belay, 'Sneller antwoord');
      await gradeIn(belay, low, [4]);
      await plantKti(belay, 'Op tijd leveren');
      const id = await startFor(belay, low);
      const said = await belay.say(bram, general, 'actie');
      expect(wordsOf(said)).toMatch(
        /“Sneller antwoord” \(4\) wordt al gewerkt: Elke vrijdag bellen \(Bram Bakker\).*"quote","text":"Op tijd leveren"/,
      );
      expect(subjectOf(said, 'actions.show')).toBe(id);
    });

    it('is for the client that is typed, or chosen where none is clear', async () => {
      const belay = await house();
      await plantKti(belay, 'Op tijd leveren');
      expect(wordsOf(await belay.say(bram, direct, 'action acme'))).toMatch(/nog geen cijfer/);
      expect(wordsOf(await belay.say(bram, direct, 'actie'))).toContain('Voor welke klant?');
      const chosen = await belay.submit(bram, direct, 'actions.client', '', { client: 'c1' });
      expect(wordsOf(chosen)).toContain('Op tijd leveren');
      const gone = await belay.submit(bram, direct, 'actions.client', '', { client: 'elsewhere' });
      expect(refusalOf(gone)).toContain('er niet meer');
      expect(refusalOf(await belay.say(bram, direct, 'actie Akme'))).toContain('Acme');
    });

    it('is for what still holds: not for an expectation that is over, nor for what was asked long ago', async () => {
      const belay = await house();
      const question = { source: 'question', wording: undefined } as const;
      const old = await plantKti(belay, 'Lang geleden', question);
      await gradeIn(belay, old, [1]);
      belay.time.set('2027-12-01T09:00:00Z');
      const over = await plantKti(belay, 'Dagelijks bellen');
      await gradeIn(belay, over, [2]);
      await gradeIn(belay, await plantKti(belay, 'Op tijd leveren'), [8]);
      expect(wordsOf(await belay.say(bram, general, 'actie'))).toContain('Dagelijks bellen');
      await belay.store.db
        .updateTable('expectation')
        .set({ state: 'withdrawn' })
        .where('id', '=', over.about)
        .execute();
      expect(wordsOf(await belay.say(bram, general, 'actie'))).toContain('Op tijd leveren');
      const form = wordsOf(await belay.press(bram, general, 'actions.kti', 'c1'));
      expect(form).toContain('Op tijd leveren');
      expect(form).not.toMatch(/Dagelijks bellen|Lang geleden/);
    });

    it('is for the same as in the summary, in the words of the last grade, however old that is', async () => {
      const belay = await house();
      const late = await plantKti(belay, 'Op tijd leveren');
      await gradeIn(belay, late, [3]);
      await gradeIn(belay, await plantKti(belay, 'Meedenken'), [5]);
      belay.time.advance({ hours: 24 });
      await plantKti(belay, 'Binnen een dag leveren', { about: late.about });
      const proposed = async () => wordsOf(await belay.say(bram, general, 'actie'));
      expect(await proposed()).toMatch(/Op tijd leveren.*3 \(n = 1\)/);
      belay.time.advance({ hours: 24 * 400 });
      expect(await proposed()).toContain('Op tijd leveren');
      await belay.press(anna, direct, 'actions.done', await startFor(belay, late));
      expect(await proposed()).toMatch(/Meedenken.*5 \(n = 1\)/);
    });

    it('shows an expectation about a person only to those who may see it', async () => {
      const belay = await house();
      const person = { id: 'bram', name: bram.name };
      const kti = await plantKti(belay, 'Bram is traag', { inside: { about: 'person', person } });
      const id = await startFor(belay, kti, { owner: 'carla', title: 'Samen plannen' });
      expect(toldTo(await belay.settle(), 'carla')).toMatch(/^(?!.*traag).*Samen plannen/);
      expect(wordsOf(await belay.press(bram, direct, 'actions.show', id))).toContain('Bram is traag');
      expect(wordsOf(await belay.press(carla, direct, 'actions.show', id))).not.toContain('traag');
      await belay.press(carla, direct, 'actions.done', id);
      for (const said of ['actions Acme', 'action Acme', 'client Acme'])
        expect(wordsOf(await belay.say(carla, direct, said))).not.toContain('traag');
      for (const press of ['actions.tell', 'actions.noticed'])
        expect(wordsOf(await belay.press(carla, direct, press, id))).not.toContain('traag');
      const start = await belay.press(carla, direct, 'actions.start', kti.id);
      expect(start.kind).toBe('refused');
      expect(wordsOf(await belay.say(bram, direct, 'actie Acme'))).toContain('Bram is traag');
    });

    it('says what to do first when the client has never graded anything', async () => {
      const belay = await house();
      const refused = await belay.say(bram, general, 'actie');
      expect(refusalOf(refused)).toContain('nog niets om een cijfer voor te geven');
      expect(wordsOf(refused)).toContain('"kti.ask"');
    });

    it('lets colleagues read, and tells the client’s own people nothing', async () => {
      const belay = await house();
      const kti = await plantKti(belay, 'Op tijd leveren');
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      const read = wordsOf(await belay.say(carla, direct, 'action Acme'));
      expect(read).toContain('The team of Acme can start one');
      expect(read).not.toContain('actions.start');
      const start = await belay.press(carla, direct, 'actions.start', kti.id);
      expect(refusalOf(start)).toContain('team');
      await belay.say(bram, direct, 'klant contact Acme @Carla Smit');
      expect((await belay.say(carla, direct, 'action Acme')).kind).toBe('refused');
      expect(await rowsOf(belay)).toEqual([]);
    });
  });

  describe('starting', () => {
    it('asks all that an action must have, each with words that say what is missing', async () => {
      const belay = await house();
      const kti = await plantKti(belay, 'Op tijd leveren');
      const form = wordsOf(await belay.press(anna, direct, 'actions.start', `${kti.id}.expert-colleague`));
      expect(form).toMatch(/"value":"expert-colleague"/);
      expect(form).toMatch(
        /overleg eerst met de leidinggevende.*Wat de klant niet ziet, telt voor hem niet mee/,
      );
      const send = async (fields: Record<string, string>) =>
        refusalOf(await belay.submit(anna, direct, 'actions.start', kti.id, { ...filledIn, ...fields }));
      expect(await send({ action: 'nonsense' })).toContain('Kies wat we gaan doen');
      expect(await send({ title: ' ' })).toContain('in eigen woorden');
      expect(await send({ owner: '' })).toContain('Kies wie het doet');
      expect(await send({ owner: 'daan' })).toContain('ken ik nog niet');
      expect(await send({ due: 'ooit' })).toContain('lees ik niet');
      expect(await send({ due: 'gisteren' })).toContain('al voorbij');
      expect(await send({ due: '2028-01-01' })).toContain('meer dan een jaar');
      expect(await send({ notice: '' })).toContain('hoe de klant het gaat merken');
      expect(form).toContain('Moet, als hierboven staat');
      expect(await send({ action: 'expert-colleague' })).toContain(
        'Overleg hierover eerst met de leidinggevende',
      );
      expect(await send({ title: 'x'.repeat(151) })).toContain('150');
      expect(await rowsOf(belay)).toEqual([]);
      expect(await belay.settle()).toEqual([]);
    });

    it('keeps what was typed when something of it is wrong, and offers the same three', async () => {
      const belay = await house();
      const kti = await plantKti(belay, 'Op tijd leveren');
      const form = wordsOf(await belay.press(anna, direct, 'actions.start', kti.id));
      const subject = /"subject":"([^"]+)"/.exec(form)?.[1] ?? '';
      const refused = await belay.submit(anna, direct, 'actions.start', subject, {
        ...filledIn,
        due: 'ooit',
      });
      expect(wordsOf(refused)).toContain(filledIn.notice);
      expect(wordsOf(refused)).toContain(`"subject":"${subject}"`);
    });

    it('shows it, and tells its owner when another started it', async () => {
      const belay = await house();
      const kti = await plantKti(belay, 'Op tijd leveren');
      const fields = { action: 'expert-colleague', title: '', consulted: 'Bram', owner: 'carla' };
      await startFor(belay, kti, fields);
      expect(await rowsOf(belay)).toMatchObject([
        {
          ...{ client_id: 'c1', kti_id: kti.id, catalogue_id: 'expert-colleague', owner_id: 'carla' },
          ...{ due_day: '2026-11-27', state: 'open', consulted: 'Bram', started_by_id: 'anna' },
        },
      ]);
      const told = toldTo(await belay.settle(), 'carla');
      expect(told).toMatch(/Anna de Vries put this action in your name.*Bring in a colleague/);
    });

    it('begins nothing twice: not when it is sent twice, nor when a colleague had the same idea', async () => {
      const belay = await house();
      const kti = await plantKti(belay, 'Op tijd leveren');
      const id = await startFor(belay, kti);
      expect(await startFor(belay, kti)).toBe(id);
      const fields = { ...filledIn, title: 'elke VRIJDAG bellen' };
      const second = await belay.submit(bram, direct, 'actions.start', kti.id, fields);
      expect(refusalOf(second)).toContain('loopt hier al: Bram Bakker');
      expect(subjectOf(second, 'actions.show')).toBe(id);
      expect(await rowsOf(belay)).toHaveLength(1);
      expect(await startFor(belay, await plantKti(belay, 'Iets anders'))).not.toBe(id);
    });

    it('knows what runs for the same expectation in earlier words, and proposes that no more', async () => {
      const belay = await house();
      const earlier = await plantKti(belay, 'Op tijd leveren', { kind: 'giving-information' });
      const form = wordsOf(await belay.press(anna, direct, 'actions.start', earlier.id));
      const running = /"value":"([a-z-]+)"/.exec(form)?.[1] ?? '';
      const catalogue = { action: running, title: '', consulted: 'Bram' };
      const id = await startFor(belay, earlier, catalogue);
      const { about, kind } = earlier;
      const now = await plantKti(belay, 'Binnen twee dagen leveren', { about, kind });
      const said = await belay.say(bram, general, 'actie');
      expect(wordsOf(said)).toMatch(/Binnen twee dagen leveren.*Loopt al/);
      expect(subjectOf(said, 'actions.show')).toBe(id);
      // A card of before the new words still works.
      const turned = await belay.press(bram, general, 'actions.propose', earlier.id, '1');
      expect(wordsOf(turned)).toMatch(/Binnen twee dagen leveren.*Loopt al/);
      for (const kti of [now, earlier]) {
        const form = await belay.press(bram, direct, 'actions.start', kti.id);
        expect(wordsOf(form)).not.toContain(`"value":"${running}"`);
        const again = await belay.press(bram, direct, 'actions.start', `${kti.id}.${running}`);
        expect(subjectOf(again, 'actions.show')).toBe(id);
        const sent = await belay.submit(bram, direct, 'actions.start', kti.id, {
          ...{ ...filledIn, ...catalogue, owner: 'carla' },
        });
        expect(refusalOf(sent)).toContain('loopt hier al');
      }
      await plantKti(belay, 'Iets anders');
      const choices = wordsOf(await belay.press(bram, direct, 'actions.kti', 'c1'));
      expect(choices).toMatch(/Iets anders.*Binnen twee dagen leveren/);
    });

    it('of several at once keeps one', async () => {
      const belay = await house();
      const kti = await plantKti(belay, 'Op tijd leveren');
      await Promise.all(
        [anna, bram, carla, anna, bram, carla].map((person, at) =>
          belay.submit(person, direct, 'actions.start', kti.id, {
            ...filledIn,
            ...{ owner: person.id, notice: `Daan ziet het, ${at}`, due: 'vrijdag' },
          }),
        ),
      );
      expect(await rowsOf(belay)).toHaveLength(1);
    });

    it('is for no KTI of another tenant or that is gone, and for no archived client', async () => {
      const belay = await house();
      const kti = await plantKti(belay, 'Op tijd leveren');
      await belay.store.db.updateTable('kti').set({ tenant_id: 'T2' }).execute();
      for (const id of [kti.id, 'nonsense'])
        expect(refusalOf(await belay.submit(anna, direct, 'actions.start', id, filledIn))).toContain(
          'staat er niet meer',
        );
      await belay.store.db.updateTable('kti').set({ tenant_id: 'T1' }).execute();
      await belay.press(anna, direct, 'clients.archive-now', 'c1');
      expect(refusalOf(await belay.submit(anna, direct, 'actions.start', kti.id, filledIn))).toContain(
        'gearchiveerd',
      );
      expect(refusalOf(await belay.say(anna, direct, 'actie Acme'))).toContain('gearchiveerd');
      expect(await rowsOf(belay)).toEqual([]);
    });

    it('begins with own words that were typed after the client’s name, for any question of it', async () => {
      const belay = await house();
      await gradeIn(belay, await plantKti(belay, 'Op tijd leveren'), [5]);
      const kti = await plantKti(belay, 'Sneller antwoord');
      for (const said of ['actie Acme: koffie drinken', 'action acme: koffie drinken']) {
        const form = await belay.say(bram, general, said);
        expect(form.kind === 'ask' && form.form.fields[0]?.value).toBe('koffie drinken');
        expect(wordsOf(form)).toMatch(/5 · Op tijd leveren.*Sneller antwoord/);
      }
      const pressed = await belay.press(bram, direct, 'actions.start-own', 'c1.koffie. Of thee');
      expect(wordsOf(pressed)).toContain('"value":"koffie. Of thee"');
      const { action: _, ...typed } = { ...filledIn, kti: kti.id };
      const send = (fields: Record<string, string>) =>
        belay.submit(bram, direct, 'actions.start-own', 'c1', { ...typed, ...fields });
      const refused = await send({ due: 'ooit' });
      expect(wordsOf(refused)).toMatch(/lees ik niet.*Elke vrijdag bellen/);
      expect(refusalOf(await send({ kti: 'elsewhere' }))).not.toBe('');
      await send({});
      expect(await rowsOf(belay)).toMatchObject([{ kti_id: kti.id, title: 'Elke vrijdag bellen' }]);
      expect((await belay.say(daan, acme, 'actie Acme: koffie')).kind).not.toBe('ask');
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      expect((await belay.say(carla, direct, 'action Acme: coffee')).kind).toBe('refused');
    });

    it('says so when there is nobody who could do it', async () => {
      const belay = await house();
      const kti = await plantKti(belay, 'Op tijd leveren');
      const checkedAt = belay.time.now().toString();
      for (const person of [bram, carla])
        await belay.people.savePerson('T1', { ...person, outsider: true, checkedAt });
      await belay.people.saveMembers('T1', 'general', []);
      await belay.store.db.updateTable('client').set({ owner_id: 'bram', manager_id: null }).execute();
      await belay.say(anna, direct, 'klant contact Acme @Anna de Vries');
      const refused = await belay.press(anna, direct, 'actions.start', kti.id);
      expect(refusalOf(refused)).toMatch(/niemand die iets voor Acme kan doen/);
    });
  });

  describe('the list', () => {
    it('has one’s own and those of one’s clients, overdue first, and what was not seen yet', async () => {
      const belay = await house();
      const kti = await plantKti(belay, 'Op tijd leveren');
      await startFor(belay, kti, { title: 'Later', due: '18 december' });
      await startFor(belay, kti, { title: 'Eerst', due: 'morgen' });
      const done = await startFor(belay, kti, { title: 'Al gedaan' });
      await belay.press(bram, direct, 'actions.done', done);
      belay.time.set('2026-11-26T09:00:00Z');
      const said = wordsOf(await belay.say(bram, direct, 'acties'));
      expect(said).toMatch(
        /2 lopen, waarvan 1 te laat.*Eerst · Acme · Bram Bakker · dinsdag 24 november, 2 dagen te laat.*Later.*nog niet gezien.*Al gedaan/,
      );
      await belay.store.transact((tx) =>
        addClient(tx, 'T1', acmeClient(belay, { id: 'c2', name: 'Elders', manager: undefined })),
      );
      const elsewhere = await plantKti(belay, 'Anders', { client: 'c2' });
      await startFor(belay, elsewhere, { title: 'Van elders', owner: 'anna' });
      expect(wordsOf(await belay.say(bram, direct, 'acties'))).not.toContain('Van elders');
      expect(wordsOf(await belay.say(bram, direct, 'acties Elders'))).toContain('Van elders');
      expect(wordsOf(await belay.say(anna, direct, 'actions'))).toContain('Van elders');
    });

    it('has one’s own first, and of an administrator not the whole workspace', async () => {
      const belay = await house();
      const owner = { id: 'bram', name: bram.name };
      await belay.store.transact((tx) =>
        addClient(tx, 'T1', acmeClient(belay, { id: 'c2', name: 'Elders', owner, manager: undefined })),
      );
      const [kti, elsewhere] = [
        await plantKti(belay, 'Op tijd leveren'),
        await plantKti(belay, 'Anders', { client: 'c2' }),
      ];
      await startFor(belay, kti, { title: 'Van Bram', due: 'morgen' });
      await startFor(belay, elsewhere, { title: 'Van elders', due: 'morgen' });
      expect(wordsOf(await belay.say(anna, direct, 'acties'))).not.toMatch(/Van elders|Van jou/);
      await startFor(belay, elsewhere, { title: 'Van Anna', owner: 'anna' });
      expect(wordsOf(await belay.say(anna, direct, 'acties'))).toMatch(
        /2 lopen.*Van jou.*Van Anna · Elders.*Van je klanten.*Van Bram · Acme/,
      );
    });

    it('has of one client also what is finished, with what was graded since', async () => {
      const belay = await house();
      const kti = await plantKti(belay, 'Op tijd leveren');
      const before = await startFor(belay, kti, { title: 'Eerder al gedaan' });
      const done = await startFor(belay, kti, { title: 'Al gedaan' });
      await gradeIn(belay, kti, [6, 7]);
      belay.time.set('2026-11-24T09:00:00Z');
      for (const id of [before, done]) {
        await belay.press(bram, direct, 'actions.done', id);
        await belay.submit(bram, direct, 'actions.noticed', id, {});
        belay.time.set('2026-11-25T09:00:00Z');
      }
      belay.time.set('2026-12-24T09:00:00Z');
      await gradeIn(belay, kti, [8, 8]);
      const said = await belay.say(bram, direct, 'acties Acme');
      expect(wordsOf(said)).toMatch(
        /geen actie.*Afgerond.*door iets anders komen.*Al gedaan · Bram Bakker · 25 november.*Op tijd leveren.{2}Sinds 25 november: 6,5 \(n\u00a0=\u00a02\) → 8,0.*Eerder al gedaan/,
      );
      expect(subjectOf(said, 'actions.show')).toBe(done);
      expect(wordsOf(await belay.say(bram, direct, 'acties'))).not.toContain('Al gedaan');
      for (let at = 0; at < 8; at += 1) await startFor(belay, kti, { title: `Nummer ${at}` });
      expect(wordsOf(await belay.say(bram, direct, 'acties Acme'))).toMatch(/^(?!.*Al gedaan).*Nog 2/);
      const next = wordsOf(await belay.press(bram, direct, 'actions.list', 'c1', '2'));
      expect(next).toMatch(/Afgerond.*Al gedaan.*6,5/);
    });

    it('goes on over pages, and stands in the channel of one client for him alone', async () => {
      const belay = await house();
      const kti = await plantKti(belay, 'Op tijd leveren');
      for (let at = 0; at < 9; at += 1) await startFor(belay, kti, { title: `Nummer ${at}` });
      const first = await belay.say(anna, acme, 'acties Acme');
      expect(wordsOf(first)).toMatch(/"audience":"person"|"kind":"answer"/);
      expect(wordsOf(first)).not.toContain('Nummer 8');
      expect(subjectOf(first, 'actions.list.2')).toBe('c1');
      expect(wordsOf(await belay.press(anna, acme, 'actions.list', 'c1', '2'))).toContain('Nummer 8');
      expect(wordsOf(await belay.say(carla, direct, 'actions'))).toContain('9 under way');
    });
  });
});
