import { expect, it } from 'vitest';
import type { Outcome, Outgoing } from '../../../src/chat/platform.ts';
import { unlinkPlace } from '../../../src/features/clients/link-store.ts';
import { addContact } from '../../../src/features/clients/people-store.ts';
import { changeClient } from '../../../src/features/clients/store.ts';
import { bringTo } from '../../../src/features/expectations/change-store.ts';
import { keepInside } from '../../../src/features/expectations/inside-store.ts';
import { wordingsOf } from '../../../src/features/expectations/store.ts';
import { writeSetting } from '../../../src/store/settings.ts';
import { eachDatabase } from '../../support/databases.ts';
import {
  acmeClient,
  openTeamHouse,
  type Planted,
  type TeamHouse,
  toldIn,
  toldTo,
} from '../../support/expectation-house.ts';
import {
  acme,
  anna,
  bram,
  carla,
  daan,
  direct,
  eva,
  general,
  refusalOf,
  wordsOf,
} from '../../support/house.ts';

eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());

  /** One that stands before the client in its channel; its id, and that of its wording. */
  async function asked(belay: TeamHouse, words = 'Sneller antwoord', planted: Planted = {}) {
    const id = await belay.plant(words, { stage: 'concrete', ...planted });
    await belay.press(anna, general, 'expectations.send', id);
    await belay.settle();
    return { id, wording: (await belay.find(id)).wording.id };
  }

  async function stateOf(belay: TeamHouse, id: string): Promise<string> {
    return (await belay.find(id)).state;
  }

  const updates = (sent: Outgoing[]) => sent.filter(({ kind }) => kind === 'update');
  const pressesIn = (said: Outcome | Outgoing | undefined) =>
    [...JSON.stringify(said).matchAll(/"press":"([^"]+)"/g)].map(([, press]) => press);

  it('is confirmed by a contact: he is thanked, the question makes way, the team hears, and it is looked at again', async () => {
    const belay = await house();
    const { id, wording } = await asked(belay);
    const thanks = await belay.press(daan, acme, 'expectations.confirm', wording);
    expect(wordsOf(thanks)).toMatch(/Dank u wel, dan werken we hieraan.*22 mei/);
    expect(pressesIn(thanks)).toEqual(['expectations.mine']);
    const sent = await belay.settle();
    expect(updates(sent)).toMatchObject([{ place: 'acme', audience: 'anyone' }]);
    expect(toldIn(sent, 'acme')).toContain('Bevestigd door Daan Visser');
    expect(toldIn(sent, 'acme')).not.toContain('expectations.confirm');
    expect(toldIn(sent, 'general')).toMatch(
      /"audience":"internal".*Daan Visser van Acme bevestigt wat ze van ons verwachten.*Sneller antwoord, concreet/,
    );
    const kept = await belay.find(id);
    expect(kept).toMatchObject({
      state: 'confirmed',
      wording: { confirmed: { by: { id: 'daan', name: 'Daan Visser' }, at: belay.time.now() } },
    });
    expect(kept.reviewAt).toEqual(belay.time.now().add({ hours: 180 * 24 }));
    // The twenty-second is a Saturday.
    belay.time.set('2027-05-24T09:00:00Z');
    expect(toldTo(await belay.settle(), 'anna')).toContain('Sneller antwoord, concreet');
    expect(belay.failures).toEqual([]);
  });

  it('is looked at again after as many days as were set', async () => {
    const belay = await house();
    const whose = { tenant: 'T1', platform: 'test', scope: 'tenant', subject: '' } as const;
    await belay.store.transact((tx) => writeSetting(tx, whose, 'expectations.review', '30'));
    const { id, wording } = await asked(belay);
    await belay.press(daan, acme, 'expectations.confirm', wording);
    expect((await belay.find(id)).reviewAt?.toString()).toBe('2026-12-23T09:00:00Z');
  });

  it('is confirmed once, however often and by whomever it is pressed', async () => {
    const belay = await house();
    const { id, wording } = await asked(belay);
    await Promise.all([
      belay.press(daan, acme, 'expectations.confirm', wording),
      belay.press(eva, acme, 'expectations.confirm', wording),
    ]);
    const once = await belay.settle();
    expect(updates(once)).toHaveLength(1);
    const { confirmed } = (await belay.find(id)).wording;
    const again = await belay.press(daan, acme, 'expectations.confirm', wording);
    expect(wordsOf(again)).toContain(`al bevestigd door ${confirmed?.by.name} op 23 november`);
    expect(await belay.settle()).toEqual([]);
    expect((await belay.find(id)).wording.confirmed).toEqual(confirmed);
  });

  it('tells a team member or colleague why not, and a stranger nothing', async () => {
    const belay = await house();
    const { id, wording } = await asked(belay);
    await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
    for (const name of ['confirm', 'correct', 'doubt'])
      for (const person of [anna, bram, carla])
        expect(refusalOf(await belay.press(person, acme, `expectations.${name}`, wording))).toMatch(
          /Alleen de klant zelf|Only the client/,
        );
    const typed = { text: 'Anders' };
    expect(refusalOf(await belay.submit(anna, acme, 'expectations.correct', wording, typed))).toContain(
      'Alleen de klant zelf',
    );
    await belay.people.saveMembers('T1', 'acme', ['anna', 'bram', 'carla', 'daan']);
    const gone = refusalOf(await belay.press(eva, direct, 'expectations.confirm', wording));
    expect(gone).toBe(refusalOf(await belay.press(eva, direct, 'expectations.confirm', 'nothing')));
    expect(gone).not.toContain('Acme');
    expect(await stateOf(belay, id)).toBe('sent');
    expect(await belay.settle()).toEqual([]);
  });

  it('keeps nothing of somebody whom nobody knows just now', async () => {
    const belay = await house();
    const { id, wording } = await asked(belay);
    const unknown = belay.request({ ...daan, unknown: true }, acme, {
      kind: 'press',
      name: 'expectations.confirm',
      subject: wording,
    });
    expect(refusalOf(await belay.hear(unknown))).toContain('Probeer het over een minuut opnieuw');
    expect(await stateOf(belay, id)).toBe('sent');
  });

  it('asks what it should say, keeps that as the client’s own wording, and gives it to the team to send back', async () => {
    const belay = await house();
    const { id, wording } = await asked(belay, 'Sneller antwoord', { direction: 'theirs' });
    const form = await belay.press(daan, acme, 'expectations.correct', wording);
    expect(form).toMatchObject({
      kind: 'ask',
      form: { name: 'expectations.correct', fields: [{ id: 'text', value: 'Sneller antwoord, concreet' }] },
    });
    const thanks = await belay.submit(daan, acme, 'expectations.correct', wording, {
      text: ' Binnen een uur antwoord ',
    });
    expect(wordsOf(thanks)).toMatch(/Dank u wel\. Anna de Vries leest uw tekst.*Binnen een uur antwoord/);
    const sent = await belay.settle();
    expect(toldIn(sent, 'acme')).toMatch(
      /"kind":"update".*Wat u van ons verwacht.*Binnen een uur antwoord.*Daan Visser heeft dit op 23 november 2026 anders/,
    );
    const told = sent.find(({ place }) => place === 'general');
    expect(JSON.stringify(told)).toMatch(/Binnen een uur antwoord.*Sneller antwoord, concreet/);
    expect(pressesIn(told)).toEqual(['expectations.send', 'expectations.concrete']);
    expect(await belay.find(id)).toMatchObject({
      state: 'corrected',
      wording: { number: 3, text: 'Binnen een uur antwoord', byClient: true, author: { id: 'daan' } },
    });
    const all = await belay.store.transact((tx) => wordingsOf(tx, 'T1', id));
    expect(all.map(({ text }) => text)).toEqual([
      'Sneller antwoord',
      'Sneller antwoord, concreet',
      'Binnen een uur antwoord',
    ]);
    await belay.press(anna, general, 'expectations.send', id);
    const [back] = (await belay.settle()).filter(({ kind }) => kind === 'post');
    expect(JSON.stringify(back)).toMatch(/Verwacht u dit van ons\?.*Binnen een uur antwoord/);
  });

  it('takes a form that was sent twice as one', async () => {
    const belay = await house();
    const { id, wording } = await asked(belay);
    for (const _ of [1, 2])
      expect(
        wordsOf(await belay.submit(daan, acme, 'expectations.correct', wording, { text: 'Bel ons' })),
      ).toContain('Dank u wel');
    expect((await belay.find(id)).wording.number).toBe(3);
  });

  it.each([
    ['  ', 'Schrijf op wat er moet staan'],
    ['a'.repeat(2001), '2000'],
    ['Sneller  antwoord, concreet', 'dezelfde tekst'],
  ])('refuses %s as a correction, at its field', async (text, why) => {
    const belay = await house();
    const { id, wording } = await asked(belay);
    const refused = await belay.submit(daan, acme, 'expectations.correct', wording, { text });
    expect(refused).toMatchObject({ kind: 'refused', field: 'text' });
    expect(refusalOf(refused)).toContain(why);
    expect(await stateOf(belay, id)).toBe('sent');
  });

  it('tells the owner alone that it holds no longer', async () => {
    const belay = await house();
    const { id, wording } = await asked(belay);
    expect(wordsOf(await belay.press(eva, acme, 'expectations.doubt', wording))).toContain(
      'Anna de Vries bespreekt het met u',
    );
    const sent = await belay.settle();
    expect(toldIn(sent, 'acme')).toContain('Eva Jansen zei hier op 23 november 2026 nee op');
    expect(toldIn(sent, 'general')).toBe('');
    expect(toldTo(sent, 'anna')).toMatch(/Eva Jansen van Acme.*Bel Eva Jansen/);
    expect(pressesIn(sent.find(({ person }) => person === 'anna'))).toEqual([
      'expectations.concrete',
      'expectations.show',
      'expectations.withdraw',
    ]);
    expect(await stateOf(belay, id)).toBe('doubted');
    expect(wordsOf(await belay.press(daan, acme, 'expectations.confirm', wording))).toContain(
      'Anna de Vries bespreekt het',
    );
    expect(wordsOf(await belay.press(eva, acme, 'expectations.doubt', wording))).toContain(
      'Anna de Vries bespreekt het',
    );
    expect(await belay.settle()).toEqual([]);
  });

  it('can be corrected or doubted after it was confirmed', async () => {
    const belay = await house();
    const { id, wording } = await asked(belay);
    await belay.press(daan, acme, 'expectations.confirm', wording);
    await belay.submit(eva, direct, 'expectations.correct', wording, { text: 'Bel ons' });
    expect(await stateOf(belay, id)).toBe('corrected');
    await belay.settle();
    belay.time.set('2027-06-22T09:00:00Z');
    expect(toldTo(await belay.settle(), 'anna')).toBe('');
  });

  it('can be corrected again, before the team has sent the correction back', async () => {
    const belay = await house();
    const { id, wording } = await asked(belay);
    await belay.submit(daan, acme, 'expectations.correct', wording, { text: 'Bel ons' });
    await belay.settle();
    const own = (await belay.find(id)).wording.id;
    const view = wordsOf(await belay.press(daan, acme, 'expectations.mine'));
    expect(view).toContain(`"press":"expectations.correct","subject":"${own}"`);
    expect(wordsOf(await belay.press(daan, acme, 'expectations.correct', own))).toContain(
      '"value":"Bel ons"',
    );
    await belay.submit(daan, acme, 'expectations.correct', own, { text: 'Bel ons vóór tien uur' });
    const sent = await belay.settle();
    expect(toldIn(sent, 'general')).toContain('Bel ons vóór tien uur');
    // Where the question stood there stands what was said last.
    expect(updates(sent)).toMatchObject([{ place: 'acme' }]);
    expect(toldIn(sent, 'acme')).toContain('Bel ons vóór tien uur');
    expect(await belay.find(id)).toMatchObject({
      state: 'corrected',
      wording: { byClient: true, number: 4 },
    });
    // Confirming it is for when the team has sent it.
    expect(wordsOf(await belay.press(eva, acme, 'expectations.confirm', own))).toContain('anders verwoord');
    expect(await stateOf(belay, id)).toBe('corrected');
  });

  it('speaks to a contact in his own language, also where the question stood', async () => {
    const belay = await house();
    await belay.store.transact(async (tx) => {
      await unlinkPlace(tx, { tenant: 'T1', platform: 'test', place: 'acme' });
      const nothing = { role: undefined, email: undefined };
      const listed = { id: 'k1', client: 'c1', name: 'Eva Jansen', person: 'eva', language: 'en' as const };
      await addContact(tx, 'T1', { ...nothing, ...listed }, belay.time.now());
    });
    const id = await belay.plant('Sneller antwoord', { stage: 'concrete' });
    await belay.submit(anna, general, 'expectations.send-to', id, { contact: 'k1' });
    const question = toldTo(await belay.settle(), 'eva');
    expect(question).toMatch(/Is this what you expect of us\?.*The team and your colleagues see your name/);
    expect(question).not.toContain('in this conversation');
    await belay.press(eva, direct, 'expectations.confirm', (await belay.find(id)).wording.id);
    const told = toldTo(await belay.settle(), 'eva');
    expect(told).toContain('Confirmed by Eva Jansen');
    expect(told).not.toContain('Bevestigd');
  });

  it('shows the present text to whoever answers an older one, and what he wrote', async () => {
    const belay = await house();
    const { id, wording } = await asked(belay);
    await belay.submit(daan, acme, 'expectations.correct', wording, { text: 'Bel ons eerst' });
    const waits = await belay.press(eva, acme, 'expectations.confirm', wording);
    expect(wordsOf(waits)).toContain('Daan Visser heeft dit anders verwoord');
    await belay.press(anna, general, 'expectations.send', id);
    await belay.settle();
    const now = (await belay.find(id)).wording.id;
    for (const name of ['confirm', 'correct', 'doubt']) {
      const shown = await belay.press(eva, acme, `expectations.${name}`, wording);
      expect(wordsOf(shown)).toMatch(/De tekst is intussen veranderd.*Bel ons eerst/);
      expect(wordsOf(shown)).toContain(`"press":"expectations.confirm","subject":"${now}"`);
    }
    const typed = await belay.submit(eva, acme, 'expectations.correct', wording, { text: 'Mail ons' });
    expect(wordsOf(typed)).toMatch(/intussen veranderd.*Bel ons eerst.*niet bewaard.*Mail ons/);
    expect(await stateOf(belay, id)).toBe('sent');
    await belay.press(daan, acme, 'expectations.confirm', now);
    expect(wordsOf(await belay.press(eva, acme, 'expectations.confirm', wording))).toMatch(
      /De nieuwe is bevestigd door Daan Visser.*Bel ons eerst/,
    );
  });

  it('keeps what a contact wrote while another text waits for the team, with the way to say it after all', async () => {
    const belay = await house();
    const { id, wording } = await asked(belay);
    await belay.submit(daan, acme, 'expectations.correct', wording, { text: 'Bel ons eerst' });
    const waits = await belay.submit(eva, acme, 'expectations.correct', wording, { text: 'Mail ons' });
    expect(wordsOf(waits)).toMatch(/Daan Visser heeft dit anders verwoord.*niet bewaard.*Mail ons/);
    const { wording: own } = await belay.find(id);
    expect(wordsOf(waits)).toContain(`"press":"expectations.correct","subject":"${own.id}"`);
    await belay.submit(eva, acme, 'expectations.correct', own.id, { text: 'Mail ons' });
    expect((await belay.find(id)).wording.text).toBe('Mail ons');
  });

  it('names whoever put it before the client, also to whoever answers an older text', async () => {
    const belay = await house();
    const { id, wording } = await asked(belay);
    await belay.submit(daan, acme, 'expectations.correct', wording, { text: 'Bel ons eerst' });
    await belay.press(bram, general, 'expectations.send', id);
    expect(toldIn(await belay.settle(), 'acme')).toContain('Bram Bakker legt dit aan u voor');
    const stale = wordsOf(await belay.press(eva, acme, 'expectations.confirm', wording));
    expect(stale).toContain('Bram Bakker legt dit aan u voor');
    expect(stale).toContain('Iedereen van Acme in dit gesprek kan antwoorden');
  });

  it('says so when the team is at it, when it is over, and when the client is archived', async () => {
    const belay = await house();
    const { id, wording } = await asked(belay);
    await belay.submit(anna, general, 'expectations.edit', id, { text: 'Geheime nieuwe tekst' });
    const waits = wordsOf(await belay.press(daan, acme, 'expectations.confirm', wording));
    expect(waits).toContain('We passen deze tekst nu aan');
    expect(waits).not.toContain('Geheime nieuwe tekst');
    const unsent = (await belay.find(id)).wording.id;
    expect(refusalOf(await belay.press(daan, acme, 'expectations.confirm', unsent))).toContain(
      'er niet (meer)',
    );
    await belay.press(anna, general, 'expectations.withdraw', id);
    expect(wordsOf(await belay.press(daan, acme, 'expectations.confirm', wording))).toContain('vervallen');
    const other = await asked(belay, 'Iets anders');
    await belay.store.transact((tx) =>
      changeClient(tx, 'T1', acmeClient(belay, { archived: true }), { by: 'anna', now: belay.time.now() }),
    );
    const archived = await belay.press(daan, acme, 'expectations.confirm', other.wording);
    expect(refusalOf(archived)).toContain('er niet (meer)');
    expect(await stateOf(belay, other.id)).toBe('sent');
  });

  it.each(['met', 'not-met'] as const)('says so when it was %s', async (state) => {
    const belay = await house();
    const { id, wording } = await asked(belay);
    const happened = state === 'met' ? 'meet' : 'miss';
    const one = await belay.find(id);
    await belay.store.transact((tx) =>
      bringTo(tx, 'T1', one, { state, happened }, { who: anna, now: belay.time.now() }),
    );
    expect(wordsOf(await belay.press(daan, acme, 'expectations.doubt', wording))).toMatch(
      /waargemaakt|niet gelukt/,
    );
    expect(await stateOf(belay, id)).toBe(state);
  });

  it('speaks otherwise of what we ask of the client', async () => {
    const belay = await house();
    const { wording } = await asked(belay, 'Een vaste contactpersoon', { direction: 'ours' });
    expect(wordsOf(await belay.press(daan, acme, 'expectations.confirm', wording))).toContain(
      'dat helpt ons allebei',
    );
    expect(toldIn(await belay.settle(), 'general')).toContain('bevestigt wat wij van ze vragen');
  });

  it('of one person, not judged by the manager yet, is told to the owner alone', async () => {
    const belay = await house();
    const { id, wording } = await asked(belay);
    const about = { about: 'person', person: { id: 'carla', name: carla.name } } as const;
    const one = await belay.find(id);
    await belay.store.transact((tx) => keepInside(tx, 'T1', one, { ...one, ...about }));
    await belay.press(daan, acme, 'expectations.confirm', wording);
    const sent = await belay.settle();
    expect(toldIn(sent, 'general')).toBe('');
    expect(toldTo(sent, 'anna')).toContain('Sneller antwoord, concreet');
  });
});
