import { expect, it } from 'vitest';
import { mostOf, reviewDaysOf, reviewMonthsOf } from '../../../src/features/expectations/settings-feature.ts';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse } from '../../support/expectation-house.ts';
import { anna, bram, direct, refusalOf, wordsOf } from '../../support/house.ts';

const unchanged = { language: 'automatic' };

eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());
  type House = Awaited<ReturnType<typeof house>>;
  const kept = ({ store }: House) =>
    store.transact(async (tx) => {
      const at = { tx, tenant: 'T1', platform: 'test' };
      return [await mostOf(at), await reviewDaysOf(at)];
    });

  it('is three at a time and half a year, until an administrator says otherwise', async () => {
    const belay = await house();
    expect(await kept(belay)).toEqual([3, 180]);
    expect(wordsOf(await belay.press(anna, direct, 'settings.show'))).toMatch(
      /hoogstens 3 per klant.*na 180 dagen/,
    );
    await belay.submit(anna, direct, 'settings.tenant', '', {
      ...unchanged,
      'expectations.most': '5',
      'expectations.review': ' 90 ',
    });
    expect(await kept(belay)).toEqual([5, 90]);
    const months = await belay.store.transact((tx) => reviewMonthsOf({ tx, tenant: 'T1', platform: 'test' }));
    expect(months).toBe(3);
    expect(wordsOf(await belay.press(anna, direct, 'settings.show'))).toMatch(
      /hoogstens 5 per klant.*na 90 dagen/,
    );
    await belay.submit(anna, direct, 'settings.tenant', '', unchanged);
    expect(await kept(belay)).toEqual([3, 180]);
    expect((await belay.submit(bram, direct, 'settings.tenant', '', unchanged)).kind).toBe('refused');
  });

  it.each([
    ['expectations.most', '0', '1 tot en met 20'],
    ['expectations.most', '21', '1 tot en met 20'],
    ['expectations.most', 'drie', '1 tot en met 20'],
    ['expectations.most', '-3', '1 tot en met 20'],
    ['expectations.most', '2,5', '1 tot en met 20'],
    ['expectations.review', '29', '30 tot en met 730'],
    ['expectations.review', '731', '30 tot en met 730'],
    ['expectations.review', '9'.repeat(400), '30 tot en met 730'],
  ])('%s refuses %s, and keeps nothing', async (field, value, says) => {
    const belay = await house();
    const outcome = await belay.submit(anna, direct, 'settings.tenant', '', { ...unchanged, [field]: value });
    expect(outcome).toMatchObject({ kind: 'refused', field });
    expect(refusalOf(outcome)).toContain(says);
    expect(await kept(belay)).toEqual([3, 180]);
  });
});
