import type { KyselyPlugin } from 'kysely';
import { expect, it } from 'vitest';
import type { Asked } from '../../../src/chat/feature.ts';
import { listTyped } from '../../../src/features/actions/list-feature.ts';
import { overdue } from '../../../src/features/actions/overdue-feature.ts';
import { addClient } from '../../../src/features/clients/store.ts';
import type { Db } from '../../../src/store/database.ts';
import { voice } from '../../../src/text/say.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient, openTeamHouse, type TeamHouse } from '../../support/expectation-house.ts';
import { bram, direct } from '../../support/house.ts';
import { plantKti, startFor } from './way.ts';

const at = { tenant: 'T1', platform: 'test' };
const here = { language: 'nl', timeZone: 'Europe/Amsterdam' } as const;
const later = Temporal.Instant.from('2026-12-01T09:00:00Z');

/** As Bram asks it in a conversation of his own. */
function askedOf({ outside }: TeamHouse, tx: Db): Asked {
  const say = voice('nl');
  return {
    ...{ ...outside, ...at, link: () => undefined, tx, now: later, say, sayHere: say },
    ...{ person: { ...bram, ...here }, place: { ...direct, ...here } },
  };
}

/** How many statements this takes. */
async function countOf(belay: TeamHouse, work: (tx: Db) => Promise<unknown>): Promise<number> {
  let count = 0;
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => {
      count += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  await belay.store.transact((tx) => work(tx.withPlugin(counting)));
  return count;
}

eachDatabase((_, open) => {
  it('overdue actions and the list take no more queries for many than for one', async () => {
    const belay = await openTeamHouse(await open());
    const start = async (id: string) => {
      await belay.store.transact((tx) =>
        addClient(tx, 'T1', acmeClient(belay, { id, name: id, manager: undefined })),
      );
      await startFor(belay, await plantKti(belay, `Van ${id}`, { client: id }));
    };
    const count = async () => [
      await countOf(belay, (tx) => overdue.find({ tx, ...at, now: later, defaults: here })),
      await countOf(belay, (tx) => listTyped(askedOf(belay, tx), '')),
    ];
    await start('c2');
    // The first time some of it is prepared.
    await count();
    const one = await count();
    for (const id of ['c3', 'c4', 'c5', 'c6']) await start(id);
    expect(await count()).toEqual(one);
  });
});
