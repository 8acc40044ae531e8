import type { Setting } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { type Period, periods, ranges, readDays } from './fatigue.ts';

/** What an administrator can set, each in days: how long somebody is left alone. */
export const settings: Setting[] = periods.map(setting);

function setting(period: Period): Setting {
  const { usual, from, to } = ranges[period];
  const key = `fatigue.${period}`;
  return {
    key,
    scope: 'tenant',
    who: 'admin',
    field: (say, kept) => ({
      kind: 'text',
      id: key,
      label: say(`fatigue.setting-${period}`),
      hint: say(`fatigue.setting-${period}-hint`, { from, to, usual }),
      optional: true,
      maxLength: 5,
      value: kept,
    }),
    parse(value) {
      if (value === '') return undefined;
      const days = readDays(period, value);
      if (days === undefined) throw new Refusal('error.setting-number', { from, to }, { field: key });
      return `${days}`;
    },
    show: ({ say }, kept) => say('fatigue.setting-value', { count: readDays(period, kept) ?? usual }),
  };
}
