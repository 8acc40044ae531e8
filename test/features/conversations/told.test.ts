import { expect, it } from 'vitest';
import { addConversation } from '../../../src/features/conversations/store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse, type TeamHouse } from '../../support/expectation-house.ts';
import { anna, bram, carla, direct, refusalOf, wordsOf } from '../../support/house.ts';

/** Monday 23 November 2026, ten o'clock in Amsterdam. */
eachDatabase((_, open) => {
  /** A conversation with Acme of this morning, of these people; Carla is none of Acme's team. */
  async function house(...people: { id: string; name: string }[]) {
    const belay = await openTeamHouse(await open());
    await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
    const now = belay.time.now();
    const conversation = {
      ...{ id: 'one', client: 'c1', title: undefined, source: 'calendar' as const, answer: undefined },
      ...{ start: now.subtract({ hours: 1 }), end: now },
      people: people.map(({ id, name }) => ({ id, name })),
    };
    await belay.store.transact((tx) =>
      addConversation(tx, { tenant: 'T1', platform: 'test' }, conversation, now),
    );
    return belay;
  }

  async function comes(belay: TeamHouse, moment: string) {
    belay.time.set(moment);
    return (await belay.settle()).map(({ person, card }) => `${person}: ${card.summary}`);
  }

  it('tells who was there too when he can be reached, what was answered last', async () => {
    const belay = await house(anna, bram);
    await belay.submit(bram, direct, 'nudges.pause', '', { until: '2026-11-24' });
    belay.time.set('2026-11-23T13:30:00Z');
    await belay.press(anna, direct, 'conversations.raised', 'one');
    expect(await belay.settle()).toEqual([]);
    belay.time.set('2026-11-24T01:30:00Z');
    await belay.press(anna, direct, 'conversations.not-raised', 'one');
    expect(await comes(belay, '2026-11-24T01:31:00Z')).toEqual([]);
    const told = await comes(belay, '2026-11-24T07:30:00Z');
    expect(told).toEqual([expect.stringMatching(/^bram: Anna de Vries gaf aan.*niet/)]);
    expect(belay.failures).toEqual([]);
  });

  it('tells who heard that it was called off that it takes place after all', async () => {
    const belay = await house(anna, bram);
    await belay.store.db
      .updateTable('conversation')
      .set({ starts_at: '2026-11-23T13:00:00.000Z', ends_at: '2026-11-23T14:00:00.000Z' })
      .execute();
    await belay.press(anna, direct, 'conversations.cancelled', 'one');
    const off = await comes(belay, '2026-11-23T09:01:00Z');
    expect(off).toEqual(['bram: Anna de Vries gaf aan dat het gesprek met Acme vervallen is.']);
    await belay.press(anna, direct, 'conversations.ask', 'one');
    const on = await comes(belay, '2026-11-23T09:02:00Z');
    expect(on).toEqual(['bram: Anna de Vries gaf aan dat het gesprek met Acme toch doorgaat.']);
    // Called off again before he can be reached, that alone is news.
    await belay.submit(bram, direct, 'nudges.pause', '', { until: '2026-11-24' });
    for (const press of ['cancelled', 'ask', 'cancelled'])
      await belay.press(anna, direct, `conversations.${press}`, 'one');
    expect(await comes(belay, '2026-11-24T07:30:00Z')).toEqual([expect.stringContaining('vervallen')]);
    expect(belay.failures).toEqual([]);
  });

  it('tells nobody what is no news, what he answered himself, or of a client that he has muted', async () => {
    const belay = await house(anna, bram);
    const answer = (person = anna) => belay.press(person, direct, 'conversations.raised', 'one');
    await belay.submit(bram, direct, 'nudges.pause', '', { until: '2026-11-30' });
    await answer();
    expect(await comes(belay, '2026-11-30T07:30:00Z')).toEqual([]);
    await belay.submit(bram, direct, 'nudges.mute', '', { client: 'c1' });
    await belay.press(anna, direct, 'conversations.not-raised', 'one');
    expect(await comes(belay, '2026-11-30T07:31:00Z')).toEqual([]);
    await belay.submit(bram, direct, 'nudges.unmute', '', { client: 'c1' });
    belay.time.set('2026-11-30T22:00:00Z');
    await answer();
    await belay.press(bram, direct, 'conversations.not-raised', 'one');
    const told = await comes(belay, '2026-12-01T07:30:00Z');
    expect(told).toEqual([expect.stringContaining('anna: Bram Bakker gaf aan')]);
  });

  it('lets a colleague answer for a conversation of his own, as far as a colleague may see', async () => {
    const belay = await house(anna, carla);
    const about = { about: 'person', person: { id: 'bram', name: bram.name } } as const;
    await belay.plant('Bram moet sneller', { inside: about });
    await belay.plant('Binnen een dag antwoord');
    const form = wordsOf(await belay.press(carla, direct, 'conversations.more', 'one'));
    expect(form).toContain('Binnen een dag antwoord');
    expect(form).not.toContain('Bram moet sneller');
    const fields = { kind: 'new', expectation: 'none', said: 'Ook in het weekend' };
    const noted = wordsOf(await belay.submit(carla, direct, 'conversations.more', 'one', fields));
    expect(noted).toContain('Ook in het weekend');
    // The button to note an expectation would refuse her.
    expect(noted).not.toContain('expectations.note');
    expect(await belay.press(carla, direct, 'conversations.not-raised', 'one')).toMatchObject({
      kind: 'answer',
    });
    const { outcome } = await belay.store.db
      .selectFrom('conversation')
      .select('outcome')
      .executeTakeFirstOrThrow();
    expect(outcome).toBe('not-raised');
  });

  it('lets no colleague answer who was not there', async () => {
    const belay = await house(anna);
    for (const press of ['raised', 'more', 'brief'])
      expect(refusalOf(await belay.press(carla, direct, `conversations.${press}`, 'one'))).toContain(
        'Anna de Vries',
      );
  });
});
