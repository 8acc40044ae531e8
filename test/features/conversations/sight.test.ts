import { expect, it } from 'vitest';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse, toldIn } from '../../support/expectation-house.ts';
import { anna, bram, carla, direct, general, wordsOf } from '../../support/house.ts';

/** What was said of an expectation is for those who may see that one. */
eachDatabase((_, open) => {
  async function noted() {
    const belay = await openTeamHouse(await open());
    const person = { id: 'anna', name: anna.name };
    const secret = await belay.plant('Anna belt terug', { inside: { about: 'person', person } });
    const common = await belay.plant('Sneller', { stage: 'confirmed' });
    const asked = wordsOf(await belay.say(anna, direct, 'gesprek Acme'));
    const [, subject = ''] = /"conversations.more","subject":"([^"]+)"/.exec(asked) ?? [];
    for (const [expectation, said] of [
      [common, 'Het gaat al beter'],
      ['none', 'Nieuw kantoor in maart'],
      [secret, 'Ze is te druk'],
    ])
      await belay.submit(anna, direct, 'conversations.more', subject, {
        expectation: expectation ?? '',
        said: said ?? '',
        kind: expectation === 'none' ? 'at-risk' : 'same',
      });
    await belay.settle();
    return { belay, secret };
  }

  it('leaves out of a briefing what was said of one that its reader may not see', async () => {
    const { belay, secret } = await noted();
    const brief = async (person: typeof anna) => {
      const planned = wordsOf(await belay.say(person, direct, 'gesprek Acme morgen 14:00'));
      const [, talk = ''] = /"conversations.change","subject":"([^"]+)"/.exec(planned) ?? [];
      return wordsOf(await belay.press(person, direct, 'conversations.brief', talk));
    };
    for (const person of [anna, bram]) expect(await brief(person)).toContain('Ze is te druk');
    const hers = await brief(carla);
    expect(hers).not.toContain('Ze is te druk');
    // The others do not make room for it.
    for (const said of ['Het gaat al beter', 'Nieuw kantoor in maart']) expect(hers).toContain(said);
    await belay.press(bram, direct, 'expectations.feasible', `${secret}.anna`);
    expect(await brief(carla)).toContain('Ze is te druk');
  });

  it('leaves it out of the card for the whole team, which comes once a month', async () => {
    const { belay } = await noted();
    const press = (person: typeof anna) => belay.press(person, direct, 'conversations.look-ahead', 'c1');
    expect(wordsOf(await press(anna))).toContain('staat in het kanaal van het team');
    const card = toldIn(await belay.settle(), 'general');
    expect(card).toContain('Nieuw kantoor in maart');
    expect(card).not.toContain('Ze is te druk');
    for (const person of [anna, bram]) {
      const again = wordsOf(await press(person));
      expect(again).toContain('staat al in het kanaal');
      expect(again).toContain('https://chat.example/');
    }
    expect(await belay.settle()).toEqual([]);
    belay.time.set('2026-12-01T09:00:00Z');
    await press(bram);
    expect(toldIn(await belay.settle(), 'general')).toContain('Vooruitkijken met Acme');
    // Belay was removed from the channel: it is shown to whoever asks, and not lost.
    const gone = { ...general, reachable: false, checkedAt: belay.time.now().toString() };
    await belay.people.savePlace('T1', gone);
    expect(wordsOf(await press(anna))).toContain('Vooruitkijken met Acme');
    await belay.people.savePlace('T1', { ...gone, reachable: true });
    // Of a month without answers it says nothing, rather than none of none.
    belay.time.set('2027-01-05T09:00:00Z');
    await press(bram);
    const silent = toldIn(await belay.settle(), 'general');
    expect(silent).toContain('Vooruitkijken met Acme');
    expect(silent).not.toContain('van de 0');
  });
});
