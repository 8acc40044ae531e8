import { expect, it } from 'vitest';
import { addClient, changeClient, mergeInto } from '../../../src/features/clients/store.ts';
import { expectationsOf, wordingsOf } from '../../../src/features/expectations/store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient, openTeamHouse, type TeamHouse, toldIn } from '../../support/expectation-house.ts';
import { acme, anna, bram, carla, daan, direct, general, refusalOf, wordsOf } from '../../support/house.ts';

eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());
  const all = ({ store }: TeamHouse) =>
    store.transact((tx) => expectationsOf(tx, 'T1', 'c1', { open: true }));
  const texts = ({ store }: TeamHouse, id: string) =>
    store.transact(async (tx) => (await wordingsOf(tx, 'T1', id)).map(({ text }) => text));
  const archive = (belay: TeamHouse) =>
    belay.store.transact((tx) =>
      changeClient(tx, 'T1', acmeClient(belay, { archived: true }), { by: 'anna', now: belay.time.now() }),
    );

  /** The subject that a form carries. */
  async function opened(belay: TeamHouse, name: string, id: string): Promise<string> {
    const form = await belay.press(anna, general, `expectations.${name}`, id);
    return form.kind === 'ask' ? (form.form.subject ?? '') : form.kind;
  }

  const filled = { text: 'Binnen een dag', seen: 'Elke vraag heeft antwoord.', about: 'company' };

  it.each(['concrete', 'edit'])(
    'of a form to %s, opened before the client worded it otherwise, nothing is kept',
    async (name) => {
      const belay = await house();
      const id = await belay.plant('Sneller antwoord', { stage: 'sent', seen: 'Niemand wacht.' });
      const subject = await opened(belay, name, id);
      const { wording } = await belay.find(id);
      await belay.submit(daan, acme, 'expectations.correct', wording.id, { text: 'Bel ons eerst' });
      await belay.settle();
      const refused = await belay.submit(anna, general, `expectations.${name}`, subject, {
        ...filled,
        notes: 'Gebeld.',
      });
      expect(refused).toMatchObject({ kind: 'refused', field: 'text' });
      expect(refusalOf(refused)).toContain('Daan Visser heeft de tekst veranderd');
      expect(await belay.find(id)).toMatchObject({
        state: 'corrected',
        notes: undefined,
        wording: { text: 'Bel ons eerst' },
      });
      expect(await belay.settle()).toEqual([]);
      // Begun anew, with his words before them, it is kept; a button of before leads there too.
      const again = await opened(belay, name, subject);
      await belay.submit(anna, general, `expectations.${name}`, again, filled);
      expect((await texts(belay, id)).at(-1)).toBe('Binnen een dag');
    },
  );

  it.each(['concrete', 'edit'])(
    'two forms to %s that were open at once: the second hears of the first',
    async (name) => {
      const belay = await house();
      const id = await belay.plant('Sneller antwoord', { stage: 'concrete' });
      const subject = await opened(belay, name, id);
      const both = await Promise.all(
        [anna, bram].map((person) =>
          belay.submit(person, general, `expectations.${name}`, subject, {
            ...filled,
            text: `Van ${person.id}`,
          }),
        ),
      );
      expect(both.map(({ kind }) => kind).toSorted()).toEqual(['answer', 'refused']);
      expect(await texts(belay, id)).toHaveLength(3);
      expect(belay.failures).toEqual([]);
    },
  );

  it('keeps a confirmation when only what the team keeps was changed, however a platform breaks lines', async () => {
    const belay = await house();
    const id = await belay.plant('Sneller antwoord', {
      stage: 'confirmed',
      seen: 'Elke dag.\nZonder vragen.',
    });
    const { text } = (await belay.find(id)).wording;
    const fields = {
      text: ` ${text} `,
      seen: 'Elke dag.\r\nZonder vragen.',
      about: 'team',
      notes: 'Gebeld.',
    };
    await belay.submit(anna, general, 'expectations.concrete', await opened(belay, 'concrete', id), fields);
    expect(await belay.find(id)).toMatchObject({ state: 'confirmed', about: 'team', notes: 'Gebeld.' });
    await belay.submit(anna, general, 'expectations.edit', id, { text: 'Eerst\r\ndan' });
    expect((await belay.find(id)).wording.text).toBe('Eerst\ndan');
  });

  it('is noted once when several type the same words at once', async () => {
    const belay = await house();
    const said = await Promise.all(
      [anna, bram, carla].map((person) => belay.say(person, general, 'verwacht: Sneller antwoord')),
    );
    expect(said.map(({ kind }) => kind).toSorted()).toEqual(['answer', 'refused', 'refused']);
    expect(await all(belay)).toHaveLength(1);
    expect(belay.failures).toEqual([]);
  });

  it('is not edited into the words of another open one', async () => {
    const belay = await house();
    const one = await belay.plant('Sneller antwoord');
    const other = await belay.plant('Iets anders');
    for (const name of ['edit', 'concrete']) {
      const refused = await belay.submit(anna, general, `expectations.${name}`, other, {
        ...filled,
        text: 'sneller antwoord.',
      });
      expect(refused).toMatchObject({ kind: 'refused', field: 'text' });
      expect(wordsOf(refused)).toContain(one);
    }
    // Its own words, but for a capital, are none of another.
    await belay.submit(anna, general, 'expectations.edit', other, { text: 'iets anders' });
    expect((await belay.find(other)).wording.text).toBe('iets anders');
  });

  it('is put before the client once when several send it at once, and again later', async () => {
    const belay = await house();
    const id = await belay.plant('Sneller antwoord', { stage: 'concrete' });
    const said = await Promise.all(
      [anna, bram, carla].map((person) => belay.press(person, general, 'expectations.send', id)),
    );
    expect(said.map(({ kind }) => kind)).toEqual(['answer', 'answer', 'answer']);
    const sent = await belay.settle();
    expect(sent.map(({ kind, place }) => `${kind} ${place}`)).toEqual(['post acme']);
    belay.time.set('2026-11-23T09:30:00Z');
    await belay.press(anna, general, 'expectations.send', id);
    expect((await belay.settle()).map(({ kind }) => kind)).toEqual(['update', 'post']);
    expect(belay.failures).toEqual([]);
  });

  it('is answered once when two of the client do so at once', async () => {
    const belay = await house();
    const id = await belay.plant('Sneller antwoord', { stage: 'sent' });
    const { wording } = await belay.find(id);
    await Promise.all([
      belay.press(daan, acme, 'expectations.confirm', wording.id),
      belay.submit(daan, acme, 'expectations.correct', wording.id, { text: 'Bel ons' }),
      belay.submit(anna, general, 'expectations.edit', `${id}.${wording.id}`, { text: 'Van ons' }),
    ]);
    const one = await belay.find(id);
    expect(['confirmed', 'corrected', 'concrete']).toContain(one.state);
    if (one.state === 'confirmed') expect(one.wording.confirmed).toBeDefined();
    else expect(one.wording.confirmed).toBeUndefined();
    await belay.settle();
  });

  it('of an archived client is read, and changed by nobody', async () => {
    const belay = await house();
    const id = await belay.plant('Sneller antwoord', { stage: 'sent' });
    const subject = await opened(belay, 'edit', id);
    await archive(belay);
    const refusals = [
      await belay.submit(anna, direct, 'expectations.edit', subject, { text: 'Anders' }),
      await belay.submit(anna, direct, 'expectations.concrete', id, filled),
      await belay.submit(anna, direct, 'expectations.note', 'c1', { text: 'Nieuw', direction: 'theirs' }),
      await belay.press(anna, direct, 'expectations.note', 'c1'),
      await belay.press(anna, direct, 'expectations.send', id),
      await belay.press(anna, direct, 'expectations.withdraw', id),
      await belay.press(anna, direct, 'expectations.up', id),
      await belay.press(anna, direct, 'expectations.ask-first', 'c1'),
    ];
    for (const refused of refusals) expect(refusalOf(refused)).toContain('gearchiveerd');
    expect(wordsOf(await belay.press(anna, direct, 'expectations.show', id))).toContain('Sneller antwoord');
    expect(await belay.settle()).toEqual([]);
    expect(await all(belay)).toMatchObject([{ state: 'sent', wording: { number: 2 } }]);
  });

  it('is noted for the client that another became a part of', async () => {
    const belay = await house();
    const { store, time } = belay;
    await store.transact(async (tx) => {
      await addClient(tx, 'T1', acmeClient({ time }, { id: 'c2', name: 'Acme Noord' }));
      await mergeInto(tx, 'T1', 'c2', 'c1');
    });
    const fields = { text: 'Bel ons eerst', direction: 'theirs' };
    await belay.submit(anna, direct, 'expectations.note', 'c2', fields);
    expect((await all(belay)).map(({ wording }) => wording.text)).toEqual(['Bel ons eerst']);
    expect(toldIn(await belay.settle(), 'acme')).toBe('');
  });
});
