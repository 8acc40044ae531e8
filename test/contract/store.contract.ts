import { type Kysely, sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Db, Migrations, Store } from '../../src/store/database.ts';
import { directory, type PersonRecord } from '../../src/store/directory.ts';
import { kernelMigrations } from '../../src/store/kernel-migrations.ts';
import { openStore } from '../../src/store/open.ts';
import { setColleague } from '../../src/store/people.ts';
import { isMember, readMembers, setLinkedShared } from '../../src/store/places.ts';
import type { Open } from '../support/databases.ts';

const whose = { tenant_id: 'T1', platform: 'slack', scope: 'tenant', subject: '' };

function keep(tx: Db, key: string, value = 'kept') {
  return tx
    .insertInto('setting')
    .values({ ...whose, key, value })
    .execute();
}

async function keptKeys(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('setting').select('key').orderBy('key').execute();
  return rows.map((row) => row.key);
}

async function tableNames(store: Store): Promise<string[]> {
  return (await store.db.introspection.getTables()).map((table) => table.name);
}

const makesNote: Migrations = {
  '2026-12-01-note': {
    async up(db: Kysely<unknown>) {
      await db.schema.createTable('note').addColumn('id', 'text').execute();
    },
  },
};

const checkedAt = '2026-11-21T09:00:00Z';

function one(id: string, more: Partial<PersonRecord> = {}): PersonRecord {
  return {
    id,
    name: id,
    outsider: false,
    admin: false,
    email: undefined,
    reference: undefined,
    checkedAt,
    ...more,
  };
}

const byId = (one: PersonRecord, other: PersonRecord) => (one.id < other.id ? -1 : 1);

