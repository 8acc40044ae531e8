import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/chat/platform.ts';
import { addColleague } from '../../../src/features/clients/people-store.ts';
import { addClient } from '../../../src/features/clients/store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient, openTeamHouse } from '../../support/expectation-house.ts';
import { anna, bram, carla, direct, refusalOf, wordsOf } from '../../support/house.ts';

const text = 'Weer te laat';

/** The names among which the form lets choose. */
function choicesOf(outcome: Outcome): string[] {
  if (outcome.kind !== 'ask') throw new Error(`No form: ${wordsOf(outcome)}`);
  return outcome.form.fields.flatMap((field) =>
    field.kind === 'choice' && field.id === 'client' ? field.choices.map(({ label }) => label) : [],
  );
}

eachDatabase((_, open) => {
  describe('with more clients than a form has room for', () => {
    /** Acme, of which all are; a hundred by the alphabet, of Anna; then one that Bram owns, and one that he helps. */
    async function house() {
      const belay = await openTeamHouse(await open());
      const manager = undefined;
      const add = (id: string, name: string, owner = { id: 'anna', name: anna.name }) =>
        belay.store.transact((tx) => addClient(tx, 'T1', acmeClient(belay, { id, name, owner, manager })));
      for (let at = 1; at <= 100; at += 1) await add(`b${at}`, `Bedrijf ${String(at).padStart(3, '0')}`);
      await add('y', 'Ysbrand');
      await add('z', 'Zuidas', { id: 'bram', name: bram.name });
      await belay.store.transact((tx) => addColleague(tx, 'T1', 'y', { id: 'bram', name: bram.name }));
      return {
        ...belay,
        kept: () =>
          belay.store.db.selectFrom('feedback').select(['kind', 'client_id']).orderBy('id').execute(),
      };
    }

    it('offers those of whoever asks first, and lets him type any other', async () => {
      const belay = await house();
      for (const asked of [
        await belay.say(bram, direct, 'klacht'),
        await belay.press(bram, direct, 'feedback.complaint'),
        await belay.press(bram, direct, 'feedback.keep'),
      ]) {
        expect(choicesOf(asked).slice(0, 4)).toEqual(['Acme', 'Ysbrand', 'Zuidas', 'Bedrijf 001']);
        expect(wordsOf(asked)).toContain('Of typ de naam van een andere klant');
      }
      expect(choicesOf(await belay.say(carla, direct, 'complaint')).slice(0, 2)).toEqual([
        'Acme',
        'Bedrijf 001',
      ]);
    });

    it('takes what was typed for what was chosen, in both forms', async () => {
      const belay = await house();
      const fields = { client: 'b1', 'other-client': 'zuid', text };
      await belay.submit(carla, direct, 'feedback.complaint', '', fields);
      await belay.submit(carla, direct, 'feedback.success', '', { ...fields, client: 'none' });
      await belay.submit(carla, direct, 'feedback.keep', '', {
        ...{ ...fields, kind: 'compliment', day: '2026-11-23' },
      });
      await belay.submit(carla, direct, 'feedback.story', '', { ...fields, 'other-client': '' });
      expect(await belay.kept()).toEqual([
        { kind: 'complaint', client_id: 'z' },
        { kind: 'success', client_id: 'z' },
        { kind: 'compliment', client_id: 'z' },
        { kind: 'story', client_id: 'b1' },
      ]);
    });

    it('refuses a name that it does not know, or means several, where it was typed', async () => {
      const belay = await house();
      const send = (other: string, client = '') =>
        belay.submit(bram, direct, 'feedback.complaint', '', { client, 'other-client': other, text });
      expect(await send('Nergens', 'b1')).toMatchObject({ kind: 'refused', field: 'other-client' });
      expect(refusalOf(await send('Bedrijf'))).toContain('Bedrijf 001');
      expect(refusalOf(await send(' '))).toContain('Kies een klant');
      expect(await belay.kept()).toEqual([]);
    });
  });

  it('asks for no other client while all have room', async () => {
    const belay = await openTeamHouse(await open());
    expect(wordsOf(await belay.say(bram, direct, 'klacht'))).not.toContain('other-client');
  });
});
