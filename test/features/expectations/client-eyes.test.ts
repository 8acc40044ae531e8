import { expect, it } from 'vitest';
import type { Outcome, Outgoing } from '../../../src/chat/platform.ts';
import type { Person, Place } from '../../../src/chat/request.ts';
import { addContact } from '../../../src/features/clients/people-store.ts';
import { addClient } from '../../../src/features/clients/store.ts';
import type { Inside } from '../../../src/features/expectations/expectations.ts';
import { markFeasible } from '../../../src/features/expectations/inside-store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient, openTeamHouse } from '../../support/expectation-house.ts';
import { acme, anna, bram, carla, daan, direct, eva, finn, general, wordsOf } from '../../support/house.ts';

/** Words that stand only in what the team keeps for itself. */
const inside: Inside = {
  why: 'planted-why',
  importance: 5,
  kano: 'excitement',
  about: 'person',
  person: { id: 'carla', name: carla.name },
  category: 'planted-category',
  notes: 'planted-notes',
};
const planted = /planted|Carla|Smit|Acme Noord|excitement|Verrassing|delights/i;

eachDatabase((_, open) => {
  it('lets no contact see what is for the team, whatever he does and whatever comes of it', async () => {
    const belay = await openTeamHouse(await open());
    await belay.store.transact(async (tx) => {
      await addClient(tx, 'T1', acmeClient(belay, { id: 'c2', name: 'Acme Noord' }));
      const someone = { id: 'k1', client: 'c1', name: 'Eva Jansen', email: 'eva@acme.example' };
      const nothing = { role: undefined, language: undefined, person: undefined };
      await addContact(tx, 'T1', { ...nothing, ...someone }, belay.time.now());
    });
    await belay.plant('Alleen Acme Noord', { stage: 'confirmed', client: 'c2' });
    await belay.plant('planted: nog niet voorgelegd', { stage: 'noted' });

    const seen: { by: string; what: string }[] = [];
    const note = (by: string, what: Outcome | Outgoing | object) =>
      seen.push({ by, what: JSON.stringify(what) });
    const outsiders = new Set([daan, eva, finn].map(({ id }) => id));
    /** All that goes out where a client reads it. */
    async function settle(): Promise<void> {
      for (const sent of await belay.settle()) {
        const isClients = sent.place === 'acme' && sent.kind !== 'whisper';
        if (isClients || sent.person?.includes('@') || outsiders.has(sent.person ?? '')) note('sent', sent);
      }
    }
    const where: [Person, Place][] = [
      [daan, acme],
      [eva, direct],
    ];
    async function everything(id: string): Promise<void> {
      const { wording } = await belay.find(id);
      const link = (name: string, subject: string) => belay.linked(`expectations.${name}`, subject);
      for (const [person, place] of where)
        for (const [name, subject] of [
          ['mine', ''],
          ['mine', 'c1'],
          ['mine', 'c2'],
          ['correct', wording.id],
          ['show', id],
          ['history', id],
          ['list', 'c1'],
          ['over', 'c1'],
          ['order', 'c1'],
          ['concrete', id],
          ['edit', id],
          ['withdraw', id],
          ['feasible', id],
        ])
          note(`${person.id} ${name}`, await belay.press(person, place, `expectations.${name}`, subject, ''));
      for (const typed of ['verwacht', 'verwacht Acme Noo', 'expect Acme', 'expect: text'])
        note(`daan ${typed}`, await belay.say(daan, acme, typed));
      for (const language of ['nl', 'en'] as const) {
        note('document', await belay.pages.show(link('document', 'c1.person:daan'), language));
        const page = link('answer', `${wording.id}.k1`);
        await belay.pages.show(page, language).then(
          (sheet) => note('page', sheet),
          (error) => note('page', { error: String(error) }),
        );
      }
      await settle();
    }

    const one = await belay.plant('Elke week bezoek', { stage: 'concrete', inside, seen: 'Elke week' });
    const found = await belay.find(one);
    await belay.store.transact((tx) =>
      markFeasible(tx, 'T1', found, true, { who: bram, now: belay.time.now() }),
    );
    await everything(one);
    const wordingId = async () => (await belay.find(one)).wording.id;
    for (const step of ['correct', 'doubt', 'confirm'] as const) {
      await belay.press(anna, general, 'expectations.send', one);
      await everything(one);
      const id = await wordingId();
      if (step === 'correct')
        note(
          'typed',
          await belay.submit(daan, acme, 'expectations.correct', id, { text: `Anders: ${step}` }),
        );
      else note(step, await belay.press(daan, acme, `expectations.${step}`, id));
      await everything(one);
      note('again', await belay.press(eva, direct, `expectations.${step}`, id));
    }
    await belay.submit(anna, general, 'expectations.edit', one, { text: 'planted: nog niet verstuurd' });
    await everything(one);
    const others = [
      await belay.plant('Twee', { stage: 'sent' }),
      await belay.plant('Drie', { stage: 'sent' }),
    ];
    await belay.press(anna, general, 'expectations.ask-first', 'c1');
    await settle();
    note('first', await belay.press(daan, acme, 'expectations.first', others[0]));
    await belay.press(anna, general, 'expectations.withdraw', one);
    await everything(one);

    expect(seen.length).toBeGreaterThan(200);
    expect(seen.filter(({ what }) => planted.test(what))).toEqual([]);
    // It was there to be seen.
    expect(seen.filter(({ what }) => what.includes('Elke week bezoek')).length).toBeGreaterThan(10);
    expect(wordsOf(await belay.press(anna, general, 'expectations.show', one))).toMatch(/planted-why/);
    expect(belay.failures).toEqual([]);
  });
});