/** What Belay needs of a database, whichever it is. */
export function storeContract(_name: Store['kind'], open: Open, newUrl: () => Promise<string>): void {
  describe('a transaction', () => {
    it('keeps what its work wrote and gives what it returned', async () => {
      const store = await open();
      const given = await store.transact(async (tx) => {
        await keep(tx, 'a');
        return 'done';
      });
      expect(given).toBe('done');
      expect(await keptKeys(store.db)).toEqual(['a']);
    });

    it('undoes everything when its work fails, and rejects with that error', async () => {
      const store = await open();
      const error = new Error('no');
      const failing = store.transact(async (tx) => {
        await keep(tx, 'a');
        throw error;
      });
      await expect(failing).rejects.toBe(error);
      expect(await keptKeys(store.db)).toEqual([]);
    });

    it('undoes only the failing work of those that run together', async () => {
      const store = await open();
      const outcomes = await Promise.allSettled(
        ['a', 'b', 'c', 'd'].map((key) =>
          store.transact(async (tx) => {
            await keep(tx, key);
            if (key === 'b') throw new Error('no');
            return key;
          }),
        ),
      );
      expect(outcomes.map((outcome) => outcome.status)).toEqual([
        'fulfilled',
        'rejected',
        'fulfilled',
        'fulfilled',
      ]);
      expect(await keptKeys(store.db)).toEqual(['a', 'c', 'd']);
    });

    it('undoes a work that the database refused, and no other', async () => {
      const store = await open();
      const outcomes = await Promise.allSettled([
        store.transact((tx) => keep(tx, 'a')),
        store.transact(async (tx) => {
          await keep(tx, 'b');
          await tx
            .insertInto('setting')
            .values([
              { ...whose, key: 'c', value: '1' },
              { ...whose, key: 'c', value: '2' },
            ])
            .execute();
        }),
        store.transact((tx) => keep(tx, 'd')),
      ]);
      expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await keptKeys(store.db)).toEqual(['a', 'd']);
    });

    it('reads what it wrote itself', async () => {
      const store = await open();
      const seen = await store.transact(async (tx) => {
        await keep(tx, 'a');
        return await keptKeys(tx);
      });
      expect(seen).toEqual(['a']);
    });

    it('holds for a hundred at once, each adding to what the others wrote', async () => {
      const store = await open();
      await store.transact((tx) => keep(tx, 'count', '0'));
      await Promise.all(
        Array.from({ length: 100 }, () =>
          store.transact((tx) =>
            tx
              .updateTable('setting')
              .set({ value: sql`cast(cast(value as integer) + 1 as text)` })
              .where('key', '=', 'count')
              .execute(),
          ),
        ),
      );
      const row = await store.db.selectFrom('setting').select('value').executeTakeFirstOrThrow();
      expect(row.value).toBe('100');
    });

    it('may read outside while others write', async () => {
      const store = await open();
      const writing = Promise.all(
        Array.from({ length: 20 }, (_, index) => store.transact((tx) => keep(tx, `k${index}`))),
      );
      const reads = await Promise.all(Array.from({ length: 20 }, () => keptKeys(store.db)));
      await writing;
      // On one connection a reader sees all of a group or nothing of it; never more than there is.
      for (const keys of reads) expect(keys.length).toBeLessThanOrEqual(20);
      expect(await keptKeys(store.db)).toHaveLength(20);
    });

    it('refuses another transaction and store.db inside its work, instead of waiting for itself', async () => {
      const store = await open();
      const nested = store.transact(() => store.transact(async () => 'inner'));
      await expect(nested).rejects.toThrow('store.transact was called inside');
      const outside = store.transact(() => keptKeys(store.db));
      await expect(outside).rejects.toThrow('store.db was used inside');
      expect(await keptKeys(store.db)).toEqual([]);
    });

    it('is allowed later, in what a work has left behind', async () => {
      const store = await open();
      let later: Promise<string> | undefined;
      let release = (): void => undefined;
      const done = new Promise<void>((resolve) => {
        release = resolve;
      });
      await store.transact(async () => {
        later = done.then(() => store.transact(async () => 'allowed'));
      });
      release();
      expect(await later).toBe('allowed');
    });
  });

  describe('a statement', () => {
    it('updates on a conflict, or does nothing, and tells which', async () => {
      const store = await open();
      const upsert = (value: string) =>
        store.transact((tx) =>
          tx
            .insertInto('setting')
            .values({ ...whose, key: 'a', value })
            .onConflict((on) =>
              on.columns(['tenant_id', 'platform', 'scope', 'subject', 'key']).doUpdateSet({ value }),
            )
            .returning('value')
            .executeTakeFirstOrThrow(),
        );
      expect(await upsert('1')).toEqual({ value: '1' });
      expect(await upsert('2')).toEqual({ value: '2' });
      const ignored = await store.transact((tx) =>
        tx
          .insertInto('setting')
          .values({ ...whose, key: 'a', value: '3' })
          .onConflict((on) => on.doNothing())
          .executeTakeFirst(),
      );
      expect(ignored.numInsertedOrUpdatedRows).toBe(0n);
      expect(await store.db.selectFrom('setting').select('value').execute()).toEqual([{ value: '2' }]);
    });

    it('tells how many rows it changed', async () => {
      const store = await open();
      await store.transact(async (tx) => {
        await keep(tx, 'a');
        await keep(tx, 'b');
        const updated = await tx.updateTable('setting').set({ value: 'x' }).executeTakeFirst();
        expect(updated.numUpdatedRows).toBe(2n);
        const deleted = await tx.deleteFrom('setting').where('key', '=', 'a').executeTakeFirst();
        expect(deleted.numDeletedRows).toBe(1n);
      });
    });

    it('counts, sums and averages in numbers', async () => {
      const store = await open();
      const place = {
        tenant_id: 'T1',
        platform: 'slack',
        kind: 'channel',
        shared: 0,
        reachable: 1,
        checked_at: '',
      };
      await store.transact((tx) =>
        tx
          .insertInto('place')
          .values([
            { ...place, id: 'a', members: 1 },
            { ...place, id: 'b', members: 2 },
          ])
          .execute(),
      );
      const row = await store.db
        .selectFrom('place')
        .select((select) => [
          select.fn.countAll().as('count'),
          select.fn.sum('members').as('sum'),
          select.fn.avg('members').as('average'),
        ])
        .executeTakeFirstOrThrow();
      expect(row).toEqual({ count: 2, sum: 3, average: 1.5 });
    });

    it('brings text back as it was, whatever is in it', async () => {
      const store = await open();
      const value = 'it\'s \u202eright-to-left, 🧗‍♀️, "quotes", \n lines; drop table setting; --';
      await store.transact((tx) => keep(tx, 'a', value));
      expect(await store.db.selectFrom('setting').select('value').execute()).toEqual([{ value }]);
    });

    it('lets one update of a message wait, and any number that were sent', async () => {
      const store = await open();
      const letter = {
        tenant_id: 'T1',
        platform: 'slack',
        lane: 'C1',
        kind: 'update' as const,
        message_key: 'poll:1',
        audience: 'anyone' as const,
        card: '{}',
        resend: 0,
        attempts: 0,
        not_before: '',
        expires_at: '',
        created_at: '',
      };
      const put = (id: string, state: 'waiting' | 'sending') =>
        store.transact((tx) =>
          tx
            .insertInto('outbox')
            .values({ ...letter, id, state })
            .execute(),
        );
      await put('1', 'waiting');
      await put('2', 'sending');
      await expect(put('3', 'waiting')).rejects.toThrow(/unique/i);
    });
  });

  describe('the people of a workspace', () => {
    it('are saved together, over what was known, and each found again', async () => {
      const { savePerson, savePeople, people, person } = directory(await open(), 'slack');
      await savePerson('T1', one('U0', { email: 'old@ons.example', reference: 'D0', language: 'nl' }));
      await savePerson('T2', one('U0', { name: 'elsewhere' }));
      const many = Array.from({ length: 1000 }, (_, n) =>
        one(`U${n}`, { admin: n % 2 === 0, language: 'en' }),
      );
      await savePeople('T1', many);
      const found = await people('T1', [...many.map(({ id }) => id), 'U_NOBODY']);
      expect(found.toSorted(byId)).toMatchObject(many.toSorted(byId));
      expect(await person('T2', 'U0')).toMatchObject({ name: 'elsewhere' });
    });

    it('are added without touching whom one knows, thousands at once', async () => {
      const { savePerson, addPeople, people, person, hasAdmin } = directory(await open(), 'teams');
      await savePerson('T1', one('U0', { admin: true, reference: 'R0' }));
      const many = Array.from({ length: 7000 }, (_, n) => one(`U${n}`));
      await addPeople('T1', many);
      expect(
        await people(
          'T1',
          many.map(({ id }) => id),
        ),
      ).toHaveLength(7000);
      expect(await person('T1', 'U0')).toMatchObject({ admin: true, reference: 'R0' });
      expect(await hasAdmin('T1')).toBe(true);
      expect(await hasAdmin('T2')).toBe(false);
    });

    it('count an outsider among the team while an administrator says so', async () => {
      const store = await open();
      const { savePerson, person } = directory(store, 'teams');
      await savePerson('T1', one('U1', { outsider: true }));
      await store.transact((tx) => setColleague(tx, 'teams', 'T1', 'U1', true));
      const colleague = await person('T1', 'U1');
      expect(colleague?.outsider).toBe(false);
      if (colleague) await savePerson('T1', colleague);
      await store.transact((tx) => setColleague(tx, 'teams', 'T1', 'U1', false));
      expect(await person('T1', 'U1')).toMatchObject({ outsider: true });
    });

    it('keep their e-mail address, whatever else is saved of them, each in his own workspace', async () => {
      const store = await open();
      const { savePerson, savePeople, addPeople, person, people } = directory(store, 'slack');
      const email = 'daan@acme.example';
      await savePerson('T1', one('U1', { email, outsider: true }));
      await addPeople('T1', [one('U1'), one('U2', { email: 'eva@acme.example' })]);
      await store.transact((tx) => setColleague(tx, 'slack', 'T1', 'U1', true));
      const known = await person('T1', 'U1');
      if (known) await savePeople('T1', [{ ...known, reference: 'D1' }]);
      expect(await person('T1', 'U1')).toMatchObject({ email, reference: 'D1', colleague: true });
      const found = await people('T1', ['U1', 'U2']);
      expect(found.map((one) => one.email).toSorted()).toEqual([email, 'eva@acme.example']);
      expect(await person('T2', 'U1')).toBeUndefined();
      expect(await directory(store, 'teams').person('T1', 'U1')).toBeUndefined();
    });

    it('may be none, or one twice: the last counts', async () => {
      const { savePeople, people } = directory(await open(), 'slack');
      await savePeople('T1', []);
      expect(await people('T1', [])).toEqual([]);
      await savePeople('T1', [one('U1'), one('U1', { name: 'new' })]);
      expect(await people('T1', ['U1', 'U2'])).toMatchObject([{ id: 'U1', name: 'new' }]);
    });
  });

  describe('who is in a place', () => {
    async function inPlaces() {
      const store = await open();
      const slack = directory(store, 'slack');
      await slack.savePeople('T1', [
        one('U1', { name: 'Carla' }),
        one('U2', { name: 'Anna' }),
        one('U3', { name: 'Bram', outsider: true }),
      ]);
      const names = async (place: string, tenant = 'T1', platform = 'slack') =>
        (await readMembers(store.db, platform, tenant, place)).map(({ name }) => name);
      return { store, slack, names };
    }

    it('is read by name, with what is known of each; of a place that was not looked at it is nobody', async () => {
      const { store, slack } = await inPlaces();
      await slack.saveMembers('T1', 'C1', ['U1', 'U2', 'U3', 'U_UNKNOWN', 'U1']);
      expect(await readMembers(store.db, 'slack', 'T1', 'C1')).toMatchObject([
        one('U2', { name: 'Anna' }),
        one('U3', { name: 'Bram', outsider: true }),
        one('U1', { name: 'Carla' }),
      ]);
      expect(await readMembers(store.db, 'slack', 'T1', 'C2')).toEqual([]);
    });

    it('is replaced: who came is in it, who left is not', async () => {
      const { store, slack, names } = await inPlaces();
      await slack.saveMembers('T1', 'C1', ['U1', 'U2']);
      await slack.saveMembers('T1', 'C1', ['U2', 'U3']);
      expect(await names('C1')).toEqual(['Anna', 'Bram']);
      expect(await isMember(store.db, 'slack', 'T1', 'C1', 'U3')).toBe(true);
      expect(await isMember(store.db, 'slack', 'T1', 'C1', 'U1')).toBe(false);
      await slack.saveMembers('T1', 'C1', []);
      expect(await names('C1')).toEqual([]);
    });

    it('is nobody of another place, workspace or platform', async () => {
      const { store, slack, names } = await inPlaces();
      const teams = directory(store, 'teams');
      for (const [tenant, platform] of [
        ['T2', slack],
        ['T1', teams],
      ] as const)
        await platform.savePeople(tenant, [one('U1', { name: 'Elsewhere' })]);
      await slack.saveMembers('T1', 'C1', ['U1']);
      await slack.saveMembers('T2', 'C1', ['U1']);
      await teams.saveMembers('T1', 'C1', ['U1']);
      await slack.saveMembers('T1', 'C2', ['U1', 'U2']);
      await slack.saveMembers('T1', 'C1', ['U2']);
      expect(await names('C1')).toEqual(['Anna']);
      expect(await names('C2')).toEqual(['Anna', 'Carla']);
      expect(await names('C1', 'T2')).toEqual(['Elsewhere']);
      expect(await names('C1', 'T1', 'teams')).toEqual(['Elsewhere']);
      expect(await isMember(store.db, 'teams', 'T2', 'C1', 'U1')).toBe(false);
      expect(await isMember(store.db, 'slack', 'T2', 'C2', 'U1')).toBe(false);
      expect(await isMember(store.db, 'slack', 'T1', 'C1', 'U1')).toBe(false);
    });

    it('counts as shared by the team’s word, whatever the platform tells, and after that until it is asked anew', async () => {
      const { store, slack } = await inPlaces();
      const at = { platform: 'slack', tenant: 'T1', place: 'C1' };
      const checkedAt = '2026-11-21T09:00:00Z';
      const seen = { id: 'C1', kind: 'channel', shared: false, reachable: true, checkedAt } as const;
      const shared = async () => (await slack.place('T1', 'C1'))?.shared;
      await slack.savePlace('T1', seen);
      await store.transact((tx) => setLinkedShared(tx, at, true));
      expect(await shared()).toBe(true);
      await slack.savePlace('T1', seen);
      expect(await shared()).toBe(true);
      await store.transact((tx) => setLinkedShared(tx, at, false));
      expect(await slack.place('T1', 'C1')).toMatchObject({
        shared: true,
        checkedAt: '1970-01-01T00:00:00Z',
      });
      await slack.savePlace('T1', seen);
      expect(await shared()).toBe(false);
      await store.transact((tx) => setLinkedShared(tx, at, false));
      expect(await shared()).toBe(false);
    });

    it('tells the places that a person is in', async () => {
      const { store, slack } = await inPlaces();
      const place = { kind: 'channel', shared: false, reachable: true, checkedAt } as const;
      for (const id of ['C1', 'C2', 'C3']) await slack.savePlace('T1', { ...place, id });
      await slack.saveMembers('T1', 'C1', ['U1']);
      await slack.saveMembers('T1', 'C2', ['U2']);
      await slack.saveMembers('T1', 'C3', ['U2', 'U1']);
      await slack.saveMembers('T1', 'C_UNKNOWN', ['U1']);
      await slack.savePlace('T2', { ...place, id: 'C2' });
      await slack.saveMembers('T2', 'C2', ['U1']);
      await directory(store, 'teams').saveMembers('T1', 'C2', ['U1']);
      const ids = async (person: string) =>
        (await slack.placesOf('T1', person)).map(({ id }) => id).toSorted();
      expect(await ids('U1')).toEqual(['C1', 'C3']);
      expect(await ids('U3')).toEqual([]);
      expect(await directory(store, 'teams').placesOf('T1', 'U1')).toEqual([]);
    });

    it('may be thousands, who come and go, also when two see it at the same time', async () => {
      const { store, slack } = await inPlaces();
      const many = Array.from({ length: 3000 }, (_, n) => one(`M${n}`));
      const ids = many.map(({ id }) => id);
      await slack.savePeople('T1', many);
      await Promise.all([
        slack.saveMembers('T1', 'C1', ids),
        slack.saveMembers('T1', 'C1', ids.toReversed()),
      ]);
      expect(await readMembers(store.db, 'slack', 'T1', 'C1')).toHaveLength(3000);
      await slack.saveMembers('T1', 'C1', ids.slice(2999));
      expect(await readMembers(store.db, 'slack', 'T1', 'C1')).toMatchObject([{ id: 'M2999' }]);
    });
  });

  describe('closing', () => {
    it('finishes what is queued and takes nothing more', async () => {
      const url = await newUrl();
      const store = await openStore(url, kernelMigrations);
      const queued = Array.from({ length: 30 }, (_, index) => store.transact((tx) => keep(tx, `k${index}`)));
      const closed = store.close();
      await expect(store.transact((tx) => keep(tx, 'late'))).rejects.toThrow('closed');
      await Promise.all(queued);
      await closed;
      await expect(store.ping()).rejects.toThrow();
      const again = await openStore(url, kernelMigrations);
      expect(await keptKeys(again.db)).toHaveLength(30);
      await again.close();
    });
  });

  describe('migrations', () => {
    it('run once, and what is there already stays', async () => {
      const url = await newUrl();
      const first = await openStore(url, kernelMigrations);
      await first.transact((tx) => keep(tx, 'a'));
      await first.close();
      const second = await openStore(url, kernelMigrations);
      expect(await keptKeys(second.db)).toEqual(['a']);
      await second.close();
    });

    it('that bring who is in a place make all known places due to be looked at', async () => {
      const url = await newUrl();
      const { '2026-11-21-kernel': oldest } = kernelMigrations;
      if (!oldest) throw new Error('the first migration has another name');
      const before = await openStore(url, { '2026-11-21-kernel': oldest });
      const place = { id: 'C1', kind: 'channel', shared: true, reachable: true, checkedAt } as const;
      // As that version kept it: without what came later.
      const row = { tenant_id: 'T1', platform: 'slack', id: 'C1', kind: 'channel', shared: 1, reachable: 1 };
      await before.db
        .insertInto('place')
        .values({ ...row, checked_at: checkedAt })
        .execute();
      await before.close();
      const store = await openStore(url, kernelMigrations);
      const slack = directory(store, 'slack');
      expect(await slack.place('T1', 'C1')).toMatchObject({ ...place, checkedAt: '1970-01-01T00:00:00Z' });
      await slack.saveMembers('T1', 'C1', ['U1']);
      expect(await isMember(store.db, 'slack', 'T1', 'C1', 'U1')).toBe(true);
      await store.close();
    });

    it('may be added, also when their names stand before the old ones', async () => {
      const url = await newUrl();
      await (await openStore(url, makesNote)).close();
      const store = await openStore(url, { ...kernelMigrations, ...makesNote });
      expect(await tableNames(store)).toEqual(expect.arrayContaining(['note', 'setting']));
      await store.close();
    });

    const breaksOff: Migrations = {
      '2026-12-02-breaks-off': {
        async up(db: Kysely<unknown>) {
          await db.schema.createTable('half').addColumn('id', 'text').execute();
          await sql`insert into setting values ('T1', 'slack', 'tenant', '', 'half', '')`.execute(db);
          throw new Error('broken off');
        },
      },
    };

    it('leave the version before when one breaks off in the middle, and go on from there', async () => {
      const url = await newUrl();
      await (await openStore(url, kernelMigrations)).close();
      await expect(openStore(url, { ...kernelMigrations, ...makesNote, ...breaksOff })).rejects.toThrow(
        'broken off',
      );
      // The step before it is done.
      await expect(openStore(url, kernelMigrations)).rejects.toMatchObject({ code: 'newer' });
      const store = await openStore(url, { ...kernelMigrations, ...makesNote });
      const tables = await tableNames(store);
      expect(tables).toContain('note');
      expect(tables).not.toContain('half');
      expect(await keptKeys(store.db)).toEqual([]);
      await store.close();
    });

    it('leave a new database without tables when one breaks off, and begin again', async () => {
      const url = await newUrl();
      await expect(openStore(url, { ...kernelMigrations, ...makesNote, ...breaksOff })).rejects.toThrow(
        'broken off',
      );
      const store = await openStore(url, kernelMigrations);
      const tables = await tableNames(store);
      expect(tables).toContain('setting');
      expect(tables).not.toContain('note');
      expect(await keptKeys(store.db)).toEqual([]);
      await store.close();
    });

    it('of a newer program are refused, and nothing is changed', async () => {
      const url = await newUrl();
      await (await openStore(url, { ...kernelMigrations, ...makesNote })).close();
      await expect(openStore(url, kernelMigrations)).rejects.toMatchObject({
        name: 'StoreError',
        code: 'newer',
        message: expect.stringContaining('2026-12-01-note'),
      });
      await (await openStore(url, { ...kernelMigrations, ...makesNote })).close();
    });
  });

  it('answers a ping', async () => {
    const store = await open();
    await expect(store.ping()).resolves.toBeUndefined();
  });
}
