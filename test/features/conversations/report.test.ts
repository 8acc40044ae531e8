import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/chat/platform.ts';
import { addClient } from '../../../src/features/clients/store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient, openTeamHouse } from '../../support/expectation-house.ts';
import {
  acme,
  anna,
  bram,
  carla,
  daan,
  direct,
  type House,
  refusalOf,
  subjectOf,
  wordsOf,
} from '../../support/house.ts';

/** Anna has just spoken with a client, once for each of these answers. */
async function noted(belay: House, client: string, answers: string[]): Promise<void> {
  for (const press of answers) {
    const subject = subjectOf(await belay.say(anna, direct, `gesprek ${client}`), 'conversations.raised');
    await belay.press(anna, direct, `conversations.${press}`, subject);
  }
}

function factsOf(said: Outcome): { label: string; value: string }[] {
  if (said.kind !== 'answer') throw new Error(`This is no answer: ${JSON.stringify(said)}`);
  return said.card.elements.flatMap((element) => (element.kind === 'facts' ? element.facts : []));
}

/** Monday 23 November 2026, ten o'clock in Amsterdam. */
eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());

  describe('coverage', () => {
    it('is the share of conversations in which it was raised, with a picture, and honest about the rest', async () => {
      const belay = await house();
      await noted(belay, 'Acme', ['raised', 'raised', 'not-raised', 'cancelled', 'raised', 'raised']);
      await belay.say(anna, direct, 'gesprek Acme gisteren 15:00');
      const report = wordsOf(await belay.say(bram, direct, 'gesprek overzicht'));
      expect(report).toContain('In 80 % van de gesprekken: 4 van de 5');
      expect(report).toContain('Van 1 gesprek is niet gezegd hoe het ging');
      expect(report).toContain('"kind":"chart"');
      expect(report).toContain('laatst vandaag');
      // Of the months before nothing is known, which is not none.
      expect(report).toContain('{"label":"okt","tone":"neutral"}');
      expect(wordsOf(await belay.say(anna, direct, 'klant Acme'))).toContain('vandaag ter sprake gebracht');
    });

    it('names teams by the owner of their clients, as soon as there is more than one', async () => {
      const belay = await house();
      await noted(belay, 'Acme', ['raised', 'not-raised', 'not-raised', 'not-raised', 'raised']);
      expect(wordsOf(await belay.say(anna, direct, 'gesprek overzicht'))).not.toContain('Per team');
      for (const [id, name] of [
        ['c2', 'Support'],
        ['c3', 'Zonnig'],
      ] as const)
        await belay.store.transact((tx) =>
          addClient(tx, 'T1', acmeClient(belay, { id, name, owner: { id: 'bram', name: bram.name } })),
        );
      const before = factsOf(await belay.say(anna, direct, 'gesprek overzicht'));
      expect(before).toContainEqual({ label: 'Team van Bram Bakker', value: 'nog niets bekend' });
      await noted(belay, 'Support', ['raised', 'raised']);
      await noted(belay, 'Zonnig', ['not-raised', 'cancelled']);
      const report = await belay.say(anna, direct, 'gesprek overzicht');
      // Those of whom the least was raised first.
      expect(factsOf(report).slice(0, 2)).toEqual([
        { label: 'Team van Anna de Vries', value: '2 van 5 · 40\u00a0%' },
        { label: 'Team van Bram Bakker', value: '2 van 3' },
      ]);
      const english = await belay.say(carla, direct, 'talk report');
      expect(factsOf(english)).toContainEqual({ label: 'Team of Bram Bakker', value: '2 of 3' });
    });

    it('is told of one client alone', async () => {
      const belay = await house();
      await belay.store.transact((tx) =>
        addClient(tx, 'T1', acmeClient(belay, { id: 'c2', name: 'Support' })),
      );
      await noted(belay, 'Acme', ['raised']);
      await noted(belay, 'Support', ['not-raised']);
      const words = wordsOf(await belay.say(carla, direct, 'talk report acme'));
      expect(words).toContain('In how many conversations with Acme');
      // A percentage of one says nothing.
      expect(words).toContain('In 1 of 1, in the last six months.');
      expect(words).not.toContain('100% of the conversations');
      expect(words).not.toContain('Support');
      expect(wordsOf(await belay.press(carla, direct, 'conversations.report'))).toContain('By client');
      expect(refusalOf(await belay.say(carla, direct, 'talk report Zonnig'))).toContain('Zonnig');
      expect(refusalOf(await belay.say(daan, acme, 'gesprek overzicht Acme'))).not.toContain('%');
      expect(belay.failures).toEqual([]);
    });
  });
});
