import type { Setting } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { countries, countryOf } from '../nudges/reach-rules.ts';
import { limits, readMinutes } from './daily-start.ts';

const minutesKey = 'daily-start.minutes';

/** How long a daily start is open, whose holidays it skips, and who wants to be reminded of it. */
export const settings: Setting[] = [
  {
    key: minutesKey,
    scope: 'place',
    who: 'member',
    field: (say, kept) => ({
      kind: 'text',
      id: minutesKey,
      label: say('daily-start.setting-minutes'),
      hint: say('daily-start.setting-minutes-hint', limits.minutes),
      optional: true,
      maxLength: 4,
      value: kept,
    }),
    parse(value) {
      if (value === '') return undefined;
      const { from, to } = limits.minutes;
      if (readMinutes(value) === undefined)
        throw new Refusal('error.setting-number', { from, to }, { field: minutesKey });
      return value;
    },
    show: ({ say }, kept) =>
      say('daily-start.setting-minutes-value', { count: readMinutes(kept) ?? limits.minutes.usual }),
  },
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
