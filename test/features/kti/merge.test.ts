import { expect, it } from 'vitest';
import { addClient } from '../../../src/features/clients/store.ts';
import type { Kti, Standing } from '../../../src/features/kti/kti.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient, toldTo } from '../../support/expectation-house.ts';
import { anna, bram, daan, direct, eva, general } from '../../support/house.ts';
import { askedOf, openPlanHouse, type PlanHouse } from '../../support/kti-plan-house.ts';

/** What becomes of the rounds, grades and plans of two clients that become one: Beta becomes a part of Acme. */
eachDatabase((_, open) => {
  async function house() {
    const belay = await openPlanHouse(open);
    const { store } = belay;
    await store.transact((tx) => addClient(tx, 'T1', acmeClient(belay, { id: 'c2', name: 'Beta' })));
    const merge = () => belay.press(anna, direct, 'clients.merge-now', 'c2/c1');
    const put = (client = 'c1') => belay.plantKti('Belt u op tijd?', { client, about: 'call' });
    return { ...belay, merge, put };
  }
  const standing = async ({ store }: PlanHouse, { id }: Kti): Promise<Standing> => {
    const found = await store.db.selectFrom('kti').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    return {
      ...{ round: found.last_round ?? undefined, lastAt: undefined },
      last: { n: found.last_n, sum: found.last_sum },
      before: { n: found.before_n, sum: found.before_sum },
      total: { n: found.total_n, sum: found.total_sum },
    };
  };
  const rounds = async ({ store }: PlanHouse) =>
    store.db.selectFrom('kti_round').select(['id', 'state', 'ended_at']).orderBy('made_at').execute();

  it('counts what was given for both by when it was asked, also what is given after it', async () => {
    const belay = await house();
    const [beta, acme] = [await belay.put('c2'), await belay.put()];
    const old = await belay.plantClosed([{ kti: acme, grade: 5 }]);
    const theirs = await belay.plantRound([beta], 'c2');
    belay.time.advance({ hours: 1 });
    const running = await belay.plantRound([acme]);
    await belay.grade(running, { kti: acme, grade: 8 });
    belay.time.advance({ hours: 1 });
    // Asked before Acme's, and graded after it.
    await belay.grade(theirs, { kti: beta, by: 'eva', grade: 4 });
    await belay.close(theirs);
    await belay.merge();
    const counted = { round: running.id, before: { n: 1, sum: 4 } };
    expect(await standing(belay, acme)).toMatchObject({
      ...{ ...counted, last: { n: 1, sum: 8 }, total: { n: 3, sum: 17 } },
    });
    await belay.grade(running, { kti: acme, grade: 9 });
    await belay.grade(old, { kti: acme, by: 'finn', grade: 6 });
    expect(await standing(belay, acme)).toMatchObject({
      ...{ ...counted, last: { n: 1, sum: 9 }, total: { n: 4, sum: 24 } },
    });
  });

  it('ends the round of the client that is no more at once, with its summary', async () => {
    const belay = await house();
    const theirs = await belay.plantRound([await belay.put('c2')], 'c2');
    belay.time.advance({ hours: 1 });
    await belay.plantRound([await belay.put()]);
    belay.time.advance({ hours: 1 });
    await belay.merge();
    const [first, second] = await rounds(belay);
    expect([first?.id, first?.state, second?.state]).toEqual([theirs.id, 'closed', 'open']);
    expect(Temporal.Instant.from(first?.ended_at ?? '').equals(belay.time.now())).toBe(true);
    const sent = await belay.settle();
    expect(toldTo(sent, 'anna')).toContain('Cijfers van Beta');
    // Each of those who were asked is told so where his question stands: here none was posted.
    expect(belay.failures).toEqual(Array(3).fill('never: nothing_to_update'));
  });

  it('leaves no button dead of what both asked: the question that is out, and the summary', async () => {
    const belay = await house();
    await belay.contacts(['eva']);
    const beta = await belay.put('c2');
    const acme = await belay.put();
    const theirs = await belay.plantRound([beta], 'c2');
    const invitation = belay.store.db
      .selectFrom('kti_invitation')
      .select('id')
      .where('grader_id', '=', 'eva');
    const { id } = await invitation.executeTakeFirstOrThrow();
    await belay.store.db
      .updateTable('kti_invitation')
      .set({ kti_id: beta.id })
      .where('id', '=', id)
      .execute();
    await belay.merge();
    expect((await belay.press(eva, direct, 'kti.grade', `${id}.${beta.id}`, '8')).kind).toBe('answer');
    expect(await standing(belay, acme)).toMatchObject({ round: theirs.id, last: { n: 1, sum: 8 } });
    const act = await belay.press(anna, direct, 'actions.start', beta.id);
    expect([act.kind, JSON.stringify(act).includes('Belt u op tijd?')]).toEqual(['ask', true]);
    // Once more: it stands for that one too.
    await belay.store.transact((tx) => addClient(tx, 'T1', acmeClient(belay, { id: 'c3', name: 'Gamma' })));
    await belay.put('c3');
    await belay.press(anna, direct, 'clients.merge-now', 'c1/c3');
    expect((await belay.press(eva, direct, 'kti.grade', `${id}.${beta.id}`, '9')).kind).toBe('answer');
  });

  it('withdraws that round when the client was not asked yet', async () => {
    const belay = await house();
    const theirs = await belay.plantRound([await belay.put('c2')], 'c2');
    await belay.store.db.updateTable('kti_round').set({ state: 'forecast' }).execute();
    await belay.store.db.deleteFrom('kti_invitation').where('round_id', '=', theirs.id).execute();
    belay.time.advance({ hours: 1 });
    await belay.plantRound([await belay.put()]);
    await belay.merge();
    expect((await rounds(belay)).map(({ state }) => state)).toEqual(['cancelled', 'open']);
  });

  it('keeps what is to be followed up, until it is with the manager', async () => {
    const belay = await house();
    await belay.put();
    await belay.plantExpected('Elke week bellen');
    await belay.say(bram, general, 'kti vragen acme');
    const sent = await belay.settle();
    await belay.grade1(sent, daan, 3);
    expect(toldTo(await belay.settle(), 'anna')).toContain('gaf een 3');
    await belay.store.transact((tx) => addClient(tx, 'T1', acmeClient(belay, { id: 'c3', name: 'Gamma' })));
    const asked = await belay.store.db.selectFrom('kti').selectAll().where('client_id', '=', 'c1').execute();
    for (const { source, about_id: about, text_nl: nl, text_en: en, wording_id: wording } of asked)
      await belay.plantKti(nl, { client: 'c3', source, about, wording, text: { nl, en } });
    await belay.press(anna, direct, 'clients.merge-now', 'c1/c3');
    await belay.settle();
    await belay.at('2026-11-25T09:00:00Z');
    expect(toldTo(await belay.at('2026-11-27T09:00:00Z'), 'bram')).toContain('gaf een 3');
  });

  it('waits for the last answers of a daily plan that a plan of the other takes the place of', async () => {
    const belay = await house();
    await belay.plantExpected('Elke week bellen');
    await belay.say(bram, general, 'kti plannen acme dagelijks');
    await belay.say(bram, direct, 'kti plannen beta maandelijks');
    await belay.at('2026-11-24T09:00:00Z');
    await belay.press(anna, direct, 'clients.merge-now', 'c1/c2');
    expect(askedOf(await belay.at('2026-11-25T09:00:00Z'))).toEqual([]);
    await belay.at('2026-12-01T09:00:00Z');
    expect((await rounds(belay)).map(({ state }) => state)).toEqual(['closed']);
  });
});
