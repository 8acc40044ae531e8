import { expect, it } from 'vitest';
import type { Place } from '../../../src/chat/request.ts';
import { linkPlace, moveLinks } from '../../../src/features/clients/link-store.ts';
import { holdClient, mergeInto, readClients } from '../../../src/features/clients/store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { bram, carla, direct, general, openHouse, refusalOf, wordsOf } from '../../support/house.ts';
import { meanwhile } from './meanwhile.ts';

const second: Place = { ...general, id: 'second', name: 'Tweede' };

/** What is tied to what, when it is hard: at the same time, from elsewhere, after the channel is gone. */
eachDatabase((_, open) => {
  /** Bram's clients of these names, and a second internal channel. */
  async function house(...names: string[]) {
    const belay = await openHouse(await open());
    for (const name of names) await belay.say(bram, direct, `klant toevoegen ${name}`);
    await belay.people.savePlace('T1', { ...second, checkedAt: belay.time.now().toString() });
    await belay.people.saveMembers('T1', 'second', ['bram']);
    const clients = new Map((await readClients(belay.store.db, 'T1')).map(({ name, id }) => [name, id]));
    return { belay, id: (name: string) => clients.get(name) ?? '' };
  }

  it('ties no second channel of a kind while somebody else ties the first, and says why', async () => {
    const { belay, id } = await house('Acme');
    const at = { tenant: 'T1', platform: 'test', place: 'general' };
    const refused = await meanwhile(
      belay.store,
      async (tx) => {
        const client = (await holdClient(tx, 'T1', id('Acme')))?.id ?? '';
        await linkPlace(tx, at, { client, kind: 'internal' }, belay.time.now());
      },
      () => belay.say(bram, second, 'klant koppelen Acme intern'),
    );
    expect(refusalOf(refused)).toContain('heeft al een intern kanaal');
  });

  it('ties no channel to a client while that becomes a part of another', async () => {
    const { belay, id } = await house('Acme BV', 'Acme');
    const [from, to] = [id('Acme BV'), id('Acme')];
    const typed = await meanwhile(
      belay.store,
      async (tx) => {
        for (const one of [from, to]) await holdClient(tx, 'T1', one);
        await moveLinks(tx, 'T1', from, to);
        await mergeInto(tx, 'T1', from, to);
      },
      () => belay.say(bram, general, 'klant koppelen Acme BV intern'),
    );
    // Where the merging is over by the time it is read, the name leads to the other client already.
    if (typed.kind === 'refused')
      expect((await belay.say(bram, general, 'klant koppelen Acme intern')).kind).toBe('answer');
    const links = await belay.store.db.selectFrom('client_place').select('client_id').execute();
    expect(links).toEqual([{ client_id: to }]);
    expect(wordsOf(await belay.say(bram, direct, 'klant Acme'))).not.toContain('nog niet gekoppeld');
    expect(belay.failures).toEqual([]);
  });

  it('ties no conversation with Belay alone, whatever a form says', async () => {
    const { belay, id } = await house('Acme');
    const added = await belay.submit(bram, direct, 'clients.add', '', { name: 'Zuid', link: 'internal' });
    expect(refusalOf(added)).toContain('in een kanaal');
    for (const place of ['', 'direct']) {
      const fields = { client: id('Acme'), kind: 'internal' };
      expect(refusalOf(await belay.submit(bram, direct, 'clients.link', place, fields))).toContain(
        'in een kanaal',
      );
    }
  });

  it('unties a channel from elsewhere too: it may be there no more', async () => {
    const { belay, id } = await house('Acme');
    await belay.say(bram, general, 'klant koppelen Acme intern');
    await belay.people.saveMembers('T1', 'general', []);
    const refused = wordsOf(await belay.say(bram, second, 'klant koppelen Acme intern'));
    expect(refused).toMatch(/heeft al een intern kanaal.*"press":"clients\.more"/);
    expect(wordsOf(await belay.press(bram, direct, 'clients.more', id('Acme')))).toMatch(
      /"press":"clients\.unlink\.internal","subject":"general"/,
    );
    expect(refusalOf(await belay.press(carla, direct, 'clients.unlink', 'general'))).toContain(
      'Only the team of Acme',
    );
    const done = await belay.press(bram, direct, 'clients.unlink', 'general', 'internal');
    expect(wordsOf(done)).toContain('Acme heeft geen intern kanaal meer');
    expect(refusalOf(await belay.press(bram, direct, 'clients.unlink', 'general'))).toContain(
      'aan geen klant gekoppeld',
    );
    expect((await belay.say(bram, second, 'klant koppelen Acme intern')).kind).toBe('answer');
  });

  it('says that a channel counts as shared only because it was linked so, also of an archived client', async () => {
    const { belay, id } = await house('Acme', 'Support');
    await belay.say(bram, general, 'klant koppelen Acme gedeeld');
    // As a platform tells it from then on.
    const shared = { ...general, shared: true };
    expect(refusalOf(await belay.say(bram, shared, 'klant koppelen Acme intern'))).toContain(
      'Typ in dat kanaal eerst “klant ontkoppelen”',
    );
    expect(refusalOf(await belay.say(bram, shared, 'klant koppelen Support intern'))).toContain(
      'hoort al bij Acme',
    );
    await belay.press(bram, direct, 'clients.archive-now', id('Acme'));
    expect(refusalOf(await belay.say(bram, shared, 'klant koppelen Support intern'))).toContain(
      'Typ in dat kanaal eerst “klant ontkoppelen”',
    );
    expect((await belay.say(bram, shared, 'klant ontkoppelen')).kind).toBe('answer');
    expect((await belay.say(bram, general, 'klant koppelen Support intern')).kind).toBe('answer');
  });
});
