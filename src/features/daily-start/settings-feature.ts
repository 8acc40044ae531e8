import type { Setting } from '../../chat/feature.ts';
import { numberSetting } from '../../chat/number-setting.ts';
import { countries, countryOf } from '../nudges/reach-rules.ts';
import { limits } from './daily-start.ts';

/** How long a daily start is open, whose holidays it skips, and who wants to be reminded of it. */
export const settings: Setting[] = [
  numberSetting({
    ...{ key: 'daily-start.minutes', scope: 'place', who: 'member', range: limits.minutes },
    ...{ label: 'daily-start.setting-minutes', hint: 'daily-start.setting-minutes-hint' },
    shown: 'daily-start.setting-minutes-value',
  }),
  {
    key: 'daily-start.country',
    scope: 'place',
    who: 'member',
    field: (say, kept) => ({
      kind: 'choice',
      id: 'daily-start.country',
      label: say('daily-start.setting-country'),
      choices: countries.map((value) => ({ value, label: say(`nudges.country-${value}`) })),
      value: countryOf(kept),
    }),
    parse: (value) => (countryOf(value) === countryOf(undefined) ? undefined : countryOf(value)),
    show: ({ say }, kept) => say(`nudges.country-${countryOf(kept)}`),
  },
  {
    key: 'daily-start.remind',
    scope: 'person',
    who: 'member',
    field: (say, kept) => ({
      kind: 'choice',
      id: 'daily-start.remind',
      label: say('daily-start.setting-remind'),
      choices: (['no', 'yes'] as const).map((value) => ({
        value,
        label: say(`daily-start.remind-${value}`),
      })),
      value: kept === 'yes' ? 'yes' : 'no',
    }),
    parse: (value) => (value === 'yes' ? 'yes' : undefined),
    show: ({ say }, kept) => say(`daily-start.remind-${kept === 'yes' ? 'yes' : 'no'}`),
  },
];
