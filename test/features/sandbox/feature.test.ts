import { expect, it } from 'vitest';
import { featuresOf } from '../../../src/features/features.ts';
import { migrations } from '../../../src/features/polls/store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acme, anna, general, openHouse, wordsOf } from '../../support/house.ts';

eachDatabase((_, open) => {
  it('lets the others answer, so that one who tries it alone reads a result', async () => {
    const belay = await openHouse(await open(migrations));
    await belay.say(anna, general, 'nps vragen');
    expect(wordsOf(await belay.say(anna, general, 'voorbeeld'))).toContain('5 anderen');
    await belay.say(anna, general, 'nps sluiten');
    await belay.settle();
    expect(belay.sent.map(wordsOf).join()).toContain('NPS +20 (± 51) uit 5 antwoorden');
  });

  it('in a client’s poll only the client answers', async () => {
    const belay = await openHouse(await open(migrations));
    await belay.say(anna, acme, 'nps vragen');
    expect(wordsOf(await belay.say(anna, acme, 'voorbeeld'))).toContain('3 anderen');
  });
});

it('is nowhere but in the sandbox', () => {
  expect(featuresOf().map(({ name }) => name)).not.toContain('sandbox');
});
