import type { Due, Setting } from '../../chat/feature.ts';
import { numberIn, numberSetting, type Range } from '../../chat/number-setting.ts';
import { readSettings } from '../../store/settings.ts';
import { usualLimit } from './improvements.ts';

const key = 'improvements.limit';
const range: Range = { from: 1, to: 50, usual: usualLimit };

/** What an administrator can set: how many are worked on at once. */
export const settings: Setting[] = [
  numberSetting({
    ...{ key, scope: 'tenant', who: 'admin', range },
    ...{ label: 'improvements.setting-limit', hint: 'improvements.setting-limit-hint' },
  }),
];

/** So many may stand in each column of a board that is worked on. */
export async function limitOf({
  tx,
  tenant,
  platform,
}: Pick<Due, 'tx' | 'tenant' | 'platform'>): Promise<number> {
  const kept = await readSettings(tx, { tenant, platform });
  return numberIn(range, kept.get(`tenant.${key}`)) ?? usualLimit;
}
