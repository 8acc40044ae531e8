import { CompiledQuery } from 'kysely';
import { expect, it } from 'vitest';
import {
  askedLately,
  budgetOf,
  periodsIn,
  spend,
  spendAmong,
  takeBack,
} from '../../../src/features/fatigue/budget-store.ts';
import type { Invitee, What } from '../../../src/features/fatigue/fatigue.ts';
import type { Store } from '../../../src/store/database.ts';
import { directory } from '../../../src/store/directory.ts';
import { eachDatabase } from '../../support/databases.ts';
import { anna, bram, direct, openHouse, refusalOf, wordsOf } from '../../support/house.ts';

const start = Temporal.Instant.from('2026-11-23T09:00:00Z');
const days = (count: number) => start.add({ hours: 24 * count });

eachDatabase((kind, open) => {
  type Where = { platform?: string; tenant?: string; now?: Temporal.Instant };
  const at = ({ platform = 'test', tenant = 'T1', now = start }: Where) => ({ platform, tenant, now });
  const spends = (store: Store, invitee: Invitee, what: What, where: Where = {}) =>
    store.transact((tx) => spend({ tx, ...at(where) }, invitee, what));
  const whys = async (store: Store, invitees: Invitee[], what: What, where: Where = {}) => {
    const all = await store.transact((tx) => budgetOf({ tx, ...at(where) }, invitees, what));
    return all.map((spent) => spent?.why);
  };
  const person = (id: string, email?: string) => ({
    ...{ id, name: id, outsider: true, admin: false, email, checkedAt: '' },
  });
  const eva = { email: 'eva@acme.example' };

  it('tells of each in the order given why he cannot be asked', async () => {
    const store = await open();
    await spends(store, eva, 'csat');
    await spends(store, { person: 'daan' }, 'nps');
    const all = [{ person: 'finn' }, { person: 'daan' }, eva, { email: 'x@acme.example' }, {}];
    expect(await whys(store, all, 'kti', { now: days(2) })).toEqual([
      ...[undefined, 'survey', 'survey', undefined, undefined],
    ]);
    expect(await whys(store, all, 'nps', { now: days(31) })).toEqual([
      ...[undefined, 'nps', undefined, undefined, undefined],
    ]);
    expect(await whys(store, [], 'kti')).toEqual([]);
    const [spent] = await store.transact((tx) => budgetOf({ tx, ...at({ now: days(2) }) }, [eva], 'kti'));
    expect(spent).toEqual({ why: 'survey', lastAt: start, againAt: days(30) });
  });

  it('knows one human by mail, in the chat, and on the other platform', async () => {
    const store = await open();
    await directory(store, 'slack').savePerson('T1', person('U1', 'Eva@Acme.example'));
    await directory(store, 'teams').savePerson('T1', person('29:1', 'eva@acme.example'));
    const ways: { invitee: Invitee; platform: string }[] = [
      { invitee: { person: 'U1' }, platform: 'slack' },
      { invitee: { person: '29:1' }, platform: 'teams' },
      { invitee: { email: ' EVA@acme.example' }, platform: 'slack' },
      { invitee: { email: 'eva@acme.example' }, platform: 'teams' },
    ];
    for (const [turn, { invitee, platform }] of ways.entries()) {
      const now = days(turn * 30);
      for (const way of ways)
        expect(await whys(store, [way.invitee], 'kti', { platform: way.platform, now })).toEqual([undefined]);
      await spends(store, invitee, 'kti', { platform, now });
      for (const way of ways)
        expect(
          await whys(store, [way.invitee], 'kti', { platform: way.platform, now: days(turn * 30 + 29) }),
        ).toEqual(['survey']);
    }
  });

  it('knows him also when his address becomes known only afterwards, or is known no more', async () => {
    const store = await open();
    const people = directory(store, 'test');
    await people.savePerson('T1', person('eva'));
    await spends(store, { person: 'eva' }, 'csat');
    expect(await whys(store, [eva], 'kti', { now: days(1) })).toEqual([undefined]);
    await people.savePerson('T1', person('eva', 'eva@acme.example'));
    expect(await whys(store, [eva], 'kti', { now: days(1) })).toEqual(['survey']);
    expect(await whys(store, [eva], 'kti', { now: days(1), platform: 'other' })).toEqual(['survey']);
    await spends(store, { person: 'eva' }, 'nps', { now: days(40) });
    await people.savePerson('T1', person('eva'));
    expect(await whys(store, [eva], 'nps', { now: days(80) })).toEqual(['nps']);
  });

  it('knows an address in Slack and in Teams, whose workspaces have ids of their own, and no person of another', async () => {
    const store = await open();
    await directory(store, 'slack').savePerson('T1', person('U1', 'eva@acme.example'));
    await spends(store, { person: 'U1' }, 'csat', { platform: 'slack' });
    const teams = { platform: 'teams', tenant: 'd1b2' };
    await directory(store, 'teams').savePerson('d1b2', person('29:1'));
    expect(await whys(store, [eva, { person: 'U1' }], 'kti', teams)).toEqual(['survey', undefined]);
    // Another workspace in Teams: whose is whose nobody knows.
    await directory(store, 'teams').savePerson('e3f4', person('29:2'));
    expect(await whys(store, [eva], 'kti', teams)).toEqual([undefined]);
    expect(await whys(store, [eva], 'kti', { platform: 'slack' })).toEqual(['survey']);
  });

  it('asks each once, also who stands there twice', async () => {
    const store = await open();
    await directory(store, 'test').savePerson('T1', person('eva', 'eva@acme.example'));
    const all = [{ person: 'eva' }, { person: 'daan' }, eva, { person: 'daan' }];
    const spent = await store.transact((tx) => spendAmong({ tx, ...at({}) }, all, 'csat'));
    expect(spent.map((one) => one?.why)).toEqual([undefined, undefined, 'survey', 'survey']);
    expect(
      await store.db.selectFrom('survey_touch').select('person_id').orderBy('person_id').execute(),
    ).toEqual([...[{ person_id: 'daan' }, { person_id: 'eva' }]]);
  });

  it('asks once when two ask in the same moment', async () => {
    const store = await open();
    const once = () => store.transact((tx) => spendAmong({ tx, ...at({}) }, [eva], 'csat'));
    const all = await Promise.all(Array.from({ length: 8 }, once));
    expect(all.flat().filter((spent) => spent === undefined)).toHaveLength(1);
  });

  it('counts who was asked lately; a reminder asks nothing', async () => {
    const store = await open();
    await spends(store, { person: 'daan' }, 'reminder', { now: days(19) });
    await spends(store, { person: 'eva' }, 'ces');
    await spends(store, { person: 'finn' }, 'ces', { now: days(10) });
    const lately = (now: Temporal.Instant) =>
      store.transact((tx) =>
        askedLately({ tx, ...at({ now }) }, [{ person: 'daan' }, { person: 'eva' }, { person: 'finn' }]),
      );
    expect([await lately(days(20)), await lately(days(30)), await lately(days(40))]).toEqual([2, 1, 0]);
  });

  it('takes back what never arrived, and no more than that', async () => {
    const store = await open();
    await spends(store, eva, 'csat', { now: days(-40) });
    await spends(store, eva, 'nps');
    await store.transact((tx) =>
      takeBack({ tx, tenant: 'T1', platform: 'test' }, { email: 'Eva@acme.example' }, 'nps', start),
    );
    expect(await whys(store, [eva], 'nps', { now: days(1) })).toEqual([undefined]);
    expect(await store.db.selectFrom('survey_touch').select('what').execute()).toEqual([{ what: 'csat' }]);
  });

  it('forgets what can keep nobody from being asked', async () => {
    const store = await open();
    await spends(store, eva, 'nps');
    await spends(store, eva, 'reminder', { now: days(1) });
    await spends(store, eva, 'reminder', { now: days(16) });
    await spends(store, eva, 'reminder', { now: days(366) });
    const kept = await store.db.selectFrom('survey_touch').select(['what', 'at']).execute();
    expect(kept.map(({ what }) => what)).toEqual(['reminder']);
  });

  it('asks the database no more often for many than for one', async () => {
    const store = await open();
    const count = async (invitees: Invitee[]) => {
      let asked = 0;
      await store.transact(async (tx) => {
        const db = tx.withPlugin({
          transformQuery: ({ node }) => {
            asked += 1;
            return node;
          },
          transformResult: async ({ result }) => result,
        });
        await budgetOf({ tx: db, ...at({}) }, invitees, 'kti');
      });
      return asked;
    };
    const some = (many: number) =>
      Array.from({ length: many }, (_, id) => ({ person: `p${id}`, email: `p${id}@acme.example` }));
    // The first time some of it is prepared.
    await count(some(1));
    const one = await count(some(1));
    expect(await count(some(400))).toBe(one);
  });

  it('finds what reached somebody by an index', async () => {
    if (kind === 'postgres') return;
    const store = await open();
    const plan = async (where: string) =>
      JSON.stringify(
        await store.db
          .getExecutor()
          .executeQuery(
            CompiledQuery.raw(
              `explain query plan select what, at from survey_touch where tenant_id = 'T1' and ${where} and at > '2026'`,
            ),
          ),
      );
    expect(await plan("email in ('a', 'b')")).toContain('survey_touch_of_email');
    expect(await plan("platform = 'test' and person_id in ('a', 'b')")).toContain('survey_touch_of_person');
  });

  it('has the periods that an administrator chose, not below the floors', async () => {
    const belay = await openHouse(await open());
    const kept = () => belay.store.transact((tx) => periodsIn({ tx, tenant: 'T1', platform: 'test' }));
    expect(await kept()).toEqual({ day: 1, survey: 30, nps: 180 });
    expect(wordsOf(await belay.press(anna, direct, 'settings.show'))).toMatch(
      /Rust na een bericht.*1 dag.*Rust na een persoonlijke vraag.*30 dagen.*Rust na de NPS-vraag.*180 dagen/,
    );
    const change = (fields: Record<string, string>, who = anna) =>
      belay.submit(who, direct, 'settings.tenant', '', { language: 'automatic', ...fields });
    for (const [field, value, says] of [
      ['fatigue.day', '0', '1 tot en met 14'],
      ['fatigue.day', '15', '1 tot en met 14'],
      ['fatigue.survey', '13', '14 tot en met 365'],
      ['fatigue.survey', 'veel', '14 tot en met 365'],
      ['fatigue.nps', '89', '90 tot en met 365'],
      ['fatigue.nps', '-90', '90 tot en met 365'],
    ] as const) {
      const outcome = await change({ [field]: value });
      expect(outcome).toMatchObject({ kind: 'refused', field });
      expect(refusalOf(outcome)).toContain(says);
    }
    expect(await kept()).toEqual({ day: 1, survey: 30, nps: 180 });
    expect((await change({ 'fatigue.survey': '14' }, bram)).kind).toBe('refused');
    await change({ 'fatigue.day': '2', 'fatigue.survey': '14', 'fatigue.nps': '90' });
    expect(await kept()).toEqual({ day: 2, survey: 14, nps: 90 });
    await spends(belay.store, eva, 'nps');
    expect(await whys(belay.store, [eva], 'reminder', { now: days(1) })).toEqual(['day']);
    expect(await whys(belay.store, [eva], 'kti', { now: days(14) })).toEqual([undefined]);
    expect(await whys(belay.store, [eva], 'nps', { now: days(90) })).toEqual([undefined]);
  });
});
