import type { Due, Setting } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readSettings } from '../../store/settings.ts';
import { usualDays } from './kti.ts';

const key = 'kti.days';
const range = { from: 2, to: 30 };

/** How long a round is open. */
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
];

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
