import type { Due, Setting } from '../../chat/feature.ts';
import { numberIn, numberSetting, type Range } from '../../chat/number-setting.ts';
import { readSettings } from '../../store/settings.ts';
import { usualDays } from './kti.ts';

const key = 'kti.days';
const range: Range = { from: 2, to: 30, usual: usualDays };
const predictKey = 'kti.predict';

/** How long a round is open, and whether a team predicts what its client will give. */
export const settings: Setting[] = [
  numberSetting({
    ...{ key, scope: 'tenant', who: 'admin', range },
    ...{ label: 'kti.setting-days', hint: 'kti.setting-days-hint', shown: 'kti.setting-days-value' },
  }),
  {
    key: predictKey,
    scope: 'place',
    who: 'member',
    field: (say, kept) => ({
      kind: 'choice',
      id: predictKey,
      label: say('kti.setting-predict'),
      hint: say('kti.setting-predict-hint'),
      choices: (['no', 'yes'] as const).map((value) => ({ value, label: say(`kti.predict-${value}`) })),
      value: kept === 'yes' ? 'yes' : 'no',
    }),
    parse: (value) => (value === 'yes' ? 'yes' : undefined),
    show: ({ say }, kept) => say(`kti.predict-${kept === 'yes' ? 'yes' : 'no'}`),
  },
];

/** Whether the team of an internal channel wants to say first what its client will give. */
export async function predictsFirst(
  { tx, tenant, platform }: Pick<Due, 'tx' | 'tenant' | 'platform'>,
  place: string,
): Promise<boolean> {
  const kept = await readSettings(tx, { tenant, platform, place });
  return kept.get(`place.${predictKey}`) === 'yes';
}

/** For how many days a round of this workspace is open. */
export async function daysOpen({
  tx,
  tenant,
  platform,
}: Pick<Due, 'tx' | 'tenant' | 'platform'>): Promise<number> {
  const kept = await readSettings(tx, { tenant, platform });
  return numberIn(range, kept.get(`tenant.${key}`)) ?? usualDays;
}
