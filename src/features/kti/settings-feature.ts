import type { Due, Setting } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readSettings } from '../../store/settings.ts';
import { usualDays } from './kti.ts';

const key = 'kti.days';
const range = { from: 2, to: 30 };
const predictKey = 'kti.predict';

/** How long a round is open, and whether a team predicts what its client will give. */
export const settings: Setting[] = [
  {
    key,
    scope: 'tenant',
    who: 'admin',
    field: (say, kept) => ({
      kind: 'text',
      id: key,
      label: say('kti.setting-days'),
      hint: say('kti.setting-days-hint', { ...range, usual: usualDays }),
      optional: true,
      maxLength: 4,
      value: kept,
    }),
    parse(value) {
      if (value === '') return undefined;
      if (daysOf(value) === undefined) throw new Refusal('error.setting-number', range, { field: key });
      return value;
    },
    show: ({ say }, kept) => say('kti.setting-days-value', { count: daysOf(kept) ?? usualDays }),
  },
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
  return daysOf(kept.get(`tenant.${key}`)) ?? usualDays;
}

/** A whole number within the range; undefined when the text is none. */
function daysOf(text: string | undefined): number | undefined {
  const days = /^\d{1,2}$/.test(text ?? '') ? Number(text) : undefined;
  return days !== undefined && days >= range.from && days <= range.to ? days : undefined;
}
