import { expect, it } from 'vitest';
import type { Feature } from '../../src/chat/feature.ts';
import { createRouter } from '../../src/chat/router.ts';
import { eachDatabase } from '../support/databases.ts';
import { acme, anna, bram, carla, daan, direct, general, openHouse, wordsOf } from '../support/house.ts';

eachDatabase((_, open) => {
  it('speaks the person’s own language, then the workspace’s, then the house’s', async () => {
    const belay = await openHouse(await open());
    expect(wordsOf(await belay.say(anna, general, 'help'))).toContain('Dit kun je typen');
    expect(wordsOf(await belay.say(carla, general, 'hulp'))).toContain('What you can type');
    await belay.submit(anna, general, 'settings.tenant', '', { language: 'en' });
    expect(wordsOf(await belay.say(bram, general, 'help'))).toContain('What you can type');
    await belay.submit(bram, general, 'settings.person', '', { language: 'nl' });
    expect(wordsOf(await belay.say(bram, general, 'help'))).toContain('Dit kun je typen');
  });

  it('speaks a channel’s own language in what it posts there, and the reader’s in answers', async () => {
    const belay = await openHouse(await open());
    await belay.submit(anna, acme, 'settings.place', '', { language: 'en' });
    expect(wordsOf(await belay.say(anna, acme, 'nps vragen'))).toContain('aan de klant gesteld');
    const posted = (await belay.settle()).find(({ kind }) => kind === 'post');
    expect(wordsOf(posted ?? { kind: 'nothing' })).toContain('How likely are you to recommend us');
  });

  it('shows a client only what a client may do', async () => {
    const belay = await openHouse(await open());
    const help = wordsOf(await belay.say(daan, acme, 'help'));
    expect(help).not.toMatch(/nps|instellingen/);
    for (const text of ['nps vragen', 'nps sluiten', 'nps uitslag', 'instellingen', 'nps'])
      expect(await belay.say(daan, acme, text)).toMatchObject({ kind: 'refused' });
  });

  it('sends an answer as a private message where it cannot go back', async () => {
    const belay = await openHouse(await open());
    const outcome = await belay.say(anna, general, 'help', { returns: 'nothing', thread: 'thread-1' });
    expect(outcome.kind).toBe('nothing');
    const [whisper] = await belay.settle();
    expect(whisper).toMatchObject({ kind: 'whisper', person: 'anna', place: 'general', thread: 'thread-1' });
  });

  it('notes on answers, forms and refusals what they speak: what the person chose', async () => {
    const belay = await openHouse(await open());
    const unseen = { returns: 'nothing' } as const;
    await belay.submit(anna, direct, 'settings.person', '', { language: 'en' });
    await belay.say(anna, direct, 'help', unseen);
    await belay.press(anna, direct, 'settings.person', '', '', unseen);
    expect((await belay.settle()).map(({ card, form }) => form?.language ?? card.language)).toEqual([
      'en',
      'en',
    ]);
    expect(await belay.say(anna, direct, 'dance')).toMatchObject({ card: { language: 'en' } });
    expect(await belay.press(bram, direct, 'settings.person')).toMatchObject({ form: { language: 'nl' } });
  });

  it('shows a form where cards cannot be given back but forms can, with what the card said', async () => {
    const belay = await openHouse(await open());
    await belay.say(anna, acme, 'nps vragen');
    const [question] = (await belay.settle()).filter(({ kind }) => kind === 'post');
    const scale = question?.card.elements.find(({ kind }) => kind === 'scale');
    const poll = scale?.kind === 'scale' ? scale.subject : '';
    const outsider = await belay.press(daan, acme, 'polls.vote', poll, '8', { returns: 'form-first' });
    expect(outsider).toMatchObject({ kind: 'ask', form: { name: 'polls.why' } });
    expect(wordsOf(outsider)).toContain('U gaf een 8');
    const insider = await belay.press(daan, acme, 'polls.vote', poll, '8', { returns: 'form' });
    expect(insider.kind).toBe('nothing');
    expect((await belay.settle()).map(({ kind }) => kind)).toEqual(['whisper']);
  });

  it('tells whoever typed a command that it went wrong, and keeps nothing of it', async () => {
    const belay = await openHouse(await open({}));
    await belay.store.db.schema.dropTable('poll').execute();
    const outcome = await belay.say(anna, general, 'nps vragen');
    expect(wordsOf(outcome)).toContain('ging mis aan onze kant');
    expect(belay.failures).toHaveLength(1);
    await expect(belay.press(anna, general, 'polls.vote', 'x', '7')).rejects.toThrow();
    expect(await belay.store.db.selectFrom('inbox').selectAll().execute()).toEqual([]);
  });

  it('greets a place once, however often it is told, and again after it was sent away', async () => {
    const belay = await openHouse(await open());
    await Promise.all([belay.event(anna, general, 'added'), belay.event(anna, general, 'added')]);
    expect(await belay.settle()).toHaveLength(1);
    await belay.event(anna, general, 'added');
    expect(await belay.settle()).toEqual([]);
    await belay.event(anna, general, 'removed');
    await belay.event(anna, general, 'added');
    expect(await belay.settle()).toHaveLength(1);
  });

  it('offers the first client to a team, and nothing internal to a client', async () => {
    const belay = await openHouse(await open());
    await belay.event(anna, general, 'added');
    await belay.event(anna, acme, 'added');
    await belay.event(anna, direct, 'added');
    const [inside, shared, alone] = (await belay.settle()).sort((one, other) =>
      (other.place ?? '').localeCompare(one.place ?? ''),
    );
    expect(wordsOf(inside ?? { kind: 'nothing' })).toContain('clients.add');
    expect(wordsOf(alone ?? { kind: 'nothing' })).not.toContain('clients.add');
    expect([inside?.place, shared?.place, alone?.place]).toEqual(['general', 'direct', 'acme']);
  });
});

it('does not start with a form that Slack could not open', () => {
  const feature: Feature = { name: 'x', forms: { 'x.y': { who: 'anyone', run: async () => [] } } };
  const unused = () => {
    throw new Error('unused');
  };
  expect(() =>
    createRouter({
      features: [feature],
      transact: unused,
      claim: unused,
      settings: unused,
      carryOut: unused,
      now: unused,
      outside: () => ({
        link: () => undefined,
        mails: false,
        seal: () => undefined,
        defaults: { language: 'nl', timeZone: 'UTC' },
      }),
      committed: unused,
      heard: unused,
      failed: unused,
    }),
  ).toThrow('x.y');
});
