import { expect, it } from 'vitest';
import { changeClient } from '../../../src/features/clients/store.ts';
import { eventsOf } from '../../../src/features/expectations/store.ts';
import { noteSent } from '../../../src/features/nudges/store.ts';
import { enqueue } from '../../../src/jobs/queue.ts';
import { writeSetting } from '../../../src/store/settings.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient, openTeamHouse, toldIn, toldTo } from '../../support/expectation-house.ts';
import { acme, anna, bram, carla, daan, direct, general, refusalOf, wordsOf } from '../../support/house.ts';

const due = Temporal.Instant.from('2027-05-24T09:00:00Z');

eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());
  type House = Awaited<ReturnType<typeof house>>;

  const schedule = ({ store, time }: House, subject: string, at = due) =>
    store.transact((tx) =>
      enqueue(tx, { tenant: 'T1', platform: 'test', name: 'expectations.review', subject, at }, time.now()),
    );
  const archive = (belay: House) =>
    belay.store.transact((tx) =>
      changeClient(tx, 'T1', acmeClient(belay, { archived: true }), { by: 'anna', now: belay.time.now() }),
    );
  const confirmed = (belay: House) =>
    belay.plant('Sneller antwoord', { stage: 'confirmed', reviewAt: due, seen: 'Binnen een dag' });
  const happenings = ({ store }: House, id: string) =>
    store.transact(async (tx) => (await eventsOf(tx, 'T1', id)).map(({ happened }) => happened));

  it('waits for working hours, and for a day on which he was told nothing else unasked', async () => {
    const belay = await house();
    const id = await confirmed(belay);
    await schedule(belay, id, Temporal.Instant.from('2027-05-22T09:00:00Z'));
    await belay.store.db.updateTable('expectation').set({ review_at: '2027-05-22T09:00:00.000Z' }).execute();
    const told = {
      person: 'anna',
      kind: 'between',
      keys: ['x'],
      at: Temporal.Instant.from('2027-05-24T06:50:00Z'),
    } as const;
    await belay.store.transact((tx) =>
      noteSent(tx, { tenant: 'T1', platform: 'test' }, { ...told, keys: ['x'] }),
    );
    // Saturday, Monday with a nudge of before, and Tuesday at ten.
    for (const quiet of ['2027-05-22T09:00:00Z', '2027-05-24T07:00:00Z', '2027-05-25T07:59:00Z']) {
      belay.time.set(quiet);
      expect(await belay.settle()).toEqual([]);
    }
    belay.time.set('2027-05-25T08:00:00Z');
    expect(await belay.settle()).toMatchObject([{ person: 'anna' }]);
  });

  it('keeps his holidays, hours and pause, and waits while he has muted the client', async () => {
    const belay = await house();
    const holiday = Temporal.Instant.from('2026-12-25T09:00:00Z');
    const id = await belay.plant('Sneller antwoord', { stage: 'confirmed', reviewAt: holiday });
    await schedule(belay, id, holiday);
    const own = { scope: 'person', subject: 'anna', tenant: 'T1', platform: 'test' } as const;
    const set = (key: string, value: string) =>
      belay.store.transact((tx) => writeSetting(tx, own, `nudges.${key}`, value));
    await set('hours', '10:30-16:00');
    const quiet = async (...moments: string[]) => {
      for (const moment of moments) {
        belay.time.set(moment);
        expect(await belay.settle()).toEqual([]);
      }
    };
    // Christmas on Friday, and Monday before she begins.
    await quiet('2026-12-25T09:00:00Z', '2026-12-28T09:29:00Z');
    await set('paused', '2026-12-30');
    await quiet('2026-12-28T09:30:00Z', '2026-12-30T09:29:00Z');
    await belay.submit(anna, direct, 'nudges.mute', '', { client: 'c1' });
    await quiet('2026-12-30T09:30:00Z');
    await belay.submit(anna, direct, 'nudges.unmute', '', { client: 'c1' });
    belay.time.set('2027-01-06T09:30:00Z');
    expect(toldTo(await belay.settle(), 'anna')).toContain('Verwacht Acme dit nog');
    expect(belay.failures).toEqual([]);
  });

  it('comes to the owner alone when it is due, once', async () => {
    const belay = await house();
    const id = await confirmed(belay);
    await schedule(belay, id);
    await schedule(belay, id);
    await schedule(belay, id, due.add({ hours: 1 }));
    belay.time.set('2027-05-24T08:59:59Z');
    expect(await belay.settle()).toEqual([]);
    belay.time.set('2027-05-24T10:00:00Z');
    const sent = await belay.settle();
    expect(sent).toHaveLength(1);
    const told = toldTo(sent, 'anna');
    expect(told).toMatch(/Verwacht Acme dit nog.*Sneller antwoord, concreet.*Binnen een dag/);
    expect(told).toContain('Daan Visser bevestigde dit op 23 november 2026.');
    for (const press of ['send', 'concrete', 'met', 'not-met'])
      expect(told).toContain(`"expectations.${press}"`);
    await schedule(belay, id);
    expect(await belay.settle()).toEqual([]);
    expect(wordsOf(await belay.press(anna, direct, 'expectations.show', id))).toContain(
      'Belay vroeg Anna de Vries of dit nog geldt.',
    );
    expect(belay.failures).toEqual([]);
  });

  it('does not come early, for one that is not confirmed, is gone, or of an archived client', async () => {
    const belay = await house();
    const early = await belay.plant('Later', { stage: 'confirmed', reviewAt: due.add({ hours: 24 }) });
    const over = await confirmed(belay);
    await belay.press(anna, direct, 'expectations.met', over);
    await belay.settle();
    for (const subject of [early, over, await belay.plant('Open', { stage: 'sent' }), 'nothing', ''])
      await schedule(belay, subject);
    belay.time.set('2027-05-24T10:00:00Z');
    expect(await belay.settle()).toEqual([]);
    await schedule(belay, await confirmed(belay));
    await archive(belay);
    expect(await belay.settle()).toEqual([]);
    expect(belay.failures).toEqual([]);
  });

  it('of a client that was archived comes after it was restored', async () => {
    const belay = await house();
    await schedule(belay, await confirmed(belay));
    await archive(belay);
    belay.time.set('2027-05-24T10:00:00Z');
    expect(await belay.settle()).toEqual([]);
    await belay.store.transact((tx) =>
      changeClient(tx, 'T1', acmeClient(belay), { by: 'anna', now: belay.time.now() }),
    );
    belay.time.set('2027-06-30T10:00:00Z');
    expect(toldTo(await belay.settle(), 'anna')).toContain('Verwacht Acme dit nog');
  });

  it('goes to an administrator when the owner has left', async () => {
    const belay = await house();
    const id = await confirmed(belay);
    await schedule(belay, id);
    await belay.people.savePerson('T1', { ...anna, outsider: true, admin: false, checkedAt: '' });
    await belay.people.savePerson('T1', { ...carla, admin: true, checkedAt: '' });
    belay.time.set('2027-05-24T10:00:00Z');
    const sent = await belay.settle();
    expect(toldTo(sent, 'carla')).toContain('Does Acme still expect this');
    expect(sent).toHaveLength(1);
  });

  it('tells no administrator of one that he may not see, but the manager', async () => {
    const belay = await house();
    const id = await belay.plant('Sneller antwoord', {
      stage: 'confirmed',
      reviewAt: due,
      inside: { about: 'person', person: { id: 'bram', name: 'Bram Bakker' } },
    });
    await schedule(belay, id);
    await belay.people.savePerson('T1', { ...anna, outsider: true, admin: false, checkedAt: '' });
    await belay.people.savePerson('T1', { ...carla, admin: true, checkedAt: '' });
    belay.time.set('2027-05-24T10:00:00Z');
    const sent = await belay.settle();
    expect(sent).toHaveLength(1);
    expect(toldTo(sent, 'bram')).toContain('Verwacht Acme dit nog');
  });

  it.each([
    ['met', 'met', 'waargemaakt'],
    ['not-met', 'not-met', 'niet waargemaakt'],
    ['withdraw', 'withdrawn', 'ingetrokken'],
  ] as const)('%s ends it, and the review card says so', async (press, state, words) => {
    const belay = await house();
    const id = await confirmed(belay);
    await schedule(belay, id);
    belay.time.set('2027-05-24T10:00:00Z');
    await belay.settle();
    const answer = wordsOf(await belay.press(bram, general, `expectations.${press}`, id));
    expect(answer).toContain(`Acme: verwachting ${words}`);
    expect(await belay.find(id)).toMatchObject({ state, reviewAt: undefined });
    const sent = await belay.settle();
    expect(toldTo(sent, 'anna')).toMatch(new RegExp(`"kind":"update".*Acme: verwachting ${words}`));
    // What the client answered stays as he answered it.
    expect(toldIn(sent, 'acme')).toBe('');
    expect(belay.failures).toEqual([]);
  });

  it('ends only what the client has confirmed, and only once', async () => {
    const belay = await house();
    const open = await belay.plant('Nieuw', { stage: 'sent' });
    expect(refusalOf(await belay.press(anna, direct, 'expectations.met', open))).toContain(
      'voorgelegd op 23 november, wacht op antwoord',
    );
    expect((await belay.find(open)).state).toBe('sent');
    const id = await confirmed(belay);
    await belay.press(anna, direct, 'expectations.not-met', id);
    for (const press of ['met', 'not-met', 'withdraw'])
      expect(refusalOf(await belay.press(anna, direct, `expectations.${press}`, id))).toContain(
        'Deze verwachting is: niet waargemaakt, afgesloten op 23 november.',
      );
    for (const subject of ['', 'nothing', "' or 1=1 --", 'x'.repeat(3000)])
      expect((await belay.press(anna, direct, 'expectations.met', subject)).kind).toBe('refused');
  });

  it('is met once when two say so at once', async () => {
    const belay = await house();
    const id = await confirmed(belay);
    const outcomes = await Promise.all([
      belay.press(anna, direct, 'expectations.met', id),
      belay.press(bram, direct, 'expectations.not-met', id),
      belay.press(carla, direct, 'expectations.met', id),
    ]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['answer', 'refused', 'refused']);
    const ends = (await happenings(belay, id)).filter((one) => one === 'meet' || one === 'miss');
    expect(ends).toHaveLength(1);
    expect(belay.failures).toEqual([]);
  });

  it('takes the open question away when it is withdrawn', async () => {
    const belay = await house();
    const id = await belay.plant('Sneller antwoord', { stage: 'concrete' });
    await belay.press(anna, direct, 'expectations.send', id);
    expect(toldIn(await belay.settle(), 'acme')).toContain('Sneller antwoord, concreet');
    await belay.press(anna, direct, 'expectations.withdraw', id);
    expect(toldIn(await belay.settle(), 'acme')).toMatch(/"kind":"update".*vervallen/);
    expect((await belay.press(daan, acme, 'expectations.withdraw', id)).kind).toBe('refused');
    expect(belay.failures).toEqual([]);
  });
});
