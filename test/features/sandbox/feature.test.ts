import { expect, it } from 'vitest';
import { featuresOf } from '../../../src/features/features.ts';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse } from '../../support/expectation-house.ts';
import { acme, anna, bram, direct, finn, general, openHouse, wordsOf } from '../../support/house.ts';

eachDatabase((_, open) => {
  it('lets the others answer, so that one who tries it alone reads a result', async () => {
    const belay = await openHouse(await open());
    await belay.say(anna, general, 'nps vragen');
    expect(wordsOf(await belay.say(anna, general, 'voorbeeld'))).toContain('5 anderen');
    await belay.say(anna, general, 'nps sluiten');
    await belay.settle();
    expect(belay.sent.map(wordsOf).join()).toContain('NPS +20 (± 51) uit 5 antwoorden');
  });

  it('leaves alone what somebody has answered himself', async () => {
    const belay = await openHouse(await open());
    await belay.say(anna, general, 'nps vragen');
    const [question] = await belay.settle();
    const scale = question?.card.elements.find(({ kind }) => kind === 'scale');
    const poll = scale?.kind === 'scale' ? scale.subject : '';
    await belay.press(bram, general, 'polls.vote', poll, '0');
    expect(wordsOf(await belay.say(anna, general, 'voorbeeld'))).toContain('4 anderen');
    const grades = belay.store.db.selectFrom('vote').select('grade').where('person_id', '=', 'bram');
    expect(await grades.execute()).toEqual([{ grade: 0 }]);
  });

  it('in a client’s poll only the client answers', async () => {
    const belay = await openHouse(await open());
    await belay.say(anna, acme, 'nps vragen');
    expect(wordsOf(await belay.say(anna, acme, 'voorbeeld'))).toContain('3 anderen');
  });

  it('lets the client’s people grade, one of them too low, and leaves alone what one has sent himself', async () => {
    const belay = await openTeamHouse(await open(), featuresOf({ sandbox: true }));
    await belay.plant('Sneller antwoord', { stage: 'confirmed' });
    await belay.say(anna, general, 'kti vragen Acme');
    const asked = (await belay.settle()).find(({ person }) => person === 'finn');
    const [, id = ''] = /"kti\.grade","subject":"([^".]+)\./.exec(JSON.stringify(asked)) ?? [];
    await belay.submit(finn, direct, 'kti.grade', id, { 'grade-1': '10' });
    await belay.settle();
    expect(wordsOf(await belay.say(anna, acme, 'voorbeeld'))).toContain('2 contactpersonen van Acme');
    expect(JSON.stringify(await belay.settle())).toMatch(/De overgang duurde langer dan beloofd/);
    const summary = wordsOf(await belay.say(anna, general, 'kti overzicht Acme'));
    expect(summary).toMatch(/3 van de 3 antwoordden.*De overgang duurde langer dan beloofd/);
    const grades = belay.store.db.selectFrom('kti_grade').select(['grader_id', 'grade']);
    const kept = await grades.orderBy('grader_id').orderBy('grade').execute();
    expect(kept.map(({ grader_id, grade }) => `${grader_id} ${grade}`)).toEqual([
      ...['daan 4', 'daan 7', 'daan 7', 'eva 6', 'eva 8', 'eva 8', 'finn 10'],
    ]);
    expect(wordsOf(await belay.say(anna, acme, 'voorbeeld'))).toContain('staat hier niet open');
  });

  it('lets the client confirm what is put before him', async () => {
    const belay = await openHouse(await open());
    await belay.say(anna, general, 'klant toevoegen Acme');
    await belay.say(anna, general, 'klant koppelen Acme intern');
    await belay.say(anna, acme, 'klant koppelen Acme gedeeld');
    expect(wordsOf(await belay.say(anna, acme, 'voorbeeld'))).toContain('staat hier niet open');
    const noted = JSON.stringify(await belay.say(anna, general, 'verwacht: Sneller antwoord'));
    const [, id = ''] = /"expectations\.send","subject":"([^"]+)"/.exec(noted) ?? [];
    await belay.press(anna, general, 'expectations.send-anyway', id);
    expect(wordsOf(await belay.say(anna, acme, 'voorbeeld'))).toContain('Daan Visser');
    const told = (await belay.settle()).find(({ place }) => place === 'general');
    expect(JSON.stringify(told)).toContain('Daan Visser');
  });
});

it('is nowhere but in the sandbox', () => {
  expect(featuresOf().map(({ name }) => name)).not.toContain('sandbox');
});
