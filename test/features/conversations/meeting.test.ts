import { describe, expect, it } from 'vitest';
import { changeClient } from '../../../src/features/clients/store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient, openTeamHouse, type TeamHouse, toldTo } from '../../support/expectation-house.ts';
import { acme, anna, bram, carla, direct, general, type House } from '../../support/house.ts';
import { begins, chat, ends, openChat } from '../../support/meetings.ts';

/** What is kept: whom it is with, from when until when, of which source, and who of us was there. */
async function kept(belay: House): Promise<string[]> {
  const { db } = belay.store;
  const rows = await db.selectFrom('conversation').selectAll().orderBy('starts_at').execute();
  const people = await db.selectFrom('conversation_person').selectAll().orderBy('person_id').execute();
  return rows.map(({ id, client_id, title, starts_at, ends_at, source }) => {
    const there = people.flatMap((one) => (one.conversation_id === id ? [one.person_id] : []));
    const [from, until] = [starts_at.slice(8, 16), ends_at.slice(11, 16)];
    return `${client_id} ${from}–${until} ${source} ${there.join('+')} ${title ?? '-'}`;
  });
}

/** Monday 23 November 2026, ten o'clock in Amsterdam, nine by UTC. */
eachDatabase((_, open) => {
  /** Anna and Carla meet Daan, who is in the channel that Acme shares. */
  async function house(members = ['anna', 'carla', 'daan']): Promise<TeamHouse> {
    const belay = await openTeamHouse(await open());
    await openChat(belay, members);
    return belay;
  }

  const addBeyond = (belay: TeamHouse) => belay.say(carla, direct, 'klant toevoegen Beyond');

  async function stranger(belay: TeamHouse, email?: string): Promise<void> {
    const checkedAt = belay.time.now().toString();
    const name = { id: 'gast', name: 'Gast', outsider: true, admin: false };
    await belay.people.savePerson('T1', { ...name, ...(email && { email }), checkedAt });
  }

  describe('a meeting that begins', () => {
    it('is a conversation with the client whose people are in it, of those of us who are', async () => {
      const belay = await house();
      expect(await begins(belay, '09:00')).toEqual({ kind: 'nothing' });
      expect(await kept(belay)).toEqual(['c1 23T09:00–10:00 meeting anna+carla Voortgang']);
      expect(await belay.settle()).toEqual([]);
    });

    it('is recognised by an e-mail domain of a client too, whoever else is there', async () => {
      const belay = await house(['anna', 'gast']);
      await stranger(belay, 'gast@acme.example');
      await begins(belay, '09:00');
      expect(await kept(belay)).toEqual([]);
      await belay.say(anna, direct, 'klant domein Acme acme.example');
      await begins(belay, '09:01');
      expect(await kept(belay)).toEqual(['c1 23T09:01–10:01 meeting anna Voortgang']);
    });

    it('in a channel of a client is with that client, of those who work for it', async () => {
      const belay = await house();
      await begins(belay, '09:00', { place: general, title: '' });
      expect(await kept(belay)).toEqual(['c1 23T09:00–10:00 meeting anna+bram+carla -']);
      const other = await house();
      await other.people.saveMembers('T1', 'general', ['anna', 'bram']);
      await begins(other, '09:00', { place: acme });
      expect(await kept(other)).toEqual(['c1 23T09:00–10:00 meeting anna+bram Voortgang']);
    });

    it('is none when nobody there is of a client, or people of two clients are', async () => {
      const belay = await house(['anna', 'bram']);
      await stranger(belay, 'gast@elders.example');
      await begins(belay, '09:00');
      await belay.people.saveMembers('T1', 'chat', ['anna', 'gast']);
      await begins(belay, '09:01');
      expect(await addBeyond(belay)).toMatchObject({ kind: 'answer' });
      await belay.say(carla, direct, 'klant contact Beyond gast@elders.example');
      await belay.people.saveMembers('T1', 'chat', ['anna', 'daan', 'gast']);
      expect(await begins(belay, '09:02')).toEqual({ kind: 'nothing' });
      expect(await kept(belay)).toEqual([]);
      // With the people of one of them it is.
      await belay.people.saveMembers('T1', 'chat', ['carla', 'gast']);
      await begins(belay, '09:03');
      expect(await kept(belay)).toHaveLength(1);
    });

    it('is none with an archived client, nor when none of us is there', async () => {
      const belay = await house(['daan', 'eva']);
      await begins(belay, '09:00');
      const archived = acmeClient(belay, { archived: true });
      await belay.store.transact((tx) =>
        changeClient(tx, 'T1', archived, { by: 'anna', now: belay.time.now() }),
      );
      await belay.people.saveMembers('T1', 'chat', ['anna', 'daan']);
      await begins(belay, '09:01');
      await begins(belay, '09:02', { place: general });
      expect(await kept(belay)).toEqual([]);
    });

    it('is with a department of ours when only colleagues are there and one of them is listed', async () => {
      const belay = await house(['anna', 'bram', 'carla']);
      await addBeyond(belay);
      const mentions = [{ id: 'bram', name: bram.name }];
      const what = { kind: 'command', text: 'klant contact Beyond @Bram Bakker', mentions } as const;
      await belay.hear(belay.request(carla, direct, what));
      await begins(belay, '09:00');
      expect(await kept(belay)).toEqual([
        expect.stringMatching(/^(?!c1 )\S+ 23T09:00–10:00 meeting anna\+carla Voortgang$/),
      ]);
      // With people from outside there it is about those.
      await belay.people.saveMembers('T1', 'chat', ['anna', 'bram', 'carla', 'daan']);
      await begins(belay, '12:00', { id: 'm2' });
      expect((await kept(belay))[1]).toBe('c1 23T12:00–13:00 meeting anna+bram+carla Voortgang');
    });

    it('is the one that was planned, within half an hour, with those who came to it', async () => {
      const belay = await house();
      await belay.say(anna, direct, 'gesprek Acme 11:30');
      await begins(belay, '10:00');
      expect(await kept(belay)).toEqual(['c1 23T10:30–11:30 typed anna+carla Voortgang']);
      await begins(belay, '12:01', { id: 'm2' });
      expect(await kept(belay)).toHaveLength(2);
    });

    it('is not another client’s that was planned then', async () => {
      const belay = await house();
      await addBeyond(belay);
      await belay.say(carla, direct, 'gesprek Beyond 11:00');
      await begins(belay, '10:00');
      expect(await kept(belay)).toHaveLength(2);
    });

    it('is one, however often that is told', async () => {
      const belay = await house();
      await begins(belay, '09:00', { request: { key: 'same' } });
      expect(await begins(belay, '09:00', { request: { key: 'same' } })).toEqual({ kind: 'duplicate' });
      await begins(belay, '09:00');
      await begins(belay, '09:10');
      expect(await kept(belay)).toHaveLength(1);
    });

    it('is a new one next week, and the same when everybody comes back', async () => {
      const belay = await house();
      await begins(belay, '09:00');
      await ends(belay, '09:20');
      await begins(belay, '09:25');
      await ends(belay, '09:50');
      belay.time.set('2026-11-30T09:00:00Z');
      await begins(belay, '30T09:00');
      expect(await kept(belay)).toEqual([
        'c1 23T09:00–09:50 meeting anna+carla Voortgang',
        'c1 30T09:00–10:00 meeting anna+carla Voortgang',
      ]);
    });

    it('of a moment that cannot be is left, and says why', async () => {
      const belay = await house();
      expect(await begins(belay, '25T09:00')).toEqual({ kind: 'nothing', ignored: 'meeting-far' });
      expect(await kept(belay)).toEqual([]);
    });

    it('is its own workspace’s', async () => {
      const belay = await house();
      await begins(belay, '09:00');
      belay.time.set('2026-11-23T09:30:00Z');
      const theirs = { request: { tenant: 'T2' } };
      expect(await begins(belay, '09:00', theirs)).toEqual({ kind: 'nothing' });
      expect(await ends(belay, '09:30', theirs)).toEqual({ kind: 'nothing', ignored: 'meeting-not-begun' });
      expect(await kept(belay)).toEqual(['c1 23T09:00–10:00 meeting anna+carla Voortgang']);
    });
  });

  describe('a meeting that is over', () => {
    /** Goes on minute by minute until somebody is asked; when that was. */
    async function askedAt(belay: TeamHouse, until: string): Promise<string | undefined> {
      const last = Temporal.Instant.from(`2026-11-23T${until}:00Z`);
      while (Temporal.Instant.compare(belay.time.now(), last) < 0) {
        belay.time.advance({ minutes: 1 });
        const told = toldTo(await belay.settle(), 'anna');
        if (told.includes('conversations.raised')) return belay.time.now().toString().slice(11, 16);
      }
      return undefined;
    }

    async function planned(): Promise<TeamHouse> {
      const belay = await house();
      await belay.jobs.ready();
      await belay.say(anna, direct, 'gesprek Acme 10:05 tot 11:00');
      await begins(belay, '09:05');
      await belay.settle();
      return belay;
    }

    it('sooner than planned is asked about ten minutes later', async () => {
      const belay = await planned();
      belay.time.set('2026-11-23T09:33:00Z');
      await ends(belay, '09:33');
      expect(await kept(belay)).toEqual(['c1 23T09:05–09:33 typed anna+carla Voortgang']);
      expect(await askedAt(belay, '10:30')).toBe('09:43');
      expect(await askedAt(belay, '10:30')).toBeUndefined();
      expect(belay.failures).toEqual([]);
    });

    it.each([
      ['10:02', '10:12'],
      ['10:08', '10:18'],
    ])(
      'a little later than planned, at %s, is asked about ten minutes later and not sooner',
      async (end, asked) => {
        const belay = await planned();
        // The question that was planned waits for ten past.
        belay.time.set('2026-11-23T10:00:00Z');
        await belay.settle();
        belay.time.set(`2026-11-23T${end}:00Z`);
        await ends(belay, end);
        expect(await askedAt(belay, '11:00')).toBe(asked);
      },
    );

    it('much later than planned is not asked about while it goes on', async () => {
      const belay = await planned();
      expect(await askedAt(belay, '11:20')).toBeUndefined();
      await ends(belay, '11:20');
      expect(await askedAt(belay, '12:00')).toBe('11:30');
    });

    it('is asked about in the end, when nobody tells that it is over', async () => {
      const belay = await planned();
      belay.time.set('2026-11-23T11:45:00Z');
      expect(await askedAt(belay, '12:30')).toBe('12:00');
    });

    it('is over once, however often that is told', async () => {
      const belay = await planned();
      belay.time.set('2026-11-23T09:40:00Z');
      await ends(belay, '09:33');
      expect(await ends(belay, '09:33')).toEqual({ kind: 'nothing' });
      expect(await ends(belay, '09:20')).toEqual({ kind: 'nothing' });
      await begins(belay, '09:05');
      expect(await askedAt(belay, '10:00')).toBe('09:43');
      expect(await kept(belay)).toEqual(['c1 23T09:05–09:33 typed anna+carla Voortgang']);
    });

    it('whose beginning nobody told is kept when its end tells since when, else left with the reason', async () => {
      const belay = await house();
      belay.time.set('2026-11-23T09:30:00Z');
      expect(await ends(belay, '09:30')).toEqual({ kind: 'nothing', ignored: 'meeting-not-begun' });
      expect(await kept(belay)).toEqual([]);
      await ends(belay, '09:30', { begun: '09:02' });
      expect(await kept(belay)).toEqual(['c1 23T09:02–09:30 meeting anna+carla Voortgang']);
      expect(await askedAt(belay, '10:00')).toBe('09:40');
      await belay.people.saveMembers('T1', 'chat', ['anna', 'bram']);
      expect(await ends(belay, '10:00', { id: 'm2', begun: '09:50' })).toEqual({ kind: 'nothing' });
    });

    it('before the conversation was to begin is none yet', async () => {
      const belay = await house();
      await belay.say(anna, direct, 'gesprek Acme 11:00');
      await begins(belay, '09:40');
      await ends(belay, '09:42');
      expect(await kept(belay)).toEqual(['c1 23T10:00–11:00 typed anna+carla Voortgang']);
      await begins(belay, '10:00');
      await ends(belay, '10:30');
      expect(await kept(belay)).toEqual(['c1 23T10:00–10:30 typed anna+carla Voortgang']);
    });

    it('stays as it was where somebody has said already how it went', async () => {
      const belay = await planned();
      const { id } = await belay.store.db.selectFrom('conversation').select('id').executeTakeFirstOrThrow();
      await belay.press(anna, direct, 'conversations.raised', id);
      await belay.settle();
      belay.time.set('2026-11-23T09:33:00Z');
      await ends(belay, '09:33');
      expect(await kept(belay)).toEqual(['c1 23T09:05–10:00 typed anna+carla Voortgang']);
      expect(await askedAt(belay, '10:30')).toBeUndefined();
    });

    it('says nothing where it was held', async () => {
      const belay = await planned();
      belay.time.set('2026-11-23T09:33:00Z');
      await ends(belay, '09:33');
      await askedAt(belay, '10:00');
      expect(belay.sent).not.toEqual([]);
      expect(belay.sent.filter(({ place }) => place === chat.id)).toEqual([]);
      expect(belay.sent.filter(({ person }) => person === 'daan')).toEqual([]);
    });
  });
});
