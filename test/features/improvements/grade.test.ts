import { expect, it } from 'vitest';
import { spend } from '../../../src/features/fatigue/budget-store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { toldTo } from '../../support/expectation-house.ts';
import { anna, carla, daan, direct, refusalOf, subjectOf, wordsOf } from '../../support/house.ts';
import { type KtiHouse, openKtiHouse } from '../../support/kti-house.ts';
import { bringIdea, fillPlan, moveTo, rowsOf } from './way.ts';

eachDatabase((_, open) => {
  /** One that serves an expectation of Acme, for which its people gave a 6 and a 5 before, is to be checked. */
  async function checking(belay: KtiHouse) {
    const kti = await belay.plantExpected('Binnen een dag antwoord');
    await belay.plantClosed([
      { kti, grade: 6 },
      { kti, by: 'eva', grade: 5 },
    ]);
    belay.time.advance({ hours: 24 * 31 });
    const id = await bringIdea(belay);
    await fillPlan(belay, id, { serves: `expectation:${kti.about}`, 'serves-words': '' });
    await moveTo(belay, id, 'check');
    belay.time.advance({ hours: 24 });
    await belay.settle();
    return { id, kti };
  }

  it('asks for a new grade of the expectation it serves alone, and shows before and after', async () => {
    const belay = await openKtiHouse(open);
    const { id, kti } = await checking(belay);
    await belay.plantExpected('Iets anders');
    const shown = wordsOf(await belay.press(anna, direct, 'improvements.show', id));
    expect(shown).toMatch(/5,5 \(n.=.2\), voordat het begon/);
    expect(shown).toContain('Binnen een dag antwoord, concreet');
    const asked = wordsOf(await belay.press(anna, direct, 'improvements.grade', id));
    expect(asked).toMatch(/voordat het begon; gevraagd, 0 antwoorden/);
    expect(asked).not.toContain('improvements.grade"');
    const sent = await belay.settle();
    expect(toldTo(sent, 'anna')).toMatch(/Daan Visser.*Binnen een dag antwoord/);
    expect(toldTo(sent, 'anna')).not.toMatch(/Iets anders|Eerlijk/);
    const [row] = await rowsOf(belay);
    const items = await belay.store.db
      .selectFrom('kti_item')
      .select('kti_id')
      .where('round_id', '=', row?.grading_round_id ?? '')
      .execute();
    expect(items).toEqual([{ kti_id: kti.id }]);
    const asks = sent.filter(({ person }) => person === 'daan');
    await belay.press(daan, direct, 'kti.grade', subjectOf(asks, 'kti.grade'), '8');
    const after = wordsOf(await belay.press(anna, direct, 'improvements.show', id));
    expect(after).toMatch(/5,5 \(n.=.2\) → 8 \(n.=.1\), sinds .*zegt niet waardoor/);
    expect(refusalOf(await belay.press(anna, direct, 'improvements.grade', id))).toContain('al gevraagd');
    // Another round of the work asks anew.
    await moveTo(belay, id, 'act');
    await belay.press(anna, direct, 'improvements.back', id, 'act');
    expect(await rowsOf(belay)).toMatchObject([{ grading_round_id: null }]);
  });

  it('asks nothing twice at once, and can be asked again once it was withdrawn', async () => {
    const belay = await openKtiHouse(open);
    const { id } = await checking(belay);
    const both = await Promise.all([1, 2].map(() => belay.press(anna, direct, 'improvements.grade', id)));
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['answer', 'refused']);
    const [row] = await rowsOf(belay);
    await belay.press(anna, direct, 'kti.cancel', row?.grading_round_id ?? '');
    expect(wordsOf(await belay.press(anna, direct, 'improvements.show', id))).toContain(
      'improvements.grade"',
    );
    belay.time.advance({ hours: 25 });
    expect((await belay.press(anna, direct, 'improvements.grade', id)).kind).toBe('answer');
  });

  it('asks anew when nobody answered, or when the plan serves something else by now', async () => {
    const belay = await openKtiHouse(open);
    const { id } = await checking(belay);
    await belay.press(anna, direct, 'improvements.grade', id);
    const other = await belay.plantExpected('Iets anders');
    const planned = await fillPlan(belay, id, { serves: `expectation:${other.about}`, 'serves-words': '' });
    expect(wordsOf(planned)).toContain('improvements.grade"');
    expect(wordsOf(planned)).not.toContain('gevraagd, 0');
    belay.time.advance({ hours: 24 * 31 });
    await belay.settle();
    await belay.press(anna, direct, 'improvements.grade', id);
    belay.time.advance({ hours: 24 * 31 });
    await belay.settle();
    const shown = wordsOf(await belay.press(anna, direct, 'improvements.show', id));
    expect(shown).toMatch(/wat de klant ervan zegt.*improvements\.grade"/);
    expect((await belay.press(anna, direct, 'improvements.grade', id)).kind).toBe('answer');
  });

  it('says why nobody can be asked, and keeps nothing then', async () => {
    const belay = await openKtiHouse(open);
    const { id, kti } = await checking(belay);
    const press = () => belay.press(anna, direct, 'improvements.grade', id);
    const running = await belay.plantRound([kti]);
    expect((await press()).kind).toBe('refused');
    await belay.close(running);
    const at = { tx: belay.store.db, tenant: 'T1', platform: 'test', now: belay.time.now() };
    for (const person of ['daan', 'eva', 'finn']) await spend(at, { person }, 'kti');
    expect(refusalOf(await press())).toMatch(/Daan Visser kreeg op 25 december al/);
    const words = await bringIdea(belay, 'iets');
    await moveTo(belay, words, 'check');
    expect(wordsOf(await belay.press(anna, direct, 'improvements.show', words))).not.toContain('grade"');
    const refused = await belay.press(anna, direct, 'improvements.grade', words);
    expect(refusalOf(refused)).toContain('een verwachting die de klant heeft bevestigd');
    expect((await rowsOf(belay)).every((one) => one.grading_round_id === null)).toBe(true);
  });

  it('is for the client’s team alone', async () => {
    const belay = await openKtiHouse(open);
    const { id } = await checking(belay);
    await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
    await belay.press(carla, direct, 'improvements.join', id);
    expect((await belay.press(carla, direct, 'improvements.grade', id)).kind).toBe('refused');
    expect((await belay.press(daan, direct, 'improvements.grade', id)).kind).toBe('refused');
    expect(await rowsOf(belay)).toMatchObject([{ grading_round_id: null }]);
  });
});
