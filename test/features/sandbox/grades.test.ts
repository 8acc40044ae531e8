import { expect, it } from 'vitest';
import type { Store } from '../../../src/store/database.ts';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse } from '../../support/expectation-house.ts';
import { anna, daan, direct, eva, general, type House, openHouse, wordsOf } from '../../support/house.ts';

/** Every row that has to do with grades, of the database as it is. */
async function gradesIn({ db }: Store) {
  const rows: Record<string, unknown[]> = {};
  for (const table of ['client', 'contact', 'expectation', 'satisfaction_action'] as const)
    rows[table] = await db.selectFrom(table).selectAll().orderBy('id').execute();
  rows.kti = await db.selectFrom('kti').selectAll().orderBy('id').execute();
  rows.kti_round = await db.selectFrom('kti_round').selectAll().orderBy('id').execute();
  rows.kti_invitation = await db.selectFrom('kti_invitation').selectAll().orderBy('id').execute();
  for (const table of ['kti_item', 'kti_grade', 'kti_forecast'] as const)
    rows[table] = await db.selectFrom(table).selectAll().orderBy('round_id').orderBy('kti_id').execute();
  return rows;
}

/** Gives a grade for each question of the running round. */
async function grades({ store, press }: House, who: typeof daan, grade: number): Promise<void> {
  const asked = await store.db
    .selectFrom('kti_invitation as i')
    .innerJoin('kti_round as r', 'r.id', 'i.round_id')
    .innerJoin('kti_item as q', 'q.round_id', 'r.id')
    .select(['i.id', 'q.kti_id'])
    .where('r.ended_at', 'is', null)
    .where('i.person_id', '=', who.id)
    .execute();
  expect(asked.length).toBeGreaterThan(0);
  for (const { id, kti_id } of asked)
    expect((await press(who, direct, 'kti.grade', `${id}.${kti_id}`, `${grade}`)).kind).not.toBe('refused');
}

/** What is counted with each KTI, and the same counted anew from its grades. */
async function counted({ db }: Store): Promise<[unknown[], unknown[]]> {
  const ktis = await db.selectFrom('kti').selectAll().orderBy('id').execute();
  const given = await db.selectFrom('kti_grade').selectAll().execute();
  const known = ktis.map((one) => [one.id, one.total_n, one.total_sum, one.last_n, one.last_sum]);
  const anew = ktis.map(({ id, last_round }) => {
    const own = given.filter(({ kti_id }) => kti_id === id);
    const last = own.filter(({ round_id }) => round_id === last_round);
    const sum = (all: typeof given) => all.reduce((total, { grade }) => total + grade, 0);
    return [id, own.length, sum(own), last.length, sum(last)];
  });
  return [known, anew];
}

/** Monday 23 November 2026, ten o'clock in Amsterdam. */
eachDatabase((_, open) => {
  it('show grades of each kind and what was done, and leave everybody to be asked', async () => {
    const belay = await openHouse(await open());
    const before = await gradesIn(belay.store);
    await belay.press(anna, general, 'sandbox.fill');
    const summary = wordsOf(await belay.say(anna, direct, 'kti overzicht acme'));
    expect(summary).toContain('Loopt: “Naar de jaarplannen vragen”, Anna de Vries');
    expect(summary).toContain('−1,3 sinds de vorige ronde · eigen gemiddelde 7,8');
    expect(summary).toContain('+2,0 sinds de vorige ronde · eigen gemiddelde 6,9');
    expect(summary).toContain('Eén 9 of hoger');
    expect(summary).toContain('Goed, maar niet iets wat bijblijft.');
    expect(summary).toContain('het team verwachtte');
    expect(summary).toContain('Finn Mulder');
    const [of] = /"dots":\[.*?\]/.exec(summary) ?? [''];
    expect(of.match(/"grade"/g)).toHaveLength(11);
    expect(wordsOf(await belay.say(anna, direct, 'kti overzicht'))).toContain(
      'Bij 1 van de 3 klanten is actie nodig. Bij 1 klant wordt er al aan gewerkt.',
    );
    const actions = wordsOf(await belay.say(anna, direct, 'acties'));
    expect(actions).toContain('Naar de jaarplannen vragen · Acme · Anna de Vries · woensdag 2 december');
    expect(wordsOf(await belay.say(anna, direct, 'klant acme'))).toContain('9,3');
    // A question that the client is really asked later is another one, and never goes with these.
    const questions = belay.store.db.selectFrom('kti').select('about_id').where('source', '=', 'question');
    for (const { about_id } of await questions.execute()) expect(about_id).toMatch(/^example-/);
    const asked = wordsOf(await belay.say(anna, direct, 'kti vragen acme'));
    expect(asked).toContain('Daan Visser, Eva Jansen, Finn Mulder');
    await belay.settle();
    await grades(belay, daan, 4);
    await belay.settle();
    await belay.press(anna, general, 'sandbox.clear');
    expect(await gradesIn(belay.store)).toEqual(before);
    // What was still to be done about them finds nothing to do.
    for (const day of ['24', '30']) {
      belay.time.set(`2026-11-${day}T09:15:00Z`);
      await belay.settle();
    }
    expect(belay.failures).toEqual([]);
  });

  it('are put with a client that is there, beside its own grades, and go without them', async () => {
    const belay = await openTeamHouse(await open());
    await belay.plant('Van ons zelf', { stage: 'confirmed' });
    await belay.say(anna, general, 'kti vragen acme');
    await belay.settle();
    await grades(belay, daan, 7);
    const before = await gradesIn(belay.store);
    await belay.press(anna, general, 'sandbox.fill');
    const summary = wordsOf(await belay.say(anna, general, 'kti overzicht acme'));
    // The round that is running is the newest one with grades, and its own.
    expect(summary).toContain('Van ons zelf, concreet');
    const rounds = belay.store.db.selectFrom('kti_round').select('id').where('client_id', '=', 'c1');
    expect(await rounds.execute()).toHaveLength(5);
    await belay.press(anna, general, 'sandbox.clear');
    expect(await gradesIn(belay.store)).toEqual(before);

    await belay.press(anna, general, 'sandbox.fill');
    await grades(belay, eva, 8);
    belay.time.set('2026-12-28T09:00:00Z');
    await belay.settle();
    await belay.say(anna, general, 'kti vragen acme');
    await belay.settle();
    await grades(belay, daan, 9);
    const examples = belay.store.db.selectFrom('kti_grade').select('kti_id').where('kti_id', 'like', 'ex%');
    const mixed = examples.where('round_id', 'not like', 'ex%');
    const { length } = await mixed.execute();
    expect(length).toBeGreaterThan(1);
    const cleared = wordsOf(await belay.press(anna, general, 'sandbox.clear'));
    expect(cleared).toContain(`ook ${length} cijfers die een klant voor een voorbeeld gaf`);
    const [known, anew] = await counted(belay.store);
    expect(known).toEqual(anew);
    const own = belay.store.db.selectFrom('kti').selectAll().where('source', '=', 'expectation');
    expect(await own.execute()).toMatchObject([
      { last_n: 1, last_sum: 9, before_n: 2, before_sum: 15, total_n: 3, total_sum: 24 },
    ]);
    expect(JSON.stringify(await gradesIn(belay.store))).not.toContain('example-');
    expect(belay.failures).toEqual([]);
  });
});
