import { expect, it } from 'vitest';
import { featuresOf } from '../../../src/features/features.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acme, anna, bram, general, openHouse, wordsOf } from '../../support/house.ts';

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
